"""When a job runs: every so often, or by a cron line in a time zone. Pure: no clock.

What fits a cron line is reckoned by cronsim, when a zone's clocks show that by us, in the manner of Debian's cron: what
is planned for an hour that is left out in spring runs at the moment it ends, what is planned for the hour that comes
twice in autumn runs once; a line with an asterisk for minute or hour follows the real time.
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
_SECONDS = {"w": 604_800, "d": 86_400, "h": 3600, "m": 60, "s": 1}
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

        near, best = self._near(moment), None
        for wall in CronSim(self.line, self._wall(moment) - near):
            if best is not None and wall > self._wall(best) + near:
                break
            best = min((at for at in self._shown(wall) if at > moment and (best is None or at < best)), default=best)
        return _found(best)

    def until(self, moment: datetime) -> datetime:
        """The last planned time up to a moment."""
        from cronsim import CronSim

        near, best = self._near(moment), None
        begin = self._wall(moment).replace(second=0, microsecond=0) + timedelta(minutes=1) + near
        for wall in CronSim(self.line, begin, reverse=True):
            if best is not None and wall < self._wall(best) - near:
                break
            best = max((at for at in self._shown(wall) if at <= moment and (best is None or at > best)), default=best)
        return _found(best)

    def _wall(self, moment: datetime) -> datetime:
        """What a clock on the wall shows."""
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def _near(self, moment: datetime) -> timedelta:
        """How far about a moment the wall's order may not be the real one: nothing, but near a change of clocks."""
        before, after = (moment + each for each in (-_CHANGE_OF_CLOCKS, _CHANGE_OF_CLOCKS))
        same = before.astimezone(self.zone).utcoffset() == after.astimezone(self.zone).utcoffset()
        return timedelta() if same else _CHANGE_OF_CLOCKS

    def _shown(self, wall: datetime) -> list[datetime]:
        """When what fits the line is shown, as far as it is to run then."""
        minute, hour = self.line.split()[:2]
        real = minute.startswith("*") or hour.startswith("*")
        first, second = (wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if self._wall(first) == wall:
            return [first, second] if real and first != second else [first]
        if real:
            return []
        while self._wall(first) != wall:
            wall += timedelta(minutes=1)
            first = wall.replace(tzinfo=self.zone).astimezone(UTC)
        return [first]


def _found(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("nothing is planned")
    return moment


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


def length_of(seconds: int) -> str:
    """ "1h30m" of 5400."""
    parts = []
    for unit, size in _SECONDS.items():
        number, seconds = divmod(seconds, size)
        parts += [f"{number}{unit}"] if number else []
    return "".join(parts) or "0s"


def delay(job: Job, planned: datetime) -> timedelta:
    """How much later than planned a run begins: the same for the same time, spread over the job's jitter."""
    if not job.jitter:
        return timedelta()
    told = hashlib.blake2b(f"{job.name}\0{planned.astimezone(UTC).isoformat()}".encode(), digest_size=8).digest()
    return timedelta(seconds=int.from_bytes(told) % (job.jitter + 1))
