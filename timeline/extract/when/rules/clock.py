"""Rules for times of day: clock times with their zone, and the day that stands beside them."""

from __future__ import annotations

import re
from datetime import timedelta

from timeline.extract.when import calendar
from timeline.extract.when.reading import NO_DATE, TIME, Context, Reading, at, in_year, weekday
from timeline.extract.when.rules.registry import bound_of, day_of, part_of, rule
from timeline.extract.when.words import (
    DAY,
    GAP,
    MONTH,
    PART,
    WEEKDAY,
    YEAR,
    day_number,
    month_number,
    number,
    weekday_number,
)

_CLOCK = (
    r"(?:(?P<h>[01]?\d|2[0-3])(?:[:.](?P<min>[0-5]\d)(?::[0-5]\d)?)?\s?(?P<ap>a\.m\.?|p\.m\.?|am|pm)"
    r"|(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)(?::[0-5]\d)?(?:\s?(?:hours|hrs))?"
    r"|(?P<h3>[01]\d|2[0-3])(?P<min3>[0-5]\d)(?=\s?(?:GMT|UTC|hours|hrs|local\s+time))(?:\s?(?:hours|hrs))?"
    r"|(?P<word>noon|midday|midnight)"
    r"|(?P<oc>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:o['’]clock|(?=in\s+the\s+(?:morning|afternoon|evening)))(?:\s?in\s+the\s+(?P<day>morning|afternoon|evening))?)"
)
_ZONES = r"(?:GMT|UTC|EST|EDT|ET|CST|CDT|CT|MST|MDT|PST|PDT|PT|BST|CET|CEST|MSK|IST|JST|AEST|local\s+time|(?:Eastern|Central|Pacific)(?:\s+(?:standard\s+|daylight\s+)?time)?|[A-Z][a-z]+\s+time)\b(?:[+-]\d\d?)?"
_ZONE = rf"(?:\s\({_ZONES}\)|\s?{_ZONES})?"
_NAMED = rf"(?:(?:{WEEKDAY},?{GAP})?{MONTH}{GAP}{DAY}(?:,?{GAP}{YEAR})?|{WEEKDAY}|yesterday|today|tomorrow|{DAY}{GAP}{MONTH}(?:{GAP}{YEAR})?)"
_PART_AFTER = rf"this{GAP}(?:{PART})"


@rule(
    rf"(?:(?P<b>around|about|nearly|almost|roughly|approximately){GAP})?(?:(?P<d1>{_NAMED}),?{GAP}at{GAP})?{_CLOCK}{_ZONE}(?:,?{GAP}(?:on{GAP})?(?P<d2>{_NAMED}|{_PART_AFTER})(?:{GAP}(?P<part>{PART}))?)?",
    key="clock",
)
def _clock(match: re.Match[str], context: Context) -> Reading | None:
    if re.search(r"[−–+-]$", context.before(1)):
        return None  # the offset of a zone
    if match["word"] and (
        re.search(r"[Hh]igh\s$", context.before(6)) or (match["word"][0].isupper() and context.word_before)
    ):
        return None
    clock = _clock_value(match)
    if clock is None:
        return None
    mod = bound_of(match["b"])
    words = match["d1"] or match["d2"] or _day_after_brackets(context)
    moment = _day_named(words, context) if words else context.previous
    if moment is None or moment.grain != "D" or (not words and context.since > 200):
        moment = calendar.day(context.published) if context.published else None
    if moment is None:
        return Reading(TIME, clock, "", NO_DATE, mod)
    reading = at(calendar.day(moment.first), f"a time of {moment.first}", part=clock)
    return Reading(TIME, reading.value, reading.edtf, reading.reason, mod, reading.moment)


def _day_after_brackets(context: Context) -> str | None:
    """ "4 p.m. (1300 GMT) on Saturday": the day belongs to both times."""
    found = re.match(rf"(?:\s?\([^()]{{3,14}})?\)\s(?:on\s)?(?P<d>{_NAMED})", context.after(48))
    return found["d"] if found else None


def _clock_value(match: re.Match[str]) -> str | None:
    if match["word"]:
        return "T24:00" if match["word"].lower() == "midnight" else "T12:00"
    if match["oc"]:
        hour = int(number(match["oc"]) or 0)
        late = (match["day"] and match["day"].lower() != "morning") or part_of(match["part"]) in ("TEV", "TAF", "TNI")
        return f"T{hour + 12 * bool(late and hour < 12):02}:00" if 0 < hour <= 24 else None
    hour, minute = int(match["h"] or match["h2"] or match["h3"]), match["min"] or match["min2"] or match["min3"] or "00"
    if match["ap"]:
        if hour > 12:
            return None
        hour = hour % 12 + 12 * match["ap"].lower().startswith("p")
    return f"T{hour:02}:{minute}"


def _day_named(words: str, context: Context) -> calendar.Moment | None:
    word = words.lower()
    if context.published is not None and word.split()[0] in ("today", "yesterday", "tomorrow", "this"):
        shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
        return calendar.day(context.published + timedelta(days=shift))
    dated = re.search(rf"(?P<m>{MONTH})\s+(?P<d>{DAY})(?!\d)|(?P<d0>{DAY})\s+(?P<m0>{MONTH})", words)
    if dated:
        month_, day = month_number(dated["m"] or dated["m0"]), day_number(dated["d"] or dated["d0"])
        year = re.search(rf"{YEAR}$", words)
        found = int(year[0]) if year else in_year(context, month_, day)[0]
        return day_of(found, month_, day) if found else None
    if re.match(WEEKDAY, words):
        return weekday(weekday_number(words), context, "")[0]
    return None
