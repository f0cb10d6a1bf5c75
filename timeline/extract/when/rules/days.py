"""Rules for days: dates of every order and style, weekdays, today and tomorrow, parts of a day, holidays."""

from __future__ import annotations

import re
from datetime import date

from timeline.extract.when import calendar
from timeline.extract.when.reading import (
    DATE,
    EXPLICIT,
    NO_DATE,
    Context,
    Reading,
    anchored,
    at,
    in_year,
    unknown,
)
from timeline.extract.when.rules.registry import APPROX, PART_OF, YEAR_WORDS, day_of, part_of, rule
from timeline.extract.when.words import (
    DAY,
    DAY_WORD,
    GAP,
    MONTH,
    WEEKDAY_OF,
    YEAR,
    any_of,
    day_number,
    month_number,
    table,
)


@rule(
    r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?:[T ](?P<t>\d\d:\d\d)(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
def _iso(match: re.Match[str], context: Context) -> Reading | None:
    moment = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return at(moment, EXPLICIT, part=f"T{match['t']}" if match["t"] else "") if moment else None


@rule(r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)")
def _numeric(match: re.Match[str], context: Context) -> Reading | None:
    """ "3/4/2025": the locale says which is the day; with full stops it is always the first."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100 and match["s"] != "/":
        return None  # a version, a section or a score
    if year < 100:
        pivot = (context.published.year if context.published else 2030) % 100 + 10
        year += 2000 if year <= pivot and not (context.published and context.published.year < 2000) else 1900
    day_first = context.day_first or match["s"] == "."
    month_, day = (second, first) if (day_first and second <= 12) or first > 12 else (first, second)
    moment = day_of(year, month_, day)
    return at(moment, f"{EXPLICIT}, {'day' if month_ == second else 'month'} first") if moment else None


_OF_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?P<y>{YEAR})(?![-–]\d|{GAP}(?:votes|people|troops|men|soldiers))|,?{GAP}(?:of{GAP})?(?P<ry>this|last|next){GAP}year)?"
_WEEKDAY_BEFORE = (
    rf"(?:(?:(?:this|next|last)(?:{GAP}(?:past|coming))?{GAP})?(?:the{GAP})?{WEEKDAY_OF},?{GAP}(?:the{GAP})?)?"
)
# A year that stands only with the second of two dates belongs to both: "from March 3 to May 5, 2021".
_SHARED_YEAR = re.compile(
    rf"\s*(?:,|to|and|or|until|till|through|[-–])\s*(?P<m>{MONTH})?\s*(?:(?P<d>{DAY})(?:,\s*|\s+))?(?:of\s+)?(?P<y>{YEAR})(?!\w)",
)


def year_given(match: re.Match[str], context: Context) -> int | None:
    if match["y"]:
        return int(match["y"])
    if match["ry"] and context.published:
        return context.published.year + YEAR_WORDS[match["ry"].lower()]
    return None


def shared_year(month_: int, context: Context) -> int | None:
    """The year of the second of two dates for the first, the year before where the first month is the later one."""
    found = _SHARED_YEAR.match(context.after(40))
    if found is None:
        return None
    later = month_number(found["m"]) if found["m"] else month_
    return int(found["y"]) - (later < month_)


@rule(
    rf"{APPROX}{PART_OF}(?:(?P<mod>early|late|mid)[\s-])?{_WEEKDAY_BEFORE}(?P<m>{MONTH}){GAP}(?:the{GAP})?(?P<d>{DAY}|{DAY_WORD})(?P<to>\s?[-–]\s?(?:{DAY})(?!\d)|{GAP}(?:to|through){GAP}{DAY}(?!\d))?{_OF_YEAR}",
    key="month",
)
def _month_day(match: re.Match[str], context: Context) -> Reading | None:
    return _day_month(match, context)


@rule(
    rf"{APPROX}{PART_OF}{_WEEKDAY_BEFORE}(?:the{GAP})?(?P<d>{DAY}|{DAY_WORD})(?P<to>\s?[-–]\s?{DAY})?{GAP}(?:of{GAP})?(?P<m>{MONTH}){_OF_YEAR}",
    key="month",
)
def _day_month(match: re.Match[str], context: Context) -> Reading | None:
    number_, day = month_number(match["m"]), day_number(match["d"])
    if match["m"][:1].islower():
        return None
    year, reason = _year_of(match, number_, day, context)
    if year is None:
        return Reading(DATE, f"XXXX-{number_:02}-{day:02}", "", NO_DATE)
    moment = day_of(year, number_, day)
    if moment is None:
        return None
    if match["to"]:
        last = day_of(year, number_, int(re.findall(r"\d+", match["to"])[0]))
        if last and last.first > moment.first:
            return at(calendar.span_of_days(moment.first, last.first), reason)
    if reason == _KNOWN:
        return _known(moment)
    return at(moment, reason, mod="APPROX" if match["ap"] else "", part=part_of(match["np"]))


_KNOWN = "a day known by its happening"


def _known(day: calendar.Moment) -> Reading:
    """A day that is a name: the text goes on from where it was, not from that day."""
    return Reading(DATE, day.value, day.edtf, _KNOWN)


def _year_of(match: re.Match[str], month_: int, day: int, context: Context) -> tuple[int | None, str]:
    """The year of a day, and why: stated, shared with a later date, known by a happening, else by tense."""
    year = year_given(match, context) or shared_year(month_, context)
    if year is not None:
        return year, EXPLICIT if match["y"] or not match["ry"] else anchored(context)
    named = table("named_days").get(f"{month_:02}-{day:02}")
    if named and re.match(rf"\W+(?:\w+\s)?(?:{any_of(named['words'])})", context.after(40)):
        return named["year"], _KNOWN
    return in_year(context, month_, day)


@rule(
    rf"(?:(?P<d1>{DAY}){GAP}(?P<m1>{MONTH})\s?[-–—]\s?(?P<d2>{DAY}){GAP}(?P<m2>{MONTH})|(?P<m3>{MONTH}){GAP}(?P<d3>{DAY})\s?[-–—]\s?(?P<m4>{MONTH}){GAP}(?P<d4>{DAY})),?{GAP}(?P<y>{YEAR})",
    key="month",
)
def _days_of_two_months(match: re.Match[str], context: Context) -> Reading | None:
    """ "28 February – 3 March 2024": one expression, joined by a dash."""
    first, last = month_number(match["m1"] or match["m3"]), month_number(match["m2"] or match["m4"])
    year = int(match["y"])
    begun = day_of(year - (last < first), first, day_number(match["d1"] or match["d3"]))
    ended = day_of(year, last, day_number(match["d2"] or match["d4"]))
    if begun is None or ended is None or ended.first <= begun.first:
        return None
    return at(calendar.span_of_days(begun.first, ended.first), EXPLICIT)


@rule(r"9/11(?!/)")
def _known_by_number(match: re.Match[str], context: Context) -> Reading | None:
    """ "9/11" is a name: of the day of 2001 whatever the locale."""
    return _known(calendar.day(date(2001, 9, 11)))


_AFTER_A_DAY = re.compile(rf"{MONTH}\s+{DAY}(?:,\s{DAY})?,?\s+(?:and|or)\s+$")
_COUNTS = re.compile(r"[\s-]+(?!(?:and|in|at|to|for|on|of|with|by|after|before|when|as|was|were|is)\b)[a-z]|[.,:]\d|%")


@rule(rf"(?P<d>{DAY})")
def _second_day(match: re.Match[str], context: Context) -> Reading | None:
    """The "25" of "April 24 and 25": a bare number is a day only straight after one of the same month."""
    near = context.previous
    if near is None or near.grain != "D" or not _AFTER_A_DAY.search(context.before(40)):
        return None
    if _COUNTS.match(context.after(20)):
        return None
    moment = day_of(near.first.year, near.first.month, day_number(match["d"]))
    return at(moment, f"of the month named before, {near.value[:7]}") if moment else None


@rule(
    rf"(?P<d>{DAY})(?={GAP}(?:and|to|until){GAP}{DAY}{GAP}(?:of{GAP})?(?P<m>{MONTH})(?:,?{GAP}(?P<y>{YEAR}))?(?!\w))",
    key="month",
)
def _first_day(match: re.Match[str], context: Context) -> Reading | None:
    """The "1" of "between 1 and 5 March": a bare number is a day only before one of the same month."""
    if context.word_before not in ("between", "from") or match["m"][:1].islower():
        return None
    month_, day = month_number(match["m"]), day_number(match["d"])
    year, reason = (int(match["y"]), EXPLICIT) if match["y"] else in_year(context, month_, day)
    return unknown() if year is None else at(day_of(year, month_, day), reason)


_NAMES_A_THIRD = re.compile(r"\s+(?!(?:and|or|to|in|at|after|when|but|with|as|for)\b)\w")


@rule(rf"the{GAP}(?P<d>{DAY}(?<=[a-z]))(?:{GAP}of{GAP}(?P<om>this|the|next|last){GAP}month)?")
def _the_third(match: re.Match[str], context: Context) -> Reading | None:
    """ "on the 3rd": of the month named before, else the nearest such day by tense."""
    of_month, day = (match["om"] or "").lower(), day_number(match["d"])
    if not of_month and (
        context.word_before not in ("on", "until", "by", "from", "since") or _NAMES_A_THIRD.match(context.after(8))
    ):
        return None
    near = context.previous
    if of_month in ("", "the") and near is not None and near.grain in ("D", "M") and context.since < 250:
        return at(day_of(near.first.year, near.first.month, day), f"of the month named before, {near.value[:7]}")
    today = context.published
    if today is None:
        return unknown()
    shift = {"next": 1, "last": -1}.get(of_month, 0)
    if not of_month:
        shift = -1 if day > today.day and not context.ahead else 1 if day < today.day and context.ahead else 0
    other = calendar.month(today.year, today.month + shift).first
    return at(day_of(other.year, other.month, day), anchored(context))
