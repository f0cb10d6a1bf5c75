"""Telling what rows are kept in, and opening it."""

from __future__ import annotations

from typing import BinaryIO

from timeline.model.errors import InputError
from timeline.sources.containers.packages import ZIP
from timeline.sources.finding import peeked
from timeline.sources.head import LENGTH, Head
from timeline.sources.records import Records

PARQUET = b"PAR1"


def open_records(stream: BinaryIO, origin: str, name: str = "") -> Records:
    """The rows of a stream. Raises InputError where there is no row to be read; also the rows do, where the rest of a
    file is broken."""
    data, stream = peeked(stream, LENGTH + 1)
    head = Head(name, data[:LENGTH], len(data) <= LENGTH)
    if not head.data.strip():
        raise InputError("the file is empty", where=origin, hint="Nothing was read from it")
    if head.data.startswith(ZIP):
        from timeline.sources.records.xlsx import sheet

        return sheet(stream, origin)
    if head.data.startswith(PARQUET):
        from timeline.sources.records.parquet import table

        return table(stream, origin)
    if head.start.startswith(("{", "[")):
        from timeline.sources.records.objects import objects

        return objects(stream, origin)
    from timeline.sources.records.delimited import delimited

    return delimited(stream, origin, head)
