"""What every judgement has on record, whatever it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """Who judged, when and why. A judgement counts until it is `undone`, and is never deleted."""

    author: str = ""
    note: str = ""
    number: int = 0
    made: datetime | None = None
    undone: datetime | None = None
    undone_by: str = ""
    undone_note: str = ""

    def record(self) -> dict[str, Any]:
        """The columns of it (`columns.JudgementColumns`)."""
        return {
            "author": self.author,
            "made": self.made,
            "note": self.note,
            "undone": self.undone,
            "undone_by": self.undone_by,
            "undone_note": self.undone_note,
        }


def record_of(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The same of a row, with its number."""
    names = ("author", "note", "made", "undone", "undone_by", "undone_note")
    return {"number": row["id"], **{name: row[name] for name in names}}
