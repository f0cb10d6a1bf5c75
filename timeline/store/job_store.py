"""The store's part about scheduled imports: jobs, their history and what their runs logged.

Every change is one transaction that writes alone. What is due is decided by the caller, who knows schedules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from timeline.model import Job, JobLine, JobRun, JobState, LogLine
from timeline.model.errors import UsageError
from timeline.store import schema
from timeline.store.engine import Database, parse_url
from timeline.store.job_claims import Claims
from timeline.store.job_rows import definition, lines, number_of, one_run, run_of, runs, states
from timeline.store.job_tables import JOBS, LOGS, RUNS

LINES = 500  # of one run that are kept
_LOGGED = 50  # runs of a job whose lines are kept


@contextmanager
def open_jobs(url: str | None) -> Iterator[JobStore]:
    """See `timeline.store.open_jobs`."""
    database = Database(parse_url(url), readonly=True)
    try:
        schema.require(database)
        yield JobStore(database)
    finally:
        database.close()


class JobStore(Claims):
    """Scheduled imports of one store."""

    def add(self, job: Job, now: datetime, next: datetime | None) -> None:
        """A new job. Raises UsageError where there is one of this name."""
        with self._database.writing() as connection:
            if connection.scalar(select(JOBS.c.id).where(JOBS.c.name == job.name)) is not None:
                raise UsageError(f"there is a job {job.name!r}", hint="'timeline jobs edit' changes it")
            _add(connection, job, now, next)

    def change(self, job: Job, now: datetime, next: datetime | None) -> None:
        """A job in place of the one of its name: what is due is counted from now on. Raises NotFoundError."""
        with self._database.writing() as connection:
            _change(connection, job, now, next)

    def remove(self, name: str) -> None:
        """A job goes with its history; what it imported stays. Raises NotFoundError."""
        with self._database.writing() as connection:
            connection.execute(delete(JOBS).where(JOBS.c.id == number_of(connection, name)))

    def apply(self, jobs: Iterable[tuple[Job, datetime | None]], gone: Iterable[str], now: datetime) -> None:
        """Several jobs, each new or in place of the one of its name, with its next time, and without those that are
        gone: all or nothing."""
        with self._database.writing() as connection:
            there = set(connection.scalars(select(JOBS.c.name)))
            for job, moment in jobs:
                (_change if job.name in there else _add)(connection, job, now, moment)
            for name in gone:
                connection.execute(delete(JOBS).where(JOBS.c.name == name))

    def all(self) -> list[JobState]:
        """All jobs by name, each with its last run."""
        with self._database.reading() as connection:
            return states(connection, JOBS.c.id.is_not(None))

    def lines(self, name: str | None = None) -> list[JobLine]:
        """All jobs by name, or the one of a name, as a list has them. Raises NotFoundError."""
        with self._database.reading() as connection:
            one = None if name is None else number_of(connection, name)
            return lines(connection, JOBS.c.id.is_not(None) if one is None else JOBS.c.id == one)

    def get(self, name: str) -> JobState:
        """The job of a name. Raises NotFoundError with what is called like it."""
        with self._database.reading() as connection:
            return states(connection, JOBS.c.id == number_of(connection, name))[0]

    def history(self, name: str | None = None, limit: int | None = None) -> list[JobRun]:
        """Runs, the latest first, of one job or of all. Raises NotFoundError."""
        statement = runs().order_by(RUNS.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            if name is not None:
                statement = statement.where(RUNS.c.job_id == number_of(connection, name))
            return [run_of(row) for row in connection.execute(statement).mappings()]

    def run(self, number: int) -> JobRun:
        """Raises NotFoundError."""
        with self._database.reading() as connection:
            return one_run(connection, number)

    def log(self, number: int, lines: Sequence[LogLine]) -> None:
        """Keep what a run logs: its first lines, of a job's latest runs."""
        with self._database.writing() as connection:
            job = connection.scalar(select(RUNS.c.job_id).where(RUNS.c.id == number))
            there = connection.scalar(select(func.count()).where(LOGS.c.job_run_id == number)) or 0
            kept = lines[: max(LINES - there, 0)] if job is not None else []
            if not kept:
                return
            rows = [{"job_id": job, "job_run_id": number, "at": e.at, "level": e.level, "text": e.text} for e in kept]
            connection.execute(insert(LOGS), rows)
            if not there:
                latest = select(RUNS.c.id).where(RUNS.c.job_id == job).order_by(RUNS.c.id.desc())
                old = latest.offset(_LOGGED).limit(1).scalar_subquery()
                connection.execute(delete(LOGS).where((LOGS.c.job_id == job) & (LOGS.c.job_run_id <= old)))

    def logs(self, number: int) -> list[LogLine]:
        """What is kept of what a run logged, in order. Raises NotFoundError."""
        self.run(number)
        statement = select(LOGS.c.at, LOGS.c.level, LOGS.c.text).where(LOGS.c.job_run_id == number).order_by(LOGS.c.id)
        with self._database.reading() as connection:
            return [LogLine(*row) for row in connection.execute(statement)]


def _add(connection: Connection, job: Job, now: datetime, next: datetime | None) -> None:
    connection.execute(insert(JOBS).values(name=job.name, created=now, **_defined(job, now, next)))


def _change(connection: Connection, job: Job, now: datetime, next: datetime | None) -> None:
    number = number_of(connection, job.name)
    connection.execute(update(JOBS).where(JOBS.c.id == number).values(**_defined(job, now, next)))


def _defined(job: Job, now: datetime, next: datetime | None) -> dict[str, Any]:
    """The columns of a job that begins anew."""
    return {"definition": definition(job), "settled": now, "next": next, "failures": 0, "trouble": ""}
