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
        "timebank.strict.F1": 81,
        "timebank.relaxed.F1": 89,
        "timebank.value.F1": 72,
        "aquaint.strict.F1": 77,
        "aquaint.relaxed.F1": 90,
        "aquaint.value.F1": 69,
    },
    "timeset": {
        "all.trigger_f1": 36,
        "all.sentence_f1": 59,
        "all.sentence_1to1_f1": 49,
        "all.date_exact": 35,
        "all.named_arg_recall_all": 26,
    },
    "semeval": {"total.all.mention_f1": 24, "total.all.mention_date_f1": 8.5, "total.all.sentence_date_f1": 12.5},
    "gold": {
        "found.F1": 58,
        "full.F1": 38,
        "headline_recall": 95,
        "date_exact": 75,
        "type_ok": 92,
        "actor_recall": 75,
        "country.F1": 79,
    },
    "plover": {"answered": 95, "type_any": 85, "full": 47, "precision": 55, "source_recall": 79, "target_recall": 58},
}


@pytest.mark.parametrize("corpus", FLOORS)
def test_the_figures_of_a_corpus_hold(corpus: str, corpora: Path, tmp_path: Path) -> None:
    assert corpora.is_dir()
    figures = quality.measure(corpus, tmp_path)
    measured = {path: _at(figures, path) for path in FLOORS[corpus]}
    assert {p: (v, FLOORS[corpus][p]) for p, v in measured.items() if v < FLOORS[corpus][p]} == {}


def _at(figures: dict[str, Any], path: str) -> float:
    found: Any = figures
    for part in path.split("."):
        found = found[part]
    return float(found)
