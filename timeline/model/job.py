"""Scheduled imports: jobs and their runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

# What is counted of a run.
COUNTS = ("read", "added", "updated", "unchanged", "quarantined", "linked")


class CatchUp(StrEnum):
    """Which planned times are made up for when nothing ran for a while: only the latest, all, or none of them."""

    LATEST = "latest"
    ALL = "all"
    NONE = "none"


class JobRunStatus(StrEnum):
    RUNNING = "running"
    WAITING = "waiting"  # to be tried again
    DONE = "done"
    PARTLY = "partly"
    FAILED = "failed"
    MISSED = "missed"  # nothing ran at that time, and it is not made up for


@dataclass(frozen=True, slots=True)
class Job:
    """A scheduled import as its operator defines it. `every` (such as "6h") or `cron` in `zone`; times in seconds.

    `sources` are paths and addresses, in which "${NAME}" stands for a variable of the environment. `options` are those
    of `timeline import` by name. A run that reads fewer than `expect` items has failed; after `max_failures` failures
    in a row the job disables itself.
    """

    name: str
    sources: tuple[str, ...]
    every: str = ""
    cron: str = ""
    zone: str = "UTC"
    jitter: int = 0
    catch_up: CatchUp = CatchUp.LATEST
    max_failures: int = 5
    timeout: int = 1800
    expect: int = 0
    options: Mapping[str, str] = field(default_factory=dict)
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class JobState:
    """A job with what became of it. `settled` is the last planned time that was run or missed, `next` when it runs
    next, None while it is disabled; `failures` those in a row; `trouble` says why it disabled itself;
    `succeeded` is the end of its last good run."""

    job: Job
    number: int
    created: datetime
    settled: datetime
    next: datetime | None
    failures: int = 0
    trouble: str = ""
    succeeded: datetime | None = None
    last: JobRun | None = None


@dataclass(frozen=True, slots=True)
class JobRun:
    """One execution of a job, planned for a moment. `missed` counts earlier times that it stands for as well.

    `run` is the number of the import, whose counts these are, `linked` how many of its reports tell of what others
    tell, too; `attempt` the number of the try; `error` why it failed.
    """

    number: int
    job: str
    planned: datetime
    status: JobRunStatus
    attempt: int = 1
    started: datetime | None = None
    ended: datetime | None = None
    next_try: datetime | None = None
    missed: int = 0
    run: int | None = None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    linked: int = 0
    error: str = ""

    @property
    def read(self) -> int:
        return self.added + self.updated + self.unchanged + self.quarantined

    @property
    def counts(self) -> dict[str, int]:
        """What came of it, by name, as listings and logs have it."""
        return {name: getattr(self, name) for name in COUNTS}

    @property
    def seconds(self) -> float | None:
        """How long it took; None before its end."""
        return (self.ended - self.started).total_seconds() if self.started and self.ended else None


class JobLine(NamedTuple):
    """A job as a list has it, of which there may be ten thousand. `schedule` is "every 6h" or a cron line; `next` is
    None while it is disabled; `last` is when its last run began, or was planned, None where it has not run."""

    name: str
    schedule: str
    zone: str
    sources: Sequence[str]
    next: datetime | None
    trouble: str
    failures: int
    last: datetime | None
    status: str
    read: int
    added: int
    error: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that this process, and no other, is to do now. `token` proves it: who has lost the lease has another."""

    run: JobRun
    job: Job
    token: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """What a run logged: at a moment, at a level ("info", "warning", "error")."""

    at: datetime
    level: str
    text: str
