"""Every format that can be read, and which one some bytes are of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from typing import TypeVar, cast

from timeline.model.errors import InputError, UsageError
from timeline.sources import Fit, Format, Reader, RowReader
from timeline.sources.containers import Container
from timeline.sources.head import Head

# The table of our own formats: name, class. Of equal fits the first reads.
READERS: dict[str, str] = {
    "mail": "timeline.sources.mail:MailReader",
    "pdf": "timeline.sources.document:PdfReader",
    "docx": "timeline.sources.document:WordReader",
    "odt": "timeline.sources.document:OpenDocumentReader",
    "html": "timeline.sources.html:HtmlReader",
    "feed": "timeline.sources.feeds:FeedReader",
    "sitemap": "timeline.sources.sitemaps:SitemapReader",
    "filelist": "timeline.sources.filelists:FileListReader",
    "jsonl": "timeline.sources.jsonlines:JsonLinesReader",
    "articles": "timeline.sources.articles:ArticleTableReader",
    "text": "timeline.sources.plain:PlainReader",
}
ROW_READERS: dict[str, str] = {
    "gdelt-2": "timeline.sources.datasets.gdelt:Gdelt2Reader",
    "gdelt-1": "timeline.sources.datasets.gdelt:Gdelt1Reader",
    "gdelt-mentions": "timeline.sources.datasets.gdelt_mentions:GdeltMentionsReader",
    "icews": "timeline.sources.datasets.icews:IcewsReader",
    "phoenix": "timeline.sources.datasets.phoenix:PhoenixReader",
    "phoenix-historical": "timeline.sources.datasets.phoenix:PhoenixHistoricalReader",
    "acled": "timeline.sources.datasets.acled:AcledReader",
    "ucdp": "timeline.sources.datasets.ucdp:UcdpReader",
    "polecat": "timeline.sources.datasets.polecat:PolecatReader",
    "timelinejs": "timeline.sources.datasets.timelinejs:TimelineJsReader",
    "wikidata": "timeline.sources.datasets.wikidata:WikidataReader",
    "settings": "timeline.sources.settings:SettingsReader",
    "table": "timeline.sources.datasets.unmapped:UnmappedReader",
}
CONTAINERS: dict[str, str] = {
    "warc": "timeline.sources.containers.warc:WarcContainer",
    "tar": "timeline.sources.containers.tar:TarContainer",
    "mbox": "timeline.sources.containers.mbox:MboxContainer",
    "zip": "timeline.sources.containers.zip:ZipContainer",
    "gz": "timeline.sources.containers.compressed:CompressedContainer",
}

AnyFormat = Reader | RowReader | Container
Some = TypeVar("Some", bound=AnyFormat)


@cache
def readers() -> dict[str, Reader]:
    """Formats of articles by name, ours first."""
    return cast("dict[str, Reader]", _loaded(READERS, "timeline.readers"))


@cache
def row_readers() -> dict[str, RowReader]:
    """Formats of event data sets by name, ours first."""
    return cast("dict[str, RowReader]", _loaded(ROW_READERS, "timeline.datasets"))


@cache
def containers() -> dict[str, Container]:
    """Formats of archives by name."""
    return cast("dict[str, Container]", _loaded(CONTAINERS, "timeline.containers"))


def all_formats() -> dict[str, AnyFormat]:
    return {**containers(), **row_readers(), **readers()}


def suffixes() -> set[str]:
    """The ends of file names that a folder is searched for."""
    return {suffix for each in all_formats().values() for suffix in each.suffixes if suffix}


def named(name: str) -> AnyFormat:
    """The format that a user names. Raises UsageError."""
    known = all_formats()
    try:
        return known[name.strip().lower()]
    except KeyError as error:
        raise UsageError(
            f"--format: {name!r} is none that can be read", hint=f"'timeline sources' lists them: {', '.join(known)}"
        ) from error


def forced(name: str, mapping: str) -> AnyFormat | None:
    """The format of a name, or that of a table whose columns a mapping explains; None without both. Raises UsageError,
    InputError for a mapping that cannot be read."""
    if mapping:
        from timeline.sources.datasets.mapped import reader_of

        return reader_of(mapping)
    return named(name) if name else None


def format_of(head: Head, among: Iterable[Some]) -> Some:
    """The one that fits best. Raises InputError where none does."""
    best, fit = None, Fit.NO
    for each in among:
        if (found := each.fits(head)) > fit:
            best, fit = each, found
    if best is None:
        raise InputError(
            "this is no format that can be read", hint="'timeline sources' lists them; --format forces one"
        )
    return best


def missing(each: Format) -> str:
    """What to install so that a format can be read; "" where nothing is missing."""
    if not each.needs or find_spec(each.needs) is not None:
        return ""
    return f"pip install 'timeline-events[{each.extra}]'"


def _loaded(ours: dict[str, str], group: str) -> dict[str, object]:
    foreign = (e for e in sorted(entry_points(group=group), key=lambda e: e.name) if e.name not in ours)
    return {name: _load(path) for name, path in ours.items()} | {e.name: _foreign(e) for e in foreign}


def _load(path: str) -> object:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)()


def _foreign(entry: EntryPoint) -> object:
    return entry.load()()
