"""All jobs: what is due is done, one run after another; as many processes as one likes share the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timeline.jobs.scheduled.due import Due, due
from timeline.jobs.scheduled.running import LEASE, Clock
from timeline.jobs.scheduled.schedule import Schedule, delay, schedule_of
from timeline.model import Claim, Job, JobState
from timeline.model.errors import StoreError, UsageError

if TYPE_CHECKING:
    from timeline.store.store import Store

SHORTEST_NAP, LONGEST_NAP = 0.5, 30.0  # seconds: jobs that others add or change are seen after so long


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
        now, moved = clock.now(), False
        for left in store.jobs.left(now):
            if claim := store.jobs.take_over(left, now, LEASE):
                moved = True
                yield claim
        for state in store.jobs.due(now):
            moved = True
            if claim := _claim(store, state, now):
                yield claim
        if not moved:
            return


def _claim(store: Store, state: JobState, now: datetime) -> Claim | None:
    """Ours, or the job has another next time now, by us or by whoever was faster."""
    try:
        schedule = schedule_of(state.job, state.created)
    except UsageError as error:  # such as a time zone that this machine does not know
        store.jobs.plan(state, None, str(error))
        return None
    found = _due(state, schedule, now)
    following = next_time(state.job, schedule, found.planned if found else max(now, state.settled))
    if found is None or following is None:
        store.jobs.plan(state, following)
        return None
    if not found.run:
        store.jobs.miss(state, found.planned, missed=found.missed, next=following, now=now)
        return None
    return store.jobs.claim(state, found.planned, missed=found.missed, next=following, now=now, lease=LEASE)


def _due(state: JobState, schedule: Schedule, now: datetime) -> Due | None:
    """What is due of a job; its times count only once their jitter has passed."""
    return due(schedule, state.settled, now - delay(state.job, schedule.after(state.settled)), state.job.catch_up)


Do = Callable[[Claim], None]


def run_due(store: Store, clock: Clock, do: Do) -> int:
    """Do what is due, and give how many runs that were. Raises StoreError, StopError."""
    number = 0
    for claim in claimed(store, clock):
        do(claim)
        number += 1
    return number


def serve(
    store: Store, clock: Clock, do: Do, nap: Callable[[float], None], trouble: Callable[[StoreError], None]
) -> None:
    """Do what is due, until `nap`, which waits so many seconds, or `do` raises StopError. `trouble` is told when the
    database refuses: it may be there again later."""
    while True:
        try:
            run_due(store, clock, do)
            coming = store.jobs.next()
            left = LONGEST_NAP if coming is None else (coming - clock.now()) / timedelta(seconds=1)
        except StoreError as error:
            trouble(error)
            left = LONGEST_NAP
        nap(min(max(left, SHORTEST_NAP), LONGEST_NAP))
