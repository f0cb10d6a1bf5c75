"""Rules for stretches around the publication date: weeks, weekends, months, seasons, years, "the end of the month"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from timeline.extract.when import calendar
from timeline.extract.when.direction import Direction
from timeline.extract.when.reading import DURATION, EXPLICIT, Context, Reading, anchored, at, in_year, unknown
from timeline.extract.when.rules.registry import YEAR_WORDS, mod_of, rule, year_before
from timeline.extract.when.words import (
    DAY,
    GAP,
    MOD,
    MONTH,
    SEASON,
    YEAR,
    day_number,
    month_number,
    table,
    unit_code,
)

_UNIT = r"(?P<u>day|week|weekend|month|quarter|(?:fiscal\s|calendar\s|financial\s|academic\s|school\s)?year|decade|century|millennium|(?P<s>spring|summer|autumn|fall|winter))"
_SHIFTS = {"last": -1, "past": -1, "previous": -1, "this past": -1, "prior": -1, "next": 1, "coming": 1, "this coming": 1, "this": 0, "current": 0}  # fmt: skip


@rule(
    rf"(?:(?P<some>sometime|some{GAP}time){GAP})?(?:(?P<mod>{MOD})[\s-]{{1,3}})?(?P<the>the{GAP})?(?P<dir>last|this|next|past|coming|previous|prior|current|this{GAP}past|this{GAP}coming){GAP}{_UNIT}(?P<so>{GAP}or{GAP}so)?",
    key="unit",
)
def _relative_unit(match: re.Match[str], context: Context) -> Reading | None:
    word, unit = " ".join(match["dir"].lower().split()), match["u"].lower().split()[-1]
    if (match["u"][0].isupper() and not match[0].isupper()) or (unit == "day" and word not in ("past", "current")):
        return None  # the name of a programme ("This Week"); days have their own words
    needs_article = word in ("coming", "previous", "prior", "current") or (
        word == "past" and context.word_before not in ("over", "in", "during", "for", "within", "the")
    )
    if needs_article and not match["the"] and not match["s"]:
        return None
    counted = match["the"] and word in ("next", "previous", "prior") and context.previous is not None
    if (
        counted
        and not match["mod"]
        and not (context.ahead and context.word_before in ("over", "within", "during", "in", "for"))
    ):
        return None  # counted from the text: see narrative.py
    if unit in ("decade", "century") and word in ("past", "last") and match["the"] is not None:
        return Reading(
            DURATION, "P10Y" if unit == "decade" else "P100Y", _stretch_back(context, unit), anchored(context)
        )
    reading = _shifted(match, context, _SHIFTS[word])
    if match["the"] and not match["mod"] and unit in _BACK and _reaches_back(word, context):
        return replace(reading, edtf=_stretch_back(context, unit))
    return reading


# Days and months that "the past week", "the past year" reach back from publication.
_BACK = {"week": (7, 0), "month": (0, 1), "year": (0, 12), "decade": (0, 120), "century": (0, 1200)}


def _reaches_back(word: str, context: Context) -> bool:
    """ "the past week" ends with the publication, "last week" with its Sunday."""
    within = context.word_before in ("over", "in", "during", "within", "for", "throughout")
    return word == "past" or (word == "last" and within)


def _stretch_back(context: Context, unit: str) -> str:
    today = context.published
    if today is None:
        return ""
    days, months = _BACK[unit]
    first = today - timedelta(days=days) if days else calendar.same_day(today, -months)
    return f"{first}/{today}" if first else ""


def _shifted(match: re.Match[str], context: Context, shift: int) -> Reading:
    today = context.published
    if today is None:
        return unknown()
    unit, mod = match["u"].lower().split()[-1], mod_of(match["mod"]) or ("APPROX" if match["so"] else "")
    if match["s"]:
        return at(_season_near(match["s"], today, shift), anchored(context), mod=mod)
    if unit == "weekend":
        if shift == 0 and today.weekday() < 3 and context.direction is Direction.BACK:
            shift = -1  # "this weekend", said on Monday of what is over
        return at(calendar.weekend(today + timedelta(weeks=shift)), anchored(context), mod=mod)
    if (
        unit == "quarter"
        and shift == 0
        and context.period is not None
        and context.period.grain == "Q"
        and match["dir"].lower() != "current"
    ):
        return at(context.period, "the quarter under report", mod=mod)
    return at(
        calendar.shifted(today, shift, "C" if unit == "millennium" else unit_code(unit)), anchored(context), mod=mod
    )


def _season_near(name: str, today: date, shift: int) -> calendar.Moment:
    """ "last summer" is the latest that is over, "next" the first to come, "this" that of the year."""
    code = str(table("seasons")[name.lower()])
    moments = [calendar.season(today.year + step, code) for step in (-2, -1, 0, 1, 2)]
    if shift < 0:
        return [m for m in moments if _last_day(m) < today][-1]
    if shift > 0:
        return next(m for m in moments if m.first > today)
    return moments[2] if code != "WI" or today.month > 6 else moments[1]


def _last_day(season: calendar.Moment) -> date:
    """A day near the end of a season, told by its first."""
    return season.first + timedelta(days=89)


@rule(
    rf"(?:the{GAP})?(?:(?P<mod>{MOD})[\s-]{{1,3}})?(?:the{GAP})?(?P<s>{SEASON})(?:(?:{GAP}of)?{GAP}(?P<y>{YEAR})(?:[-–/]\d\d(?:\d\d)?)?|{GAP}of{GAP}(?P<ry>last|this|next){GAP}year)",
    key="season",
)
def _season_year(match: re.Match[str], context: Context) -> Reading | None:
    code = str(table("seasons")[match["s"].lower()])
    if match["y"]:
        return at(calendar.season(int(match["y"]), code), EXPLICIT, mod=mod_of(match["mod"]))
    if context.published is None:
        return unknown()
    year = context.published.year + YEAR_WORDS[match["ry"].lower()]
    return at(calendar.season(year, code), anchored(context), mod=mod_of(match["mod"]))


@rule(rf"(?P<the>the{GAP})?(?:(?P<mod>early|late|mid|earlier|later)[\s-]{{1,3}})?(?P<s>{SEASON})", key="season")
def _bare_season(match: re.Match[str], context: Context) -> Reading | None:
    """ "in the summer", "by spring": a season only after a word that leads to one; "fall" and "spring" are verbs too."""
    if context.word_before not in (
        "in",
        "into",
        "over",
        "during",
        "by",
        "since",
        "until",
        "through",
        "throughout",
        "before",
    ):
        return None
    if match["s"].lower() == "fall" and not ((match["the"] and context.word_before == "in") or match["mod"]):
        return None
    if re.match(r"\s+(?:of\b|water|break|camp|olympic|games|palace|school|house)|-", context.after(16), re.IGNORECASE):
        return None
    today = context.published
    if today is None:
        return unknown()
    code = str(table("seasons")[match["s"].lower()])
    moments = [calendar.season(today.year + step, code) for step in (-1, 0, 1)]
    begun = [m for m in moments if m.first <= today]
    coming = [m for m in moments if _last_day(m) >= today]
    return at(
        coming[0] if context.ahead or context.word_before == "by" else begun[-1],
        anchored(context),
        mod=mod_of(match["mod"]),
    )


@rule(
    rf"(?:the{GAP})?week{GAP}(?:of|beginning|ending|ended|starting){GAP}(?P<m>{MONTH}){GAP}(?P<d>{DAY})(?:,?{GAP}(?P<y>{YEAR}))?",
    key="month",
)
def _week_of(match: re.Match[str], context: Context) -> Reading | None:
    month_, day = month_number(match["m"]), day_number(match["d"])
    year = int(match["y"]) if match["y"] else in_year(context, month_, day)[0]
    if year is None:
        return unknown()
    return at(calendar.week(date(year, month_, day)), EXPLICIT if match["y"] else anchored(context))


@rule(rf"(?P<mod>{MOD}){GAP}the{GAP}(?P<u>day|week|month|year|quarter|decade|century)", key="unit")
def _edge_of(match: re.Match[str], context: Context) -> Reading | None:
    """ "the end of the month", "earlier in the day": of the stretch that the text is in, else of the publication."""
    unit, near, today = match["u"].lower(), context.previous, context.published
    code = unit_code(unit)
    base = (
        near.first
        if near is not None and near.grain in ("D", "W", "M", "Q") and context.since < 120 and code in "DWM"
        else today
    )
    if base is None:
        return unknown()
    if unit == "quarter" and context.period is not None:
        return at(context.period, "the quarter under report", mod=mod_of(match["mod"]))
    moment = calendar.shifted(base, 0, code)
    return at(
        moment, anchored(context) if base == today else f"of the date named before, {base}", mod=mod_of(match["mod"])
    )


@rule(rf"(?:(?P<mod>around|about){GAP})?(?:the{GAP})?year(?:[-\s]?|['’]s{GAP})end(?:{GAP}(?P<y>{YEAR}))?", key="unit")
def _year_end(match: re.Match[str], context: Context) -> Reading | None:
    if re.match(r"\s+(?:close|results|report|bonus|figures|review)", context.after(12)) or (
        "year end" in match[0].lower()
        and context.word_before not in ("by", "before", "around", "at", "until", "since", "")
    ):
        return None
    year = int(match["y"]) if match["y"] else context.published.year if context.published else None
    if year is None:
        return unknown()
    return at(calendar.year(year), EXPLICIT if match["y"] else anchored(context), mod="END")


@rule(rf"the{GAP}(?P<u>week|month|year|weekend){GAP}(?P<dir>before{GAP}last|after{GAP}next)(?!\s+\w)", key="unit")
def _before_last(match: re.Match[str], context: Context) -> Reading | None:
    today, unit = context.published, match["u"].lower()
    if today is None:
        return unknown()
    shift = -2 if match["dir"].lower().startswith("before") else 2
    if unit == "weekend":
        return at(calendar.weekend(today + timedelta(weeks=shift)), anchored(context))
    return at(calendar.shifted(today, shift, unit_code(unit)), anchored(context))


@rule(rf"(?:last|past|next|this){GAP}(?:same{GAP})?time{GAP}(?P<r>last|next){GAP}year", key="unit")
def _this_time(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown()
    months = calendar.month(context.published.year, context.published.month)
    return at(year_before(months, 1 if match["r"].lower() == "last" else -1), anchored(context))


@rule(
    r"the\s{1,3}(?P<u>weekend|(?:full|whole|entire|fiscal|financial|calendar)?\s?year|week|month)(?!-)",
    key="unit",
)
def _the_period(match: re.Match[str], context: Context) -> Reading | None:
    """ "over the weekend" is that around the publication, "for the year" that under report; "the year ended" a length."""
    unit, today = match["u"].lower().split()[-1], context.published
    if unit == "year" and re.match(r"\s+(?:ended|ending|to|through)\s", context.after(12)):
        return Reading(DURATION, "P1Y", "", "a length of time")
    at_weekend = unit == "weekend" and context.word_before == "at"
    if not at_weekend and context.word_before not in table("guards")["leads_to_period"]:
        return None
    if unit != "weekend" and (
        context.word_before in ("of", "before", "after")
        or re.match(
            r"\s+(?:before|after|when|that|since|following|in\s+which|of|earlier|ago|ahead|leading)\b",
            context.after(14),
        )
    ):
        return None
    if today is None:
        return unknown()
    if unit == "weekend":
        ahead = context.ahead or context.word_before in ("before", "of")
        coming = ahead or (context.direction is Direction.NEITHER and today.weekday() > 1)
        back = (today.weekday() - 5) % 7 or 7  # days to the Saturday before
        return at(calendar.weekend(today if coming else today - timedelta(days=back)), anchored(context))
    near = context.period if unit == "year" else context.previous
    if near is not None and unit == "year" and near.grain in ("Q", "Y"):
        return at(calendar.year(near.first.year), "the year under report")
    if context.word_before not in ("for", "in", "during", "through", "throughout", "of"):
        return None
    return at(calendar.shifted(today, 0, unit_code(unit)), anchored(context))
