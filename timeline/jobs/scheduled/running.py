"""One run of a job: its lease renewed while it imports, its end told whatever it is."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from timeline.jobs.importing import Tally
from timeline.jobs.listening import Listener
from timeline.jobs.scheduled.due import TRIES, next_try
from timeline.jobs.secrets import without_secrets
from timeline.model import Claim, Job, JobRunStatus, JobState
from timeline.model.errors import StoreError, TimelineError
from timeline.store.values import Counts

if TYPE_CHECKING:
    from timeline.store.job_store import JobStore
    from timeline.store.store import Store

LEASE = timedelta(minutes=2)
_HUNG = 60.0  # seconds after its time-out at which a run that does not come to an end is taken for hung


class StopError(BaseException):
    """The process is asked to end: what runs is given back, to be done by another. No reader's `except Exception`
    takes it for a fault of what is read."""


class _OverError(TimelineError):
    """A run may not go on: it took too long, or its lease was lost."""


# Imports what a job's sources name.
Import = Callable[["Store", Job, Listener], Tally]


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, passed in: the moment, seconds that only grow, and a number in 0..1."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    seconds: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run's end means."""

    status: JobRunStatus
    error: str = ""
    passing: bool = False
    retry_after: float | None = None


def verdict(tally: Tally, expect: int) -> Verdict:
    """How a run went that came to its end. A source that gives nothing, or less than is expected, is an error, unless
    it says itself that nothing is new."""
    counts = tally.counts
    good = counts.read - counts.quarantined
    waits = max((bad.retry_after or 0.0 for bad in tally.passing), default=0.0) or None
    if tally.passing:
        return Verdict(JobRunStatus.FAILED, tally.problem, True, waits)
    if tally.missing or (counts.quarantined and not good):
        return Verdict(JobRunStatus.FAILED, tally.problem or "nothing could be read")
    if not counts.read:
        return Verdict(JobRunStatus.FAILED, "its sources gave nothing")
    if good < expect and not tally.as_before:
        what = f"its sources gave {good} item{'' if good == 1 else 's'} where at least {expect} are expected"
        return Verdict(JobRunStatus.FAILED, what)
    return Verdict(JobRunStatus.PARTLY if counts.quarantined else JobRunStatus.DONE, tally.problem)


@dataclass(slots=True)
class _Watch:
    """Ends a run that may not go on: asked at each item."""

    until: float
    seconds: Callable[[], float]
    lost: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        if self.lost.is_set():
            raise _OverError("another process has taken the run over")
        if self.seconds() > self.until:
            raise _OverError("it took longer than its time-out", hint="Give it more: timeline jobs edit --timeout")


def run(
    store: Store,
    claim: Claim,
    importing: Import,
    clock: Clock,
    listener: Listener | None = None,
    hung: Callable[[], None] = lambda: None,
) -> JobState | None:
    """Do a run that is ours; gives the job afterwards, None where the run was lost to another process.

    A failure for a passing reason is tried again later. Whatever goes wrong is told in the history, and nothing is
    raised, except StopError, StoreError where not even the end can be told, and what ends a process: then the run is
    free for another. `hung` is called, in another thread, where a run does not end long after its time-out.
    """
    jobs, listener = store.jobs, listener or Listener()
    watch = _Watch(clock.seconds() + claim.job.timeout, clock.seconds)
    try:
        with _renewed(jobs, claim, watch, clock, hung):
            if claim.run.attempt > TRIES:
                found, tally = Verdict(JobRunStatus.FAILED, f"its process died in each of {TRIES} tries"), None
            else:
                found, tally = _imported(store, claim.job, importing, listener, watch)
    except (StopError, KeyboardInterrupt):
        jobs.give_back(claim, clock.now(), "it was stopped")
        raise
    again = next_try(claim.run.attempt, clock.now(), clock.chance(), found.retry_after) if found.passing else None
    return jobs.end(
        claim,
        JobRunStatus.WAITING if again else found.status,
        now=clock.now(),
        counts=tally.counts if tally else Counts(),
        run=tally.run if tally else None,
        error=without_secrets(found.error, claim.job),
        next_try=again,
    )


def _imported(
    store: Store, job: Job, importing: Import, listener: Listener, watch: _Watch
) -> tuple[Verdict, Tally | None]:
    def item(origin: str) -> None:
        watch.check()
        listener.item(origin)

    def rows(origin: str, number: int) -> None:
        watch.check()
        listener.rows(origin, number)

    told = Listener(item, rows, listener.problem, listener.warning, listener.spent)
    try:
        tally = importing(store, job, told)
    except TimelineError as error:
        # What the database refuses now it may take later.
        return Verdict(JobRunStatus.FAILED, str(error), passing=isinstance(error, StoreError)), None
    except Exception as error:  # noqa: BLE001 - a fault of ours in one job must not end the others
        what = f"an unexpected fault ({type(error).__name__}: {error}). Please report it"
        return Verdict(JobRunStatus.FAILED, " ".join(what.split())), None
    return verdict(tally, job.expect), tally


@contextmanager
def _renewed(jobs: JobStore, claim: Claim, watch: _Watch, clock: Clock, hung: Callable[[], None]) -> Iterator[None]:
    """The lease is renewed in a thread as long as this lasts, unless the run hangs."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(LEASE.total_seconds() / 4):
            if clock.seconds() > watch.until + _HUNG:
                watch.lost.set()
                hung()
                return
            try:
                if not jobs.renew(claim, clock.now() + LEASE):
                    watch.lost.set()
                    return
            except TimelineError:
                continue  # the database is busy: there is time for three more

    thread = threading.Thread(target=renew, name="timeline-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
