"""The grammar stays linear on hostile text: twice the text takes at most about twice the time.

Nothing is timed in absolute terms. A time is the least of three runs by the processor's own clock, and what is below
the noise floor counts as the floor.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date

import pytest

from timeline.extract.when import tag
from timeline.extract.when.rules import RULES, Rule

SIZES = (10_000, 20_000, 40_000)
DOUBLING = 2.5
FLOOR = 0.03

WORDS = [
    "1 ", "1-", "1/", "1.", "1:", "1,000,", "20", "9", "0", "31 ", "2021 ", "2021-", "2021-02-", "1990s ", "1990 or ",
    "the ", "the early ", "a ", "an ", "and ", "and a half ", "or ", "of ", "of the ", "to ", "from ", "between ",
    "in ", "first ", "first-", "first half ", "third quarter ", "quarter of ", "fiscal ", "Q1 ", "half ", "two ",
    "twenty-", "hundred and ", "two hundred ", "several ", "a few ", "about ", "more than ", "at least ",
    "no more than ", "every ", "each ", "other ", "days ", "week ", "weeks ago ", "years-", "year's ", "last year's ",
    "last ", "next ", "this past ", "the following ", "early ", "late-", "mid-", "beginning of ", "the end of the ",
    "Monday ", "Monday, ", "Monday night ", "March ", "March, ", "3 March ", "March 3, ", "the 3rd of ", "Sept. ",
    "May-", "3 p.m. ", "3:", "GMT ", "noon ", "o'clock ", "at ", "on ", "Easter ", "New Year's ", "Eid al-",
    "summer of ", "winter ", "19th ", "century ", "nineteen ", "'80s ", "yesterday ", "the day before ",
    "the day after ", "now ", "around ", "circa ", "will ", " ", "\n", "\t", "\u00a0", "-", "–", ".", "'", "’", "(",
    "T", "é",
]  # fmt: skip
_chance = random.Random(20250303)  # noqa: S311 (pairs to try, no secret)
PAIRS = ["".join(_chance.sample(WORDS, 2)) for _ in range(40)]
UNITS = [*WORDS, *PAIRS]


def _hostile(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size] + "!"


def _seconds(work: Callable[[], object], runs: int = 3) -> float:
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def _assert_linear(work: Callable[[str], object], unit: str) -> None:
    """Sizes from small to large, so that what is not linear fails before it takes for ever."""
    times: list[float] = []
    for size in SIZES:
        text = _hostile(unit, size)
        once = _seconds(lambda text=text: work(text), runs=1)
        times.append(FLOOR if once <= FLOOR else max(FLOOR, min(once, _seconds(lambda text=text: work(text), runs=2))))
        if len(times) > 1:
            assert times[-1] <= DOUBLING * times[-2], (unit, [round(t, 3) for t in times])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.name))
def test_a_pattern_is_linear(rule: Rule) -> None:
    for unit in UNITS:
        _assert_linear(lambda text: sum(1 for _ in rule.pattern.finditer(text)), unit)


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_the_whole_is_linear(unit: str) -> None:
    _assert_linear(lambda text: tag(text, published=date(2025, 3, 3)), unit)
