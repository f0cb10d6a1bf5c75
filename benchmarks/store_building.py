"""Building a store of synthetic rows, in a process of its own, so that its memory is its own.

    python -m benchmarks.store_building build URL SIZE [LINKED]
    python -m benchmarks.store_building share URL OTHER_URL SIZE
    python -m benchmarks.store_building undo URL SIZE

`build` saves SIZE rows, `undo` takes a run of them back. `share` saves each batch into one store, then the very tuples
that this wrote into another one, with the same tables, indexes and triggers, by nothing but sqlite3's `executemany`
(PostgreSQL: COPY), and gives how fast the one is beside the other. Making the rows is not counted. Prints one JSON
object.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

from benchmarks import synthetic
from timeline.model import Row
from timeline.store import open_store
from timeline.store.bulk import BATCH, Importer
from timeline.store.engine import Database, parse_url
from timeline.store.loading import CACHE, Loader

Written = tuple[str, Sequence[str], Sequence[tuple[Any, ...]]]


def build(url: str, size: int, linked: bool = False) -> dict[str, float]:
    importer = _importer(url, linked)
    seconds = cpu = 0.0
    for batch in _batches(size):
        begun, used = time.perf_counter(), time.process_time()
        importer.save(batch)
        seconds += time.perf_counter() - begun
        cpu += time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": size, "rows_a_second": size / seconds, "cpu_seconds": cpu, "peak_memory_mb": memory}


def undo(url: str, size: int) -> dict[str, float]:
    with open_store(url) as store:
        run = store.begin_run("import")
        for batch in _batches(size):
            store.save_rows(synthetic.DATASET, batch, run, extractor=synthetic.EXTRACTOR)
        used = time.process_time()
        undone = store.undo_runs(run)
        cpu = time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": undone.gone, "rows_a_cpu_second": undone.gone / cpu, "peak_memory_mb": memory}


def share(url: str, other: str, size: int) -> dict[str, float]:
    importer, plain = _importer(url), plain_loop(other)
    # Both stores know the actors before: what is compared is writing rows.
    everyone = synthetic.everyone()
    importer.save(everyone)
    _importer(other).save(everyone)
    ours = theirs = 0.0
    with noting() as written:
        for batch in _batches(size):
            begun = time.perf_counter()
            importer.save(batch)
            between = time.perf_counter()
            plain(written)
            ours, theirs = ours + between - begun, theirs + time.perf_counter() - between
            written.clear()
    return {"rows": size, "rows_a_second": size / ours, "plain_rows_a_second": size / theirs, "share": theirs / ours}


@contextmanager
def noting() -> Iterator[list[Written]]:
    """Gathers all tuples that an import writes meanwhile."""
    written: list[Written] = []
    load = Loader.load

    def noted(self: Loader, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            written.append((table, columns, rows))
        load(self, table, columns, rows)

    Loader.load = noted  # type: ignore[method-assign]
    try:
        yield written
    finally:
        Loader.load = load  # type: ignore[method-assign]


def _importer(url: str, linked: bool = False) -> Importer:
    with open_store(url):
        pass
    return Importer(Database(parse_url(url)), replace(synthetic.DATASET, linked=linked), None, synthetic.EXTRACTOR)


def _batches(size: int) -> Iterator[list[Row]]:
    rows = synthetic.rows(size)
    while batch := list(islice(rows, BATCH)):
        yield batch


def plain_loop(url: str) -> Any:
    """Writes tuples with nothing between them and the driver."""
    with open_store(url):
        pass
    parsed = parse_url(url)
    return _plain_sqlite(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else _plain_postgresql(parsed)


def _plain_sqlite(path: str) -> Any:
    import sqlite3

    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys=ON", "synchronous=FULL", f"cache_size=-{CACHE}"):
        connection.execute(f"PRAGMA {pragma}")

    def write(written: Sequence[Written]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, columns, rows in written:
            named, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)
        connection.execute("COMMIT")

    return write


def _plain_postgresql(url: Any) -> Any:
    import psycopg

    connection = psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))

    def write(written: Sequence[Written]) -> None:
        with connection.transaction(), connection.cursor() as cursor:
            for table, columns, rows in written:
                named = ", ".join(f'"{column}"' for column in columns)
                with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)

    return write


def main() -> None:
    what, url, *rest = sys.argv[1:]
    if what == "build":
        print(json.dumps(build(url, int(rest[0]), len(rest) > 1)))
    elif what == "undo":
        print(json.dumps(undo(url, int(rest[0]))))
    else:
        print(json.dumps(share(url, rest[0], int(rest[1]))))


if __name__ == "__main__":
    main()
