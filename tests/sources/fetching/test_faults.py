"""Whatever a server does, a fetch ends soon with a whole body or one clear error, and is tried again where it helps."""

from __future__ import annotations

import gzip
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

import timeline
from tests.sources.faults import Answer, FaultServer, Said, bomb, chunked, endless, feed, raw
from tests.sources.fetching.conftest import HASTY, NOW, Names
from timeline.sources.fetching import Fetcher, FetchError, Outcome, Validators

Make = Callable[..., Fetcher]
HELLO = b"hello, world"
OK = Answer(HELLO)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
KNOWN = Validators('"1"', "Fri, 02 Jan 2026 03:04:05 GMT")
MANY = 1000


def _date(seconds: float) -> str:
    return format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)


def _busy(status: int, after: str | None) -> Answer:
    return Answer(b"busy", status=status, headers={"Retry-After": after})


def _to(where: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": where})


@dataclass(frozen=True)
class Case:
    """A server's answers, and what is to become of them: the body, the outcome, or words of the error."""

    name: str
    said: list[Said]
    body: bytes = HELLO
    outcome: Outcome | None = Outcome.FETCHED
    error: str = ""
    passing: bool = False
    asked: int = 1
    waits: float | None = None
    known: Validators | None = None
    policy: dict[str, Any] = field(default_factory=dict)


def _bad(name: str, said: Said, error: str, *, passing: bool = True, **more: Any) -> Case:
    """Fails, whatever is tried."""
    return Case(name, [said], outcome=None, error=error, passing=passing, **({"asked": 3 if passing else 1} | more))


def _good(name: str, *said: Said, **more: Any) -> Case:
    return Case(name, list(said), **({"asked": len(said)} | more))


GZIPPED = {"Content-Encoding": "gzip"}
CASES = [
    # Time
    _bad("the body drips in", Answer(endless(b"x"), pause=0.05), "longer than", policy=HASTY),
    _bad("the head drips in", raw(*[b"x"] * 100, pause=0.05), "longer than", policy=HASTY),
    _bad("nothing comes", raw(b"", b"", pause=3.0), "no answer for", policy=HASTY),
    _bad("the body stops", raw(HEAD + b"\r\nhel", b"", b"", pause=1.0), "no answer for", policy=HASTY),
    _bad("forever continues", Answer(endless(CONTINUE), raw=True, pause=0.01), "longer than", policy=HASTY),
    # Broken off
    _bad("reset before the answer", raw(b"", reset=True), "broke off"),
    _bad("closed before the answer", raw(), "broke off"),
    _bad("closed in the head", raw(HEAD), "broke off"),
    _bad("reset in the body", raw(HEAD + b"Content-Length: 99\r\n\r\nhello", reset=True), "broke off"),
    _bad("reset in a body without length", Answer([b"hello"] * 9, reset=True), "broke off"),
    _bad("shorter than it says", Answer(HELLO, headers={"Content-Length": "99"}), "broke off"),
    _bad("chunks without an end", raw(CHUNKED, *chunked(b"hello", b"world")), "broke off"),
    _bad("a chunk cut short", raw(CHUNKED, b"ff\r\nhello"), "broke off"),
    _bad("gzip cut short", Answer(gzip.compress(HELLO)[:-4], headers=GZIPPED), "broke off"),
    # No HTTP
    _bad("no HTTP at all", raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "no HTTP"),
    _bad("nonsense for a length", Answer(HELLO, headers={"Content-Length": "twelve"}), "no HTTP"),
    _bad("less than nothing for a length", Answer(HELLO, headers={"Content-Length": "-1"}), "no HTTP"),
    _bad("two lengths", raw(HEAD + b"Content-Length: 5\r\nContent-Length: 12\r\n\r\nhello"), "no HTTP"),
    _bad("nonsense for a chunk", raw(CHUNKED, b"zz\r\nhello\r\n"), "no HTTP"),
    _bad("a head without end", Answer(itertools.chain([HEAD], endless(b"X: y\r\n" * 1000)), raw=True), "no HTTP"),
    _bad("a line without end", Answer(endless(), raw=True), "no HTTP"),
    # Size
    _bad("a body without end", Answer(endless()), "larger than", passing=False),
    _bad("chunks without end", Answer(itertools.chain([CHUNKED], itertools.repeat(chunked(b"x" * MANY)[0])), raw=True),
         "larger than", passing=False, policy={"largest": 500_000}),
    _bad("too long by its own word", Answer(HELLO, headers={"Content-Length": "20000001"}), "larger", passing=False),
    _bad("a gzip bomb", Answer(bomb(60), headers=GZIPPED), "larger than 20 MB", passing=False),
    _good("as large as allowed", Answer(bytes(MANY)), body=bytes(MANY), policy={"largest": MANY}),
    # Compression
    _good("gzip", Answer(gzip.compress(HELLO), headers=GZIPPED)),
    _good("deflate", Answer(zlib.compress(HELLO), headers={"Content-Encoding": "deflate"})),
    _good("gzip in chunks", raw(CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"),
                                *chunked(*(bytes([b]) for b in gzip.compress(HELLO))), b"0\r\n\r\n")),
    _bad("no gzip as it says", Answer(HELLO, headers=GZIPPED), "damaged"),
    _bad("brotli, unasked", Answer(HELLO, headers={"Content-Encoding": "br"}), "not asked for"),
    # Statuses
    _good("a failure that passes", Answer(status=500), Answer(status=502), OK),
    _bad("a failure that stays", Answer(status=500), "HTTP 500"),
    _bad("not there", Answer(status=404), "HTTP 404", passing=False),
    _bad("forbidden", Answer(status=403), "HTTP 403", passing=False),
    _bad("a login", Answer(status=401, headers={"WWW-Authenticate": "Basic"}), "login", passing=False),
    _bad("a teapot", Answer(status=418), "HTTP 418", passing=False),
    _bad("a part that no one asked for", Answer(b"hel", status=206), "HTTP 206", passing=False),
    _bad("nothing at all", Answer(status=204, headers={"Content-Length": None}), "HTTP 204", passing=False),
    _bad("a status out of range", raw(b"HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n"), "HTTP 999"),
    _good("gone", Answer(b"gone", status=410), body=b"", outcome=Outcome.GONE),
    _good("unchanged", feed(HELLO), body=b"", outcome=Outcome.UNCHANGED, known=KNOWN),
    _good("changed", feed(HELLO, '"2"'), known=KNOWN),
    _bad("unchanged, but nothing was known", Answer(status=304), "nothing was known"),
    _good("empty", Answer(b""), body=b""),
    # Left alone
    _good("429, soon again", _busy(429, "20"), OK, waits=20.0),
    _good("503, soon again by date", _busy(503, _date(25)), OK, waits=25.0),
    _good("503, again at once", _busy(503, "0"), OK),
    _good("429 with nonsense", _busy(429, "whenever"), OK),
    _good("503 with less than nothing", _busy(503, "-60"), OK),
    _good("429 without a word", _busy(429, None), OK),
    _good("503 by a date that is over", _busy(503, _date(-3600)), OK),
    _bad("429 for an hour", _busy(429, "3600"), "HTTP 429", asked=1, waits=3600.0),
    _bad("503 until tomorrow", _busy(503, _date(80_000)), "HTTP 503", asked=1, waits=80_000.0),
    _bad("429 for ever", _busy(429, "9" * 30), "HTTP 429", asked=1, waits=86_400.0),
    _bad("404 that asks to wait", _busy(404, "2"), "HTTP 404", passing=False),
    # Elsewhere
    _bad("round in a circle", _to("/"), "circle", passing=False),
    _bad("elsewhere without a place", Answer(status=302), "without saying where", passing=False),
    _bad("300, to choose", Answer(status=300), "HTTP 300", passing=False),
    _bad("to a file", _to("file:///etc/passwd"), "file: is not fetched", passing=False),
    _bad("to nonsense", _to("http://[::nonsense"), "no web address", passing=False),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_server_does_is_met_by_the_right_decision_in_bounded_time(
    case: Case, server: FaultServer, fetcher: Make, slept: list[float]
) -> None:
    url, began = server.say("/", *case.said), time.monotonic()
    made = fetcher(**case.policy)
    if case.outcome is not None:
        got = made.fetch(url, case.known)
        assert (got.outcome, got.data, got.final, got.moved, got.fetched) == (case.outcome, case.body, url, "", NOW)
    else:
        with pytest.raises(FetchError, match=case.error) as failed:
            made.fetch(url, case.known)
        error = failed.value
        assert (error.passing, error.retry_after) == (case.passing, case.waits)
        assert str(error).startswith(url)
        assert error.hint
        assert "\n" not in str(error)
    assert server.asked("/") == case.asked
    # Every pause is jittered and bounded; one that the server asks for is kept where it is short.
    assert all(0 <= pause <= 30 for pause in slept)
    if case.outcome is not None and case.waits:
        assert any(case.waits - 5 < pause <= case.waits for pause in slept)
    assert time.monotonic() - began < 8


def test_the_table_has_the_thirty_behaviours_and_more() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 30


def test_no_server_and_no_name_are_tried_again_and_told(fetcher: Make, names: Names, slept: list[float]) -> None:
    with pytest.raises(FetchError, match="cannot be reached") as failed:
        fetcher(robots=False).fetch("http://127.0.0.1:1/")
    assert failed.value.passing
    assert slept == [1.0, 2.0]
    with pytest.raises(FetchError, match="cannot be resolved") as failed:
        fetcher().fetch("http://nowhere.example/")
    assert failed.value.passing


def test_a_resolver_that_hangs_ends(fetcher: Make) -> None:
    began = time.monotonic()

    def hangs(host: str, port: int) -> list[str]:
        time.sleep(1.5)
        return []

    with pytest.raises(FetchError, match=r"longer than|no connection"):
        fetcher({"resolve": hangs}, tries=1, robots=False, **HASTY).fetch("http://slow.example/")
    assert time.monotonic() - began < 1.4


def test_plain_http_where_tls_is_expected_is_told(server: FaultServer, fetcher: Make) -> None:
    with pytest.raises(FetchError, match="TLS"):
        fetcher(tries=1).fetch(server.url("/", scheme="https"))


def test_a_gzip_bomb_takes_little_memory(server: FaultServer, fetcher: Make) -> None:
    url = server.say("/", Answer(bomb(200), headers=GZIPPED))
    made = fetcher(robots=False)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="larger than 20 MB"):
            made.fetch(url)
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("statuses", "lasting"),
    [([301], True), ([308, 301], True), ([302], False), ([301, 302], False), ([307, 308], False), ([303], False)],
)
def test_a_move_is_told_only_where_every_redirect_is_a_lasting_one(
    statuses: list[int], lasting: bool, server: FaultServer, fetcher: Make
) -> None:
    for at, status in enumerate(statuses):
        server.say(f"/{at}", _to(f"/{at + 1}", status))
    last = server.say(f"/{len(statuses)}", OK)
    got = fetcher().fetch(server.url("/0"))
    assert (got.url, got.final, got.moved) == (server.url("/0"), last, last if lasting else "")


def test_redirects_are_counted_and_long_circles_found(server: FaultServer, fetcher: Make) -> None:
    for at in range(20):
        server.say(f"/{at}", _to(f"/{at + 1}"))
    server.say("/20", OK)
    with pytest.raises(FetchError, match="more than 10 times"):
        fetcher().fetch(server.url("/0"))
    assert server.asked("/10") == 1
    assert server.asked("/11") == 0
    assert fetcher(redirects=20).fetch(server.url("/0")).data == HELLO
    server.say("/a", _to("/b"))
    server.say("/b", _to("/a"))
    with pytest.raises(FetchError, match="circle"):
        fetcher().fetch(server.url("/a"))


def test_validators_are_kept_and_sent_back_to_the_byte(server: FaultServer, fetcher: Make) -> None:
    etag, modified = 'W/"caf\xe9-\xa0x"', "yesterday, about noon"
    url = server.say("/", Answer(HELLO, headers={"ETag": etag, "Last-Modified": modified}), Answer(status=304))
    got = fetcher().fetch(url)
    assert got.validators == Validators(etag, modified)
    again = fetcher().fetch(url, got.validators)
    assert (again.outcome, again.validators) == (Outcome.UNCHANGED, got.validators)
    sent = server.requests[-1].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == (etag, modified)


@pytest.mark.parametrize("etag", ["a\r\nX-Evil: 1", "a\x00", "\u2603", "\ud800"])
def test_what_could_be_no_header_is_not_sent(etag: str, server: FaultServer, fetcher: Make) -> None:
    assert fetcher().fetch(server.say("/", OK), Validators(etag)).data == HELLO
    assert server.requests[-1].headers.keys().isdisjoint({"x-evil", "if-none-match"})


def test_what_is_sent_is_honest_and_carries_nothing_along(server: FaultServer, fetcher: Make) -> None:
    url = server.say("/?q=1", Answer(HELLO, headers={"Set-Cookie": "id=7; Path=/"}))
    made = fetcher(contact="desk@example.org")
    for _ in range(2):
        made.fetch(url)
    sent = server.requests[-1].headers
    assert sent["user-agent"].startswith(f"timeline/{timeline.__version__} ")
    assert "(+desk@example.org)" in sent["user-agent"]
    assert sent["accept-encoding"] == "gzip, deflate"
    assert sent["host"] == f"127.0.0.1:{server.port}"
    assert sent.keys() == {"host", "user-agent", "accept", "accept-encoding"}


def test_kind_charset_and_freshness_are_told(server: FaultServer, fetcher: Make) -> None:
    told = {"Content-Type": "Application/RSS+XML; charset=ISO-8859-1", "Cache-Control": "max-age=1800"}
    got = fetcher().fetch(server.say("/", Answer(HELLO, headers=told)))  # type: ignore[arg-type]
    assert (got.content_type, got.charset) == ("application/rss+xml", "iso8859-1")
    assert got.fresh_until == NOW + timedelta(minutes=30)


def test_a_redirect_may_be_written_in_any_script(server: FaultServer, fetcher: Make) -> None:
    server.say("/%E1%80%99?x=%20y", OK)
    url = server.say("/", _to("/\u1019?x= y".encode().decode("latin-1")))
    assert fetcher().fetch(url).data == HELLO


def test_redirects_do_not_lengthen_the_time_of_a_try(server: FaultServer, fetcher: Make) -> None:
    for at in range(10):
        server.say(f"/{at}", Answer(status=302, headers={"Location": f"/{at + 1}"}, pause=0.3))
    with pytest.raises(FetchError, match="longer than"):
        fetcher(tries=1, robots=False, read=10.0, total=1.0).fetch(server.url("/0"))
    assert len(server.requests) <= 4


def test_of_headers_that_come_twice_the_first_counts_or_all_together(server: FaultServer, fetcher: Make) -> None:
    twice = b'ETag: "1"\r\nETag: "2"\r\nCache-Control: public\r\nCache-Control: max-age=60\r\nContent-Length: 0\r\n\r\n'
    server.say("/", raw(HEAD + twice))
    got = fetcher().fetch(server.url("/"))
    assert got.validators.etag == '"1"'
    assert got.fresh_until == NOW + timedelta(minutes=1)
