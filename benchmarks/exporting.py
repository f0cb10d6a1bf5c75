"""Exports of a store of many events: rows a second and memory, CSV beside a plain sqlite3 cursor with csv.writer.

    python -m benchmarks.exporting [SIZE] [--db FILE] [--formats csv,jsonl,...] [--pandas]

Builds a store of SIZE synthetic events (100,000 without), or asks the one that is there. Each export runs in a process
of its own, beginning and end of it counted. Plain is one SELECT of the very columns that CSV has, names and addresses
gathered by group_concat, and csv.writer; both files must hold the same events. `--pandas` also reads the same SELECT by
pandas, which holds all of it, and writes it as Parquet and as JSON Lines. Prints a table, then one JSON object.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.store import table
from benchmarks.store_building import build
from timeline.exports.formats import formats

_ACTOR = "(SELECT group_concat({what}, '; ') FROM event_actors l JOIN actors a ON a.id = l.actor_id WHERE l.event_id = e.id AND l.role = '{role}') AS {name}"  # noqa: E501
_KEY, _NAME = "a.key", "a.name"
_ACTORS = ", ".join(
    _ACTOR.format(what=what, role=role, name=f"{role}{suffix}")
    for role in ("source", "target", "participant")
    for what, suffix in ((_NAME, "s"), (_KEY, "_ids"))
)
_COUNTRIES = "(SELECT group_concat(country, '; ') FROM event_countries WHERE event_id = e.id) AS countries"
_URLS = (
    "(SELECT group_concat(coalesce(nullif(x.url, ''), nullif(x.origin, ''), nullif(r.url, ''), d.url), ' ') "
    "FROM reports r LEFT JOIN articles x ON x.id = r.article_id LEFT JOIN datasets d ON d.id = r.dataset_id "
    "WHERE r.event_id = e.id) AS urls"
)
PLAIN = (
    "SELECT public_id AS id, title, sentence, edtf AS \"when\", earliest, latest, 'day' AS exactness, when_words, "
    f"type, kind, modality, {_ACTORS}, {_COUNTRIES}, place_name AS place, place_reference AS place_id, place_country, "
    "place_region, place_exactness, latitude, longitude, sources AS source_count, reports AS report_count, "
    f"{_URLS}, first_reported, last_reported, salience, confirmed AS judgement FROM events e WHERE hidden = 0 "
    "ORDER BY e.id"
)


def measure(db: str, names: list[str], *, pandas: bool, folder: Path) -> dict[str, Any]:
    """Figures of the formats asked for, the plain way before and after CSV: what else the machine does changes."""
    found: dict[str, Any] = {}
    for name in names:
        known = formats()[name]
        if name == "csv":
            before = _child("plain", db, str(folder / "plain.csv"))
        found[name] = _command(db, known.name, folder / f"events{known.suffix}")
        if name == "csv":
            after = _child("plain", db, str(folder / "plain.csv"))
            plain = max((before, after), key=lambda each: float(each["rows_a_second"]))
            if _ids(folder / "plain.csv") != _ids(folder / "events.csv"):
                raise SystemExit("the two CSV files hold other events")
            found["plain csv"] = plain
            found["csv beside plain, percent"] = round(100 * found[name]["rows_a_second"] / plain["rows_a_second"])
            found["csv beside plain by CPU, percent"] = round(100 * plain["cpu_seconds"] / found[name]["cpu_seconds"])
    if pandas:
        for name in ("parquet", "jsonl"):
            theirs = found[f"pandas {name}"] = _child("pandas", db, str(folder / f"pandas.{name}"))
            if name in found:
                share = theirs["cpu_seconds"] / found[name]["cpu_seconds"]
                found[f"{name} beside pandas by CPU, percent"] = round(100 * share)
    return found


def _command(db: str, name: str, file: Path) -> dict[str, Any]:
    command = ["-m", "timeline", "export", "--all", "--format", name, "--force", "-o", str(file), "--db", db]
    return _run(command, db, file)


def _child(what: str, db: str, file: str) -> dict[str, Any]:
    return _run(["-m", "benchmarks.exporting", "--child", what, "--db", db, file], db, Path(file))


def _run(arguments: list[str], db: str, file: Path) -> dict[str, Any]:
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"{' '.join(arguments)} failed")
    with sqlite3.connect(db) as connection:
        rows = connection.execute("SELECT COUNT(*) FROM events WHERE hidden = 0").fetchone()[0]
    return {
        "rows_a_second": round(rows / seconds),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "peak_memory_mb": round(used.ru_maxrss / 1024),
        "bytes": file.stat().st_size,
    }


def plain(db: str, file: Path) -> None:
    cursor = sqlite3.connect(db).execute(PLAIN)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([each[0] for each in cursor.description])
        writer.writerows(cursor)


def by_pandas(db: str, file: Path) -> None:
    import pandas as pd

    frame = pd.read_sql_query(PLAIN, sqlite3.connect(db))
    if file.suffix == ".parquet":
        frame.to_parquet(file)
    else:
        frame.to_json(file, orient="records", lines=True, force_ascii=False)


def _ids(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row["id"] for row in csv.DictReader(lines)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", nargs="?", default="100000", help="events, or with --child the file to write")
    parser.add_argument("--db", default="")
    parser.add_argument("--formats", default="csv,jsonl,parquet,xlsx")
    parser.add_argument("--pandas", action="store_true")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        (plain if given.child == "plain" else by_pandas)(given.db, Path(given.size))
        return
    with tempfile.TemporaryDirectory(prefix="timeline-bench-") as name:
        folder = Path(name)
        db = given.db or str(folder / "store.db")
        if not given.db:
            build(db, int(given.size))
        found = measure(db, given.formats.split(","), pandas=given.pandas, folder=folder)
    print("\n".join(table(found)))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
