"""JSON and JSON Lines: events whole, as objects (docs/formats.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from timeline.exports.objects import event_object
from timeline.exports.options import DEFAULT, Options
from timeline.exports.safety import json_text
from timeline.model import Event

_LINES = 200  # written at a time


class JsonExporter:
    """One JSON array, an event a line."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        separator = "[\n"
        for event in events:
            yield f"{separator}{_line(event)}".encode()
            separator = ",\n"
        yield b"[]\n" if separator == "[\n" else b"\n]\n"


class JsonLinesExporter:
    """One JSON object a line."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        lines = map(_line, events)
        while some := list(islice(lines, _LINES)):
            yield ("\n".join(some) + "\n").encode()


def _line(event: Event) -> str:
    return json_text(event_object(event))
