"""The store's part about scheduled imports: jobs, their runs, and who may do one.

Every change is one transaction that writes alone, so that of several daemons one gets a run. What is due is decided
by the caller, who knows schedules; here it is only written down, unless another was faster.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, or_, select, update

from timeline.model import CatchUp, Claim, Job, JobRun, JobRunStatus, JobState
from timeline.model.errors import NotFoundError, UsageError
from timeline.store.packing import table_of
from timeline.store.tables import JobRow, JobRunRow

if TYPE_CHECKING:
    from timeline.store.engine import Database
    from timeline.store.values import Counts

_JOBS, _RUNS = table_of(JobRow), table_of(JobRunRow)


class JobStore:
    """Scheduled imports of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: Job, now: datetime, next: datetime | None) -> None:
        """A new job. Raises UsageError where there is one of this name."""
        with self._database.writing() as connection:
            if connection.scalar(select(_JOBS.c.id).where(_JOBS.c.name == job.name)) is not None:
                raise UsageError(f"there is a job {job.name!r}", hint="'timeline jobs edit' changes it")
            values = {"created": now, "settled": now, "next": next, "failures": 0, "trouble": ""}
            connection.execute(insert(_JOBS).values(name=job.name, definition=_written(job), **values))

    def change(self, job: Job, now: datetime, next: datetime | None) -> None:
        """A job in place of the one of its name: what is due is counted from now on. Raises NotFoundError."""
        with self._database.writing() as connection:
            number = self._number(connection, job.name)
            values = {"definition": _written(job), "settled": now, "next": next, "failures": 0, "trouble": ""}
            connection.execute(update(_JOBS).where(_JOBS.c.id == number).values(**values))

    def remove(self, name: str) -> None:
        """A job goes with its history; what it imported stays. Raises NotFoundError."""
        with self._database.writing() as connection:
            connection.execute(delete(_JOBS).where(_JOBS.c.id == self._number(connection, name)))

    def all(self) -> list[JobState]:
        """All jobs by name, each with its last run."""
        with self._database.reading() as connection:
            return self._states(connection, _JOBS.c.id.is_not(None))

    def get(self, name: str) -> JobState:
        """The job of a name. Raises NotFoundError with what is called like it."""
        with self._database.reading() as connection:
            return self._states(connection, _JOBS.c.id == self._number(connection, name))[0]

    def history(self, name: str | None = None, limit: int | None = None) -> list[JobRun]:
        """Runs, the latest first, of one job or of all. Raises NotFoundError."""
        statement = _runs().order_by(_RUNS.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            if name is not None:
                statement = statement.where(_RUNS.c.job_id == self._number(connection, name))
            return [_run(row) for row in connection.execute(statement).mappings()]

    def run(self, number: int) -> JobRun:
        """Raises NotFoundError."""
        with self._database.reading() as connection:
            found = connection.execute(_runs().where(_RUNS.c.id == number)).mappings().first()
        if found is None:
            raise NotFoundError(f"no job has a run {number}", hint="'timeline jobs history' lists them")
        return _run(found)

    # Who does what

    def due(self, now: datetime, limit: int = 10) -> list[JobState]:
        """Jobs whose time has come and that nobody is at."""
        busy = select(_RUNS.c.job_id).where(_RUNS.c.ended.is_(None))
        with self._database.reading() as connection:
            return self._states(connection, (_JOBS.c.next <= now) & _JOBS.c.id.not_in(busy), limit)

    def left(self, now: datetime, limit: int = 10) -> list[JobRun]:
        """Runs that are to be tried again, and those whose process has died: its lease ran out."""
        statement = _runs().where(_abandoned(now)).order_by(_RUNS.c.id).limit(limit)
        with self._database.reading() as connection:
            return [_run(row) for row in connection.execute(statement).mappings()]

    def next(self) -> datetime | None:
        """When something is to be done next, as far as is known now."""
        with self._database.reading() as connection:
            moments = [
                connection.scalar(select(func.min(_JOBS.c.next))),
                connection.scalar(select(func.min(_RUNS.c.next_try)).where(_RUNS.c.ended.is_(None))),
                connection.scalar(select(func.min(_RUNS.c.lease_until)).where(_RUNS.c.ended.is_(None))),
            ]
        return min((moment for moment in moments if moment is not None), default=None)

    def claim(
        self, state: JobState, planned: datetime, *, missed: int, next: datetime, now: datetime, lease: timedelta
    ) -> Claim | None:
        """A run of a planned time, and the job's next time. None where another has it, or is at the job."""
        with self._database.writing() as connection:
            busy = connection.scalar(
                select(func.count()).where(
                    (_RUNS.c.job_id == state.number) & (_RUNS.c.ended.is_(None) | (_RUNS.c.planned == planned))
                )
            )
            there = connection.scalar(select(_JOBS.c.next).where(_JOBS.c.id == state.number))
            if busy or there is None or there != state.next:
                return None
            token = secrets.token_hex(8)
            values = _started(token, now, now + lease) | {"job_id": state.number, "planned": planned, "missed": missed}
            number = int(connection.execute(insert(_RUNS).values(**_EMPTY | values)).inserted_primary_key[0])  # type: ignore[index]
            self._settle(connection, state.number, planned, next)
            return Claim(self._one(connection, number), state.job, token)

    def miss(self, state: JobState, planned: datetime, *, missed: int, next: datetime, now: datetime) -> None:
        """Put a planned time down as missed."""
        with self._database.writing() as connection:
            same = (_RUNS.c.job_id == state.number) & (_RUNS.c.planned == planned)
            if connection.scalar(select(_RUNS.c.id).where(same)) is None:
                values = {"job_id": state.number, "planned": planned, "missed": missed, "ended": now}
                connection.execute(insert(_RUNS).values(**_EMPTY | values, status=JobRunStatus.MISSED.value, token=""))
            self._settle(connection, state.number, planned, next)

    def begin(self, name: str, now: datetime, lease: timedelta) -> Claim:
        """A run out of turn, by a person's wish. Raises NotFoundError; UsageError where somebody is at the job."""
        with self._database.writing() as connection:
            state = self._states(connection, _JOBS.c.id == self._number(connection, name))[0]
            same = (_RUNS.c.job_id == state.number) & (_RUNS.c.ended.is_(None) | (_RUNS.c.planned == now))
            if connection.scalar(select(_RUNS.c.id).where(same, ~_abandoned(now))) is not None:
                raise UsageError(f"the job {name!r} is running", hint="'timeline jobs history' says since when")
            token = secrets.token_hex(8)
            values = _started(token, now, now + lease) | {"job_id": state.number, "planned": now}
            number = int(connection.execute(insert(_RUNS).values(**_EMPTY | values)).inserted_primary_key[0])  # type: ignore[index]
            return Claim(self._one(connection, number), state.job, token)

    def take_over(self, run: JobRun, now: datetime, lease: timedelta) -> Claim | None:
        """A run that was left, as another try. None where another was faster, or its job is gone."""
        with self._database.writing() as connection:
            left = connection.scalar(select(_RUNS.c.id).where((_RUNS.c.id == run.number) & _abandoned(now)))
            if left is None:
                return None
            token = secrets.token_hex(8)
            values = _started(token, now, now + lease) | {"attempt": run.attempt + 1}
            connection.execute(update(_RUNS).where(_RUNS.c.id == run.number).values(**values))
            found = self._one(connection, run.number)
            state = self._states(connection, _JOBS.c.name == found.job)[0]
            return Claim(found, state.job, token)

    def renew(self, claim: Claim, until: datetime) -> bool:
        """The lease until a later moment; False where it was lost."""
        with self._database.writing() as connection:
            done = connection.execute(update(_RUNS).where(_held(claim)).values(lease_until=until))
            return done.rowcount == 1

    def end(
        self,
        claim: Claim,
        status: JobRunStatus,
        *,
        now: datetime,
        counts: Counts | None = None,
        run: int | None = None,
        error: str = "",
        next_try: datetime | None = None,
    ) -> JobState | None:
        """How a run ended, or that it waits to be tried again; gives the job, which may have disabled itself. None
        where the lease was lost: then whoever took it over tells."""
        values: dict[str, Any] = {"status": status.value, "error": error, "run_id": run, "next_try": next_try}
        values |= {"lease_until": None, "ended": None if status is JobRunStatus.WAITING else now}
        if counts is not None:
            values |= {n: getattr(counts, n) for n in ("added", "updated", "unchanged", "quarantined")}
        with self._database.writing() as connection:
            if connection.execute(update(_RUNS).where(_held(claim)).values(**values)).rowcount != 1:
                return None
            found = connection.execute(select(_JOBS).where(_JOBS.c.name == claim.job.name)).mappings().one()
            if status is not JobRunStatus.WAITING:
                self._count(connection, found, claim.job, failed=status is JobRunStatus.FAILED)
            return self._states(connection, _JOBS.c.id == found["id"])[0]

    def _count(self, connection: Connection, row: RowMapping, job: Job, *, failed: bool) -> None:
        """Failures in a row; a job that has too many disables itself."""
        failures = row["failures"] + 1 if failed else 0
        values: dict[str, Any] = {"failures": failures}
        if failed and job.max_failures and failures >= job.max_failures:
            values |= {"next": None, "trouble": f"it failed {failures} times in a row"}
        connection.execute(update(_JOBS).where(_JOBS.c.id == row["id"]).values(**values))

    def _settle(self, connection: Connection, number: int, planned: datetime, next: datetime) -> None:
        connection.execute(update(_JOBS).where(_JOBS.c.id == number).values(settled=planned, next=next))

    def _number(self, connection: Connection, name: str) -> int:
        found = connection.scalar(select(_JOBS.c.id).where(_JOBS.c.name == name))
        if found is None:
            near = get_close_matches(name, connection.scalars(select(_JOBS.c.name)).all(), n=3, cutoff=0.5)
            hint = f"Did you mean {', '.join(near)}?" if near else "'timeline jobs list' lists them"
            raise NotFoundError(f"there is no job {name!r}", hint=hint)
        return int(found)

    def _one(self, connection: Connection, number: int) -> JobRun:
        return _run(connection.execute(_runs().where(_RUNS.c.id == number)).mappings().one())

    def _states(self, connection: Connection, where: ColumnElement[bool], limit: int | None = None) -> list[JobState]:
        statement = select(_JOBS).where(where).order_by(_JOBS.c.next if limit else _JOBS.c.name).limit(limit)
        found = list(connection.execute(statement).mappings())
        last = _last_runs(connection, [row["id"] for row in found] if limit else None)
        return [_state(row, last.get(row["id"])) for row in found]


_EMPTY: dict[str, Any] = {
    "attempt": 1,
    "missed": 0,
    "added": 0,
    "updated": 0,
    "unchanged": 0,
    "quarantined": 0,
    "error": "",
}


def _started(token: str, now: datetime, until: datetime) -> dict[str, Any]:
    status = {"status": JobRunStatus.RUNNING.value, "token": token, "lease_until": until, "started": now}
    return status | {"next_try": None, "error": ""}


def _abandoned(now: datetime) -> ColumnElement[bool]:
    waiting = (_RUNS.c.status == JobRunStatus.WAITING.value) & (_RUNS.c.next_try <= now)
    dead = (_RUNS.c.status == JobRunStatus.RUNNING.value) & (_RUNS.c.lease_until <= now)
    return _RUNS.c.ended.is_(None) & or_(waiting, dead)


def _held(claim: Claim) -> ColumnElement[bool]:
    own = (_RUNS.c.id == claim.run.number) & (_RUNS.c.token == claim.token)
    return own & (_RUNS.c.status == JobRunStatus.RUNNING.value)


def _runs() -> Any:
    return select(_RUNS, _JOBS.c.name.label("job")).join(_JOBS, _JOBS.c.id == _RUNS.c.job_id)


def _last_runs(connection: Connection, jobs: Sequence[int] | None) -> dict[int, JobRun]:
    latest = select(func.max(_RUNS.c.id)).group_by(_RUNS.c.job_id)
    if jobs is not None:
        latest = latest.where(_RUNS.c.job_id.in_(jobs))
    found: Iterable[RowMapping] = connection.execute(_runs().where(_RUNS.c.id.in_(latest))).mappings()
    return {row["job_id"]: _run(row) for row in found}


def _run(row: RowMapping) -> JobRun:
    return JobRun(
        row["id"],
        row["job"],
        row["planned"],
        JobRunStatus(row["status"]),
        row["attempt"],
        row["started"],
        row["ended"],
        row["next_try"],
        row["missed"],
        row["run_id"],
        row["added"],
        row["updated"],
        row["unchanged"],
        row["quarantined"],
        row["error"],
    )


def _state(row: RowMapping, last: JobRun | None) -> JobState:
    job = _read(row["name"], row["definition"])
    return JobState(job, row["id"], row["created"], row["settled"], row["next"], row["failures"], row["trouble"], last)


def _written(job: Job) -> str:
    values = asdict(job)
    del values["name"]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _read(name: str, definition: str) -> Job:
    values = json.loads(definition)
    values |= {"sources": tuple(values["sources"]), "catch_up": CatchUp(values["catch_up"])}
    return Job(name=name, **values)
