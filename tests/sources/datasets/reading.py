"""Bytes read by the format that they are of, as an import does, without a store."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from timeline.model import Report, Row
from timeline.model.errors import InputError
from timeline.sources import Bad, Gone, RowReader, formats
from timeline.sources.head import LENGTH, Head

SAMPLES = Path(__file__).parents[3] / "data" / "samples"
Item = Row | Gone | Bad


def ignored(_line: str) -> None:
    pass


def reader_for(data: bytes, name: str) -> RowReader:
    """The reader of some bytes; a test that has none fails here."""
    found = formats.format_of(Head(name, data[:LENGTH], len(data) <= LENGTH), formats.row_readers().values())
    assert isinstance(found, RowReader)
    return found


def read(data: bytes, name: str, warn: Callable[[str], None] = ignored, reader: RowReader | None = None) -> list[Item]:
    return list((reader or reader_for(data, name)).rows(io.BytesIO(data), name, warn))


def sample(path: str) -> list[Item]:
    return read((SAMPLES / path).read_bytes(), path)


def by_id(items: list[Item]) -> dict[str, Row]:
    """The rows by their ids; what is none fails."""
    rows = [each for each in items if isinstance(each, Row)]
    assert len(rows) == len(items), [each for each in items if not isinstance(each, Row)]
    return {row.native: row for row in rows}


def reports(path: str) -> dict[str, Report]:
    return {native: row.report for native, row in by_id(sample(path)).items()}


def reasons(data: bytes, name: str, reader: RowReader | None = None) -> list[str]:
    """Why rows are none; also why the whole cannot be read."""
    try:
        return [each.reason for each in read(data, name, reader=reader) if isinstance(each, Bad)]
    except InputError as error:
        return [str(error)]
