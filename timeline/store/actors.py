"""Asking the store for its actors: each once, as judgements have them, with every spelling that was seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from timeline.model import Actor
from timeline.model.actor import fold
from timeline.reference.titles import strip_title
from timeline.store import judged, rows
from timeline.store.judgements import Resolution, spelled, spelling
from timeline.store.positions import Reach
from timeline.store.reports import parts
from timeline.store.tables import ActorEntry, ActorName, EventActor, EventCountry, EventRow, ReportActor
from timeline.store.values import ActorRow, Called, Profile

_COMPANIONS = 10


def actors(connection: Connection, kinds: Collection[str], country: str | None) -> list[ActorRow]:
    """Actors with events, by falling number of them; `kinds` empty: of every kind."""
    conditions: list[Any] = []
    if kinds:
        conditions.append(ActorEntry.kind.in_(kinds))
    if country:
        conditions.append(ActorEntry.country == country)
    return _listed(connection, conditions, judged.resolution(connection))


def _listed(connection: Connection, conditions: Sequence[Any], reading: Resolution) -> list[ActorRow]:
    counted = (
        select(
            EventActor.actor_id,
            func.count().label("events"),
            func.min(EventRow.earliest).label("first"),
            func.max(EventRow.latest).label("last"),
        )
        .join(EventRow, EventActor.event_id == EventRow.id)
        .group_by(EventActor.actor_id)
    )
    if conditions:
        counted = counted.where(EventActor.actor_id.in_(select(ActorEntry.id).where(*conditions)))
    tally = counted.subquery()
    statement = select(ActorEntry.__table__, tally.c.events, tally.c.first, tally.c.last)
    found = connection.execute(statement.join(tally, tally.c.actor_id == ActorEntry.id)).mappings().all()
    names = _names(connection, {row["id"]: row["key"] for row in found}, reading)
    listed = [
        ActorRow(
            reading.shown(row["key"], rows.actor_of(row)),
            tuple(sorted(names.get(row["key"], ()))),
            row["events"],
            row["first"],
            row["last"],
        )
        for row in found
    ]
    return sorted(listed, key=lambda row: (-row.events, row.actor.name, row.actor.key))


def _names(connection: Connection, wanted: Mapping[int, str], reading: Resolution) -> dict[str, set[str]]:
    """Every name of some actors (row: key), as articles have them and as judgements give them, by key."""
    keys = set(wanted.values())
    others = {key for key, root in reading.merged.items() if root in keys} | reading.parted.keys()
    sources = dict(wanted)
    for part in parts(sorted(others - keys)):
        more = connection.execute(select(ActorEntry.id, ActorEntry.key).where(ActorEntry.key.in_(part)))
        sources.update({row: key for row, key in more})
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts(list(sources)):
        statement = select(ActorName.actor_id, ActorName.name).where(ActorName.actor_id.in_(part))
        for row, name in connection.execute(statement):
            found[_read(reading, sources[row], name)].add(name)
    for key in keys & reading.names.keys():
        found[key].update(reading.names[key])
    return found


def _read(reading: Resolution, key: str, name: str) -> str:
    """The key of the actor that an actor is where articles call it so."""
    return reading.of(key, spelled(name)) if key in reading.parted else reading.of(key)


def called(connection: Connection, name: str, kinds: Collection[str]) -> list[Called]:
    """The actors that a key, an id, a judgement or some article calls so: one for each, in the order of their keys."""
    reading, folded, key = judged.resolution(connection), fold(name), name.strip()
    by_judgement = {k for k, label in reading.labels.items() if fold(label) == folded}
    by_judgement |= {k for k, names in reading.names.items() if folded in map(fold, names)}
    seen = select(ActorEntry.key, ActorName.name).join(ActorName, ActorName.actor_id == ActorEntry.id)
    parted = {target for names in reading.parted.values() for n, target in names.items() if n == folded}
    met = [(k, _read(reading, k, n)) for k, n in connection.execute(seen.where(ActorName.folded == folded))]
    by_articles = {(k if reading.of(k) == root else root, root) for k, root in met}
    by_articles |= {(target, reading.of(target)) for target in parted}
    exact = {(k, reading.of(k)) for k in connection.scalars(select(ActorEntry.key).where(ActorEntry.key == key))}
    pairs = exact or {(k, reading.of(k)) for k in by_judgement} or by_articles
    own: dict[str, set[str]] = defaultdict(set)
    for k, root in pairs:
        own[root].add(k)
    table = ActorEntry.__table__
    statement = select(table).where(table.c.key.in_(sorted(own)))
    if kinds:
        statement = statement.where(table.c.kind.in_(kinds))
    found = {row["key"]: rows.actor_of(row) for row in connection.execute(statement).mappings()}
    said = {reading.of(k) for k in by_judgement | parted}
    return [
        Called(reading.shown(root, found[root]), next(iter(own[root])) if len(own[root]) == 1 else root, root in said)
        for root in sorted(found)
    ]


def names_of(connection: Connection, key: str, name: str) -> list[tuple[str, str]]:
    """(key, name without titles) of those that are an actor and that some article calls so."""
    reading, wanted = judged.resolution(connection), spelled(name) or fold(name)
    statement = select(ActorEntry.key, ActorName.name).join(ActorName, ActorName.actor_id == ActorEntry.id)
    statement = statement.where(ActorName.folded.endswith(wanted, autoescape=True)).order_by(ActorName.name)
    return [
        (source, strip_title(seen)[1])
        for part in parts(reading.members(key))
        for source, seen in connection.execute(statement.where(ActorEntry.key.in_(part)))
        if spelled(seen) == wanted and _read(reading, source, seen) == key
    ]


def rows_of(connection: Connection, keys: Collection[str]) -> list[ActorRow]:
    """The actors of some keys, as judgements have them, as far as they take part in events."""
    reading = judged.resolution(connection)
    roots = sorted({reading.of(key) for key in keys})
    return _listed(connection, [ActorEntry.key.in_(roots)], reading)


def having(connection: Connection, word: str, kinds: Collection[str], limit: int) -> list[str]:
    """Keys of at most so many actors that are called something with this word in it."""
    reading = judged.resolution(connection)
    statement = select(ActorEntry.key, ActorName.name).join(ActorName, ActorName.actor_id == ActorEntry.id)
    whole = fold(word)
    places = (
        ActorName.folded == whole,
        ActorName.folded.startswith(f"{whole} ", autoescape=True),
        ActorName.folded.endswith(f" {whole}", autoescape=True),
        ActorName.folded.contains(f" {whole} ", autoescape=True),
    )
    statement = statement.where(or_(*places)).order_by(ActorEntry.key)
    if kinds:
        statement = statement.where(ActorEntry.kind.in_(kinds))
    found = (_read(reading, key, name) for key, name in connection.execute(statement))
    return list(dict.fromkeys(found))[:limit] if whole else []


def names(connection: Connection, kinds: Collection[str]) -> list[str]:
    """The names of the store's actors, for suggestions."""
    statement = select(ActorEntry.name).order_by(ActorEntry.name)
    return list(connection.scalars(statement.where(ActorEntry.kind.in_(kinds)) if kinds else statement))


def profile(connection: Connection, actor: Actor) -> Profile:
    """What the store knows of an actor, given as judgements have it."""
    reading = judged.resolution(connection)
    key = reading.of(actor.key)
    row = connection.scalar(select(ActorEntry.id).where(ActorEntry.key == key))
    mine = select(EventActor.event_id).where(EventActor.actor_id == row)
    listed = _listed(connection, [ActorEntry.key == key], reading)

    def tally(column: Any) -> tuple[tuple[str, int], ...]:
        counted = select(column, func.count()).where(EventRow.id.in_(mine)).group_by(column)
        return tuple(sorted(((k, n) for k, n in connection.execute(counted)), key=lambda kn: (-kn[1], kn[0])))

    countries = select(EventCountry.country, func.count(func.distinct(EventCountry.event_id)))
    countries = countries.where(EventCountry.event_id.in_(mine)).group_by(EventCountry.country)
    return Profile(
        listed[0] if listed else ActorRow(actor, (), 0, None, None),
        spellings=_spellings(connection, key, reading),
        first=_end(connection, mine, last=False),
        last=_end(connection, mine, last=True),
        types=tally(EventRow.type),
        kinds=tally(EventRow.kind),
        countries=tuple(sorted(((c, n) for c, n in connection.execute(countries)), key=lambda cn: (-cn[1], cn[0]))),
        companions=_companions(connection, mine, row, reading),
    )


def _end(connection: Connection, mine: Any, *, last: bool) -> str:
    """The public id of the first or last dated of some events, "" where there is none."""
    dated = EventRow.reach != int(Reach.NEVER)
    statement = select(EventRow.public_id).where(EventRow.id.in_(mine), dated).limit(1)
    return connection.scalar(statement.order_by(EventRow.id.desc() if last else EventRow.id)) or ""


def _companions(
    connection: Connection, mine: Any, row: int | None, reading: Resolution
) -> tuple[tuple[Actor, int], ...]:
    """With whom an actor takes part most often; groups without an id are descriptions ("protesters"), no one, and nor
    are things."""
    together = func.count()
    statement = (
        select(ActorEntry.__table__, together.label("together"))
        .join(EventActor, EventActor.actor_id == ActorEntry.id)
        .where(EventActor.event_id.in_(mine), ActorEntry.id != row)
        .where(or_(ActorEntry.kind != "group", ActorEntry.reference != ""), ActorEntry.kind != "thing")
        .group_by(*ActorEntry.__table__.columns)
        .order_by(together.desc(), ActorEntry.name)
        .limit(_COMPANIONS)
    )
    found = connection.execute(statement).mappings()
    return tuple((reading.shown(r["key"], rows.actor_of(r)), r["together"]) for r in found)


def _spellings(connection: Connection, key: str, reading: Resolution) -> tuple[tuple[str, int], ...]:
    """The names that reports give an actor and how often, the most frequent first."""
    counted: Counter[str] = Counter()
    sources = {*reading.members(key), *reading.parted}
    for part in parts(sorted(sources)):
        statement = (
            select(ActorEntry.key, ReportActor.words, func.count())
            .join(ReportActor, ReportActor.actor_id == ActorEntry.id)
            .where(ActorEntry.key.in_(part))
            .group_by(ActorEntry.key, ReportActor.words)
        )
        for source, words, times in connection.execute(statement):
            name = spelling(words)
            if name and _read(reading, source, name) == key:
                counted[name] += times
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
