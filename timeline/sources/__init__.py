"""Bytes in, articles out. One file a format; finding the bytes (`finding`) is apart from reading them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Protocol

from timeline.model import Article


class Reader(Protocol):
    """Reads the bytes of one format. A new one is a class offered under the entry point group "timeline.readers"."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """Articles, and what could not be read among them. Raises InputError when nothing can be read at all."""
        ...


class Bad:
    """An item that could not be read: where it is, why, and its bytes."""

    def __init__(self, origin: str, reason: str, data: bytes) -> None:
        self.origin, self.reason, self.data = origin, reason, data


def readers() -> dict[str, Reader]:
    """All installed readers by file suffix (".txt")."""
    found: dict[str, Reader] = {}
    for entry in sorted(entry_points(group="timeline.readers"), key=lambda e: e.name):
        reader: Reader = entry.load()()
        found.update(dict.fromkeys(reader.suffixes, reader))
    return found
