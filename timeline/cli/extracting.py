"""extract, dates: the way through without a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import options
from timeline.cli.printing import listing, say, shape_of
from timeline.model import DEFAULT_SALIENCE
from timeline.model.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from timeline.model import Article


def extract(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="Plain text or JSON Lines of articles; - for standard input.")
    ],
    published: Annotated[str | None, typer.Option(help="Publication date, e.g. 2025-03-03.")] = None,
    title: Annotated[str, typer.Option(help="Title of the article.")] = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Extract in so many processes.")] = 1,
    all_: options.All = False,
) -> None:
    """Print the events of articles as JSON, one object an article, without a store.

    Example: timeline extract article.txt --published 2025-03-03

    JSON Lines in: {"id","text","published","title","url"} a line. Offsets count characters of the given text.
    """
    from timeline.exports.objects import extraction_object
    from timeline.extract.pooling import extract_in_order
    from timeline.jobs.importing import Given

    day = options.day(published, "--published") if published else None
    given = Given(published=day, title=title)
    bad: list[str] = []
    articles = (given.apply(article) for article in _articles(file, bad))
    for extraction in extract_in_order(articles, jobs):
        told = extraction_object(extraction, minimum=0.0 if all_ else DEFAULT_SALIENCE)
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if bad:
        raise typer.Exit(3)


def _articles(file: str, bad: list[str]) -> Iterator[Article]:
    from timeline.sources import Bad
    from timeline.sources.jsonlines import JsonLinesReader
    from timeline.sources.plain import PlainReader

    data = _bytes(file)
    lines = Path(file).suffix.lower() in JsonLinesReader.suffixes or data.lstrip()[:1] == b"{"
    reader = JsonLinesReader() if lines else PlainReader()
    for item in reader.read(data, "stdin" if file == "-" else file):
        if isinstance(item, Bad):
            bad.append(item.origin)
            say(f"timeline: {item.origin}: {item.reason}")
        else:
            yield item


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError("there is no such file", where=file, hint="Check the path") from error
    except OSError as error:
        raise InputError(f"it cannot be read: {(error.strerror or str(error)).lower()}", where=file) from error


def dates(
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="A text, or - for standard input.")],
    published: Annotated[
        str | None, typer.Option(help="Publication date that relative expressions count from.")
    ] = None,
    locale: Annotated[str, typer.Option(help="en-US reads 3/4/2025 as 4 March, en-GB as 3 April.")] = "en-US",
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
) -> None:
    """Print the time expressions of a text with their TIMEX3 values and EDTF dates.

    Example: timeline dates "The coup in February 2021" --published 2025-03-03
    """
    from timeline.extract.when import tag

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    day = options.day(published, "--published") if published else None
    words = sys.stdin.read() if text == "-" else text
    rows = [
        {
            "text": t.text,
            "type": t.type,
            "value": t.value,
            "edtf": t.edtf or None,
            "start": t.start,
            "end": t.end,
            "reason": t.reason,
        }
        for t in tag(words, published=day, locale=locale)
    ]
    if not rows and shape == "table":
        say("No time expression found.")
        return
    listing(rows, shape, columns=("text", "type", "value", "edtf", "reason"))
