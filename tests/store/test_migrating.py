"""Migrations with data in: down to every revision there was and up again, the store tells what it told."""

from __future__ import annotations

import pytest

from tests.store.killing import stories
from timeline.store import open_store, schema, upgrade_store
from timeline.store.engine import Database, parse_url

ARTICLES, HAPPENINGS = 150, 4


@pytest.mark.parametrize("revision", ["0005", "0001"])
def test_a_store_goes_down_to_an_older_schema_and_up_again(database_url: str, revision: str) -> None:
    with open_store(database_url) as store:
        store.save_all(stories(ARTICLES, HAPPENINGS, least=HAPPENINGS, days=200))
        wanted = store.content_hash()
        status = store.status()
        assert status.reports == ARTICLES * HAPPENINGS
        assert status.events < status.reports
    database = Database(parse_url(database_url))
    schema.migrate(database, revision)
    database.close()
    assert upgrade_store(database_url) == (revision, schema.HEAD)
    with open_store(database_url) as store:
        assert store.content_hash() == wanted
        assert store.status().actors == status.actors
