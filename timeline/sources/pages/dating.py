"""When a page was published, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any

from timeline.sources.pages.metadata import Stated
from timeline.sources.pages.places import beside_heading
from timeline.sources.published import publication_day

_EPOCH = {date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1), date(1980, 1, 1)}  # a clock that was never set
_LONGEST_VALUE = 80
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+)?")
_NUMERIC = r"(?<![\d./-])\d{1,2}(?P<stroke>[./-])\d{1,2}(?P=stroke)\d{4}(?!\d)"
_IN_WORDS = re.compile(
    r"(?<!\w)(?:[^\W\d]{3,12}\.?\s\d{1,2},?\s\d{4}|\d{1,2}\.?\s(?:de\s)?[^\W\d]{3,12}\.?,?\s(?:de\s)?\d{4})(?!\d)"
    r"|\d{4}年\s?\d{1,2}月\s?\d{1,2}日"
    rf"|{_NUMERIC}"
)
_CHANGED = re.compile(r"\b(?:updated|modified|edited|corrected)\b", re.IGNORECASE)
_FIRST = re.compile(r"(?<!\d)0?1(?!\d)")  # a first of the month, in any writing


def stated_day(values: Iterable[str], language: str = "") -> date | None:
    """The day that the first value names that can be read and can be one of publication; as its own offset has it."""
    for value in values:
        if len(value) <= _LONGEST_VALUE:
            try:
                day = publication_day(value, language)
            except ValueError:
                continue
            if is_plausible(day):
                return day
    return None


def is_plausible(day: date) -> bool:
    """Neither tomorrow's (beyond the difference of clocks) nor what a clock shows that was never set."""
    return day not in _EPOCH and day <= datetime.now(UTC).date() + timedelta(days=1)


def day_of_page(tree: Any, says: Stated, body: list[str]) -> tuple[date | None, str]:
    """The day and how it is known: "metadata" as the page states it, "text" as it shows it beside its heading.

    `body` are the article's first paragraphs. What else a page shows are the days of other articles, of comments, and
    today's.
    """
    if day := stated_day(says.published, says.language):
        return day, "metadata"
    for lines in beside_heading(tree, says.title, body):
        if day := stated_day((match[0] for line in lines for match in _MOMENT.finditer(line)), says.language):
            return day, "metadata"
        words = (match[0] for line in lines if not _CHANGED.match(line) for match in _IN_WORDS.finditer(line))
        if day := stated_day(words, says.language):
            return day, "text"
        if (day := _shown_day(lines)) and is_plausible(day):
            return day, "text"
    return None, ""


def _shown_day(lines: list[str]) -> date | None:
    """htmldate's answer for some lines, unless it is the first of a month of which they say no more. Figures that can
    be read in two ways ("1/4/2025") are not shown to it: it would choose one."""
    from htmldate import find_date

    lines = [re.sub(_NUMERIC, "", line) for line in lines if any(c.isdecimal() for c in line)]
    if not lines:
        return None
    markup = "".join(f'<p class="date">{escape(line)}</p>' for line in lines)
    found = find_date(f"<html><body>{markup}</body></html>", original_date=True, extensive_search=True, url="")
    day = date.fromisoformat(found) if found else None
    return day if day is None or day.day > 1 or any(_FIRST.search(line) for line in lines) else None
