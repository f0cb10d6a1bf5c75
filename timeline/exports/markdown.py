"""Markdown: a chronology to read and to go on writing in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from timeline.exports import words
from timeline.exports.options import DEFAULT, Options
from timeline.exports.safety import visible, web_addresses
from timeline.model import Event, Exactness

# CommonMark lets any of these stand for itself behind a backslash; < and & as entities, for readers that do not.
_MARKED = re.compile(r"([\\`*_{}\[\]()#+\-!|~>$^=:@])")
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_WITHOUT_MONTH = (Exactness.YEAR, Exactness.DECADE, Exactness.CENTURY)


class MarkdownExporter:
    """CommonMark by year and month, each event with its date, the sentence that tells it, and links to its sources."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        yield b"# Timeline\n"
        year = month = ""
        for event in events:
            now, then = _headings(event)
            if now != year:
                yield f"\n## {now}\n".encode()
                year, month = now, ""
            if then != month:
                yield f"\n### {then}\n".encode()
                month = then
            yield f"\n{_item(event)}\n".encode()


def _headings(event: Event) -> tuple[str, str]:
    """The year and the month that an event stands in: those of its first day, as the timeline is sorted."""
    day = event.when.first
    if day is None:
        return "Date unknown", "No date"
    if event.when.exactness in _WITHOUT_MONTH:
        return str(day.year), f"{day.year}, month unknown"
    return str(day.year), f"{words.MONTHS[day.month - 1]} {day.year}"


def _item(event: Event) -> str:
    links = [f"[{text(words.host(each))}](<{each}>)" for each in web_addresses(event.urls)]
    place = f" ({text(words.where(event))})" if event.place else ""
    told = f"- **{text(words.when(event.when))}**: {text(words.headline(event))}{place}"
    return "\n  ".join([told, *([f"> {text(event.sentence)}"] if event.sentence else []), *links])


def text(raw: str) -> str:
    """A text on one line that Markdown shows as it is."""
    plain = " ".join(visible(raw).split())
    marked = _MARKED.sub(r"\\\1", plain)
    return re.sub("[&<]", lambda found: _ENTITIES[found[0]], marked)
