"""Ten thousand jobs with a history: how long the commands about them take, each as a process of its own, its start
included: by the clock, and the processor's time (what it is where nothing else runs).

python -m benchmarks.jobs [JOBS [RUNS_EACH]]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from timeline.model import Job
from timeline.store import open_store
from timeline.store.engine import Database, parse_url
from timeline.store.job_rows import EMPTY
from timeline.store.job_tables import RUNS

COMMANDS = (
    ["list"],
    ["list", "--json"],
    ["list", "--csv"],
    ["list", "--nl"],
    ["run-due"],
    ["health"],
    ["metrics"],
    ["history"],
    ["show", "job5000"],
)


def build(path: Path, jobs: int, runs: int) -> None:
    now = datetime.now(UTC)
    with open_store(str(path)) as store:
        made = [Job(f"job{n}", (f"https://example.org/{n}.xml",), every="1d") for n in range(jobs)]
        store.jobs.apply([(job, now + timedelta(hours=12)) for job in made], [], now)
    database = Database(parse_url(str(path)))
    done = EMPTY | {"status": "done", "token": "", "added": 3}
    for number in range(runs):
        at = now - timedelta(days=runs - number)
        times = {"planned": at, "started": at, "ended": at + timedelta(seconds=9)}
        with database.writing() as connection:
            connection.execute(insert(RUNS), [done | times | {"job_id": n + 1} for n in range(jobs)])
    database.close()


def taken(command: list[str]) -> tuple[float, float]:
    """The seconds that a command takes: by the clock, of the processor."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    jobs, runs = (int(each) for each in [*sys.argv[1:], "10000", "20"][:2])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jobs.db"
        build(path, jobs, runs)
        print(f"{jobs:,} jobs, {jobs * runs:,} runs in their history")
        for command in COMMANDS:
            whole = [sys.executable, "-m", "timeline", "jobs", *command, "--db", str(path)]
            wall, processor = (min(each) for each in zip(*(taken(whole) for _ in range(5)), strict=True))
            print(f"timeline jobs {' '.join(command):<16} {wall:.2f} s, {processor:.2f} s of the processor")


if __name__ == "__main__":
    main()
