"""The words of data/words.toml, and the pieces of regular expression made from them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("timeline.extract.when").joinpath("data/words.toml").read_text(encoding="utf-8"))


def table(name: str) -> dict[str, Any]:
    """A table of data/words.toml."""
    found: dict[str, Any] = _tables()[name]
    return found


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    return frozenset(table(name)[key])


def month_number(word: str) -> int:
    """1 to 12 for a month's name or its abbreviation, in any case."""
    bare = word.lower().rstrip(".")
    return _SHORT_MONTHS.get(bare) or 1 + next(i for i, name in enumerate(MONTHS) if name.lower() == bare)


def weekday_number(word: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return next(i for i, name in enumerate(WEEKDAYS) if word[:3].lower() == name[:3].lower())


def day_number(words: str) -> int:
    """The day of a month in digits ("3", "3rd") or as an ordinal word ("third", "twenty-first")."""
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else int(table("day_ordinals")[re.sub(r"\s+", "-", words.lower())])


_HALF = re.compile(r"(?:\s+|-)and(?:\s+|-)a(?:\s+|-)half$|\s1/2$|½$|\.5$", re.IGNORECASE)


def number(words: str) -> float | None:
    """What a number in digits or words is; None for a vague one ("several").

    >>> number("two and a half"), number("1,500"), number("twenty-one"), number("several")
    (2.5, 1500, 21, None)
    """
    text = words.lower().replace(",", "").strip()
    half = _HALF.search(text)
    if half:
        whole = number(text[: half.start()])
        return None if whole is None else whole + 0.5
    if text.isascii() and text.isdigit():
        return int(text)
    if re.fullmatch(r"\d+\.\d+", text, re.ASCII):
        return float(text)
    values = table("numbers")
    total = current = 0
    seen = False
    for part in re.split(r"[\s-]+", text):
        if part not in values:
            if part in ("and", "of"):
                continue
            return None
        value, seen = int(values[part]), True
        if part in ("couple", "hundred", "thousand", "dozen") and current == 1 and total == 0:
            current = 0  # the article of "a couple", "a hundred"
        if value >= 100 or part == "dozen":
            total, current = total + max(current, 1) * value, 0
        else:
            current += value
    return total + current if seen else None


def any_of(words: Iterable[str], *, gap: str = r"\s+") -> str:
    """An alternation, longest first; `gap` is the pattern between the words of a name of several."""
    return "|".join(re.escape(w).replace(r"\ ", gap) for w in sorted(words, key=len, reverse=True))


def grouped(words: Iterable[str]) -> str:
    """An alternation of many words, by their first character: tried at a place, most of it is passed over at once."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{re.escape(first)}(?:{any_of(rest)})" for first, rest in sorted(by_first.items()))


# A gap between the words of one expression: never more, so that no pattern runs along a page of blanks.
GAP = r"\s{1,3}"
MONTH = rf"(?:{any_of(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
WEEKDAY = rf"(?:{any_of(WEEKDAYS)}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.)"
# Before the day of a month an abbreviation needs no full stop: "Fri, 22 Mar 2013".
WEEKDAY_OF = rf"(?:{any_of(WEEKDAYS)}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
DAY_WORD = "(?:" + any_of(table("day_ordinals")).replace(r"\-", r"[-\s]") + ")"
YEAR = r"(?:1\d\d\d|20\d\d)"
UNIT = rf"(?:{any_of(table('units'))})"
_PLURALS = [unit.removesuffix("y") + "ies" if unit == "century" else unit + "s" for unit in table("units")]
UNITS = rf"(?:{any_of([*table('units'), *_PLURALS])})"
_SIMPLE = any_of(w for w in table("numbers") if w not in ("a", "an", "couple"))
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){0,2}(?:\.\d)?(?:\s1/2|½)?|\d{4})"
_COUPLE = r"(?:(?:an?\s)?couple(?:\sof)?|an?\s(?:hundred|thousand|dozen))"
NUMBER = rf"(?:{_COUPLE}|{_DIGITS}|(?:{_SIMPLE})(?:[-\s](?:and\s)?(?:{_SIMPLE})){{0,3}})"
HALF = rf"(?:{GAP}and{GAP}a{GAP}half|-and-a-half)"
VAGUE = rf"(?:{any_of(table('vague_numbers')['words'])})"
PART = rf"(?:{any_of(table('parts'))})"
SEASON = rf"(?:{any_of(table('seasons'))})"
_EDGES = any_of(("beginning", "start", "end", "middle", "close", "turn"))
# What narrows a stretch to its first, last or middle part; "of" leads to the stretch.
_RELATIVE = rf"(?:very{GAP})?(?:early|late|mid|earlier|later)(?:{GAP}in(?={GAP}the))?"
MOD = rf"(?:{_RELATIVE}|(?:the{GAP})?(?:very{GAP})?(?:{_EDGES}){GAP}of)"


def unit_code(word: str) -> str:
    """The TIMEX3 letter of a unit in the singular or plural."""
    units = table("units")
    bare = word.lower()
    for form in (bare, bare.removesuffix("s"), bare.removesuffix("ies") + "y"):
        if form in units:
            return str(units[form])
    raise KeyError(word)
