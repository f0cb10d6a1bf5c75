"""Rows by many numbers or keys at a time: the statement is the same however many they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Select, any_, bindparam, column, func, select

from timeline.store.prepared import ready, rows_of

# The condition that a column is one of the values, and what makes a statement of it: everything else is spelt out.
Among = Callable[[Any], ColumnElement[bool]]
Statement = Callable[[Among], Select[Any]]


def rows_among(
    connection: Connection, statement: Statement, values: Sequence[int] | Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """What a statement finds for these values. `statement` is made once, whatever it is asked with."""
    sqlite = connection.dialect.name == "sqlite"
    made = ready(connection, statement, lambda: statement(_on_sqlite if sqlite else _elsewhere))
    listed = list(values)
    return rows_of(connection, made, {"among": _json(listed) if sqlite else listed})


def _json(values: list[Any]) -> str:
    """Numbers are written as Python writes them, in half the time."""
    return json.dumps(values) if values and isinstance(values[0], str) else str(values)


def _on_sqlite(each: Any) -> ColumnElement[bool]:
    """SQLite reads an array of JSON as a table; its planner looks the rows up by their index, as in a list."""
    values = select(column("value", each.type)).select_from(func.json_each(bindparam("among")))
    found: ColumnElement[bool] = each.in_(values)
    return found


def _elsewhere(each: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = each == any_(bindparam("among", type_=ARRAY(each.type)))
    return found
