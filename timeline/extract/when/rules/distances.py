"""Rules for distances from a date: "two weeks ago", "a year earlier", "three days later"."""

from __future__ import annotations

import re
from datetime import date

from timeline.extract.when import calendar
from timeline.extract.when.calendar import Moment
from timeline.extract.when.reading import DATE, DURATION, Context, Reading, anchored, at, counted, unknown
from timeline.extract.when.rules.registry import BOUND, OR_SO, bound_of, period, rule, year_before
from timeline.extract.when.words import GAP, HALF, NUMBER, UNITS, VAGUE, number, unit_code

_COUNT = rf"(?P<n>{NUMBER}{HALF}|{NUMBER}|{VAGUE}|half{GAP}an?|an?)"
_DIRECTION = r"(?P<dir>ago|earlier|before|later|after|afterwards?|from\s{1,3}now|hence|previously)"
_BACK = frozenset(("ago", "earlier", "before", "previously"))
_FROM_PUBLICATION = frozenset(("ago", "from", "hence"))


@rule(
    rf"(?:(?P<b>{BOUND}){GAP})?{_COUNT}{GAP}(?:(?:more|full|short|long){GAP})?(?P<u>{UNITS})(?P<h>{HALF})?(?P<so>{OR_SO})?{GAP}{_DIRECTION}",
    key="unit",
)
def _distance(match: re.Match[str], context: Context) -> Reading | None:
    """ "two weeks ago" from the publication, "a year earlier", "three days later" from the date named before."""
    word = match["dir"].lower().split()[0]
    if word in ("before", "after") and re.match(r"\s+\w", context.after(3)):
        return None  # a distance from what follows: the length alone is the expression
    if word in ("earlier", "later") and re.match(r"\s+(?:than|in)\b", context.after(6)):
        return None
    code, count = unit_code(match["u"]), _count(match)
    near = None if word in _FROM_PUBLICATION else context.previous
    if count is None:
        return _vague_distance(match, near, back=word in _BACK)
    compared = _base_of_comparison(word, count, code, context)
    if compared is not None:
        return at(year_before(compared, int(count)), "so long before the period under report")
    origin = near.first if near is not None else context.published
    if origin is None:
        return unknown()
    moment = far(origin, -count if word in _BACK else count, code, near)
    reason = counted(context) if near is not None else anchored(context)
    return _loose(moment, word, code, match, reason, context)


def _count(match: re.Match[str]) -> float | None:
    words = match["n"] + (match["h"] or "")
    if words.lower() in ("a", "an"):
        return 1.0
    return 0.5 if words.lower().startswith("half") else number(words)


def _base_of_comparison(word: str, count: float, code: str, context: Context) -> Moment | None:
    """The quarter or month that "a year ago" compares with, where one is under report or was named just before."""
    if code != "Y" or count % 1:
        return None
    if word in ("ago", "earlier") and count == 1 and context.period is not None and context.period.grain in ("Q", "M"):
        return context.period
    near = context.previous
    return near if word == "earlier" and near is not None and near.grain in ("M", "Q") else None


def _loose(moment: Moment | None, word: str, code: str, match: re.Match[str], reason: str, context: Context) -> Reading:
    """A date with what "less than", "more than" and "about" leave of it: an interval, a bound, an approximation."""
    mod = bound_of(match["b"]) or ("APPROX" if match["so"] else "")
    reading = at(moment, reason, mod=mod)
    if moment is None:
        return reading
    edtf = reading.edtf
    if word == "ago" and (match["b"] or "").lower().startswith(("less", "under", "fewer")):
        edtf = f"{moment.first}/{context.published}"
    elif word == "ago" and mod == "MORE_THAN":
        edtf = f"../{moment.edtf.split('/')[-1]}"
    elif "/" not in moment.edtf and (code in ("E", "C") or mod in ("LESS_THAN", "APPROX")):
        edtf = f"{moment.edtf}~"
    return Reading(DATE, moment.value, edtf, reason, mod, moment)


def far(origin: date, count: float, code: str, near: Moment | None) -> Moment | None:
    """The stretch `count` units off, at the unit's own grain; halves and decades at the next smaller one."""
    if code in ("E", "C"):
        years = int(count * (10 if code == "E" else 100))
        return calendar.shifted(origin, years, "Y")
    if count % 1:
        smaller = {"Y": (12, "M"), "M": (30, "D"), "W": (7, "D"), "Q": (3, "M")}.get(code)
        return calendar.shifted(origin, int(count * smaller[0]), smaller[1]) if smaller else calendar.day(origin)
    if near is not None and near.grain == "Y" and code in ("D", "W", "M"):
        return None
    return calendar.shifted(origin, int(count), code)


def _vague_distance(match: re.Match[str], near: Moment | None, *, back: bool) -> Reading:
    if near is None:
        return Reading(DATE, "PAST_REF" if back else "FUTURE_REF", "", "vague")
    return Reading(DURATION, period("X", match["u"]), "", "a length of time from the date named before")


@rule(r"(?P<u>minutes|hours|days|weeks|months|years|decades|centuries)\s{1,3}ago", key="unit")
def _long_ago(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(DATE, "PAST_REF", "", "vague")
