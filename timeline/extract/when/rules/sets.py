"""Rules for what returns: "every Monday", "annually", "twice a week"."""

from __future__ import annotations

import re

from timeline.extract.when.reading import SET, Context, Reading
from timeline.extract.when.rules.registry import part_of, period, rule
from timeline.extract.when.words import (
    GAP,
    MONTHS,
    NUMBER,
    PART,
    SEASON,
    UNIT,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    any_of,
    month_number,
    number,
    table,
    weekday_number,
)


@rule(rf"(?P<n>(?:each|every){GAP})?(?P<wd>{any_of(f'{day}s' for day in WEEKDAYS)})", key="weekday")
def _weekdays(match: re.Match[str], context: Context) -> Reading | None:
    if match["wd"][0].islower():
        return None
    return Reading(SET, f"XXXX-WXX-{weekday_number(match['wd']) + 1}", "", "a weekday that returns")


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


@rule(r"(?P<u>weekends|weeknights|weekdays)", key="unit")
def _weekends(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(SET, "XXXX-WXX-WE" if match["u"].lower() == "weekends" else "P1D", "", "returns each week")
