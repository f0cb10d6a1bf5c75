"""Jobs, their runs and what these logged as rows, and the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from timeline.model import CatchUp, Job, JobRun, JobRunStatus, JobState
from timeline.model.errors import NotFoundError
from timeline.store.job_tables import JobLogRow, JobRow, JobRunRow
from timeline.store.packing import table_of

JOBS, RUNS, LOGS = table_of(JobRow), table_of(JobRunRow), table_of(JobLogRow)

EMPTY: dict[str, Any] = {
    "attempt": 1,
    "missed": 0,
    "added": 0,
    "updated": 0,
    "unchanged": 0,
    "quarantined": 0,
    "linked": 0,
    "error": "",
}


def number_of(connection: Connection, name: str) -> int:
    """The number of the job of a name. Raises NotFoundError with what is called like it."""
    found = connection.scalar(select(JOBS.c.id).where(JOBS.c.name == name))
    if found is None:
        near = get_close_matches(name, connection.scalars(select(JOBS.c.name)).all(), n=3, cutoff=0.5)
        hint = f"Did you mean {', '.join(near)}?" if near else "'timeline jobs list' lists them"
        raise NotFoundError(f"there is no job {name!r}", hint=hint)
    return int(found)


def states(connection: Connection, where: ColumnElement[bool], limit: int | None = None) -> list[JobState]:
    """Jobs by name, with a limit those first whose time comes first; each with its last run."""
    statement = select(JOBS).where(where).order_by(JOBS.c.next if limit else JOBS.c.name).limit(limit)
    found = list(connection.execute(statement).mappings())
    last = _last_runs(connection, [row["id"] for row in found] if limit else None)
    return [_state(row, last.get(row["id"])) for row in found]


def runs() -> Any:
    """Runs with the names of their jobs."""
    return select(RUNS, JOBS.c.name.label("job")).join(JOBS, JOBS.c.id == RUNS.c.job_id)


def one_run(connection: Connection, number: int) -> JobRun:
    """Raises NotFoundError."""
    found = connection.execute(runs().where(RUNS.c.id == number)).mappings().first()
    if found is None:
        raise NotFoundError(f"no job has a run {number}", hint="'timeline jobs history' lists them")
    return run_of(found)


def run_of(row: RowMapping) -> JobRun:
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
        row["linked"],
        row["error"],
    )


def definition(job: Job) -> str:
    """A job as it is kept."""
    values = asdict(job)
    del values["name"]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _last_runs(connection: Connection, jobs: Sequence[int] | None) -> dict[int, JobRun]:
    """One step into an index for each job, however long its history."""
    last = select(func.max(RUNS.c.id)).where(RUNS.c.job_id == JOBS.c.id).correlate(JOBS).scalar_subquery()
    statement = select(RUNS, JOBS.c.name.label("job")).select_from(JOBS).join(RUNS, RUNS.c.id == last)
    if jobs is not None:
        statement = statement.where(JOBS.c.id.in_(jobs))
    return {row["job_id"]: run_of(row) for row in connection.execute(statement).mappings()}


def _state(row: RowMapping, last: JobRun | None) -> JobState:
    values = json.loads(row["definition"])
    values |= {"sources": tuple(values["sources"]), "catch_up": CatchUp(values["catch_up"])}
    job = Job(name=row["name"], **values)
    return JobState(
        job,
        row["id"],
        row["created"],
        row["settled"],
        row["next"],
        row["failures"],
        row["trouble"],
        row["succeeded"],
        last,
    )
