"""Pages, feeds and sitemaps of strangers: stored or refused with a reason, in bounded time and memory."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.sources.furnished import furnished
from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad, Link, WebReader
from timeline.sources.feeds import FeedReader
from timeline.sources.head import Head
from timeline.sources.html import HtmlReader
from timeline.sources.sitemaps import SitemapReader
from timeline.sources.worker import SECONDS, workers

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
PAGE = furnished(
    "Malaysia's king visits Brunei",
    ["Malaysia's king flew to Brunei on Monday for a visit of three days, the palace said."] * 2,
    date(2025, 3, 3),
)
SEEDS: list[tuple[WebReader, bytes]] = [
    (HtmlReader(), PAGE),
    (FeedReader(), (SAMPLES / "feeds" / "rss.xml").read_bytes()),
    (FeedReader(), (SAMPLES / "feeds" / "atom.xml").read_bytes()),
    (FeedReader(), (SAMPLES / "feeds" / "feed.json").read_bytes()),
    (SitemapReader(), (SAMPLES / "sitemaps" / "news.xml").read_bytes()),
]
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
    + b'<!ENTITY xxe SYSTEM "file:///etc/passwd"><!ENTITY net SYSTEM "http://127.0.0.1:9/">]>'
)


def outcome(reader: WebReader, data: bytes) -> list[Article | Link | Bad] | str:
    """What was read, or the reason why nothing was; in bounds, whatever the data are."""
    reader.fits(Head("x", data[:65536]))
    begun = time.process_time(), time.monotonic()
    found: list[Article | Link | Bad] | str
    try:
        found = list(reader.read_web(data, "https://wire.example/x"))
    except InputError as error:
        found = str(error)
    # What the program itself does is little; the worker is bounded by the processor's time, not by the clock.
    assert time.process_time() - begun[0] < 2
    assert time.monotonic() - begun[1] < 4 * SECONDS + 5
    for each in [found] if isinstance(found, str) else found:
        texts = [each] if isinstance(each, str) else [each.reason] if isinstance(each, Bad) else [each.title, each.url]
        texts += [each.text] if isinstance(each, Article) else []
        assert not any(re.search("[\x00-\x08\x0e-\x1f\ud800-\udfff]", text) for text in texts)
        assert not any("root:" in text for text in texts)
    return found


def variants(seed: bytes) -> Iterator[bytes]:
    yield from (seed[: len(seed) * n // 20] for n in range(20))
    yield seed.replace(b"\n", b"\r\n")
    yield b"\xef\xbb\xbf" + seed
    yield b"\xff\xfe" + seed
    yield b"\0" * 5 + seed
    yield seed.replace(b"a", b"\0a")
    yield seed.replace(b"e", b"\xff")
    yield seed.replace(b"on ", "ön ".encode("cp1252"))
    yield seed.replace(b"on ", b"\xed\xa0\x80on ")  # half a character
    yield seed.replace(b"on ", b"&#xD800;on \\ud800")
    yield seed.replace(b"utf-8", b"utf-7").replace(b"UTF-8", b"utf-7")
    yield seed.replace(b"utf-8", b"idna").replace(b"UTF-8", b"idna")
    yield seed.decode().encode("utf-16")
    yield seed.decode().encode("utf-32")
    yield seed * 3
    yield seed[::-1]
    yield b" \r\n\t"
    yield bytes(range(256)) * 40


@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_broken_bytes_are_read_or_refused(number: int) -> None:
    reader, seed = SEEDS[number]
    for data in variants(seed):
        assert outcome(reader, data) is not None


@pytest.mark.parametrize("inside", [b"&j;", b"&xxe;", b"&net;"])
def test_entities_neither_swell_nor_fetch(inside: bytes) -> None:
    for reader, seed in SEEDS:
        swollen = seed.replace(b"on ", inside + b"on ")
        start = swollen.find(b"?>") + 2 if swollen.startswith(b"<?xml") else 0
        result = outcome(reader, swollen[:start] + BOMB + swollen[start:])
        assert len(str(result)) < 200_000


@pytest.mark.parametrize(
    "inside",
    [
        b"<div>" * 200_000,
        b"<ul><li>" * 100_000 + b"x",
        b"<table><tr><td>" * 70_000,
        b'<table><tr><td colspan="9007199254740992" rowspan="99999999999">x</table>',
        b'<p class="' + b"x " * 2_000_000 + b'">',
        b"<!--" + b"-" * 3_000_000,
        b"<p>" + b"1 " * 1_000_000,
        b"a" * 5_000_000,
        b"<script type=application/ld+json>" + b"[" * 200_000 + b"</script>",
        b"&amp;" * 500_000,
    ],
)
def test_monsters_within_a_page_cost_the_page_at_most(inside: bytes) -> None:
    outcome(HtmlReader(), PAGE.replace(b"</article>", inside + b"</article>"))
    assert isinstance(outcome(HtmlReader(), PAGE), list)


def test_ten_megabytes_of_elements_are_refused() -> None:
    for data in (b"<html><body>" + b"<p>a</p>" * 1_200_000, b"<html>" + b"<br>" * 2_600_000):
        assert isinstance(outcome(HtmlReader(), data), str)


@pytest.mark.parametrize(
    ("number", "inside"),
    [
        (1, b"<a>" * 200_000),
        (1, b'<a b="' + b"x" * 5_000_000 + b'"/>'),
        (1, b"<description>" + b"&lt;div&gt;" * 200_000 + b"</description>"),
        (2, b"<entry>" * 100_000),
        (4, b"<a>" * 200_000),
        (4, b"<loc>" + b"x" * 5_000_000 + b"</loc>"),
    ],
)
def test_monsters_within_a_feed_or_a_sitemap_cost_it_at_most(number: int, inside: bytes) -> None:
    reader, seed = SEEDS[number]
    place = seed.rindex(b"</item>" if number == 1 else b"</entry>" if number == 2 else b"</url>")
    outcome(reader, seed[:place] + inside + seed[place:])
    assert isinstance(outcome(reader, seed), list)


def test_json_too_deep_is_refused() -> None:
    data = b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 200_000
    assert outcome(FeedReader(), data) == "this is no JSON. Was it saved whole?"


def test_the_worker_does_not_grow_with_the_pages() -> None:
    def size() -> int:
        statuses = [Path(f"/proc/{pid}/status") for pid in workers().pids]
        return sum(int(re.findall(r"VmRSS:\s+(\d+)", each.read_text())[0]) for each in statuses if each.exists())

    for _ in range(50):
        outcome(HtmlReader(), PAGE)
    before = size()
    for _ in range(200):
        outcome(HtmlReader(), PAGE)
    assert size() < before + 20_000 or size() == 0
