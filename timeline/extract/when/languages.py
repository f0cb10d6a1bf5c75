"""Explicit dates in other languages than English: days, days of a month without a year, months, years, numbers.

Names come from dateparser's locales (`names`); what is recognised is put together here rather than by dateparser, which
reads neither "Montag, den 3. März 2025" nor the Levantine months, and makes a day of "2021年2月".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from timeline.extract.when import names
from timeline.extract.when.calendar import day_in
from timeline.extract.when.names import Language
from timeline.extract.when.reading import DATE, NO_DATE
from timeline.extract.when.words import GAP
from timeline.extract.when.words import any_of as alternation
from timeline.model import Span, TimeExpression, bounds

any_of = partial(alternation, gap=GAP)
# Years of four digits that a text can mean: before them stand numbers of other things.
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
# A year by itself is more often mistaken for a number, so it must be nearer.
_BARE_YEARS = range(1500, 2100)
_YEAR = r"(?P<year>\d{4})(?!\d)"
_NUMERIC = (
    r"(?<![\d./-])(?P<day>\d{1,2})(?P<stroke>[./-])(?P<month>\d{1,2})(?P=stroke)(?P<year>\d{4})(?![\d/-]|\.\d)",
    r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
)
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_DASH = r"\s{0,2}[-–—]\s{0,2}"
# How many days before or after the publication a day without a year may lie: as far as a reader would take it.
_LONG_AGO, _AHEAD = 330, 31
_LONGEST_JOINT = 12


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands at a place: parts that are None are not said; `last` ends a range of days that `day` begins."""

    span: Span
    year: int | None
    month: int | None
    day: int | None
    last: int | None


def tag(
    text: str, code: str, *, published: date | None = None, spans: Sequence[Span] | None = None
) -> list[TimeExpression]:
    """The explicit dates of a text of the language `code` (one of `names.known()`), in text order, without overlaps.

    A day without a year lies in the year of the range it begins, of the date named before, or nearest up to
    `published`; without any its EDTF stays "". Never raises for any text.
    """
    language = names.language(code)
    expressions: list[TimeExpression] = []
    named: int | None = None
    for span in spans if spans is not None else [Span(0, len(text))]:
        found = list(_found(text, span, language))
        for number, each in enumerate(found):
            following = found[number + 1] if number + 1 < len(found) else None
            joined = _joined(text, each, following, language)
            expressions.append(_read(text, each, joined, named, published, language))
            named = each.year or named
    return expressions


def whole_days(text: str, code: str) -> list[tuple[date, Span]]:
    """The whole days (day, month and year) of a text and where they stand, without ranges of them."""
    return [
        (date(found.year, found.month, found.day), found.span)
        for found in _found(text, Span(0, len(text)), names.language(code))
        if found.year and found.month and found.day and found.last is None
    ]


def _found(text: str, span: Span, language: Language) -> Iterator[_Found]:
    """Dates of the calendar from left to right, the longest of those that overlap."""
    matches = sorted(
        (match for pattern in _patterns(language.code) for match in pattern.finditer(text, span.start, span.end)),
        key=lambda match: (match.start(), -match.end()),
    )
    until = span.start
    for match in matches:
        if match.start() >= until and (found := _parts(match, language)):
            until = match.end()
            yield found


def _parts(match: re.Match[str], language: Language) -> _Found | None:
    """The numbers of a match; None where the calendar has no such day or no text means such a year."""
    said = {key: words for key, words in match.groupdict().items() if words}
    year = _number(said["year"]) if "year" in said else None
    month = _month(said["month"], language) if "month" in said else None
    day, last = (_number(said[key]) if key in said else None for key in ("day", "last"))
    if "first" in said:
        day, last = _number(said["first"]), day
    if year is not None and (year not in _BARE_YEARS if month is None else not _FIRST_YEAR <= year <= _LAST_YEAR):
        return None
    # A leap year stands in for a year not said.
    if not all(day_in(year or 2024, month or 1, each) for each in (day or 1, last or 1)):
        return None
    if last is not None and last <= (day or 0):
        return None
    # A year is the expression without the words that show it to be one ("en 1991"), as in English.
    start = match.start("year") if month is None else match.start()
    return _Found(Span(start, match.end()), year, month, day, last)


def _joined(text: str, found: _Found, following: _Found | None, language: Language) -> int | None:
    """The year that the second date of a range gives to a first one without any ("28. Februar bis 3. März 2021")."""
    if found.year is not None or following is None or following.year is None or found.month is None:
        return None
    between = text[found.span.end : following.span.start]
    if len(between) > _LONGEST_JOINT or between.strip().casefold() not in {"-", "–", "—", *language.phrases("to")}:
        return None
    return following.year - (found.month > (following.month or found.month))


def _read(
    text: str, found: _Found, joined: int | None, named: int | None, published: date | None, language: Language
) -> TimeExpression:
    year, reason = found.year, f"explicit, {language.name}"
    if year is None:
        year, reason = _year_of(found, joined, named, published)
        reason = f"{reason}, {language.name}" if year else reason
    words, value = found.span.of(text), _value(found, f"{year:04}" if year else "XXXX")
    if year is None:
        return TimeExpression(*found.span, words, DATE, value, reason=reason)
    earliest, latest = bounds(value)
    return TimeExpression(*found.span, words, DATE, value, value, earliest, latest, reason)


def _value(found: _Found, year: str) -> str:
    """TIMEX3 value, which is EDTF too where the year is known."""
    value = year + "".join(f"-{part:02}" for part in (found.month, found.day) if part)
    return f"{value}/{year}-{found.month:02}-{found.last:02}" if found.last else value


def _year_of(found: _Found, joined: int | None, named: int | None, published: date | None) -> tuple[int | None, str]:
    """The year of a day without one, and why."""
    month, day = found.month or 1, found.last or found.day or 1
    if joined is not None and day_in(joined, month, day):
        return joined, "in the year of the range's end"
    if published is None:
        return None, NO_DATE
    # As in English: a text that tells of years past goes on in them.
    if named is not None and abs(named - published.year) > 1 and day_in(named, month, day):
        return named, "in the year of the date named before"
    for year in (published.year, published.year - 1, published.year + 1):
        found_day = day_in(year, month, day)
        if found_day is not None and -_LONG_AGO <= (found_day - published).days <= _AHEAD:
            return year, f"anchored to the publication date {published}"
    return None, f"no year near the publication date {published} has this day"


def _month(words: str, language: Language) -> int:
    """1 to 12 (or any other number that stands for a month) of a name or a number."""
    name = " ".join(words.casefold().split())
    return language.months.get(name) or _number(name)


def _number(words: str) -> int:
    """A number in the digits of any script, or in Chinese characters ("二〇二五", "三十一")."""
    if words.isdecimal():
        return int(words)
    if "十" not in words:
        return int("".join(str(_HAN_DIGITS[c]) for c in words))
    tens, _, ones = words.partition("十")
    return 10 * (_HAN_DIGITS[tens] if tens else 1) + (_HAN_DIGITS[ones] if ones else 0)


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    """Every form of a language. Each begins at few places and repeats nothing without a bound: linear on any text."""
    language = names.language(code)
    forms = [*(_unit_forms if "units" in language.words else _word_forms)(language), *_NUMERIC]
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _word_forms(language: Language) -> Iterator[str]:
    """Day, month, year: with names, in that order."""
    month, full, weekday = any_of(language.months), any_of(language.full), any_of(language.weekdays)
    of, to, after = (any_of(language.phrases(key)) for key in ("of", "to", "after"))
    ordinal = f"(?:{language.words['ordinal']})?" if "ordinal" in language.words else ""
    begin = r"(?<!\d)" if "Arabic" in language.words["scripts"] else r"(?<!\w)(?<!\d[.,/-])"
    said = rf"(?:(?:{weekday})\.?,?\s{{1,3}}(?:(?:{any_of(language.phrases('article'))})\s{{1,3}})?)?"
    first = rf"(?:(?P<first>\d{{1,2}}){ordinal}(?:{_DASH}|\s{{1,3}}(?:{to})\s{{1,3}}))?"
    day = rf"(?P<day>\d{{1,2}}){ordinal}\s{{0,3}}(?:(?:{of})\s{{1,3}})?"
    year = rf"\.?,?\s{{1,3}}(?:(?:{of})\s{{1,3}}){{0,2}}{_YEAR}(?:\s{{0,2}}(?:{after})(?!\w))?"
    # Two names of one month: "آذار/مارس".
    name = rf"(?P<month>{month})(?:\s?/\s?(?:{month}))?"
    yield rf"{begin}{said}{first}{day}{name}(?!\w){year}"
    # Without a year an abbreviation may be another word ("6 set" in tennis, "3 mar").
    yield rf"{begin}{said}{first}{day}(?P<month>{full})(?:\s?/\s?(?:{full}))?(?!\w)"
    yield rf"{begin}{name}(?!\w){year}"
    if language.phrases("year"):
        yield rf"(?<!\w)(?:{any_of(language.phrases('year'))})\s{{1,3}}(?P<year>\d{{4}})(?![\d.,]*\d)"
    if after:
        yield rf"(?<![\w.,/-]){_YEAR}\s{{0,2}}(?:{after})(?!\w)"


def _unit_forms(language: Language) -> Iterator[str]:
    """Year, month, day, each with the word that says which it is."""
    units = language.words["units"]
    month = any_of(language.months)
    number = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
    year = rf"(?<!\d)(?P<year>\d{{4}}|[〇○零一二三四五六七八九]{{4}})\s{{0,2}}{units['year']}"
    named = rf"(?P<month>{month})" + (f"(?:{units['month']})?" if units["month"] else "")
    day = rf"\s{{0,2}}(?P<day>{number})\s{{0,2}}{units['day']}"
    until = rf"(?:\s?(?:至|到|から|[-–—~～])\s?(?P<last>{number})\s{{0,2}}{units['day']})?"
    long = any_of(name for name in language.weekdays if len(name) > 1)
    weekday = rf"(?:\s{{0,2}}[（(](?:{any_of(language.weekdays)})[）)]|\s{{0,2}}(?:{long}))?"
    yield rf"{year}၊?\s{{0,2}}{named}(?:{day}{until}{weekday})?"
    yield rf"(?<![\d一二三四五六七八九十]){named}{day}{until}{weekday}"
    yield rf"{year}(?![前来來後后間间])"
