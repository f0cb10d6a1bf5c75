"""What an import tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from datetime import datetime

    from timeline.model import JobRun
    from timeline.store.values import Counts


@dataclass(slots=True)
class Listener:
    """One call for each item that is done (for rows of a data set: with how many), warnings and problems as they come;
    at its end, however it ends, what an outside extractor took."""

    item: Callable[[str], None] = lambda _origin: None
    rows: Callable[[str, int], None] = lambda _origin, _number: None
    problem: Callable[[str], None] = lambda _line: None
    warning: Callable[[str], None] = lambda _line: None
    spent: Callable[[str], None] = lambda _line: None


def shown(origin: str) -> str:
    """An origin as a person reads it: a path rather than a file URI."""
    if not origin.startswith("file:"):
        return origin
    parts = urlsplit(origin)
    return unquote(parts.path) + (f"#{parts.fragment}" if parts.fragment else "")


def added_up(counts: Counts | JobRun) -> str:
    """What became of all that was read: "read 3 = 2 added + 0 updated + 1 unchanged + 0 quarantined"."""
    good = f"{counts.added} added + {counts.updated} updated + {counts.unchanged} unchanged"
    return f"read {counts.read} = {good} + {counts.quarantined} quarantined"


def moment(at: datetime) -> str:
    """A moment in UTC to the second: 2026-01-02T03:04:05Z."""
    return at.isoformat(timespec="seconds").removesuffix("+00:00") + "Z"
