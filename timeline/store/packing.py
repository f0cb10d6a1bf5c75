"""Rows as compressed JSON and back, for notes of what was before.

What an older schema packed is unpacked by a newer one: columns that are gone are passed over, those that are new are
left to their defaults.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, Table, insert
from sqlalchemy.orm import DeclarativeBase

from timeline.store.metadata import Moment
from timeline.store.reports import parts

State = dict[str, Any]


def pack(state: State) -> bytes:
    return zlib.compress(json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(packed: bytes) -> State:
    state: State = json.loads(zlib.decompress(packed))
    return state


def plain(row: Mapping[Any, Any], table: Table, without: Sequence[str] = ()) -> State:
    """The columns of a table's row as JSON can hold them."""
    return {column.name: _plain(row[column.name]) for column in table.c if column.name not in without}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def values(state: Mapping[str, Any], table: Table) -> State:
    """The columns of a table that a packed row has."""
    return {column.name: _value(state[column.name], column.type) for column in table.c if column.name in state}


def _value(told: Any, kind: object) -> Any:
    if not isinstance(told, str):
        return told
    if isinstance(kind, Moment):
        return datetime.fromisoformat(told)
    return date.fromisoformat(told) if isinstance(kind, Date) else told


def table_of(row: type[DeclarativeBase]) -> Table:
    table = row.__table__
    assert isinstance(table, Table)  # noqa: S101 - every one of ours is
    return table


def insert_all(connection: Connection, table: Table, rows: Sequence[State]) -> None:
    """Insert packed rows, which may have been packed by different versions."""
    by_columns: dict[tuple[str, ...], list[State]] = {}
    for row in rows:
        by_columns.setdefault(tuple(row), []).append(row)
    for alike in by_columns.values():
        for part in parts(alike):
            connection.execute(insert(table), part)
