"""Fits the weights of salience on the development corpora: which happenings did readers mark?

    TIMELINE_CORPORA=DIR python -m benchmarks.salience

Prints how well the weights in use and newly fitted ones rank the happenings (average precision, the fitted ones over
six folds of whole articles), and the fitted weights, to be rounded and entered in timeline/extract/what/salience.py.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality import Row, article, corpora, read
from timeline.extract.pipeline import DefaultExtractor
from timeline.extract.what import reporting
from timeline.extract.what.salience import WEIGHTS, Signs
from timeline.model import DEFAULT_SALIENCE, Article, Report

_FOLDS = 6
# How much a happening of each corpus counts; our own gold is small and nearest to what an analyst wants.
_CORPORA = {"timeset": 1.0, "semeval": 1.0, "gold": 1.5, "plover": 1.0}
_RIDGE = 1 / 0.3
# Share of fitted probability at which the line of `timeline show` is drawn.
_LINE = 0.28

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Candidate:
    """A happening with its signs and whether readers marked it."""

    corpus: str
    document: str
    signs: Signs
    salience: float
    marked: bool


def candidates(root: Path) -> Iterator[Candidate]:
    """Every happening of the corpora, printed by default or not."""
    seen: dict[tuple[int, int], Signs] = {}
    original = reporting._signs

    def remembering(statement: Any, beside: Any, mentions: int) -> Signs:
        signs = original(statement, beside, mentions)
        seen[statement.report.span.start, statement.report.trigger.start] = signs
        return signs

    reporting._signs = remembering
    extractor = DefaultExtractor()
    for corpus, row, marked in _documents(root):
        seen.clear()
        day = date.fromisoformat(row["published"][:10])
        found = extractor.extract(Article(id=row["id"], text=row["text"], title=row["title"], published=day))
        happenings: dict[int, list[Report]] = {}
        for report in found.reports:
            happenings.setdefault(report.happening, []).append(report)
        for reports in happenings.values():
            best = max(reports, key=lambda r: r.salience)
            signs = seen[best.span.start, best.trigger.start]
            yield Candidate(corpus, row["id"], signs, best.salience, marked(reports))


def _documents(root: Path) -> Iterator[tuple[str, Row, Any]]:
    """(corpus, article, rule that says whether a happening of it is marked)."""
    for row in read(root / "timeset" / "timeset_dev.jsonl"):
        yield "timeset", article(row), _overlapping([(e["start"], e["end"]) for e in row["events"]])
    folder = root / "semeval_apple"
    spans: dict[str, list[tuple[int, int]]] = {}
    for timeline in read(folder / "semeval4_trial_timelines.jsonl"):
        for mention in (m for entry in timeline["entries"] if entry["order"] for m in entry["mentions"]):
            if mention["start"] is not None:
                spans.setdefault(mention["doc_id"], []).append((mention["start"], mention["end"]))
    for row in read(folder / "semeval4_trial_docs.jsonl"):
        yield "semeval", article(row), _overlapping(spans.get(row["id"], []))
    yield from _gold(root / "gold")
    for row in read(root / "plover" / "dev.jsonl"):
        yield "plover", {**row, "published": row["date"], "title": ""}, _of_type(row["type"])


def _gold(folder: Path) -> Iterator[tuple[str, Row, Any]]:
    spec = spec_from_file_location("annotations", folder / "annotations.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder} holds no annotations")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    command = [sys.executable, str(folder / "score_gold.py"), "--docs"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for row in map(json.loads, printed.splitlines()):
        quotes = [quote for event in module.GOLD[row["id"]][1] for quote in event[0]]
        found = [re.search(r"\s+".join(map(re.escape, quote.split())), row["text"]) for quote in quotes]
        yield "gold", {"title": "", **row}, _overlapping([match.span() for match in found if match])


def _overlapping(spans: Spans) -> Any:
    return lambda reports: any(a < r.trigger.end and r.trigger.start < b for r in reports for a, b in spans)


def _of_type(wanted: str) -> Any:
    return lambda reports: any(r.type == wanted for r in reports)


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights (the last one is the bias) of a logistic model with a ridge, by Newton's method."""
    x = np.hstack([x, np.ones((len(x), 1))])
    ridge = np.full(x.shape[1], _RIDGE)
    ridge[-1] = 0.0
    found = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ found)))
        slope = x.T @ (weight * (p - y)) + ridge * found
        found -= np.linalg.solve((x.T * (weight * p * (1 - p))) @ x + np.diag(ridge), slope)
    return found


def average_precision(score: np.ndarray, y: np.ndarray) -> float:
    marked = y[np.argsort(-score, kind="stable")]
    return float(np.sum(np.cumsum(marked) / (np.arange(len(marked)) + 1) * marked) / marked.sum())


def main() -> None:
    found = list(candidates(corpora()))
    x = np.array([[dict(c.signs.held)[name] for name in WEIGHTS] for c in found])
    y = np.array([float(c.marked) for c in found])
    weight = np.array([_CORPORA[c.corpus] for c in found])
    documents = sorted({c.document for c in found})
    fold = np.array([documents.index(c.document) % _FOLDS for c in found])
    score = np.zeros(len(y))
    for number in range(_FOLDS):
        rest = fold != number
        fitted = fit(x[rest], y[rest], weight[rest])
        score[~rest] = x[~rest] @ fitted[:-1] + fitted[-1]
    in_use = average_precision(np.array([c.salience for c in found]), y)
    print(f"{len(y)} happenings, {y.mean():.1%} marked; average precision in use {in_use:.3f}, ", end="")
    print(f"fitted anew (cross-validated) {average_precision(score, y):.3f}")
    for corpus in _CORPORA:
        own = np.array([c.corpus == corpus for c in found])
        print(f"  {corpus}: {own.sum()}, {y[own].mean():.1%} marked, {average_precision(score[own], y[own]):.3f}")
    *fresh, bias = fit(x, y, weight)
    for name, value in zip(WEIGHTS, fresh, strict=True):
        print(f'    "{name}": {value:.2f},')
    odds = log(DEFAULT_SALIENCE / (1 - DEFAULT_SALIENCE)) - log(_LINE / (1 - _LINE))
    print(f"BIAS = {bias + odds:.2f}")


if __name__ == "__main__":
    main()
