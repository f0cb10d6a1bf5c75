"""The tables of scheduled imports, beside those of `tables`: only what runs jobs needs them, without the others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from timeline.store.metadata import METADATA, Moment

_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # of a row


def _id() -> Column[int]:
    return Column("id", _NUMBER, primary_key=True)


def _of(name: str, target: str, *, index: bool = False) -> Column[int]:
    """A link to the row that this one belongs to: it goes when that goes."""
    return Column(name, _NUMBER, ForeignKey(target, ondelete="CASCADE"), nullable=False, index=index)


def _told(kind: Any, *names: str) -> list[Column[Any]]:
    return [Column(name, kind, nullable=False) for name in names]


def _moments(*names: str) -> list[Column[Any]]:
    """Null until they come."""
    return [Column(name, Moment) for name in names]


# A scheduled import. `definition` is the `Job` as JSON, `settled` the last planned time that was run or missed, `next`
# when it is to run next, null while it is disabled.
JOBS = Table(
    "jobs",
    METADATA,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    *_told(Text, "definition"),
    *_told(Moment, "created", "settled"),
    Column("next", Moment, index=True),
    *_told(BigInteger, "failures"),
    *_told(Text, "trouble"),
    *_moments("succeeded"),
)

# One execution of a job: of each planned time there is one. Who runs it holds the lease as long as he renews it;
# `token` tells him from who took it over.
RUNS = Table(
    "job_runs",
    METADATA,
    _id(),
    _of("job_id", "jobs.id"),
    *_told(Moment, "planned"),
    *_told(Text, "status"),
    *_told(BigInteger, "attempt"),
    *_told(Text, "token"),
    *_moments("lease_until", "started", "ended", "next_try"),
    *_told(BigInteger, "missed"),
    Column("run_id", _NUMBER, ForeignKey("import_runs.id", ondelete="SET NULL"), index=True),
    *_told(BigInteger, "added", "updated", "unchanged", "quarantined", "linked"),
    *_told(Text, "error"),
    UniqueConstraint("job_id", "planned"),
    Index(None, "job_id", "id"),
)

# A line that a run of a job logged; those of a job's latest runs are kept.
LOGS = Table(
    "job_logs",
    METADATA,
    _id(),
    _of("job_id", "jobs.id"),
    _of("job_run_id", "job_runs.id", index=True),
    *_told(Moment, "at"),
    *_told(Text, "level", "text"),
    Index(None, "job_id", "job_run_id"),
)
