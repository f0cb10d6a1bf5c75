"""EDTF (ISO 8601-2:2019): the days that a date can mean, and how exact it is.

The subset is what news needs: levels 0 and 1 whole, and of level 2 the sub-year groupings, unspecified digits
and sets. The pure-Python `edtf` package knows more but takes 5 ms a date, fails on open intervals and ends a
winter on 31 December; it is the independent judge in our tests. Years lie between 1 and 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from functools import lru_cache

from timeline.model.errors import InputError

Bounds = tuple[date | None, date | None]

# ISO 8601-2 sub-year groupings: first and last month. A season without a hemisphere is read as northern, as
# news agencies of the north write; a winter begins in December of its year.
GROUPINGS: dict[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 2),
    29: (9, 11), 30: (12, 2), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip

_DATE = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?", re.ASCII)
_QUALIFIERS = re.compile(r"[~?%]")


class Exactness(StrEnum):
    """How exact a date is, most exact first."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"
    OPEN = "open"
    UNKNOWN = "unknown"


@lru_cache(maxsize=65_536)
def bounds(edtf: str) -> Bounds:
    """Earliest and latest day of an EDTF string; `None` where it is open; `(None, None)` for "".

    >>> bounds("2021-02")
    (datetime.date(2021, 2, 1), datetime.date(2021, 2, 28))

    Raises InputError when the string is no EDTF of our subset.
    """
    text = edtf.strip()
    if text in {"", "..", "../..", "/.."}:
        return None, None
    if text[0] in "[{":
        return _set_bounds(text)
    if "/" in text:
        first, _, last = text.partition("/")
        earliest = None if first in {"", ".."} else _point(first)[0]
        latest = None if last in {"", ".."} else _point(last)[1]
        if earliest and latest and latest < earliest:
            raise InputError(f"the interval {edtf!r} ends before it begins")
        return earliest, latest
    return _point(text)


@lru_cache(maxsize=65_536)
def exactness(edtf: str) -> Exactness:
    """How exact an EDTF string is, from its form alone. Raises InputError as `bounds` does."""
    earliest, latest = bounds(edtf)
    if earliest is None and latest is None:
        return Exactness.UNKNOWN
    if earliest is None or latest is None:
        return Exactness.OPEN
    if earliest == latest:
        return Exactness.DAY
    if "/" in edtf or edtf[0] in "[{":
        return Exactness.INTERVAL
    plain = _QUALIFIERS.sub("", edtf)
    if plain[2:4] == "XX":
        return Exactness.CENTURY
    if plain[3] == "X":
        return Exactness.DECADE
    month = plain[5:7]
    if month in {"", "XX"}:
        return Exactness.YEAR
    return Exactness.SEASON if int(month) > 12 else Exactness.MONTH


def _point(text: str) -> tuple[date, date]:
    plain = _QUALIFIERS.sub("", text.split("T")[0])
    match = _DATE.fullmatch(plain)
    if not match:
        raise InputError(f"{text!r} is no EDTF date")
    year, month, day = match.groups()
    try:
        first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
        if month is None or month == "XX":
            return date(max(first_year, 1), 1, 1), date(last_year, 12, 31)
        if int(month) > 12:
            return _grouping(first_year, int(month))
        if day is None or day == "XX":
            return date(first_year, int(month), 1), month_end(last_year, int(month))
        return date(first_year, int(month), int(day)), date(last_year, int(month), int(day))
    except (ValueError, KeyError) as error:
        raise InputError(f"{text!r} is no day of the calendar") from error


def _grouping(year: int, code: int) -> tuple[date, date]:
    first, last = GROUPINGS[code]
    return date(year, first, 1), month_end(year + (last < first), last)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _set_bounds(text: str) -> Bounds:
    if text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise InputError(f"{text!r} is no EDTF set")
    earliest: list[date | None] = []
    latest: list[date | None] = []
    for member in text[1:-1].split(","):
        first, dots, last = member.strip().partition("..")
        earliest.append(_point(first)[0] if first else None)
        latest.append(_point(last or first)[1] if last or not dots else None)
    low = None if None in earliest else min(day for day in earliest if day)
    high = None if None in latest else max(day for day in latest if day)
    return low, high


def from_bounds(earliest: date | None, latest: date | None) -> str:
    """The shortest EDTF string with these bounds: a day, month or year where they are one, else an interval.

    >>> from_bounds(date(2021, 2, 1), date(2021, 2, 28))
    '2021-02'
    """
    if earliest is None and latest is None:
        return ""
    if earliest is None or latest is None:
        return f"{earliest or '..'}/{latest or '..'}"
    if earliest == latest:
        return earliest.isoformat()
    if earliest.day == 1 and latest == month_end(latest.year, latest.month):
        if (earliest.year, earliest.month) == (latest.year, latest.month):
            return earliest.isoformat()[:7]
        if earliest.month == 1 and latest.month == 12:
            years = earliest.isoformat()[:4], latest.isoformat()[:4]
            return years[0] if years[0] == years[1] else "/".join(years)
    return f"{earliest}/{latest}"
