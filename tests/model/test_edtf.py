"""The days that an EDTF date means, judged by an independent implementation."""

from __future__ import annotations

from datetime import date

import edtf as judge
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.model import Exactness, bounds, exactness
from timeline.model.edtf import from_bounds
from timeline.model.errors import InputError

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def _judged(text: str) -> tuple[date, date]:
    found = judge.parse_edtf(text)
    return date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])


@pytest.mark.parametrize(
    "text",
    [
        "2021",
        "2021-02",
        "2020-02",
        "1900-02",
        "2021-02-01",
        "2021/2023",
        "2021-02/2021-04",
        "198X",
        "2021~",
        "2021-02-01?",
    ],
)
def test_bounds_agree_with_the_judge(text: str) -> None:
    assert bounds(text) == _judged(text)


@given(DAYS)
def test_a_day_is_itself(day: date) -> None:
    assert bounds(day.isoformat()) == (day, day) == _judged(day.isoformat())


@given(DAYS, DAYS)
def test_bounds_of_the_shortest_form_are_the_bounds(first: date, second: date) -> None:
    low, high = min(first, second), max(first, second)
    assert bounds(from_bounds(low, high)) == (low, high)


# Where we differ from the judge on purpose: it refuses open intervals, and ends a winter on 31 December.
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-03-03/..", date(2025, 3, 3), None),
        ("../2025-03-03", None, date(2025, 3, 3)),
        ("2020-24", date(2020, 12, 1), date(2021, 2, 28)),
        ("2020-33", date(2020, 1, 1), date(2020, 3, 31)),
        ("[2021-02-01,2021-02-03]", date(2021, 2, 1), date(2021, 2, 3)),
        ("", None, None),
    ],
)
def test_open_intervals_seasons_and_sets(text: str, first: date | None, last: date | None) -> None:
    assert bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["2021-13-45", "yesterday", "2021-02-30", "2023/2021", "20211", "1/2/3", "[2021", "٢٠٢١"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        bounds(text)


@given(st.text(max_size=20))
def test_no_string_does_anything_else(text: str) -> None:
    try:
        bounds(text)
    except InputError:
        return


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("2021-02-01", Exactness.DAY),
        ("2021-02", Exactness.MONTH),
        ("2021-22", Exactness.SEASON),
        ("2021", Exactness.YEAR),
        ("198X", Exactness.DECADE),
        ("19XX", Exactness.CENTURY),
        ("2021/2023", Exactness.INTERVAL),
        ("2021/..", Exactness.OPEN),
        ("", Exactness.UNKNOWN),
    ],
)
def test_exactness_is_seen_from_the_form(text: str, exact: Exactness) -> None:
    assert exactness(text) is exact
