"""Writing judgements about events down and taking them back; the events they change are derived again at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from timeline.model import Actor
from timeline.model.errors import InputError
from timeline.store import event_judged
from timeline.store.changing import Cause
from timeline.store.columns import now
from timeline.store.details import actor_rows
from timeline.store.event_edits import check, taking_of
from timeline.store.event_judgements import EventJudgement, concerned, counting
from timeline.store.events import Deriver
from timeline.store.reports import parts
from timeline.store.tables import ActorEntry, JudgedReport
from timeline.store.tables import EventJudgement as JudgementRow
from timeline.store.taking_back import take_back


def judge(connection: Connection, judgement: EventJudgement, about: Iterable[Actor] = ()) -> EventJudgement:
    """Write a judgement down, with the actors it is about; gives it with its number, or the one that says so already.

    Raises InputError for one that cannot be applied.
    """
    check(judgement)
    known = event_judged.load(connection)
    touching = [j for j in counting(known) if not set(j.keys).isdisjoint(judgement.keys)]
    if touching and touching[-1].says == judgement.says:
        return touching[-1]
    with_actors(connection, about, {taking_of(judgement.value).key} if judgement.field == "actors" else set())
    number = write(connection, judgement)
    derive_again(connection, [judgement], Cause(judgement=number))
    return next(each for each in event_judged.load(connection) if each.number == number)


def with_actors(connection: Connection, about: Iterable[Actor], named: Iterable[str]) -> None:
    """Keep the actors that judgements are about. Raises InputError where one that is named (key) is not known then."""
    actor_rows(connection, {actor.key: actor for actor in about}, seen=False)
    wanted = set(named)
    for part in parts(sorted(wanted)):
        wanted -= set(connection.scalars(select(ActorEntry.key).where(ActorEntry.key.in_(part))))
    if wanted:
        raise InputError(f"nothing says who {min(wanted)} is", hint="Give the judgement with its actors")


def write(connection: Connection, judgement: EventJudgement) -> int:
    """Keep a judgement as it is, now where it says no moment, which is after all others; gives its number."""
    if judgement.made is None:
        latest = connection.scalar(select(func.max(JudgementRow.made)))
        made = max(now(), latest + timedelta(microseconds=1)) if latest else now()
        judgement = replace(judgement, made=made)
    values: dict[str, Any] = {
        "uid": judgement.uid,
        "action": judgement.action.value,
        "reports": json.dumps(judgement.reports),
        "field": judgement.field,
        "value": judgement.value,
        **judgement.record(),
    }
    number = int(connection.execute(insert(JudgementRow).values(**values)).inserted_primary_key[0])  # type: ignore[index]
    if judgement.keys:
        connection.execute(insert(JudgedReport), [{"key": key, "judgement_id": number} for key in judgement.keys])
    return number


def undo(connection: Connection, number: int, author: str, note: str) -> EventJudgement:
    """Take a judgement back; it stays on record. Raises NotFoundError; UsageError where it was taken back before."""
    known, listed = event_judged.load(connection), "timeline judgements list"
    found = take_back(connection, JudgementRow, known, number, author, note, listed=listed)
    derive_again(connection, [found], Cause(judgement=number))
    return next(each for each in event_judged.load(connection) if each.number == number)


def derive_again(connection: Connection, judgements: Sequence[EventJudgement], cause: Cause) -> None:
    """Derive what these judgements change, which have come or gone."""
    deriver = Deriver(connection, cause)
    about = {key for judgement in judgements if not judgement.groups for key in judgement.keys}
    deriver.revisit(event_judged.rows_of(connection, about).values())
    named = {key for judgement in judgements if judgement.groups for key in judgement.keys}
    grouped = concerned(event_judged.load(connection), named)
    deriver.read_again(event_judged.rows_of(connection, grouped).values())
    deriver.derive_touched()


def editing(connection: Connection, actors: Iterable[str]) -> set[int]:
    """The rows of the reports named by edits that add or remove one of these actors (keys)."""
    wanted, keys = set(actors), set[str]()
    for judgement in event_judged.load(connection):
        if judgement.field == "actors" and taking_of(judgement.value).key in wanted:
            keys.update(judgement.keys)
    return set(event_judged.rows_of(connection, keys).values())
