"""Rules for lengths of time: "three days", "the past two months", "a yearlong siege"."""

from __future__ import annotations

import re
from datetime import date

from timeline.extract.when import calendar
from timeline.extract.when.direction import Direction
from timeline.extract.when.reading import DATE, SET, Context, Reading, anchored, at, counted, unknown
from timeline.extract.when.rules.distances import far
from timeline.extract.when.rules.registry import BOUND, OR_SO, bound_of, length, rule
from timeline.extract.when.words import GAP, HALF, NUMBER, UNITS, VAGUE, number, table, unit_code

_COUNT = rf"(?P<n>{NUMBER}{HALF}|{NUMBER}|{VAGUE}|half{GAP}an?|an?)"
_KINDS = (
    r"(?:full|consecutive|straight|long|more|additional|further|whole|solid|trading|business|working|calendar|short|"
    r"successive|extra|other|entire)"
)
_UP_TO = rf"(?:(?P<n0>{NUMBER})(?:{GAP}(?:to|or){GAP}|\s?[-–]\s?))?"
_AGE = r"(?P<old>-old)?(?P<age>\s(?:old|of\sage)|[\s-]olds)?"


@rule(
    rf"(?:(?P<b>{BOUND}){GAP})?(?:the{GAP}(?=\w+[\s]))?{_UP_TO}{_COUNT}(?P<j>[\s-]{{1,3}})(?:{_KINDS}[\s-]{{1,3}}){{0,2}}"
    rf"(?P<u>{UNITS})(?P<h>{HALF}(?!\w))?(?:[\s-]long)?(?P<so>{OR_SO})?{_AGE}",
    key="unit",
)
def _duration(match: re.Match[str], context: Context) -> Reading | None:
    words, unit, hyphenated = match["n"].lower(), match["u"].lower(), match["j"] == "-"
    if _is_age(match, context) or _is_name(match, context, hyphenated=hyphenated):
        return None
    one = words in ("a", "an")
    if one and (hyphenated or not _one_is_length(unit, match, context)):
        return None
    if (words in ("one", "1") and unit == "second") or (
        hyphenated and (unit == "quarters" or words in ("three", "3")) and "quarter" in unit
    ):
        return None  # "one second", "three-quarters"
    count = 1.0 if one else 0.5 if words.startswith("half") else number(match["n"] + (match["h"] or ""))
    if one and match["h"]:
        count = 1.5
    mod = bound_of(match["b"]) or ("APPROX" if match["so"] or "couple" in words else "")
    if context.word_before == "in" and context.ahead and count and context.published and not hyphenated:
        return at(far(context.published, count, unit_code(unit), None), anchored(context), mod=mod)
    if words == "one" and unit == "day" and context.word_before in table("tense")["modal"]:
        return Reading(DATE, "FUTURE_REF", "", "vague")
    return length(count, unit, mod=mod)


def _is_age(match: re.Match[str], context: Context) -> bool:
    """ "46 years old": the age of a person is no time of the news, that of a truce is."""
    if match["age"] or re.match(r"[\s-]+olds?\b", context.after(6)):
        return True
    return bool(match["old"]) and not _lasting(match, context)


def _is_name(match: re.Match[str], context: Context, *, hyphenated: bool) -> bool:
    """ "60 Minutes", "the Six-Day War"."""
    capital = match["u"][0].isupper() and not match[0].isupper() and bool(context.word_before)
    return capital and (not hyphenated or match["n"][0].isupper())


def _lasting(match: re.Match[str], context: Context) -> bool:
    """ "the eight-month-old truce": the age of what lasts, not of a person."""
    following = re.match(r"\s+([a-z]+)(?:\s+([a-z]+))?", context.after(36))
    return following is not None and any(word in table("guards")["lasting"] for word in following.groups())


def _one_is_length(unit: str, match: re.Match[str], context: Context) -> bool:
    """Whether "a week" is a length: "for a week", "a week later", not "twice a week", "10 dollars a day"."""
    if unit not in ("day", "week", "month", "year", "decade", "century", "hour", "minute"):
        return False
    if match["h"] or match["so"] or match["b"]:
        return True
    if re.match(r"\s+(?:ago|later|earlier|after|before)\b", context.after(9)):
        return True
    return context.word_before in table("guards")["length_before"]


@rule(
    rf"(?:(?P<b>at{GAP}least){GAP})?(?:the{GAP})?(?P<dir>last|past|next|coming|first|final|previous|latest|preceding|following|opening){GAP}(?:(?P<n0>{NUMBER}){GAP}to{GAP})?(?P<n>{NUMBER}|{VAGUE}){GAP}(?:full{GAP})?(?P<u>{UNITS}|spring|summer|autumn|winter|fall)s?(?P<so>{OR_SO})?",
    key="unit",
)
def _span_of_units(match: re.Match[str], context: Context) -> Reading | None:
    """ "the past two months": a length, whose place in the calendar the publication date gives."""
    word, unit = match["dir"].lower(), match["u"].lower()
    if word == "last" and context.word_before in (*table("tense")["modal"], "to", "not"):
        return None  # "is expected to last six weeks"
    if unit in table("seasons"):
        return Reading(SET, f"XXXX-{table('seasons')[unit]}", "", "returns")
    count = number(match["n"]) if not match["n0"] else None
    mod = bound_of(match["b"]) or ("APPROX" if match["so"] else "")
    if count is not None and (edtf := _beside(word, count, unit, context)):
        return length(count, unit, reason=counted(context), mod=mod, edtf=edtf)
    if word not in ("last", "past", "next", "coming") or count is None or context.published is None:
        return length(count, unit, reason=f"a stretch, {word}", mod=mod)
    side = -1 if word in ("last", "past") else 1
    other = _moved(context.published, side * count, unit_code(unit))
    days = sorted((other, context.published)) if other else []
    edtf = "/".join(day.isoformat() for day in days) if days and days[0] != days[1] else ""
    return length(count, unit, reason=anchored(context), mod=mod, edtf=edtf)


def _beside(word: str, count: float, unit: str, context: Context) -> str:
    """ "The following two weeks": the stretch beside the day that the text has named, "" where it has named none."""
    near, side = context.previous, {"following": 1, "preceding": -1, "previous": -1}.get(word)
    if near is None or near.grain != "D" or (side is None and word != "next"):
        return ""
    if side is None:  # "over the next two weeks" in a story of the past
        today = context.published
        if today is None or today <= near.first or context.direction is not Direction.BACK:
            return ""
        side = 1
    other = _moved(near.first, side * count, unit_code(unit))
    days = sorted((other, near.first)) if other else []
    return "/".join(day.isoformat() for day in days) if days and days[0] != days[1] else ""


def _moved(origin: date, count: float, code: str) -> date | None:
    """The day some units off, None for units of the clock and beyond the calendar."""
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(code)
    if months:
        return calendar.same_day(origin, int(count * months))
    if code == "TH":
        count, code = count // 24, "D"
    days = {"D": 1, "W": 7, "W2": 14}.get(code)
    moment = calendar.shifted(origin, int(count * days), "D") if days else None
    return moment.first if moment else None


@rule(
    rf"(?P<u>days|weeks|months|years|decades|centuries|hours|minutes)(?P<l>[\s-]long|-old)?(?:{GAP}or{GAP}(?:days|weeks|months|years|decades))?",
    key="unit",
)
def _bare_units(match: re.Match[str], context: Context) -> Reading | None:
    near = context.word_before
    if re.match(r"[\s-]+olds?\b|\s+ago\b", context.after(6)):
        return None
    if match["l"] or near in table("guards")["units_before"]:
        return length(None, match["u"])
    if re.match(r"\s+(?:before|after|earlier|later)\b", context.after(9)) or (
        re.match(r"\s+of\s", context.after(4)) and near in table("guards")["units_of_before"]
    ):
        return length(None, match["u"])
    return None


@rule(
    rf"(?:(?P<b>{BOUND}){GAP})?(?:an?{GAP})?(?P<f>half|quarter)(?:[\s-]|{GAP}of{GAP}a{GAP})century(?:-long)?(?P<ago>{GAP}ago)?",
    key="century",
)
def _part_of_century(match: re.Match[str], context: Context) -> Reading | None:
    """ "half a century" has its own form; "a half-century", "a quarter of a century" """
    years, mod = {"half": 50, "quarter": 25}[match["f"].lower()], bound_of(match["b"])
    if not match["ago"]:
        return length(years, "year", mod=mod)
    if context.published is None:
        return unknown()
    moment = calendar.shifted(context.published, -years, "Y")
    return Reading(DATE, moment.value, f"{moment.edtf}~", anchored(context), mod, moment) if moment else None


@rule(r"(?P<u>hour|day|night|week|month|year|decade|century)[\s-]?long", key="unit")
def _long(match: re.Match[str], context: Context) -> Reading | None:
    """ "a day-long meeting", "the yearlong siege": one of the unit."""
    return length(1, match["u"])


@rule(rf"an?{GAP}(?P<u>minute|hour|day|week|month|year|decade){GAP}or{GAP}two", key="unit")
def _one_or_two(match: re.Match[str], context: Context) -> Reading | None:
    return length(None, match["u"])


@rule(rf"the{GAP}(?P<u>days|weeks|months|years|decades|centuries)(?:{GAP}ahead)?", key="unit")
def _the_years(match: re.Match[str], context: Context) -> Reading | None:
    """ "over the years", "in the days before the vote", "in the weeks ahead"."""
    if match[0].lower().endswith("ahead") or context.word_before in ("over", "through", "throughout", "down"):
        return length(None, match["u"])
    return None


@rule(rf"(?:the{GAP})?rest{GAP}of{GAP}the{GAP}(?P<u>day|week|month|year|decade)", key="unit")
def _rest(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown()
    return at(calendar.shifted(context.published, 0, unit_code(match["u"])), anchored(context), mod="END")
