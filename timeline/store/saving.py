"""Writing articles and their reports, inside a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from timeline.model import Article, Extraction
from timeline.store import documents, ids, noting, rows, states, tombstones
from timeline.store.changing import Cause
from timeline.store.columns import now
from timeline.store.copies import Copies
from timeline.store.details import Details
from timeline.store.documents import Decision, Metadata, Step
from timeline.store.events import Deriver
from timeline.store.noting import Note, Subject
from timeline.store.origins import load_stored
from timeline.store.reports import parts
from timeline.store.tables import ArticleOrigin, ArticleRow, ReportActor, ReportRow
from timeline.store.values import Outcome


class Saver:
    """Saves extractions inside one transaction; `finish` derives the touched events once for all of them."""

    def __init__(self, connection: Connection, run: int | None) -> None:
        self._connection = connection
        self._run = run
        self._details = Details(connection, run)
        self._deriver = Deriver(connection, Cause(run))
        self._copies = Copies(connection)

    def save(self, extraction: Extraction, *, again: bool = False) -> Outcome:
        """Save one article's reports. `again`: those of a stored article that was read once more; nothing is done
        where its text has changed meanwhile."""
        article = extraction.article
        digest = ids.digest(article.text)
        decision = decide(self._connection, article, digest)
        if again and decision.step is not Step.KEEP:
            return Outcome.UNCHANGED
        if not again and unchanged(self._connection, decision, extraction.extractor):
            return Outcome.UNCHANGED
        added = decision.step is Step.CREATE or (decision.step is Step.MOVE and decision.target is None)
        owners = self._owners(decision)
        self._copies.open(owners)
        self._note(owners, decision.target if decision.step is not Step.REWRITE else None)
        row, public_id, others = self._article(decision, article, digest, extraction.extractor)
        for each in sorted(self._without_origin(owners - {row})):
            self._remove(each)
        self._replace_reports(row, public_id, extraction, beside=bool(others))
        self._copies.changed(row, article.text if added or decision.step is Step.REWRITE else None)
        return Outcome.ADDED if added and decision.left is None else Outcome.UPDATED

    def finish(self) -> None:
        for part in parts(sorted(self._details.renamed)):
            told = select(ReportActor.report_id).where(ReportActor.actor_id.in_(part))
            self._deriver.read_again(self._connection.scalars(told))
        self._copies.settle(self._deriver)
        self._deriver.derive_touched()

    def _owners(self, decision: Decision) -> set[int]:
        """The articles that this changes: the one that the text is, and all that the document's keys led to."""
        keys = select(ArticleOrigin.article_id).where(ArticleOrigin.key.in_(decision.keys))
        return {*self._connection.scalars(keys), *filter(None, (decision.target, decision.left))}

    def _without_origin(self, articles: set[int]) -> set[int]:
        """Those that are found nowhere any more."""
        having = select(ArticleOrigin.article_id).where(ArticleOrigin.article_id.in_(articles))
        return articles - set(self._connection.scalars(having)) if articles else set()

    def _note(self, owners: set[int], stays: int | None = None) -> None:
        """Keep the articles as they are, those that were not kept by this run before; the text not of the one that
        `stays`."""
        if self._run is None or not owners:
            return
        connection = self._connection
        found = select(ArticleRow.public_id, ArticleRow.id).where(ArticleRow.id.in_(owners))
        rows_of = dict(connection.execute(found).all())
        known = noting.latest(connection, self._run, Subject.ARTICLE, rows_of.keys())
        fresh = {row for public_id, row in rows_of.items() if public_id not in known}
        kept = states.articles(connection, fresh, whole=owners - {stays})
        notes = [Note.of(Subject.ARTICLE, each["article"]["public_id"], each) for each in kept]
        noting.note(connection, self._run, notes, fresh=True)
        for public_id, note in known.items():
            if rows_of[public_id] != stays:
                states.complete(connection, note, rows_of[public_id])

    def _article(
        self, decision: Decision, article: Article, digest: str, extractor: str
    ) -> tuple[int, str, tuple[str, ...]]:
        """Create or rewrite the article's row and its origins; gives row, public id, and the other extractors whose
        reports of it stay."""
        connection = self._connection
        target = decision.target
        if target is None:
            public_id = self._free_id(article.text)
            values = {"public_id": public_id, "first_seen": now()}
            values |= self._article_columns(article, digest, decision.metadata, extractor)
            target = int(connection.execute(insert(ArticleRow).values(**values)).inserted_primary_key[0])  # type: ignore[index]
            noting.note(connection, self._run, [Note(Subject.ARTICLE, public_id)], fresh=True)
            self._origins(decision, target)
            tombstones.lift(connection, [public_id], self._run)
            return target, public_id, ()
        self._origins(decision, target)
        stored = load_stored(connection, target)
        metadata = documents.conclude(stored.documents)
        table = ArticleRow.__table__
        before = connection.execute(select(table).where(table.c.id == target)).mappings().one()
        others = _beside(before, digest, metadata, extractor)
        values = self._article_columns(article, digest, metadata, documents.with_reader(others, extractor))
        connection.execute(update(ArticleRow).where(ArticleRow.id == target).values(**values))
        return target, str(before["public_id"]), others

    def _free_id(self, text: str) -> str:
        again = 0
        while True:
            candidate = ids.article_id(text, again=again)
            if self._connection.scalar(select(ArticleRow.id).where(ArticleRow.public_id == candidate)) is None:
                return candidate
            again += 1

    def _article_columns(self, article: Article, digest: str, metadata: Metadata, extractor: str) -> dict[str, Any]:
        return {
            "text": article.text,
            "digest": digest,
            "title": metadata.title,
            "url": metadata.url,
            "publisher": metadata.publisher,
            "published": metadata.published,
            "published_from": metadata.published_from,
            "language": metadata.language,
            "origin": article.origin,
            "extractor": extractor,
            "run_id": self._run,
            "last_changed": now(),
        }

    def _origins(self, decision: Decision, target: int) -> None:
        self._connection.execute(delete(ArticleOrigin).where(ArticleOrigin.key.in_(decision.keys)))
        said = decision.metadata
        self._connection.execute(
            insert(ArticleOrigin),
            [
                {
                    "key": key,
                    "article_id": target,
                    "document": decision.document,
                    "title": said.title,
                    "url": said.url,
                    "publisher": said.publisher,
                    "published": said.published,
                    "published_from": said.published_from,
                    "language": said.language,
                }
                for key in decision.keys
            ],
        )

    def _remove(self, article: int) -> None:
        self._deriver.forget(set(self._connection.scalars(_reports(article))))
        self._connection.execute(delete(ArticleRow).where(ArticleRow.id == article))

    def _replace_reports(self, article: int, public_id: str, extraction: Extraction, *, beside: bool) -> None:
        """The article's reports anew, with `beside` only this extractor's: keys stay for what stays, they are
        linked again at the end."""
        reader = ids.reader_of(extraction.extractor)
        gone = set(self._connection.scalars(_reports(article, reader if beside else "")))
        self._deriver.forget(gone)
        for part in parts(sorted(gone)):
            self._connection.execute(delete(ReportRow).where(ReportRow.id.in_(part)))
        reports = extraction.reports
        if not reports:
            return
        keys = ids.report_keys(public_id, extraction.article.text, reports, reader)
        tombstones.lift(self._connection, keys, self._run)
        self._connection.execute(
            insert(ReportRow),
            [
                {
                    "key": key,
                    "article_id": article,
                    "happening": ids.numbered(report.happening, reader),
                    "extractor": extraction.extractor,
                    "run_id": self._run,
                    **rows.report_columns(report),
                }
                for key, report in zip(keys, reports, strict=True)
            ],
        )
        row_of: dict[str, int] = {}
        for part in parts(keys):
            found = select(ReportRow.key, ReportRow.id).where(ReportRow.key.in_(part))
            row_of.update({key: row for key, row in self._connection.execute(found)})
        self._details.write([(row_of[key], report) for key, report in zip(keys, reports, strict=True)])
        self._deriver.touch(row_of.values())


def _reports(article: int, reader: str = "") -> Select[int]:
    """The reports of an article; those of one extractor, where its name is given."""
    found = select(ReportRow.id).where(ReportRow.article_id == article)
    return found.where(ReportRow.extractor.startswith(f"{reader} ", autoescape=True)) if reader else found


def _beside(before: Mapping[Any, Any], digest: str, metadata: Metadata, extractor: str) -> tuple[str, ...]:
    """The other extractors whose reports stay: those that read the same text with the same title, date, language."""
    told = (metadata.title, metadata.published, metadata.language)
    if (before["digest"], before["title"], before["published"], before["language"]) != (digest, *told):
        return ()
    name = ids.reader_of(extractor)
    return tuple(each for each in documents.readers_of(before["extractor"]) if ids.reader_of(each) != name)


def decide(connection: Connection, article: Article, digest: str) -> Decision:
    """Which stored article this is."""
    keys = documents.sought_by(article, digest)
    origins = select(ArticleOrigin.key, ArticleOrigin.article_id).where(ArticleOrigin.key.in_(keys))
    by_key = {key: load_stored(connection, row) for key, row in connection.execute(origins)}
    same_text = connection.scalar(
        select(ArticleRow.id).where(ArticleRow.digest == digest).order_by(ArticleRow.id).limit(1)
    )
    by_text = load_stored(connection, same_text) if same_text is not None else None
    return documents.decide(article, digest, by_key, by_text)


def unchanged(connection: Connection, decision: Decision, extractor: str) -> bool:
    """Whether saving would change nothing: the text stays, its document says nothing new, the extractor has read it."""
    if decision.step is not Step.KEEP or decision.target is None:
        return False
    stored = load_stored(connection, decision.target)
    if stored.documents.get(decision.document) != decision.metadata:
        return False
    if {known.key for known in stored.keys if known.document == decision.document} != set(decision.keys):
        return False
    stored_by = connection.scalar(select(ArticleRow.extractor).where(ArticleRow.id == decision.target))
    return extractor in documents.readers_of(str(stored_by))
