"""The quality of `timeline extract` on the development corpora, in their own scorers' figures.

    TIMELINE_CORPORA=DIR python benchmarks/quality.py [CORPUS...] [--keep DIR] [--jobs N]

CORPUS is one of timex, timeset, semeval, gold, plover; all without one. Prints one JSON object a corpus. The texts go
through the command line as a user's would; what is done to its output here is only what the scorers' formats need.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def corpora() -> Path:
    """The folder of the corpora, from TIMELINE_CORPORA. Raises SystemExit with what to do."""
    value = os.environ.get("TIMELINE_CORPORA", "")
    if not value or not Path(value).is_dir():
        raise SystemExit("TIMELINE_CORPORA does not name the folder of the development corpora")
    return Path(value).resolve()


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def extract(rows: Sequence[Row], work: Path, name: str, jobs: int) -> dict[str, Row]:
    """What `timeline extract` makes of articles, by id. `rows` have id, text, published, title."""
    source = write(work / f"{name}.in.jsonl", rows)
    command = [sys.executable, "-m", "timeline", "extract", "--jobs", str(jobs), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (work / f"{name}.out.jsonl").write_text(done.stdout, encoding="utf-8")
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def scored(scorer: Path, *arguments: str | Path) -> Row:
    """The last line of a scorer's output, as JSON."""
    done = subprocess.run(
        [sys.executable, str(scorer), *map(str, arguments)], capture_output=True, text=True, check=True
    )
    lines = done.stdout.strip()
    try:
        figures = json.loads(lines)
    except json.JSONDecodeError:
        figures = json.loads(lines.splitlines()[-1])
    if not isinstance(figures, dict):
        raise SystemExit(f"{scorer} printed no JSON object")
    return figures


def aside(row: Row) -> bool:
    """Whether an article is of the part kept aside: every tenth by its name, whose mistakes no rule was made from."""
    return int(hashlib.sha1(row["doc_id"].encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 0


def tagged(text: str, day: date) -> list[Row]:
    """The time expressions of a text as the scorer reads them."""
    from timeline.extract.when import tag

    found = tag(text, published=day)
    return [{"start": t.start, "end": t.end, "text": t.text, "type": t.type, "value": t.value} for t in found]


def timex(root: Path, work: Path, _jobs: int) -> Row:
    """Time expressions of the three corpora and of the part kept aside; in this process, as no event is asked for."""
    scorer = root / "timex" / "score_timex.py"
    figures: Row = {}
    kept: list[Row] = []
    predicted: list[Row] = []
    for name in ("timebank", "aquaint", "meantime_apple"):
        articles = read(root / "timex" / f"{name}.jsonl")
        rows = [
            {"doc_id": row["doc_id"], "timexes": tagged(row["text"], date.fromisoformat(row["dct"][:10]))}
            for row in articles
        ]
        figures[name] = scored(scorer, root / "timex" / f"{name}.jsonl", write(work / f"{name}.pred.jsonl", rows))
        kept += [row for row in articles if aside(row)]
        predicted += [row for row in rows if aside(row)]
    gold_file, pred_file = write(work / "aside.gold.jsonl", kept), write(work / "aside.pred.jsonl", predicted)
    return figures | {"aside": scored(scorer, gold_file, pred_file)}


def timeset(root: Path, work: Path, jobs: int) -> Row:
    gold = root / "timeset" / "timeset_dev.jsonl"
    found = extract([article(row) for row in read(gold)], work, "timeset", jobs)
    rows = [
        {
            "id": key,
            "events": [
                {
                    "start": e["start"],
                    "end": e["end"],
                    "trigger_start": e["trigger_start"],
                    "trigger_end": e["trigger_end"],
                    "date_edtf": e["when"],
                    "actors": [said for a in e["actors"] for said in (a["name"], a["words"]) if said],
                }
                for e in row["events"]
            ],
        }
        for key, row in found.items()
    ]
    scorer, prediction = root / "timeset" / "score_timeset.py", write(work / "timeset.pred.jsonl", rows)
    # Every fourth article is kept aside: no rule was made from its mistakes.
    kept = [row for number, row in enumerate(read(gold)) if number % 4 == 1]
    few = write(work / "timeset.aside.jsonl", kept)
    few_found = write(work / "timeset.aside.pred.jsonl", [r for r in rows if r["id"] in {k["id"] for k in kept}])
    figures = scored(scorer, gold, prediction, "--checked", "--json")
    return figures | {"aside": scored(scorer, few, few_found, "--checked", "--json")["all"]}


def article(row: Row) -> Row:
    return {"id": row["id"], "text": row["text"], "published": row["published"], "title": row.get("title", "")}


def semeval(root: Path, work: Path, jobs: int) -> Row:
    """Timelines of the corpus's entities: each mention whose actors or sentence name the entity."""
    folder = root / "semeval_apple"
    documents = read(folder / "semeval4_trial_docs.jsonl")
    gold = folder / "semeval4_trial_timelines.jsonl"
    found = extract([article(row) for row in documents], work, "semeval", jobs)
    rows = []
    for timeline in read(gold):
        events = [
            event
            for document in documents
            if document["corpus"] == timeline["corpus"]
            for event in _entity_events(timeline["entity"], document, found[document["id"]])
        ]
        rows.append({"corpus": timeline["corpus"], "entity": timeline["entity"], "events": events})
    return scored(folder / "score_semeval4.py", gold, write(work / "semeval.pred.jsonl", rows), "--json")


def _entity_events(entity: str, document: Row, row: Row) -> Iterable[Row]:
    name = re.compile(r"\b" + r"\s+".join(map(re.escape, entity.split())) + r"\b", re.IGNORECASE)
    for number, event in enumerate(row["events"]):
        named = any(
            name.search(actor["name"]) or f" {entity}".casefold().endswith(f" {actor['name']}".casefold())
            for actor in event["actors"]
        )
        for start, end in event["mentions"]:
            sentence = next((s for s in document["sentences"] if s["start"] <= start < s["end"]), None)
            if sentence is None:
                continue
            if named or name.search(document["text"][sentence["start"] : sentence["end"]]):
                yield {
                    "doc_id": document["id"],
                    "sentence_id": sentence["id"],
                    "date_edtf": event["when"],
                    "trigger": document["text"][start:end],
                    "cluster": f"{document['id']}/{number}",
                }


def gold(root: Path, work: Path, jobs: int) -> Row:
    scorer = root / "gold" / "score_gold.py"
    printed = subprocess.run([sys.executable, str(scorer), "--docs"], capture_output=True, text=True, check=True).stdout
    extract([json.loads(line) for line in printed.splitlines()], work, "gold", jobs)
    return scored(scorer, work / "gold.out.jsonl")


def plover(root: Path, work: Path, jobs: int) -> Row:
    gold_file = root / "plover" / "dev.jsonl"
    rows = [{"id": row["id"], "text": row["text"], "published": row["date"], "title": ""} for row in read(gold_file)]
    extract(rows, work, "plover", jobs)
    return scored(root / "plover" / "score_plover.py", gold_file, work / "plover.out.jsonl")


CORPORA: dict[str, Callable[[Path, Path, int], Row]] = {
    "timex": timex,
    "timeset": timeset,
    "semeval": semeval,
    "gold": gold,
    "plover": plover,
}


def measure(name: str, work: Path, jobs: int = 1) -> Row:
    """The figures of one corpus; predictions are left in `work`."""
    return CORPORA[name](corpora(), work, jobs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", choices=[*CORPORA, []])
    parser.add_argument("--keep", type=Path, help="leave the predictions in this folder")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = options.keep or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        for name in options.corpus or CORPORA:
            print(json.dumps({name: measure(name, work, options.jobs)}), flush=True)


if __name__ == "__main__":
    main()
