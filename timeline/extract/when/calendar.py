"""From a moment of the calendar to TIMEX3 value and EDTF: days, weeks, months, quarters, seasons, years, decades."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_SEASON_CODES = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_MIN, _MAX = 1, 9999


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of the calendar: TIMEX3 `value`, `edtf`, its first day and its grain (D, W, M, Q, S, Y, E, C)."""

    value: str
    edtf: str
    first: date
    grain: str


def day_in(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day(when: date) -> Moment:
    return Moment(when.isoformat(), when.isoformat(), when, "D")


def week(when: date) -> Moment:
    monday = when - timedelta(days=when.weekday())
    iso = when.isocalendar()
    return Moment(f"{iso.year:04}-W{iso.week:02}", f"{monday}/{monday + timedelta(days=6)}", monday, "W")


def weekend(when: date) -> Moment:
    """The Saturday and Sunday of a day's week."""
    saturday = when + timedelta(days=5 - when.weekday())
    iso = saturday.isocalendar()
    return Moment(f"{iso.year:04}-W{iso.week:02}-WE", f"{saturday}/{saturday + timedelta(days=1)}", saturday, "D")


def month(year: int, number: int) -> Moment:
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Moment(f"{year:04}-{number:02}", f"{year:04}-{number:02}", date(year, number, 1), "M")


def quarter(year: int, number: int) -> Moment:
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return Moment(f"{year:04}-Q{number}", f"{year:04}-{32 + number}", date(year, 3 * number - 2, 1), "Q")


def half(year: int, number: int) -> Moment:
    return Moment(f"{year:04}-H{number}", f"{year:04}-{39 + number}", date(year, 6 * number - 5, 1), "Y")


def season(year: int, code: str) -> Moment:
    grouping = _SEASON_CODES[code]
    return Moment(
        f"{year:04}-{code}", f"{year:04}-{grouping}", date(year, {21: 3, 22: 6, 23: 9, 24: 12}[grouping], 1), "S"
    )


def year(number: int) -> Moment:
    return Moment(f"{number:04}", f"{number:04}", date(number, 1, 1), "Y")


def decade(first: int) -> Moment:
    return Moment(f"{first // 10:03}", f"{first // 10:03}X", date(first // 10 * 10, 1, 1), "E")


def century(first: int) -> Moment:
    return Moment(f"{first // 100:02}", f"{first // 100:02}XX", date(first // 100 * 100, 1, 1), "C")


def span_of_days(first: date, last: date) -> Moment:
    """Days from one to another, as one moment."""
    if first == last:
        return day(first)
    return Moment(f"{first}/{last}", f"{first}/{last}", first, "D")


def shifted(origin: date, count: int, unit: str) -> Moment | None:
    """`count` units (TIMEX3 letters) after a day, at the unit's own grain; None beyond the years 1 to 9999."""
    try:
        if unit in ("D", "TH", "TM", "TS"):
            return day(origin + timedelta(days=count if unit == "D" else 0))
        if unit in ("W", "W2"):
            return week(origin + timedelta(weeks=count * (2 if unit == "W2" else 1)))
        if unit == "M":
            return month(origin.year, origin.month + count)
        if unit == "Q":
            return quarter(origin.year, (origin.month + 2) // 3 + count)
        if unit == "Y":
            return year(origin.year + count)
        if unit == "E":
            return decade(origin.year + 10 * count)
        return century(origin.year + 100 * count)
    except (ValueError, OverflowError):
        return None


def same_day(origin: date, months: int) -> date | None:
    """The same day some months off, the last of its month where that is shorter."""
    index = origin.year * 12 + origin.month - 1 + months
    target_year, target_month = index // 12, index % 12 + 1
    if not _MIN <= target_year <= _MAX:
        return None
    return date(target_year, target_month, min(origin.day, monthrange(target_year, target_month)[1]))
