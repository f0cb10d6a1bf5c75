"""All jobs: what is due is done, one run after another; as many processes as one likes share the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timeline.jobs.scheduled.due import Due, due
from timeline.jobs.scheduled.running import LEASE, Clock, Import, run
from timeline.jobs.scheduled.schedule import Schedule, delay, schedule_of
from timeline.model import Claim, Job, JobState

if TYPE_CHECKING:
    from timeline.store.store import Store

LONGEST_NAP = 30.0  # seconds: jobs that others add or change are seen after so long


def next_time(job: Job, schedule: Schedule, after: datetime) -> datetime | None:
    """When a job runs next after a planned time, its jitter included; None while it is disabled."""
    if not job.enabled:
        return None
    planned = schedule.after(after)
    return planned + delay(job, planned)


def claimed(store: Store, clock: Clock) -> Iterator[Claim]:
    """Runs that are ours to do now, until nothing is due: those that were left by others first. Times that are not made
    up for are put down as missed."""
    while True:
        now, tried = clock.now(), False
        for left in store.jobs.left(now):
            if claim := store.jobs.take_over(left, now, LEASE):
                tried = True
                yield claim
        for state in store.jobs.due(now):
            tried = True
            if claim := _claim(store, state, now):
                yield claim
        if not tried:
            return


def _claim(store: Store, state: JobState, now: datetime) -> Claim | None:
    schedule = schedule_of(state.job, state.created)
    found = _due(state, schedule, now)
    if found is None:
        return None
    following = next_time(state.job, schedule, found.planned)
    if following is None:
        return None
    if not found.run:
        store.jobs.miss(state, found.planned, missed=found.missed, next=following, now=now)
        return None
    return store.jobs.claim(state, found.planned, missed=found.missed, next=following, now=now, lease=LEASE)


def _due(state: JobState, schedule: Schedule, now: datetime) -> Due | None:
    """What is due of a job; its times count only once their jitter has passed."""
    return due(schedule, state.settled, now - delay(state.job, schedule.after(state.settled)), state.job.catch_up)


Done = Callable[[Claim, JobState | None], None]


def run_due(store: Store, importing: Import, clock: Clock, done: Done) -> int:
    """Do what is due, and give how many runs that were. Raises StoreError, StopError."""
    number = 0
    for claim in claimed(store, clock):
        done(claim, run(store, claim, importing, clock))
        number += 1
    return number


def serve(store: Store, importing: Import, clock: Clock, done: Done, nap: Callable[[float], bool]) -> None:
    """Do what is due for ever; `nap` waits so many seconds and says whether to stop."""
    while True:
        run_due(store, importing, clock, done)
        coming = store.jobs.next()
        left = LONGEST_NAP if coming is None else (coming - clock.now()) / timedelta(seconds=1)
        if nap(min(max(left, 0.5), LONGEST_NAP)):
            return
