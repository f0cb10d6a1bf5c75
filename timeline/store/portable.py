"""A whole store as lines of JSON, which a new store on either database takes in.

For moving from SQLite to PostgreSQL or back, and for keeping what any program can read in twenty years. The first line
says what it is, `{"timeline":"store","schema":"0006"}`. Each table follows: a line with its columns,
`{"table":"events","columns":["id",...]}`, then one for each row, an array of its values. Moments and days are strings
in ISO 8601, bytes are Base64. The last line, `{"rows":123}`, shows that nothing was cut off. The same store gives the
same bytes.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, BinaryIO, cast

from sqlalchemy import Connection, Date, Dialect, Double, LargeBinary, String, Table, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeEngine

from timeline.model.errors import InputError, StoreError
from timeline.store import job_tables, tables  # noqa: F401 - METADATA knows all tables once both are imported
from timeline.store.loading import Loader
from timeline.store.metadata import METADATA, Moment
from timeline.store.schema import HEAD

LONGEST = 64 * 1024 * 1024  # bytes of a line: the longest article, and a quarantined item in Base64, are shorter
_BATCH = 1_000  # rows at a time
_SETTINGS = "settings"  # the one table in which a new store has rows
_GZIP = b"\x1f\x8b"

Step = Callable[[str], None]


def lines(connection: Connection, step: Step) -> Iterator[bytes]:
    """Everything that a store holds; `step` is called with the name of each row's table."""
    yield _line({"timeline": "store", "schema": HEAD})
    count = 0
    for table in METADATA.sorted_tables:
        columns = [column.name for column in table.columns]
        yield _line({"table": table.name, "columns": columns})
        found = select(*table.columns).order_by(*table.primary_key)
        for row in connection.execute(found, execution_options={"yield_per": _BATCH}):
            yield _line([*row])
            step(table.name)
            count += 1
    yield _line({"rows": count})


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in gzip's format, without name or moment."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    yield from (some for piece in pieces if (some := packer.compress(piece)))
    yield packer.flush()


def take(connection: Connection, file: BinaryIO, where: str, step: Step) -> int:
    """Take into a new store what `lines` gave of another, packed or not; gives the number of rows.

    The transaction is the caller's. Raises StoreError where the store is not new, InputError with the line's number
    for what is no whole export of today's schema.
    """
    _is_new(connection)
    connection.execute(METADATA.tables[_SETTINGS].delete())
    loader, count = Loader(connection), 0
    for into, rows in groupby(_rows(_read(file), where, connection.dialect), key=itemgetter(0)):
        while batch := [row for _, row in islice(rows, _BATCH)]:
            _load(loader, into, batch, where)
            count += len(batch)
            for _ in batch:
                step(into.name)
    _go_on_numbering(connection)
    return count


def _load(loader: Loader, into: _Into, batch: list[tuple[Any, ...]], where: str) -> None:
    try:
        loader.load(into.name, into.columns, batch)
    except IntegrityError as error:
        hint = "Nothing was taken in; export the store again"
        what = f"these rows do not go together ({error.orig})"
        raise InputError(what, where=f"{where}, {into.name}", hint=hint) from error


def _line(told: Any) -> bytes:
    return json.dumps(told, separators=(",", ":"), default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return base64.b64encode(value).decode()


def _is_new(connection: Connection) -> None:
    for table in METADATA.sorted_tables:
        if table.name != _SETTINGS and connection.scalar(select(1).select_from(table).limit(1)) is not None:
            hint = "Name a new one with --db"
            raise StoreError("a whole store goes into a new one only, and this one is not empty", hint=hint)


def _read(file: BinaryIO) -> Iterator[bytes]:
    """Lines, none of them longer than `LONGEST`; of what is packed those inside."""
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, file))
    is_packed = buffered.peek(len(_GZIP)).startswith(_GZIP)
    source = gzip.GzipFile(fileobj=buffered) if is_packed else buffered
    return iter(lambda: source.readline(LONGEST), b"")


@dataclass(frozen=True, slots=True, eq=False)
class _Into:
    """A table that rows go into, and how the value of each column is read."""

    name: str
    columns: list[str]
    readers: tuple[Callable[[Any], Any], ...]

    def row(self, told: list[Any]) -> tuple[Any, ...]:
        pairs = zip(self.readers, told, strict=True)
        return tuple(None if value is None else read(value) for read, value in pairs)


def _rows(read: Iterator[bytes], where: str, dialect: Dialect) -> Iterator[tuple[_Into, tuple[Any, ...]]]:
    """Each row with its table; the lines around them are checked, up to the last, which must be there."""
    into, count, number, ended = None, 0, 0, False
    try:
        for number, line in enumerate(read, start=1):
            if not line.endswith(b"\n"):
                raise EOFError
            match json.loads(line, parse_constant=_never):
                case [*values] if into and not ended:
                    yield into, into.row(values)
                    count += 1
                case {"table": name, "columns": columns} if number > 1 and not ended:
                    into = _into(METADATA.tables[name], columns, dialect)
                case {"rows": rows} if number > 1 and rows == count:
                    ended = True
                case {"timeline": "store", "schema": schema} if number == 1:
                    _is_of_today(schema, where)
                case _:
                    raise ValueError("not where it stands")
        if not ended:
            raise EOFError
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        hint = "Nothing was taken in; export the store again"
        raise InputError("this is cut off or damaged", where=f"{where}, after line {number}", hint=hint) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        what = "this is no line of an exported store" if number > 1 else "this is no exported store"
        hint = "Name a file that 'timeline db export' has made; nothing was taken in"
        raise InputError(what, where=f"{where}, line {number}", hint=hint) from error


def _never(constant: str) -> Any:
    raise ValueError(constant)


def _is_of_today(schema: Any, where: str) -> None:
    if schema != HEAD:
        hint = "Import it with the version of timeline that wrote it, then run: timeline db upgrade"
        raise InputError(f"this store has schema {schema}, this program {HEAD}", where=where, hint=hint)


def _into(table: Table, columns: list[str], dialect: Dialect) -> _Into:
    if {*columns} != {column.name for column in table.columns} or len(columns) != len(table.columns):
        raise ValueError("other columns")
    return _Into(table.name, columns, tuple(_reader(table.c[name].type, dialect) for name in columns))


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """How a value is read, and made what the database's driver takes."""
    read = next(read for of, read in _READERS if isinstance(kind, of))
    bind = kind.dialect_impl(dialect).bind_processor(dialect)
    return (lambda value: bind(read(value))) if bind else read


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(value)


def _number(value: Any) -> float:
    if isinstance(value, (int, float)):
        return float(value)
    raise TypeError(value)


def _whole(value: Any) -> int:
    if type(value) is int and -(2**63) <= value < 2**63:  # no bool
        return value
    raise TypeError(value)


_READERS: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (Moment, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (LargeBinary, lambda value: base64.b64decode(value, validate=True)),
    (Double, _number),
    (String, _text),
    (TypeEngine, _whole),
)


def _go_on_numbering(connection: Connection) -> None:
    """PostgreSQL's sequences know nothing of rows that came with their numbers."""
    if connection.dialect.name == "sqlite":
        return
    for table in METADATA.sorted_tables:
        if "id" in table.c:
            statement = (
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), MAX(id)) FROM {table.name} "  # noqa: S608
                "HAVING MAX(id) IS NOT NULL"
            )
            connection.execute(text(statement))
