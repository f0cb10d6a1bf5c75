"""Events in, bytes out. One file a format; nothing here knows more than the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from typing import Protocol

from timeline.model import Event


class Exporter(Protocol):
    """Writes events in one format. A new one is a class offered under the entry point group "timeline.exporters"."""

    name: str
    suffix: str

    def write(self, events: Iterable[Event], *, raw: bool = False) -> Iterator[str]:
        """The text of the export in pieces, ready to be written one after the other."""
        ...


def exporters() -> dict[str, Exporter]:
    """All installed exporters by name."""
    found = {entry.name: entry.load()() for entry in entry_points(group="timeline.exporters")}
    return dict(sorted(found.items()))
