"""Statements past SQLAlchemy, whose part of a page takes longer than the database's.

Each is made once, as a driver takes it, and asked with other values from then on. Drivers prepare it once, too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError

_KEPT = 1_000  # statements
_Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement's text; `order` are the names of what is bound for drivers that bind by position, None for others;
    `told` is what it binds whatever is asked. `writers` (by name) and `readers` (by place) make of values what the
    driver takes and of what it gives values."""

    text: str
    order: tuple[str, ...] | None
    told: Mapping[str, Any]
    writers: Mapping[str, _Convert]
    readers: tuple[tuple[int, _Convert], ...]


_READY: dict[Hashable, Ready] = {}


def ready(connection: Connection, key: Hashable, make: Callable[[], Select[Any]], *, keep: bool = True) -> Ready:
    """The statement of a key, made where it is not known yet. All that differs between two of one key is bound by a
    name without a value."""
    dialect = connection.dialect
    known = _READY.get((key, dialect.name))
    if known is None:
        known = _made(make(), dialect)
        if len(_READY) > _KEPT:
            _READY.clear()
        if keep:
            _READY[key, dialect.name] = known
    return known


def rows_of(connection: Connection, statement: Ready, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """What a statement finds with values by their names: to be read to its end, each row as it comes, since a page is
    made in less time than all its rows take to be put aside first."""
    bound = {**statement.told, **values}
    for name, writer in statement.writers.items():
        bound[name] = writer(bound[name])
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(statement.text, bound if statement.order is None else tuple([bound[n] for n in statement.order]))
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement.text, None, error) from error
    return map(partial(_read, statement.readers), cursor) if statement.readers else iter(cursor)


def _read(readers: Sequence[tuple[int, _Convert]], row: Sequence[Any]) -> tuple[Any, ...]:
    values = list(row)
    for place, reader in readers:
        values[place] = reader(values[place])
    return tuple(values)


def _made(statement: Select[Any], dialect: Dialect) -> Ready:
    """SQLite knows neither days nor moments; psycopg takes and gives them as they are."""
    compiled: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    order = None if compiled.positiontup is None else tuple(compiled.positiontup)
    if dialect.name != "sqlite":
        return Ready(str(compiled), order, compiled.params, {}, ())
    bound = ((name, _kind(each, dialect).bind_processor(dialect)) for each, name in compiled.bind_names.items())
    columns = (_kind(each, dialect).result_processor(dialect, None) for each in statement.selected_columns)
    return Ready(
        str(compiled),
        order,
        compiled.params,
        {name: writer for name, writer in bound if writer is not None},
        tuple((place, reader) for place, reader in enumerate(columns) if reader is not None),
    )


def _kind(each: Any, dialect: Dialect) -> Any:
    return each.type.dialect_impl(dialect)
