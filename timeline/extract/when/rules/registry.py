"""The rules of the grammar: what a rule is, and the words that several of them need."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from timeline.extract.when import calendar
from timeline.extract.when.reading import Context, Reading
from timeline.extract.when.words import any_of, table

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


DIRECTIONS = {"last": "last", "past": "last", "previous": "last", "next": "next", "coming": "next", "this": "this"}


MODS = {"early": "START", "beginning": "START", "start": "START", "late": "END", "end": "END", "close": "END", "mid": "MID", "middle": "MID"}  # fmt: skip


def mod_of(words: str | None) -> str:
    found = re.search(any_of(MODS), (words or "").lower())
    return MODS[found[0]] if found else ""


def digits(words: str) -> int:
    return int(re.match(r"\d+", words)[0])  # type: ignore[index]


def day_of(year: int, month_: int, day: int) -> calendar.Moment | None:
    try:
        return calendar.day(date(year, month_, day))
    except ValueError:
        return None


def part_of(words: str | None) -> str:
    return str(table("parts")[words.lower()]) if words else ""


def period(count: int | str, unit: str) -> str:
    code = str(table("units")[unit.lower()])
    if code == "W2":
        return f"P{count * 2 if isinstance(count, int) else count}W"
    if code in ("E", "C") and isinstance(count, int):
        return f"P{count * (10 if code == 'E' else 100)}Y"
    if code == "Q" and isinstance(count, int):
        return f"P{count * 3}M"
    return f"PT{count}{code[1]}" if code[0] == "T" else f"P{count}{code}"


def year_before(moment: calendar.Moment, years: int) -> calendar.Moment:
    first = moment.first
    if moment.grain == "Q":
        return calendar.quarter(first.year - years, (first.month + 2) // 3)
    if moment.grain == "M":
        return calendar.month(first.year - years, first.month)
    return calendar.year(first.year - years)
