"""What holds for every text and every publication date.

A run tries 300 cases a property. To try 100,000 (an hour or so), once after a change of the grammar:

    TIMELINE_HYPOTHESIS_EXAMPLES=100000 python -m pytest tests/extract/when/test_properties.py \
        --timeout=0 -o faulthandler_timeout=0
"""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from functools import cache

import edtf as judge
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.extract.when.table import groups
from timeline.extract.when import tag
from timeline.model import Span, TimeExpression, bounds

settings.register_profile(
    "when",
    max_examples=int(os.environ.get("TIMELINE_HYPOTHESIS_EXAMPLES", "300")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
CASES = settings.get_profile("when")

ROWS = [row for group in groups() for row in group.rows]
SENTENCES = [row.plain for row in ROWS]
ANY_DAY = st.dates()
MODERN = st.dates(date(1930, 1, 1), date(2089, 12, 31))
MAYBE_PUBLISHED = st.one_of(st.none(), ANY_DAY, MODERN)

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip

# Words that mean nothing in the calendar without a publication date.
RELATIVE_WORDS = [
    *WEEKDAYS, *MONTHS, "Mon.", "Feb.", "Sept.", "Sept", "today", "yesterday", "tomorrow", "tonight", "the", "a",
    "an", "last", "next", "this", "past", "coming", "previous", "following", "same", "that", "early", "late", "mid",
    "earlier", "later", "beginning of", "end of", "middle of", "day", "week", "weekend", "month", "quarter", "half",
    "year", "days", "weeks", "months", "years", "hours", "year's", "fiscal", "first", "second", "third", "fourth",
    "ago", "from now", "before", "after", "since", "until", "by", "to", "from", "between", "and", "or", "of", "in",
    "on", "at", "one", "two", "twenty-five", "several", "a few", "about", "around", "circa", "more than", "almost",
    "every", "each", "summer", "winter", "spring", "fall", "morning", "night", "noon", "midnight", "o'clock",
    "Christmas", "Easter", "Ramadan", "New Year's Day", "Independence Day", "Thanksgiving", "will", "was", "said",
    "may", "march", "now", "recently", "daily", "3rd", "25th", "possibly", "'s", "Q3", "first-quarter",
]  # fmt: skip
WORDS = [
    *RELATIVE_WORDS, "1", "3", "12", "29", "30", "31", "32", "99", "00", "0", "2021", "1990", "1066", "2000", "1999",
    "9999", "0000", "1990s", "the 1980s", "'80s", "nineties", "19th century", "21st", "century", "decade", "20-21",
    "2019/20", "3/4/2025", "31.12.2024", "2025-02-30", "2025-03-03", "p.m.", "am", "3:30", "24:00", "25:61", "GMT",
    "1500", "AD", "BC", "FY", "Q4 2019", "29 February", "February 30", "%", "$", "#", "million", "people", "Agenda",
    "9" * 30, "1" * 5000, "٢٠٢١", "２０２１", "³", "²", "½", "Ⅳ", "\u0661\u0662:\u0663\u0660", "\ud800", "\x00", "İ",
    "ſ", "e\u0301",
]  # fmt: skip
JOINS = [
    "", " ", "  ", "-", "–", "/", ", ", ".", ". ", "\n", "\n\n", "'s ", "’s ", "\u00a0", "\u2009", "\t", " of ",
    " to ", " or ", ":", "(", ") ",
]  # fmt: skip


def _heaps(words: list[str], most: int = 14) -> st.SearchStrategy[str]:
    """Words in any order, each pair joined in its own way."""
    pieces = st.tuples(st.sampled_from(words), st.sampled_from(JOINS) | st.just(" "))
    return st.lists(pieces, max_size=most).map(lambda found: "".join(word + join for word, join in found))


ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(exclude_categories=()), max_size=80),
    st.text("0123456789-/:., 'TZ–\n", max_size=60),
    _heaps(WORDS),
    _heaps(WORDS).map(str.upper),
    st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join),
)


@cache
def _judged(edtf: str) -> tuple[date, date] | None:
    """The bounds by the `edtf` package, which must parse it; None where it is known to give none or wrong ones.

    It has no days for an open interval and ends a winter on 31 December.
    """
    found = judge.parse_edtf(edtf)
    if ".." in edtf or re.search(r"-(?:24|28|30|32)(?![\d-])(?<!-\d\d-\d\d)", edtf):
        return None
    return date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])


def _check(text: str, found: list[TimeExpression]) -> None:
    """What holds for whatever is found in a text."""
    last = 0
    for t in found:
        assert last <= t.start < t.end
        assert text[t.start : t.end] == t.text
        assert t.text == t.text.strip()
        last = t.end
        assert t.type in {"DATE", "TIME", "DURATION", "SET"}
        assert t.reason
        assert (t.earliest, t.latest) == bounds(t.edtf)
        if t.edtf:
            assert t.value, "a day is known, the value is not"
            assert t.earliest or t.latest
            if t.earliest and t.latest:
                assert t.earliest <= t.latest
        if t.type == "SET" or t.value in {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}:
            assert t.edtf == ""


@CASES
@given(ANY_TEXT, MAYBE_PUBLISHED, st.sampled_from(["en-US", "en-GB"]))
@example("1" * 20_000, date(2025, 3, 3), "en-US")
@example("in " + "9" * 5000 + " years ago, " + "9" * 5000 + " years later", date(1, 1, 1), "en-US")
@example("0 DAY\u017f", None, "en-US")  # a long s is an s to a pattern in any case
@example("yesterday, last week, two years ago, last century, a decade ago, last winter", date(1, 1, 1), "en-US")
@example("tomorrow, next week, in two years, next century, this weekend, 9999-12-31", date(9999, 12, 31), "en-US")
def test_no_text_breaks_it(text: str, published: date | None, locale: str) -> None:
    found = tag(text, published=published, locale=locale)
    _check(text, found)
    assert tag(text, published=published, locale=locale) == found


@CASES
@given(_heaps(WORDS) | st.lists(st.sampled_from(SENTENCES), max_size=3).map(" ".join), MAYBE_PUBLISHED)
def test_every_edtf_is_what_the_judge_reads(text: str, published: date | None) -> None:
    for t in tag(text, published=published):
        if not t.edtf:
            continue
        assert "T" not in t.edtf
        expected = _judged(t.edtf)
        assert expected is None or (t.earliest, t.latest) == expected, t.edtf


def _one(text: str, published: date | None = None) -> TimeExpression:
    found = tag(text, published=published)
    assert len(found) == 1, (text, found)
    return found[0]


def _days(text: str, published: date | None = None) -> tuple[date, date]:
    t = _one(text, published)
    assert t.earliest is not None, (text, t)
    assert t.latest is not None, (text, t)
    return t.earliest, t.latest


@CASES
@given(st.dates(date(1600, 1, 1), date(2099, 12, 31)))
def test_a_day_lies_in_its_month_quarter_half_year_decade_and_century(day: date) -> None:
    month, quarter, half = MONTHS[day.month - 1], (day.month + 2) // 3, "first" if day.month < 7 else "second"
    chain = [
        f"It began on {day.day} {month} {day.year}.",
        f"It began in {month} {day.year}.",
        f"It began in Q{quarter} {day.year}.",
        f"It began in the {half} half of {day.year}.",
        f"It began in {day.year}.",
        f"It began in the {day.year // 10 * 10}s." if day.year % 100 > 9 else f"It began in {day.year}.",
        f"It began in the {day.year // 100 + 1}th century." if day.year < 2000 else "It began in the 21st century.",
    ]
    inner = (day, day)
    for text in chain:
        outer = _days(text)
        assert outer[0] <= inner[0] <= inner[1] <= outer[1], text
        inner = outer


@CASES
@given(MODERN)
def test_days_lie_in_their_weeks_months_and_years(published: date) -> None:
    pairs = [
        ("He spoke yesterday.", "He spoke last week."),
        ("He spoke today.", "He spoke this week."),
        ("He spoke today.", "He spoke this month."),
        ("He spoke this month.", "He spoke this quarter."),
        ("He spoke this quarter.", "He spoke this year."),
        ("He spoke early this month.", "He spoke this month."),
        ("He spoke this year.", "He spoke this decade."),
        ("He spoke three days ago.", f"He spoke in {(published - timedelta(days=3)).year}."),
        ("He spoke this morning.", "He spoke today."),
        ("He spoke last weekend.", "He spoke last week."),
    ]
    for inside, around in pairs:
        inner, outer = _days(inside, published), _days(around, published)
        if around == "He spoke last week." and "yesterday" in inside and published.weekday():
            assert outer[1] < inner[0]
        else:
            assert outer[0] <= inner[0] <= inner[1] <= outer[1], (inside, around)


WEEKLY = [
    "He came on {day}.",
    "He will come on {day}.",
    "He is due to come on {day}.",
    "He came late {day}.",
    "He came early on {day}.",
    "He came {day} night.",
    "He will come on {day} morning.",
    "He came last {day}.",
    "He comes next {day}.",
    "He comes this {day}.",
    "He comes this coming {day}.",
    "He came this past {day}.",
    "He came on {day} last week.",
    "The {day} raid failed.",
    "{day}'s vote was annulled.",
    "He has waited since {day}.",
    "They have until {day} to leave.",
    "He said on {day} that he would leave on {other}.",
    "They fought from {day} to {other}.",
    "He came at 3 p.m. on {day}.",
    "He came today.",
    "He came yesterday.",
    "He came last night.",
    "He comes tomorrow.",
    "He came last week.",
    "He comes next week.",
    "He came two weeks ago.",
    "He came three days ago.",
    "He came over the weekend.",
    "He came last weekend.",
]


@CASES
@given(
    st.sampled_from(WEEKLY),
    st.sampled_from(WEEKDAYS),
    st.sampled_from(WEEKDAYS),
    MODERN,
    st.integers(min_value=-3000, max_value=3000),
)
def test_whole_weeks_shift_weekdays_by_as_much(form: str, day: str, other: str, published: date, weeks: int) -> None:
    text, shift = form.format(day=day, other=other), timedelta(weeks=weeks)
    here, there = tag(text, published=published), tag(text, published=published + shift)
    assert here
    assert [(t.start, t.end, t.type, t.mod) for t in here] == [(t.start, t.end, t.type, t.mod) for t in there]
    for one, two in zip(here, there, strict=True):
        assert one.earliest is not None
        assert one.latest is not None
        assert (two.earliest, two.latest) == (one.earliest + shift, one.latest + shift)


@CASES
@given(st.sampled_from(WEEKDAYS), MODERN)
def test_a_weekday_is_that_weekday_and_lies_on_its_side(day: str, published: date) -> None:
    number = WEEKDAYS.index(day)
    past, future = _days(f"He came on {day}.", published)[0], _days(f"He will come on {day}.", published)[0]
    last, next_ = _days(f"He came last {day}.", published)[0], _days(f"He will come next {day}.", published)[0]
    assert {found.weekday() for found in (past, future, last, next_)} == {number}
    assert published - timedelta(days=7) < past <= published <= future < published + timedelta(days=7)
    assert last < published < next_


YEARLY = [
    "It fell last year.",
    "It fell this year.",
    "It will fall next year.",
    "It fell earlier this year.",
    "It fell two years ago.",
    "It fell in {month} last year.",
    "It will fall in {month} next year.",
    "It fell in {month}.",
    "It will fall in {month}.",
    "It fell in early {month}.",
    "It fell last {month}.",
    "It will fall next {month}.",
    "It fell last month.",
    "It will fall next month.",
    "It fell five months ago.",
    "It fell in the third quarter.",
    "It will rise in the second quarter.",
    "It fell last quarter.",
    "It fell in the first half of last year.",
    "It fell last summer.",
    "It will fall next winter.",
]


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


def _first_days_shifted(text: str, published: date, years: int) -> None:
    here, there = tag(text, published=published), tag(text, published=_years_on(published, years))
    assert here
    assert [(t.start, t.end, t.type, t.mod) for t in here] == [(t.start, t.end, t.type, t.mod) for t in there]
    for one, two in zip(here, there, strict=True):
        assert one.earliest is not None
        assert two.earliest == _years_on(one.earliest, years)


@CASES
@given(
    st.sampled_from(YEARLY),
    st.sampled_from(MONTHS),
    MODERN.filter(lambda day: (day.month, day.day) != (2, 29)),
    st.integers(min_value=-60, max_value=60),
)
def test_whole_years_shift_months_and_years_by_as_much(form: str, month: str, published: date, years: int) -> None:
    _first_days_shifted(form.format(month=month), published, years)


@CASES
@given(
    st.sampled_from(["He came on {day} {month}.", "He will come on {month} {day}.", "He came on the {day}th."]),
    st.integers(min_value=4, max_value=20),
    st.sampled_from(MONTHS),
    st.dates(date(1930, 1, 1), date(2069, 12, 31)),
)
def test_the_calendar_repeats_after_28_years(form: str, day: int, month: str, published: date) -> None:
    _first_days_shifted(form.format(day=day, month=month), published, 28)


# Sentences whose meaning hangs on no other date of the text.
ALONE = [
    "It began on 3 March 2021.",
    "It began in February 1999.",
    "It was so in the 1980s.",
    "He spoke yesterday.",
    "He spoke this morning.",
    "It fell last week.",
    "It fell last year.",
    "He came last Monday.",
    "He comes next Friday.",
    "He left three days ago.",
    "He left two years ago.",
    "It fell last summer.",
    "They talked for three days.",
    "They meet every Monday.",
    "They are now at war.",
    "He was recently seen.",
    "He spoke on Good Friday 2024.",
    "The 2030 Agenda was discussed.",
]


def _told(found: list[TimeExpression], start: int = 0) -> list[tuple[object, ...]]:
    return [(t.start - start, t.end - start, t.type, t.value, t.edtf, t.mod, t.reason) for t in found]


@CASES
@given(
    st.lists(st.sampled_from(SENTENCES), max_size=3).map(" ".join),
    st.sampled_from(ALONE),
    st.lists(st.sampled_from(SENTENCES), max_size=3).map(" ".join),
    st.one_of(st.none(), MODERN),
)
def test_what_hangs_on_nothing_else_is_read_alone(before: str, text: str, after: str, published: date | None) -> None:
    whole = f"{before}\n\n{text}\n\n{after}"
    start = len(before) + 2
    end = start + len(text)
    spans = [Span(0, len(before)), Span(start, end), Span(end + 2, len(whole))]
    expected = _told(tag(text, published=published))
    found = tag(whole, published=published, spans=spans)
    assert _told([t for t in found if start <= t.start < end], start) == expected
    assert _told(tag(whole, published=published, spans=spans[1:2]), start) == expected
    assert all(any(s.start <= t.start and t.end <= s.end for s in spans) for t in found)


@CASES
@given(_heaps(RELATIVE_WORDS))
def test_without_a_publication_date_nothing_relative_is_guessed(text: str) -> None:
    for t in tag(text):
        assert t.edtf == ""
        assert not re.match(r"\d{4}", t.value), t


@CASES
@given(st.sampled_from([*WEEKLY, *YEARLY]), st.sampled_from(WEEKDAYS), st.sampled_from(MONTHS))
def test_without_a_publication_date_the_reason_says_so(form: str, day: str, month: str) -> None:
    found = tag(form.format(day=day, other=day, month=month))
    assert found
    for t in found:
        assert (t.edtf, t.earliest, t.latest) == ("", None, None)
        assert "publication date" in t.reason
