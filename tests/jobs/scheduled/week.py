"""A week of the world: what servers publish as it goes on, and how they misbehave.

Three papers publish an item each half day for five days, and two days more in which the last are corrected and
withdrawn; what is four days old rolls off their feeds. GDELT lists a file more each half day.
"""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha256

from tests.sources.faults import Answer, FaultServer, Request, raw
from timeline.sources.fetching import Fetcher, Policy

BEGIN, DAYS = datetime(2025, 3, 3, tzinfo=UTC), 7
END = BEGIN + timedelta(days=DAYS)
ITEMS = 10  # of each paper, and files of GDELT's
PAPERS = ("one.example", "two.example", "three.example")
GDELT = "gdelt.example"
HOSTS = (*PAPERS, GDELT)
PEOPLE = ("Vladimir Putin", "Min Aung Hlaing", "Xi Jinping", "Narendra Modi", "Emmanuel Macron")
FAULTS = ("500", "rest", "late", "part", "reset", "etag")
REST = 300  # seconds that a server asks to be left alone
_STAYS = timedelta(days=4)  # in a feed
_GONE = b"gone"


@dataclass(frozen=True)
class Item:
    """What a paper publishes: its number tells whether and when it is corrected, withdrawn, and off the feed."""

    host: str
    number: int

    @property
    def made(self) -> datetime:
        return BEGIN + timedelta(hours=12 * self.number)

    @property
    def end(self) -> datetime:
        """When it is withdrawn, if it is."""
        return self.made + timedelta(hours=36)

    def corrected(self, now: datetime) -> bool:
        return self.number % 3 == 0 and now >= self.made + timedelta(days=1)

    def withdrawn(self, now: datetime) -> bool:
        return self.host != "one.example" and self.number % 4 == 1 and now >= self.end

    def title(self) -> str:
        return " and ".join(self._people())

    def text(self, now: datetime) -> str:
        one, other = self._people()
        verb = "spoke by telephone with" if self.corrected(now) else "met"
        told = f"{one} {verb} {other} in Moscow on {self.made:%d %B %Y}, officials said."
        return f"{told} They signed agreement {self.number}."

    def _people(self) -> tuple[str, str]:
        place = PAPERS.index(self.host)
        one, other = (PEOPLE[(self.number + step) % len(PEOPLE)] for step in (place, place + 2))
        return one, other


class World:
    """The time, and what servers give then. With `trouble` they misbehave one time in five; `whole` feeds hold all that
    they ever held."""

    def __init__(self, server: FaultServer) -> None:
        self.now, self.server, self.trouble, self.whole = BEGIN, server, True, False
        self.draw = random.Random(11)  # noqa: S311
        self.given, self.hasty, self.rest = Counter[str](), list[str](), dict[str, datetime]()
        self.say("/one.xml", lambda: self._rss("one.example"), "application/rss+xml")
        self.say("/two.xml", self._atom, "application/atom+xml")
        self.say("/three.xml", lambda: self._rss("three.example"), "application/rss+xml")
        self.say("/masterfilelist.txt", self._list, "text/plain")
        for number in range(ITEMS):
            self.say(f"/page/{number}", lambda n=number: self._page(Item("three.example", n)), "text/html")
            self.say(f"/{number:03}.export.CSV.zip", lambda n=number: self._export(n), "application/zip")

    def say(self, path: str, body: Callable[[], bytes], kind: str) -> None:
        self.server.say(path, lambda request: self._said(request, body(), kind))

    def sleep(self, seconds: float) -> None:
        until = time.monotonic() + 5  # the server may not know yet that nobody waits for its answer
        while any(not each.ended for each in self.server.requests[-50:]) and time.monotonic() < until:
            time.sleep(0.01)
        self.now += timedelta(seconds=seconds)

    def opened(self, policy: Policy) -> Fetcher:
        return Fetcher(
            replace(policy, read=0.3 if self.trouble else 10.0),
            resolve=lambda _host, _port: ["127.0.0.1"],
            clock=lambda: (self.now - BEGIN).total_seconds(),
            now=lambda: self.now,
            sleep=self.sleep,
            jitter=self.draw.random,
        )

    def _said(self, request: Request, body: bytes, kind: str) -> Answer:
        if self.now < self.rest.get(request.host, BEGIN):
            self.hasty.append(f"{request.host} at {self.now}")
        etag = f'"{sha256(body).hexdigest()[:8]}"'
        fault = self.draw.choice(FAULTS) if self.trouble and self.draw.random() < 0.2 else ""
        self.given[fault or ("same" if request.headers.get("if-none-match") == etag else "whole")] += 1
        if fault == "500":
            return Answer(b"oops", status=500)
        if fault == "rest":
            self.rest[request.host] = self.now + timedelta(seconds=REST)
            return Answer(b"", status=503, headers={"Retry-After": str(REST)})
        if fault == "late":
            return Answer(body, pause=0.4)
        if fault == "part":
            return raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body), body[: len(body) // 2])
        if fault == "reset":
            return raw(b"HTTP/1.1 200 OK\r\nContent-Le", reset=True)
        if body == _GONE:
            return Answer(body, status=410)
        if fault == "etag":  # another for the same
            etag = f'"{self.draw.random()}"'
        elif request.headers.get("if-none-match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(body, headers={"ETag": etag, "Content-Type": kind})

    def _items(self, host: str) -> list[Item]:
        made = (Item(host, number) for number in range(ITEMS))
        return [item for item in made if item.made <= self.now and (self.whole or self.now < item.made + _STAYS)]

    def _rss(self, host: str) -> bytes:
        """A page that is gone stays in the feed for a day more."""
        items = "".join(
            f"<item><guid isPermaLink='false'>{host}/{item.number}</guid><link>{self._address(item)}</link>"
            f"<title>{item.title()}</title><pubDate>{item.made:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
            f"<description>{item.text(self.now)}</description></item>"
            for item in self._items(host)
            if not item.withdrawn(self.now - timedelta(days=1))
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{host}</title>{items}</channel></rss>".encode()

    def _atom(self) -> bytes:
        spaces = "xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'"
        entries = []
        for item in self._items("two.example"):
            name, at = f"tag:two.example,2025:{item.number}", f"{item.made:%Y-%m-%dT%H:%M:%SZ}"
            if item.withdrawn(self.now):
                entries.append(f"<at:deleted-entry ref='{name}' when='{item.end:%Y-%m-%dT%H:%M:%SZ}'/>")
                continue
            entries.append(
                f"<entry><id>{name}</id><link href='{self._address(item)}'/><title>{item.title()}</title>"
                f"<published>{at}</published><updated>{at}</updated><content>{item.text(self.now)}</content></entry>"
            )
        return f"<feed {spaces}><title>two.example</title>{''.join(entries)}</feed>".encode()

    def _page(self, item: Item) -> bytes:
        if item.withdrawn(self.now):
            return _GONE
        said = {"article:published_time": f"{item.made:%Y-%m-%d}", "og:site_name": item.host}
        meta = "".join(f"<meta property='{key}' content='{value}'>" for key, value in said.items())
        head = f"<title>{item.title()}</title>{meta}"
        body = f"<h1>{item.title()}</h1><p>{item.text(self.now)}</p><p>The talks went on until late at night.</p>"
        return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>".encode()

    def _address(self, item: Item) -> str:
        return self.server.url(f"/page/{item.number}", host=item.host)

    def _list(self) -> bytes:
        """As GDELT's: size, sum and address of each file so far."""
        lines = []
        for number in range(ITEMS):
            if BEGIN + timedelta(hours=12 * number) <= self.now:
                data, path = self._export(number), f"/{number:03}.export.CSV.zip"
                told = md5(data, usedforsecurity=False).hexdigest()
                lines.append(f"{len(data)} {told} {self.server.url(path, host=GDELT)}\n")
        return "".join(lines).encode()

    def _export(self, number: int) -> bytes:
        """A file of events; its first rows are in the file before, too, and say something else there. The fourth, which
        ends before the next one begins, is published anew later, with other figures."""
        packed = io.BytesIO()
        anew = number == 3 and self.now >= BEGIN + timedelta(days=4)
        rows = range(10 * number, 10 * number + (10 if number == 3 else 13))
        with zipfile.ZipFile(packed, "w") as archive:
            name = zipfile.ZipInfo(f"{number:03}.export.CSV")
            archive.writestr(name, "".join(_row(row, number, 50 if anew else 5 + number) for row in rows))
        return packed.getvalue()


def _row(row: int, number: int, mentions: int) -> str:
    cells = [""] * 58
    cells[:5] = [str(700_000 + row), "20250301", "202503", "2025", "2025.1644"]
    cells[5:8] = ["RUS", "RUSSIA", "RUS"]
    cells[15:18] = ["MMR", "MYANMAR", "MMR"]
    cells[25:31] = ["1", "042", "042", "04", "1", "1.9"]
    cells[31:35] = [str(mentions), "1", "5", "2.5"]
    cells[56:58] = [f"{BEGIN + timedelta(hours=12 * number):%Y%m%d}", f"https://example.org/{row}"]
    return "\t".join(cells) + "\n"
