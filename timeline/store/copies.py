"""Copies: articles that tell a story in nearly the same words as another one, such as an agency's in several papers.

Of the articles that are alike (`fingerprints`), from different publishers, at most three days apart, the one published
first is the source; the others are copies of it. In the order of publication each article is a copy of the first that
it is like and that is no copy itself: so which are copies is a function of what is stored, whatever came first. A
copy keeps its text and its reports; those that its source has as well are packed away, so that they count once, and
come back when it goes or changes. What only the copy tells is told, as of the same source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from heapq import heapify, heappop, heappush
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select

from timeline.model.address import host_of
from timeline.store import heirs, states
from timeline.store.changing import Cause
from timeline.store.details import add_names
from timeline.store.events import Deriver
from timeline.store.fingerprints import Wording, alike
from timeline.store.judgements import spelling
from timeline.store.packing import pack, unpack
from timeline.store.reports import batches, parts
from timeline.store.tables import ArticleCopy, ArticlePrint, ArticleRow, ReportRow

_APART = timedelta(days=3)
_BATCH = 500


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class _Story:
    """An article as it is compared; they sort as they were published."""

    row: int
    public_id: str
    published: date | None
    publisher: str
    url: str
    wording: Wording

    def __lt__(self, other: _Story) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[date, str]:
        return self.published or date.max, self.public_id

    def is_like(self, other: _Story) -> bool:
        return not self._is_of_one_house(other) and alike(self.wording, other.wording)

    def _is_of_one_house(self, other: _Story) -> bool:
        """Whether one publisher has both: then one is an update of the other, and no copy."""
        if self.publisher and other.publisher:
            return self.publisher.casefold() == other.publisher.casefold()
        return host_of(self.url) != "" and host_of(self.url) == host_of(other.url)


def _is_near(one: date | None, other: date | None) -> bool:
    """Whether two days of publication may be those of one story."""
    if one is None or other is None:
        return one == other
    return abs(one - other) <= _APART


class Copies:
    """Keeps copies right inside one transaction: `open` articles before they change, say that they `changed`, and
    `settle` it at the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changed: set[int] = set()
        self._opened: set[int] = set()
        self._back: set[int] = set()
        self._stories: dict[int, _Story] = {}
        self._compared: dict[frozenset[int], bool] = {}

    def open(self, articles: Collection[int]) -> None:
        """Bring back what these articles, and the copies of them, have packed away: they are no copies for now."""
        table = ArticleCopy
        for part in parts(sorted(articles)):
            about = or_(table.article_id.in_(part), table.of_id.in_(part))
            kept = self._connection.execute(select(table.article_id, table.reports).where(about)).all()
            if not kept:
                continue
            opened = {row: unpack(packed) for row, packed in kept}
            self._connection.execute(delete(table).where(about))
            actors = {key: told for state in opened.values() for key, told in state["actors"].items()}
            owned = {("article_id", row): state["reports"] for row, state in opened.items()}
            self._back |= states.put_reports(self._connection, owned, actors)
            self._name(owned.values(), actors)
            self._changed |= opened.keys()
            self._opened |= opened.keys()

    def changed(self, article: int, text: str | None = None) -> None:
        """This article is new, or its reports or what is known of it are; `text` where that is new."""
        self._changed.add(article)
        if text is None:
            return
        connection = self._connection
        connection.execute(delete(ArticlePrint).where(ArticlePrint.article_id == article))
        rows = [{"print": each, "article_id": article} for each in Wording(text).prints]
        if rows:
            connection.execute(insert(ArticlePrint), rows)

    def settle(self, deriver: Deriver) -> None:
        """Decide anew which are copies, of all that changed and of all that this reaches, the first published first."""
        self._touch(deriver)
        met = self._met(self._changed)
        queue = list(self._load(met).values())
        heapify(queue)
        done: set[int] = set()
        while queue:
            story = heappop(queue)
            if story.row in done:
                continue
            done.add(story.row)
            near = self._like(story, met[story.row] if story.row in met else self._met([story.row])[story.row])
            if story.row in met and not near:  # it was opened, if it was a copy
                continue
            copied = self._copied([story.row, *(each.row for each in near)])
            source = min((each for each in near if each < story and each.row not in copied), default=None)
            moved = copied.get(story.row) != (source.row if source else None)
            if moved:
                self.open([story.row])
                self._touch(deriver)
                if source is not None:
                    self._close(story, source, deriver)
            if moved or story.row in self._changed:  # also one whose source became a copy on the way
                for each in near:
                    if each > story:
                        heappush(queue, each)
        for known in (self._changed, self._stories, self._compared):
            known.clear()

    def _touch(self, deriver: Deriver) -> None:
        """What is back is linked as if it were new; what an opened article told meanwhile has another source now."""
        for part in parts(sorted(self._opened)):
            told = set(self._connection.scalars(select(ReportRow.id).where(ReportRow.article_id.in_(part))))
            deriver.touch(told & self._back)
            deriver.revisit(told - self._back)
        self._opened.clear()
        self._back.clear()

    def _met(self, articles: Collection[int]) -> dict[int, set[int]]:
        """Those of some articles that share a fingerprint with any others published around their day, with these."""
        mine, other = ArticlePrint.__table__, ArticlePrint.__table__.alias("other")
        article, beside = ArticleRow.__table__, ArticleRow.__table__.alias("beside")
        shared = (mine.c.print == other.c.print) & (mine.c.article_id != other.c.article_id)
        pairs = (
            select(mine.c.article_id, article.c.published, other.c.article_id, beside.c.published)
            .join(other, shared)
            .join(article, article.c.id == mine.c.article_id)
            .join(beside, beside.c.id == other.c.article_id)
            .distinct()
        )
        found: dict[int, set[int]] = defaultdict(set)
        for part in parts(sorted(articles)):
            for row, day, near, near_day in self._connection.execute(pairs.where(mine.c.article_id.in_(part))):
                if _is_near(day, near_day):
                    found[row].add(near)
        return found

    def _like(self, story: _Story, met: Collection[int]) -> list[_Story]:
        """Of the articles that it has met, those that a story is like."""
        return [each for _, each in sorted(self._load(met).items()) if self._is_like(story, each)]

    def _is_like(self, one: _Story, other: _Story) -> bool:
        pair = frozenset((one.row, other.row))
        if pair not in self._compared:
            self._compared[pair] = one.is_like(other)
        return self._compared[pair]

    def _load(self, articles: Collection[int]) -> dict[int, _Story]:
        of = ArticleRow.__table__.c
        for part in parts(sorted(set(articles) - self._stories.keys())):
            statement = select(of.id, of.public_id, of.published, of.publisher, of.url, of.text).where(of.id.in_(part))
            for row, public_id, published, publisher, url, text in self._connection.execute(statement):
                self._stories[row] = _Story(row, public_id, published, publisher, url, Wording(text))
        return {row: self._stories[row] for row in articles if row in self._stories}

    def _copied(self, articles: Sequence[int]) -> dict[int, int]:
        """Those of some articles that are copies, with what they are copies of."""
        found: dict[int, int] = {}
        for part in parts(articles):
            statement = select(ArticleCopy.article_id, ArticleCopy.of_id).where(ArticleCopy.article_id.in_(part))
            found.update({row: of for row, of in self._connection.execute(statement)})
        return found

    def _close(self, copy: _Story, source: _Story, deriver: Deriver) -> None:
        """Pack away what a copy tells as its source does."""
        mine, theirs = self._told(copy.row), self._told(source.row)
        inherited = heirs.inherited(mine.values(), theirs.values())
        gone = {row for row, told in mine.items() if told.key in inherited}
        deriver.inherit(inherited)
        deriver.forget(gone)
        packed = pack(states.told(self._connection, gone))
        for part in parts(sorted(gone)):
            self._connection.execute(delete(ReportRow).where(ReportRow.id.in_(part)))
        values = {"article_id": copy.row, "of_id": source.row, "reports": packed}
        self._connection.execute(insert(ArticleCopy).values(**values))
        # Of what is left the source is another one now.
        deriver.revisit(mine.keys() - gone)

    def _told(self, article: int) -> dict[int, heirs.Said]:
        of = ReportRow.__table__.c
        columns = (of.key, of.extractor, of.happening, of.kind, of.words, of.sentence)
        statement = select(of.id, *columns).where(of.article_id == article).order_by(of.span_start, of.trigger_start)
        return {row: heirs.Said.of(*told) for row, *told in self._connection.execute(statement.order_by(of.key))}

    def _name(self, reports: Iterable[Iterable[dict[str, Any]]], actors: dict[str, Any]) -> None:
        """Actors that nothing mentioned meanwhile have their spellings again."""
        rows = states.put_actors(self._connection, actors)
        told = (taking for some in reports for report in some for taking in report["actors"])
        names = {
            (rows[taking["actor"]], name)
            for taking in told
            for name in (actors[taking["actor"]]["name"], spelling(taking["words"]))
            if name
        }
        add_names(self._connection, names)


def find_all(connection: Connection) -> None:
    """Find the copies among all articles, of which none is known."""
    copies = Copies(connection)
    for batch in batches(connection, ArticleRow.id, _BATCH):
        texts = select(ArticleRow.id, ArticleRow.text).where(ArticleRow.id.in_(batch))
        for row, text in connection.execute(texts).all():
            copies.changed(row, text)
    deriver = Deriver(connection, Cause())
    copies.settle(deriver)
    deriver.derive_touched()
