"""Rows by many numbers at a time, in a statement whose text is the same however many they are: spelling out a mark for
each takes longer than reading what it finds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, BindParameter, ColumnElement, Connection, Select, bindparam, column, func, select

_MANY: BindParameter[Any] = bindparam("numbers", expanding=True)
# SQLite reads an array of JSON as a table; its planner looks the rows up by their index, as in a list.
_ARRAY = select(column("value", BigInteger)).select_from(func.json_each(bindparam("numbers")))

# The condition that a column is one of the numbers, and what makes a statement of it.
Among = Callable[[Any], ColumnElement[bool]]
Statement = Callable[[Among], Select[Any]]


def rows_among(connection: Connection, statement: Statement, numbers: Sequence[int]) -> Any:
    """What a statement finds for these numbers. `statement` is made once, whatever it is asked with."""
    if connection.dialect.name == "sqlite":
        return connection.execute(_on_sqlite(statement), {"numbers": json.dumps(numbers)})
    return connection.execute(_elsewhere(statement), {"numbers": numbers})


@cache
def _on_sqlite(statement: Statement) -> Select[Any]:
    return statement(lambda number: number.in_(_ARRAY))


@cache
def _elsewhere(statement: Statement) -> Select[Any]:
    return statement(lambda number: number.in_(_MANY))
