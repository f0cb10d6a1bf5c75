"""A disk that is full at any point of an import: one clear line, nothing half there, and the import goes on later."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.store.killing import stories
from tests.store.test_kills import is_whole
from timeline.model.errors import StoreError
from timeline.store import open_store

POINTS = int(os.environ.get("TIMELINE_POINTS", "3"))


def test_an_import_into_a_full_disk_is_rolled_back_and_resumed(tmp_path: Path) -> None:
    told = stories()
    with open_store(str(tmp_path / "clean.db")) as clean:
        before = _pages(tmp_path / "clean.db")
        for story in told:
            clean.save(story)
        wanted = clean.content_hash()
    needed = _pages(tmp_path / "clean.db") - before
    for point in range(POINTS):
        path = tmp_path / f"{point}.db"
        with open_store(str(path)):
            pass
        saved = _fill(path, before + 1 + point * (needed - 1) // POINTS)
        with open_store(str(path)) as store:
            is_whole(store)
            assert all(store.known(each.article, each.extractor) for each in told[:saved])
            assert store.status().articles == saved
            store.save_all(told)
            assert store.content_hash() == wanted


def _pages(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("PRAGMA page_count").fetchone()[0])


def _fill(path: Path, pages: int) -> int:
    """How many articles were saved before the disk was full."""

    def limit(raw: Any, _record: object) -> None:
        raw.execute(f"PRAGMA max_page_count={pages}")

    with open_store(str(path)) as store:
        store._database.engine.dispose()
        event.listen(store._database.engine, "connect", limit)
        for saved, story in enumerate(stories()):
            try:
                store.save(story)
            except StoreError as error:
                assert "full" in str(error)  # noqa: PT017 - which of them fails is not known
                return saved
    pytest.fail("the disk was never full")
