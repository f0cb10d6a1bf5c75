"""The store: one object with everything that a program does to it.

What writes is imported where it is used: most commands only ask.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, func, insert, select, update

from timeline.model import Article, DataSet, Event, EventReport, Extraction, Report, Row
from timeline.model.errors import NotFoundError, StoreError
from timeline.model.flat import FlatEvent
from timeline.store import bringing_up, counting, documents, fetches, ids, judged, querying, readings, schema
from timeline.store.aside import Aside
from timeline.store.asking import Actors
from timeline.store.caring import Care
from timeline.store.columns import now
from timeline.store.corrections import Corrections
from timeline.store.engine import Database, parse_url
from timeline.store.running import Runs
from timeline.store.tables import (
    ActorEntry,
    ArticleRow,
    Base,
    EventRow,
    ImportRun,
    QuarantineItem,
    ReportRow,
)
from timeline.store.values import (
    CountryRow,
    Counts,
    EventQuery,
    Evidence,
    Fetch,
    Joining,
    Outcome,
    RunStatus,
    Status,
)


class Store(Actors, Corrections, Runs, Care, Aside):
    """An open event store. Every method raises StoreError when the database refuses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str | None, *, create: bool = True, readonly: bool = False) -> Self:
        """See `timeline.store.open_store`."""
        database = Database(parse_url(url), readonly=readonly)
        try:
            if not database.is_there() and create and not readonly:
                _make_folder(database)
            if create and not readonly and schema.is_empty(database):
                database.keep_log()
                schema.migrate(database)
            schema.require(database)
            if not readonly:
                bringing_up.finish(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    @property
    def path(self) -> Path | None:
        """The file of a SQLite store."""
        return self._database.path

    # Imports

    def begin_run(self, arguments: str) -> int:
        """Note that an import begins; gives its number."""
        values = {"started": now(), "status": RunStatus.RUNNING.value, "arguments": arguments}
        with self._database.writing() as connection:
            return int(connection.execute(insert(ImportRun).values(**values)).inserted_primary_key[0])  # type: ignore[index]

    def finish_run(
        self,
        run: int,
        counts: Counts,
        status: RunStatus = RunStatus.DONE,
        usage: str | None = None,
        fetched: Sequence[Fetch] = (),
    ) -> None:
        """Note how an import ended, and what it has learnt of the addresses that it imported whole."""
        values = {
            "ended": now(),
            "status": status.value,
            "added": counts.added,
            "updated": counts.updated,
            "unchanged": counts.unchanged,
            "quarantined": counts.quarantined,
            "usage": usage,
        }
        with self._database.writing() as connection:
            connection.execute(update(ImportRun).where(ImportRun.id == run).values(**values))
            fetches.learn(connection, fetched, run)

    def known(self, article: Article, extractor: str) -> bool:
        """Whether saving this article's extraction would change nothing, so that it need not be extracted."""
        from timeline.store import saving

        with self._database.reading() as connection:
            decision = saving.decide(connection, article, ids.digest(article.text))
            return saving.unchanged(connection, decision, extractor)

    def dated(self, article: Article) -> Article:
        """The article with the publication date that is kept of it, such as one that was given at an earlier import."""
        from timeline.store import saving

        with self._database.reading() as connection:
            decision = saving.decide(connection, article, ids.digest(article.text))
        return documents.dated(article, decision.metadata)

    def save(self, extraction: Extraction, run: int | None = None) -> Outcome:
        """Save one article's reports and derive their events: all or nothing."""
        return self.save_all([extraction], run)[0]

    def save_all(
        self, extractions: Iterable[Extraction], run: int | None = None, *, again: bool = False
    ) -> list[Outcome]:
        """The same for several, in one transaction: all or nothing together. `again`: of stored articles that were
        read once more, though nothing is new of them but how they are read."""
        from timeline.store import saving

        with self._database.writing() as connection:
            saver = saving.Saver(connection, run)
            outcomes = [saver.save(extraction, again=again) for extraction in extractions]
            saver.finish()
        return outcomes

    def withdraw_articles(self, gone: Iterable[Sequence[str]], run: int | None = None) -> int:
        """Take out articles that their sources have withdrawn, each known by some addresses, the first that is known
        counts: tombstones stay, ids of events that nothing else tells of say so. Gives how many there were."""
        from timeline.store.withdrawing import Withdrawer

        with self._database.writing() as connection:
            withdrawer = Withdrawer(connection, run)
            number = sum(withdrawer.withdraw(addresses) for addresses in gone)
            withdrawer.finish()
        return number

    def holds(self, address: str) -> bool:
        """Whether there is an article at an address."""
        from timeline.store import withdrawing

        with self._database.reading() as connection:
            return withdrawing.holds(connection, address)

    def save_rows(self, dataset: DataSet, rows: Iterable[Row], run: int | None = None, *, extractor: str) -> Counts:
        """Save rows of a data set, some thousands a transaction. A row that is known by its own id is updated where it
        says something else now. Raises UsageError where the data set is `linked` otherwise than before."""
        from timeline.store import bulk

        return bulk.Importer(self._database, dataset, run, extractor).save(rows)

    def withdraw(
        self,
        dataset: DataSet,
        native_ids: Iterable[str],
        run: int | None = None,
        *,
        stated: Mapping[str, int] | None = None,
    ) -> int:
        """Take out rows that their data set does not hold any more: tombstones stay, ids of events that nothing else
        tells of say so. Of some ids `stated` tells when the set deleted them, in seconds since 1970: a row that it
        wrote later stays, one that it wrote before is not taken in any more. Gives how many there were."""
        from timeline.store import bulk

        return bulk.Importer(self._database, dataset, run, "").withdraw(native_ids, stated=stated)

    # Questions

    def events(self, query: EventQuery | None = None) -> Iterator[Event]:
        """Matching events in timeline order."""
        with self._database.reading() as connection:
            yield from querying.events(connection, _asked(connection, query))

    def flat_events(
        self, query: EventQuery | None = None, wanted: Collection[str] = ("actors", "countries", "urls")
    ) -> Iterator[FlatEvent]:
        """The same as tables hold them, for exports of many; without those of the three that are not wanted."""
        with self._database.reading() as connection:
            yield from querying.flat_events(connection, _asked(connection, query), wanted)

    def count(self, query: EventQuery | None = None) -> int:
        with self._database.reading() as connection:
            return counting.count(connection, _asked(connection, query))

    def count_by(self, query: EventQuery | None, by: str) -> list[tuple[str, int]]:
        """How many events match, by month, year, kind, type, country, person or source: see `counting.count_by`."""
        with self._database.reading() as connection:
            return counting.count_by(connection, _asked(connection, query), by)

    def event(self, event_id: str) -> Event:
        """The event of an id, of the beginning of one, or of an id that it once had.

        Raises NotFoundError; AmbiguousError when several ids begin so.
        """
        with self._database.reading() as connection:
            row = querying.row_of(connection, event_id)
            return next(event for _, event in querying.load(connection, [row]))

    def evidence(self, event_id: str) -> tuple[Evidence, ...]:
        """Every report of an event with its source. Raises as `event` does."""
        from timeline.store import citing

        with self._database.reading() as connection:
            return tuple(citing.evidence(connection, querying.row_of(connection, event_id)))

    def reports_of(self, events: Iterable[Event]) -> Iterator[EventReport]:
        """Every report of some events with its source, in the order of the events, read in pages."""
        from timeline.store import citing

        with self._database.reading() as connection:
            yield from citing.reports_of(connection, events)

    def why(self, event_id: str) -> tuple[list[Joining], list[Joining]]:
        """The links between reports that made an event one, and those that were not sure enough. Raises as `event`."""
        from timeline.store import why

        with self._database.reading() as connection:
            return why.why(connection, querying.row_of(connection, event_id))

    def article(self, article_id: str) -> Article:
        """A stored article by its public id. Raises NotFoundError."""
        with self._database.reading() as connection:
            table = ArticleRow.__table__
            row = connection.execute(select(table).where(table.c.public_id == article_id)).mappings().first()
            if row is None:
                raise NotFoundError(f"no article has the id {article_id!r}")
            return readings.article_of(row)

    def read_by(self, a: str, b: str) -> Iterator[readings.Reading]:
        """Articles that two extractors have read, with the reports of each. Raises NotFoundError where none is."""
        with self._database.reading() as connection:
            yield from readings.read_by(connection, a, b)

    def article_ids(self, query: EventQuery | None = None) -> list[str]:
        """Ids of the articles that tell of the events a query finds; of all articles without one."""
        from timeline.store import rereading

        with self._database.reading() as connection:
            return rereading.article_ids(connection, query)

    def reread(self, article_id: str) -> Article:
        """A stored article as it is to be extracted again. Raises NotFoundError."""
        from timeline.store import rereading

        with self._database.reading() as connection:
            return rereading.article(connection, article_id)

    def reports(self, article_id: str, reader: str) -> dict[str, Report]:
        """What the extractor of that name read in an article, by the reports' keys."""
        from timeline.store import rereading

        with self._database.reading() as connection:
            return rereading.reports(connection, article_id, reader)

    def countries(self) -> list[CountryRow]:
        with self._database.reading() as connection:
            return querying.countries(connection)

    def place_names(self, name: str) -> list[str]:
        """Spellings of a place that some event is at and the reference data does not know."""
        with self._database.reading() as connection:
            return querying.place_names(connection, name)

    def status(self) -> Status:
        with self._database.reading() as connection:

            def size(table: Any) -> int:
                return int(connection.scalar(select(func.count()).select_from(table)) or 0)

            return Status(
                url=self._database.where,
                revision=schema.current(connection),
                head=schema.HEAD,
                articles=size(ArticleRow),
                reports=size(ReportRow),
                events=size(EventRow),
                actors=size(ActorEntry),
                runs=size(ImportRun),
                quarantined=size(QuarantineItem),
            )

    def content_hash(self) -> str:
        """A hash of everything that the store says, whatever its row numbers, times of import and runs."""
        from timeline.store import citing

        told = sha256()
        with self._database.reading() as connection:
            for event, evidence in citing.evidence_of(connection, querying.events(connection, EventQuery())):
                told.update(repr((replace(event, urls=()), list(map(_of_any_import, evidence)))).encode())
        return told.hexdigest()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A reading transaction, for tests and tools."""
        with self._database.reading() as connection:
            yield connection


def _asked(connection: Connection, query: EventQuery | None) -> EventQuery:
    """The question with the actors that its keys are, by today's judgements."""
    if query is None or not (query.actors or query.sides):
        return query or EventQuery()
    reading = judged.resolution(connection, {*query.actors, *(key for side in query.sides for key in side.actors)})

    def read(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reading.of(key) for key in keys))

    sides = tuple(replace(side, actors=read(side.actors)) for side in query.sides)
    return replace(query, actors=read(query.actors), sides=sides)


def _catch_up(database: Database) -> None:
    from timeline.store import relinking

    with database.writing() as connection:
        relinking.catch_up(connection)


def _make_folder(database: Database) -> None:
    if database.path is None:
        return
    try:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "Name another place with --db"
        raise StoreError(
            "the folder of the store cannot be made", where=str(database.path.parent), hint=hint
        ) from error


def _of_any_import(evidence: Evidence) -> Evidence:
    """Evidence without what depends on how it came in."""
    places = tuple(replace(place, origin="") for place in evidence.elsewhere)
    return replace(evidence, run=None, origin="", elsewhere=places)


def upgrade(url: str | None, *, backup: bool, said: Callable[[Path], None]) -> tuple[str, str]:
    """See `timeline.store.upgrade_store`."""
    from timeline.store import backing

    database = Database(parse_url(url))
    try:
        if not database.is_there():
            raise StoreError("there is no timeline store yet", where=database.where, hint="Import something first")
        with database.reading() as connection:
            before = schema.current(connection)
        if not before and not schema.is_empty(database):
            schema.check(database)
        if before != schema.HEAD and before and backup:
            file = backing.before_upgrade(database, before, now())
            if file is not None:
                said(file)
        schema.migrate(database)
        _catch_up(database)
        return before, schema.HEAD
    finally:
        database.close()


__all__ = ["Base", "Store", "upgrade"]
