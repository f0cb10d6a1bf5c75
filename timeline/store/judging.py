"""Writing judgements down and taking them back; the events that read otherwise then are derived again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert

from timeline.model import Actor
from timeline.store import bringing_up, event_judging, judged
from timeline.store.changing import Cause
from timeline.store.columns import now
from timeline.store.details import actor_rows
from timeline.store.events import Deriver
from timeline.store.judgements import Judgement, resolve
from timeline.store.tables import ActorJudgement
from timeline.store.taking_back import take_back


def judge(connection: Connection, judgement: Judgement, actors: Iterable[Actor]) -> Judgement:
    """Write a judgement down with the actors it is about; gives it with its number, or the one that says so already."""
    known = judged.load(connection)
    for each in known:
        if each.undone is None and each.says == judgement.says:
            return each
    actor_rows(connection, {actor.key: actor for actor in actors}, seen=False)
    number = write(connection, judgement)
    after = judged.load(connection)
    derive_again(connection, known, after)
    return next(each for each in after if each.number == number)


def write(connection: Connection, judgement: Judgement) -> int:
    """Keep a judgement as it is, now where it says no moment; gives its number."""
    values = {
        "action": judgement.action.value,
        "actor": judgement.actor,
        "other": judgement.other,
        "name": judgement.name,
        **judgement.record(),
        "made": judgement.made or now(),
    }
    return int(connection.execute(insert(ActorJudgement).values(**values)).inserted_primary_key[0])  # type: ignore[index]


def undo(connection: Connection, number: int, author: str, note: str) -> Judgement:
    """Take a judgement back; it stays on record. Raises NotFoundError; UsageError where it was taken back before."""
    known = judged.load(connection)
    take_back(connection, ActorJudgement, known, number, author, note, listed="timeline actors judgements")
    after = judged.load(connection)
    derive_again(connection, known, after)
    return next(each for each in after if each.number == number)


def derive_again(connection: Connection, before: Iterable[Judgement], after: Iterable[Judgement]) -> None:
    """Derive what the actors take part in that judgements read otherwise now, after than before: the first of it where
    that is much (`bringing_up`)."""
    changed = sorted(resolve(before).changed(resolve(after)))
    deriver = Deriver(connection, Cause())
    deriver.revisit(event_judging.editing(connection, changed))
    deriver.derive_touched()
    bringing_up.begin(connection, changed)
