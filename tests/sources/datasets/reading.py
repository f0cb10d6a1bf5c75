"""Bytes read by the format that they are of, as an import does, without a store."""

from __future__ import annotations

import io
import json
import time
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


def who(report: Report) -> list[tuple[str, str]]:
    """Who takes part, and in which role."""
    return [(p.actor.name, p.role.value) for p in report.actors]


def kept(row: Row) -> dict[str, object]:
    """What a row says beside."""
    found: dict[str, object] = json.loads(row.attributes or "{}")
    return found


def outcome(reader: RowReader, data: bytes) -> list[Item] | InputError:
    """What a reader makes of bytes: never anything but rows, Bad with a reason, or an InputError."""
    begun = time.monotonic()
    try:
        found: list[Item] | InputError = list(reader.rows(io.BytesIO(data), "o", ignored))
    except InputError as error:
        found = error
    assert time.monotonic() - begun < 5
    assert not isinstance(found, InputError) or found.what
    if isinstance(found, list):
        assert all(isinstance(each, (Row, Gone)) or (isinstance(each, Bad) and each.reason) for each in found)
        assert all(len(each.data) <= 64 * 1024 for each in found if isinstance(each, Bad))
    return found


def counts_of_parts(reader: RowReader, data: bytes) -> list[int]:
    """How many rows come of each twentieth more of a file: none of nothing, and no fewer of more."""
    counts = []
    for part in range(21):
        found = outcome(reader, data[: len(data) * part // 20])
        counts.append(sum(isinstance(e, (Row, Gone)) for e in found) if isinstance(found, list) else 0)
    assert counts[0] == 0
    assert counts == sorted(counts)
    return counts
