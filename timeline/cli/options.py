"""Options that several commands share."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.sources.filing import By

Db = Annotated[
    str | None,
    typer.Option(
        "--db", envvar="TIMELINE_DATABASE_URL", help="Database URL or SQLite file (default: in your data folder)."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON array.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
AsNl = Annotated[bool, typer.Option("--nl", help="Print one JSON object a line.")]
Country = Annotated[
    list[str] | None, typer.Option("--country", "-c", help="Country by any usual name or code; repeatable.")
]
Person = Annotated[list[str] | None, typer.Option("--person", "-p", help="Person by any usual name; repeatable.")]
As = Annotated[
    str, typer.Option("--as", help="How --country is concerned: actor (it takes part) or place (it happens there).")
]
Predecessors = Annotated[
    bool, typer.Option("--with-predecessors", help="Also states that a country succeeded (Soviet Union for Russia).")
]
Organisation = Annotated[
    list[str] | None, typer.Option("--organisation", help="Organisation by any usual name; repeatable.")
]
Group = Annotated[list[str] | None, typer.Option("--group", help="Group by any usual name; repeatable.")]
Between = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", metavar="A B", help="Both take part: countries, people, organisations or groups."),
]
Place = Annotated[
    list[str] | None,
    typer.Option("--place", help="Where: a city, site, region or country, such as 'Tripoli, Lebanon'; repeatable."),
]
Near = Annotated[
    str | None, typer.Option("--near", metavar="PLACE", help="A place, or LAT,LON; with --within, how far from it.")
]
Within = Annotated[
    str | None, typer.Option("--within", metavar="DISTANCE", help="100km or 60mi from --near (50km if not given).")
]
Type = Annotated[list[str] | None, typer.Option("--type", help="PLOVER type, such as CONSULT; repeatable.")]
Kind = Annotated[
    list[str] | None, typer.Option("--kind", "-k", help="Our kind, such as visit; 'timeline types' lists them.")
]
Since = Annotated[
    str | None, typer.Option("--since", help="From this date on: 2021, 2021-02, '3 March 2025', 'last May'.")
]
Until = Annotated[str | None, typer.Option("--until", help="Up to this date.")]
Text = Annotated[str, typer.Option("--text", "-t", help="Words that title, sentence, actors or place must have.")]
Modality = Annotated[
    list[str] | None, typer.Option("--modality", "-m", help="actual, planned, denied or hypothetical.")
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many events.")]
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
Reverse = Annotated[bool, typer.Option("--reverse", "-r", help="The latest first.")]
All = Annotated[bool, typer.Option("--all", "-a", help="Also what matters little (below the default salience).")]
MinSalience = Annotated[float | None, typer.Option("--min-salience", min=0, max=1, help="Least salience, 0 to 1.")]
Extractor = Annotated[
    str,
    typer.Option(
        "--extractor", help="Who reads the texts: default, on this machine, or llm, which sends them to an endpoint."
    ),
]

_LONGEST = 60
_ALMOST_ISO = re.compile(r"\d{4}-\w{1,3}|[\W\d_]+")


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


def day(words: str, option: str, *, last: bool = False) -> date:
    """The first (or last) day of a date as people write it: EDTF, "3 March 2025", "last May". Raises UsageError."""
    from timeline.model.edtf import bounds
    from timeline.model.errors import InputError

    said = words.strip()
    try:
        first, final = bounds(said)
    except InputError:
        first = final = None
    if not (first or final) and said and len(said) <= _LONGEST:
        first, final = _read(said)
    found = final if last else first
    if found is None:
        shown = said if len(said) <= _LONGEST else f"{said[:30]}…"
        raise UsageError(f"{option}: {shown!r} is no date", hint="Write 2021, 2021-02, 2021-02-01 or 'last May'")
    return found


def _read(words: str) -> tuple[date | None, date | None]:
    """First and last day of what the words say today: as texts are read ("last May", "summer 2020", "the 1990s").

    What that does not know, what people count back from today ("two weeks ago" is a day here, in news a week) and what
    it takes for a plan ("May 3rd", typed in March) is dateparser's; "2021-13" is a slip, not the 13th of some month,
    and "1" is no January.
    """
    from timeline.extract.when import tag

    today = datetime.now().astimezone().date()
    found = tag(words, published=today)
    if len(found) == 1 and found[0].text == words and not _is_ago(words):
        first, last, explicit = found[0].earliest, found[0].latest, found[0].reason.startswith("explicit")
        if first and last and (explicit or first <= today):
            return first, last
    return (None, None) if _ALMOST_ISO.fullmatch(words) else _counted(words)


def _is_ago(words: str) -> bool:
    return "ago" in words.lower().split()


def _counted(words: str) -> tuple[date | None, date | None]:
    """The same of what dateparser makes of the words."""
    import warnings
    from calendar import monthrange

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dateparser.date import DateDataParser

        settings = {"PREFER_DAY_OF_MONTH": "current" if _is_ago(words) else "first", "PREFER_DATES_FROM": "past"}
        found = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    if found is None or found.date_obj is None:
        return None, None
    when: date = found.date_obj.date()
    if _is_ago(words) or found.period not in ("month", "year"):
        return when, when
    if found.period == "year":
        return date(when.year, 1, 1), date(when.year, 12, 31)
    return when.replace(day=1), when.replace(day=monthrange(when.year, when.month)[1])
