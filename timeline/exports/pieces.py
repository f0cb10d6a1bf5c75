"""A file that a library wrote, as pieces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_SIZE = 1 << 20


def pieces_of(file: Path) -> Iterator[bytes]:
    """The bytes of a file, a part at a time."""
    with file.open("rb") as opened:
        while piece := opened.read(_SIZE):
            yield piece
