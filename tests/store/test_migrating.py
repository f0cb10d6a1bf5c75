"""Migrations with data in: down to every revision there was and up again, the store tells what it told."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from tests.store.test_order import ACTORS, PLACES, WORDS, extraction
from timeline.model import Extraction, Modality
from timeline.store import open_store, schema, upgrade_store
from timeline.store.engine import Database, parse_url

ARTICLES, HAPPENINGS = 250, 4


def _stories() -> list[Extraction]:
    """A thousand reports, of which many tell of the same."""
    draw = random.Random(5)  # noqa: S311 - a fixed sample
    told = []
    for number in range(ARTICLES):
        happenings = [
            (
                draw.choice(["meeting", "coup", "attack", "killing"]),
                (date(2021, 2, 1) + timedelta(days=draw.randint(0, 200))).isoformat(),
                tuple(draw.sample(ACTORS, 2)),
                draw.choice(PLACES),
                " ".join(draw.sample(WORDS, 3)),
                draw.choice([Modality.ACTUAL, Modality.PLANNED]),
                draw.choice([0.2, 0.9]),
            )
            for _ in range(HAPPENINGS)
        ]
        told.append(extraction(number, happenings))
    return told


@pytest.mark.parametrize("revision", ["0005", "0001"])
def test_a_store_goes_down_to_an_older_schema_and_up_again(database_url: str, revision: str) -> None:
    with open_store(database_url) as store:
        store.save_all(_stories())
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
