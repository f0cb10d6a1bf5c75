"""TimeML: any text comes out as well-formed XML with every character in its place."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from timeline.exports.timex3 import timex3
from timeline.extract.when import tag
from timeline.model import TimeExpression

DAY = date(2025, 3, 3)


def _parsed(text: str, times: list[TimeExpression], published: date | None = DAY, id: str = "") -> ET.Element:
    return ET.fromstring("".join(timex3(text, times, published=published, id=id)))  # noqa: S314 - our own


def test_expressions_are_marked_in_place_with_type_value_and_mod() -> None:
    text = "He left on Monday & came back in early 2021 <b>."
    root = _parsed(text, tag(text, published=DAY), id="a<1>")
    assert root.tag == "TimeML"
    assert root.findtext("DOCID") == "a<1>"
    created = root.find("DCT/TIMEX3")
    assert created is not None
    assert created.attrib == {
        "tid": "t0", "type": "DATE", "value": "2025-03-03", "functionInDocument": "CREATION_TIME",
    }  # fmt: skip
    body = root.find("TEXT")
    assert body is not None
    assert "".join(body.itertext()) == text
    marked = [(each.attrib, each.text) for each in body]
    assert marked[0] == ({"tid": "t1", "type": "DATE", "value": "2025-03-03"}, "Monday")
    assert marked[1] == ({"tid": "t2", "type": "DATE", "value": "2021", "mod": "START"}, "early 2021")


def test_without_a_publication_date_there_is_no_creation_time_and_the_value_stays_open() -> None:
    root = _parsed("He left on Monday.", tag("He left on Monday."), published=None)
    assert root.find("DCT") is None
    assert [each.get("value") for each in root.iter("TIMEX3")] == ["XXXX-XX-XX"]


@given(st.text(st.characters(codec=None, categories=None), max_size=80), st.integers(0, 80), st.integers(1, 20))
def test_every_text_is_well_formed_and_keeps_its_places(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    times = [TimeExpression(start, end, text[start:end], "DATE", "2021")] if start < end else []
    body = _parsed(text, times).find("TEXT")
    assert body is not None
    out = "".join(body.itertext())
    assert len(out) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, out, strict=True))
    written = "".join(timex3(text, times))
    assert not any((c < " " and c not in "\t\n") or "\x7f" <= c <= "\x9f" or c in "\u202e\u2066" for c in written)
