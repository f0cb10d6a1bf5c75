"""Rows by many numbers or keys at a time, past SQLAlchemy: its part of a page takes longer than the database's.

A statement's text is made once and is the same however many values it is asked with, so that drivers prepare it once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Dialect, Select, any_, bindparam, column, func, select
from sqlalchemy.exc import DBAPIError

# The condition that a column is one of the values, and what makes a statement of it: everything else is spelt out.
Among = Callable[[Any], ColumnElement[bool]]
Statement = Callable[[Among], Select[Any]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as a driver takes it, with how often the values are bound; `readers` make values of what the driver
    gives in some columns."""

    text: str
    times: int
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]


_READY: dict[tuple[Statement, str], _Ready] = {}


def rows_among(
    connection: Connection, statement: Statement, values: Sequence[int] | Sequence[str]
) -> Sequence[tuple[Any, ...]]:
    """What a statement finds for these values. `statement` is made once, whatever it is asked with."""
    dialect = connection.dialect
    ready = _READY.get((statement, dialect.name)) or _ready(connection, statement)
    bound: Any = {"among": list(values)} if dialect.name != "sqlite" else (json.dumps(values),) * ready.times
    cursor = connection.connection.cursor()
    try:
        cursor.execute(ready.text, bound)
        found = cursor.fetchall()
    except dialect.loaded_dbapi.Error as error:
        raise DBAPIError(ready.text, None, error) from error
    finally:
        cursor.close()
    return [_read(row, ready.readers) for row in found] if ready.readers else found


def _read(row: Sequence[Any], readers: Sequence[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    values = list(row)
    for place, reader in readers:
        values[place] = reader(values[place])
    return tuple(values)


def _ready(connection: Connection, statement: Statement) -> _Ready:
    dialect = connection.dialect
    made = statement(_on_sqlite if dialect.name == "sqlite" else _elsewhere)
    compiled = made.compile(dialect=dialect)
    ready = _Ready(str(compiled), len(compiled.positiontup or ()), _readers(made, dialect))
    _READY[statement, dialect.name] = ready
    return ready


def _readers(made: Select[Any], dialect: Dialect) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """SQLite knows neither days nor moments; psycopg gives them as they are."""
    if dialect.name != "sqlite":
        return ()
    found = (each.type.dialect_impl(dialect).result_processor(dialect, None) for each in made.selected_columns)
    return tuple((place, reader) for place, reader in enumerate(found) if reader is not None)


def _on_sqlite(each: Any) -> ColumnElement[bool]:
    """SQLite reads an array of JSON as a table; its planner looks the rows up by their index, as in a list."""
    values = select(column("value", each.type)).select_from(func.json_each(bindparam("among")))
    found: ColumnElement[bool] = each.in_(values)
    return found


def _elsewhere(each: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = each == any_(bindparam("among", type_=ARRAY(each.type)))
    return found
