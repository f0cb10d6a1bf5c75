"""Rules for expressions that the text before gives their meaning: "the next day", "that year", "later that month"."""

from __future__ import annotations

import re
from datetime import timedelta

from timeline.extract.when import calendar
from timeline.extract.when.reading import DATE, TIME, Context, Reading, at, counted, unknown
from timeline.extract.when.rules.registry import mod_of, part_of, rule
from timeline.extract.when.words import GAP, MONTH, SEASON, month_number, table, unit_code

_UNIT = r"(?P<u>day|night|morning|evening|afternoon|week|weekend|month|quarter|year|decade)"
_SHIFT = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "prior": -1, "same": 0, "that": 0, "that same": 0, "that very": 0}  # fmt: skip


@rule(
    rf"(?:(?P<mod>early|late|later|earlier){GAP}(?:in{GAP}|on{GAP})?)?(?:the{GAP}(?P<dir>next|following|previous|preceding|prior|same)|(?P<that>that(?:{GAP}same|{GAP}very)?)){GAP}(?:{_UNIT}|(?P<s>{SEASON})|(?P<m>{MONTH}))(?!-)"
)
def _from_text(match: re.Match[str], context: Context) -> Reading | None:
    word = " ".join((match["dir"] or match["that"]).lower().split())
    near, unit = context.previous, (match["u"] or "").lower()
    if match["that"] and re.match(r"\s+(?:the|he|she|it|they|is|was|will|has|a)\b", context.after(8)) and not unit:
        return None
    if near is None and match["u"]:
        return Reading(DATE, "", "", "counted from a date that the text does not give")
    if near is None:
        return None
    shift, mod, reason = _SHIFT[word], mod_of(match["mod"]), counted(context)
    if match["m"]:
        year = near.first.year + (shift > 0 and month_number(match["m"]) <= near.first.month)
        return at(calendar.month(year, month_number(match["m"])), reason, mod=mod)
    if match["s"]:
        return at(calendar.season(near.first.year + shift, str(table("seasons")[match["s"].lower()])), reason, mod=mod)
    return _shifted(near, unit, shift, reason, mod)


def _somewhere_in(near: calendar.Moment, grain: str) -> str:
    """The TIMEX3 value of a day or month that is only known to lie in a month or year, "" for other stretches."""
    unknown_part = {"MD": "-XX", "YD": "-XX-XX", "YM": "-XX"}.get(near.grain + grain)
    plain = len(near.value) == {"M": 7, "Y": 4}.get(near.grain)
    return near.value + unknown_part if unknown_part and plain else ""


def _shifted(near: calendar.Moment, unit: str, shift: int, reason: str, mod: str) -> Reading | None:
    part = part_of(unit) if unit in table("parts") else ""
    if unit == "weekend":
        weeks = shift if shift < 0 or near.first.weekday() > 4 else 0  # from a weekday the next one is of its week
        return at(calendar.weekend(near.first + timedelta(weeks=weeks)), reason, mod=mod)
    if unit == "day" or part:
        if near.grain != "D":
            value, edtf = (_somewhere_in(near, "D"), near.edtf) if shift == 0 and not part else ("", "")
            return Reading(TIME if part else DATE, value, edtf, f"a day in {near.value}, not known which", mod)
        return at(calendar.shifted(near.first, shift, "D"), reason, mod=mod, part=part)
    grains = "DWMQSYEC"
    code = unit_code(unit)
    if grains.index(near.grain) > grains.index(code):
        # "the same month" of a year: somewhere in that year
        if shift != 0:
            return None
        return Reading(DATE, _somewhere_in(near, code), near.edtf, f"in {near.value}, not known when", mod)
    return at(calendar.shifted(near.first, shift, code), reason, mod=mod)


@rule(rf"(?:the{GAP})(?P<w>day|night|week|month|year){GAP}(?P<dir>before|after|prior|earlier|later)", key="unit")
def _the_day_after(match: re.Match[str], context: Context) -> Reading | None:
    """ "the day before", with nothing after it to count from but the text."""
    if re.match(r"\s+[\w\"“]", context.after(3)) and not re.match(
        r"\s+(?:in|at|on|and|when|that|with|by)\b", context.after(7)
    ):
        return None
    near = context.previous
    if near is None:
        return unknown() if context.published is None else None
    unit, shift = match["w"].lower(), -1 if match["dir"].lower() in ("before", "prior", "earlier") else 1
    return _shifted(near, unit, shift, counted(context), "")


@rule(rf"the{GAP}time(?={GAP}(?:of{GAP}the{GAP}\w+{GAP})?(?:[,.;]|\w))")
def _the_time(match: re.Match[str], context: Context) -> Reading | None:
    """ "at the time": the time that the text speaks of, whatever it is."""
    if context.word_before != "at" or re.match(r"\s+(?:of|when|that|being|the)\b", context.after(7)):
        return None
    return Reading(DATE, "PAST_REF", "", "the time that the text speaks of")
