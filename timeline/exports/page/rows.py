"""Events as rows of the page's data: what many events share stands in a table once and is named by its number.

The columns are those of `script/data.js`, which reads them; a row ends with its last value that says something.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from timeline.exports.page.safe import is_web_address, visible
from timeline.model import Event, EventReport, Modality, Participation, Place, Role, When

MODALITIES = tuple(Modality)
ROLES = tuple(Role)
# Dates whose days the page works out by itself.
_PLAIN = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", re.ASCII)


@dataclass(slots=True)
class Table:
    """Values by number, in the order in which they first came."""

    rows: list[Any] = field(default_factory=list)
    _numbers: dict[Hashable, int] = field(default_factory=dict)

    def number(self, key: Hashable, row: Any) -> int:
        """The number of the value with this key; `row` stands for it if it is new."""
        found = self._numbers.setdefault(key, len(self.rows))
        if found == len(self.rows):
            self.rows.append(row)
        return found

    def text(self, text: str) -> int:
        return self.number(text, visible(text))


TABLES = ("texts", "urls", "kinds", "actors", "places", "countries")


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes the rows and gathers their tables; `countries` names ISO3 codes, `reports` are those of events by id."""

    countries: Mapping[str, str]
    reports: Mapping[str, Sequence[EventReport]]
    tables: dict[str, Table] = field(default_factory=lambda: {name: Table() for name in TABLES})

    def row(self, event: Event) -> list[Any]:
        text, kinds = self.tables["texts"].text, self.tables["kinds"]
        row: list[Any] = [
            visible(event.id),
            _when(event.when),
            visible(event.title),
            kinds.number((event.kind, event.type), [visible(event.kind), visible(event.type)]),
            [number for each in event.actors for number in (self._actor(each), ROLES.index(each.role))],
            [self._country(code) for code in event.country_codes],
            text(event.sentence),
            [self._url(url) for url in event.urls],
            0 if event.place is None else 1 + self._place(event.place),
            MODALITIES.index(event.modality),
            event.sources,
            event.reports,
            _day(event.first_reported),
            text(event.when.words) if event.when.words else -1,
            text(event.when.reason) if event.when.reason else -1,
            event.hidden + 2 * event.confirmed + 4 * event.edited,
            [self._told(each) for each in self.reports.get(event.id, ())],
        ]
        while row[-1] in (0, -1, "", []):
            row.pop()
        return row

    def _actor(self, taking_part: Participation) -> int:
        actor = taking_part.actor
        row = [visible(actor.key), visible(actor.name), actor.kind.value, visible(actor.country)]
        if actor.country:
            self._country(actor.country)
        return self.tables["actors"].number(actor.key, row)

    def _country(self, code: str) -> int:
        return self.tables["countries"].number(code, [visible(code), visible(self.countries.get(code, ""))])

    def _place(self, place: Place) -> int:
        point = [] if place.latitude is None else [place.latitude, place.longitude]
        row = [visible(place.name), visible(place.country), place.exactness.value, *point]
        return self.tables["places"].number(tuple(row), row)

    def _url(self, url: str) -> int:
        return self.tables["urls"].number(url, [url] if is_web_address(url) else visible(url))

    def _told(self, told: EventReport) -> list[Any]:
        text = self.tables["texts"].text
        url = self._url(told.url) if told.url else -1
        return [text(told.report.sentence), text(told.publisher or told.title), url, _day(told.published)]


def _when(when: When) -> str | list[str]:
    """The EDTF string, with its first and last day where the page cannot tell them from it."""
    if not when.edtf or _PLAIN.fullmatch(when.edtf):
        return when.edtf
    return [visible(when.edtf), _day(when.earliest), _day(when.latest)]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
