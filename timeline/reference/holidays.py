"""Holidays, feasts and festivals by the names that English news gives them, and their days in a year.

Tables: `data/holidays.csv` and `data/holiday_days.csv`, built by tools/reference/build_holidays.py.

A rule is one of: `MM-DD`; `MM-DD/MM-DD` for several days; `MM W N [+D]`, the Nth weekday W (Monday 0, N -1 the last)
of a month and D days on; `easter +D` and `orthodox +D`, days from Easter, or `+D/+E`; `table NAME`, days of a lunisolar
calendar for 1970 to 2050; and `election`, `inauguration`, `victoria`.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from timeline.reference.tables import plain_rows, split

_FIRST_EASTER, _LAST_EASTER = 1583, 4099


@dataclass(frozen=True, slots=True)
class Holiday:
    """The days of a holiday in one year; `approximate` where the sighting of the moon may move them by a day."""

    name: str
    first: date
    last: date
    approximate: bool
    country: str


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    country: str
    rule: str
    approximate: bool
    default: bool


def key(name: str) -> str:
    """A name as it is looked up: lower case, straight apostrophes, single spaces."""
    return " ".join(name.lower().replace("’", "'").split())


@cache
def _by_name() -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for name, aliases, country, rule, approximate, default in plain_rows("holidays.csv"):
        row = _Row(name, country, rule, approximate == "yes", default == "yes")
        for each in (name, *split(aliases)):
            found[key(each)].append(row)
    return dict(found)


@cache
def _tables() -> dict[str, dict[int, tuple[date, date]]]:
    """Table name → year → first and last day. A year with two (a lunar year is shorter) keeps its first."""
    found: dict[str, dict[int, tuple[date, date]]] = defaultdict(dict)
    for name, first, last in plain_rows("holiday_days.csv"):
        begun = date.fromisoformat(first)
        found[name].setdefault(begun.year, (begun, date.fromisoformat(last) if last else begun))
    return dict(found)


@cache
def spellings() -> frozenset[str]:
    """Every name and alias as it is written, with straight apostrophes."""
    table = plain_rows("holidays.csv")
    return frozenset(each for name, aliases, *_ in table for each in (name, *split(aliases)))


def is_shared(name: str) -> bool:
    """Whether several countries have a day of this name and none of them is meant without being named."""
    rows = _by_name().get(key(name), [])
    return bool(rows) and all(row.country and not row.default for row in rows)


def countries_of(name: str) -> frozenset[str]:
    """The countries (ISO 3166 alpha-3) that have a day of this name."""
    return frozenset(row.country for row in _by_name().get(key(name), []) if row.country)


def days(name: str, year: int, country: str = "") -> Holiday | None:
    """The days of a holiday in a year; None for an unknown name, a year without it, or a name of several countries.

    Without a `country` (ISO 3166 alpha-3) it is the holiday that is the same everywhere, else the one that
    international news means by the bare name ("Thanksgiving": USA).
    """
    rows = _by_name().get(key(name), [])
    row = next((r for r in rows if country and r.country == country), None)
    row = row or next((r for r in rows if not r.country), None) or next((r for r in rows if r.default), None)
    if row is None:
        return None
    try:
        found = _resolved(row.rule, year)
    except (ValueError, OverflowError):
        return None
    return Holiday(row.name, *found, row.approximate, row.country) if found else None


def _resolved(rule: str, year: int) -> tuple[date, date] | None:
    kind, _, rest = rule.partition(" ")
    if kind == "table":
        return _tables()[rest].get(year)
    if kind in ("easter", "orthodox"):
        if not _FIRST_EASTER <= year <= _LAST_EASTER:
            return None
        sunday = easter(year) if kind == "easter" else orthodox_easter(year)
        ends = [sunday + timedelta(days=int(part)) for part in rest.split("/")]
        return ends[0], ends[-1]
    if kind in _SPECIAL:
        return _SPECIAL[kind](year)
    if rest:
        day = _nth_weekday(year, *(int(part) for part in rule.split()))
        return day, day
    ends = [date(year, int(part[:2]), int(part[3:])) for part in rule.split("/")]
    if ends[-1] < ends[0]:
        ends[-1] = ends[-1].replace(year=year + 1)
    return ends[0], ends[-1]


def _nth_weekday(year: int, month: int, weekday: int, nth: int, after: int = 0) -> date:
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + after)


def _election(year: int) -> tuple[date, date] | None:
    """The day of federal elections in the United States: the Tuesday after the first Monday of November."""
    day = _nth_weekday(year, 11, 0, 1, 1)
    return (day, day) if year % 2 == 0 else None


def _inauguration(year: int) -> tuple[date, date] | None:
    """The day of the presidents of the United States: 20 January after an election, since 1937."""
    day = date(year, 1, 20)
    return (day, day) if year % 4 == 1 and year >= 1937 else None


def _victoria(year: int) -> tuple[date, date]:
    """The last Monday before 25 May."""
    day = date(year, 5, 24)
    day -= timedelta(days=day.weekday())
    return day, day


_SPECIAL = {"election": _election, "inauguration": _inauguration, "victoria": _victoria}


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar: the Julian computus (Meeus), and the calendars apart."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    f = d + e + 114
    distance = year // 100 - year // 400 - 2
    return date(year, f // 31, f % 31 + 1) + timedelta(days=distance)
