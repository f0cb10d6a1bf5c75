"""TimelineJS: slides for stories in a browser (timeline.knightlab.com)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import Any

from timeline.exports import words
from timeline.exports.options import DEFAULT, Options
from timeline.exports.pieces import listed
from timeline.exports.safety import json_text, visible, web_addresses
from timeline.model import Event, Exactness


class TimelineJsExporter:
    """TimelineJS3's JSON. It shows texts as HTML, so ours are escaped; dates not exact to the day are told in words."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        dated = (each for each in events if each.when.first)
        return listed('{"scale": "human", "events": ', map(json_text, map(_slide, dated)))


def _slide(event: Event) -> dict[str, Any]:
    when = event.when
    first = when.first or date.min
    slide: dict[str, Any] = {
        "unique_id": f"event-{event.id}",
        "start_date": _day(first),
        "display_date": words.when(when),
        "text": {"headline": _html(words.headline(event)), "text": _text(event)},
        "group": _html(event.kind),
    }
    if when.latest is not None and when.latest != first:
        slide["end_date"] = _day(when.latest)
    if when.exactness is Exactness.DAY:
        del slide["display_date"]
    return slide


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(event: Event) -> str:
    links = [
        f'<a href="{escape(each)}" rel="noopener">{_html(words.host(each))}</a>' for each in web_addresses(event.urls)
    ]
    place = f"<p>{_html(words.where(event))}</p>" if event.place else ""
    return f"<p>{_html(event.sentence)}</p>{place}" + (f"<p>{', '.join(links)}</p>" if links else "")


def _html(text: str) -> str:
    return escape(visible(text))
