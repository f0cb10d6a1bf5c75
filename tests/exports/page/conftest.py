"""A real Chromium, and events of every shape that the page has to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.browsing import chromium, watch
from tests.exports.making import told
from timeline.exports.page import HtmlPage
from timeline.model import (
    Actor,
    ActorKind,
    CountryLink,
    Event,
    EventReport,
    Modality,
    Participation,
    Place,
    PlaceExactness,
    Role,
    When,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KINDS = [("coup", "ASSAULT"), ("meeting", "CONSULT"), ("sanctions", "SANCTION"), ("aid", "AID"), ("election", "OTHER")]
CAST = [
    Actor("Min Aung Hlaing", ActorKind.PERSON, "MMR", "Q1"),
    Actor("Aung San Suu Kyi", ActorKind.PERSON, "MMR", "Q2"),
    Actor("Russia", ActorKind.COUNTRY, "RUS", "RUS"),
    Actor("Arakan Army", ActorKind.GROUP, "MMR", "tl:arakan-army"),
]
PLACES = [
    Place("Yangon", "MMR", 16.8, 96.16),
    Place("Moscow", "RUS", 55.75, 37.62),
    Place("Myanmar", "MMR", 21.0, 96.0, PlaceExactness.COUNTRY),
]


def event(number: int, edtf: str, **changed: Any) -> Event:
    kind, type_ = KINDS[number % len(KINDS)]
    actor = CAST[number % len(CAST)]
    given = {
        "title": f"Event {number} in {edtf or 'no time'}",
        "sentence": f"The paper told of number {number}, as “quoted” & dated.",
        "when": When.of(edtf, words="on Monday" if edtf else "", reason="the latest Monday up to publication"),
        "type": type_,
        "kind": kind,
        "modality": Modality.ACTUAL,
        "salience": 0.5,
        "actors": (Participation(actor, Role.SOURCE), Participation(CAST[2], Role.TARGET)),
        "place": PLACES[number % 4] if number % 4 < 3 else None,
        "countries": tuple(CountryLink(code, "actor") for code in sorted({actor.country, "RUS"})),
        "id": f"{number:016x}",
        "sources": 1 + number % 3,
        "urls": (f"https://example.org/{number}", f"file:///news/{number}.txt"),
        "first_reported": date(2021, 2, 2),
        **changed,
    }
    return Event(**given)


def report(sentence: str, publisher: str, url: str, published: date | None = None) -> EventReport:
    return EventReport(
        "", "", replace(told("", ""), sentence=sentence), "", url=url, publisher=publisher, published=published
    )


DATED = """19XX 198X 1988 2020-11 2020-11-08 2021 2021-02-01 2021-02-01 2021-02-01/2021-02-04 ../2021-02-11
    2021-02/2023-11-10 2021-22 2021-06~ 2022-03-03/.. 2022-09 2022-11-07 2023-05-01 [2023-06-01,2023-07-01]
    2024-02-29 2025-03-28"""
EDTFS = [*DATED.split(), "", ""]
SPECIAL = {14: Modality.PLANNED, 15: Modality.DENIED, 16: Modality.HYPOTHETICAL}


def events() -> list[Event]:
    """Every exactness and modality, in the order of time."""
    return [event(n, edtf, modality=SPECIAL.get(n, Modality.ACTUAL)) for n, edtf in enumerate(EDTFS)]


@pytest.fixture(scope="module")  # no longer: while it is open no other test can run an event loop
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@dataclass
class Seen:
    """A tab of the browser with all that went wrong in it."""

    page: Page
    folder: Path
    wrong: list[str] = field(default_factory=list)
    address: str = ""

    def open(self, told: Iterable[Event], exporter: HtmlPage | None = None, after: str = "") -> None:
        """Writes a page and goes there; `after` is the end of its address, "#..."."""
        path = self.folder / f"{uuid4().hex}.html"
        path.write_text("".join((exporter or HtmlPage()).pieces(told)), encoding="utf-8")
        self.address = path.as_uri()
        self.page.goto(self.address + after)

    def watch(self) -> None:
        self.wrong = watch(self.page, lambda url: url.partition("#")[0] == self.address)

    @property
    def count(self) -> str:
        return self.page.locator("#count").inner_text()

    @property
    def titles(self) -> list[str]:
        return self.page.locator("#list .title").all_text_contents()

    @property
    def asked(self) -> str:
        return self.page.url.partition("#")[2]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Seen]]:
    """Opens the page of some events; afterwards nothing may have gone wrong on any of them."""
    shown: list[Seen] = []

    def show_(told: Iterable[Event], *, after: str = "", exporter: HtmlPage | None = None, **context: Any) -> Seen:
        page = browser.new_context(**{"viewport": {"width": 1300, "height": 900}, **context}).new_page()
        page.set_default_timeout(10_000)
        shown.append(Seen(page, tmp_path))
        shown[-1].watch()
        shown[-1].open(told, exporter, after)
        return shown[-1]

    yield show_
    for seen in shown:
        wrong = list(seen.wrong)
        seen.page.context.close()
        assert wrong == []
