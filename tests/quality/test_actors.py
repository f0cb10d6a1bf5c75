"""Actors of development articles that were judged by reading (actor_precision.csv) stay as they were judged.

The sheet has a row for every actor of the shown events of the TimeSET development articles and of every fourth article
of the SemEval trial corpus: article, offset of the event's trigger, offsets of the words, actor, role, verdict. "role":
the right actor in a wrong role.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from timeline.extract.pipeline import DefaultExtractor
from timeline.model import Article
from timeline.model.event import DEFAULT_SALIENCE

pytestmark = pytest.mark.quality

SHEET = Path(__file__).parent / "actor_precision.csv"
Row = tuple[str, str, str, str, str, str]


def _judged() -> dict[Row, str]:
    with SHEET.open(encoding="utf-8", newline="") as file:
        return {(r[0], r[1], r[2], r[3], r[4], r[5]): r[6] for r in list(csv.reader(file))[1:]}


def _found(corpora: Path, least: float) -> set[Row]:
    """Rows of the actors of all reports of at least a salience."""
    timeset = (corpora / "timeset" / "timeset_dev.jsonl").read_text(encoding="utf-8").splitlines()
    trial = (corpora / "semeval_apple" / "semeval4_trial_docs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in (*timeset, *trial[3::4])]
    articles = [
        Article(r["text"], title=r.get("title") or "", published=date.fromisoformat(r["published"][:10])) for r in rows
    ]
    return {
        (row["id"], str(r.trigger.start), str(p.span.start), str(p.span.end), p.actor.name, p.role.value)
        for row, extraction in zip(rows, DefaultExtractor().extract_many(articles), strict=True)
        for r in extraction.reports
        if r.salience >= least
        for p in r.actors
        if p.span is not None
    }


def test_nine_actors_of_ten_were_judged_right() -> None:
    verdicts = list(_judged().values())
    assert len(verdicts) >= 200
    assert sum(v in ("right", "role") for v in verdicts) >= 0.9 * len(verdicts)


def test_actors_judged_right_are_still_found_and_wrong_ones_not_more(corpora: Path) -> None:
    judged, found = _judged(), _found(corpora, 0.0)
    right = {row for row, verdict in judged.items() if verdict != "wrong"}
    assert len(right & found) >= 0.9 * len(right), sorted(right - found)
    unknown = _found(corpora, DEFAULT_SALIENCE) - set(judged)
    assert len(unknown) <= 0.25 * len(judged), f"read these and judge them: {sorted(unknown)}"
