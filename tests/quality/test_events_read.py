"""Most of the events that are shown unasked were judged right by reading (event_precision.csv), and that still holds.

The sheet has a row for every shown event of the first ten TimeSET development articles and of the first ten sample
articles (data/articles): article, offset of the trigger, trigger, kind, when, judgement, remark. "right" is a line that
an analyst would accept in a chronology; any other judgement names what is wrong: not-an-event, wrong-kind, wrong-date,
wrong-actor, wrong-place, wrong-modality, duplicate (of another shown event of its article), false-title, trivial.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from timeline.exports.objects import extraction_object
from timeline.extract.pipeline import DefaultExtractor
from timeline.model import DEFAULT_SALIENCE, Article
from timeline.sources.plain import PlainReader

pytestmark = pytest.mark.quality

SHEET = Path(__file__).parent / "event_precision.csv"
SAMPLES = Path(__file__).parents[2] / "data" / "articles"
# Read first: 97 of 175 right (55.4 %). After mending, with what was new or mended read again: 117 of 168 (69.6 %:
# our own articles 61 of 74, TimeSET 56 of 94). The aim is 80 %; until it is met the floor is three points below.
RIGHT = 0.665
COVERED = 0.75
# Article, offset of the trigger, kind, when.
Row = tuple[str, str, str, str]


def _judged() -> dict[Row, str]:
    with SHEET.open(encoding="utf-8", newline="") as file:
        return {(r["article"], r["trigger_start"], r["kind"], r["when"]): r["judgement"] for r in csv.DictReader(file)}


def _articles(corpora: Path) -> Iterator[tuple[str, Article]]:
    """The articles of the sheet with their names in it."""
    lines = (corpora / "timeset" / "timeset_dev.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines[:10]):
        yield row["id"], Article(row["text"], title=row["title"], published=date.fromisoformat(row["published"]))
    for path in sorted(SAMPLES.glob("*.txt"))[:10]:
        for article in PlainReader().read(path.read_bytes(), path.name):
            assert isinstance(article, Article)
            yield path.stem, article


def _shown(corpora: Path) -> set[Row]:
    names, articles = zip(*_articles(corpora), strict=True)
    return {
        (name, str(event["trigger_start"]), event["kind"], event["when"] or "")
        for name, extraction in zip(names, DefaultExtractor().extract_many(articles), strict=True)
        for event in extraction_object(extraction, minimum=DEFAULT_SALIENCE)["events"]
    }


def test_shown_events_are_as_right_as_they_were_judged(corpora: Path) -> None:
    judged, shown = _judged(), _shown(corpora)
    known, unknown = shown & set(judged), shown - set(judged)
    assert len(known) >= COVERED * len(shown), f"read these again and judge them: {sorted(unknown)}"
    wrong = sorted(row for row in known if judged[row] != "right")
    assert len(known) - len(wrong) >= RIGHT * len(known), f"judged wrong and still shown: {wrong}"
