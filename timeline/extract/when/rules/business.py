"""Rules for the periods of business and economic reports: quarters, halves, fiscal years, "the year-earlier period".

A named quarter ("the third quarter") becomes the period under report; "the quarter", "the latest period" mean it, "a
year earlier" the same one a year before, and such comparisons do not replace it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from timeline.extract.when import calendar
from timeline.extract.when.calendar import Moment
from timeline.extract.when.reading import DATE, DURATION, EXPLICIT, Context, Reading, anchored, at, in_year, unknown
from timeline.extract.when.rules.registry import YEAR_WORDS, day_of, mod_of, rule, year_before
from timeline.extract.when.words import DAY, GAP, MONTH, YEAR, any_of, day_number, month_number, table

_ORDINAL = rf"(?P<o>{any_of([*table('ordinals'), 'last'])})"
_OF_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?:the{GAP})?(?:fiscal{GAP}(?:year{GAP})?)?(?P<y>{YEAR})|{GAP}of{GAP}(?:(?P<ry>this|last|next)|the){GAP}year)?"
_ENDED = re.compile(
    rf"\s*,?\s+(?:that\s+|which\s+)?(?:ended|ending)\s+(?:on\s+)?(?P<m>{MONTH})\s+(?P<d>{DAY})(?:,\s+(?P<y>{YEAR}))?"
)


@rule(
    rf"(?:(?:the|its|their|a){GAP}(?P<cmp>year-ago|year-earlier){GAP}|the{GAP}(?=(?:early{GAP}|late{GAP}|fiscal[\s-])?(?:\w+{GAP}(?:fiscal{GAP})?(?:quarter|half)|{YEAR}{GAP}))(?!\w+-(?:quarter|half))|(?P<py>this|last|next){GAP}year['’]s{GAP})?(?:(?P<mod>early|late|mid)[\s-])?(?P<y0>{YEAR}{GAP})?(?:fiscal[\s-])?{_ORDINAL}[\s-](?:fiscal[\s-])?(?P<q>quarter|half)(?!s){_OF_YEAR}",
    key="unit",
)
def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    word, half = match["o"].lower(), match["q"].lower() == "half"
    which = (2 if half else 4) if word in ("last", "final") else int(table("ordinals")[word])
    whole = match["y"] or match["ry"] or match[0].lower().endswith(" year")
    if (word == "last" and not whole) or (half and which > 2) or _in_a_match(match, context):
        return None
    build = calendar.half if half else calendar.quarter
    mod, today = mod_of(match["mod"]), context.published
    year = int(match["y"] or match["y0"] or 0)
    relative = (match["py"] or match["ry"] or "").lower()
    if year:
        return at(build(year, which), EXPLICIT, mod=mod, period=_over(build(year, which), context))
    if today is None:
        return unknown()
    if relative:
        found = build(today.year + YEAR_WORDS[relative], which)
        return at(found, anchored(context), mod=mod, period=_over(found, context))
    ended = _quarter_ended(context)
    if ended is None and (_FISCAL.search(match[0]) or _FISCAL.match(context.after(30))):
        moment = replace(build(today.year, which), edtf="")
        reason = "a quarter of a fiscal year, which begins when its owner says"
        return Reading(DATE, moment.value, "", reason, mod, None, _over(moment, context))
    moment = build((ended or today).year, which)
    if ended is None and moment.first > today and not context.ahead:
        moment = build(today.year - 1, which)
    if match["cmp"]:
        return at(year_before(moment, 1), "a year before the period under report")
    return at(
        moment,
        f"ended {ended}" if ended else anchored(context),
        mod=mod,
        period=moment if ended else _over(moment, context),
    )


def _over(moment: Moment, context: Context) -> Moment | None:
    """The period that a report is about is the one that has ended within the last year, not one to come or to compare."""
    today = context.published
    if today is None:
        return moment
    last = moment.first + timedelta(days=89 if moment.grain == "Q" else 180)
    return moment if 0 <= (today - last).days <= 270 else None


_FISCAL = re.compile(r"\b(?:fiscal|financial)\b|\s+of\s+(?:the|its|their)\s+(?:fiscal|financial)\s+year", re.IGNORECASE)


def _in_a_match(match: re.Match[str], context: Context) -> bool:
    """The quarters and halves of a game: "scored in the second half", "a third-quarter touchdown"."""
    if match["y"] or match["ry"] or match["py"]:
        return False
    around = (context.before(60) + context.after(40)).lower()
    return any(re.search(rf"\b{word}", around) for word in table("guards")["sport"])


def _quarter_ended(context: Context) -> date | None:
    """The day of "… quarter ended Sept. 30"."""
    found = _ENDED.match(context.after(48))
    if found is None:
        return None
    month_, day = month_number(found["m"]), day_number(found["d"])
    year = int(found["y"]) if found["y"] else in_year(context, month_, day)[0]
    moment = day_of(year, month_, day) if year else None
    return moment.first if moment else None


@rule(rf"Q(?P<q>[1-4])(?:{GAP}(?:of{GAP})?(?:FY)?(?P<y>{YEAR}))?", flags=0)
def _q(match: re.Match[str], context: Context) -> Reading | None:
    if match["y"]:
        moment = calendar.quarter(int(match["y"]), int(match["q"]))
        return at(moment, EXPLICIT, period=moment)
    today = context.published
    if today is None:
        return unknown()
    moment = calendar.quarter(today.year, int(match["q"]))
    if moment.first > today and not context.ahead:
        moment = calendar.quarter(today.year - 1, int(match["q"]))
    return at(moment, anchored(context), period=moment)


@rule(
    r"(?:the\s{1,3})(?:latest|most\s{1,3}recent|current|just-ended)\s{1,3}(?:fiscal\s{1,3})?(?P<u>quarter|period|half|year)|the\s{1,3}(?P<q>quarter|period)(?!-)",
    key="unit",
)
def _reported(match: re.Match[str], context: Context) -> Reading | None:
    unit, today, near = (match["u"] or match["q"]).lower(), context.published, context.period
    if match["q"] and re.match(r"\s+of\s", context.after(4)):
        return None
    if match["q"] and unit == "period" and (near is None or context.word_before not in ("in", "for", "during", "of")):
        return None
    if "current" in match[0].lower() or unit == "year":
        if today is None:
            return unknown()
        shift = -1 if unit == "year" and "current" not in match[0].lower() else 0
        return at(calendar.shifted(today, shift, "Y" if unit == "year" else "Q"), anchored(context))
    if near is not None and (near.grain == "Q" or unit == "period"):
        return at(near, "the period under report", period=near)
    if unit == "half":
        return None
    if today is None:
        return unknown()
    moment = calendar.shifted(today, -1, "Q")
    return at(moment, "the last that is over on " + anchored(context).removeprefix("anchored to "), period=moment)


_A_YEAR_AGO = rf"(?:{GAP}(?:of{GAP})?(?P<ly>last{GAP}year|a{GAP}year{GAP}(?:ago|earlier)|(?:the{GAP})?(?:previous|prior){GAP}year|(?P<y>{YEAR})))"
_LIKE = r"(?:same|corresponding|comparable|like|similar|equivalent)"


@rule(
    rf"(?:the{GAP})?(?:comparable{GAP})?(?:year-earlier|year-ago|prior-year){GAP}(?:(?:fiscal{GAP})?(?P<u>quarter|period|month|half|week|year)|(?P<n>nine|six|three){GAP}months)"
    r"|(?:year-earlier|year-ago|prior-year)"
    rf"|(?:the{GAP})?{_LIKE}{GAP}(?P<u2>quarter|period|month|half|week|time){_A_YEAR_AGO}?"
    rf"|the{GAP}(?P<y2>{YEAR}){GAP}(?P<u3>quarter|period)"
    rf"|the{GAP}(?P<u4>quarter|period|month){GAP}a{GAP}year{GAP}(?:ago|earlier)",
    key="unit",
)
def _compared(match: re.Match[str], context: Context) -> Reading | None:
    """A period that the one under report is compared with: the same one a year before."""
    if match["n"]:
        return Reading(DURATION, f"P{ {'nine': 9, 'six': 6, 'three': 3}[match['n'].lower()] }M", "", "a length of time")
    unit = (match["u"] or match["u2"] or match["u3"] or match["u4"] or "").lower()
    if match["u2"] and not match["ly"] and unit in ("week", "time", "month"):
        return None
    base = _base(context, unit)
    if base is None:
        return unknown() if context.published is None else None
    year = match["y"] or match["y2"]
    if year:
        return at(year_before(base, base.first.year - int(year)), "the same part of that year")
    return at(year_before(base, 1), "a year before the period under report")


def _base(context: Context, unit: str) -> Moment | None:
    if unit == "month" and context.published:
        near = context.previous
        if near is not None and near.grain == "M":
            return near
        return calendar.month(context.published.year, context.published.month)
    if context.period is not None:
        return context.period
    if context.published is None:
        return None
    return calendar.shifted(context.published, -1 if unit == "quarter" else 0, "Q" if unit == "quarter" else "Y")


@rule(
    rf"(?:(?:the{GAP})?(?P<mod>early|late|mid)[\s-])?(?:the{GAP})?(?:(?:fiscal|financial)(?:{GAP}year)?{GAP}(?P<y>{YEAR})|(?P<y3>{YEAR}){GAP}(?:fiscal|financial){GAP}year|FY[\s'’]?(?P<y2>{YEAR}|\d\d))(?P<to>[-–/]\d\d(?:\d\d)?)?",
    key="fiscal",
)
def _fiscal(match: re.Match[str], context: Context) -> Reading | None:
    digits = match["y"] or match["y2"] or match["y3"]
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    reading = at(calendar.year(year), EXPLICIT, mod=mod_of(match["mod"]))
    return Reading(
        reading.type,
        reading.value,
        f"{reading.edtf}~",
        "explicit, a fiscal year",
        reading.mod,
        reading.moment,
        reading.moment,
    )
