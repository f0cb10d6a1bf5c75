"""A list of jobs says what their states say, and nothing is due where none of them is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from timeline.jobs.scheduled.daemon import claimed
from timeline.jobs.scheduled.running import LEASE, Clock
from timeline.model import Job, JobRunStatus
from timeline.store import open_jobs, open_store
from timeline.store.values import Counts

NOW = datetime(2025, 3, 3, 6, tzinfo=UTC)


def test_a_list_says_what_the_states_of_its_jobs_say(database_url: str) -> None:
    every = Job("wire", ("https://one.example/feed", "https://two.example/feed"), every="6h")
    cron = Job("archive", ("/srv/news",), cron="0 6 * * *", zone="Asia/Yangon")
    with open_store(database_url) as store:
        store.jobs.apply([(every, NOW), (cron, None)], [], NOW - timedelta(hours=6))
        for number in range(2):
            claim = store.jobs.begin("wire", NOW + timedelta(minutes=number), LEASE)
            counts = Counts(number, 1, 2, 3)
            store.jobs.end(claim, JobRunStatus.FAILED, now=NOW + timedelta(minutes=9), counts=counts, error="why")
    with open_jobs(database_url) as jobs:
        states, lines = jobs.all(), jobs.lines()
        assert jobs.lines("wire") == lines[1:]
    for state, line in zip(states, lines, strict=True):
        job, last = state.job, state.last
        assert line[:5] == (
            job.name,
            f"every {job.every}" if job.every else job.cron,
            job.zone,
            [*job.sources],
            state.next,
        )
        assert line[5:7] == (state.trouble, state.failures)
        if last is not None:
            assert line[7:] == (last.started, last.status, last.read, last.added, last.error)
    assert (lines[0].last, lines[1].read, lines[1].failures) == (None, 7, 2)


def test_what_is_due_is_what_would_be_claimed(database_url: str) -> None:
    with open_store(database_url) as store:
        store.jobs.apply([(Job("wire", ("/srv/news",), every="6h"), NOW)], [], NOW - timedelta(hours=6))
        before = NOW - timedelta(seconds=1)
        assert not store.jobs.is_due(before)
        assert list(claimed(store, Clock(lambda: before))) == []
        assert store.jobs.is_due(NOW)
        (claim,) = claimed(store, Clock(lambda: NOW))
        assert not store.jobs.is_due(NOW)  # somebody is at it
        assert store.jobs.is_due(NOW + LEASE)  # who has died
        later = NOW + timedelta(minutes=1)
        store.jobs.end(claim, JobRunStatus.WAITING, now=NOW, next_try=later)
        assert [store.jobs.is_due(at) for at in (NOW, later)] == [False, True]
