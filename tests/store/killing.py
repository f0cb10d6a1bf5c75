"""What a child process does to a store until it is killed; it prints a line for each step that was acknowledged.

python -m tests.store.killing WORK URL SEED
"""

from __future__ import annotations

import os
import random
import sys
from datetime import date, timedelta

from tests.store.test_order import ACTORS, PLACES, WORDS, extraction
from timeline.model import Extraction, Modality
from timeline.store import EventQuery, open_store, relinking, schema, upgrade_store
from timeline.store.engine import Database, parse_url

ARTICLES = 40


def stories(articles: int = ARTICLES, most: int = 4, *, least: int = 1, days: int = 2) -> list[Extraction]:
    """Articles that tell the same few happenings of some days over and over, `least` to `most` each."""
    draw = random.Random(articles)  # noqa: S311 - a fixed sample
    told = []
    for number in range(articles):
        happenings = [
            (
                draw.choice(["meeting", "coup", "attack", "killing"]),
                (date(2021, 2, 1) + timedelta(days=draw.randint(0, days))).isoformat(),
                tuple(draw.sample(ACTORS, 2)),
                draw.choice(PLACES),
                " ".join(draw.sample(WORDS, 3)),
                draw.choice([Modality.ACTUAL, Modality.ACTUAL, Modality.PLANNED]),
                draw.choice([0.2, 0.9]),
            )
            for _ in range(draw.randint(least, most))
        ]
        told.append(extraction(number, happenings))
    return told


def save(url: str, _seed: int) -> None:
    with open_store(url) as store:
        for number, story in enumerate(stories()):
            store.save(story)
            print(number, flush=True)


def relink(url: str, _seed: int) -> None:
    """As `db upgrade` does after a migration that changed the rule."""
    database = Database(parse_url(url))
    while True:
        with database.writing() as connection:
            relinking.relink(connection)
        print("relinked", flush=True)


def judge(url: str, seed: int) -> None:
    """Events are merged and split, and some of that is taken back."""
    draw = random.Random(seed)  # noqa: S311
    with open_store(url) as store:
        while True:
            events = list(store.events(EventQuery(hidden=True)))
            several = [event for event in events if event.reports > 1]
            if several and draw.random() < 0.4:
                event = draw.choice(several)
                made = store.split_event(event.id, [store.evidence(event.id)[-1].key])
            else:
                made = store.merge_events([event.id for event in draw.sample(events, 2)])
            print(made.number, flush=True)
            if draw.random() < 0.6:
                store.undo_event_judgement(made.number)
                print(f"{made.number} undone", flush=True)


def migrate(url: str, _seed: int) -> None:
    """Down to an older schema and up again, over and over."""
    print("begun", flush=True)
    while True:
        database = Database(parse_url(url))
        schema.migrate(database, "0004")
        database.close()
        upgrade_store(url)


def write(url: str, seed: int) -> None:
    """One of several writers: TRANSACTIONS articles of its own, a transaction each."""
    with open_store(url) as store:
        for number in range(TRANSACTIONS):
            store.save(written(seed, number))
    print("done", flush=True)


def written(seed: int, number: int) -> Extraction:
    """Of writer `seed` its article `number`: all writers tell the same happenings of a day."""
    day = (date(2021, 2, 1) + timedelta(days=number)).isoformat()
    told = ("killing", day, ACTORS[2:4], PLACES[number % 3], f"{WORDS[number % 6]} {number}", Modality.ACTUAL, 0.9)
    return extraction(1_000 * seed + number, [told])


def read(url: str, _seed: int) -> None:
    """Lists everything again and again; no event is ever seen without its reports."""
    with open_store(url, create=False) as store:
        while True:
            for event in store.events():
                assert event.reports >= 1
            store.status()
            print("read", flush=True)


TRANSACTIONS = int(os.environ.get("TIMELINE_TRANSACTIONS", "8"))
WORKS = {"save": save, "relink": relink, "judge": judge, "migrate": migrate, "write": write, "read": read}

if __name__ == "__main__":
    WORKS[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
