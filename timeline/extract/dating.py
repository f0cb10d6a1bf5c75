"""An article's publication date and time expressions: what can be said of its dates without the language model."""

from __future__ import annotations

from dataclasses import replace

from timeline.extract.text import layout_of
from timeline.extract.text.layout import Layout
from timeline.extract.text.parsing import blocks_of
from timeline.extract.when import read
from timeline.model import Article, TimeExpression

MISSING_DATE = "no publication date: relative dates stay open; give --published"


def laid_out(article: Article) -> tuple[Article, Layout]:
    """The article with its layout, its publication date and title taken from the text where nobody gave them.

    A date that neither metadata nor text states is that of the place where the article was found, if that tells one.
    """
    layout = layout_of(article.text, title=article.title, language=article.language, near=article.filed)
    if article.published is None and layout.published is not None:
        article = replace(article, published=layout.published, published_from=layout.published_from)
    elif article.published is None and article.filed is not None:
        article = replace(article, published=article.filed, published_from=article.filed_from)
    if not article.title and layout.title is not None:
        article = replace(article, title=" ".join(layout.title.of(article.text).split()))
    return article, layout


def times_of(article: Article, layout: Layout, locale: str = "en-US") -> list[TimeExpression]:
    """The time expressions of its title, captions and paragraphs, in the order of the telling."""
    spans = [span for _, span in blocks_of(article.text, layout)]
    return read(article.text, published=article.published, language=article.language, spans=spans, locale=locale)


def dated(article: Article, locale: str = "en-US") -> tuple[Article, list[TimeExpression]]:
    """An article with the publication date that is known of it, and its time expressions."""
    article, layout = laid_out(article)
    return article, times_of(article, layout, locale)


def dated_all(articles: list[Article], locale: str = "en-US") -> list[tuple[Article, list[TimeExpression]]]:
    """The same for several."""
    return [dated(article, locale) for article in articles]
