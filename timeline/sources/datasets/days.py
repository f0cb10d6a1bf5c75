"""Days as data sets write them, and how exact they are, as EDTF: pure. Never a day where only a month is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from timeline.model.edtf import bounds, from_bounds, month_end
from timeline.model.errors import InputError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d/-])")
_TIME = r"(?:[T ,]+\d{1,2}:\d\d.*)?"
_NUMERIC = re.compile(rf"(\d{{1,2}})[./ -](\d{{1,2}})[./ -](\d{{4}}|\d{{2}}){_TIME}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[./](\d{{1,2}})[./](\d{{1,2}}){_TIME}")
_DAY_NAMED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ .-]+([A-Za-z]{{3,9}})\.?[ ,.-]+(\d{{4}}){_TIME}")
_MONTH_NAMED = re.compile(rf"([A-Za-z]{{3,9}})\.?[ -]+(\d{{1,2}})(?:st|nd|rd|th)?[ ,-]+(\d{{4}}){_TIME}")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?[ ,-]+(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2}))?")
_MOST = 65_536


class Form(StrEnum):
    """How a column writes its dates; any other text is a pattern of `strptime`."""

    ISO = "iso"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    NAMED = "month named"
    COMPACT = "compact"
    UNIX = "unix"


class Precision(StrEnum):
    """How exactly a date is known that a column writes as a day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@lru_cache(_MOST)
def edtf_of(text: str, form: str = Form.ISO) -> str:
    """A date as EDTF; what has only a month or a year stays one. Raises ValueError, whose text says what is wrong."""
    wanted = text.strip()
    if not wanted:
        raise ValueError("the date is empty")
    reader = _READERS.get(form)
    found = reader(wanted) if reader is not None else _pattern(wanted, form)
    try:
        earliest, latest = bounds(found)
    except InputError as error:
        raise ValueError(f"the date {text[:40]!r} is no day of the calendar") from error
    if earliest is None and latest is None:
        raise ValueError("the date is empty")
    return found


def day_of(text: str, form: str = Form.ISO) -> date:
    """The one day that a date is. Raises ValueError also where it is less exact."""
    earliest, latest = bounds(edtf_of(text, form))
    if earliest is None or earliest != latest:
        raise ValueError(f"the date {text[:40]!r} is no single day")
    return earliest


@lru_cache(_MOST)
def precise(edtf: str, precision: str) -> str:
    """A date no more exact than a precision: of a day its week (Monday to Sunday), month and so on; what is wider
    than that stays."""
    first, last = bounds(edtf)
    if first is None or last is None or precision == Precision.DAY:
        return edtf
    if precision == Precision.WEEK:
        begin, end = first - timedelta(first.weekday()), last + min(timedelta(6 - last.weekday()), date.max - last)
    elif precision == Precision.MONTH:
        begin, end = first.replace(day=1), month_end(last.year, last.month)
    elif precision == Precision.QUARTER:
        begin = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
        end = month_end(last.year, (last.month - 1) // 3 * 3 + 3)
    else:
        years = {Precision.YEAR: 1, Precision.DECADE: 10, Precision.CENTURY: 100}[Precision(precision)]
        return _years(first.year, last.year, years)
    return from_bounds(begin, end)


def _years(first: int, last: int, many: int) -> str:
    """Centuries are counted from 1: the 20th ends with 2000."""
    shift = 1 if many == 100 else 0
    begin, end = (first - shift) // many * many + shift, (last - shift) // many * many + shift + many - 1
    begin, end = max(begin, 1), min(end, 9999)
    if many == 10 and end - begin == 9:
        return f"{begin // 10:03d}X"
    return f"{begin:04d}" if begin == end else f"{begin:04d}/{end:04d}"


def span(first: str, last: str) -> str:
    """From one date to another as EDTF: "2021-02-01/2021-02-03", one of both where they are the same. Raises
    ValueError where the end comes before the beginning."""
    if not last or last == first:
        return first
    begin, (end_first, end) = bounds(first)[0], bounds(last)
    if begin is not None and end is not None and end < begin:
        raise ValueError(f"it ends ({last}) before it begins ({first})")
    if begin is not None and end is not None and end_first == end and bounds(first)[0] == bounds(first)[1]:
        return from_bounds(begin, end)
    return f"{first}/{last}"


def of_parts(year: str, month: str = "", day: str = "") -> str:
    """A date of columns of its own; what is empty or 0 is not known. Raises ValueError."""
    parts = [part.strip().removesuffix(".0") for part in (year, month, day)]
    known: list[str] = []
    for part in parts:
        if part in ("", "0", "00"):
            break
        known.append(part if part.isdecimal() else _month(part) if len(known) == 1 else "")
    if not known:
        raise ValueError("the date is empty")
    if not all(known) or len(known[0]) > 4:
        raise ValueError(f"the date {' '.join(parts)[:40]!r} is none")
    figures = [int(part) for part in (*known[1:], "0", "0")]
    return edtf_of(_written(known[0].zfill(4), figures[0], figures[1]))


def _written(year: str, month: int, day: int) -> str:
    """ISO 8601 of a year, a month and a day; 0 is not known. Raises ValueError for a 13th month: EDTF has seasons
    there, which no data set means."""
    if month > 12:
        raise ValueError(f"the date has a month {month}")
    return year if not month else f"{year}-{month:02d}" if not day else f"{year}-{month:02d}-{day:02d}"


def _iso(text: str) -> str:
    """ISO 8601 with or without a time, a month, a year, and EDTF itself."""
    if match := _ISO.match(text):
        rest = text[match.end() :]
        if not rest or rest[0] in "T ":
            return _written(match[1], int(match[2]), int(match[3]))
    if match := _PARTIAL.fullmatch(text):
        return f"{match[1]}-{int(match[2]):02d}" if match[2] else match[1]
    if match := _YEAR_FIRST.fullmatch(text):
        return _written(match[1], int(match[2]), int(match[3]))
    try:
        bounds(text)
    except InputError as error:
        raise ValueError(f"the date {text[:40]!r} is none") from error
    return text


def _numeric(text: str, *, day_first: bool) -> str:
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return _iso(text) if text[:4].isdigit() else _named(text)
    first, second, year = int(match[1]), int(match[2]), match[3]
    day, month = (first, second) if day_first else (second, first)
    return _written(_whole_year(year), month, day)


def _whole_year(year: str) -> str:
    """Two digits are of the hundred years that end twenty years from now."""
    if len(year) == 4:
        return year
    return f"20{year}" if int(year) <= 46 else f"19{year}"


def _named(text: str) -> str:
    """ "31 January 2023", "31-Jan-2023", "January 31, 2023", "January 2023"."""
    if match := _DAY_NAMED.fullmatch(text):
        day, month, year = match[1], match[2], match[3]
    elif match := _MONTH_NAMED.fullmatch(text):
        month, day, year = match[1], match[2], match[3]
    elif match := _MONTH_YEAR.fullmatch(text):
        return f"{match[2]}-{_month(match[1])}"
    else:
        return _iso(text)
    return f"{year}-{_month(month)}-{int(day):02d}"


def _month(word: str) -> str:
    short = word[:3].lower()
    if short not in _MONTHS:
        raise ValueError(f"{word[:20]!r} is no month")
    return f"{_MONTHS.index(short) + 1:02d}"


def _compact(text: str) -> str:
    match = _COMPACT.fullmatch(text.removesuffix(".0"))
    if match is None:
        return _iso(text)
    year, month, day = match.groups()
    return _written(year, int(month), int(day))


def _unix(text: str) -> str:
    """Seconds since 1970, milliseconds where there are so many digits."""
    try:
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if abs(seconds) > 1e11 else seconds, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"the time {text[:40]!r} is none since 1970") from error


def _pattern(text: str, pattern: str) -> str:
    try:
        return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007 - only its day counts
    except (ValueError, re.error) as error:
        raise ValueError(f"the date {text[:40]!r} is not written as {pattern!r}") from error


_READERS: dict[str, Callable[[str], str]] = {
    Form.ISO: _iso,
    Form.DAY_FIRST: lambda text: _numeric(text, day_first=True),
    Form.MONTH_FIRST: lambda text: _numeric(text, day_first=False),
    Form.NAMED: _named,
    Form.COMPACT: _compact,
    Form.UNIX: _unix,
}
