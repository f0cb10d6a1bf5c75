"""Extraction on the development corpora does not fall below its floors (a little under what was measured)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import quality

pytestmark = pytest.mark.quality

# corpus: path to a figure -> floor. Raise them when the figure has risen; never lower one without saying why.
FLOORS: dict[str, dict[str, float]] = {
    "timex": {
        "timebank.strict.F1": 90,
        "timebank.relaxed.F1": 93.5,
        "timebank.value.F1": 82.5,
        "aquaint.strict.F1": 83,
        "aquaint.relaxed.F1": 93.5,
        "aquaint.value.F1": 75,
        "meantime_apple.strict.F1": 86,
        "meantime_apple.relaxed.F1": 90,
        "meantime_apple.value.F1": 79,
        "aside.strict.F1": 84,
        "aside.relaxed.F1": 92,
        "aside.value.F1": 73,
    },
    "timeset": {
        "all.trigger_f1": 47,
        "all.sentence_f1": 68.5,
        "all.sentence_1to1_f1": 56,
        "all.date_exact": 73,
        "all.date_compatible": 74.5,
        "all.date_exact_end_to_end": 61,
        "all.closure_order_f1": 33,
        "all.closure_strict_precision": 91,
        "all.named_arg_recall_matched": 73.5,
        "all.named_arg_recall_all": 60.5,
    },
    "semeval": {
        "total.all.mention_f1": 48,
        "total.all.mention_date_f1": 30,
        "total.all.sentence_date_f1": 38.5,
        "total.all.date_accuracy_of_found": 60,
        "total.all.official_f1": 24.5,
    },
    "gold": {
        "found.F1": 71,
        "full.F1": 56,
        "headline_recall": 97,
        "date_exact": 91,
        "type_ok": 91,
        "actor_recall": 86,
        "country.F1": 94,
    },
    "plover": {"answered": 96, "type_any": 86, "full": 60, "precision": 66, "source_recall": 90, "target_recall": 67},
}
# The same for figures that must not rise.
CEILINGS: dict[str, dict[str, float]] = {"gold": {"false_days_on_undated": 5}}


@pytest.mark.parametrize("corpus", FLOORS)
def test_the_figures_of_a_corpus_hold(corpus: str, corpora: Path, tmp_path: Path) -> None:
    assert corpora.is_dir()
    figures = quality.measure(corpus, tmp_path)
    measured = {path: _at(figures, path) for path in FLOORS[corpus]}
    assert {p: (v, FLOORS[corpus][p]) for p, v in measured.items() if v < FLOORS[corpus][p]} == {}
    limits = CEILINGS.get(corpus, {})
    assert {p: (v, limit) for p, limit in limits.items() if (v := _at(figures, p)) > limit} == {}


def _at(figures: dict[str, Any], path: str) -> float:
    found: Any = figures
    for part in path.split("."):
        found = found[part]
    return float(found)
