"""Dates as people type them, on a known day (Monday 2025-03-10)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from timeline.asking.days import day
from timeline.cli import options
from timeline.model.errors import UsageError


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("3 March 2025", "2025-03-03", "2025-03-03"),
        ("March 2021", "2021-03-01", "2021-03-31"),
        ("March", "2025-03-01", "2025-03-31"),
        ("December", "2024-12-01", "2024-12-31"),
        ("May 3rd", "2024-05-03", "2024-05-03"),
        ("last May", "2024-05-01", "2024-05-31"),
        ("last week", "2025-03-03", "2025-03-09"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("next month", "2025-04-01", "2025-04-30"),
        ("summer 2020", "2020-06-01", "2020-08-31"),
        ("Q1 2021", "2021-01-01", "2021-03-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("today", "2025-03-10", "2025-03-10"),
        ("yesterday", "2025-03-09", "2025-03-09"),
        ("3 days ago", "2025-03-07", "2025-03-07"),
        ("two weeks ago", "2025-02-24", "2025-02-24"),
        ("a month ago", "2025-02-10", "2025-02-10"),
        ("Friday", "2025-03-07", "2025-03-07"),
    ],
)
def test_a_typed_date_has_the_first_and_the_last_day_it_can_mean(words: str, first: str, last: str) -> None:
    with time_machine.travel(datetime(2025, 3, 10, 12).astimezone()):
        assert day(words, "--since") == date.fromisoformat(first)
        assert day(words, "--until", last=True) == date.fromisoformat(last)


@pytest.mark.parametrize(
    "words", ["", "nonsense", "1", "13 13 2021", "2021-13", "2021-2-30", "0000", "10000", "every Monday", "x" * 500]
)
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match=r"--since: .* is no date"):
        day(words, "--since")


def test_a_publication_date_is_one_day() -> None:
    with time_machine.travel(datetime(2025, 3, 10, 12).astimezone()):
        assert options.publication_day("yesterday") == date(2025, 3, 9)
    assert options.publication_day("March 3, 2025") == date(2025, 3, 3)
    assert options.publication_day(None) is None
    for words in ("2025-03", "March 2025", "2025", "last week", "0001-01-01"):
        with pytest.raises(UsageError):
            options.publication_day(words)
