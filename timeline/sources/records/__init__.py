"""Rows with named columns from whatever they are kept in: delimited text, XLSX, Parquet, JSON Lines and JSON.

The content tells which of them it is. One file a format; memory stays flat, however long the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from timeline.model.errors import InputError
from timeline.sources import Bad
from timeline.sources.tables import KEPT


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its number in the file, from 1 for the line of a text or the row of a sheet, and its cells by column, as
    text without blanks around it."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Records:
    """The columns, in their order, and the rows as they come. Of JSON the columns are those of the first rows."""

    columns: tuple[str, ...]
    rows: Iterator[Record | Bad]


def text_of(value: Any) -> str:
    """A cell's value as text: days in ISO 8601, whole numbers without a point, the parts of a list joined by "; "."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(filter(None, map(text_of, value)))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, bytes):
        return value.decode(errors="replace").strip()
    return str(value).strip()


def flat(value: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, str]:
    """An object as a row: what lies inside another is named "outer.inner", three deep."""
    cells: dict[str, str] = {}
    for key, inner in value.items():
        name = f"{before}{key}".strip()
        if isinstance(inner, dict) and depth < 3:
            cells.update(flat(inner, f"{name}.", depth + 1))
        else:
            cells[name] = text_of(inner)
    return cells


def bad_record(origin: str, record: Record, reason: str) -> Bad:
    """The Bad of a row that was read, with its cells as JSON."""
    told = json.dumps(record.cells, ensure_ascii=False).encode(errors="replace")[:KEPT]
    return Bad(f"{origin}#{record.number}", reason, told)


def needed(module: str, extra: str, title: str) -> None:
    """Raises InputError with what to install where a library is not there."""
    if find_spec(module) is None:
        raise InputError(f"{title} cannot be read here", hint=f"Install it: pip install 'timeline-events[{extra}]'")
