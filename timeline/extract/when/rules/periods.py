"""Rules for longer stretches: weeks, months, seasons, quarters, years, decades, centuries."""

from __future__ import annotations

import re
from datetime import date, timedelta

from timeline.extract.when import calendar
from timeline.extract.when.reading import DATE, EXPLICIT, Context, Reading, anchored, at, unknown
from timeline.extract.when.rules.registry import mod_of, rule, year_before
from timeline.extract.when.words import MOD, SEASON, YEAR, any_of, table

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
    unit, mod = match["u"].lower(), mod_of(match["mod"])
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
        calendar.season(int(match["y"]), str(table("seasons")[match["s"].lower()])), EXPLICIT, mod=mod_of(match["mod"])
    )


_ORDINAL = rf"(?P<o>{any_of(table('ordinals'))})"


_QUARTER_OF = rf"(?:,?\s+(?:of\s+)?(?:fiscal\s+)?(?P<y>{YEAR})|\s+of\s+(?P<ry>this|last|next)\s+year)?"


@rule(
    rf"(?:the\s+|(?P<py>this|last|next)\s+year's\s+)?(?:(?P<mod>early|late|mid)[\s-]+)?(?:fiscal\s+)?{_ORDINAL}[\s-]+(?:fiscal[\s-]+)?(?P<q>quarter|half){_QUARTER_OF}"
)
def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    if re.match(r"the\s", match[0], re.IGNORECASE) and re.search(rf"{match['o']}-", match[0]):
        return None  # "the third-quarter results": the article is the noun's
    which = int(table("ordinals")[match["o"].lower()])
    build = calendar.quarter if match["q"].lower() == "quarter" else calendar.half
    if match["q"].lower() == "half" and which > 2:
        return None
    year, today = int(match["y"]) if match["y"] else None, context.published
    relative = (match["py"] or match["ry"] or "").lower()
    if year is None and relative and today:
        year = today.year + {"last": -1, "this": 0, "next": 1}[relative]
    if year is not None:
        return at(build(year, which), EXPLICIT if match["y"] else anchored(context), mod=mod_of(match["mod"]))
    if today is None:
        return unknown()
    moment = build(today.year, which)
    if moment.first > today and not context.future:
        moment = build(today.year - 1, which)
    return at(moment, anchored(context), mod=mod_of(match["mod"]))


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
    return at(year_before(base, back), "the period named before")


@rule(
    r"(?:the\s+)?(?:(?P<mod>early|late|mid|earlier|later)[\s-]+)?(?:the\s+)?(?P<c>1[5-9]|20)(?P<d>\d)0'?s|(?:the\s+)?(?:(?P<mod2>early|late|mid)[\s-]+)?['’](?P<d2>[2-9])0s"
)
def _decade(match: re.Match[str], context: Context) -> Reading | None:
    first = int(f"{match['c']}{match['d']}0") if match["c"] else 1900 + int(match["d2"]) * 10
    return at(calendar.decade(first), EXPLICIT, mod=mod_of(match["mod"] or match["mod2"]))


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
    return at(calendar.century((which - 1) * 100), EXPLICIT, mod=mod_of(match["mod"])) if 1 < which <= 99 else None


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
    reading = at(calendar.year(first), EXPLICIT, mod=mod_of(match["mod"]))
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


@rule(r"the\s+(?P<u>quarter|weekend)")
def _the_period(match: re.Match[str], context: Context) -> Reading | None:
    """ "the quarter" is the one named before, else the last that is over; "the weekend" is that around the publication."""
    today, previous = context.published, context.previous
    if match["u"].lower() == "weekend":
        if today is None:
            return unknown()
        return at(calendar.weekend(today - timedelta(days=0 if context.future else 2)), anchored(context))
    if previous is not None and previous.grain == "Q":
        return at(previous, "the quarter named before")
    if today is None:
        return unknown()
    return at(calendar.quarter(today.year, (today.month + 2) // 3 - 1), anchored(context))
