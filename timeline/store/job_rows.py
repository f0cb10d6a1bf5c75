"""Jobs, their runs and what these logged as rows, and the way back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Connection, Join, RowMapping, func, select

from timeline.model import CatchUp, Job, JobLine, JobRun, JobRunStatus, JobState
from timeline.model.errors import NotFoundError
from timeline.store.job_tables import JOBS, RUNS

# Columns in the order of the fields of `JobState` and `JobRun` (whose second is its job's name).
_STATE = tuple(
    JOBS.c[name]
    for name in ("name", "definition", "id", "created", "settled", "next", "failures", "trouble", "succeeded")
)
_RUN = tuple(
    RUNS.c[name]
    for name in (
        "id", "planned", "status", "attempt", "started", "ended", "next_try", "missed", "run_id", "added", "updated",
        "unchanged", "quarantined", "linked", "error",
    )
)  # fmt: skip

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
    statement = select(*_STATE, *_RUN).select_from(_with_last()).where(where)
    found = connection.execute(statement.order_by(JOBS.c.next if limit else JOBS.c.name).limit(limit))
    return [_state(*row) for row in found]


def lines(connection: Connection, where: ColumnElement[bool]) -> list[JobLine]:
    """The same as a list has them, with nothing read that it does not show."""
    last = RUNS.c
    counts = last.added + last.updated + last.unchanged + last.quarantined
    shown = (func.coalesce(last.started, last.planned), last.status, counts, last.added, last.error)
    own = (JOBS.c.name, JOBS.c.definition, JOBS.c.next, JOBS.c.trouble, JOBS.c.failures)
    statement = select(*own, *shown).select_from(_with_last()).where(where).order_by(JOBS.c.name)
    return [_line(*row) for row in connection.execute(statement)]


def _with_last() -> Join:
    """Jobs, each with its last run: one step into an index, however long the history."""
    last = select(func.max(RUNS.c.id)).where(RUNS.c.job_id == JOBS.c.id).correlate(JOBS).scalar_subquery()
    return JOBS.outerjoin(RUNS, RUNS.c.id == last)


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
    return _run(row["job"], *(row[column.name] for column in _RUN))


def definition(job: Job) -> str:
    """A job as it is kept."""
    values = asdict(job)
    del values["name"]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _state(name: str, defined: str, *rest: Any) -> JobState:
    values = json.loads(defined)
    values |= {"sources": tuple(values["sources"]), "catch_up": CatchUp(values["catch_up"])}
    number, created, settled, next_, failures, trouble, succeeded, *last = rest
    ran = None if last[0] is None else _run(name, *last)
    return JobState(Job(name=name, **values), number, created, settled, next_, failures, trouble, succeeded, ran)


_decoded = json.JSONDecoder().decode  # what `loads` calls after some questions about its argument


def _line(name: str, defined: str, *rest: Any) -> JobLine:
    job = _decoded(defined)
    schedule = f"every {job['every']}" if job["every"] else job["cron"]
    return JobLine(name, schedule, job["zone"], job["sources"], *rest)


def _run(job: str, number: int, planned: datetime, status: str, *rest: Any) -> JobRun:
    return JobRun(number, job, planned, JobRunStatus(status), *rest)
