"""Rules for months: with their year, alone by tense, in ranges; and when "May" and "April" are none."""

from __future__ import annotations

import re
from datetime import timedelta

from timeline.extract.when import calendar
from timeline.extract.when.reading import DATE, EXPLICIT, Context, Reading, anchored, at, month, unknown
from timeline.extract.when.rules.days import shared_year, year_given
from timeline.extract.when.rules.registry import APPROX, YEAR_WORDS, mod_of, rule
from timeline.extract.when.words import GAP, MOD, MONTH, YEAR, month_number, table

_SAME_YEAR = rf"(?:the{GAP}(?P<sy>same|following|previous){GAP}year|(?P<ty>that){GAP}year)"


@rule(
    rf"{APPROX}(?:(?P<mod>{MOD})[\s-]{{1,3}})?(?:the{GAP}month{GAP}of{GAP})?(?P<m>{MONTH})(?:,?{GAP}(?:of{GAP})?(?P<y>{YEAR})(?!\d|[-–]\d)|,?{GAP}(?:of{GAP})?(?P<ry>this|last|next){GAP}year|{GAP}(?:of{GAP})?{_SAME_YEAR}|[-\s/](?P<yy>['’]\d\d))",
    key="month",
)
def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    if match["m"][:1].islower() and (match["m"] in ("may", "march") or not match["y"]):
        return None
    number_, year = month_number(match["m"]), year_given(match, context)
    if match["yy"]:
        year = 1900 + int(match["yy"][1:]) + 100 * (int(match["yy"][1:]) < 50)
    if year is None and (match["sy"] or match["ty"]) and context.previous:
        shift = {"same": 0, "that": 0, "following": 1, "previous": -1}[(match["sy"] or match["ty"]).lower()]
        year = context.previous.first.year + shift
    if year is None:
        return unknown()
    mod = "APPROX" if match["ap"] else mod_of(match["mod"])
    return at(calendar.month(year, number_), EXPLICIT if match["y"] else anchored(context), mod=mod)


_PART_OF_MONTH = {"first": 0, "second": 1, "third": 2, "last": -1, "final": -1, "opening": 0, "closing": -1}


@rule(
    rf"(?:the{GAP})?(?P<o>{'|'.join(_PART_OF_MONTH)}){GAP}(?P<u>week|half|days|weekend){GAP}of{GAP}(?:(?P<m>{MONTH})(?:,?{GAP}(?P<y>{YEAR}))?|(?P<r>this|next|last){GAP}month)",
    key="month",
)
def _part_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """ "the first week of April": a month's value with START or END, and the days that it can mean."""
    which, unit, today = _PART_OF_MONTH[match["o"].lower()], match["u"].lower(), context.published
    if match["y"]:
        moment, reason = calendar.month(int(match["y"]), month_number(match["m"])), EXPLICIT
    elif today is None:
        return unknown()
    elif match["m"]:
        found, reason = month(month_number(match["m"]), context, "")
        moment = found or calendar.month(today.year, today.month)
    else:
        moment, reason = calendar.month(today.year, today.month + YEAR_WORDS[match["r"].lower()]), anchored(context)
    last = calendar.month(moment.first.year, moment.first.month + 1).first - timedelta(days=1)
    days = 15 if unit == "half" else 7
    if which < 0 or (unit == "half" and which == 1):
        first = moment.first.replace(day=16) if unit == "half" else last - timedelta(days=6)
        edtf, mod = f"{first}/{last}", "END"
    else:
        begun = moment.first + timedelta(days=days * which)
        edtf, mod = f"{begun}/{begun + timedelta(days=days - 1)}", "MID" if which else "START"
    return Reading(DATE, moment.value, edtf, reason, mod, moment)


_SHORT = frozenset(("jan", "mar", "sep", "sept", "dec", "jun", "jul", "apr", "aug", "oct", "nov", "feb"))


@rule(
    rf"(?:the{GAP}month{GAP}of{GAP}|(?:the{GAP})?(?P<mod>{MOD})[\s-]{{1,3}})?(?:(?P<dir>last|next|this|this{GAP}past|this{GAP}coming|the{GAP}previous){GAP})?(?P<m>{MONTH})(?!\s+\d\d?(?!\d))",
    key="month",
)
def _month(match: re.Match[str], context: Context) -> Reading | None:
    word, bare = match["m"], match["m"].lower().rstrip(".")
    if word[:1].islower() or (bare in _SHORT and "." not in word):
        return None
    named = match["mod"] or match["dir"]
    if bare in ("may", "march", "mar") and not named and not _month_is_meant(context):
        return None
    if not named and _is_given_name(word, context):
        return None
    direction = " ".join((match["dir"] or "").lower().split()).replace("the previous", "last")
    direction = "last" if "past" in direction else "next" if "coming" in direction else direction
    number_ = month_number(word)
    year = shared_year(number_, context) if not direction else None
    if year is not None:
        return at(calendar.month(year, number_), EXPLICIT, mod=mod_of(match["mod"]))
    moment, reason = month(number_, context, direction)
    return at(moment, reason, mod=mod_of(match["mod"]))


def _is_given_name(word: str, context: Context) -> bool:
    """ "April Jones": a name before a capitalised word, unless a preposition or an article leads to the month."""
    if word not in ("April", "May", "June", "August", "January") or not re.match(r" [A-Z][a-z]+", context.after(16)):
        return False
    guards = table("guards")
    return context.word_before not in guards["month_before"] or context.word_before in guards["leads_to_name"]


def _month_is_meant(context: Context) -> bool:
    return context.word_before in table("guards")["month_before"] or bool(
        re.match(r"\s*(?:[-–]|to|and|,)\s*(?:June|July|April|August)\b", context.after(12))
    )


@rule(rf"(?P<m1>{MONTH})\s?[-–—/]\s?(?P<m2>{MONTH})(?:,?{GAP}(?P<y>{YEAR}))?(?!\s+\d\d?(?!\d))", key="month")
def _months(match: re.Match[str], context: Context) -> Reading | None:
    """ "May-June 2022": one expression, joined by a dash."""
    first, last = month_number(match["m1"]), month_number(match["m2"])
    if match["m1"][0].islower() or first == last:
        return None
    ends = int(match["y"]) if match["y"] else None
    if ends is None:
        moment, reason = month(last, context, "")
        if moment is None:
            return unknown()
        ends = moment.first.year
    else:
        reason = EXPLICIT
    begun, ended = calendar.month(ends - (last < first), first), calendar.month(ends, last)
    value = f"{begun.value}/{ended.value}"
    return Reading(DATE, value, value, reason, "", begun)
