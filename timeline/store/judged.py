"""Judgements as the database has them, and reports as they read by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, select

from timeline.model import Actor
from timeline.model.merging import Sourced
from timeline.store import judgements, rows
from timeline.store.among import Among, rows_among
from timeline.store.judgements import Action, Judgement, Resolution
from timeline.store.on_record import bearing_on, record_of
from timeline.store.packing import table_of
from timeline.store.reports import parts
from timeline.store.tables import ActorEntry, ActorJudgement, ArticleRow, ReportActor, ReportRow

_JUDGEMENT = table_of(ActorJudgement)
_COLUMNS = tuple(column.name for column in _JUDGEMENT.c)


def load(connection: Connection) -> list[Judgement]:
    """Every judgement, in the order they were made."""
    return [_judgement(row) for row in connection.execute(select(_JUDGEMENT).order_by(_JUDGEMENT.c.id))]


def about(connection: Connection, keys: Iterable[str]) -> list[Judgement]:
    """The judgements that bear on some actors: those that name one of them, or an actor that another of these names."""

    def find(wanted: list[str]) -> Iterator[Judgement]:
        for part in parts(wanted):
            yield from map(_judgement, rows_among(connection, _naming, part))

    return bearing_on(keys, find, lambda judgement: filter(None, (judgement.actor, judgement.other)))


def _naming(among: Among) -> Select[Any]:
    return select(_JUDGEMENT).where(among(_JUDGEMENT.c.actor) | among(_JUDGEMENT.c.other))


def _judgement(row: Sequence[Any]) -> Judgement:
    told = dict(zip(_COLUMNS, row, strict=True))
    return Judgement(
        Action(told["action"]), actor=told["actor"], other=told["other"], name=told["name"], **record_of(told)
    )


def resolution(connection: Connection, keys: Iterable[str] | None = None) -> Resolution:
    """Who is who today; of some keys only, where they are given."""
    return judgements.resolve(load(connection) if keys is None else about(connection, keys))


def told_apart(connection: Connection) -> set[frozenset[str]]:
    """Pairs of actors, by key, that somebody judged to be two: parted, or one no longer."""
    known = load(connection)
    reading = judgements.resolve(known)
    two = [j for j in known if (j.action is Action.SPLIT) == (j.undone is None) and j.other]
    return {frozenset((reading.of(j.actor), reading.of(j.other))) for j in two}


class Judged:
    """Reads reports as judgements have them; `rows` holds the row of every actor that it met, by key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, Judgement] = {}
        self._asked: set[str] = set()
        self._resolution = Resolution()
        self._actors: dict[str, Actor] = {}
        self.rows: dict[str, int] = {}

    def read(self, found: Iterable[Sourced]) -> list[Sourced]:
        """The reports, with their participants as judgements have them."""
        told = list(found)
        keys = {p.actor.key for each in told for p in each.report.actors}
        reading = self._learn(keys)
        if not (reading.merged or reading.parted or reading.labels):
            return told
        self._meet(keys)
        names = self._names({each.source for each in told})
        return [
            replace(
                each,
                report=judgements.judged(reading, each.report, names.get(each.source, {}), self._actors),
            )
            for each in told
        ]

    def actor(self, key: str) -> Actor | None:
        """The actor that an actor's key means, as it is to be shown; None where the store knows none."""
        root = self._learn({key}).of(key)
        self._load({root})
        return self._resolution.shown(root, self._actors[root]) if root in self._actors else None

    def _learn(self, keys: set[str]) -> Resolution:
        """Who is who, these among them."""
        if new := keys - self._asked:
            self._asked |= new
            known = {judgement.number: judgement for judgement in about(self._connection, new)}
            if not known.keys() <= self._known.keys():
                self._known |= known
                self._resolution = judgements.resolve(self._known.values())
        return self._resolution

    def _meet(self, keys: set[str]) -> None:
        """Load the actors that these may be."""
        reading = self._resolution
        wanted = {reading.of(key) for key in keys & reading.merged.keys()}
        wanted |= {reading.of(target) for key in keys for target in reading.parted.get(key, {}).values()}
        self._load(wanted)

    def _load(self, keys: set[str]) -> None:
        missing = sorted(keys - self._actors.keys())
        for part in parts(missing):
            table = ActorEntry.__table__
            some = select(table).where(table.c.key.in_(part))
            for row in self._connection.execute(some).mappings():
                self._actors[row["key"]] = rows.actor_of(row)
                self.rows[row["key"]] = row["id"]

    def _names(self, articles: set[str]) -> dict[str, dict[str, frozenset[str]]]:
        """The folded names that articles (public ids) give to the actors with parted spellings."""
        if not self._resolution.parted:
            return {}
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        wanted, parted = sorted(articles), sorted(self._resolution.parted)
        for part in parts(wanted):
            statement = (
                select(ArticleRow.public_id, ActorEntry.key, ReportActor.words)
                .join(ReportRow, ReportRow.article_id == ArticleRow.id)
                .join(ReportActor, ReportActor.report_id == ReportRow.id)
                .join(ActorEntry, ReportActor.actor_id == ActorEntry.id)
                .where(ArticleRow.public_id.in_(part), ActorEntry.key.in_(parted))
            )
            for article, key, words in self._connection.execute(statement):
                if name := judgements.spelled(words):
                    found[article][key].add(name)
        return {a: {key: frozenset(names) for key, names in each.items()} for a, each in found.items()}
