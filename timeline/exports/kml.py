"""KML for Google Earth and other globes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from timeline.exports import words
from timeline.exports.options import DEFAULT, Options
from timeline.exports.safety import visible, web_addresses
from timeline.model import Event, When

_HEAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>A timeline of events</name>
"""
_TAIL = b"</Document>\n</kml>\n"


class KmlExporter:
    """OGC KML 2.2: a placemark an event, with a TimeStamp where it is exact to the day, a TimeSpan elsewhere. Globes
    read a description as HTML, so texts in it are escaped as such."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        yield _HEAD
        for event in events:
            yield tostring(_placemark(event), encoding="utf-8") + b"\n"
        yield _TAIL


def _placemark(event: Event) -> Element:
    mark = Element("Placemark", id=visible(f"event-{event.id}"))
    _add(mark, "name", words.headline(event))
    _add(mark, "description", _description(event))
    _time(mark, event.when)
    data = SubElement(mark, "ExtendedData")
    told = {
        "id": event.id,
        "when": event.when.edtf,
        "type": event.type,
        "kind": event.kind,
        "modality": event.modality.value,
        "countries": " ".join(event.country_codes),
        "place": words.where(event),
    }
    for name, value in told.items():
        _add(SubElement(data, "Data", name=name), "value", value)
    place = event.place
    if place is not None and place.latitude is not None and place.longitude is not None:
        _add(SubElement(mark, "Point"), "coordinates", f"{place.longitude},{place.latitude}")
    return mark


def _time(mark: Element, when: When) -> None:
    first, last = when.earliest, when.latest
    if first is not None and first == last:
        _add(SubElement(mark, "TimeStamp"), "when", first.isoformat())
    elif first is not None or last is not None:
        span = SubElement(mark, "TimeSpan")
        for name, day in (("begin", first), ("end", last)):
            if day is not None:
                _add(span, name, day.isoformat())


def _description(event: Event) -> str:
    told = [words.when(event.when), event.sentence]
    links = [f'<a href="{escape(each)}">{escape(words.host(each))}</a>' for each in web_addresses(event.urls)]
    return "<br>".join([*map(escape, told), " ".join(links)])


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = visible(text)
