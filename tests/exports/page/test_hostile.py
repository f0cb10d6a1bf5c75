"""Whatever a text says, in any field: nothing runs, is asked for, becomes markup or acts unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.exports.page.conftest import Seen, event, report
from timeline.exports.page import HtmlPage
from timeline.exports.page.safe import visible
from timeline.model import Actor, ActorKind, CountryLink, Event, Participation, Place, Role, When

# Each sets window.ran, asks for evil.invalid or opens a dialog where it runs.
PAYLOADS = [
    *json.loads(Path(__file__).with_name("payloads.json").read_text(encoding="utf-8")),
    *(sign * 500 for sign in "a<&"),
]
# What the page is made of; anything else came out of a text.
OURS = set(
    "html head meta title style script body a header h1 h2 h3 h4 p section div label input button aside kbd main ul ol "  # noqa: SIM905
    "li footer dialog dl dt dd span small i b code details summary blockquote svg g path text rect circle".split()
)
ADDRESSES = {"http:", "https:", "#"}


def hostile(number: int, payload: str) -> Event:
    actor = Actor(payload, ActorKind.PERSON, payload, payload)
    return event(
        number,
        "2021-02-01",
        title=payload,
        sentence=payload,
        when=When("2021-02-01", date(2021, 2, 1), date(2021, 2, 1), payload, payload),
        type=payload,
        kind=payload,
        actors=(Participation(actor, Role.SOURCE), Participation(actor, Role.TARGET)),
        place=Place(payload, payload, 10.0 + number / 10, 20.0 + number),
        countries=(CountryLink(payload, "actor", payload),),
        id=payload,
        urls=(payload, f"https://example.org/{number}/{payload}"),
    )


def _exporter(payload: str, ids: list[str]) -> HtmlPage:
    told = report(payload, payload, payload, date(2021, 2, 1))
    return HtmlPage(payload, payload, {payload: payload}, {each: [told] for each in ids})


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_there_are_a_hundred_of_them() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_all_at_once_in_every_field_stay_text(show: Callable[..., Seen], scripts: bool) -> None:
    told = [hostile(n, payload) for n, payload in enumerate(PAYLOADS)]
    seen = show(told, exporter=_exporter(PAYLOADS[1], PAYLOADS), java_script_enabled=scripts)
    page = seen.page
    if not scripts:
        assert page.locator("#plain h2").all_text_contents() == [visible(p) for p in PAYLOADS]
        return
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#list .title").all_text_contents() == [visible(p) for p in PAYLOADS]
    page.evaluate("for (const title of document.querySelectorAll('#list .title')) title.click()")
    _unharmed(seen)
    page.evaluate("for (const find of document.querySelectorAll('.find')) find.value = 'a'")
    page.evaluate("for (const find of document.querySelectorAll('.find')) find.dispatchEvent(new Event('input'))")
    page.locator(".facet[open] input[type=checkbox]").last.check()
    page.mouse.move(300, 300)
    page.wait_for_timeout(100)
    _unharmed(seen)


@pytest.mark.parametrize("tenth", range(10))
def test_each_alone_stays_text(show: Callable[..., Seen], tenth: int) -> None:
    seen = show([])
    for payload in PAYLOADS[tenth::10]:
        seen.open([hostile(0, payload)], _exporter(payload, [payload]))
        assert seen.page.locator("h1").text_content() == visible(payload)
        seen.page.locator("#list .title").click()
        seen.page.locator("#p-0 .value-button").first.click()
        assert seen.count == "1 event"
        _unharmed(seen)


def test_an_address_runs_nothing_either(show: Callable[..., Seen]) -> None:
    seen = show([])
    for payload in PAYLOADS[::5]:
        said = quote(payload.encode("utf-8", "replace").decode())
        keys = (
            "text",
            "country",
            "actor",
            "kind",
            "type",
            "family",
            "modality",
            "place",
            "event",
            "from",
            "to",
            "__proto__",
        )
        seen.open([hostile(0, payload)], after="#" + "&".join(f"{key}={said}" for key in keys))
        _unharmed(seen)


LOOK = """() => {
  const all = [...document.querySelectorAll("*")], links = [...document.links];
  return {
    ran: window.ran ?? null,
    tags: [...new Set(all.map((e) => e.localName))],
    attributes: [...new Set(all.flatMap((e) => e.getAttributeNames()))],
    schemes: [...new Set(links.map((a) => (a.getAttribute("href")[0] === "#" ? "#" : a.protocol)))],
    relations: [...new Set(links.filter((a) => a.target).map((a) => a.rel))],
    text: document.body.innerText + links.map((a) => a.href).join(""),
  };
}"""


def _unharmed(seen: Seen) -> None:
    """Nothing ran, and nothing in the document is other than what the page itself makes."""
    found = seen.page.evaluate(LOOK)
    assert found["ran"] is None
    assert set(found["tags"]) <= OURS
    assert [a for a in found["attributes"] if a.startswith("on") or a in {"src", "srcdoc", "action", "data"}] == []
    assert set(found["schemes"]) <= ADDRESSES
    assert set(found["relations"]) <= {"noopener noreferrer"}
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", found["text"])
