"""The words of data/words.toml, and the pieces of regular expression made from them."""

from __future__ import annotations

import re
import tomllib
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
def table(name: str) -> dict[str, Any]:
    """A table of data/words.toml."""
    text = files("timeline.extract.when").joinpath("data/words.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[name]
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


def number(words: str) -> int | None:
    """What a number in digits or words is; None for a vague one ("several")."""
    text = words.lower().replace(",", "").strip()
    if text.isdigit():
        return int(text)
    values = table("numbers")
    total = current = 0
    seen = False
    for part in re.split(r"[\s-]+", text):
        if part not in values:
            if part == "and":
                continue
            return None
        value, seen = int(values[part]), True
        if value >= 100:
            total, current = total + max(current, 1) * value, 0
        else:
            current += value
    return total + current if seen else None


def any_of(words: Any) -> str:
    """An alternation, longest first."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


MONTH = rf"(?:{any_of(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
WEEKDAY = rf"(?:{any_of(WEEKDAYS)}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
UNIT = rf"(?:{any_of(table('units'))})"
_SIMPLE = any_of(w for w in table("numbers") if w not in ("a", "an"))
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})*|(?:{_SIMPLE})(?:[-\s](?:and\s)?(?:{_SIMPLE})){{0,3}})"
VAGUE = rf"(?:{any_of(table('vague_numbers')['words'])})"
PART = r"(?:morning|afternoon|evening|night|overnight)"
SEASON = rf"(?:{any_of(table('seasons'))})"
MOD = r"(?:early|late|mid|earlier|later|(?:the\s+)?(?:beginning|start|end|middle|close)\s+of)"
