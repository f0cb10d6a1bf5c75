"""What every judgement has on record, whatever it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar


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


Judged = TypeVar("Judged", bound=OnRecord)


def bearing_on(
    keys: Iterable[str], find: Callable[[list[str]], Iterable[Judged]], named: Callable[[Judged], Iterable[str]]
) -> list[Judged]:
    """Of judgements those that bear on some keys, in the order they were made: they name one of them, or a key that
    another of these names. `find` gives those that name one of the given keys, `named` the keys of one."""
    found: dict[int, Judged] = {}
    asked: set[str] = set()
    wanted = set(keys)
    while wanted:
        asked |= wanted
        found.update({judgement.number: judgement for judgement in find(sorted(wanted))})
        wanted = {key for judgement in found.values() for key in named(judgement)} - asked
    return [found[number] for number in sorted(found)]
