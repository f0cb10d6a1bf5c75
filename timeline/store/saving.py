"""Writing articles and their reports, inside a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from timeline.model import Actor, Article, Extraction, Report
from timeline.model.actor import fold
from timeline.store import documents, ids, rows
from timeline.store.changing import Cause
from timeline.store.documents import Decision, Known, Metadata, Step, Stored
from timeline.store.events import Deriver
from timeline.store.judgements import spelling
from timeline.store.reports import parts
from timeline.store.tables import (
    ActorEntry,
    ActorName,
    ArticleOrigin,
    ArticleRow,
    ReportActor,
    ReportRow,
    ReportUnresolved,
)
from timeline.store.values import Outcome


def now() -> datetime:
    return datetime.now(UTC)


class Saver:
    """Saves extractions inside one transaction; `finish` derives the touched events once for all of them."""

    def __init__(self, connection: Connection, run: int | None) -> None:
        self._connection = connection
        self._run = run
        self._actors: dict[str, int] = {}
        self._met: dict[str, Actor] = {}
        self._deriver = Deriver(connection, Cause(run))

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
        row, public_id, others = self._article(decision, article, digest, extraction.extractor)
        if decision.left is not None and decision.emptied and decision.left != row:
            self._remove(decision.left)
        self._replace_reports(row, public_id, extraction, beside=bool(others))
        return Outcome.ADDED if added and decision.left is None else Outcome.UPDATED

    def finish(self) -> None:
        self._deriver.derive_touched()

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
            self._origins(decision, target)
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
        self._details([(row_of[key], report) for key, report in zip(keys, reports, strict=True)])
        self._deriver.touch(row_of.values())

    def _details(self, reports: Sequence[tuple[int, Report]]) -> None:
        actors = self._actor_rows({p.actor.key: p.actor for _, r in reports for p in r.actors})
        self._names(reports, actors)
        taking_part = [
            {"report_id": row, "actor_id": actors[p.actor.key], **rows.participation_columns(position, p)}
            for row, report in reports
            for position, p in enumerate(report.actors)
        ]
        if taking_part:
            self._connection.execute(insert(ReportActor), taking_part)
        unresolved = [
            {"report_id": row, **rows.unresolved_columns(position, each)}
            for row, report in reports
            for position, each in enumerate(report.unresolved)
        ]
        if unresolved:
            self._connection.execute(insert(ReportUnresolved), unresolved)

    def _actor_rows(self, wanted: dict[str, Actor]) -> dict[str, int]:
        """Row numbers of actors by key; new ones are added."""
        missing = {key: actor for key, actor in wanted.items() if self._met.get(key) != actor}
        self._actors.update(actor_rows(self._connection, missing))
        self._met.update(missing)
        return self._actors

    def _names(self, reports: Sequence[tuple[int, Report]], actors: dict[str, int]) -> None:
        seen = {
            (actors[p.actor.key], name)
            for _, r in reports
            for p in r.actors
            for name in (p.actor.name, spelling(p.words))
            if name
        }
        numbers = sorted({row for row, _ in seen})
        known: set[tuple[int, str]] = set()
        for part in parts(numbers):
            found = select(ActorName.actor_id, ActorName.name).where(ActorName.actor_id.in_(part))
            known |= {(row, name) for row, name in self._connection.execute(found)}
        new = [{"actor_id": row, "name": name, "folded": fold(name)} for row, name in sorted(seen - known)]
        if new:
            self._connection.execute(insert(ActorName), new)


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


def actor_rows(connection: Connection, wanted: Mapping[str, Actor], *, seen: bool = True) -> dict[str, int]:
    """Row numbers of actors by key. New ones are added; those known get the better of two names where they are `seen`.

    Without a reference id an actor's key is all that articles agree on: of "THAN TUN" and "Than Tun" the name stays
    that comes first in the alphabet, and no capitals where there is a choice, whatever article came first.
    """
    table = ActorEntry.__table__
    found: dict[str, int] = {}
    for part in parts(list(wanted)):
        for row in connection.execute(select(table).where(table.c.key.in_(part))).mappings():
            found[row["key"]] = row["id"]
            known, actor = rows.actor_of(row), wanted[row["key"]]
            if seen and actor != known and (actor.id or _better(connection, row["id"], actor.name, known.name)):
                connection.execute(
                    update(ActorEntry).where(ActorEntry.id == row["id"]).values(**rows.actor_columns(actor))
                )
    new = [wanted[key] for key in wanted if key not in found]
    if new:
        connection.execute(insert(ActorEntry), [rows.actor_columns(actor) for actor in new])
        for part in parts([actor.key for actor in new]):
            rows_of = select(ActorEntry.key, ActorEntry.id).where(ActorEntry.key.in_(part))
            found.update({key: row for key, row in connection.execute(rows_of)})
    return found


def _better(connection: Connection, row: int, name: str, known: str) -> bool:
    """Whether a name is better than the known one, which counts for nothing while no article has named the actor."""
    if (name.isupper(), name) < (known.isupper(), known):
        return True
    return connection.scalar(select(ActorName.name).where(ActorName.actor_id == row).limit(1)) is None


def decide(connection: Connection, article: Article, digest: str) -> Decision:
    """Which stored article this is."""
    keys = documents.keys_of(article, digest)
    origins = select(ArticleOrigin.key, ArticleOrigin.article_id).where(ArticleOrigin.key.in_(keys))
    by_key = {key: load_stored(connection, row) for key, row in connection.execute(origins)}
    same_text = connection.scalar(
        select(ArticleRow.id).where(ArticleRow.digest == digest).order_by(ArticleRow.id).limit(1)
    )
    by_text = load_stored(connection, same_text) if same_text is not None else None
    return documents.decide(article, digest, by_key, by_text)


def load_stored(connection: Connection, row: int) -> Stored:
    """A stored article with all its keys."""
    digest = str(connection.scalar(select(ArticleRow.digest).where(ArticleRow.id == row)))
    table = ArticleOrigin.__table__
    found = connection.execute(select(table).where(table.c.article_id == row)).mappings()
    keys = tuple(
        Known(
            r["key"],
            r["document"],
            row,
            Metadata(r["title"], r["url"], r["publisher"], r["published"], r["published_from"], r["language"]),
        )
        for r in found
    )
    return Stored(row, digest, keys)


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
