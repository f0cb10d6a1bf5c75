"""Any number of processes share the jobs of a store: each run is done once, whoever is killed, whenever."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.jobs.scheduled.working import ARTICLES, story
from tests.store.test_kills import is_whole
from timeline.jobs.scheduled.daemon import run_due
from timeline.jobs.scheduled.due import TRIES
from timeline.jobs.scheduled.running import LEASE, Clock, StopError, run
from timeline.model import Claim, Job, JobRunStatus
from timeline.model.errors import NotFoundError, UsageError
from timeline.store import open_store

JOBS = int(os.environ.get("TIMELINE_DUE_JOBS", "120"))
KILLS = int(os.environ.get("TIMELINE_KILLS", "3"))
ROOT = Path(__file__).parents[3]
PAST = datetime(2026, 1, 1, tzinfo=UTC)


def _due(url: str, number: int) -> None:
    """A store with so many jobs that are due once, and no more for a long time."""
    with open_store(url) as store:
        jobs = [Job(f"job{n}", ("a.jsonl",), every="52w") for n in range(number)]
        store.jobs.apply([(job, PAST + timedelta(minutes=1)) for job in jobs], [], PAST - timedelta(weeks=52))


def _child(url: str, lease: float, what: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.jobs.scheduled.working", url, str(lease), what]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, **pipes, cwd=ROOT, text=True)


def test_two_processes_and_a_thousand_jobs_that_are_due_each_is_run_once(database_url: str) -> None:
    _due(database_url, JOBS)
    children = [_child(database_url, 60, "count") for _ in range(2)]
    given: list[str] = []
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        given.append(child.stdout.readline().rstrip())  # each holds one before any goes on: both take part
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        out, problems = child.communicate()
        assert child.returncode == 0, problems
        given += [line for line in out.splitlines() if line.startswith("given")]
    assert Counter(given) == Counter(f"given job{n}" for n in range(JOBS))
    with open_store(database_url) as store:
        runs = store.jobs.history()
        assert {(run.job, run.status, run.attempt) for run in runs} == {
            (f"job{n}", JobRunStatus.DONE, 1) for n in range(JOBS)
        }
        assert len(runs) == JOBS


def test_a_killed_process_is_taken_over_from_and_nothing_is_doubled_or_lost(database_url: str, tmp_path: Path) -> None:
    jobs, lease, draw = max(20, 2 * KILLS), 0.6, random.Random(5)  # noqa: S311
    _due(database_url, jobs)
    killed = 0
    for _ in range(KILLS):
        child = _child(database_url, lease, "import")
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(draw.uniform(0, 0.3))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        killed += child.returncode == -signal.SIGKILL
    with open_store(database_url) as store:
        is_whole(store)
    time.sleep(lease)
    child = _child(database_url, lease, "import")
    assert child.communicate()[1] == ""
    assert child.returncode == 0
    with open_store(database_url) as store, open_store(str(tmp_path / "clean.db")) as clean:
        runs = store.jobs.history()
        assert Counter(run.job for run in runs) == Counter(f"job{n}" for n in range(jobs))
        assert {(run.status, run.error) for run in runs} == {(JobRunStatus.DONE, "")}
        assert killed == KILLS
        assert sum(run.attempt for run in runs) <= jobs + KILLS
        clean.save_all(story(f"job{n}", each) for n in range(jobs) for each in range(ARTICLES))
        is_whole(store)
        assert store.content_hash() == clean.content_hash()


def _clock(now: datetime) -> Clock:
    return Clock(lambda: now, lambda: 0.0, lambda: 1.0)


@pytest.fixture
def clock() -> Clock:
    return _clock(PAST + timedelta(hours=1))


def test_who_lost_its_lease_tells_nothing(database_url: str) -> None:
    _due(database_url, 1)
    now = PAST + timedelta(hours=1)
    with open_store(database_url) as store:
        claims: list[Claim] = []
        run_due(store, _clock(now), claims.append)
        [old] = claims
        later = now + LEASE
        assert store.jobs.renew(old, later)
        assert store.jobs.left(later - timedelta(seconds=1)) == []
        [left] = store.jobs.left(later)
        new = store.jobs.take_over(left, later, LEASE)
        assert new is not None
        assert new.run.attempt == 2
        assert store.jobs.take_over(left, later, LEASE) is None
        assert not store.jobs.renew(old, later)
        assert store.jobs.end(old, JobRunStatus.FAILED, now=later, error="late") is None
        with pytest.raises(UsageError, match="is running"):
            store.jobs.begin("job0", later, LEASE)
        assert store.jobs.end(new, JobRunStatus.DONE, now=later) is not None
        assert store.jobs.run(new.run.number).error == ""


def test_a_run_that_kills_each_process_is_given_up(database_url: str) -> None:
    _due(database_url, 1)
    now = PAST + timedelta(hours=1)
    with open_store(database_url) as store:
        for number in range(TRIES):
            clock = _clock(now + number * LEASE)
            claims: list[Claim] = []
            assert run_due(store, clock, claims.append) == 1
        clock = _clock(now + TRIES * LEASE)
        assert run_due(store, clock, lambda claim: run(store, claim, _never, clock)) == 1  # type: ignore[arg-type]
        [found] = store.jobs.history()
        assert (found.status, found.error) == (JobRunStatus.FAILED, f"its process died in each of {TRIES} tries")


def test_what_is_stopped_is_given_back_and_does_not_count_as_a_try(database_url: str, clock: Clock) -> None:
    _due(database_url, 2)
    with open_store(database_url) as store:

        def stopped(*_: object) -> None:
            raise StopError

        for _ in range(TRIES + 2):
            with pytest.raises(StopError):
                run_due(store, clock, lambda claim: run(store, claim, stopped, clock))  # type: ignore[arg-type]
        runs = store.jobs.history()
        assert {(each.status, each.attempt, each.error) for each in runs} == {
            (JobRunStatus.WAITING, 0, "it was stopped")
        }


def test_a_fault_in_one_job_never_stops_another(database_url: str, clock: Clock) -> None:
    _due(database_url, 3)

    def faulty(store: object, job: Job, listener: object) -> None:
        if job.name != "job2":
            raise ZeroDivisionError("a secret")
        raise NotFoundError("no such thing", where=job.name)

    with open_store(database_url) as store:
        assert run_due(store, clock, lambda claim: run(store, claim, faulty, clock)) == 3  # type: ignore[arg-type]
        errors = {each.job: each.error for each in store.jobs.history()}
        assert errors["job0"].startswith("an unexpected fault (ZeroDivisionError")
        assert errors["job2"] == "job2: no such thing"


def test_a_job_that_this_machine_cannot_reckon_says_so_and_the_others_run(database_url: str, clock: Clock) -> None:
    _due(database_url, 1)
    with open_store(database_url) as store:
        store.jobs.add(Job("odd", ("a",), cron="0 6 * * *", zone="Mars/Base"), PAST, PAST)
        names = []
        assert run_due(store, clock, lambda claim: names.append(claim.job.name)) == 1
        assert names == ["job0"]
        odd = store.jobs.get("odd")
        assert odd.next is None
        assert "no time zone" in odd.trouble


def _never(*_: object) -> None:
    raise AssertionError("it was given up")
