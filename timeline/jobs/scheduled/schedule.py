"""When a job runs: every so often, or by a cron line in a time zone. Pure: no clock.

Cron arithmetic is cronsim's, in the manner of Debian's cron: what is planned for an hour that a zone leaves out in
spring runs at the moment it ends, what is planned for the hour that comes twice in autumn runs once; a line with an
asterisk for the hour follows the real time.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from timeline.model import Job
from timeline.model.errors import UsageError

_LENGTH = re.compile(r"\s*(\d+)\s*(s|m|h|d|w)[a-z]*\s*", re.IGNORECASE | re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_CHANGE_OF_CLOCKS = timedelta(hours=3)
SHORTEST = 60  # seconds between two runs of a job


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many seconds from a moment on, through all changes of clocks."""

    seconds: int
    anchor: datetime

    def after(self, moment: datetime) -> datetime:
        """The first planned time after a moment."""
        step = timedelta(seconds=self.seconds)
        return self.anchor + (max((moment - self.anchor) // step, 0) + 1) * step

    def until(self, moment: datetime) -> datetime:
        """The last planned time up to a moment; the anchor, when nothing is planned, where there is none."""
        step = timedelta(seconds=self.seconds)
        return self.anchor + max((moment - self.anchor) // step, 0) * step


@dataclass(frozen=True, slots=True)
class Cron:
    """By a cron line ("0 6 * * *") in a zone."""

    line: str
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first planned time after a moment."""
        from cronsim import CronSim

        # In the hour that comes twice it may begin with what the first pass of that hour has brought already.
        coming = (each.astimezone(UTC) for each in CronSim(self.line, moment.astimezone(self.zone)))
        return next(each for each in coming if each > moment)

    def until(self, moment: datetime) -> datetime:
        """The last planned time up to a moment."""
        from cronsim import CronSim

        later = (moment.replace(second=0, microsecond=0) + timedelta(minutes=1)).astimezone(self.zone)
        # Backwards it knows nothing of hours that are left out or come twice: the way forward decides.
        for each in CronSim(self.line, later, reverse=True):
            found = self.after(each.astimezone(UTC) - _CHANGE_OF_CLOCKS)
            while found <= moment:
                coming = self.after(found)
                if coming > moment:
                    return found
                found = coming
        raise ValueError("nothing is planned before that")


Schedule = Every | Cron


def schedule_of(job: Job, anchor: datetime) -> Schedule:
    """When a job runs; `anchor` is when it was made. Raises UsageError for what says no time."""
    if bool(job.every) == bool(job.cron):
        raise UsageError("a job runs --every so often or by a --cron line", where=job.name, hint="Give one of both")
    if job.every:
        seconds = seconds_of(job.every, "--every")
        if seconds < SHORTEST:
            raise UsageError(f"--every {job.every}: a job runs once a minute at most", where=job.name)
        return Every(seconds, anchor.astimezone(UTC).replace(microsecond=0))
    return cron_of(job.cron, job.zone)


def cron_of(line: str, zone: str) -> Cron:
    """A cron line of five fields in a zone. Raises UsageError for what is none, and for one that never comes."""
    from cronsim import CronSim, CronSimError

    try:
        found = Cron(line, ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"--tz: there is no time zone {zone!r}", hint="Say one such as Asia/Yangon") from error
    if len(line.split()) != 5:
        raise UsageError(f"--cron: {line!r} has not five fields", hint="Write minute hour day month weekday: 0 6 * * *")
    try:
        next(CronSim(line, datetime(2024, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        raise UsageError(f"--cron: {line!r} is none: {error}", hint="Write such as 0 6 * * 1-5") from error
    except StopIteration as error:
        raise UsageError(f"--cron: {line!r} never comes", hint="Check day and month") from error
    return found


def seconds_of(words: str, option: str) -> int:
    """The seconds of "90s", "30m", "6h", "1d", "2w", "1h30m". Raises UsageError."""
    parts, end, total = list(_LENGTH.finditer(words)), 0, 0
    for part in parts:
        if part.start() != end:
            break
        end, total = part.end(), total + int(part[1]) * _SECONDS[part[2].lower()]
    if not parts or end != len(words) or total > 366 * 86_400:
        raise UsageError(f"{option}: {words!r} is no length of time", hint="Write such as 30m, 6h or 1d")
    return total


def delay(job: Job, planned: datetime) -> timedelta:
    """How much later than planned a run begins: the same for the same time, spread over the job's jitter."""
    if not job.jitter:
        return timedelta()
    told = hashlib.blake2b(f"{job.name}\0{planned.astimezone(UTC).isoformat()}".encode(), digest_size=8).digest()
    return timedelta(seconds=int.from_bytes(told) % (job.jitter + 1))
