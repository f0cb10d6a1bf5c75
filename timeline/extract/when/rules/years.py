"""Rules for years, decades and centuries, alone, in ranges and as alternatives."""

from __future__ import annotations

import re

from timeline.extract.when import calendar
from timeline.extract.when.reading import DATE, EXPLICIT, Context, Reading, at
from timeline.extract.when.rules.registry import APPROX, mod_of, rule
from timeline.extract.when.words import GAP, MOD, YEAR, any_of, number, table

_DECADE = r"(?:(?P<c>1[5-9]|20)(?P<d>\d)0['’]?s|['’](?P<d2>[2-9])0s|(?P<w>DECADES))".replace("DECADES", any_of(table("decades")))  # fmt: skip


@rule(
    rf"(?P<the>the{GAP})?(?:(?P<mod>{MOD}|(?:first|last|second){GAP}half{GAP}of)[\s-]{{1,3}}(?:the{GAP})?)?{_DECADE}",
    key="decade",
)
def _decade(match: re.Match[str], context: Context) -> Reading | None:
    if match["w"] and not match["the"] and not re.search(r"\bthe\s+$", context.before(5)):
        return None
    mod = _part(match["mod"])
    if match["w"]:
        if re.search(r"\b(?:his|her|their|my|your|our)\s+(?:early\s|late\s|mid\s)?$", context.before(12)):
            return None  # "in her sixties" is an age
        first = 1900 + int(table("decades")[match["w"].lower()])
    else:
        first = int(f"{match['c']}{match['d']}0") if match["c"] else 1900 + int(match["d2"]) * 10
        if match["d"] == "0" and first < 2000:
            return at(calendar.century(first), EXPLICIT, mod=mod)  # "the 1800s"
    return at(calendar.decade(first), EXPLICIT, mod=mod)


@rule(
    r"(?:the\s{1,3})?(?P<a>(?:1[5-9]|20)\d)0['’]?s\s{1,3}or\s{1,3}(?:the\s{1,3})?(?P<b>(?:1[5-9]|20)\d)0['’]?s",
    key="decade",
)
def _decades(match: re.Match[str], context: Context) -> Reading | None:
    """ "the 1980s or 1990s": one of the two."""
    moment = calendar.decade(int(match["a"]) * 10)
    return Reading(
        DATE, f"{match['a']}/{match['b']}", f"[{match['a']}X,{match['b']}X]", "one of two decades", "", moment
    )


def _part(words: str | None) -> str:
    """START, MID or END for "early", "the end of", "the second half of" …."""
    return mod_of(words) or {"f": "START", "s": "END", "l": "END"}.get((words or "")[:1].lower(), "")


_CENTURY_WORDS = any_of(table("centuries")).replace(r"\-", "[-\\s]")


@rule(r"(?:(?:AD|A\.D\.|CE)\s?(?P<a>\d{1,4})|(?P<b>\d{1,4})\s?(?P<e>AD|A\.D\.|BCE?|B\.C\.|CE))(?![\d,])", flags=0)
def _era(match: re.Match[str], context: Context) -> Reading | None:
    """ "AD 79", "44 BC": years before 1 have a TIMEX3 value, but no EDTF of ours."""
    year = int(match["a"] or match["b"])
    if (match["e"] or "").startswith("B"):
        return Reading(DATE, f"BC{year:04}", "", "explicit, before the years that this calendar holds")
    return at(calendar.year(year), EXPLICIT) if 0 < year < 2100 else None


@rule(
    rf"(?:the{GAP}(?!\S+-century))?(?:(?P<mod>{MOD}|(?:first|last|second){GAP}half{GAP}of)[\s-]{{1,3}}(?:the{GAP})?)?(?:(?P<n>\d\d?)(?:st|nd|rd|th)|(?P<w>{_CENTURY_WORDS}))[\s-]centur(?:y|ies)(?P<bc>{GAP}BCE?)?",
    key="century",
)
def _century(match: re.Match[str], context: Context) -> Reading | None:
    which = int(match["n"]) if match["n"] else int(table("centuries")["-".join(match["w"].lower().split())])
    mod = _part(match["mod"])
    if match["bc"] or not 1 < which <= 30:
        return None
    return at(calendar.century((which - 1) * 100), EXPLICIT, mod=mod)


@rule(
    rf"{APPROX}(?:(?:the{GAP})?(?P<mod>{MOD})[\s-]{{1,3}})?(?P<f>the{GAP}year{GAP})?(?P<a>{YEAR})(?P<to>\s?[-–/]\s?(?:{YEAR}|\d\d)(?![\d-]))?(?:{GAP}(?P<later>or{GAP}(?:later|earlier)|and{GAP}beyond))?",
    key="year",
)
def _year(match: re.Match[str], context: Context) -> Reading | None:
    if not (match["f"] or match["mod"] or _year_is_meant(match, context)):
        return None
    first = int(match["a"])
    if match["to"]:
        digits = re.sub(r"\D", "", match["to"])
        last = int(digits) if len(digits) == 4 else int(f"{first // 100}{digits}")
        if len(digits) == 2 and last <= first and first % 100 > 90:
            last += 100
        if not 0 < last - first <= 150:
            return None
        return Reading(DATE, f"{first}/{last}", f"{first}/{last}", EXPLICIT, "", calendar.year(first))
    mod = mod_of(match["mod"])
    if match["later"]:
        later = not match["later"].lower().endswith("earlier")
        edtf = f"{first}/.." if later else f"../{first}"
        return Reading(
            DATE, str(first), edtf, EXPLICIT, "ON_OR_AFTER" if later else "ON_OR_BEFORE", calendar.year(first)
        )
    if match["ap"]:
        return at(calendar.year(first), EXPLICIT, mod="APPROX")
    if context.word_before in ("possibly", "perhaps", "probably") or re.search(
        r"(?:possibly|perhaps|probably|maybe)\s+in\s+$", context.before(14)
    ):
        reading = at(calendar.year(first), "explicit, uncertain", mod=mod)
        return Reading(DATE, reading.value, f"{reading.edtf}?", reading.reason, mod, reading.moment)
    return at(calendar.year(first), EXPLICIT, mod=mod)


@rule(rf"(?P<a>{YEAR}){GAP}or{GAP}(?P<b>{YEAR})", key="year")
def _years(match: re.Match[str], context: Context) -> Reading | None:
    """ "1990 or 1991": one of the two."""
    first, last = int(match["a"]), int(match["b"])
    if not first < last <= first + 50:
        return None
    return Reading(DATE, f"{first}/{last}", f"[{first},{last}]", "one of two years", "", calendar.year(first))


_SPOKEN_TENS = any_of(w for w, value in table("numbers").items() if 10 <= value < 100)
_SPOKEN_UNITS = any_of(w for w, value in table("numbers").items() if 0 < value < 10 and w not in ("a", "an"))


@rule(
    rf"(?:the{GAP}year{GAP})?(?:(?P<c>eighteen|nineteen|twenty)[\s-](?:(?P<t>{_SPOKEN_TENS})(?:[\s-](?P<u>{_SPOKEN_UNITS}))?|oh[\s-](?P<o>{_SPOKEN_UNITS}))|(?P<m>two{GAP}thousand)(?:{GAP}and{GAP}(?P<mu>{_SPOKEN_UNITS}|{_SPOKEN_TENS}))?)",
    key="spoken",
)
def _spoken_year(match: re.Match[str], context: Context) -> Reading | None:
    """ "nineteen ninety-six", as broadcasts are transcribed; a round "two thousand" only as "the year"."""
    if match["m"]:
        if not match[0].lower().startswith("the"):
            return None
        return at(calendar.year(2000 + int(number(match["mu"] or "") or 0)), EXPLICIT)
    rest = int(number(match["t"] or match["o"]) or 0) + int(number(match["u"] or "") or 0)
    century = int(number(match["c"]) or 0)
    if (century == 20 and not 10 <= rest <= 39) or re.match(
        r"\s+(?:\w+\s+)?(?:years|days|people|percent|dollars|miles|points)", context.after(24)
    ):
        return None
    return at(calendar.year(century * 100 + rest), EXPLICIT)


def _year_is_meant(match: re.Match[str], context: Context) -> bool:
    """A bare number of four digits is a year after a word that leads to years, or in brackets, and not when it counts."""
    year, before, after = (
        int(match["a"]),
        context.text[max(context.span.start, match.start("a") - 30) : match.start("a")],
        context.after(24),
    )
    if (
        re.match(r"[,.:]\d|%|-[A-Za-z]|\s?(?:million|billion|trillion)|['’]?s\b(?!\s)", after)
        or re.search(r"(?<!c)(?<!ca)[-/.,:]$|\d\s$", before)
        or re.match(r"\s\d", after)
    ):
        return False
    following = (re.match(r"\s+([A-Za-z]+)", after) or [None, ""])[1] or ""
    words = re.findall(r"[\w'’]+|[(\[,;:]", before)
    last = words[-1].lower() if words else ""
    guards = table("guards")
    if last in guards["names_before"] or following.lower() in guards["names_after"]:
        return False
    if not 1700 <= year <= 2099:
        return (match["ap"] is not None and last != "about") or (
            last in ("in", "since", "by", "from", "until", "year") and not following.endswith("s")
        )
    if last in guards["year_before"] or last in ("(", "[", ",", ";", ":"):
        counted = last in ("of", "to", "from", "about", "around", "than", "for", "and", "as", "a", ",", ":")
        return not (counted and following.islower() and len(following) > 3 and following.endswith("s"))
    return 1900 <= year <= 2039 and (
        last.endswith(("'s", "s'", "’s")) or not after.strip()[:1].isalpha() or following[:1].islower()
    )
