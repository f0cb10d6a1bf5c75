"""Time expressions: what is found, and what it means on the day of publication (Monday 2025-03-03 unless said)."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extract.when import tag
from timeline.model import bounds

MONDAY = date(2025, 3, 3)

# text with the expression in brackets, type, TIMEX3 value, EDTF
CASES = [
    ("It began on [3 March 2025].", "DATE", "2025-03-03", "2025-03-03"),
    ("It began on [March 3, 2025].", "DATE", "2025-03-03", "2025-03-03"),
    ("It began on [March 3rd].", "DATE", "2025-03-03", "2025-03-03"),
    ("It began on [the 3rd of March].", "DATE", "2025-03-03", "2025-03-03"),
    ("It began on [2025-03-03].", "DATE", "2025-03-03", "2025-03-03"),
    ("It began on [3/4/2025].", "DATE", "2025-03-04", "2025-03-04"),
    ("It began on [Feb. 1, 2021].", "DATE", "2021-02-01", "2021-02-01"),
    ("They met on [Monday, March 3].", "DATE", "2025-03-03", "2025-03-03"),
    ("They fought from [March 3-5, 2021] there.", "DATE", "2021-03-03/2021-03-05", "2021-03-03/2021-03-05"),
    ("The army seized power in [February 2021].", "DATE", "2021-02", "2021-02"),
    ("They met in [September].", "DATE", "2024-09", "2024-09"),
    ("They will meet in [September].", "DATE", "2025-09", "2025-09"),
    ("They met in [March].", "DATE", "2025-03", "2025-03"),
    ("They will meet in [May].", "DATE", "2025-05", "2025-05"),
    ("They met in [early May].", "DATE", "2024-05", "2024-05"),
    ("They met [last September].", "DATE", "2024-09", "2024-09"),
    ("They meet [next June].", "DATE", "2025-06", "2025-06"),
    ("They met in [January last year].", "DATE", "2024-01", "2024-01"),
    ("He travelled on [Monday].", "DATE", "2025-03-03", "2025-03-03"),
    ("He travelled on [Friday].", "DATE", "2025-02-28", "2025-02-28"),
    ("He will travel on [Friday].", "DATE", "2025-03-07", "2025-03-07"),
    ("He travelled [last Tuesday].", "DATE", "2025-02-25", "2025-02-25"),
    ("He travels [next Wednesday].", "DATE", "2025-03-05", "2025-03-05"),
    ("It was shelled on [Sunday night].", "TIME", "2025-03-02TNI", "2025-03-02"),
    ("He spoke [today].", "DATE", "2025-03-03", "2025-03-03"),
    ("He spoke [yesterday].", "DATE", "2025-03-02", "2025-03-02"),
    ("He speaks [tomorrow].", "DATE", "2025-03-04", "2025-03-04"),
    ("He spoke [this morning].", "TIME", "2025-03-03TMO", "2025-03-03"),
    ("He spoke [last night].", "TIME", "2025-03-02TNI", "2025-03-02"),
    ("It fell [last week].", "DATE", "2025-W09", "2025-02-24/2025-03-02"),
    ("It fell [this week].", "DATE", "2025-W10", "2025-03-03/2025-03-09"),
    ("It falls [next month].", "DATE", "2025-04", "2025-04"),
    ("It fell [last year].", "DATE", "2024", "2024"),
    ("It fell [earlier this year].", "DATE", "2025", "2025"),
    ("It fell [last summer].", "DATE", "2024-SU", "2024-22"),
    ("It fell in [the summer of 2019].", "DATE", "2019-SU", "2019-22"),
    ("It fell in [the third quarter of 2019].", "DATE", "2019-Q3", "2019-35"),
    ("It fell in [the first half of 2019].", "DATE", "2019-H1", "2019-40"),
    ("It fell in [Q2 2019].", "DATE", "2019-Q2", "2019-34"),
    ("It fell in [1991].", "DATE", "1991", "1991"),
    ("The war of [1939-45] ended.", "DATE", "1939/1945", "1939/1945"),
    ("In [the 1980s] it was so.", "DATE", "198X", "198X"),
    ("In [the early 1990s] it was so.", "DATE", "199X", "199X"),
    ("In [the 19th century] it was so.", "DATE", "18", "18XX"),
    ("He left [two weeks ago].", "DATE", "2025-W08", "2025-02-17/2025-02-23"),
    ("He left [three days ago].", "DATE", "2025-02-28", "2025-02-28"),
    ("He left [two years ago].", "DATE", "2023", "2023"),
    ("He left [a month ago].", "DATE", "2025-02", "2025-02"),
    ("They talked for [three days].", "DURATION", "P3D", ""),
    ("They talked for [two and a half hours].", "DURATION", "", ""),
    ("A [10-year] sentence was passed.", "DURATION", "P10Y", ""),
    ("It grew over [the past two months].", "DURATION", "P2M", ""),
    ("It took [several weeks].", "DURATION", "PXW", ""),
    ("They meet [every Monday].", "SET", "XXXX-WXX-1", ""),
    ("They meet [annually].", "SET", "P1Y", ""),
    ("They meet [every two years].", "SET", "P2Y", ""),
    ("They are [now] at war.", "DATE", "PRESENT_REF", ""),
    ("He was [recently] seen.", "DATE", "PAST_REF", ""),
    ("He will [soon] be seen.", "DATE", "FUTURE_REF", ""),
    ("It opened at [3 p.m.].", "TIME", "2025-03-03T15:00", "2025-03-03"),
    ("It opened at [15:30 GMT].", "TIME", "2025-03-03T15:30", "2025-03-03"),
    ("He spoke on [Christmas Day].", "DATE", "2024-12-25", "2024-12-25"),
    ("He spoke on [Easter Sunday] 2025 or so.", "DATE", "", ""),
    ("He spoke on [Good Friday 2024].", "DATE", "2024-03-29", "2024-03-29"),
]
OPEN = {"two and a half hours", "Easter Sunday"}


def _split(marked: str) -> tuple[str, str]:
    before, _, rest = marked.partition("[")
    inside, _, after = rest.partition("]")
    return before + inside + after, inside


@pytest.mark.parametrize(("marked", "kind", "value", "edtf"), [c for c in CASES if _split(c[0])[1] not in OPEN])
def test_an_expression_is_found_whole_and_read_rightly(marked: str, kind: str, value: str, edtf: str) -> None:
    text, inside = _split(marked)
    found = {t.text: t for t in tag(text, published=MONDAY)}
    assert inside in found, list(found)
    assert (found[inside].type, found[inside].value, found[inside].edtf) == (kind, value, edtf)


@pytest.mark.parametrize(
    "text",
    [
        "You may go, and they march on.",
        "The second man wore number 100's shirt.",
        "Turn it ON, said Sun Microsystems.",
        "The price rose to 1,999 dollars a share.",
        "Flight 1549 landed; the score was 21-14.",
        "The 2030 Agenda was discussed.",
        "Some 2000 soldiers came with 1500 rebels.",
        "Resolution 1973 and Boeing 1900 were named.",
        "He fell from the fourth floor in the spring water plant.",
    ],
)
def test_what_is_no_date_becomes_none(text: str) -> None:
    assert [t.text for t in tag(text, published=MONDAY) if t.type in ("DATE", "TIME") and t.edtf] == []


def test_the_text_before_anchors_what_follows() -> None:
    text = "The coup was on February 1, 2021. The next day people protested. Two weeks later the internet was cut."
    assert [t.edtf for t in tag(text, published=MONDAY)] == ["2021-02-01", "2021-02-02", "2021-02-15/2021-02-21"]


def test_without_a_publication_date_nothing_relative_is_guessed() -> None:
    for expression in tag("He came on Monday, left yesterday and returned last week in March.", published=None):
        assert expression.edtf == ""
        assert "publication date" in expression.reason


def test_the_locale_decides_the_order_of_slashes() -> None:
    assert [t.edtf for t in tag("on 3/4/2025", locale="en-GB")] == ["2025-04-03"]
    assert [t.edtf for t in tag("on 13/4/2025", locale="en-US")] == ["2025-04-13"]


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_every_span_gives_its_words(text: str) -> None:
    last = 0
    for t in tag(text, published=MONDAY):
        assert text[t.start : t.end] == t.text
        assert t.start >= last
        last = t.end
        if t.edtf:
            assert bounds(t.edtf) == (t.earliest, t.latest)


PIECES = st.sampled_from(
    [
        "Monday",
        "March",
        "3",
        "2021",
        "the",
        "last",
        "early",
        "quarter",
        "of",
        "1990s",
        "-",
        "/",
        ",",
        "at",
        "p.m.",
        "99",
        "year",
        "ago",
        "two",
    ]
)


@given(st.lists(PIECES, max_size=12).map(" ".join), st.one_of(st.none(), st.dates()))
def test_no_heap_of_date_words_breaks_it(text: str, published: date | None) -> None:
    for t in tag(text, published=published):
        assert text[t.start : t.end] == t.text


@pytest.mark.parametrize(
    "unit", ["1 ", "and ", "1/1/", "the early ", "two ", "9" * 5 + " ", "Monday ", "20", "first half "]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.perf_counter()
        tag(text, published=MONDAY)
        return time.perf_counter() - begun

    seconds(1_000)
    small, large = seconds(20_000), seconds(80_000)
    assert large < 0.05 + 10 * small
