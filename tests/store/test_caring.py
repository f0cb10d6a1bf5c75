"""Is a store whole? Faults that are planted are found; backups restore; tidying keeps what is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import extracted
from timeline.model.errors import StoreError
from timeline.store import backing, open_store
from timeline.store.store import Store

FAULTS = {
    "counts": "UPDATE events SET sources = sources + 1",
    "reports": "UPDATE reports SET event_id = NULL",
    "spans": "UPDATE reports SET trigger_start = trigger_start + 1, trigger_end = trigger_end + 1",
    "weights": "UPDATE event_countries SET weight = 0.123",
    "kinds": "UPDATE event_countries SET kind = 'other'",
    "positions": "UPDATE events SET earliest = '1999-01-01', latest = '1999-01-01'",
    "redirects": "INSERT INTO event_redirects (old, \"new\") VALUES ('0123456789abcdef', 'fedcba9876543210')",
    "articles": "UPDATE articles SET text = 'Something else altogether.'",
}
DEEP = {
    "titles": "UPDATE events SET title = 'Something else'",
    "actors": "DELETE FROM event_actors",
    "countries": "DELETE FROM event_countries",
}


def _filled(url: str) -> Store:
    store = open_store(url)
    run = store.begin_run("import")
    store.save(extracted("Putin visited Myanmar on Monday. He met Min Aung Hlaing in Yangon.", origin="file:///a"), run)
    return store


def _plant(store: Store, statement: str) -> None:
    with store._database.writing() as connection:
        connection.execute(text(statement))


def _finish(store: Store) -> None:
    from timeline.store import Counts

    store.finish_run(1, Counts(added=1))


def test_a_whole_store_has_no_findings_whatever_quotes_its_articles_have(database_url: str) -> None:
    said = "Russia\u2019s president, Vladimir Putin, visited Myanmar on Monday.\u00a0\u201cWe met,\u201d Putin\nsaid."
    with open_store(database_url) as store:
        store.save(extracted(said, origin="file:///a"))
        assert store.status().events
        assert list(store.check(deep=True)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(database_url: str, fault: str) -> None:
    with _filled(database_url) as store:
        _finish(store)
        assert list(store.check()) == []
        _plant(store, FAULTS[fault])
        assert list(store.check())


@pytest.mark.parametrize("fault", DEEP)
def test_what_only_deriving_again_shows_is_found(database_url: str, fault: str) -> None:
    with _filled(database_url) as store:
        _finish(store)
        assert list(store.check(deep=True)) == []
        before = store.content_hash()
        _plant(store, DEEP[fault])
        changed = store.content_hash()
        assert changed != before
        assert list(store.check(deep=True))
        assert store.content_hash() == changed  # looking changes nothing


def test_a_run_that_never_ended_is_told(database_url: str) -> None:
    with _filled(database_url) as store:
        assert any(re.search(r"run 1\b", line) for line in store.check())


def test_tidying_keeps_what_is_told_and_what_an_undo_needs(database_url: str) -> None:
    with _filled(database_url) as store:
        _finish(store)
        wanted = store.content_hash()
        store.vacuum()
        assert store.content_hash() == wanted
        assert list(store.check(deep=True)) == []
        store.undo_runs(1)
        assert store.status().events == 0


def test_a_backup_restores_what_was_there_then(tmp_path: Path) -> None:
    url, copy = str(tmp_path / "t.db"), tmp_path / "copy.db"
    with _filled(url) as store:
        wanted = store.content_hash()
        backing.backup(url, copy)
        store.save(extracted("Macron met Scholz in Berlin on Tuesday.", origin="file:///b"))
        assert store.content_hash() != wanted
    with pytest.raises(StoreError):
        backing.restore(url, copy)
    backing.restore(url, copy, force=True)
    with open_store(url) as store:
        assert store.content_hash() == wanted


def test_what_is_no_store_is_not_restored(tmp_path: Path) -> None:
    url, copy = str(tmp_path / "t.db"), tmp_path / "copy.db"
    copy.write_bytes(b"no database at all" * 100)
    with _filled(url) as store:
        wanted = store.content_hash()
    with pytest.raises(StoreError):
        backing.restore(url, copy, force=True)
    with open_store(url) as store:
        assert store.content_hash() == wanted
