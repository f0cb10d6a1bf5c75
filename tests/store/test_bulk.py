"""Rows of data sets by the bulk path: the store is as if each had been derived by itself, whatever the batches."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from benchmarks.synthetic import DATASET, EXTRACTOR, actors, rows
from tests.conftest import extracted
from timeline.model import Actor, ActorKind, DataSet, Participation, Place, Role, Row, Unresolved
from timeline.model.errors import NotFoundError, UsageError
from timeline.store import Action, Counts, EventQuery, Judgement, open_store
from timeline.store.bulk import Importer
from timeline.store.changing import Cause
from timeline.store.engine import Database, parse_url
from timeline.store.events import Deriver
from timeline.store.store import Store
from timeline.store.tables import Base

DERIVED = ("events", "event_actors", "event_countries", "event_redirects", "event_changes")
COUP = "Myanmar's army seized power on February 1, 2021 and arrested Aung San Suu Kyi."
LINKED = DataSet("linked", linked=True)


@pytest.fixture(scope="module")
def some() -> list[Row]:
    return _awkward(list(rows(200)))


def _awkward(found: list[Row]) -> list[Row]:
    """What the shortest way might get wrong: an actor twice, names that part, accents, unresolved words, no url."""
    marlene = Actor("Marlène Zú; of Oz", ActorKind.PERSON, "FRA")
    told = (
        Participation(marlene, Role.PARTICIPANT, "Marlène Zú's", reason="named"),
        Participation(Actor("Oz", ActorKind.GROUP), Role.SOURCE),
        Participation(marlene, Role.TARGET, "she"),
        Participation(Actor("MARLENE ZU OF OZ", ActorKind.PERSON, "FRA"), Role.SOURCE),
    )
    place = Place("Zürich; north", "CHE", words="Zürich", reason="a place", region="Zürich")
    report = replace(found[0].report, actors=told, place=place, unresolved=(Unresolved("he", Role.SOURCE),))
    no_actors = replace(found[1].report, actors=(), place=replace(place, country=""))
    return [
        *found,
        Row("awkward", report, "", None, '{"a": 1}'),
        Row("plain", no_actors, "https://example.org/x", date(2020, 2, 29)),
        Row("home", replace(report, place=replace(place, country="FRA")), "", date(2020, 2, 29)),
    ]


def _save(url: str, found: Iterable[Row], size: int = 80, dataset: DataSet = DATASET) -> Counts:
    with open_store(url):
        pass
    database = Database(parse_url(url))
    try:
        return Importer(database, dataset, None, EXTRACTOR).save(found, size)
    finally:
        database.close()


def _tables(connection: Connection, names: Iterable[str]) -> dict[str, list[tuple[Any, ...]]]:
    tables = Base.metadata.tables
    return {name: sorted(map(tuple, connection.execute(select(tables[name]))), key=repr) for name in names}


def _derive_all_again(store: Store, *, linked: bool = False) -> None:
    """By the Deriver alone, as for articles."""
    with store._database.writing() as connection:
        connection.execute(text("UPDATE reports SET event_id = NULL"))
        connection.execute(text("DELETE FROM events"))
        deriver = Deriver(connection, Cause())
        reports = list(connection.scalars(text("SELECT id FROM reports")))
        (deriver.read_again if linked else deriver.revisit)(reports)
        deriver.derive_touched()


def test_every_row_of_every_table_is_as_the_deriver_makes_it(database_url: str, some: list[Row]) -> None:
    assert _save(database_url, some) == Counts(added=len(some))
    names = (*DERIVED, "reports", "report_blocks")
    with open_store(database_url) as store:
        with store.connection() as connection:
            before = _tables(connection, names)
        hashed = store.content_hash()
        _derive_all_again(store)
        with store.connection() as connection:
            assert _tables(connection, names) == before
        assert store.content_hash() == hashed
        assert len(before["events"]) == len(some)
        assert not before["report_blocks"]


def test_text_search_and_names_find_what_came_in_bulk(database_url: str, some: list[Row]) -> None:
    _save(database_url, some)
    with open_store(database_url) as store:
        assert store.count(EventQuery(text="marlene zurich")) == 2
        assert [row.actor.name for row in store.find_actors("Marlène Zú of Oz", "person")]
        first = actors()[0]
        assert store.count(EventQuery(actors=(first.key,))) == sum(
            any(p.actor.key == first.key for p in row.report.actors) for row in some
        )


def test_any_order_and_any_batches_give_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, some: list[Row]
) -> None:
    hashes = set()
    for number, size in enumerate((1, 7, 100, 10_000)):
        order = list(some)
        random.Random(number).shuffle(order)  # noqa: S311
        url = str(tmp_path_factory.mktemp("bulk") / "t.db")
        _save(url, order, size)
        with open_store(url) as store:
            hashes.add(store.content_hash())
    assert len(hashes) == 1


def test_both_databases_hold_the_same(database_url: str, tmp_path: Path, some: list[Row]) -> None:
    _save(database_url, some)
    _save(str(tmp_path / "other.db"), some, 60)
    with open_store(database_url) as store, open_store(str(tmp_path / "other.db")) as other:
        assert store.content_hash() == other.content_hash()


def test_twice_is_once(database_url: str, some: list[Row]) -> None:
    _save(database_url, some)
    names = sorted(Base.metadata.tables)
    with open_store(database_url) as store:
        with store.connection() as connection:
            before = _tables(connection, names)
        assert store.save_rows(DATASET, some, extractor="synthetic 2") == Counts(unchanged=len(some))
        with store.connection() as connection:
            assert _tables(connection, names) == before


def test_a_changed_row_is_the_same_report_told_anew(database_url: str, some: list[Row], tmp_path: Path) -> None:
    _save(database_url, some)
    changed = [replace(row, report=replace(row.report, title="Something else", actors=())) for row in some[:20]]
    with open_store(database_url) as store:
        ids = {event.id for event in store.events()}
        run = store.begin_run("again")
        assert store.save_rows(DATASET, [*changed, *some[20:]], run, extractor=EXTRACTOR) == Counts(
            updated=20, unchanged=len(some) - 20
        )
        assert {event.id for event in store.events()} == ids
        assert store.count(EventQuery(text="something else")) == 20
        assert store.count(EventQuery(run=run)) == 20
        hashed = store.content_hash()
    _save(str(tmp_path / "clean.db"), [*changed, *some[20:]])
    with open_store(str(tmp_path / "clean.db")) as clean:
        assert clean.content_hash() == hashed


def test_of_a_row_told_twice_the_later_one_counts_and_both_are_counted(database_url: str, some: list[Row]) -> None:
    later = replace(some[0], url="https://example.org/later")
    with open_store(database_url) as store:
        counts = store.save_rows(DATASET, [some[0], some[1], later, later], extractor=EXTRACTOR)
        assert counts == Counts(added=2, updated=1, unchanged=1)
        assert [url for event in store.events() for url in event.urls if url.endswith("later")]


def test_a_withdrawn_row_leaves_a_tombstone_and_its_id_says_so(database_url: str, some: list[Row]) -> None:
    _save(database_url, some)
    with open_store(database_url) as store:
        hashed = store.content_hash()
        event = next(event for event in store.events() if event.title == some[5].report.title)
        assert store.withdraw(DATASET, [some[5].native, "unknown"]) == 1
        assert store.withdraw(DATASET, [some[5].native]) == 0
        with pytest.raises(NotFoundError, match="withdrawn"):
            store.event(event.id)
        with store.connection() as connection:
            assert list(connection.execute(text("SELECT source, title FROM tombstones"))) == [
                (DATASET.name, some[5].report.title)
            ]
        assert store.save_rows(DATASET, some, extractor=EXTRACTOR) == Counts(added=1, unchanged=len(some) - 1)
        assert store.event(event.id).title == event.title
        assert store.content_hash() == hashed
        with store.connection() as connection:
            assert not list(connection.execute(text("SELECT 1 FROM tombstones")))


def test_a_row_deleted_before_it_comes_stays_away_until_it_is_written_anew_or_that_is_undone(
    database_url: str, some: list[Row]
) -> None:
    def at(time: int) -> Row:
        return replace(some[5], stated=time, attributes=f'{{"time": {time}}}')

    native = some[5].native
    with open_store(database_url) as store:
        run = store.begin_run("import")
        assert store.withdraw(DATASET, [native], run, stated={native: 10}) == 0
        assert store.save_rows(DATASET, [at(9)], extractor=EXTRACTOR) == Counts(unchanged=1)
        store.finish_run(run, Counts())
        store.undo_runs(run)
        assert store.save_rows(DATASET, [at(9)], extractor=EXTRACTOR) == Counts(added=1)
        assert store.withdraw(DATASET, [native], stated={native: 10}) == 1
        later = store.begin_run("import")
        assert store.withdraw(DATASET, [native], later, stated={native: 20}) == 0
        assert store.save_rows(DATASET, [at(15)], extractor=EXTRACTOR) == Counts(unchanged=1)
        assert store.save_rows(DATASET, [at(21)], later, extractor=EXTRACTOR) == Counts(added=1)
        assert store.save_rows(DATASET, [at(15)], extractor=EXTRACTOR) == Counts(unchanged=1)
        assert store.withdraw(DATASET, [native], stated={native: 20}) == 0
        store.finish_run(later, Counts(added=1))
        store.undo_runs(later)
        with store.connection() as connection:
            assert list(connection.execute(text("SELECT title, stated FROM tombstones"))) == [
                (some[5].report.title, 10)
            ]


def test_what_no_database_can_hold_is_put_aside_and_counted(database_url: str, some: list[Row]) -> None:
    def told(native: str, sentence: str) -> Row:
        return Row(native, replace(some[0].report, sentence=sentence))

    bad = [told("", "no id"), told("nul", "a\0b"), told("half", "\ud83d"), told("good", "a backslash: \\u0000")]
    with open_store(database_url) as store:
        counts = store.save_rows(DATASET, bad, extractor=EXTRACTOR)
        assert counts == Counts(added=1, quarantined=3)
        assert counts.read == len(bad)
        assert sorted(each.reason for each in store.quarantined()) == [
            "the row has no id of its own",
            "the row holds a NUL character",
            "the row holds half a character",
        ]


def _coup(number: int, **other: Any) -> Row:
    report = next(r for r in extracted(COUP, "2021-02-02").reports if r.kind == "coup")
    bare = tuple(Participation(p.actor, p.role) for p in report.actors)
    return Row(str(number), replace(report, happening=0, actors=bare, words="", **other), "", date(2021, 2, 2))


@pytest.mark.parametrize("article_first", [True, False])
def test_a_linked_row_is_one_event_with_the_article_that_tells_it(
    database_url: str, some: list[Row], article_first: bool
) -> None:
    told = extracted(COUP, "2021-02-02", origin="file:///coup")
    found = [_coup(1), *(replace(row, native=f"s{row.native}") for row in some)]
    with open_store(database_url) as store:
        if article_first:
            store.save(told)
        store.save_rows(LINKED, found, extractor=EXTRACTOR)
        if not article_first:
            store.save(told)
        (coup,) = store.events(EventQuery(kinds=("coup",), countries=("MMR",), since=date(2021, 2, 1)))
        assert coup.sources == 2
        with store.connection() as connection:
            blocks = _tables(connection, ["report_blocks", "events"])
        _derive_all_again(store, linked=True)
        with store.connection() as connection:
            assert _tables(connection, ["report_blocks", "events"]) == blocks


def test_a_row_that_is_not_linked_stays_by_itself(database_url: str) -> None:
    told = extracted(COUP, "2021-02-02", origin="file:///coup")
    with open_store(database_url) as store:
        store.save_rows(DATASET, [_coup(1)], extractor=EXTRACTOR)
        store.save(told)
        army = next(p.actor for e in store.events(EventQuery(kinds=("coup",))) for p in e.actors)
        store.judge(Judgement(Action.RENAME, army.key, name="The army"), [army])
        assert [event.sources for event in store.events(EventQuery(kinds=("coup",)))] == [1, 1]
        with pytest.raises(UsageError, match="kept by itself"):
            store.save_rows(replace(DATASET, linked=True), [_coup(1)], extractor=EXTRACTOR)


def test_judgements_count_for_rows_that_come_later(database_url: str, some: list[Row]) -> None:
    one, other = actors()[:2]
    with open_store(database_url) as store:
        store.judge(Judgement(Action.MERGE, one.key, other.key), [one, other])
        store.save_rows(DATASET, some, extractor=EXTRACTOR)
        both = sum(any(p.actor.key in {one.key, other.key} for p in row.report.actors) for row in some)
        assert store.count(EventQuery(actors=(one.key,))) == both
        hashed = store.content_hash()
        _derive_all_again(store)
        assert store.content_hash() == hashed


_KILLED = """
import os, signal, sys
from benchmarks.synthetic import DATASET, EXTRACTOR, rows
from timeline.store.bulk import Importer
from timeline.store.engine import Database, parse_url
from timeline.store.loading import Loader

calls, load = 0, Loader.load
def counted(self, table, *rest):
    global calls
    calls += 1
    if calls == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    load(self, table, *rest)
Loader.load = counted
Importer(Database(parse_url(sys.argv[1])), DATASET, None, EXTRACTOR).save(rows(400), 50)
"""


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of a store with all the rows."""
    url = str(tmp_path_factory.mktemp("bulk") / "clean.db")
    _save(url, rows(400))
    with open_store(url) as clean:
        return clean.content_hash()


@pytest.mark.parametrize("calls", [12, 25])
def test_killed_in_the_middle_there_are_whole_batches_and_the_next_run_completes(
    database_url: str, wanted: str, calls: int
) -> None:
    with open_store(database_url):
        pass
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, database_url, str(calls)], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert done.returncode == -signal.SIGKILL
    with open_store(database_url) as store:
        there = store.status()
        assert there.events == there.reports
        assert there.reports % 50 == 0
        assert there.reports < 400
    assert _save(database_url, rows(400)) == Counts(added=400 - there.reports, unchanged=there.reports)
    with open_store(database_url) as store:
        assert store.content_hash() == wanted


def test_an_import_of_rows_is_undone_and_the_undoing_too(database_url: str, some: list[Row]) -> None:
    """New rows go, changed and withdrawn ones are as before, the data set with its last row."""
    with open_store(database_url) as store:
        empty = store.content_hash()
        first = store.begin_run("first")
        store.save_rows(DATASET, some[:120], first, extractor=EXTRACTOR)
        store.finish_run(first, Counts(added=120))
        before = store.content_hash()
        second = store.begin_run("second")
        told = replace(some[0].report, title="corrected", sentence="It was corrected.")
        store.save_rows(DATASET, [replace(some[0], report=told), *some[120:]], second, extractor=EXTRACTOR)
        assert store.withdraw(DATASET, [some[1].native, some[2].native], second) == 2
        store.finish_run(second, Counts(added=len(some) - 120, updated=3))
        after = store.content_hash()
        assert after != before
        undone = store.undo_runs(second)
        assert store.content_hash() == before
        store.undo_runs(undone.run)
        assert store.content_hash() == after
        store.undo_runs(undone.run + 1)
        store.undo_runs(first)
        assert store.content_hash() == empty
        assert store.status().reports == 0
