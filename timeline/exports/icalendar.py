"""iCalendar: all-day entries for calendars, by the library icalendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from timeline.exports import words
from timeline.exports.options import DEFAULT, Options
from timeline.exports.safety import visible, web_addresses
from timeline.model import Event, Modality

_NEVER = date(1970, 1, 1)
_STATUS = {Modality.ACTUAL: "CONFIRMED", Modality.DENIED: "CANCELLED"}
_HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//timeline-events//timeline//EN\r\nCALSCALE:GREGORIAN\r\n"
_TAIL = b"END:VCALENDAR\r\n"


class ICalendarExporter:
    """RFC 5545. An entry reaches from the first to the last day that is known, of an open date that one day; the
    stamp is the last report's day, so that the same event gives the same bytes."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        yield _HEAD
        for event in events:
            if event.when.first:
                yield _entry(event)
        yield _TAIL


def _entry(event: Event) -> bytes:
    import icalendar

    entry: Any = icalendar.Event()
    when = event.when
    first = when.first or _NEVER
    last = when.latest or first
    entry.add("uid", visible(f"{event.id}@timeline-events"))
    entry.add("dtstamp", datetime.combine(event.last_reported or _NEVER, time(), UTC))
    entry.add("dtstart", first)
    if last < date.max:
        entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", visible(words.headline(event)))
    entry.add("description", visible("\n".join(_lines(event))))
    entry.add("categories", [visible(event.type), visible(event.kind)])
    entry.add("status", _STATUS.get(event.modality, "TENTATIVE"))
    entry.add("transp", "TRANSPARENT")
    if place := words.where(event):
        entry.add("location", visible(place))
    if event.place and event.place.latitude is not None and event.place.longitude is not None:
        entry.add("geo", (event.place.latitude, event.place.longitude))
    if addresses := web_addresses(event.urls):
        entry.add("url", addresses[0])
    written: bytes = entry.to_ical()
    return written


def _lines(event: Event) -> Iterator[str]:
    yield f"{words.when(event.when)} ({event.when.edtf})"
    yield event.sentence
    yield from web_addresses(event.urls)
