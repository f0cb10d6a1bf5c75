"""Rules for what is counted: durations, sets, distances from a date, and vague words."""

from __future__ import annotations

import re

from timeline.extract.when import calendar
from timeline.extract.when.reading import DATE, DURATION, SET, Context, Reading, anchored, at, unknown
from timeline.extract.when.rules.registry import part_of, period, rule, year_before
from timeline.extract.when.words import (
    NUMBER,
    PART,
    SEASON,
    UNIT,
    VAGUE,
    WEEKDAY,
    any_of,
    number,
    table,
    weekday_number,
)


@rule(
    rf"(?P<n>(?:each|every)\s+)?(?P<wd>{any_of(f'{d}s' for d in ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'))})"
)
def _weekdays(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(SET, f"XXXX-WXX-{weekday_number(match['wd']) + 1}", "", "a weekday that returns")


@rule(rf"(?:each|every)\s+(?:(?P<wd>{WEEKDAY})|(?P<n>other|{NUMBER})?\s*(?P<u>{UNIT})s?|(?P<s>{SEASON}|{PART}))")
def _every(match: re.Match[str], context: Context) -> Reading | None:
    if match["wd"]:
        return Reading(SET, f"XXXX-WXX-{weekday_number(match['wd']) + 1}", "", "a weekday that returns")
    if match["s"]:
        code = table("seasons").get(match["s"].lower())
        return Reading(SET, f"XXXX-{code}" if code else f"XXXX-XX-XX{part_of(match['s'])}", "", "returns")
    count = 2 if match["n"] == "other" else number(match["n"] or "1") or 1
    return Reading(SET, period(count, match["u"]), "", "returns")


@rule(any_of(table("sets")).join(("(?P<w>", ")")))
def _sets(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(SET, str(table("sets")[match["w"].lower()]), "", "returns")


@rule(r"(?:once|twice|(?:\w+\s+times))\s+(?:a|an|each|every|per)\s+(?P<u>day|week|month|year)")
def _times_a(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(SET, period(1, match["u"]), "", "returns")


_ABOUT = r"(?:(?:about|around|nearly|almost|some|over|more\s+than|less\s+than|at\s+least|up\s+to|just|only|roughly|approximately)\s+)?"


_COUNT = rf"(?P<n>{NUMBER}|{VAGUE}|an?)"


_APPROX = re.compile(r"(about|around|nearly|almost|roughly|approximately)", re.IGNORECASE)


@rule(
    rf"{_ABOUT}{_COUNT}\s+(?P<u>{UNIT})s?(?:\s+and\s+a\s+half)?\s+(?P<dir>ago|earlier|before|later|after|afterwards?|from\s+now|hence|previously)"
)
def _ago(match: re.Match[str], context: Context) -> Reading | None:
    unit, word = match["u"].lower(), match["dir"].lower()
    code, count = str(table("units")[unit]), number(match["n"])
    if word in ("before", "after"):
        rest = match.string[match.end() : match.end() + 2]
        if rest[:1] == " " and rest[1:2].isalpha():
            return None  # a distance from what follows: the length alone is the expression
    back = word in ("ago", "earlier", "before", "previously")
    if count is None:
        return Reading(DATE, "PAST_REF" if back else "FUTURE_REF", "", "vague")
    if (
        word == "earlier"
        and count == 1
        and unit == "year"
        and context.previous
        and context.previous.grain in ("Q", "M")
    ):
        return at(year_before(context.previous, 1), "a year before the period named before")
    if word == "ago" and count == 1 and unit == "year" and context.previous and context.previous.grain == "Q":
        return at(year_before(context.previous, 1), "a year before the quarter named before")
    from_text = word not in ("ago", "from now", "hence") and context.previous is not None
    origin = context.previous.first if from_text and context.previous else context.published
    if origin is None:
        return unknown()
    if code.startswith("T"):
        moment: calendar.Moment | None = calendar.day(origin)
    else:
        moment = calendar.shifted(origin, -count if back else count, code)
    reason = f"counted from the date named before, {origin}" if from_text else anchored(context)
    return at(moment, reason, mod="APPROX" if _APPROX.match(match[0]) else "")


@rule(
    r"(?:the\s+)?(?P<dir>next|following|previous|preceding|same)\s+(?P<u>day|night|morning|evening|afternoon|week|month|year|decade)(?P<a>\s+after)?"
)
def _from_text(match: re.Match[str], context: Context) -> Reading | None:
    """ "the next day", "the following month": counted from the date named before."""
    if not match[0].lower().startswith("the"):
        return None
    previous = context.previous
    if previous is None:
        return None if context.published is None else unknown()
    shift = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "same": 0}[match["dir"].lower()]
    unit = match["u"].lower()
    part = str(table("parts").get(unit, ""))
    moment = calendar.shifted(previous.first, shift, "D" if part else str(table("units").get(unit, "D")))
    return at(moment, f"counted from the date named before, {previous.value}", part=part)


@rule(
    rf"(?:the\s+)?(?P<dir>last|past|next|coming|first|final|previous|latest)\s+(?P<n>{NUMBER}|{VAGUE})\s+(?P<u>{UNIT})s?"
)
def _span_of_units(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(DURATION, period(number(match["n"]) or "X", match["u"]), "", f"a stretch, {match['dir'].lower()}")


@rule(
    rf"{_ABOUT}(?:the\s+)?{_COUNT}(?P<h>[\s-]+)(?:full\s+|consecutive\s+|straight\s+|long\s+)?(?P<u>{UNIT})s?(?:[\s-]+(?:long|old))?(?:\s+and\s+a\s+half)?"
)
def _duration(match: re.Match[str], context: Context) -> Reading | None:
    words = match[0].lower()
    if match["h"] == "-" and words.startswith("the "):
        return None
    if words.endswith("old") or (match["u"].lower() == "second" and match["n"].lower() in ("a", "an", "one")):
        return None
    if match["u"].lower() in ("night", "quarter", "weekend") and match["n"].lower() in ("a", "an"):
        return None
    if match["n"].lower() in ("a", "an") and _rate(match):
        return Reading(SET, period(1, match["u"]), "", "returns")
    return Reading(DURATION, period(number(match["n"]) or "X", match["u"]), "", "a length of time")


def _rate(match: re.Match[str]) -> bool:
    """ "$5 million a year", "twice a week": a rate, not a length."""
    before = match.string[max(0, match.start() - 14) : match.start()]
    return bool(re.search(r"(?:\d|million|billion|percent|%|times|once|twice|dollars|cents)\s+$", before))


@rule(r"(?P<u>days|weeks|months|years|decades|centuries|hours|minutes)(?P<l>[\s-]long)?")
def _bare_units(match: re.Match[str], context: Context) -> Reading | None:
    before = re.findall(r"[\w']+", match.string[max(0, match.start() - 14) : match.start()])
    if match["l"] or (before and before[-1].lower() in ("for", "within", "in", "over", "after", "of", "took", "take")):
        return Reading(
            DURATION, period("X", match["u"].rstrip("s").replace("centurie", "century")), "", "a length of time"
        )
    return None


@rule(r"(?:recent|past|coming)\s+(?P<u>days|weeks|months|years|decades)")
def _recent_units(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(DATE, "FUTURE_REF" if match[0].lower().startswith("coming") else "PAST_REF", "", "vague")


_REFERENCES = {" ".join(w.split()): ref for ref, each in table("references").items() for w in each}


@rule(any_of(_REFERENCES).join(("(?P<w>", ")")))
def _reference(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(DATE, _REFERENCES[" ".join(match["w"].lower().split())], "", "vague")
