"""The tables of scheduled imports, beside those of `tables`: only what runs jobs needs them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timeline.store.columns import Base, RowId, owned


class JobRow(Base):
    """A scheduled import. `definition` is the `Job` as JSON, `settled` the last planned time that was run or missed,
    `next` when it is to run next, null while it is disabled."""

    __tablename__ = "jobs"
    id: Mapped[RowId]
    name: Mapped[str] = mapped_column(unique=True)
    definition: Mapped[str]
    created: Mapped[datetime]
    settled: Mapped[datetime]
    next: Mapped[datetime | None] = mapped_column(index=True)
    failures: Mapped[int]
    trouble: Mapped[str]
    succeeded: Mapped[datetime | None]


class JobRunRow(Base):
    """One execution of a job: of each planned time there is one. Who runs it holds the lease as long as he renews it;
    `token` tells him from who took it over."""

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("job_id", "planned"), Index(None, "job_id", "id"))
    id: Mapped[RowId]
    job_id: Mapped[int] = owned("jobs.id")
    planned: Mapped[datetime]
    status: Mapped[str]
    attempt: Mapped[int]
    token: Mapped[str]
    lease_until: Mapped[datetime | None]
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    next_try: Mapped[datetime | None]
    missed: Mapped[int]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id", ondelete="SET NULL"), index=True)
    added: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    quarantined: Mapped[int]
    linked: Mapped[int]
    error: Mapped[str]


class JobLogRow(Base):
    """A line that a run of a job logged; those of a job's latest runs are kept."""

    __tablename__ = "job_logs"
    __table_args__ = (Index(None, "job_id", "job_run_id"),)
    id: Mapped[RowId]
    job_id: Mapped[int] = owned("jobs.id")
    job_run_id: Mapped[int] = owned("job_runs.id", index=True)
    at: Mapped[datetime]
    level: Mapped[str]
    text: Mapped[str]
