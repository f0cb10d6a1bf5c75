"""The events of a store made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.making import store_at
from timeline.model import Event


@pytest.fixture(scope="session")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "store.db"
    store_at(path)
    return path


@pytest.fixture(scope="session")
def events(db: Path) -> list[Event]:
    from timeline.store import EventQuery, open_store

    with open_store(str(db), create=False) as store:
        return list(store.events(EventQuery(hidden=True)))
