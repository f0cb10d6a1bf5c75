"""When jobs run: three years in five zones as an oracle says that knows nothing of how it is reckoned."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from timeline.jobs.scheduled.due import GRACE, due
from timeline.jobs.scheduled.schedule import Cron, Every, cron_of, delay, schedule_of, seconds_of
from timeline.model import CatchUp, Job
from timeline.model.errors import UsageError

ZONES = ("UTC", "Asia/Yangon", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
# A line with its minutes, hours, days of the month and of the week (Monday is 0), and whether it follows real time.
LINES = {
    "30 2 * * *": ({30}, {2}, range(1, 32), range(7), False),
    "45 1 * * 0": ({45}, {1}, range(1, 32), {6}, False),
    "15 1,2,3 * * *": ({15}, {1, 2, 3}, range(1, 32), range(7), False),
    "0 6 * * 1-5": ({0}, {6}, range(1, 32), range(5), False),
    "0 0 1 * *": ({0}, {0}, {1}, range(7), False),
    "15 */6 * * *": ({15}, {0, 6, 12, 18}, range(1, 32), range(7), True),
    "*/30 1-3 * * *": ({0, 30}, {1, 2, 3}, range(1, 32), range(7), True),
}
QUARTER = timedelta(minutes=15)


@cache
def clocks(zone: str) -> tuple[tuple[datetime, datetime], ...]:
    """Every quarter of an hour, and what the clock on the wall shows then: all lines and all offsets are multiples."""
    where, at, found = ZoneInfo(zone), BEGIN - timedelta(days=2), []
    while at < END + timedelta(days=2):
        found.append((at, at.astimezone(where).replace(tzinfo=None)))
        at += QUARTER
    return tuple(found)


@cache
def oracle(line: str, zone: str) -> tuple[datetime, ...]:
    minutes, hours, days, weekdays, real = LINES[line]

    def fits(wall: datetime) -> bool:
        return wall.minute in minutes and wall.hour in hours and wall.day in days and wall.weekday() in weekdays

    found = set()
    shown = defaultdict(list)
    for at, wall in clocks(zone):
        shown[wall].append(at)
        if real and fits(wall):
            found.add(at)
    if not real:
        walls = sorted(shown)
        wall = walls[0]
        while wall <= walls[-1]:
            if fits(wall):
                later = wall
                while later not in shown:  # left out: at the moment when the hour that is left out ends
                    later += QUARTER
                found.add(min(shown[later]))  # twice: the first time
            wall += QUARTER
    return tuple(sorted(at for at in found if BEGIN < at < END))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("line", LINES)
def test_three_years_of_planned_times_are_the_oracles(line: str, zone: str) -> None:
    schedule, wanted, found = cron_of(line, zone), oracle(line, zone), []
    at = schedule.after(BEGIN)
    while at < END:
        found.append(at)
        at = schedule.after(at)
    assert tuple(found) == wanted


@pytest.mark.parametrize("zone", ZONES)
def test_from_any_moment_the_next_and_the_last_planned_time_are_the_oracles(zone: str) -> None:
    draw = random.Random(zone)  # noqa: S311
    changes = [at for (at, wall), (_, next_) in pairwise(clocks(zone)) if next_ - wall != QUARTER]
    for line in LINES:
        schedule, wanted = cron_of(line, zone), oracle(line, zone)
        near = [at + timedelta(minutes=m) for at in changes for m in range(-195, 196, 15) if BEGIN < at < END]
        for at in [*near, *(BEGIN + timedelta(minutes=draw.randint(50_000, 1_500_000)) for _ in range(20))]:
            place = bisect_right(wanted, at)
            assert (schedule.until(at), schedule.after(at)) == (wanted[place - 1], wanted[place])


def test_a_length_of_time_is_kept_through_all_changes_of_clocks() -> None:
    schedule = Every(6 * 3600, BEGIN)
    at, found = BEGIN, []
    while (at := schedule.after(at)) < END:
        found.append(at)
    assert found == [BEGIN + timedelta(hours=6 * n) for n in range(1, len(found) + 1)]
    assert len(found) == (END - BEGIN) // timedelta(hours=6) - 1
    assert schedule.until(found[7] + timedelta(hours=5)) == found[7]


@cache
def moments(step: timedelta) -> tuple[datetime, ...]:
    """What a machine's clock shows, each time it looks, for three years: put right by seconds all the time, an hour
    back, three days forward, and a week asleep."""
    draw, at, found = random.Random(7), BEGIN, []  # noqa: S311
    falls = {
        datetime(2024, 5, 5, 3, tzinfo=UTC): timedelta(hours=-1),
        datetime(2024, 10, 27, 1, 10, tzinfo=UTC): timedelta(hours=-1),
        datetime(2025, 3, 8, tzinfo=UTC): timedelta(days=3),
        datetime(2026, 3, 28, 12, tzinfo=UTC): timedelta(days=7),
    }
    while at < END:
        found.append(at + timedelta(seconds=draw.uniform(-2, 2)))
        at += step
        for when in [when for when in falls if when <= at]:
            at += falls.pop(when)
    return tuple(found)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("line", "catch_up"), [*(("30 2 * * *", each) for each in CatchUp), ("15 */6 * * *", CatchUp.LATEST)]
)
def test_nothing_is_run_twice_and_nothing_is_missing_whatever_the_clock_does(
    line: str, catch_up: CatchUp, zone: str
) -> None:
    schedule, last, step = cron_of(line, zone), BEGIN, timedelta(minutes=10)
    ran, missed, coming = [], 0, schedule.after(BEGIN)
    asleep = {at for before, at in pairwise(moments(step)) if at - before > timedelta(hours=1)}
    for now in moments(step):
        if now < coming:  # as a daemon, which looks at the next time only
            continue
        while found := due(schedule, last, now, catch_up):
            last = found.planned
            missed += found.missed + (not found.run)
            if found.run:
                ran.append(found.planned)
                late = now - found.planned
                assert late >= timedelta()
                if now not in asleep:
                    assert late <= step + timedelta(seconds=4)
                elif catch_up is CatchUp.NONE:
                    assert late <= GRACE
        coming = schedule.after(last)
    wanted = [at for at in oracle(line, zone) if at <= now]
    assert ran == sorted(set(ran))
    assert set(ran) <= set(wanted)
    assert len(ran) + missed == len(wanted)
    if catch_up is CatchUp.ALL:
        assert ran == wanted
        assert missed == 0
    else:
        # All but those of ten days in three years were run.
        gone = sorted(set(wanted) - set(ran))
        assert 8 <= len(gone) <= (11 if line.startswith("30") else 41)


def test_jitter_is_the_same_for_the_same_time_and_spread_over_its_length() -> None:
    job = Job("wire", ("a",), every="1h", jitter=600)
    times = [BEGIN + timedelta(hours=n) for n in range(500)]
    found = [delay(job, at) for at in times]
    assert found == [delay(job, at) for at in times]
    assert all(timedelta() <= each <= timedelta(seconds=600) for each in found)
    assert len(set(found)) > 200
    assert delay(Job("wire", ("a",), every="1h"), BEGIN) == timedelta()


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("90s", 90), ("30m", 1800), ("6h", 21_600), ("1d", 86_400), ("2w", 1_209_600), ("1h30m", 5400)],
)
def test_lengths_of_time_are_read(words: str, seconds: int) -> None:
    assert seconds_of(words, "--every") == seconds


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (Job("j", ("a",)), "--every so often or by a --cron line"),
        (Job("j", ("a",), every="1h", cron="0 6 * * *"), "--every so often or by a --cron line"),
        (Job("j", ("a",), every="10s"), "once a minute"),
        (Job("j", ("a",), every="soon"), "no length of time"),
        (Job("j", ("a",), cron="0 6 * *"), "five fields"),
        (Job("j", ("a",), cron="0 0 6 * * *"), "five fields"),
        (Job("j", ("a",), cron="0 25 * * *"), "is none"),
        (Job("j", ("a",), cron="0 6 30 2 *"), "is none"),
        (Job("j", ("a",), cron="0 6 * * *", zone="Asia/Rangun"), "no time zone"),
        (Job("j", ("a",), cron="0 6 * * *", zone="../UTC"), "no time zone"),
    ],
)
def test_what_says_no_time_is_refused_with_a_reason(job: Job, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        schedule_of(job, BEGIN)


def test_a_zone_is_the_jobs_own() -> None:
    found = schedule_of(Job("j", ("a",), cron="0 6 * * *", zone="Asia/Yangon"), BEGIN)
    assert isinstance(found, Cron)
    assert found.after(BEGIN) == datetime(2024, 1, 1, 23, 30, tzinfo=UTC)
