"""Rules for days and times of day: dates of every order, weekdays, today, clock times, holidays."""

from __future__ import annotations

import re
from datetime import timedelta

from timeline.extract.when import calendar
from timeline.extract.when.reading import (
    DATE,
    EXPLICIT,
    NO_DATE,
    TIME,
    Context,
    Reading,
    anchored,
    at,
    in_year,
    month,
    unknown,
    weekday,
)
from timeline.extract.when.rules.registry import DIRECTIONS, day_of, digits, mod_of, part_of, rule
from timeline.extract.when.words import (
    DAY,
    MOD,
    MONTH,
    PART,
    WEEKDAY,
    YEAR,
    any_of,
    month_number,
    number,
    table,
    weekday_number,
)


@rule(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<t>\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?")
def _iso(match: re.Match[str], context: Context) -> Reading | None:
    moment = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return at(moment, EXPLICIT, part=f"T{match['t']}" if match["t"] else "") if moment else None


@rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)")
def _slashes(match: re.Match[str], context: Context) -> Reading | None:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100:
        pivot = (context.published.year if context.published else 2030) % 100 + 10
        year += 1900 if year > pivot or not context.published or context.published.year < 2000 else 2000
    month_, day = (second, first) if (context.day_first and second <= 12) or first > 12 else (first, second)
    moment = day_of(year, month_, day)
    return at(moment, f"{EXPLICIT}, {'day' if context.day_first else 'month'} first") if moment else None


_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<y>{YEAR})(?![-–]\d|\s+(?:{any_of(['votes', 'people', 'troops'])}))|,?\s+(?P<ry>this|last|next)\s+year)?"


def _year_given(match: re.Match[str], context: Context) -> int | None:
    if match["y"]:
        return int(match["y"])
    if match["ry"] and context.published:
        return context.published.year + {"last": -1, "this": 0, "next": 1}[match["ry"].lower()]
    return None


@rule(
    rf"(?:(?P<mod>{MOD})[\s-]+)?(?:{WEEKDAY},?\s+)?(?P<m>{MONTH})\s+(?P<d>{DAY})(?P<to>\s?[-–]\s?{DAY}|\s+to\s+{DAY})?{_OF_YEAR}"
)
def _month_day(match: re.Match[str], context: Context) -> Reading | None:
    return _day_month(match, context)


@rule(rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?(?P<d>{DAY})(?P<to>\s?[-–]\s?{DAY})?\s+(?:of\s+)?(?P<m>{MONTH}){_OF_YEAR}")
def _day_month(match: re.Match[str], context: Context) -> Reading | None:
    number_, day = month_number(match["m"]), digits(match["d"])
    if match["m"][:1].islower():
        return None
    given = _year_given(match, context)
    year = given or in_year(context, number_, day)
    if year is None:
        return Reading(DATE, f"XXXX-{number_:02}-{day:02}", "", NO_DATE)
    moment = day_of(year, number_, day)
    if moment is None:
        return None
    reason = EXPLICIT if match["y"] else anchored(context)
    if match["to"]:
        last = day_of(year, number_, int(re.findall(r"\d+", match["to"])[0]))
        if last and last.first > moment.first:
            return Reading(DATE, f"{moment.value}/{last.value}", f"{moment.edtf}/{last.edtf}", reason, "", moment)
    return at(moment, reason)


@rule(
    rf"(?:(?:the\s+)?(?P<mod>{MOD})[\s-]+)?(?P<m>{MONTH})\s*,?\s+(?:of\s+)?(?:(?P<y>{YEAR})|(?P<ry>this|last|next)\s+year|(?P<sy>the\s+(?:same|following|previous)\s+year))"
)
def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    if match["m"][:1].islower():
        return None
    number_ = month_number(match["m"])
    year = _year_given(match, context)
    if year is None and match["sy"] and context.previous:
        shift = {"same": 0, "following": 1, "previous": -1}[match["sy"].lower().split()[1]]
        year = context.previous.first.year + shift
    if year is None:
        return unknown()
    return at(calendar.month(year, number_), EXPLICIT if match["y"] else anchored(context), mod=mod_of(match["mod"]))


@rule(
    rf"(?:(?:the\s+)?(?P<mod>{MOD})[\s-]+)?(?:(?P<dir>last|next|this|this\s+past|this\s+coming)\s+)?(?P<m>{MONTH})(?!\s+\d\d?(?!\d))"
)
def _month(match: re.Match[str], context: Context) -> Reading | None:
    word = match["m"]
    if word[:1].islower():
        return None
    if word in ("May", "March", "Mar", "Mar.") and not (match["mod"] or match["dir"]) and not _month_is_meant(match):
        return None
    if (
        word.lower().rstrip(".") in ("jan", "mar", "sep", "dec", "jun", "jul", "apr", "aug", "oct", "nov", "feb")
        and "." not in word
    ):
        return None
    moment, reason = month(month_number(word), context, DIRECTIONS.get((match["dir"] or "").split(" ")[0].lower(), ""))
    return at(moment, reason, mod=mod_of(match["mod"]))


def _month_is_meant(match: re.Match[str]) -> bool:
    before = re.findall(r"[\w'’-]+", match.string[max(0, match.start() - 25) : match.start()])
    return bool(before) and before[-1].lower() in table("guards")["month_before"]


_CLOCK = r"(?P<h>[01]?\d|2[0-3])(?:(?::|\.)(?P<min>[0-5]\d))?\s*(?P<ap>a\.?m\.?|p\.?m\.?)|(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)(?:\s*(?:hours|hrs))?|(?P<word>noon|midnight)|(?P<oc>\d{1,2}|NUMBERS)\s+o'clock".replace("NUMBERS", "[a-z]+")  # fmt: skip


_ZONE = (
    r"(?:\s*\(?(?:GMT|UTC|EST|EDT|CST|CDT|PST|PDT|BST|CET|CEST|local\s+time|Eastern(?:\s+time)?|Moscow\s+time)\b\)?)?"
)


@rule(
    rf"(?:(?P<wd>{WEEKDAY}|yesterday|today|tomorrow)\s+at\s+)?(?:{_CLOCK}){_ZONE}(?:,?\s+(?:on\s+)?(?P<wd2>{WEEKDAY}|yesterday|today|tomorrow|this\s+{PART}))?"
)
def _clock(match: re.Match[str], context: Context) -> Reading | None:
    clock = _clock_value(match)
    if clock is None:
        return None
    word = (match["wd"] or match["wd2"] or "").lower()
    moment = _day_named(word, context) if word else context.previous
    if moment is None or moment.grain != "D":
        moment = calendar.day(context.published) if context.published else None
    if moment is None:
        return Reading(TIME, clock, "", NO_DATE)
    return at(moment, f"a time of {moment.value}", part=clock)


def _clock_value(match: re.Match[str]) -> str | None:
    if match["word"]:
        return "T12:00" if match["word"].lower() == "noon" else "T24:00"
    if match["oc"]:
        hour = number(match["oc"])
        return f"T{hour:02}:00" if hour is not None and hour <= 24 else None
    hour, minute = int(match["h"] or match["h2"]), match["min"] or match["min2"] or "00"
    if match["ap"]:
        if hour > 12:
            return None
        hour = hour % 12 + 12 * match["ap"].lower().startswith("p")
    return f"T{hour:02}:{minute}"


def _day_named(word: str, context: Context) -> calendar.Moment | None:
    if context.published is None:
        return None
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(word, 0 if word.startswith("this") else None)
    if shift is not None:
        return calendar.day(context.published + timedelta(days=shift))
    return weekday(weekday_number(word), context, "")[0]


@rule(
    rf"(?:(?P<mod>early|late|mid)[\s-]+)?(?:(?P<dir>last|next|this|this\s+past|this\s+coming|on\s+the\s+following)\s+)?(?P<wd>{WEEKDAY})(?:\s+(?P<part>{PART}))?"
)
def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    if match["wd"][:1].islower():
        return None
    direction = (match["dir"] or "").lower()
    direction = "last" if "past" in direction else "next" if "coming" in direction else direction
    moment, reason = weekday(weekday_number(match["wd"]), context, direction)
    return at(moment, reason, mod=mod_of(match["mod"]), part=part_of(match["part"]))


@rule(
    rf"(?:(?P<mod>early|late|earlier|later)\s+)?(?P<w>today|yesterday|tomorrow|tonight|the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow)(?:\s+(?P<part>{PART}))?"
)
def _today(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown(part_of(match["part"]))
    word = " ".join(match["w"].lower().split())
    shift = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(word, 0)
    part = "TNI" if word == "tonight" else part_of(match["part"])
    return at(
        calendar.day(context.published + timedelta(days=shift)), anchored(context), mod=mod_of(match["mod"]), part=part
    )


@rule(rf"(?:(?P<mod>early|late|earlier|later)\s+)?(?P<dir>this|last)\s+(?P<part>{PART})")
def _this_part(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown(part_of(match["part"]))
    moment = calendar.day(context.published - timedelta(days=match["dir"].lower() == "last"))
    return at(moment, anchored(context), mod=mod_of(match["mod"]), part=part_of(match["part"]))


@rule(
    any_of([*table("holidays"), *table("movable")]).join(
        ("(?:(?P<dir>last|this|next)\\s+)?(?P<n>", rf")(?:\s+(?P<y>{YEAR}))?")
    )
)
def _holiday(match: re.Match[str], context: Context) -> Reading | None:
    name = " ".join(match["n"].lower().replace("’", "'").split())
    if not match["n"][:1].isupper():
        return None
    if match["y"]:
        found = calendar.holiday(name, int(match["y"]))
        return at(calendar.day(found), "holiday table") if found else None
    today = context.published
    if today is None:
        return unknown()
    days = [d for year in (today.year - 1, today.year, today.year + 1) if (d := calendar.holiday(name, year))]
    if not days:
        return None
    direction = (match["dir"] or "").lower()
    ahead = [d for d in days if d >= today]
    back = [d for d in days if d <= today]
    chosen = (
        ahead[0]
        if ahead and (direction == "next" or (context.future and not direction))
        else back[-1]
        if back
        else days[0]
    )
    return at(calendar.day(chosen), "holiday table")
