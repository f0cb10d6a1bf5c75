"""Servers are asked politely: robots.txt, one request at a time to a host, pauses between."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources.faults import Answer, FaultServer
from timeline.sources.fetching import Fetcher, FetchError, Policy
from timeline.sources.fetching.pacing import RestingError, Turns
from timeline.sources.fetching.robots import LARGEST, parsed

Make = Callable[..., Fetcher]
HELLO = b"hello"
OK = Answer(HELLO)


def _robots(server: FaultServer, text: str | bytes, **more: Any) -> None:
    server.say("/robots.txt", Answer(text.encode() if isinstance(text, str) else text, **more))


@pytest.mark.parametrize(
    ("text", "open_", "shut"),
    [
        ("User-agent: *\nDisallow: /no", "/yes", "/no/news"),
        ("User-agent: timeline\nDisallow: /no\n\nUser-agent: *\nDisallow: /", "/yes", "/no"),
        ("User-agent: GPTBot\nUser-agent: time\nDisallow: /\n\nUser-agent: *\nDisallow: /no", "/yes", "/no"),
        ("\ufeffuser-agent : TIMELINE # us\ndisallow: /*.pdf$\nallow: /a.pdf$", "/a.pdf", "/b.pdf"),
        ("User-agent: *\nDisallow: /news\nAllow: /news/world", "/news/world", "/news/sport"),
        ("User-agent: *\nDisallow: /?q=", "/?p=1", "/?q=1"),
        ("User-agent: *\nDisallow: /%E1%80%99", "/yes", "/\u1019"),
    ],
)
def test_robots_txt_is_obeyed(text: str, open_: str, shut: str, server: FaultServer, fetcher: Make) -> None:
    _robots(server, text)
    server.say(open_, OK)
    made = fetcher()
    assert made.fetch(server.url(open_)).data == HELLO
    with pytest.raises(FetchError, match=r"robots\.txt") as refused:
        made.fetch(server.url(shut))
    assert not refused.value.passing
    assert {request.path for request in server.requests} == {"/robots.txt", open_}
    assert server.asked("/robots.txt") == 1
    assert fetcher(robots=False).fetch(server.url(open_)).data == HELLO
    assert server.asked("/robots.txt") == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing(status: int, server: FaultServer, fetcher: Make) -> None:
    _robots(server, "User-agent: *\nDisallow: /", status=status)
    assert fetcher().fetch(server.say("/", OK)).data == HELLO


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_cannot_say_is_left_alone_for_now(status: int, server: FaultServer, fetcher: Make) -> None:
    _robots(server, b"", status=status)
    url, made = server.say("/", OK), fetcher()
    for _ in range(2):
        with pytest.raises(FetchError, match=r"robots\.txt cannot be had now") as failed:
            made.fetch(url)
        assert failed.value.passing
        assert 0 < (failed.value.retry_after or 0) <= 600
    # Asked for as often as any page, and not again for the next page.
    assert server.asked("/robots.txt") == 3
    assert server.asked("/") == 0


def test_rules_are_asked_for_again_after_a_day(server: FaultServer, fetcher: Make) -> None:
    time_ = [0.0]
    made = fetcher({"clock": lambda: time_[0]})
    url = server.say("/", OK)
    made.fetch(url)
    _robots(server, "User-agent: *\nDisallow: /")
    made.fetch(url)
    time_[0] = 86_401.0
    with pytest.raises(FetchError, match=r"robots\.txt"):
        made.fetch(url)


def test_every_hop_of_a_redirect_is_asked_for_by_the_rules(server: FaultServer, fetcher: Make) -> None:
    _robots(server, "User-agent: *\nDisallow: /no")
    server.say("/", Answer(status=302, headers={"Location": "/no"}))
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher().fetch(server.url("/"))
    assert server.asked("/no") == 0


def test_a_huge_robots_txt_is_read_as_far_as_is_allowed_and_soon() -> None:
    many = "".join(f"User-agent: bot{i}\n" for i in range(20_000)) + "Disallow: /a\n" * 20_000
    began = time.monotonic()
    rules = parsed(many.encode() + b"\nUser-agent: *\nDisallow: /no")
    assert not rules.can_fetch("http://x.example/no", "timeline")
    assert rules.can_fetch("http://x.example/a", "timeline")
    assert time.monotonic() - began < 5


def test_what_comes_after_the_allowed_length_of_a_robots_txt_does_not_count(server: FaultServer, fetcher: Make) -> None:
    _robots(server, b"User-agent: *\nDisallow: /no\n" + b"#" * LARGEST + b"\nDisallow: /yes\n")
    server.say("/yes", OK)
    made = fetcher()
    assert made.fetch(server.url("/yes")).data == HELLO
    with pytest.raises(FetchError, match=r"robots\.txt"):
        made.fetch(server.url("/no"))


@pytest.mark.parametrize(("said", "kept"), [("5", 5.0), ("0.2", 1.0), ("3600", 30.0), ("inf", 1.0), ("-1", 1.0)])
def test_a_crawl_delay_is_honoured_within_bounds(
    said: str, kept: float, server: FaultServer, fetcher: Make, slept: list[float]
) -> None:
    _robots(server, f"User-agent: *\nCrawl-delay: {said}")
    url, made = server.say("/", OK), fetcher({"clock": lambda: 0.0}, delay=1.0)
    made.fetch(url)
    made.fetch(url)
    assert slept == [kept, kept]


def test_a_host_that_asks_for_long_is_not_asked_meanwhile(server: FaultServer, fetcher: Make) -> None:
    server.say("/busy", Answer(status=429, headers={"Retry-After": "3600"}))
    server.say("/other", OK)
    made = fetcher()
    with pytest.raises(FetchError, match="429"):
        made.fetch(server.url("/busy"))
    with pytest.raises(FetchError, match="left alone") as failed:
        made.fetch(server.url("/other"))
    assert failed.value.passing
    assert 3500 < (failed.value.retry_after or 0) <= 3600
    assert server.asked("/other") == 0


def test_turns_of_a_host_come_one_at_a_time_with_pauses() -> None:
    now, waits = [0.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    turns = Turns(2.0, lambda: now[0], sleep)
    for host in ("a", "b", "a", "a"):
        with turns.turn(host):
            now[0] += 0.5
    assert waits == [1.5, 2.0]
    turns.rest("a", 20.0)
    with turns.turn("a"):
        pass
    assert waits[-1] == 20.0
    turns.rest("a", 31.0)
    with pytest.raises(RestingError), turns.turn("a"):
        pass
    assert len(waits) == 3


def test_a_connection_is_used_again(server: FaultServer, fetcher: Make, connected: list[str]) -> None:
    url, made = server.say("/", OK), fetcher(robots=False)
    for _ in range(5):
        made.fetch(url)
    assert connected == ["127.0.0.1"]


def test_the_document_tells_the_bounds_that_hold() -> None:
    text = (Path(__file__).parents[3] / "docs" / "fetching.md").read_text(encoding="utf-8")
    policy = Policy()
    for said in (f"{policy.largest // 1_000_000} MB", f"{policy.total:g} seconds", f"{policy.redirects} redirects"):
        assert said in text
