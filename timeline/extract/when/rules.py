"""The grammar of time expressions: one rule a form, each a pattern and what it means.

The extents follow the TIMEX3 guidelines: prepositions stay outside, articles and modifiers inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.extract.when import calendar
from timeline.extract.when.reading import (
    DATE,
    DURATION,
    EXPLICIT,
    NO_DATE,
    SET,
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
from timeline.extract.when.words import (
    DAY,
    MOD,
    MONTH,
    NUMBER,
    PART,
    SEASON,
    UNIT,
    VAGUE,
    WEEKDAY,
    YEAR,
    any_of,
    month_number,
    number,
    table,
    weekday_number,
)

Meaning = Callable[["re.Match[str]", Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: re.Pattern[str]
    meaning: Meaning


RULES: list[Rule] = []


def rule(pattern: str, *, flags: int = re.IGNORECASE) -> Callable[[Meaning], Meaning]:
    """Register a meaning under a pattern."""

    def register(meaning: Meaning) -> Meaning:
        RULES.append(Rule(meaning.__name__.strip("_"), re.compile(rf"(?<![\w$£€#]){pattern}(?!\w)", flags), meaning))
        return meaning

    return register


_DIRECTION = {"last": "last", "past": "last", "previous": "last", "next": "next", "coming": "next", "this": "this"}
_MODS = {"early": "START", "beginning": "START", "start": "START", "late": "END", "end": "END", "close": "END", "mid": "MID", "middle": "MID"}  # fmt: skip


def _mod(words: str | None) -> str:
    found = re.search(any_of(_MODS), (words or "").lower())
    return _MODS[found[0]] if found else ""


def _digits(words: str) -> int:
    return int(re.match(r"\d+", words)[0])  # type: ignore[index]


def _day_of(year: int, month_: int, day: int) -> calendar.Moment | None:
    try:
        return calendar.day(date(year, month_, day))
    except ValueError:
        return None


def _part(words: str | None) -> str:
    return str(table("parts")[words.lower()]) if words else ""


@rule(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<t>\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?")
def _iso(match: re.Match[str], context: Context) -> Reading | None:
    moment = _day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return at(moment, EXPLICIT, part=f"T{match['t']}" if match["t"] else "") if moment else None


@rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)")
def _slashes(match: re.Match[str], context: Context) -> Reading | None:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100:
        pivot = (context.published.year if context.published else 2030) % 100 + 10
        year += 1900 if year > pivot or not context.published or context.published.year < 2000 else 2000
    month_, day = (second, first) if (context.day_first and second <= 12) or first > 12 else (first, second)
    moment = _day_of(year, month_, day)
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
    number_, day = month_number(match["m"]), _digits(match["d"])
    if match["m"][:1].islower():
        return None
    given = _year_given(match, context)
    year = given or in_year(context, number_, day)
    if year is None:
        return Reading(DATE, f"XXXX-{number_:02}-{day:02}", "", NO_DATE)
    moment = _day_of(year, number_, day)
    if moment is None:
        return None
    reason = EXPLICIT if match["y"] else anchored(context)
    if match["to"]:
        last = _day_of(year, number_, int(re.findall(r"\d+", match["to"])[0]))
        if last and last.first > moment.first:
            return Reading(DATE, f"{moment.value}/{last.value}", f"{moment.edtf}/{last.edtf}", reason, "", moment)
    return at(moment, reason)


@rule(
    rf"(?:the\s+)?(?:(?P<mod>{MOD})[\s-]+)?(?P<m>{MONTH})\s*,?\s+(?:of\s+)?(?:(?P<y>{YEAR})|(?P<ry>this|last|next)\s+year|(?P<sy>the\s+(?:same|following|previous)\s+year))"
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
    return at(calendar.month(year, number_), EXPLICIT if match["y"] else anchored(context), mod=_mod(match["mod"]))


@rule(rf"(?:the\s+)?(?:(?P<mod>{MOD})[\s-]+)?(?:(?P<dir>last|next|this|this\s+past|this\s+coming)\s+)?(?P<m>{MONTH})")
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
    moment, reason = month(month_number(word), context, _DIRECTION.get((match["dir"] or "").split(" ")[0].lower(), ""))
    return at(moment, reason, mod=_mod(match["mod"]))


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
    return at(moment, reason, mod=_mod(match["mod"]), part=_part(match["part"]))


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
        return Reading(SET, f"XXXX-{code}" if code else f"XXXX-XX-XX{_part(match['s'])}", "", "returns")
    count = 2 if match["n"] == "other" else number(match["n"] or "1") or 1
    return Reading(SET, _period(count, match["u"]), "", "returns")


@rule(any_of(table("sets")).join(("(?P<w>", ")")))
def _sets(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(SET, str(table("sets")[match["w"].lower()]), "", "returns")


@rule(r"(?:once|twice|(?:\w+\s+times))\s+(?:a|an|each|every|per)\s+(?P<u>day|week|month|year)")
def _times_a(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(SET, _period(1, match["u"]), "", "returns")


def _period(count: int | str, unit: str) -> str:
    code = str(table("units")[unit.lower()])
    if code == "W2":
        return f"P{count * 2 if isinstance(count, int) else count}W"
    if code in ("E", "C") and isinstance(count, int):
        return f"P{count * (10 if code == 'E' else 100)}Y"
    if code == "Q" and isinstance(count, int):
        return f"P{count * 3}M"
    return f"PT{count}{code[1]}" if code[0] == "T" else f"P{count}{code}"


@rule(
    rf"(?:(?P<mod>early|late|earlier|later)\s+)?(?P<w>today|yesterday|tomorrow|tonight|the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow)(?:\s+(?P<part>{PART}))?"
)
def _today(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown(_part(match["part"]))
    word = " ".join(match["w"].lower().split())
    shift = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(word, 0)
    part = "TNI" if word == "tonight" else _part(match["part"])
    return at(
        calendar.day(context.published + timedelta(days=shift)), anchored(context), mod=_mod(match["mod"]), part=part
    )


@rule(rf"(?:(?P<mod>early|late|earlier|later)\s+)?(?P<dir>this|last)\s+(?P<part>{PART})")
def _this_part(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown(_part(match["part"]))
    moment = calendar.day(context.published - timedelta(days=match["dir"].lower() == "last"))
    return at(moment, anchored(context), mod=_mod(match["mod"]), part=_part(match["part"]))


_RELATIVE_UNIT = r"(?P<u>day|week|weekend|month|quarter|year|decade|century|(?P<s>spring|summer|autumn|fall|winter))"


@rule(
    rf"(?:(?P<mod>early|late|earlier|later|mid|(?:the\s+)?(?:beginning|start|end|middle)\s+of)[\s-]+)?(?:the\s+)?(?P<dir>last|this|next|past|coming|previous|current|this\s+past|this\s+coming)\s+{_RELATIVE_UNIT}(?P<e>(?:'s|-)?\s*end)?"
)
def _relative_unit(match: re.Match[str], context: Context) -> Reading | None:
    word = " ".join(match["dir"].lower().split())
    if word == "next" and match[0].lower().startswith("the "):
        return None  # counted from the text: see _from_text
    if (
        word in ("past", "coming", "previous", "current")
        and not re.match(r"(?:\w+\s+)?the\s", match[0], re.IGNORECASE)
        and word != "current"
    ):
        return None
    shift = {"last": -1, "past": -1, "previous": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}.get(
        word, 0
    )
    return _shift_from_publication(match, context, shift)


def _shift_from_publication(match: re.Match[str], context: Context, shift: int) -> Reading:
    today = context.published
    if today is None:
        return unknown()
    unit, mod = match["u"].lower(), _mod(match["mod"])
    if match["s"]:
        return at(_season_near(match["s"], today, shift), anchored(context), mod=mod)
    if unit == "weekend":
        return at(calendar.weekend(today + timedelta(weeks=shift)), anchored(context), mod=mod)
    moment = calendar.shifted(today, shift, str(table("units")[unit]))
    return at(moment, anchored(context), mod=mod)


def _season_near(name: str, today: date, shift: int) -> calendar.Moment:
    """ "last summer" is the latest that is over, "next" the first to come, "this" that of the year."""
    code = str(table("seasons")[name.lower()])
    moments = [calendar.season(today.year + step, code) for step in (-2, -1, 0, 1)]
    if shift < 0:
        return [m for m in moments if same_end(m) < today][-1]
    if shift > 0:
        return next(m for m in moments if m.first > today)
    return moments[2] if code != "WI" or today.month > 6 else moments[1]


def same_end(moment: calendar.Moment) -> date:
    """A day near the end of a season that begins on its first day."""
    return moment.first + timedelta(days=89)


@rule(rf"(?:the\s+)?(?:(?P<mod>{MOD})[\s-]+)?(?:the\s+)?(?P<s>{SEASON})(?:\s+of)?\s+(?P<y>{YEAR})")
def _season_year(match: re.Match[str], context: Context) -> Reading | None:
    return at(
        calendar.season(int(match["y"]), str(table("seasons")[match["s"].lower()])), EXPLICIT, mod=_mod(match["mod"])
    )


_ORDINAL = rf"(?P<o>{any_of(table('ordinals'))})"
_QUARTER_OF = rf"(?:,?\s+(?:of\s+)?(?:fiscal\s+)?(?P<y>{YEAR})|\s+of\s+(?P<ry>this|last|next)\s+year)?"


@rule(
    rf"(?:the\s+|(?P<py>this|last|next)\s+year's\s+)?(?:(?P<mod>early|late|mid)[\s-]+)?(?:fiscal\s+)?{_ORDINAL}[\s-]+(?:fiscal[\s-]+)?(?P<q>quarter|half){_QUARTER_OF}"
)
def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    which = int(table("ordinals")[match["o"].lower()])
    build = calendar.quarter if match["q"].lower() == "quarter" else calendar.half
    if match["q"].lower() == "half" and which > 2:
        return None
    year, today = int(match["y"]) if match["y"] else None, context.published
    relative = (match["py"] or match["ry"] or "").lower()
    if year is None and relative and today:
        year = today.year + {"last": -1, "this": 0, "next": 1}[relative]
    if year is not None:
        return at(build(year, which), EXPLICIT if match["y"] else anchored(context), mod=_mod(match["mod"]))
    if today is None:
        return unknown()
    moment = build(today.year, which)
    if moment.first > today and not context.future:
        moment = build(today.year - 1, which)
    return at(moment, anchored(context), mod=_mod(match["mod"]))


@rule(rf"Q(?P<q>[1-4])(?:\s+(?:of\s+)?(?P<y>{YEAR}))?", flags=0)
def _q(match: re.Match[str], context: Context) -> Reading | None:
    year = int(match["y"]) if match["y"] else context.published.year if context.published else None
    return (
        at(calendar.quarter(year, int(match["q"])), EXPLICIT if match["y"] else anchored(context))
        if year
        else unknown()
    )


@rule(
    r"(?:the\s+)?(?P<dir>latest|current|year-earlier|year-ago|same|previous|prior)\s+(?P<u>quarter|period|month|year)(?P<e>\s+a\s+year\s+(?:ago|earlier))?"
)
def _reported_period(match: re.Match[str], context: Context) -> Reading | None:
    """Periods of business reports: they follow the quarter or year named before."""
    base = context.previous
    word = match["dir"].lower()
    if base is None or base.grain not in ("Q", "M", "Y"):
        if context.published is None or match["u"].lower() == "period":
            return (
                None
                if word in ("same", "current", "previous", "prior", "latest") and match["u"].lower() == "period"
                else unknown()
            )
        unit = str(table("units")[match["u"].lower()])
        base = calendar.shifted(context.published, -1 if unit == "Q" and word == "latest" else 0, unit)
        if base is None:
            return None
    back = 1 if word.startswith("year") or match["e"] else 0
    return at(_year_before(base, back), "the period named before")


def _year_before(moment: calendar.Moment, years: int) -> calendar.Moment:
    first = moment.first
    if moment.grain == "Q":
        return calendar.quarter(first.year - years, (first.month + 2) // 3)
    if moment.grain == "M":
        return calendar.month(first.year - years, first.month)
    return calendar.year(first.year - years)


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
            return Reading(DURATION, _period(count or "X", unit), "", "a distance from what follows")
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
        return at(_year_before(context.previous, 1), "a year before the period named before")
    if word == "ago" and count == 1 and unit == "year" and context.previous and context.previous.grain == "Q":
        return at(_year_before(context.previous, 1), "a year before the quarter named before")
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
    return Reading(DURATION, _period(number(match["n"]) or "X", match["u"]), "", f"a stretch, {match['dir'].lower()}")


@rule(
    rf"{_ABOUT}(?:the\s+)?{_COUNT}(?P<h>[\s-]+)(?:full\s+|consecutive\s+|straight\s+|long\s+)?(?P<u>{UNIT})s?(?:[\s-]+(?:long|old))?(?:\s+and\s+a\s+half)?"
)
def _duration(match: re.Match[str], context: Context) -> Reading | None:
    words = match[0].lower()
    if words.endswith("old") or (match["u"].lower() == "second" and match["n"].lower() in ("a", "an", "one")):
        return None
    if match["u"].lower() in ("night", "quarter", "weekend") and match["n"].lower() in ("a", "an"):
        return None
    if match["n"].lower() in ("a", "an") and _rate(match):
        return Reading(SET, _period(1, match["u"]), "", "returns")
    return Reading(DURATION, _period(number(match["n"]) or "X", match["u"]), "", "a length of time")


def _rate(match: re.Match[str]) -> bool:
    """ "$5 million a year", "twice a week": a rate, not a length."""
    before = match.string[max(0, match.start() - 14) : match.start()]
    return bool(re.search(r"(?:\d|million|billion|percent|%|times|once|twice|dollars|cents)\s+$", before))


@rule(r"(?P<u>days|weeks|months|years|decades|centuries|hours|minutes)(?P<l>[\s-]long)?")
def _bare_units(match: re.Match[str], context: Context) -> Reading | None:
    before = re.findall(r"[\w']+", match.string[max(0, match.start() - 14) : match.start()])
    if match["l"] or (before and before[-1].lower() in ("for", "within", "in", "over", "after", "of", "took", "take")):
        return Reading(
            DURATION, _period("X", match["u"].rstrip("s").replace("centurie", "century")), "", "a length of time"
        )
    return None


@rule(r"(?:recent|past|coming)\s+(?P<u>days|weeks|months|years|decades)")
def _recent_units(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(DATE, "FUTURE_REF" if match[0].lower().startswith("coming") else "PAST_REF", "", "vague")


@rule(
    r"(?:the\s+)?(?:(?P<mod>early|late|mid|earlier|later)[\s-]+)?(?:the\s+)?(?P<c>1[5-9]|20)(?P<d>\d)0'?s|(?:the\s+)?(?:(?P<mod2>early|late|mid)[\s-]+)?['’](?P<d2>[2-9])0s"
)
def _decade(match: re.Match[str], context: Context) -> Reading | None:
    first = int(f"{match['c']}{match['d']}0") if match["c"] else 1900 + int(match["d2"]) * 10
    return at(calendar.decade(first), EXPLICIT, mod=_mod(match["mod"] or match["mod2"]))


@rule(
    r"(?:the\s+)?(?:(?P<mod>early|late|mid)[\s-]+)?(?:(?P<n>\d\d?)(?:st|nd|rd|th)|(?P<w>twentieth|nineteenth|eighteenth|seventeenth|twenty-first|sixteenth))[\s-]+century"
)
def _century(match: re.Match[str], context: Context) -> Reading | None:
    words = {
        "sixteenth": 16,
        "seventeenth": 17,
        "eighteenth": 18,
        "nineteenth": 19,
        "twentieth": 20,
        "twenty-first": 21,
    }
    which = int(match["n"]) if match["n"] else words[match["w"].lower()]
    return at(calendar.century((which - 1) * 100), EXPLICIT, mod=_mod(match["mod"])) if 1 < which <= 99 else None


@rule(
    rf"(?:(?P<mod>{MOD})[\s-]+)?(?:(?P<f>fiscal(?:\s+year)?|the\s+year|FY)\s*)?(?P<a>{YEAR})(?P<to>\s?[-–/]\s?(?:{YEAR}|\d\d))?(?:\s+(?P<ca>season))?"
)
def _year(match: re.Match[str], context: Context) -> Reading | None:
    if not match["f"] and not match["mod"] and not match["to"] and not _year_is_meant(match):
        return None
    first = int(match["a"])
    if match["to"]:
        digits = re.sub(r"\D", "", match["to"])
        last = int(digits) if len(digits) == 4 else int(f"{first // 100}{digits}")
        if last <= first or last - first > 150:
            return None
        return Reading(DATE, f"{first}/{last}", f"{first}/{last}", EXPLICIT, "", calendar.year(first))
    approximate = re.search(r"(?:around|circa|c\.|about)\s+$", match.string[max(0, match.start() - 8) : match.start()])
    reading = at(calendar.year(first), EXPLICIT, mod=_mod(match["mod"]))
    return (
        Reading(DATE, reading.value, f"{reading.edtf}~", EXPLICIT, "APPROX", reading.moment) if approximate else reading
    )


def _year_is_meant(match: re.Match[str]) -> bool:
    """A bare number of four digits is a year after a word that leads to years, or in brackets, and not when it counts."""
    text, year = match.string, int(match["a"])
    after = text[match.end() : match.end() + 24]
    if re.match(r"[,.]\d|%|-[A-Za-z]|\s?(?:million|billion)", after) or text[match.start() - 1 : match.start()] in (
        "-",
        "/",
        ".",
        ",",
    ):
        return False
    next_word = (re.match(r"\s+([A-Za-z]+)", after) or [None, ""])[1] or ""
    before = re.findall(r"[\w'’]+|[(\[,;:]", text[max(0, match.start() - 30) : match.start()])
    last = before[-1].lower() if before else ""
    if last in table("guards")["names_before"] or next_word.lower() in table("guards")["names_after"]:
        return False
    if not 1700 <= year <= 2099:
        return last in ("in", "since", "by", "from", "until", "year") and not next_word.endswith("s")
    if last in table("guards")["year_before"] or last in ("(", "[", ",", ";", ":"):
        counted = last in ("of", "to", "from", "about", "around", "than", "for", "and", "as", "a", ",", ":")
        return not (counted and next_word.islower() and len(next_word) > 3 and next_word.endswith("s"))
    return 1900 <= year <= 2039 and (
        last.endswith(("'s", "s'", "’s")) or not after.strip()[:1].isalpha() or next_word[:1].islower()
    )


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


_REFERENCES = {" ".join(w.split()): ref for ref, each in table("references").items() for w in each}


@rule(any_of(_REFERENCES).join(("(?P<w>", ")")))
def _reference(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(DATE, _REFERENCES[" ".join(match["w"].lower().split())], "", "vague")
