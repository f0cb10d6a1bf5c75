"""Web archives (WARC, ISO 28500): the pages, texts and feeds that a crawler was given, as if its servers gave them now.

Read here rather than by a library: those read lines and bodies of any length into memory and print what is damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from typing import BinaryIO
from urllib.parse import quote

from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.containers.bounds import Budget
from timeline.sources.containers.members import Member, budget_around
from timeline.sources.containers.packing import beginning, contents
from timeline.sources.containers.records import Headers, body, headers
from timeline.sources.finding import Found, name_in
from timeline.sources.head import Head, charset, plain_type

_LARGEST = 20 * 1024 * 1024  # bytes of one page, packed or not
_START = 64 * 1024  # of a record that are read to see what it is
_URI = "%/:=&?~#+!$,;'@()*[]"
# Media types that are read, and the end of a file's name that tells the same.
_READ = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/feed+json": ".json",
}


class WarcContainer:
    name = "warc"
    title = "web archive (WARC)"
    suffixes = (".warc", ".warc.gz")
    example = "timeline import crawl.warc.gz"
    extra = needs = ""

    def fits(self, head: Head) -> Fit:
        if beginning(head, 8).startswith(b"WARC/"):
            return Fit.SURE
        return Fit.NAME if head.suffix == ".warc" else Fit.NO

    def unpack(self, found: Found, warn: Callable[[str], None]) -> Iterator[Found | Bad]:  # noqa: ARG002 - too much is
        """The answers with status 200 that are pages, texts or feeds, in their order; what else was fetched (pictures,
        redirects, requests) is not counted. Raises InputError for what is no WARC file, and where it breaks off."""
        budget, first = Budget(around=budget_around(found)), True
        with closing(contents(found, budget)) as stream:
            while True:
                version, head = headers(stream)
                if not version:
                    break
                if not version.startswith("WARC/"):
                    raise InputError("it is no WARC file" if first else "it is damaged between two records")
                first = False
                budget.member()
                record = _Record(stream, head)
                origin = f"{found.origin}!/{quote(record.target, safe=_URI)}"
                try:
                    answer = record.answer()
                except InputError as error:
                    yield Bad(origin, error.what, record.start)
                else:
                    if answer is not None:
                        yield _member(found, record.target, origin, *answer, budget)
                record.skip()
        if first:
            raise InputError("it is no WARC file, or an empty one")


def _member(found: Found, target: str, origin: str, data: bytes, media_type: str, budget: Budget) -> Member:
    name = name_in(target).rsplit(".", 1)[0] + _READ[plain_type(media_type)]
    budget.give(len(data))
    return Member(found, name, lambda: BytesIO(data), budget, origin=origin, url=target, media_type=media_type)


class _Record:
    """A record's body, of which as little is read as tells what it is. `start` are its first bytes, once read."""

    def __init__(self, stream: BinaryIO, head: Headers) -> None:
        length = head.get("content-length", "")
        if not length.isdecimal() or len(length) > 15:
            raise InputError("it is damaged: a record does not say how long it is")
        self._stream, self._head, self._left = stream, head, int(length)
        self.target = head.get("warc-target-uri", "").strip("<> ")
        self.start = b""

    def answer(self) -> tuple[bytes, str] | None:
        """The page that a server gave, and its media type; None for what is none. Raises InputError for one that
        cannot be read."""
        kind = self._head.get("warc-type")
        if kind not in ("response", "resource", "conversion") or not self.target.startswith(("http:", "https:")):
            return None
        self.start = self._read(min(self._left, _START))
        stream, status, head = BytesIO(self.start), "- 200", self._head
        if kind == "response":
            status, head = headers(stream)
        media_type = head.get("content-type", "")
        if status.split()[1:2] != ["200"] or plain_type(media_type) not in _READ or self.target.endswith("/robots.txt"):
            return None
        if why := self._head.get("warc-truncated"):
            raise InputError(f"the crawler cut it off ({why[:40]})")
        if self._left > _LARGEST:
            raise InputError(f"it is larger than {_LARGEST // 1024 // 1024} MB")
        data = body(stream.read() + self._read(self._left), head, _LARGEST)
        return (_utf8(data, charset(media_type)) if plain_type(media_type) == "text/plain" else data), media_type

    def skip(self) -> None:
        while self._left:
            self._read(min(self._left, 1024 * 1024))

    def _read(self, length: int) -> bytes:
        data = self._stream.read(length)
        if len(data) < length:
            raise InputError("it is damaged or cut off: its end is missing")
        self._left -= length
        return data


def _utf8(data: bytes, encoding: str) -> bytes:
    """A text in the encoding that its server stated, in UTF-8; as it is where it was not."""
    try:
        return data.decode(encoding or "utf-8").encode()
    except (LookupError, ValueError):
        return data
