"""The publication date that a text itself states near its top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from timeline.model import Span

_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun",
    "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_LEADING = r"^(?:\W*(?:published|posted|updated|last updated|date|on|issued|first published)\b[:\s]*(?:on\s+)?)?"
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_FORMS = (
    re.compile(
        rf"{_LEADING}{_DAY}(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I
    ),
    re.compile(
        rf"{_LEADING}{_DAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\.?,?\s+(?P<year>\d{{4}})\b", re.I
    ),
    re.compile(rf"{_LEADING}(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", re.I),
)
_MAX_REST = 40


def stated_date(text: str, blocks: Sequence[Span]) -> tuple[date | None, Span | None]:
    """The date of the first block that is little more than a date, and that block; (None, None) without one."""
    for block in blocks:
        words = block.of(text)
        for form in _FORMS:
            match = form.search(words[:80])
            if match and len(words) - match.end() <= _MAX_REST and (day := _day(match)):
                return day, block
    return None, None


def _day(match: re.Match[str]) -> date | None:
    month = match["month"].lower()
    try:
        return date(int(match["year"]), MONTHS.get(month) or int(month), int(match["day"]))
    except ValueError:
        return None
