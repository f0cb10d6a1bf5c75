"""Files as pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

_SIZE = 1 << 20


def pieces_of(file: Path) -> Iterator[bytes]:
    """The bytes of a file that a library wrote, a part at a time."""
    with file.open("rb") as opened:
        while piece := opened.read(_SIZE):
            yield piece


def listed(head: str, values: Iterable[str]) -> Iterator[bytes]:
    """A JSON object whose end is a list, each of its values (JSON) on a line; `head` is all that stands before it."""
    before = first = f"{head}[\n"
    for value in values:
        yield (before + value).encode()
        before = ",\n"
    yield f"{first}]}}\n".encode() if before is first else b"\n]}\n"
