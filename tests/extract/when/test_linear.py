"""The grammar stays linear on hostile text: twice the text takes at most about twice the time.

Nothing is timed in absolute terms. Time is the processor's own for this process; what is below the noise floor counts
as the floor; what seems to grow too fast is judged by the least of five runs.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from timeline.extract.when import tag
from timeline.extract.when.rules import RULES, Rule

SIZES = (1_250, 2_500, 5_000, 10_000, 20_000)
DOUBLING = 2.5
FLOOR = 0.03
TRIES = 5

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
    "T", "é", "a", "X",
]  # fmt: skip
_chance = random.Random(20250303)  # noqa: S311 (pairs to try, no secret)
PAIRS = ["".join(_chance.sample(WORDS, 2)) for _ in range(30)]
LONG_RUNS = [
    f"{word}{mark}…" for word in ("the", "3", "3 March", "two", "last", "1990", "Monday", "3 p.m.") for mark in " \n-"
]
UNITS = [*WORDS, *PAIRS, *LONG_RUNS]


def _hostile(unit: str, size: int) -> str:
    """A unit over and over; one that ends in "…" stands once, before a long run of its last character but one."""
    if unit.endswith("…"):
        return unit[:-2] + unit[-2] * size + "!"
    return (unit * (size // len(unit) + 1))[:size] + "!"


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.disable()
    try:
        begun = time.process_time()
        work(text)
        return max(time.process_time() - begun, FLOOR)
    finally:
        gc.enable()


def _assert_linear(work: Callable[[str], object], unit: str) -> None:
    """Sizes from small to large, so that what is not linear fails before it takes for ever."""
    before = _seconds(work, _hostile(unit, SIZES[0]))
    for smaller, size in pairwise(SIZES):
        now = _seconds(work, _hostile(unit, size))
        for _ in range(TRIES - 1):
            if now <= DOUBLING * before:
                break
            before = min(before, _seconds(work, _hostile(unit, smaller)))
            now = min(now, _seconds(work, _hostile(unit, size)))
        assert now <= DOUBLING * before, f"{unit!r} * {size}: {now:.3f} s after {before:.3f} s for half of it"
        before = now


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.name))
def test_a_pattern_is_linear(rule: Rule) -> None:
    for unit in UNITS:
        _assert_linear(lambda text: sum(1 for _ in rule.pattern.finditer(text)), unit)


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_the_whole_is_linear(unit: str) -> None:
    _assert_linear(lambda text: tag(text, published=date(2025, 3, 3)), unit)
