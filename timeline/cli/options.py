"""Options that several commands share."""

from __future__ import annotations

import re
from datetime import date
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
    """The first (or last) day of a date as people write it. Raises UsageError."""
    from timeline.model.edtf import bounds
    from timeline.model.errors import InputError

    try:
        first, final = bounds(words.strip())
    except InputError:
        first = final = None
    found = final if last else first
    return found or _human(words, option, last=last)


def _human(words: str, option: str, *, last: bool) -> date:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dateparser.date import DateDataParser

        settings = {"PREFER_DAY_OF_MONTH": "last" if last else "first", "PREFER_DATES_FROM": "past"}
        if len(words) > 60:
            raise UsageError(
                f"{option}: {words[:30]!r}… is no date", hint="Write 2021, 2021-02, 2021-02-01 or 'last May'"
            )
        found = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    if found is None or found.date_obj is None:
        raise UsageError(f"{option}: {words!r} is no date", hint="Write 2021, 2021-02, 2021-02-01 or 'last May'")
    when: date = found.date_obj.date()
    if found.period == "year":
        return date(when.year, 12, 31) if last else date(when.year, 1, 1)
    return when
