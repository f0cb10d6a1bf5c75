"""Of many judgements only those are read that bear on what is asked for, and they say the same as all would."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from timeline.store import Action, Judgement, event_judged, event_judging, judged, judging, open_store
from timeline.store import event_judgements as pure
from timeline.store.engine import Database, parse_url
from timeline.store.event_judgements import EventAction, EventJudgement

AT = datetime(2025, 3, 4, tzinfo=UTC)
KEYS = [f"{number:016x}" for number in range(40)]


def of_actors(rng: random.Random, number: int) -> Judgement:
    actor, other = rng.sample(KEYS, 2)
    made = AT + timedelta(minutes=rng.randrange(100))
    action = rng.choice(list(Action))
    if action is Action.RENAME:
        return Judgement(action, actor, name=f"Name {number}", author="a", made=made)
    return Judgement(action, actor, other, "" if action is Action.MERGE else f"Name {number}", author="a", made=made)


def of_events(rng: random.Random, number: int) -> EventJudgement:
    some = rng.sample(KEYS, 3)
    made = AT + timedelta(minutes=rng.randrange(100), microseconds=number)
    action = rng.choice((EventAction.MERGE, EventAction.SPLIT, EventAction.HIDE))
    groups = ((some[0],), tuple(some[1:])) if action is not EventAction.HIDE else (tuple(some),)
    return EventJudgement(action, groups, author="a", made=made)


def test_an_actor_reads_by_the_judgements_about_it_as_by_all(database_url: str) -> None:
    with open_store(database_url):
        database = Database(parse_url(database_url))
    for seed in range(8):
        rng = random.Random(seed)  # noqa: S311
        with database.trying() as connection:
            for number in range(12):
                judging.write(connection, of_actors(rng, number))
            every = judged.resolution(connection)
            for key in KEYS:
                one = judged.resolution(connection, [key])
                assert one.of(key) == every.of(key)
                assert one.parted.get(key) == every.parted.get(key)
                assert one.labels.get(one.of(key)) == every.labels.get(every.of(key))
                assert one.names.get(one.of(key)) == every.names.get(every.of(key))
    database.close()


def test_a_report_is_grouped_by_the_judgements_about_it_as_by_all(database_url: str) -> None:
    with open_store(database_url):
        database = Database(parse_url(database_url))
    for seed in range(8):
        rng = random.Random(seed)  # noqa: S311
        with database.trying() as connection:
            for number in range(8):
                event_judging.write(connection, of_events(rng, number))
            known = pure.counting(event_judged.load(connection))
            every = pure.resolve(known)
            for key in KEYS:
                one = event_judged.EventsJudged(connection)
                one.meet([key])
                assert one.grouping.members([key]) == every.members([key])
                assert [one.grouping.parted(key, other) for other in KEYS] == [
                    every.parted(key, other) for other in KEYS
                ]
                found = event_judged.about(connection, [key])
                assert {j.uid for j in known if key in j.keys} == {j.uid for j in found if key in j.keys}
    database.close()


def test_what_is_not_asked_about_is_not_read(database_url: str) -> None:
    with open_store(database_url):
        database = Database(parse_url(database_url))
    with database.trying() as connection:
        for number in range(0, 38, 2):
            judging.write(connection, Judgement(Action.MERGE, KEYS[number], KEYS[number + 1], author="a", made=AT))
            merge = EventJudgement(EventAction.MERGE, ((KEYS[number],), (KEYS[number + 1],)), author="a", made=AT)
            event_judging.write(connection, merge)
        assert [j.other for j in judged.about(connection, [KEYS[0]])] == [KEYS[1]]
        assert [j.keys for j in event_judged.about(connection, [KEYS[0]])] == [(KEYS[0], KEYS[1])]
        assert not judged.about(connection, [KEYS[39]])
        assert not event_judged.about(connection, [KEYS[39]])
    database.close()
