"""dates: the time expressions of texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.printing import Shape, csv_lines, listing, many, say, shape_of
from timeline.cli.progress import progress
from timeline.cli.reading import Articles
from timeline.exports.objects import time_object
from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from timeline.model import Article, TimeExpression

    Dated = tuple[Article, list[TimeExpression]]

_COLUMNS = ("text", "type", "value", "edtf", "bounds", "reason")
_KEYS = ("start", "end", "text", "type", "value", "edtf", "earliest", "latest", "reason")


class _Form(StrEnum):
    """What is printed of a text: its time expressions listed, or itself with them marked."""

    LIST = "list"
    TIMEX3 = "timex3"


def dates(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE|-", help="Plain text or JSON Lines of articles; - for standard input.")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", "-t", help="A text instead of a file, read as it is.")] = None,
    published: options.Published = None,
    published_from: options.PublishedFrom = "name",
    locale: options.Locale = "en-US",
    language: options.Language = "en",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Read JSON Lines in so many processes.")] = 1,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    as_timex3: Annotated[bool, typer.Option("--timex3", help="Print the text as TimeML with TIMEX3 marks.")] = False,
) -> None:
    """Print the time expressions of an article with their TIMEX3 values, EDTF dates, bounds and reasons.

    Examples: timeline dates article.txt --published 2025-03-03

    timeline dates --text "The coup in February 2021"

    An article is read as 'timeline extract' reads it: its header and the furniture of its site are no text. JSON Lines
    give one object {"id", "times"} a line.
    """
    if as_timex3 and (as_json or as_csv or as_nl):
        raise UsageError("give only one of --json, --csv, --nl and --timex3")
    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    form = _Form.TIMEX3 if as_timex3 else _Form.LIST
    read_as = options.language(language), options.locale(locale)
    day, by = options.publication_day(published), options.published_from(published_from)
    if (file is None) == (text is None):
        raise UsageError("give either a FILE or --text", hint='timeline dates --text "two weeks ago"')
    if text is not None:
        _one(_as_it_is(text, day, *read_as), shape, form)
        return
    from timeline.sources.given import Given

    given = Given(published=day, published_from=by, language=read_as[0])
    articles = Articles(file or "", given, hint=_hint(file or ""))
    if articles.many:
        _many(articles, read_as[1], jobs, shape, form)
    else:
        from timeline.extract.dating import dated

        for article in articles:
            _one(dated(article, read_as[1]), shape, form)
    articles.leave()


def _as_it_is(text: str, day: date | None, language: str, locale: str) -> Dated:
    """A text that is no article: all of it is read."""
    from timeline.extract.when import read
    from timeline.model import Article

    article = Article(text, published=day, published_from="given" if day else "", language=language)
    return article, read(text, published=day, language=language, locale=locale)


def _hint(file: str) -> str:
    """What to do about a FILE that is not there: it may be a text."""
    if " " not in file.strip():
        return "Check the path"
    return f'For a text, say: timeline dates --text "{file if len(file) <= 30 else file[:29] + "…"}"'


def _one(found: Dated, shape: Shape, form: _Form) -> None:
    """The expressions of one text."""
    article, times = found
    if _is_open(found):
        from timeline.extract.dating import MISSING_DATE

        say(f"timeline: {MISSING_DATE}")
    if form is _Form.TIMEX3:
        sys.stdout.writelines(_marked(found))
    elif shape is not Shape.TABLE:
        listing([time_object(each) for each in times], shape, columns=_KEYS)
    elif times:
        listing([_row(each) for each in times], shape, columns=_COLUMNS)
    if shape is Shape.TABLE and form is _Form.LIST:
        if not times:
            say("No time expression found.")
        if article.published:
            say(f"published {article.published} ({article.published_from})")


def _many(articles: Articles, locale: str, jobs: int, shape: Shape, form: _Form) -> None:
    """The expressions of each article, in the order of the lines."""
    from timeline.extract.dating import MISSING_DATE, dated_all
    from timeline.extract.pooling import in_order

    undated = 0
    # A bar would run into the lines where both go to the terminal.
    with nullcontext(lambda _origin: None) if sys.stdout.isatty() else progress("dating") as step:

        def told() -> Iterator[Dated]:
            nonlocal undated
            for found in in_order(partial(dated_all, locale=locale), articles, jobs):
                undated += _is_open(found)
                step(found[0].origin)
                yield found

        sys.stdout.writelines(_pieces(told(), shape, form))
    if undated:
        say(f"timeline: in {many(undated, 'article')} {MISSING_DATE}")


def _pieces(found: Iterable[Dated], shape: Shape, form: _Form) -> Iterator[str]:
    if form is _Form.TIMEX3:
        yield from (_json({"id": each[0].id, "timex3": "".join(_marked(each))}) + "\n" for each in found)
    elif shape is Shape.CSV:
        rows = ({"id": article.id, **time_object(each)} for article, times in found for each in times)
        yield from csv_lines(rows, ("id", *_KEYS))
    else:
        objects = ({"id": article.id, "times": [time_object(each) for each in times]} for article, times in found)
        yield from _array(objects) if shape is Shape.JSON else (_json(each) + "\n" for each in objects)


def _array(objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One JSON array, written as it comes."""
    before = "[\n"
    for each in objects:
        yield before + _json(each)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _marked(found: Dated) -> Iterator[str]:
    from timeline.exports.timex3 import timex3

    article, times = found
    return timex3(article.text, times, published=article.published, id=article.id)


def _is_open(found: Dated) -> bool:
    """Whether some expression stays without a date because the publication date is not known."""
    article, times = found
    return article.published is None and any("publication date" in each.reason and not each.edtf for each in times)


def _row(each: TimeExpression) -> dict[str, Any]:
    earliest, latest = each.earliest or "..", each.latest or ".."
    bounds = "" if earliest == latest == ".." else str(earliest) if earliest == latest else f"{earliest} to {latest}"
    return {
        "text": each.text,
        "type": each.type,
        "value": each.value,
        "edtf": each.edtf,
        "bounds": bounds,
        "reason": each.reason,
    }
