"""Who runs which job: claims, leases, takeovers, ends.

Every change is one transaction that writes alone, so that of several daemons one gets a run. What is due is decided
by the caller, who knows schedules; here it is only written down, unless another was faster.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, or_, select, update

from timeline.model import Claim, Job, JobRun, JobRunStatus, JobState
from timeline.model.errors import UsageError
from timeline.store.job_rows import EMPTY, number_of, one_run, run_of, runs, states
from timeline.store.job_tables import JOBS, RUNS

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.store.engine import Database
    from timeline.store.values import Counts

_OPEN = RUNS.c.ended.is_(None)


class Claims:
    """Runs of one store's jobs, and who does them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def path(self) -> Path | None:
        """The file of a SQLite store."""
        return self._database.path

    def due(self, now: datetime, limit: int = 10) -> list[JobState]:
        """Jobs whose time has come and that nobody is at."""
        with self._database.reading() as connection:
            return states(connection, (JOBS.c.next <= now) & _idle(), limit)

    def left(self, now: datetime, limit: int = 10) -> list[JobRun]:
        """Runs that are to be tried again, and those whose process has died: its lease ran out."""
        statement = runs().where(_abandoned(now)).order_by(RUNS.c.id).limit(limit)
        with self._database.reading() as connection:
            return [run_of(row) for row in connection.execute(statement).mappings()]

    def is_due(self, now: datetime) -> bool:
        """Whether there is anything to do: a job that is due, or a run that was left."""
        with self._database.reading() as connection:
            job = select(JOBS.c.id).where((JOBS.c.next <= now) & _idle()).limit(1)
            run = select(RUNS.c.id).where(_abandoned(now)).limit(1)
            return connection.scalar(job) is not None or connection.scalar(run) is not None

    def next(self) -> datetime | None:
        """When something is to be done next, as far as is known now."""
        with self._database.reading() as connection:
            moments = [
                connection.scalar(select(func.min(JOBS.c.next)).where(_idle())),
                connection.scalar(select(func.min(RUNS.c.next_try)).where(_OPEN)),
                connection.scalar(select(func.min(RUNS.c.lease_until)).where(_OPEN)),
            ]
        return min((moment for moment in moments if moment is not None), default=None)

    def claim(
        self, state: JobState, planned: datetime, *, missed: int, next: datetime, now: datetime, lease: timedelta
    ) -> Claim | None:
        """A run of a planned time, and the job's next time. None where another has it, or is at the job."""
        with self._database.writing() as connection:
            if not _as_before(connection, state):
                return None
            same = (RUNS.c.job_id == state.number) & (_OPEN | (RUNS.c.planned == planned))
            if there := connection.execute(select(RUNS.c.ended).where(same)).all():
                if all(ended is not None for (ended,) in there):  # done already, by a clock that was put back since
                    _settle(connection, state.number, planned, next)
                return None
            values = _started(now, lease) | {"job_id": state.number, "planned": planned, "missed": missed}
            number = _inserted(connection, values)
            _settle(connection, state.number, planned, next)
            return _claimed(connection, number, state.job)

    def miss(self, state: JobState, planned: datetime, *, missed: int, next: datetime, now: datetime) -> None:
        """Put a planned time down as missed, unless another was faster."""
        with self._database.writing() as connection:
            if not _as_before(connection, state):
                return
            same = (RUNS.c.job_id == state.number) & (RUNS.c.planned == planned)
            if connection.scalar(select(RUNS.c.id).where(same)) is None:
                values = {"job_id": state.number, "planned": planned, "missed": missed, "ended": now}
                _inserted(connection, values | {"status": JobRunStatus.MISSED.value, "token": ""})
            _settle(connection, state.number, planned, next)

    def plan(self, state: JobState, next: datetime | None, trouble: str = "") -> None:
        """Another next time for a job, None for none because of some trouble, unless another was faster."""
        with self._database.writing() as connection:
            if _as_before(connection, state):
                values = {"next": next, "trouble": trouble}
                connection.execute(update(JOBS).where(JOBS.c.id == state.number).values(**values))

    def begin(self, name: str, now: datetime, lease: timedelta) -> Claim:
        """A run out of turn, by a person's wish; one that waits to be tried again is done now instead.

        Raises NotFoundError; UsageError where somebody is at the job."""
        with self._database.writing() as connection:
            state = states(connection, JOBS.c.id == number_of(connection, name))[0]
            open_ = runs().where((RUNS.c.job_id == state.number) & _OPEN).order_by(RUNS.c.id).limit(1)
            there = connection.execute(open_).mappings().first()
            if there is not None:
                _refuse_running(there, name, now)
                return _again(connection, run_of(there), 1, now, lease)
            values = _started(now, lease) | {"job_id": state.number, "planned": now}
            return _claimed(connection, _inserted(connection, values), state.job)

    def retry(self, number: int, now: datetime, lease: timedelta) -> Claim:
        """A run that failed, was missed, or waits, once more. Raises NotFoundError; UsageError for one that went well
        and where somebody is at the job."""
        with self._database.writing() as connection:
            run = one_run(connection, number)
            if run.status in (JobRunStatus.DONE, JobRunStatus.PARTLY):
                hint = f"'timeline jobs run {run.job}' runs it anew"
                raise UsageError(f"run {number} went well", hint=hint)
            open_ = (RUNS.c.job_id == number_of(connection, run.job)) & _OPEN
            for there in connection.execute(runs().where(open_)).mappings():
                _refuse_running(there, run.job, now)
            return _again(connection, run, 1, now, lease)

    def take_over(self, run: JobRun, now: datetime, lease: timedelta) -> Claim | None:
        """A run that was left, as another try. None where another was faster or is at its job, or the job is gone."""
        with self._database.writing() as connection:
            left = connection.scalar(select(RUNS.c.job_id).where((RUNS.c.id == run.number) & _abandoned(now)))
            busy = (RUNS.c.job_id == left) & (RUNS.c.status == JobRunStatus.RUNNING.value) & (RUNS.c.lease_until > now)
            if left is None or connection.scalar(select(func.count()).where(busy)):
                return None
            return _again(connection, run, run.attempt + 1, now, lease)

    def renew(self, claim: Claim, until: datetime) -> bool:
        """The lease until a later moment; False where it was lost."""
        with self._database.writing() as connection:
            done = connection.execute(update(RUNS).where(_held(claim)).values(lease_until=until))
            return done.rowcount == 1

    def give_back(self, claim: Claim, now: datetime, why: str) -> None:
        """Leave a run to whoever is next; this try does not count."""
        values = {"status": JobRunStatus.WAITING.value, "next_try": now, "lease_until": None, "error": why}
        with self._database.writing() as connection:
            tried = RUNS.c.attempt - 1
            connection.execute(update(RUNS).where(_held(claim)).values(**values, attempt=tried))

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
            if run is not None:
                values["linked"] = _linked(connection, run)
            if connection.execute(update(RUNS).where(_held(claim)).values(**values)).rowcount != 1:
                return None
            found = connection.execute(select(JOBS).where(JOBS.c.name == claim.job.name)).mappings().one()
            if status is not JobRunStatus.WAITING:
                _count(connection, found, claim.job, now, failed=status is JobRunStatus.FAILED)
            return states(connection, JOBS.c.id == found["id"])[0]


def _idle() -> ColumnElement[bool]:
    return JOBS.c.id.not_in(select(RUNS.c.job_id).where(_OPEN))


def _as_before(connection: Connection, state: JobState) -> bool:
    """Whether a job is still to run when it was."""
    there = connection.execute(select(JOBS.c.next, JOBS.c.settled).where(JOBS.c.id == state.number)).first()
    return there is not None and tuple(there) == (state.next, state.settled)


def _refuse_running(row: RowMapping, name: str, now: datetime) -> None:
    if row["status"] == JobRunStatus.RUNNING.value and row["lease_until"] > now:
        raise UsageError(f"the job {name!r} is running", hint="'timeline jobs history' says since when")


def _started(now: datetime, lease: timedelta) -> dict[str, Any]:
    """With a token of its own, by which who holds the lease is told from who held it."""
    held = {"token": secrets.token_hex(8), "lease_until": now + lease}
    return held | {"status": JobRunStatus.RUNNING.value, "started": now, "ended": None, "next_try": None, "error": ""}


def _inserted(connection: Connection, values: dict[str, Any]) -> int:
    return int(connection.execute(insert(RUNS).values(**EMPTY | values)).inserted_primary_key[0])  # type: ignore[index]


def _again(connection: Connection, run: JobRun, attempt: int, now: datetime, lease: timedelta) -> Claim:
    """Another try of a run, under its job as it is defined now."""
    values = _started(now, lease) | {"attempt": attempt}
    connection.execute(update(RUNS).where(RUNS.c.id == run.number).values(**values))
    state = states(connection, JOBS.c.name == run.job)[0]
    return _claimed(connection, run.number, state.job)


def _claimed(connection: Connection, number: int, job: Job) -> Claim:
    row = connection.execute(runs().where(RUNS.c.id == number)).mappings().one()
    return Claim(run_of(row), job, row["token"])


def _abandoned(now: datetime) -> ColumnElement[bool]:
    waiting = (RUNS.c.status == JobRunStatus.WAITING.value) & (RUNS.c.next_try <= now)
    dead = (RUNS.c.status == JobRunStatus.RUNNING.value) & (RUNS.c.lease_until <= now)
    return _OPEN & or_(waiting, dead)


def _held(claim: Claim) -> ColumnElement[bool]:
    own = (RUNS.c.id == claim.run.number) & (RUNS.c.token == claim.token)
    return own & (RUNS.c.status == JobRunStatus.RUNNING.value)


def _settle(connection: Connection, number: int, planned: datetime, next: datetime) -> None:
    connection.execute(update(JOBS).where(JOBS.c.id == number).values(settled=planned, next=next))


def _count(connection: Connection, row: RowMapping, job: Job, now: datetime, *, failed: bool) -> None:
    """Failures in a row; a job that has too many disables itself."""
    failures = row["failures"] + 1 if failed else 0
    values: dict[str, Any] = {"failures": failures} if failed else {"failures": 0, "succeeded": now}
    if failed and job.max_failures and failures >= job.max_failures:
        values |= {"next": None, "trouble": f"it failed {failures} times in a row"}
    connection.execute(update(JOBS).where(JOBS.c.id == row["id"]).values(**values))


def _linked(connection: Connection, run: int) -> int:
    """How many reports of an import tell of what others tell, too."""
    # Imported here: what only asks for jobs does without these tables.
    from timeline.store.tables import EventRow, ReportRow

    shared = select(func.count()).select_from(ReportRow).join(EventRow, EventRow.id == ReportRow.event_id)
    return connection.scalar(shared.where((ReportRow.run_id == run) & (EventRow.reports > 1))) or 0
