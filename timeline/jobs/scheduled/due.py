"""Which planned times are to be run now, and what becomes of a run. Pure: the clock and chance are passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from timeline.jobs.scheduled.schedule import Every, Schedule
from timeline.model import CatchUp

# With --catch-up none a time is still run so long after it was planned: cron and timers call us a little late.
GRACE = timedelta(minutes=15)
_FIRST_PAUSE, _LONGEST_PAUSE = 30.0, 3600.0  # seconds before a second try, at most
TRIES = 4


@dataclass(frozen=True, slots=True)
class Due:
    """A planned time that is to be run (`run`) or put down as missed, and how many earlier ones it stands for."""

    planned: datetime
    run: bool = True
    missed: int = 0


def due(schedule: Schedule, last: datetime, now: datetime, catch_up: CatchUp) -> Due | None:
    """What is due of a job whose `last` time was settled; None where nothing is."""
    first = schedule.after(last)
    if first > now:
        return None
    if catch_up is CatchUp.ALL:
        return Due(first)
    latest = max(schedule.until(now), first)
    on_time = catch_up is CatchUp.LATEST or now - latest <= GRACE
    return Due(latest, on_time, _between(schedule, first, latest))


def _between(schedule: Schedule, first: datetime, latest: datetime) -> int:
    """How many times are planned from `first` until before `latest`."""
    if isinstance(schedule, Every):
        return round((latest - first) / timedelta(seconds=schedule.seconds))
    count = 0
    while first < latest:
        first, count = schedule.after(first), count + 1
    return count


def next_try(attempt: int, now: datetime, chance: float, retry_after: float | None = None) -> datetime | None:
    """When a run that failed for a passing reason is tried again; None after the last try.

    Full jitter: a random part (`chance` in 0..1) of a pause that doubles with each try; never before the server that
    refused wants to be asked again. Source: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    """
    if attempt >= TRIES:
        return None
    pause = chance * min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE)
    return now + timedelta(seconds=max(pause, retry_after or 0.0))
