"""Time expressions beside what a user would pick instead, `dateparser.search_dates`: speed and growth, and quality.

    python benchmarks/dates.py

Speed is in words a second of one process over the sample articles; `growth` is the time of eight times the text over
eight times the time: 1 is linear. With TIMELINE_CORPORA, also the scorer's F1 of search_dates on part of TimeBank.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks.quality import corpora, read, scored, tagged, write
from timeline.extract.when import tag

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
DAY = date(2025, 3, 5)
LARGER = 8
SAMPLE = 20  # articles of TimeBank: search_dates takes seconds for each


def seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def search_dates(text: str, day: date) -> list[dict[str, Any]]:
    """What dateparser finds, as TIMEX3 days at the first place where the words stand."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dateparser.search import search_dates as search

        base = datetime.combine(day, datetime.min.time())
        found, rows, place = search(text, languages=["en"], settings={"RELATIVE_BASE": base}) or [], [], 0
    for words, when in found:
        start = text.find(words, place)
        if start >= 0:
            place = start + len(words)
            rows.append({"start": start, "end": place, "text": words, "type": "DATE", "value": when.date().isoformat()})
    return rows


def main() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt")))
    words = len(text.split())
    ours, theirs = seconds(lambda: tag(text, published=DAY)), seconds(lambda: search_dates(text[:5_000], DAY))
    large = seconds(lambda: tag(text * LARGER, published=DAY))
    speed = words / ours
    other = len(text[:5_000].split()) / theirs
    told = {"words": words, "timeline": round(speed), "search_dates": round(other), "times": round(speed / other, 1)}
    print(json.dumps(told | {"growth": round(large / LARGER / ours, 2)}))
    if not os.environ.get("TIMELINE_CORPORA"):
        return
    root = corpora()
    articles = read(root / "timex" / "timebank.jsonl")[:SAMPLE]
    with tempfile.TemporaryDirectory() as scratch:
        gold = write(Path(scratch) / "gold.jsonl", articles)
        for name, finder in (("timeline", tagged), ("search_dates", search_dates)):
            rows = [
                {"doc_id": a["doc_id"], "timexes": finder(a["text"], date.fromisoformat(a["dct"][:10]))}
                for a in articles
            ]
            figures = scored(root / "timex" / "score_timex.py", gold, write(Path(scratch) / "pred.jsonl", rows))
            print(json.dumps({name: {key: figures[key]["F1"] for key in ("strict", "relaxed", "value")}}))


if __name__ == "__main__":
    main()
