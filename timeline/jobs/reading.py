"""From what a user names to what can be imported: files and addresses found, unpacked, told by their format, read.

Everything that cannot be read comes out as a `Bad` with its reason, and the rest goes on.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import BinaryIO

from timeline.jobs.ahead import Answer, Fetch, answers
from timeline.jobs.listening import shown
from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad, Fit, Gone, Link, Reader, RowReader, WebReader, formats
from timeline.sources.containers import DEEPEST, Container
from timeline.sources.fetching.values import FetchError
from timeline.sources.finding import Found, find, is_address
from timeline.sources.formats import AnyFormat
from timeline.sources.given import Given

_GONE = 410  # the status of what was taken away for ever; 404 may be a mistake, and takes nothing away
_FOLLOWED = 1  # lists that a list may lead to: an index of sitemaps leads to sitemaps, these to articles


@dataclass(frozen=True, slots=True)
class Reading:
    """How a user wants things read: what is said about every article (`given`), the format that is forced, whether
    addresses that a feed or a sitemap lists are followed to the articles, who fetches (nobody: no address can be
    read), how many lists led here, who is told what an archive holds besides, and how many pages are read at once."""

    given: Given = field(default_factory=Given)
    format: AnyFormat | None = None
    follow: bool = False
    fetch: Fetch | None = None
    depth: int = 0
    warn: Callable[[str], None] = lambda _line: None
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """A file of rows of a data set, to be read by `reader`."""

    found: Found
    reader: RowReader


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An address that gives what it gave when it was imported."""

    origin: str


@dataclass(frozen=True, slots=True)
class Through:
    """A file, a fetched page or a member of an archive has been read to its end; what was bad in it was told before."""

    origin: str


Item = Article | Rows | Gone | Bad | Unchanged | Through


def items(
    paths: Iterable[str], reading: Reading, stdin: BinaryIO | None, missing: Callable[[InputError], None]
) -> Iterator[Item]:
    """What the paths name, in their order; `missing` is told of each path that names nothing."""
    for addresses, some in groupby(paths, is_address):
        if addresses:
            for url, answer in answers(((url, "") for url in some), reading.fetch):
                yield from _answered(url, answer, reading)
            continue
        yield from _ahead(_found(some, reading, stdin, missing), reading)


def _found(
    paths: Iterable[str], reading: Reading, stdin: BinaryIO | None, missing: Callable[[InputError], None]
) -> Iterator[Found | Unchanged]:
    for found in find(paths, formats.suffixes(), stdin, reading.warn):
        if isinstance(found, InputError):
            missing(found)
        elif reading.fetch is not None and reading.fetch.as_before(found):
            yield Unchanged(found.origin)
        else:
            yield found


def _ahead(founds: Iterable[Found | Unchanged], reading: Reading) -> Iterator[Item]:
    """All that is in some files, in their order. Of pages the next ones are read meanwhile, `reading.jobs` at once."""
    waiting = deque[tuple[Found, Future[list[Item]]]]()
    with ThreadPoolExecutor(reading.jobs, thread_name_prefix="timeline-read") as pool:
        try:
            for found in founds:
                if isinstance(found, Found) and reading.jobs > 1 and _is_page(found, reading):
                    waiting.append((found, pool.submit(_read_whole, found, reading)))
                    while len(waiting) > 2 * reading.jobs:
                        yield from waiting.popleft()[1].result()
                    continue
                while waiting:
                    yield from waiting.popleft()[1].result()
                yield from [found] if isinstance(found, Unchanged) else read(found, reading)
            while waiting:
                yield from waiting.popleft()[1].result()
        finally:
            for found, future in waiting:
                if future.cancel():
                    found.close()


def _is_page(found: Found, reading: Reading) -> bool:
    try:
        each = _format(found, reading.format)
    except InputError:
        return False
    return isinstance(each, WebReader) and not each.lists


def _read_whole(found: Found, reading: Reading) -> list[Item]:
    return list(read(found, reading))


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
    yield Through(found.origin)


def bad(origin: str, error: InputError, data: bytes = b"") -> Bad:
    """What could not be read, with what to do about it."""
    reason = f"{error.what}. {error.hint}" if error.hint else error.what
    passing = isinstance(error, FetchError) and error.passing
    return Bad(origin, reason, data, passing, error.retry_after if isinstance(error, FetchError) else None)


def _format(found: Found, forced: AnyFormat | None) -> AnyFormat:
    """The format of some bytes: an archive is opened also where the format of what it holds is forced. Raises
    InputError."""
    if forced is None:
        each = formats.format_of(found.head, formats.all_formats().values())
    else:
        # Beside the tables that a mapping reads it may lie itself.
        told: list[AnyFormat] = [*formats.containers().values()]
        told += [formats.row_readers()["settings"]] if forced.name == "mapping" else []
        sure = [each for each in told if each.fits(found.head) is Fit.SURE]
        each = sure[0] if sure else forced
    if install := formats.missing(each):
        raise InputError(f"{each.title} cannot be read here", hint=f"Install it: {install}")
    return each


def _articles(found: Found, reader: Reader, reading: Reading) -> Iterator[Item]:
    data = b""
    try:
        data = found.read()
        links, own = list[Link](), defaultdict[str, list[Article]](list)
        for item in _items(reader, data, found):
            if isinstance(item, Link):
                links.append(item)
            elif isinstance(item, Article) and reading.follow and reader.lists and item.url:
                links.append(Link(item.url, item.origin, item.title, item.published))
                own[item.url].append(reading.given.apply(item, found))
            else:
                yield item if isinstance(item, (Bad, Gone)) else reading.given.apply(item, found)
        yield from _followed(links, own, found, reading)
    except InputError as error:
        yield bad(found.origin, error, data)


def _items(reader: Reader, data: bytes, found: Found) -> Iterator[Article | Link | Gone | Bad]:
    if isinstance(reader, WebReader):
        return reader.read_web(data, found.origin, found.url, found.charset)
    return reader.read(data, found.origin)


def _followed(
    links: Sequence[Link], own: Mapping[str, Sequence[Article]], within: Found, reading: Reading
) -> Iterator[Item]:
    """What lies where a list's links lead; of the title and the day that the list states where it states none. `own`:
    what the list itself holds of an address."""
    if not reading.follow:
        if number := len({link.url for link in links}):
            # One item a list, however long: of the same origin and the same (no) content also when the list grows.
            what = f"it lists {number:,} address{'es' if number > 1 else ''} and does not hold what is there"
            how = "Import it by itself, with --follow" if reading.depth else "Say --follow to fetch it"
            yield Bad(within.origin, f"{what}. {how}", b"")
        return
    stated = {link.url: link for link in links}
    there = replace(reading, format=None, depth=reading.depth + 1, follow=reading.depth < _FOLLOWED)
    for url, answer in answers(((url, link.mark) for url, link in stated.items()), reading.fetch):
        items = _answered(url, answer, there)
        for item in _or_own(own[url], items, url, within, reading) if url in own else items:
            if isinstance(item, Bad) and reading.fetch is not None:
                reading.fetch.forget(within.origin)
            yield _completed(item, stated[url]) if isinstance(item, Article) else item


def _or_own(own: Sequence[Article], items: Iterable[Item], url: str, within: Found, reading: Reading) -> Iterator[Item]:
    """What lies at the address of a feed's entry; the entry's own text where nothing can be read there, or less than
    half of that. A page that was read before is not replaced so."""
    read = list(items)
    bad = next((item for item in read if isinstance(item, Bad)), None)
    words = sum(len(item.text.split()) for item in read if isinstance(item, Article))
    said = any(isinstance(item, (Unchanged, Gone)) for item in read)
    short = not said and 2 * words < max(len(o.text.split()) for o in own)
    if not (bad or short) or (reading.fetch is not None and reading.fetch.knows(url)):
        yield from read
        return
    reading.warn(f"{url}: {bad.reason if bad else 'it has less text than the feed'}. The feed's own text is read")
    if reading.fetch is not None:
        reading.fetch.forget(url)
        if bad and bad.passing:
            reading.fetch.forget(within.origin)
    yield from own
    yield Through(url)


def _completed(article: Article, link: Link) -> Article:
    if article.published is None and link.published is not None:
        article = replace(article, published=link.published, published_from="metadata")
    return article if article.title else replace(article, title=link.title)


def _answered(url: str, answer: Answer, reading: Reading) -> Iterator[Item]:
    if isinstance(answer, InputError):
        yield Gone(url) if _withdrawn(url, answer, reading) else bad(url, answer)
    else:
        yield from [Unchanged(url)] if answer is None else read(answer, reading)


def _withdrawn(url: str, answer: InputError, reading: Reading) -> bool:
    """Whether an article's own server says that it is gone for good. Where a list leads, what was read once counts: it
    is not read from the list instead, however often that still has it."""
    if reading.fetch is None or not isinstance(answer, FetchError) or answer.status != _GONE:
        return False
    return reading.fetch.knows(url) if reading.depth else reading.fetch.holds(url)
