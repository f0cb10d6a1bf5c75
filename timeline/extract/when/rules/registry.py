"""The rules of the grammar: what a rule is, and the words that several of them need."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from timeline.extract.when import calendar
from timeline.extract.when.reading import DURATION, Context, Reading
from timeline.extract.when.words import GAP, MONTHS, PART, WEEKDAYS, any_of, table, unit_code

Meaning = Callable[["re.Match[str]", Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`key` names the words (of KEYS) without which the pattern can't match; "" when it must be tried everywhere."""

    name: str
    pattern: re.Pattern[str]
    meaning: Meaning
    key: str


RULES: list[Rule] = []
# Words that a family of rules can't do without, in lower case: the slow patterns are tried around these only.
_KEY_WORDS = {
    "month": [*(month[:3].lower() for month in MONTHS), "month"],
    "weekday": [day[:3].lower() for day in WEEKDAYS],
    "unit": [*(unit[:-1] for unit in table("units")), *table("seasons"), "period", "half", "time"],
    "season": [*table("seasons")],
    "part": [*table("parts"), "today", "yesterday", "tomorrow", "tonight"],
    "century": ["century", "centuries"],
    "fiscal": ["fiscal", "financial", "fy"],
    "spoken": ["eighteen", "nineteen", "twenty", "two thousand", "the year"],
}
KEYS = {name: re.compile(rf"\b(?:{any_of(words)})") for name, words in _KEY_WORDS.items()} | {
    "clock": re.compile(r"\b\d\d?[\s:.]?(?:\d\d|[ap]\.?m)|noon|midday|midnight|o['’]clock|in\sthe\s"),
    "year": re.compile(r"\d{4}"),
    "decade": re.compile(rf"0['’]?s\b|\b(?:{any_of(table('decades'))})"),
}


def rule(pattern: str, *, key: str = "", flags: int = re.IGNORECASE) -> Callable[[Meaning], Meaning]:
    """Register a meaning under a pattern, which stands between word boundaries."""

    def register(meaning: Meaning) -> Meaning:
        whole = re.compile(rf"(?<![\w$£€#]){pattern}(?!\w)", flags)
        RULES.append(Rule(meaning.__name__.strip("_"), whole, meaning, key))
        return meaning

    return register


YEAR_WORDS = {"last": -1, "this": 0, "next": 1}
MODS = {"early": "START", "earlier": "START", "beginning": "START", "start": "START", "turn": "START", "late": "END", "later": "END", "end": "END", "close": "END", "mid": "MID", "middle": "MID"}  # fmt: skip
_MOD = re.compile(rf"\b(?:{any_of(MODS)})\b")
# TIMEX3 mod of the words before a count, by TimeML 1.2.1.
_BOUNDS = {
    "more than": "MORE_THAN", "over": "MORE_THAN", "less than": "LESS_THAN", "under": "LESS_THAN", "fewer than": "LESS_THAN",
    "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE", "up to": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS",
    "at most": "EQUAL_OR_LESS", "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX",
    "nearly": "LESS_THAN", "almost": "LESS_THAN", "some": "APPROX", "close to": "APPROX",
}  # fmt: skip
APPROXIMATELY = r"(?:around|about|circa|c\.|ca\.|roughly|approximately)"
APPROX = rf"(?:(?P<ap>{APPROXIMATELY}){GAP})?"
PART_OF = rf"(?:the{GAP}(?:early{GAP}|late{GAP})?(?P<np>{PART}){GAP}of{GAP})?"
# "over" is a bound after these words only: elsewhere it is the preposition ("spent over three years").
_OVER = "|".join(rf"(?<={word}\s)" for word in ("for", "just", "well", "after", "in", "of", "took", "little", "lasted"))
BOUND = rf"(?:{any_of(bound for bound in _BOUNDS if bound != 'over')}|(?:{_OVER})over)"
OR_SO = r"(?:\s{1,3}or\s{1,3}so)"


def mod_of(words: str | None) -> str:
    """START, MID or END for "early", "the middle of" …; "" without such a word."""
    found = _MOD.search((words or "").lower())
    return MODS[found[0]] if found else ""


def bound_of(words: str | None) -> str:
    """The TIMEX3 mod of "about", "at least" …; "" without such words."""
    return _BOUNDS.get(" ".join((words or "").lower().split()), "")


def day_of(year: int, month_: int, day: int) -> calendar.Moment | None:
    found = calendar.day_in(year, month_, day)
    return calendar.day(found) if found else None


def part_of(words: str | None) -> str:
    return str(table("parts")[" ".join(words.lower().split())]) if words else ""


def period(count: float | str, unit: str) -> str:
    """The TIMEX3 value of a length: `count` of a unit ("X" for an unknown count).

    >>> period(2.5, "hours"), period(2, "decades"), period("X", "years")
    ('PT2H30M', 'P20Y', 'PXY')
    """
    code = unit_code(unit)
    if isinstance(count, float) and not count.is_integer():
        return _broken(count, code)
    if isinstance(count, float):
        count = int(count)
    if code == "W2":
        return f"P{count * 2 if isinstance(count, int) else count}W"
    if code in ("E", "C"):
        return f"P{count * (10 if code == 'E' else 100)}Y" if isinstance(count, int) else f"P{count}Y"
    return f"PT{count}{code[1]}" if code[0] == "T" else f"P{count}{code}"


# A half of each unit in the next smaller one that divides it evenly.
_HALVES = {"Y": (6, "M"), "TH": (30, "M"), "TM": (30, "S"), "E": (5, "Y"), "C": (50, "Y")}
_TENS = {"E": 10, "C": 100}


def _broken(count: float, code: str) -> str:
    whole, half = int(count), count % 1 == 0.5
    if half and code in _TENS:
        return f"P{whole * _TENS[code] + _HALVES[code][0]}Y"
    if half and code in _HALVES and whole:
        amount, unit = _HALVES[code]
        return f"PT{whole}{code[1]}{amount}{unit}" if code[0] == "T" else f"P{whole}{code}{amount}{unit}"
    if half and code in _HALVES:
        amount, unit = _HALVES[code]
        return f"PT{amount}{unit}" if code[0] == "T" else f"P{amount}{unit}"
    return f"PT{count:g}{code[1]}" if code[0] == "T" else f"P{count:g}{code}"


def length(
    count: float | None, unit: str, *, reason: str = "a length of time", mod: str = "", edtf: str = ""
) -> Reading:
    return Reading(DURATION, period("X" if count is None else count, unit), edtf, reason, mod)


def year_before(moment: calendar.Moment, years: int) -> calendar.Moment:
    """The same quarter, month or year some years before; a quarter of a fiscal year keeps its months open."""
    first = moment.first
    if moment.grain == "Q":
        found = calendar.quarter(first.year - years, (first.month + 2) // 3)
        return found if moment.edtf else replace(found, edtf="")
    if moment.grain == "M":
        return calendar.month(first.year - years, first.month)
    return calendar.year(first.year - years)
