"""Parquet: typed columns for DuckDB, pandas, Polars and R, by pyarrow."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.exports.options import DEFAULT, Options
from timeline.exports.pieces import pieces_of
from timeline.exports.safety import visible
from timeline.exports.tables import COLUMNS_VERSION, Row, Table
from timeline.model import Event, EventReport
from timeline.model.flat import FlatEvent

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP = 50_000  # rows of a group, which readers read at a time
_BATCH = 2_000  # rows that become columns at a time: as columns they take a tenth of the memory
# What Hive, and so DuckDB, Spark and pyarrow, call the part of those without a value.
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"


class ParquetExporter:
    """A table with dates as dates, lists as lists and nothing as null; what would act on a terminal is U+FFFD, unless
    `raw`."""

    def write(self, events: Iterable[Any], options: Options = DEFAULT) -> Iterator[bytes]:
        with tempfile.TemporaryDirectory(prefix="timeline-parquet-") as folder:
            file = Path(folder) / "events.parquet"
            part = _Part(file, options)
            rows = options.table.rows(events)
            while some := list(islice(rows, _BATCH)):
                part.add(some)
            part.close()
            yield from pieces_of(file)

    def write_parts(self, events: Iterable[Any], folder: Path, options: Options = DEFAULT) -> None:
        """A file for each year that an event may have begun in: folder/year=2021/events.parquet."""
        years = _Years(folder, options)
        for each in events:
            years.add(each)
        years.close()


class _Part:
    """A file being written: rows wait as columns until they are a group."""

    def __init__(self, file: Path, options: Options) -> None:
        from pyarrow.parquet import ParquetWriter

        self._schema, self._raw = schema_of(options.table), options.raw
        self._writer = ParquetWriter(file, self._schema, compression="zstd")
        self._waiting: list[pa.RecordBatch] = []
        self.waiting = 0

    def add(self, rows: list[Row]) -> None:
        self._waiting.append(_batch(rows, self._schema, raw=self._raw))
        self.waiting += len(rows)
        if self.waiting >= _GROUP:
            self.write()

    def write(self) -> None:
        import pyarrow as pa

        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting), row_group_size=self.waiting)
        self._waiting, self.waiting = [], 0

    def close(self) -> None:
        self.write()
        self._writer.close()


class _Years:
    """A part for each year: of each the rows that wait, of all no more than a group."""

    def __init__(self, folder: Path, options: Options) -> None:
        self._folder, self._options = folder, options
        self._parts: dict[str, _Part] = {}
        self._waiting: dict[str, list[Row]] = defaultdict(list)
        self._many = 0

    def add(self, told: Event | FlatEvent | EventReport) -> None:
        rows = self._waiting[_year(told)]
        before = len(rows)
        rows += self._options.table.rows([told])
        self._many += len(rows) - before
        if self._many >= _BATCH:
            self._hand_on()

    def close(self) -> None:
        self._hand_on()
        if not self._parts:  # a table without rows has its columns all the same
            _Part(self._folder / "events.parquet", self._options).close()
        for part in self._parts.values():
            part.close()

    def _hand_on(self) -> None:
        for year, rows in self._waiting.items():
            if year not in self._parts:
                folder = self._folder / f"year={year}"
                folder.mkdir()
                self._parts[year] = _Part(folder / "events.parquet", self._options)
            self._parts[year].add(rows)
        self._waiting.clear()
        self._many = 0
        if sum(part.waiting for part in self._parts.values()) >= _GROUP:
            for part in self._parts.values():
                part.write()


def schema_of(table: Table) -> pa.Schema:
    """The Arrow schema of a table; what each column means is in its metadata."""
    import pyarrow as pa

    types = {"date": pa.date32(), "integer": pa.int64(), "number": pa.float64(), "list": pa.list_(pa.string())}
    fields = [
        pa.field(column.name, types.get(column.type, pa.string()), metadata={"description": column.about})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"timeline.columns.version": str(COLUMNS_VERSION)})


def _batch(rows: list[Row], schema: pa.Schema, *, raw: bool) -> pa.RecordBatch:
    import pyarrow as pa

    columns = [
        pa.array(_values(values, field.type, raw=raw), type=field.type)
        for values, field in zip(zip(*rows, strict=True), schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _values(values: Row, type_: pa.DataType, *, raw: bool) -> Iterable[Any]:
    """The values of a column: texts fit to be seen, nothing as None."""
    import pyarrow as pa

    if pa.types.is_string(type_):
        return [(value if raw else visible(value)) or None for value in values]
    if pa.types.is_list(type_) and not raw:
        return [[visible(each) for each in value] for value in values]
    return values


def _year(told: Event | FlatEvent | EventReport) -> str:
    when = told if isinstance(told, FlatEvent) else told.when if isinstance(told, Event) else told.report.when
    return f"{when.first.year}" if when.first else _NO_YEAR
