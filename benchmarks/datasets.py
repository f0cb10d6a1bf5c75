"""Speed and memory of importing an event data set, beside a plain loop over the same file.

    python -m benchmarks.datasets [SIZE]     100,000 rows unless said; prints a table

The file has SIZE rows of GDELT's second layout (`gdelt_rows`). It is read alone (bytes to rows), then imported as
`timeline import` does it, with one batch after the other written by a plain loop into a second store with the same
tables, indexes and triggers: `csv.reader` over the same lines and sqlite3's `executemany` of the very tuples that the
import stored. What it takes a plain loop to make these tuples is not counted. Memory is that of a process of its own.
"""

from __future__ import annotations

import csv
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.gdelt_rows import lines
from benchmarks.store_building import noting, plain_loop
from timeline.jobs.listening import Listener
from timeline.jobs.reading import Rows
from timeline.jobs.rows import Keeping, import_rows
from timeline.model import Row
from timeline.sources.datasets.gdelt import Gdelt2Reader
from timeline.sources.finding import Found
from timeline.store import open_store


def write(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.writelines(lines(size))


def reading(path: Path) -> dict[str, float]:
    """Bytes to rows, alone."""
    begun, used, rows, bad = time.perf_counter(), time.process_time(), 0, 0
    with path.open("rb") as stream:
        for each in Gdelt2Reader().rows(stream, "file", lambda _: None):
            if isinstance(each, Row):
                rows += 1
            else:
                bad += 1
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    return {"rows": rows, "quarantined": bad, "rows_a_second": (rows + bad) / seconds, "cpu_seconds": cpu}


def importing(path: Path, url: str) -> dict[str, float]:
    """As `timeline import` does it."""
    with open_store(url) as store:
        run = store.begin_run("import")
        begun, used = time.perf_counter(), time.process_time()
        counts = import_rows(store, Rows(Found.file(path), Gdelt2Reader()), Keeping(), run, Listener())
        seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "read": counts.read,
        "added": counts.added,
        "quarantined": counts.quarantined,
        "rows_a_second": counts.read / seconds,
        "cpu_seconds": cpu,
        "peak_memory_mb": memory,
    }


def beside(path: Path, url: str, other: str) -> dict[str, float]:
    """An import and a plain loop, a batch of the one after one of the other."""
    times = {"plain": 0.0, "beside": 0.0, "plain_cpu": 0.0, "beside_cpu": 0.0}
    with (
        open_store(url) as store,
        path.open(encoding="utf-8", errors="replace", newline="") as file,
        noting() as written,
    ):
        plain = plain_loop(other)

        def batch(_origin: str, number: int) -> None:
            called, called_cpu = time.perf_counter(), time.process_time()
            _known(url, other)
            begun, begun_cpu = time.perf_counter(), time.process_time()
            for _ in csv.reader(islice(file, number), delimiter="\t", quoting=csv.QUOTE_NONE):
                pass
            plain(written)
            times["plain"] += time.perf_counter() - begun
            times["plain_cpu"] += time.process_time() - begun_cpu
            written.clear()
            times["beside"] += time.perf_counter() - called
            times["beside_cpu"] += time.process_time() - called_cpu

        run = store.begin_run("import")
        begun, used = time.perf_counter(), time.process_time()
        counts = import_rows(store, Rows(Found.file(path), Gdelt2Reader()), Keeping(), run, Listener(rows=batch))
        seconds = time.perf_counter() - begun - times["beside"]
        cpu = time.process_time() - used - times["beside_cpu"]
    return {
        "rows_a_second": counts.read / seconds,
        "plain_rows_a_second": counts.read / times["plain"],
        "share": times["plain"] / seconds,
        "share_of_cpu": times["plain_cpu"] / cpu,
    }


def _known(url: str, other: str) -> None:
    """The rows that others refer to, not counted: the plain loop needs them too."""
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("ATTACH ? AS ours", (url,))
        with connection:
            for table in ("import_runs", "datasets", "actors"):
                connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM ours.{table}")


def _alone(what: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.datasets", what, *arguments]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


_ALONE: dict[str, Callable[..., dict[str, float]]] = {"read": reading, "import": importing, "beside": beside}


def main() -> None:
    arguments = sys.argv[1:]
    if arguments and arguments[0] in _ALONE:
        told = _ALONE[arguments[0]](Path(arguments[1]), *arguments[2:])
        print(json.dumps(told))
        return
    size = int(arguments[0]) if arguments else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "20210201001500.export.CSV")
        write(path, size)
        print(f"{size:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        for what, stores in (("read", ()), ("import", ("a.db",)), ("beside", ("b.db", "c.db"))):
            told = _alone(what, str(path), *(f"{folder}/{name}" for name in stores))
            print(f"{what:<8}", ", ".join(f"{name} {value:,.2f}" for name, value in told.items()))


if __name__ == "__main__":
    main()
