"""What the page is made of: one file, the same for the same events, with a policy, compact, safe to stand in HTML."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.page.conftest import event, events, report
from timeline.exports.page import HtmlPage
from timeline.exports.page.families import FAMILIES
from timeline.exports.page.page import policy
from timeline.exports.page.safe import data_json, is_web_address, visible
from timeline.reference.types import all_types


def _data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


def test_the_same_events_give_the_same_bytes() -> None:
    once, again = ("".join(HtmlPage("A heading").pieces(iter(events()))) for _ in range(2))
    assert once == again


def test_a_page_without_events_is_a_page() -> None:
    page = "".join(HtmlPage().pieces([]))
    assert _data(page)["events"] == []
    assert page.endswith("</html>\n")


def test_nothing_is_loaded_from_outside_and_the_policy_says_so() -> None:
    page = "".join(HtmlPage().pieces(events()))
    assert "default-src 'none'".replace("'", "&#39;") in page
    assert "unsafe" not in policy(["a"], ["b"])
    assert re.findall(r'\s(?:src|srcset|action|formaction|data|poster|background)="', page) == []
    assert all(not re.search(r"url\(|@import", style) for style in re.findall(r"<style>(.*?)</style>", page, re.S))
    hrefs = set(re.findall(r'href="([^"]*)"', page))
    assert {href for href in hrefs if not href.startswith("https://example.org/")} == {"#events"}


def test_events_are_written_as_they_come_and_their_tables_after_them() -> None:
    taken = []

    def coming() -> object:
        for n in range(1_000):
            taken.append(n)
            yield event(n, "2021-02-01")

    pieces = HtmlPage().pieces(coming())
    next(piece for piece in pieces if '"events":' in piece)
    assert len(taken) < 1_000
    "".join(pieces)
    assert len(taken) == 1_000


def test_what_events_share_is_written_once() -> None:
    data = _data("".join(HtmlPage().pieces(event(n, "2021-02-01", sentence="The same.") for n in range(100))))
    assert data["texts"] == ["The same.", "on Monday", "the latest Monday up to publication"]
    assert len(data["actors"]) == 4
    assert len(data["places"]) == 3


def test_reports_and_names_of_countries_can_be_given() -> None:
    told = report("Another sentence.", "A paper", "https://example.org/x")
    exporter = HtmlPage(countries={"RUS": "Russian Federation"}, reports={"0" * 16: [told]})
    data = _data("".join(exporter.pieces([event(0, "2021")])))
    assert ["RUS", "Russian Federation"] in data["countries"]
    assert "Another sentence." in data["texts"]


def test_the_colours_stand_for_the_quad_classes_of_plover() -> None:
    quads = {name: kind.quad for name, kind in all_types().items()}
    assert {t: key.replace("-", " ") for key, _, types in FAMILIES for t in types} == {
        name: quad or "other" for name, quad in quads.items()
    }


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("//example.org/a", False),
        ("https:example.org", False),
        ("https:///a", False),
        ("https://[", False),
        ("https://example.org/\u202egpj.exe", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_followed(address: str, followed: bool) -> None:
    assert is_web_address(address) is followed


def test_what_acts_unseen_gets_a_mark() -> None:
    assert visible("a\x1b[31mb\x00\x7f\x9b\u202egpj\ufeff\ud800") == "a␛[31mb␀␡⟦U+009B⟧⟦U+202E⟧gpj⟦U+FEFF⟧⟦U+D800⟧"
    assert visible("می‌خواهم Größe 东京\tand\nmore") == "می‌خواهم Größe 东京\tand\nmore"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@given(st.text(st.characters(codec=None, categories=None), max_size=60))
def test_no_text_ends_the_data_or_begins_a_tag(text: str) -> None:
    reader = _Reader()
    reader.feed(f"<script>{data_json([text])}</script><p>{''}")
    reader.close()
    assert reader.tags == ["script", "p"]
    assert json.loads(data_json([text])) == [text]


@given(st.text(st.characters(codec=None, categories=None), max_size=60))
def test_every_text_can_be_written_to_a_file(text: str) -> None:
    page = "".join(HtmlPage(text).pieces([event(0, "2021", title=text, sentence=text, urls=(text,))]))
    assert page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
