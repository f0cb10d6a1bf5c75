"""A week of operation in seconds: sources that misbehave one time in five leave the store as one clean import would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.jobs.scheduled.week import BEGIN, DAYS, END, FAULTS, GDELT, HOSTS, ITEMS, Item, World
from tests.sources.faults import faulty
from timeline.jobs.listening import Listener
from timeline.jobs.scheduled.daemon import run_due
from timeline.jobs.scheduled.importing import Importing
from timeline.jobs.scheduled.running import LEASE, Clock, run
from timeline.model import Claim, Event, Job, JobRunStatus
from timeline.model.merging import Sourced, derive
from timeline.store import ids, open_store
from timeline.store.store import Store


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Store, Store]]:
    """The world after the week, the store that followed it, and one that knows only its end."""
    folder = tmp_path_factory.mktemp("week")
    with (
        faulty() as server,
        open_store(str(folder / "week.db")) as store,
        open_store(str(folder / "clean.db")) as clean,
    ):
        world = World(server)
        jobs = _jobs(world)
        _followed(world, store, jobs)
        world.whole = True
        with Importing({}, world.opened) as importing:
            for job in jobs:
                importing(clean, job, Listener())
        yield world, store, clean


def _jobs(world: World) -> list[Job]:
    known = {"allow-private": "yes"}

    def job(name: str, path: str, host: str, every: str, **options: str) -> Job:
        return Job(name, (world.server.url(path, host=host),), every=every, options=known | options)

    return [
        job("one", "/one.xml", "one.example", "6h"),
        job("two", "/two.xml", "two.example", "6h"),
        job("three", "/three.xml", "three.example", "12h", follow="yes"),
        job("gdelt", "/masterfilelist.txt", GDELT, "12h", follow="yes"),
    ]


def _followed(world: World, store: Store, jobs: list[Job]) -> None:
    clock = Clock(lambda: world.now, lambda: 0.0, world.draw.random)
    store.jobs.apply([(job, BEGIN) for job in jobs], [], BEGIN - timedelta(hours=12))
    with Importing({}, world.opened) as importing:

        def done(claim: Claim) -> None:
            run(store, claim, importing, clock)
            world.sleep(0)

        while world.now < END:
            run_due(store, clock, done)
            coming = store.jobs.next()
            assert coming is not None
            world.now = max(coming, world.now)
            world.sleep(0)
    world.now, world.trouble = END + timedelta(hours=1), False
    with Importing({}, world.opened) as importing:
        for job in jobs:
            run(store, store.jobs.begin(job.name, world.now, LEASE), importing, clock)


def test_it_ends_as_one_clean_import(week: tuple[World, Store, Store]) -> None:
    world, store, clean = week
    papers = [Item(host, number) for host in HOSTS[:3] for number in range(ITEMS)]
    assert clean.status().articles == sum(not item.withdrawn(world.now) for item in papers) < len(papers)
    assert (store.status().articles, store.status().reports) == (clean.status().articles, clean.status().reports)
    assert store.status().quarantined == clean.status().quarantined == 0
    corrected = {now for each in store.article_ids() if (now := _id_now(store, each)) != each}
    assert 0 < len(corrected) < store.status().articles / 2
    assert _told(store, corrected) == _told(clean, corrected)
    assert list(store.check(deep=True)) == []


def _told(store: Store, corrected: set[str]) -> list[str]:
    """All events, whole. A corrected article keeps its id, which is that of its first text, and of reports that are
    worth the same that of the lowest id speaks for the event. So an event is told as it is where articles have the ids
    of the texts that they have now, and its own id is left out where one of its articles was corrected."""
    found = []
    for event in store.events():
        evidence = store.evidence(event.id)
        now = {each.article_id: _id_now(store, each.article_id) for each in evidence}
        sourced = [Sourced(each.read, each.article_id, each.url, each.published) for each in evidence]
        assert _plain(derive(sourced)) == _plain(event)
        own = event.id if corrected.isdisjoint(now.values()) else ""
        seen = derive((replace(each, source=now[each.source]) for each in sourced), event_id=own)
        told = sorted(f"{each.title} {each.url} {each.publisher} {each.published} {each.report!r}" for each in evidence)
        found.append(f"{seen!r} {told}")
    return sorted(found)


def _id_now(store: Store, name: str) -> str:
    """The id that an article would have that came now; the name of a data set stays."""
    return ids.article_id(store.article(name).text) if len(name) == ids.ID_LENGTH else name


def _plain(event: Event) -> Event:
    """Without what a store adds, and what it keeps of reports alone: the reasons of those that take part."""
    actors = tuple(replace(each, words="", span=None, reason="") for each in event.actors)
    return replace(event, actors=actors, id="", urls=())


def test_what_was_withdrawn_has_left_tombstones(week: tuple[World, Store, Store]) -> None:
    world, store, _ = week
    with store.connection() as connection:
        stones = connection.exec_driver_sql("SELECT source, key FROM tombstones").all()
        known = set(
            connection.exec_driver_sql("SELECT public_id FROM articles UNION SELECT key FROM reports").scalars()
        )
    assert {source for source, _ in stones} == {"two.example", "three.example"}
    assert known.isdisjoint(key for _, key in stones)
    withdrawn = [number for number in range(ITEMS) if Item("two.example", number).withdrawn(world.now)]
    assert len(stones) >= 2 * 2 * len(withdrawn)  # each article with at least one report


def test_its_servers_were_asked_politely(week: tuple[World, Store, Store]) -> None:
    world, _, _ = week
    asked = sum(world.given.values())
    assert world.hasty == []
    assert max(world.server.most[host] for host in HOSTS) == 1
    assert world.given.keys() >= set(FAULTS)
    assert 0.1 < sum(world.given[fault] for fault in FAULTS) / asked < 0.3
    assert world.given["same"] > asked / 4  # what was unchanged was not sent again
    assert all(request.headers["user-agent"].startswith("timeline") for request in world.server.requests)


def test_its_history_tells_of_every_run(week: tuple[World, Store, Store]) -> None:
    _, store, _ = week
    runs = store.jobs.history()
    assert len({(each.job, each.planned) for each in runs}) == len(runs)
    assert {each.status for each in runs} <= {JobRunStatus.DONE, JobRunStatus.PARTLY, JobRunStatus.FAILED}
    assert sum(each.attempt > 1 for each in runs) > 3
    assert all(not state.trouble for state in store.jobs.all())
    times = sorted(each.planned for each in runs if each.job == "one" and each.planned < END)
    assert times == [BEGIN + timedelta(hours=6 * n) for n in range(4 * DAYS)]
