"""The grammar of time expressions: one rule a form, each a pattern and what it means.

The extents follow the TIMEX3 guidelines: prepositions stay outside, articles and modifiers inside.
"""

from timeline.extract.when.rules import (
    business,
    clock,
    days,
    distances,
    holidays,
    lengths,
    months,
    narrative,
    periods,
    sets,
    vague,
    weekdays,
    years,
)
from timeline.extract.when.rules.registry import KEYS, RULES, Rule

__all__ = [
    "KEYS",
    "RULES",
    "Rule",
    "business",
    "clock",
    "days",
    "distances",
    "holidays",
    "lengths",
    "months",
    "narrative",
    "periods",
    "sets",
    "vague",
    "weekdays",
    "years",
]
