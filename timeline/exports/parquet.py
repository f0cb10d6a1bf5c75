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
from timeline.exports.tables import COLUMNS_VERSION, Row, Table
from timeline.model import Event, EventReport

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

_GROUP = 10_000  # rows that are written at a time
# What Hive, and so DuckDB, Spark and pyarrow, call the part of those without a value.
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"


class ParquetExporter:
    """A table with dates as dates, lists as lists and nothing as null."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:
        with tempfile.TemporaryDirectory(prefix="timeline-parquet-") as folder:
            file = Path(folder) / "events.parquet"
            schema = schema_of(options.table)
            rows = options.table.rows(events)
            with _writer(file, schema) as writer:
                while some := list(islice(rows, _GROUP)):
                    writer.write_batch(_batch(some, schema))
            yield from pieces_of(file)

    def write_parts(self, events: Iterable[Any], folder: Path, options: Options = DEFAULT) -> None:
        """A file for each year that an event may have begun in: folder/year=2021/events.parquet."""
        parts = _Parts(folder, options.table)
        try:
            for each in events:
                parts.add(each)
        finally:
            parts.close()


class _Parts:
    """Files being written: of each year the rows not written yet, of all no more than a group."""

    def __init__(self, folder: Path, table: Table) -> None:
        self._folder, self._table, self._schema = folder, table, schema_of(table)
        self._writers: dict[str, ParquetWriter] = {}
        self._waiting: dict[str, list[Row]] = defaultdict(list)
        self._many = 0

    def add(self, told: Event | EventReport) -> None:
        rows = list(self._table.rows([told]))
        self._waiting[_year(told)] += rows
        self._many += len(rows)
        if self._many >= _GROUP:
            self._write()

    def close(self) -> None:
        self._write()
        for writer in self._writers.values():
            writer.close()

    def _write(self) -> None:
        for year, rows in self._waiting.items():
            if year not in self._writers:
                part = self._folder / f"year={year}"
                part.mkdir()
                self._writers[year] = _writer(part / "events.parquet", self._schema)
            self._writers[year].write_batch(_batch(rows, self._schema))
        self._waiting.clear()
        self._many = 0


def schema_of(table: Table) -> pa.Schema:
    """The Arrow schema of a table; what each column means is in its metadata."""
    import pyarrow as pa

    types = {"date": pa.date32(), "integer": pa.int64(), "number": pa.float64(), "list": pa.list_(pa.string())}
    fields = [
        pa.field(column.name, types.get(column.type, pa.string()), metadata={"description": column.about})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"timeline.columns.version": str(COLUMNS_VERSION)})


def _writer(file: Path, schema: pa.Schema) -> ParquetWriter:
    from pyarrow.parquet import ParquetWriter

    return ParquetWriter(file, schema, compression="zstd")


def _batch(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    strings = [pa.types.is_string(field.type) for field in schema]
    columns = [
        pa.array([value or None for value in values] if text else values, type=field.type)
        for values, field, text in zip(zip(*rows, strict=True), schema, strings, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _year(told: Event | EventReport) -> str:
    when = told.when if isinstance(told, Event) else told.report.when
    day = when.earliest or when.latest
    return f"{day.year}" if day else _NO_YEAR
