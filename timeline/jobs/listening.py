"""What an import tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit


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


def moment(at: datetime) -> str:
    """A moment in UTC to the second: 2026-01-02T03:04:05Z."""
    return at.isoformat(timespec="seconds").removesuffix("+00:00") + "Z"
