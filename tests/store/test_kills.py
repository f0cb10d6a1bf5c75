"""kill -9 at any moment: what was acknowledged is there, nothing is half there, and the next run completes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from tests.store.killing import ARTICLES, stories
from timeline.store import open_store, schema, upgrade_store
from timeline.store.store import Store
from timeline.store.tables import Base

KILLS = int(os.environ.get("TIMELINE_KILLS", "3"))
ROOT = Path(__file__).parents[2]


def _run(work: str, url: str, seed: int, seconds: float | None) -> list[str]:
    """The steps that a child acknowledged before it was killed, or ended."""
    command = [sys.executable, "-m", "tests.store.killing", work, url, str(seed)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True)
    if seconds is not None:
        assert child.stdout is not None
        first = child.stdout.readline()  # it works now
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        said = first + child.communicate()[0]
    else:
        said, problems = child.communicate()
        assert child.returncode == 0, problems
    return [line for line in said.splitlines(keepends=True) if line.endswith("\n")]


def is_whole(store: Store) -> None:
    """No event without reports, no report without an event, no link that leads nowhere."""
    with store.connection() as connection:
        for statement in (
            "SELECT count(*) FROM reports WHERE event_id IS NULL",
            "SELECT count(*) FROM events WHERE id NOT IN (SELECT event_id FROM reports)",
            "SELECT count(*) FROM event_actors WHERE event_id NOT IN (SELECT id FROM events)",
            "SELECT count(*) FROM event_countries WHERE event_id NOT IN (SELECT id FROM events)",
        ):
            assert connection.scalar(text(statement)) == 0, statement


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> str:
    with open_store(str(tmp_path_factory.mktemp("kills") / "clean.db")) as store:
        store.save_all(stories())
        return store.content_hash()


def test_a_killed_import_loses_nothing_that_was_acknowledged(database_url: str, wanted: str) -> None:
    draw = random.Random(2)  # noqa: S311
    with open_store(database_url):
        pass
    for seed in range(KILLS):
        acknowledged = _run("save", database_url, seed, draw.uniform(0, 0.6))
        with open_store(database_url) as store:
            is_whole(store)
            told = stories()[: len(acknowledged)]
            assert all(store.known(each.article, each.extractor) for each in told)
            if store.status().articles == ARTICLES:  # begin again
                assert store.content_hash() == wanted
                _empty(store)
    _run("save", database_url, KILLS, None)
    with open_store(database_url) as store:
        assert store.content_hash() == wanted


def test_a_killed_linking_leaves_the_events_as_they_were(database_url: str, wanted: str) -> None:
    draw = random.Random(3)  # noqa: S311
    with open_store(database_url) as store:
        store.save_all(stories())
    for seed in range(KILLS):
        _run("relink", database_url, seed, draw.uniform(0, 0.4))
        with open_store(database_url) as store:
            is_whole(store)
            assert store.content_hash() == wanted


def test_a_killed_judging_loses_no_judgement_that_was_acknowledged(database_url: str, wanted: str) -> None:
    draw = random.Random(6)  # noqa: S311
    with open_store(database_url) as store:
        store.save_all(stories())
        findings = list(store.check(deep=True))  # spans are made up
    for seed in range(KILLS):
        said = [line.split() for line in _run("judge", database_url, seed, draw.uniform(0, 0.4))]
        with open_store(database_url) as store:
            assert list(store.check(deep=True)) == findings
            standing = {each.number: not each.undone for each in store.event_judgements()}
            assert standing.keys() >= {int(number) for number, *_ in said}
            assert not any(standing[int(number)] for number, *undone in said if undone)
            for number in sorted(standing, reverse=True):
                if standing[number]:
                    store.undo_event_judgement(number)
            assert store.content_hash() == wanted


def test_a_killed_migration_leaves_the_old_schema_or_the_new(database_url: str, wanted: str) -> None:
    draw = random.Random(4)  # noqa: S311
    with open_store(database_url) as store:
        store.save_all(stories())
    for seed in range(KILLS):
        _run("migrate", database_url, seed, draw.uniform(0, 1.2))
        assert upgrade_store(database_url)[0] in ("0004", schema.HEAD)
        with open_store(database_url) as store:
            is_whole(store)
            assert store.content_hash() == wanted


def _empty(store: Store) -> None:
    with store._database.writing() as connection:
        for table in ("events", "articles", "actor_names", "event_redirects", "event_changes"):
            connection.execute(delete(Base.metadata.tables[table]))
