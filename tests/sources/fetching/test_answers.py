"""What decides about an answer is pure: waits, freshness, kinds, bodies, addresses for messages."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress
from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.fetching.conftest import NOW
from timeline.sources.fetching import FetchError, answers, shown
from timeline.sources.fetching.addresses import closed
from timeline.sources.fetching.bodies import Body, DamagedError, TooLargeError
from timeline.sources.fetching.client import agent
from timeline.sources.fetching.urls import checked


def _date(seconds: float) -> str:
    return format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("999999999999999999999", 86_400.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("²", None),
        (_date(90), 90.0),
        (_date(-90), 0.0),
        (_date(10_000_000), 86_400.0),
        ("Fri, 99 Foo 2026 99:99:99 GMT", None),
        ("Fri, 02 Jan 99999999 03:04:05 GMT", None),
    ],
)
def test_retry_after_is_understood_and_capped_and_nonsense_is_not(header: str, seconds: float | None) -> None:
    assert answers.retry_after(header, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, Max-Age=600, must-revalidate", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "expires": _date(5)}, 600),
        ({"cache-control": "max-age=0"}, None),
        ({"cache-control": "max-age=-5"}, None),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "no-store", "expires": _date(600)}, None),
        ({"cache-control": "max-age=31536000"}, 86_400),
        ({"cache-control": "max-age=999999999999"}, 86_400),
        ({"cache-control": "max-age=600", "age": "700"}, None),
        ({"expires": _date(600)}, 600),
        ({"expires": _date(600), "date": _date(-60)}, 660),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({"expires": _date(-600)}, None),
    ],
)
def test_an_answer_is_fresh_as_long_as_it_says_and_a_day_at_most(headers: dict[str, str], seconds: int | None) -> None:
    until = answers.fresh_until(headers, NOW)
    assert until == (None if seconds is None else NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("", ("", "")),
        ("text/html", ("text/html", "")),
        ('Text/HTML; Charset="UTF-8"', ("text/html", "utf-8")),
        ("text/html; charset=windows-1252; x=y", ("text/html", "cp1252")),
        ("text/html; charset=nonsense", ("text/html", "")),
        ("text/html; charset=\x00\xff", ("text/html", "")),
        (";;;", ("", "")),
        ("text/html\t;\tcharset=iso-8859-1", ("text/html", "iso8859-1")),
    ],
)
def test_a_content_type_is_split_and_only_a_known_charset_named(header: str, kind: tuple[str, str]) -> None:
    assert answers.kind_of(header) == kind


@given(st.integers(1, 50), st.floats(0, 1))
def test_the_pauses_between_tries_are_jittered_over_all_of_a_growing_ceiling(tried: int, chance: float) -> None:
    assert 0 <= answers.pause(tried, chance) <= min(30.0, 2.0 ** (tried - 1))
    assert answers.pause(tried, 0.0) == 0.0


SECRET = "s3cr3t-0123456789"  # noqa: S105 - no one's


def _read(url: str) -> httpx.URL | FetchError:
    """What is made of an address."""
    try:
        return checked(url)
    except FetchError as error:
        return error


@pytest.mark.parametrize(
    "url",
    [
        "https://user:{}@example.org/feed",
        "https://{}@example.org/feed",
        "http:user:{}@example.org",
        "//user:{}@example.org/feed",
        "user:{}@example.org/feed",
        "https://user:{}@[broken/feed",
        "ftp://user:{}@example.org/",
        "https://example.org/feed?key={}",
        "https://example.org/feed?a=b&API_KEY={}&c=d",
        "https://example.org/feed?apikey={}",
        "https://example.org/feed?a;access_token={}",
        "https://example.org/feed?authToken={}",
        "https://example.org/feed?X-Amz-Signature={}",
        "https://example.org/feed?X-Amz-Credential={}#top",
        "https://example.org/feed?client_secret={}",
        "https://example.org/feed?password={}",
        "https://example.org/feed?auth={}",
        "https://example.org/feed?PHPSESSION=1&sid={}",
        "https://example.org/feed#access_token={}",
        "  https://user:{}@example.org/feed",
    ],
)
def test_what_is_secret_in_an_address_is_in_no_message(url: str) -> None:
    assert SECRET not in shown(url.format(SECRET))
    assert "example.org" in shown(url.format(SECRET)) or "broken" in url
    assert SECRET not in str(_read(url.format(SECRET)) if "@" in url or "[" in url else "")


@pytest.mark.parametrize(
    "url", ["https://example.org/a@b?keyword=Naypyidaw&page=2", "https://example.org/monkey/token?author=Win", "x"]
)
def test_what_is_not_secret_in_an_address_is_shown(url: str) -> None:
    assert shown(url) == url


@given(st.text())
def test_an_address_is_shown_as_one_short_printable_line(url: str) -> None:
    line = shown(url)
    assert len(line) <= 201
    assert not line or line.isprintable()


@given(st.text() | st.builds("http://{}".format, st.text()) | st.builds("http://h{}/".format, st.text(":@[]%.0x1")))
@settings(max_examples=300)
def test_any_text_is_an_address_or_one_clear_error(url: str) -> None:
    read = _read(url)
    if isinstance(read, FetchError):
        assert not read.passing
        assert read.hint
    else:
        assert read.scheme in ("http", "https")
        assert not read.userinfo
        assert str(checked(str(read))) == str(read)


WORDS = b"Myanmar's junta said. " * 5000


def _packed(kind: str, data: bytes) -> bytes:
    if kind == "gzip":
        return gzip.compress(data)
    if kind == "two gzips":
        return gzip.compress(data[:100]) + gzip.compress(data[100:])
    if kind == "gzip, padded":
        return gzip.compress(data) + bytes(100)
    packing = zlib.compressobj(wbits=15 if kind == "zlib" else -15)
    return packing.compress(data) + packing.flush()


ENCODINGS = {"gzip": "gzip", "two gzips": "x-gzip", "gzip, padded": "GZIP", "zlib": "deflate", "raw": "deflate"}


@given(st.sampled_from(sorted(ENCODINGS)), st.integers(1, 5000))
@settings(max_examples=60, deadline=None)
def test_a_body_is_the_same_in_whatever_pieces_it_comes(kind: str, size: int) -> None:
    packed, body = _packed(kind, WORDS), Body(ENCODINGS[kind], len(WORDS))
    for at in range(0, len(packed), size):
        body.add(packed[at : at + size])
    assert body.whole() == WORDS


@given(st.sampled_from(sorted(ENCODINGS)), st.data())
@settings(max_examples=60, deadline=None)
def test_a_body_cut_short_is_never_taken_for_whole(kind: str, data: st.DataObject) -> None:
    packed = _packed("gzip" if "gzip" in kind else kind, WORDS)
    cut = data.draw(st.integers(1, len(packed) - 1))
    body = Body(ENCODINGS[kind], len(WORDS))
    body.add(packed[:cut])
    with pytest.raises(DamagedError):
        body.whole()


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["gzip", "deflate"]))
@settings(deadline=None)
def test_what_is_not_compressed_as_it_says_is_damaged(junk: bytes, encoding: str) -> None:
    body = Body(encoding, 100_000)
    with suppress(DamagedError):
        body.add(b"\x00\xff" + junk)
    with pytest.raises(DamagedError):
        body.whole()


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_a_compression_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(DamagedError, match="not asked for"):
        Body(encoding, 10)


@pytest.mark.parametrize("kind", ["", *sorted(ENCODINGS)])
def test_a_body_may_be_as_large_as_is_allowed_and_not_a_byte_larger(kind: str) -> None:
    packed, encoding = (_packed(kind, WORDS), ENCODINGS[kind]) if kind else (WORDS, "identity")
    exact = Body(encoding, len(WORDS))
    exact.add(packed)
    assert exact.whole() == WORDS
    small = Body(encoding, len(WORDS) - 1)
    with pytest.raises(TooLargeError):
        small.add(packed)
    assert bytes(small.held) == WORDS[:-1]


def test_a_body_of_countless_empty_streams_ends() -> None:
    body = Body("gzip", 20_000_000)
    with pytest.raises(DamagedError, match="pieces"):
        body.add(gzip.compress(b"") * 2_000)


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("", "timeline/"),
        ("https://example.org/bot", "(+https://example.org/bot)"),
        ("desk@example.org\r\nX-Evil: 1", "(+desk@example.orgX-Evil: 1)"),
        ("(naïve)", "(+nave)"),
    ],
)
def test_the_user_agent_is_honest_and_one_line(contact: str, told: str) -> None:
    assert agent(contact).startswith("timeline/")
    assert told in agent(contact)
    assert agent(contact).isprintable()


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8"]
)
def test_public_addresses_are_open(address: str) -> None:
    assert closed(address) == ""
