"""Rules for what is counted: lengths of time, what returns, and distances from a date."""

from __future__ import annotations

import re
from datetime import date

from timeline.extract.when import calendar
from timeline.extract.when.reading import (
    DATE,
    DURATION,
    SET,
    TIME,
    Context,
    Reading,
    anchored,
    at,
    counted,
    unknown,
)
from timeline.extract.when.rules.registry import BOUND, OR_SO, bound_of, length, part_of, period, rule, year_before
from timeline.extract.when.words import (
    GAP,
    HALF,
    MONTHS,
    NUMBER,
    PART,
    SEASON,
    UNIT,
    UNITS,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
    any_of,
    month_number,
    number,
    table,
    unit_code,
    weekday_number,
)


@rule(rf"(?P<n>(?:each|every){GAP})?(?P<wd>{any_of(f'{day}s' for day in WEEKDAYS)})", key="weekday")
def _weekdays(match: re.Match[str], context: Context) -> Reading | None:
    return (
        Reading(SET, f"XXXX-WXX-{weekday_number(match['wd']) + 1}", "", "a weekday that returns")
        if match["wd"][0].isupper()
        else None
    )


@rule(
    rf"(?:each|every){GAP}(?:(?P<wd>{WEEKDAY})(?:{GAP}(?P<wp>{PART}))?|(?P<m>{any_of(MONTHS)})|(?:(?P<n>other|second|few|couple{GAP}of|{NUMBER}){GAP})?(?P<u>{UNITS})|(?P<s>{SEASON}|{PART}))"
)
def _every(match: re.Match[str], context: Context) -> Reading | None:
    if match["wd"]:
        return Reading(
            SET, f"XXXX-WXX-{weekday_number(match['wd']) + 1}{part_of(match['wp'])}", "", "a weekday that returns"
        )
    if match["m"]:
        return Reading(SET, f"XXXX-{month_number(match['m']):02}", "", "a month that returns")
    if match["s"]:
        code = table("seasons").get(match["s"].lower())
        return Reading(SET, f"XXXX-{code}" if code else f"XXXX-XX-XX{part_of(match['s'])}", "", "returns")
    words = (match["n"] or "one").lower()
    if words in ("few",) or words.startswith("couple"):
        return Reading(SET, period("X", match["u"]), "", "returns")
    count = 2 if words in ("other", "second") else number(words)
    return Reading(SET, period(count or 1, match["u"]), "", "returns")


@rule(any_of(table("sets")).join(("(?P<w>", ")")))
def _sets(match: re.Match[str], context: Context) -> Reading | None:
    if match["w"][0].isupper() and context.word_before:
        return None  # "the Daily Mail", "Newsweek"
    return Reading(SET, str(table("sets")[match["w"].lower()]), "", "returns")


@rule(
    rf"(?:once|twice|(?:{NUMBER}|several|many|few){GAP}times){GAP}(?:an?|each|every|per){GAP}(?P<u>{UNIT})", key="unit"
)
def _times_a(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(SET, period(1, match["u"]), "", "returns")


_KINDS = r"(?:full|consecutive|straight|long|more|additional|further|whole|solid|trading|business|working|calendar|short|successive|extra|other|entire)"
_COUNT = rf"(?P<n>{NUMBER}{HALF}|{NUMBER}|{VAGUE}|half{GAP}an?|an?)"
_DISTANCE = r"(?P<dir>ago|earlier|before|later|after|afterwards?|from\s{1,3}now|hence|previously|back|prior)"


@rule(
    rf"(?:(?P<b>{BOUND}){GAP})?{_COUNT}{GAP}(?:(?:more|full|short|long){GAP})?(?P<u>{UNITS})(?P<h>{HALF})?(?P<so>{OR_SO})?{GAP}{_DISTANCE}",
    key="unit",
)
def _distance(match: re.Match[str], context: Context) -> Reading | None:
    """ "two weeks ago" from the publication, "a year earlier", "three days later" from the date named before."""
    word = match["dir"].lower().split()[0]
    if word in ("before", "after", "prior", "back") and (word != "before" or re.match(r"\s+\w", context.after(3))):
        return None if word != "after" or re.match(r"\s+\w", context.after(3)) else _counted(match, context, word)
    if word in ("earlier", "later") and re.match(r"\s+(?:than|in)\b", context.after(6)):
        return None
    return _counted(match, context, word)


def _counted(match: re.Match[str], context: Context, word: str) -> Reading | None:
    code, back = unit_code(match["u"]), word in ("ago", "earlier", "before", "previously")
    words = match["n"] + (match["h"] or "")
    count = 1.0 if words.lower() in ("a", "an") else 0.5 if words.lower().startswith("half") else number(words)
    from_text = word not in ("ago", "from", "hence")
    if count is None:
        return _vague_distance(match, context, code, back=back, from_text=from_text)
    if (
        word in ("ago", "earlier")
        and count == 1
        and code == "Y"
        and context.period is not None
        and context.period.grain in ("Q", "M")
    ):
        return at(year_before(context.period, 1), "a year before the period under report")
    if (
        from_text
        and word == "earlier"
        and code == "Y"
        and context.previous is not None
        and context.previous.grain in ("M", "Q")
    ):
        return at(year_before(context.previous, int(count)), counted(context))
    near = context.previous if from_text else None
    origin = near.first if near is not None else context.published
    if origin is None:
        return unknown()
    mod = bound_of(match["b"]) or ("APPROX" if match["so"] else "")
    reason = counted(context) if near is not None else anchored(context)
    moment = _far(origin, -count if back else count, code, near)
    reading = at(moment, reason, mod=mod)
    if moment is None:
        return reading
    if word == "ago" and (match["b"] or "").lower().startswith(("less", "under", "fewer")):
        return Reading(DATE, moment.value, f"{moment.first}/{context.published}", reason, mod, moment)
    if mod == "MORE_THAN" and word == "ago":
        return Reading(DATE, moment.value, f"../{moment.edtf.split('/')[-1]}", reason, mod, moment)
    vague = "/" not in moment.edtf and (code in ("E", "C") or mod in ("LESS_THAN", "APPROX"))
    return Reading(DATE, moment.value, f"{moment.edtf}~", reason, mod, moment) if vague else reading


def _far(origin: date, count: float, code: str, near: calendar.Moment | None) -> calendar.Moment | None:
    """The stretch `count` units off, at the unit's own grain; halves and decades at the next smaller one."""
    if code == "E" or code == "C":
        years = int(count * (10 if code == "E" else 100))
        return calendar.shifted(origin, years, "Y")
    if count % 1:
        smaller = {"Y": (12, "M"), "M": (30, "D"), "W": (7, "D"), "Q": (3, "M")}.get(code)
        return calendar.shifted(origin, int(count * smaller[0]), smaller[1]) if smaller else calendar.day(origin)
    if near is not None and near.grain == "Y" and code in ("D", "W", "M"):
        return None
    return calendar.shifted(origin, int(count), code)


def _vague_distance(
    match: re.Match[str], context: Context, code: str, *, back: bool, from_text: bool
) -> Reading | None:
    if not from_text or context.previous is None:
        return Reading(DATE, "PAST_REF" if back else "FUTURE_REF", "", "vague")
    return Reading(DURATION, period("X", match["u"]), "", "a length of time from the date named before")


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
    if word not in ("last", "past", "next", "coming") or count is None or context.published is None:
        return length(count, unit, reason=f"a stretch, {word}", mod=mod)
    side = -1 if word in ("last", "past") else 1
    other = _moved(context.published, side * count, unit_code(unit))
    days = sorted((other, context.published)) if other else []
    edtf = "/".join(day.isoformat() for day in days) if days and days[0] != days[1] else ""
    return length(count, unit, reason=anchored(context), mod=mod, edtf=edtf)


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
    rf"(?:(?P<b>{BOUND}){GAP})?(?:the{GAP}(?=\w+[\s]))?(?:(?P<n0>{NUMBER})(?:{GAP}(?:to|or){GAP}|\s?[-–]\s?))?{_COUNT}(?P<j>[\s-]{{1,3}})(?:{_KINDS}[\s-]{{1,3}}){{0,2}}(?P<u>{UNITS})(?P<h>{HALF}(?!\w))?(?P<l>[\s-]long)?(?P<so>{OR_SO})?(?P<old>-old)?(?P<age>\s(?:old|of\sage)|[\s-]olds)?",
    key="unit",
)
def _duration(match: re.Match[str], context: Context) -> Reading | None:
    words, unit = match["n"].lower(), match["u"].lower()
    if match["age"] or (match["old"] and not _lasting(match, context)) or re.match(r"[\s-]+olds?\b", context.after(6)):
        return None  # an age of people is no time of the news
    hyphenated = match["j"] == "-"
    if (
        match["u"][0].isupper()
        and not match[0].isupper()
        and context.word_before
        and (not hyphenated or match["n"][0].isupper())
    ):
        return None  # "Six-Day War"
    one = words in ("a", "an")
    if one and (hyphenated or not _one_is_length(unit, match, context)):
        return None
    if (words in ("one", "1") and unit == "second") or (unit == "quarters" and hyphenated):
        return None
    if unit.rstrip("s") == "quarter" and (hyphenated and words in ("three", "3")):
        return None
    count = (
        1.0 if one else 0.5 if words.startswith("half") else number(match["n"] + (match["h"] or "").replace("\n", " "))
    )
    if match["h"] and one:
        count = 1.5
    mod = bound_of(match["b"]) or ("APPROX" if match["so"] or "couple" in words else "")
    if context.word_before == "in" and context.ahead and count and context.published and not hyphenated:
        return at(_far(context.published, count, unit_code(unit), None), anchored(context), mod=mod)
    if words == "one" and unit == "day" and context.word_before in table("tense")["modal"]:
        return Reading(DATE, "FUTURE_REF", "", "vague")
    return length(count, unit, mod=mod)


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
    rf"(?P<u>days|weeks|months|years|decades|centuries|hours|minutes)(?P<l>[\s-]long|-old)?(?P<or>{GAP}or{GAP}(?P<u2>days|weeks|months|years|decades))?",
    key="unit",
)
def _bare_units(match: re.Match[str], context: Context) -> Reading | None:
    near = context.word_before
    if re.match(r"[\s-]+(?:old|olds)\b", context.after(6)):
        return None
    if re.match(r"\s+ago\b", context.after(5)):
        return None
    if match["l"] or near in table("guards")["units_before"]:
        return length(None, match["u"])
    if re.match(r"\s+(?:before|after|earlier|later)\b", context.after(9)) or (
        re.match(r"\s+of\s", context.after(4)) and near in table("guards")["units_of_before"]
    ):
        return length(None, match["u"])
    return None


@rule(r"(?P<u>minutes|hours|days|weeks|months|years|decades|centuries)\s{1,3}ago", key="unit")
def _long_ago(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(DATE, "PAST_REF", "", "vague")


@rule(rf"(?:the{GAP})?(?:whole|entire|rest{GAP}of{GAP}the){GAP}(?P<u>day|week|month|year|decade)", key="unit")
def _whole(match: re.Match[str], context: Context) -> Reading | None:
    if "rest" not in match[0].lower():
        return None
    if context.published is None:
        return unknown()
    return at(calendar.shifted(context.published, 0, unit_code(match["u"])), anchored(context), mod="END")


@rule(
    rf"(?:(?P<b>{BOUND}){GAP})?(?:an?{GAP})?(?P<f>half|quarter)(?:[\s-]|{GAP}of{GAP}a{GAP})century(?P<h>-long)?(?P<ago>{GAP}ago)?",
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


@rule(r"(?P<u>weekends|weeknights|weekdays)", key="unit")
def _weekends(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(SET, "XXXX-WXX-WE" if match["u"].lower() == "weekends" else "P1D", "", "returns each week")


@rule(rf"an?{GAP}(?P<u>minute|hour|day|week|month|year|decade){GAP}or{GAP}two", key="unit")
def _one_or_two(match: re.Match[str], context: Context) -> Reading | None:
    return length(None, match["u"])


@rule(rf"the{GAP}(?P<u>days|weeks|months|years|decades|centuries)(?:{GAP}ahead)?", key="unit")
def _the_years(match: re.Match[str], context: Context) -> Reading | None:
    """ "over the years", "in the days before the vote", "in the weeks ahead"."""
    if match[0].lower().endswith("ahead") or context.word_before in ("over", "through", "throughout", "down"):
        return length(None, match["u"])
    return None


__all__ = ["TIME"]
