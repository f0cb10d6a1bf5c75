"""extract: the way through without a store."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from timeline.cli import options
from timeline.cli.printing import say
from timeline.cli.reading import Articles
from timeline.model import DEFAULT_SALIENCE


def extract(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="Plain text or JSON Lines of articles; - for standard input.")
    ],
    published: options.Published = None,
    published_from: options.PublishedFrom = "name",
    title: Annotated[str, typer.Option(help="Title of the article.")] = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Extract in so many processes.")] = 1,
    all_: options.All = False,
    extractor: options.Extractor = "default",
) -> None:
    """Print the events of articles as JSON, one object an article, without a store.

    Example: timeline extract article.txt --published 2025-03-03

    JSON Lines in: {"id","text","published","title","url"} a line. Offsets count characters of the given text.
    """
    from timeline.exports.objects import extraction_object
    from timeline.extract.pooling import extract_in_order
    from timeline.jobs.spending import Spending
    from timeline.sources.given import Given

    day, by = options.publication_day(published), options.published_from(published_from)
    articles = Articles(file, Given(published=day, title=title, published_from=by))
    spending = Spending()
    for extraction in extract_in_order(articles, jobs, options.extractor(extractor)):
        spending.add(extraction)
        if extraction.failed:
            articles.fail(f"{extraction.article.origin}: {extraction.failed}")
            continue
        if extraction.refused:
            say(f"timeline: {extraction.article.origin}: {extraction.warnings[-1]}")
        told = extraction_object(extraction, minimum=0.0 if all_ else DEFAULT_SALIENCE)
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if line := spending.line():
        say(line)
    articles.leave()
