"""Judgements as plain objects that another store can take: those about events and those about actors.

Each holds the actors that it is about; it names reports by their keys, which are the same in every store. What is taken
twice is taken once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from timeline.model import Actor, ActorKind
from timeline.model.errors import InputError
from timeline.store import event_judged, event_judging, judged, judging, rows
from timeline.store.changing import Cause
from timeline.store.event_edits import check, taking_of
from timeline.store.event_judgements import EventAction, EventJudgement
from timeline.store.judgements import Action, Judgement
from timeline.store.reports import parts
from timeline.store.tables import ActorEntry, ActorJudgement
from timeline.store.tables import EventJudgement as JudgementRow

Object = dict[str, Any]
Either = EventJudgement | Judgement


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of judgements from elsewhere: new ones, those that are taken back now, those that were here. Of all
    of these, `waiting` name reports that no article has brought yet."""

    added: int = 0
    undone: int = 0
    known: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One judgement from elsewhere, with the actors it is about."""

    judgement: Either
    actors: tuple[Actor, ...]


def objects(connection: Connection) -> list[Object]:
    """Every judgement, in the order in which they were made."""
    all_: list[Either] = [*event_judged.load(connection), *judged.load(connection)]
    known = _actors(connection, {key for judgement in all_ for key in _named(judgement)})
    told = [(_order(judgement), _object(judgement, known)) for judgement in all_]
    return [each for _, each in sorted(told, key=lambda pair: pair[0])]


def _order(judgement: Either) -> tuple[str, str]:
    moment = judgement.made.isoformat(timespec="microseconds") if judgement.made else ""
    return moment, judgement.uid if isinstance(judgement, EventJudgement) else repr(judgement.says)


def _object(judgement: Either, known: Mapping[str, Actor]) -> Object:
    if isinstance(judgement, EventJudgement):
        told: Object = {
            "about": "event",
            "uid": judgement.uid,
            "action": judgement.action.value,
            "reports": [list(group) for group in judgement.reports],
            "field": judgement.field,
            "value": judgement.value,
        }
    else:
        told = {
            "about": "actor",
            "action": judgement.action.value,
            "actor": judgement.actor,
            "other": judgement.other,
            "name": judgement.name,
        }
    told |= judgement.record() | {"made": _moment(judgement.made), "undone": _moment(judgement.undone)}
    about = [known[key] for key in _named(judgement) if key in known]
    told["actors"] = [
        {"name": a.name, "kind": a.kind.value, "country": a.country, "id": a.id} for a in dict.fromkeys(about)
    ]
    return told


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _named(judgement: Either) -> tuple[str, ...]:
    """The actors (keys) that a judgement is about."""
    if isinstance(judgement, Judgement):
        return tuple(filter(None, (judgement.actor, judgement.other)))
    return (taking_of(judgement.value).key,) if judgement.field == "actors" else ()


def _needed(judgement: Either) -> tuple[str, ...]:
    """Those that a store must know to apply it; whoever has an alias may never be named by an article."""
    if isinstance(judgement, Judgement) and judgement.action in (Action.ALIAS, Action.RENAME):
        return (judgement.actor,)
    return _named(judgement)


def _actors(connection: Connection, keys: set[str]) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    table = ActorEntry.__table__
    for part in parts(sorted(keys)):
        some = connection.execute(select(table).where(table.c.key.in_(part))).mappings()
        found.update({row["key"]: rows.actor_of(row) for row in some})
    return found


def line_of(told: Any) -> Line:
    """The judgement that an object tells. Raises InputError."""
    try:
        beside: Object = {
            "author": str(told["author"]),
            "note": str(told.get("note", "")),
            "made": _aware(told["made"]),
            "undone": _aware(told["undone"]) if told.get("undone") else None,
            "undone_by": str(told.get("undone_by", "")),
            "undone_note": str(told.get("undone_note", "")),
        }
        actors = tuple(
            Actor(str(a["name"]), ActorKind(a["kind"]), str(a.get("country", "")), str(a.get("id", "")))
            for a in told.get("actors", ())
        )
        if told["about"] == "actor":
            who = (str(told["actor"]), str(told.get("other", "")), str(told.get("name", "")))
            return Line(Judgement(Action(told["action"]), *who, **beside), actors)
        reports = tuple(tuple(str(key) for key in group) for group in told["reports"])
        what = (str(told.get("field", "")), str(told.get("value", "")))
        judgement = EventJudgement(EventAction(told["action"]), reports, *what, **beside)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise InputError("this is no judgement", hint="'timeline judgements export' writes them") from error
    check(judgement)
    return Line(judgement, actors)


def _aware(moment: str) -> datetime:
    made = datetime.fromisoformat(moment)
    if made.tzinfo is None:
        raise ValueError(moment)
    return made


def take(connection: Connection, lines: Iterable[Line]) -> Taken:
    """Keep judgements from elsewhere, each once, and derive what they change. Raises InputError where one is about an
    actor that nothing describes."""
    told = list(lines)
    for line in told:
        event_judging.with_actors(connection, line.actors, _needed(line.judgement))
    of_events = [line.judgement for line in told if isinstance(line.judgement, EventJudgement)]
    of_actors = [line.judgement for line in told if isinstance(line.judgement, Judgement)]
    return _sum(_take_actors(connection, of_actors), _take_events(connection, of_events))


def _sum(one: Taken, other: Taken) -> Taken:
    return Taken(
        one.added + other.added, one.undone + other.undone, one.known + other.known, one.waiting + other.waiting
    )


def _take_events(connection: Connection, judgements: Iterable[EventJudgement]) -> Taken:
    known = {judgement.uid: judgement for judgement in event_judged.load(connection)}
    changed: list[EventJudgement] = []
    taken = Taken()
    for judgement in judgements:
        here = known.get(judgement.uid)
        if here is None:
            known[judgement.uid] = replace(judgement, number=event_judging.write(connection, judgement))
            taken = replace(taken, added=taken.added + 1)
        elif here.undone is None and judgement.undone is not None:
            which = JudgementRow.uid == judgement.uid
            connection.execute(update(JudgementRow).where(which).values(**_undone(judgement)))
            known[judgement.uid] = judgement
            taken = replace(taken, undone=taken.undone + 1)
        else:
            taken = replace(taken, known=taken.known + 1)
            continue
        changed.append(judgement)
    if changed:
        event_judging.derive_again(connection, changed, Cause())
    there = event_judged.rows_of(connection, {key for each in judgements for key in each.keys}).keys()
    return replace(taken, waiting=sum(not there >= set(each.keys) for each in judgements))


def _take_actors(connection: Connection, judgements: Iterable[Judgement]) -> Taken:
    before = judged.load(connection)
    known = {_same(judgement): judgement for judgement in before}
    taken = Taken()
    for judgement in judgements:
        here = known.get(_same(judgement))
        if here is None:
            number = judging.write(connection, judgement)
            known[_same(judgement)] = replace(judgement, number=number)
            taken = replace(taken, added=taken.added + 1)
        elif here.undone is None and judgement.undone is not None:
            which = ActorJudgement.id == here.number
            connection.execute(update(ActorJudgement).where(which).values(**_undone(judgement)))
            known[_same(judgement)] = replace(judgement, number=here.number)
            taken = replace(taken, undone=taken.undone + 1)
        else:
            taken = replace(taken, known=taken.known + 1)
    if taken.added or taken.undone:
        judging.derive_again(connection, before, judged.load(connection))
    return taken


def _same(judgement: Judgement) -> tuple[object, ...]:
    """What makes it the same judgement in every store."""
    return judgement.says, judgement.author, judgement.made


def _undone(judgement: Either) -> Object:
    return {"undone": judgement.undone, "undone_by": judgement.undone_by, "undone_note": judgement.undone_note}
