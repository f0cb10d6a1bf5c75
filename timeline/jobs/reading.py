"""From what a user names to what can be imported: files and addresses found, unpacked, told by their format, read.

Everything that cannot be read comes out as a `Bad` with its reason, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from timeline.jobs.listening import shown
from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad, Fit, Link, Reader, RowReader, formats
from timeline.sources.containers import DEEPEST, Container
from timeline.sources.finding import Found, find, is_address
from timeline.sources.formats import AnyFormat
from timeline.sources.given import Given

# Fetches an address. Raises InputError.
Fetch = Callable[[str], Found]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a user wants things read: what is said about every article (`given`), the format that is forced, whether
    addresses that a feed or a sitemap lists are followed to the articles, who fetches (nobody: no address can be read),
    and who is told what an archive holds besides."""

    given: Given = field(default_factory=Given)
    format: AnyFormat | None = None
    follow: bool = False
    fetch: Fetch | None = None
    warn: Callable[[str], None] = lambda _line: None


@dataclass(frozen=True, slots=True)
class Rows:
    """A file of rows of a data set, to be read by `reader`."""

    found: Found
    reader: RowReader


Item = Article | Rows | Bad


def items(
    paths: Iterable[str], reading: Reading, stdin: BinaryIO | None, missing: Callable[[InputError], None]
) -> Iterator[Item]:
    """What the paths name, in their order; `missing` is told of each path that names nothing."""
    for path in paths:
        named = [path] if is_address(path) else find([path], formats.suffixes(), stdin)
        for each in named:
            if isinstance(each, InputError):
                missing(each)
            elif isinstance(each, str):
                yield from _fetched(each, reading)
            else:
                yield from read(each, reading)


def read(found: Found, reading: Reading) -> Iterator[Item]:
    """What is in a file, a fetched page or a member of an archive, whatever its format."""
    try:
        each = _format(found, reading.format)
        if isinstance(each, Container):
            if found.depth >= DEEPEST:
                raise InputError(f"it lies in {DEEPEST} archives, one inside the other: deeper ones are not opened")
            for member in each.unpack(found, lambda line: reading.warn(f"{shown(found.origin)}: {line}")):
                yield from [member] if isinstance(member, Bad) else read(member, reading)
        elif isinstance(each, RowReader):
            yield Rows(found, each)
        else:
            yield from _articles(found, each, reading)
    except InputError as error:
        yield bad(found.origin, error)
    finally:
        found.close()


def bad(origin: str, error: InputError, data: bytes = b"") -> Bad:
    """What could not be read, with what to do about it."""
    return Bad(origin, f"{error.what}. {error.hint}" if error.hint else error.what, data)


def _format(found: Found, forced: AnyFormat | None) -> AnyFormat:
    """The format of some bytes: an archive is opened also where the format of what it holds is forced. Raises
    InputError."""
    if forced is None:
        each = formats.format_of(found.head, formats.all_formats().values())
    else:
        packed = [each for each in formats.containers().values() if each.fits(found.head) is Fit.SURE]
        each = packed[0] if packed else forced
    if install := formats.missing(each):
        raise InputError(f"{each.title} cannot be read here", hint=f"Install it: {install}")
    return each


def _articles(found: Found, reader: Reader, reading: Reading) -> Iterator[Item]:
    data = b""
    try:
        data = found.read()
        for item in reader.read(data, found.origin):
            if isinstance(item, Bad):
                yield item
            elif isinstance(item, Link):
                yield from _followed(item, reading)
            elif reading.follow and item.url and reader.lists:
                yield from _followed(Link(item.url, item.origin, item.title, item.published), reading)
            else:
                yield reading.given.apply(item, found)
    except InputError as error:
        yield bad(found.origin, error, data)


def _followed(link: Link, reading: Reading) -> Iterator[Item]:
    """The articles that lie where a link leads; they are filed on the day that the list states."""
    if not reading.follow:
        yield Bad(link.origin, "it lists addresses of articles, none itself. Say --follow to fetch them", b"")
        return
    for item in _fetched(link.url, replace(reading, follow=False, format=None)):
        if isinstance(item, Article) and item.published is None and link.published is not None:
            item = replace(item, published=link.published, published_from="metadata")
        yield item


def _fetched(url: str, reading: Reading) -> Iterator[Item]:
    try:
        if reading.fetch is None:
            raise InputError("addresses are not fetched here", hint="Save the page and name the file")
        found = reading.fetch(url)
    except InputError as error:
        yield bad(url, error)
    else:
        yield from read(found, reading)
