"""Where else an article appeared: the other places its text was found in, and those of its copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, func, select

from timeline.store import documents
from timeline.store.origins import load_stored
from timeline.store.reports import parts
from timeline.store.tables import ArticleCopy, ArticleRow
from timeline.store.values import Publication


def elsewhere(connection: Connection, articles: Collection[int]) -> dict[int, tuple[Publication, ...]]:
    """By article (row), each place but the one that it is read from, the first published first."""
    source_of = _sources(connection, articles)
    family: dict[int, list[int]] = defaultdict(list)
    for source in set(source_of.values()):
        family[source].append(source)
    for part in parts(sorted(family)):
        found = select(ArticleCopy.article_id, ArticleCopy.of_id).where(ArticleCopy.of_id.in_(part))
        for row, source in connection.execute(found.order_by(ArticleCopy.article_id)):
            family[source].append(row)
    places = {row: _places(connection, row) for rows in family.values() for row in rows}
    return {
        article: tuple(
            sorted(
                {
                    place
                    for row in family[source]
                    for is_leading, place in places[row]
                    if not (is_leading and row == article)
                },
                key=lambda place: (place.published or date.max, place.publisher, place.url, place.origin),
            )
        )
        for article, source in source_of.items()
    }


def _sources(connection: Connection, articles: Collection[int]) -> dict[int, int]:
    """By article itself, or what it is a copy of."""
    found: dict[int, int] = {}
    own = ArticleRow.id == ArticleCopy.article_id
    for part in parts(sorted(articles)):
        statement = select(ArticleRow.id, func.coalesce(ArticleCopy.of_id, ArticleRow.id)).outerjoin(ArticleCopy, own)
        found.update({row: source for row, source in connection.execute(statement.where(ArticleRow.id.in_(part)))})
    return found


def _places(connection: Connection, article: int) -> list[tuple[bool, Publication]]:
    """Each document of an article that has a name, and whether the article is read from it."""
    said = load_stored(connection, article).documents
    leading = documents.leading(said)
    return [
        (name == leading, Publication(each.publisher, each.url, each.published, each.title, name))
        for name, each in said.items()
        if not name.startswith(documents.BY_TEXT)
    ]
