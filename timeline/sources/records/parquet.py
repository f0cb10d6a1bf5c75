"""Rows of Parquet, a batch at a time. Parquet is read from its end, so what cannot go back is kept aside first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO

from timeline.model.errors import InputError
from timeline.sources.containers.bounds import seekable
from timeline.sources.records import Record, Records, flat, needed

_BATCH = 2_000
_WIDEST = 2_000
# Bytes of one group of rows, unpacked: writers make them of 128 MB or less; a bomb has more.
_LARGEST_GROUP = 1 << 30


def table(stream: BinaryIO, origin: str) -> Records:
    """Raises InputError where it cannot be read; its rows do, where one group of them cannot."""
    needed("pyarrow", "parquet", "Parquet")
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    source = seekable(stream)
    try:
        file = ParquetFile(source)
        names = tuple(file.schema_arrow.names)
        groups = [file.metadata.row_group(n).total_byte_size for n in range(file.metadata.num_row_groups)]
    except (ArrowException, OSError, ValueError, OverflowError, UnicodeDecodeError) as error:
        raise InputError("it is broken Parquet", where=origin, hint=_first_line(error)) from error
    if len(names) > _WIDEST or any(size > _LARGEST_GROUP or size < 0 for size in groups):
        raise InputError("its groups of rows are too large to be unpacked", where=origin, hint="Write smaller ones")
    return Records(names, _rows(file, source, origin))


def _rows(file: Any, source: BinaryIO, origin: str) -> Iterator[Record]:
    with closing(source):
        yield from _read(file, origin)


def _read(file: Any, origin: str) -> Iterator[Record]:
    from pyarrow import ArrowException

    number = 0
    batches = file.iter_batches(batch_size=_BATCH, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
            rows = [] if batch is None else batch.to_pylist()
        except (ArrowException, OSError, ValueError, OverflowError, UnicodeDecodeError) as error:
            raise InputError(
                f"it breaks off after row {number}: broken Parquet", where=origin, hint=_first_line(error)
            ) from error
        if batch is None:
            return
        for row in rows:
            number += 1
            yield Record(number, flat(row))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else ""
