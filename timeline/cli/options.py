"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.asking.days import day
from timeline.model.errors import TimelineError, UsageError

if TYPE_CHECKING:
    from timeline.jobs.ahead import Fetch
    from timeline.sources.filing import By
    from timeline.sources.formats import AnyFormat
    from timeline.store.store import Store

Db = Annotated[
    str | None,
    typer.Option(
        "--db", envvar="TIMELINE_DATABASE_URL", help="Database URL or SQLite file (default: in your data folder)."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON array.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
AsNl = Annotated[bool, typer.Option("--nl", help="Print one JSON object a line.")]
Published = Annotated[str | None, typer.Option(help="Publication date, e.g. 2025-03-03; it wins over any other.")]
PublishedFrom = Annotated[
    str,
    typer.Option(
        "--published-from",
        help="What dates an article that states none: name (address or file name), mtime (or its file's time), none.",
    ),
]
Language = Annotated[
    str, typer.Option("--language", help="Language of texts that do not name theirs, such as de or German.")
]
Locale = Annotated[str, typer.Option("--locale", help="en-US reads 3/4/2025 as 4 March, en-GB as 3 April.")]
All = Annotated[bool, typer.Option("--all", "-a", help="Also what matters little (below the default salience).")]
Extractor = Annotated[
    str,
    typer.Option(
        "--extractor", help="Who reads the texts: default, on this machine, or llm, which sends them to an endpoint."
    ),
]

Format = Annotated[str, typer.Option("--format", help="Read as this format, whatever it looks like: timeline sources.")]
Mapping = Annotated[str, typer.Option("--mapping", help="TOML file that says what the columns of a table mean.")]
Offline = Annotated[bool, typer.Option("--offline", envvar="TIMELINE_OFFLINE", help="Fetch nothing.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from private addresses, such as localhost.")
]
Contact = Annotated[
    str,
    typer.Option("--contact", envvar="TIMELINE_CONTACT", help="Address that servers are told to complain to."),
]


def needs(doing: str, extra: str, *libraries: str) -> None:
    """Raises TimelineError where one of the libraries that an extra brings is not installed."""
    for library in libraries:
        if find_spec(library) is None:
            hint = f"Run: pip install 'timeline-events[{extra}]'"
            raise TimelineError(f"{doing} needs {library}, which is not installed", hint=hint)


def format_of(name: str, mapping: str = "") -> AnyFormat | None:
    """The format that --format or --mapping forces; None without them. Raises UsageError, InputError."""
    if name and mapping:
        raise UsageError("give only one of --format and --mapping")
    from timeline.sources.formats import forced

    return forced(name, mapping)


@contextmanager
def fetching(
    store: Store | None = None,
    *,
    offline: bool,
    allow_private: bool,
    contact: str,
    anew: bool = False,
    follow: bool = False,
) -> Iterator[Fetch]:
    """Who fetches addresses, as the options say."""
    from timeline.jobs.fetching import Fetching
    from timeline.sources.fetching import Fetcher, Policy

    with Fetcher(Policy(contact=contact, allow_private=allow_private, offline=offline)) as fetcher:
        yield Fetching(fetcher, store, anew=anew, follow=follow)


def publication_day(words: str | None) -> date | None:
    """The day that --published gives. Raises UsageError for what is no day, or no day of the press."""
    from timeline.model.article import is_publication_day

    if not words:
        return None
    found = day(words, "--published")
    if found != day(words, "--published", last=True):
        raise UsageError(f"--published: {words!r} is no single day", hint="Write 2025-03-03")
    if not is_publication_day(found):
        raise UsageError(f"--published: no news was published on {found}", hint="Write 2025-03-03")
    return found


def published_from(name: str) -> By:
    """What --published-from names. Raises UsageError."""
    from timeline.sources.filing import By

    try:
        return By(name.strip().lower())
    except ValueError as error:
        raise UsageError(f"--published-from: {name!r} is none", hint=f"Say {', '.join(By)}") from error


def country_code(name: str | None) -> str | None:
    """The ISO 3166-1 alpha-3 code of the country that --country names. Raises NotFoundError or AmbiguousError."""
    if name is None:
        return None
    from timeline.reference.countries import find

    return find(name).iso3


def extractor(name: str) -> str:
    """The name of an extractor that can be used. Raises UsageError, also for settings that it lacks."""
    from timeline.extract.extractors import extractor as made

    made(name)
    return name


def language(name: str) -> str:
    """The code of the language that --language names. Raises UsageError for one whose dates are not read."""
    from timeline.extract.when.names import code_of, known

    code = code_of(name)
    if not code:
        raise UsageError(f"--language: {name!r} is not known", hint=f"Say {', '.join(['en', *known()])}")
    return code


def locale(name: str) -> str:
    """A locale as the tagger names it, such as en-GB. Raises UsageError."""
    match = re.fullmatch(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2})", name.strip())
    if match is None:
        raise UsageError(f"--locale: {name!r} is none", hint="Say en-US or en-GB")
    return f"{match[1].lower()}-{match[2].upper()}"
