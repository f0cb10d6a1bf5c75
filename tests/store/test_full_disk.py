"""A disk that is full at any point of an import: one clear line, nothing half there, and the import goes on later."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.store.killing import stories
from tests.store.test_kills import is_whole
from timeline.model.errors import StoreError
from timeline.store import open_store

POINTS = int(os.environ.get("TIMELINE_POINTS", "4"))
PAGES = 40  # that the whole import needs, roughly


def test_an_import_into_a_full_disk_is_rolled_back_and_resumed(tmp_path: Path) -> None:
    told = stories()
    with open_store(str(tmp_path / "clean.db")) as clean:
        clean.save_all(told)
        wanted = clean.content_hash()
    for point in range(POINTS):
        path = tmp_path / f"{point}.db"
        with open_store(str(path)):
            pass
        with sqlite3.connect(path) as raw:
            room = raw.execute("PRAGMA page_count").fetchone()[0] + 1 + point * PAGES // POINTS
        raw.close()
        saved = _fill(path, room)
        with open_store(str(path)) as store:
            is_whole(store)
            assert all(store.known(each.article, each.extractor) for each in told[:saved])
            assert store.status().articles == saved
            store.save_all(told)
            assert store.content_hash() == wanted


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
