"""Many addresses are asked for at once, each host one thing at a time, and what fails among them fails alone."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.sources.faults import Answer, FaultServer, Request, faulty, feed
from tests.sources.fetching.conftest import PATIENT, TLS, Names
from tests.wall import walled
from timeline.jobs.ahead import AHEAD, answers
from timeline.jobs.fetching import Fetching
from timeline.model.errors import InputError
from timeline.sources.fetching import Fetcher, Policy
from timeline.sources.finding import Found
from timeline.store import Counts, open_store
from timeline.store.store import Store

OK = Answer(b"hello")


@pytest.fixture(autouse=True)
def _wall(monkeypatch: pytest.MonkeyPatch) -> None:
    walled(monkeypatch)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with faulty() as running:
        yield running


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "timeline.db")) as opened:
        yield opened


@contextmanager
def _fetching(names: Names, store: Store | None = None, **policy: Any) -> Iterator[Fetching]:
    with Fetcher(Policy(**(PATIENT | policy)), resolve=names, tls=TLS) as fetcher:
        yield Fetching(fetcher, store)


def _asked(urls: list[str], fetching: Fetching) -> list[Any]:
    """What came of each address, in their order."""
    got = list(answers(((url, "") for url in urls), fetching))
    assert [url for url, _ in got] == urls
    return [answer for _, answer in got]


def test_two_hundred_feeds_are_polled_at_once_and_each_host_asked_one_thing_at_a_time(
    server: FaultServer, names: Names, store: Store
) -> None:
    delay = 0.05

    def slow(path: str) -> Callable[[Request], Answer]:
        def said(request: Request) -> Answer:
            time.sleep(0.06)
            told = feed(path.encode())
            return told(request) if callable(told) else told

        return said

    # 150 hosts with one feed each, 10 with five.
    wanted = [(f"h{i}.example", "/feed") for i in range(150)]
    wanted += [(f"many{i}.example", f"/feed{k}") for i in range(10) for k in range(5)]
    names.known = {host: [["127.0.0.1"]] for host, _ in wanted}
    for _, path in wanted:
        server.say(path, slow(path))
    urls = [server.url(path, host) for host, path in wanted]
    assert len(urls) == 200

    with _fetching(names, store, delay=delay) as fetching:
        assert all(isinstance(answer, Found) for answer in _asked(urls, fetching))
        store.finish_run(store.begin_run("poll"), Counts(), fetched=fetching.learnt())
    assert server.most.pop("") > 10
    assert set(server.most.values()) == {1}
    assert server.asked("/robots.txt") == 160
    by_host: dict[str, list[Request]] = defaultdict(list)
    for request in server.requests:
        by_host[request.host].append(request)
    for asked in by_host.values():
        asked.sort(key=lambda request: request.began)
        for before, after in pairwise(asked):
            assert after.began - before.ended >= delay * 0.8

    with _fetching(names, store) as fetching:
        assert _asked(urls, fetching) == [None] * 200


def test_what_fails_among_many_fails_alone(server: FaultServer, names: Names) -> None:
    names.known = {"good.example": [["127.0.0.1"]]}
    server.say("/0", OK)
    server.say("/2", OK)
    good = [server.url(f"/{i}", "good.example") for i in range(3)]
    wrong = ["http://nowhere.example/", "file:///etc/passwd", "http://[", ""]
    with _fetching(names, tries=1) as fetching:
        got = _asked([*good, *wrong, good[0]], fetching)
    assert [isinstance(answer, Found) for answer in got] == [True, False, True, *[False] * 4, True]
    assert sum(isinstance(answer, InputError) for answer in got) == 5


@pytest.mark.parametrize("hosts", [200, 1])
def test_whoever_stops_taking_answers_stops_the_fetching(hosts: int, server: FaultServer, names: Names) -> None:
    names.known = {f"h{i}.example": [["127.0.0.1"]] for i in range(hosts)}
    urls = [server.url(f"/{k}", host) for host in names.known for k in range(200 // hosts)]
    with _fetching(names, robots=False, tries=1) as fetching:
        polling = answers(((url, "") for url in urls), fetching)
        next(polling)
        polling.close()  # type: ignore[attr-defined]
        deadline = time.monotonic() + 10
        while any(_is_fetching(thread) for thread in threading.enumerate()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(_is_fetching(thread) for thread in threading.enumerate())
    assert len(server.requests) <= AHEAD + 1


def _is_fetching(thread: threading.Thread) -> bool:
    return thread.name.startswith("timeline-fetch")


def test_a_fault_of_ours_among_many_is_not_swallowed(names: Names) -> None:
    class Broken(Fetching):
        def __call__(self, *_: str) -> Found | None:
            raise ZeroDivisionError

    with Fetcher(Policy(), resolve=names, tls=TLS) as fetcher, pytest.raises(ZeroDivisionError):
        list(answers([("http://x.example/", "")], Broken(fetcher)))


def test_nothing_that_is_asked_gives_nothing(names: Names) -> None:
    with _fetching(names) as fetching:
        assert list(answers([], fetching)) == []
