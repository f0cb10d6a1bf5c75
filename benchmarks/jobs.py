"""Ten thousand jobs with a history: how long `list`, `run-due` with nothing due, `health` and `metrics` take.

python -m benchmarks.jobs [JOBS [RUNS_EACH]]
"""

from __future__ import annotations

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
from timeline.store.job_rows import EMPTY, RUNS

COMMANDS = (
    ["list"],
    ["list", "--json"],
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


def main() -> None:
    jobs, runs = (int(each) for each in [*sys.argv[1:], "10000", "20"][:2])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jobs.db"
        build(path, jobs, runs)
        print(f"{jobs:,} jobs, {jobs * runs:,} runs in their history")
        for command in COMMANDS:
            times = []
            for _ in range(5):
                begun = time.perf_counter()
                whole = [sys.executable, "-m", "timeline", "jobs", *command, "--db", str(path)]
                subprocess.run(whole, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
                times.append(time.perf_counter() - begun)
            print(f"timeline jobs {' '.join(command):<16} {min(times):.2f} s")


if __name__ == "__main__":
    main()
