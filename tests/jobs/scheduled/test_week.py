"""A week of operation in seconds: sources that misbehave one time in five leave the store as one clean import would."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from tests.sources.faults import Answer, FaultServer, Request, faulty, raw
from timeline.jobs.listening import Listener
from timeline.jobs.scheduled.daemon import run_due
from timeline.jobs.scheduled.importing import Importing
from timeline.jobs.scheduled.running import LEASE, Clock, run
from timeline.model import Claim, Job, JobRunStatus
from timeline.sources.fetching import Fetcher, Policy
from timeline.store import open_store
from timeline.store.store import Store

BEGIN, DAYS = datetime(2025, 3, 3, tzinfo=UTC), 7
END = BEGIN + timedelta(days=DAYS)
HOSTS = ("one.example", "two.example", "three.example")
PEOPLE = ("Vladimir Putin", "Min Aung Hlaing", "Xi Jinping", "Narendra Modi", "Emmanuel Macron")
REST = 300  # seconds that a server asks to be left alone


class World:
    """The time, and what servers give then; with `trouble` they misbehave one time in five."""

    def __init__(self, server: FaultServer) -> None:
        self.now, self.server, self.trouble = BEGIN, server, True
        self.draw = random.Random(11)  # noqa: S311
        self.given, self.hasty, self.rest = Counter[str](), list[str](), dict[str, datetime]()
        for host in HOSTS:
            server.say(f"/{host}.xml", self.said)

    def sleep(self, seconds: float) -> None:
        until = time.monotonic() + 5  # the server may not know yet that nobody waits for its answer
        while any(not each.ended for each in self.server.requests) and time.monotonic() < until:
            time.sleep(0.02)
        self.now += timedelta(seconds=seconds)

    def opened(self, policy: Policy) -> Fetcher:
        return Fetcher(
            replace(policy, read=0.5),
            resolve=lambda _host, _port: ["127.0.0.1"],
            clock=lambda: (self.now - BEGIN).total_seconds(),
            now=lambda: self.now,
            sleep=self.sleep,
            jitter=self.draw.random,
        )

    def said(self, request: Request) -> Answer:
        if self.now < self.rest.get(request.host, BEGIN):
            self.hasty.append(f"{request.host} at {self.now}")
        body = feed(request.host, self.now)
        etag = f'"{sha256(body).hexdigest()[:8]}"'
        fault = self.draw.choice(("500", "rest", "late", "part", "reset", "etag")) if self._fails() else ""
        self.given[fault or ("same" if request.headers.get("if-none-match") == etag else "whole")] += 1
        if fault == "500":
            return Answer(b"oops", status=500)
        if fault == "rest":
            self.rest[request.host] = self.now + timedelta(seconds=REST)
            return Answer(b"", status=503, headers={"Retry-After": str(REST)})
        if fault == "late":
            return Answer(body, pause=0.7)
        if fault == "part":
            return raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body), body[: len(body) // 2])
        if fault == "reset":
            return raw(b"HTTP/1.1 200 OK\r\nContent-Le", reset=True)
        if fault == "etag":  # another for the same
            etag = f'"{self.draw.random()}"'
        elif request.headers.get("if-none-match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(body, headers={"ETag": etag, "Content-Type": "application/rss+xml"})

    def _fails(self) -> bool:
        return self.trouble and self.draw.random() < 0.2


def feed(host: str, now: datetime) -> bytes:
    """A feed with an item for each half day; every third is corrected a day later."""
    items = []
    for number in range(2 * DAYS):
        made = BEGIN + timedelta(hours=12 * number)
        if made > now:
            continue
        one, other = (PEOPLE[(number + step) % len(PEOPLE)] for step in (HOSTS.index(host), HOSTS.index(host) + 2))
        corrected = number % 3 == 0 and now >= made + timedelta(days=1)
        verb = "spoke by telephone with" if corrected else "met"
        text = f"{one} {verb} {other} in Moscow on {made:%d %B %Y}, officials said. They signed agreement {number}."
        items.append(
            f"<item><guid>{host}/{number}</guid><link>http://{host}/{number}</link><title>{one} and {other}</title>"
            f"<pubDate>{made:%a, %d %b %Y %H:%M:%S} GMT</pubDate><description>{text}</description></item>"
        )
    channel = f"<channel><title>{host}</title>{''.join(items)}</channel>"
    return f"<?xml version='1.0'?><rss version='2.0'>{channel}</rss>".encode()


def export(number: int) -> str:
    """A file of GDELT's; its first rows are in the file before, too, and say something else there."""
    lines = []
    for row in range(10 * number, 10 * number + 13):
        day = f"{BEGIN + timedelta(hours=12 * number):%Y%m%d}"
        cells = [""] * 58
        cells[:5] = [str(700_000 + row), "20250301", "202503", "2025", "2025.1644"]
        cells[5:8] = ["RUS", "RUSSIA", "RUS"]
        cells[15:18] = ["MMR", "MYANMAR", "MMR"]
        cells[25:31] = ["1", "042", "042", "04", "1", "1.9"]
        cells[31:35] = [str(5 + number), "1", "5", "2.5"]
        cells[56:58] = [day, f"https://example.org/{row}"]
        lines.append("\t".join(cells) + "\n")
    return "".join(lines)


def test_a_week_with_bad_sources_ends_as_one_clean_import(tmp_path: Path) -> None:
    folder = tmp_path / "gdelt"
    folder.mkdir()
    with faulty() as server, open_store(str(tmp_path / "week.db")) as store:
        world = World(server)
        clock = Clock(lambda: world.now, lambda: 0.0, world.draw.random)
        jobs = [
            Job(f"feed{n}", (server.url(f"/{host}.xml", host=host),), every="6h", options={"allow-private": "yes"})
            for n, host in enumerate(HOSTS)
        ]
        jobs.append(Job("gdelt", (str(folder),), every="12h", options={"format": "gdelt-1"}))
        store.jobs.apply([(job, BEGIN) for job in jobs], [], BEGIN - timedelta(hours=12))
        files = 0
        with Importing({}, world.opened) as importing:

            def done(claim: Claim) -> None:
                run(store, claim, importing, clock)
                world.sleep(0)

            while world.now < END:
                while files < 2 * DAYS and BEGIN + timedelta(hours=12 * files) <= world.now:
                    (folder / f"{files:03}.export.CSV").write_text(export(files))
                    files += 1
                run_due(store, clock, done)
                coming = store.jobs.next()
                assert coming is not None
                world.now = max(coming, world.now)
                world.sleep(0)
            world.now, world.trouble = END + timedelta(hours=1), False
            for job in jobs:
                run(store, store.jobs.begin(job.name, world.now, LEASE), importing, clock)
        _is_polite(world)
        _is_in_the_history(store)
        with open_store(str(tmp_path / "clean.db")) as clean, Importing({}, world.opened) as importing:
            for job in jobs:
                importing(clean, job, Listener())
            assert clean.status().articles == 3 * 2 * DAYS
            assert store.status().reports == clean.status().reports
            assert _told(store) == _told(clean)


def _told(store: Store) -> list[str]:
    """Every event as the reports that it is made of. An id is kept when its source is corrected, and of reports that
    are worth the same the lowest id speaks for all: neither can be that of a store which knows only the end."""
    found = []
    for event in store.events():
        reports = sorted(f"{each.title} {each.report!r}" for each in store.evidence(event.id))
        found.append(f"{event.when.edtf} {event.reports} {event.sources} {reports}")
    return sorted(found)


def _is_polite(world: World) -> None:
    asked = sum(world.given.values())
    assert world.hasty == []
    assert max(world.server.most[host] for host in HOSTS) == 1
    assert {"500", "rest", "late", "part", "reset", "etag"} <= world.given.keys()
    assert world.given["same"] > asked / 4  # what was unchanged was not sent again
    assert all(request.headers["user-agent"].startswith("timeline") for request in world.server.requests)


def _is_in_the_history(store: Store) -> None:
    runs = store.jobs.history()
    assert len({(each.job, each.planned) for each in runs}) == len(runs)
    assert {each.status for each in runs} <= {JobRunStatus.DONE, JobRunStatus.FAILED}
    assert sum(each.attempt > 1 for each in runs) > 3
    assert all(not state.trouble for state in store.jobs.all())
    times = sorted(each.planned for each in runs if each.job == "feed0" and each.planned < END)
    assert times == [BEGIN + timedelta(hours=6 * n) for n in range(4 * DAYS)]
