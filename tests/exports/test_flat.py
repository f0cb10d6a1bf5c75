"""Tables read events the short way, and say what they say of events read whole: on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.exports.making import MYANMAR, PUTIN, REPORTS, told, written
from tests.store.test_event_judgements import HLAING, STORIES, judge_all
from timeline.exports.options import Options
from timeline.exports.tables import ACTORS, EVENTS, Table
from timeline.model import DataSet, Place, Row
from timeline.store import Action, EventQuery, Judgement, open_store
from timeline.store.store import Store
from timeline.store.values import Sort

NAMELESS = told("A place without a name", "2021-02-05", place=Place("", "MMR", 1.5, 2.5))
TABLES = [
    EVENTS,
    ACTORS,
    EVENTS.only(["id", "when", "urls"]),
    EVENTS.only(["targets", "countries"]),
    ACTORS.only(["title"]),
]


def judged(url: str) -> Store:
    """A store of articles and rows with judgements of each sort: ids that lead elsewhere, actors under other names."""
    store = open_store(url)
    store.save_all(STORIES)
    rows = [Row(str(n), each, url="https://example.org/" * (n % 2)) for n, each in enumerate([*REPORTS, NAMELESS])]
    store.save_rows(DataSet("by hand", "https://example.org/set"), rows, extractor="hand 1")
    judge_all(store)
    store.judge(Judgement(Action.RENAME, HLAING.key, name="The General"), [HLAING])
    store.judge(Judgement(Action.MERGE, MYANMAR.key, PUTIN.key), [MYANMAR, PUTIN])
    event = next(e for e in store.events() if e.title == "A visit")
    store.edit_event(event.id, [("place", ""), ("title", "=1+1")])
    store.hide_event(event.id)
    return store


def test_tables_say_the_same_of_events_read_flat_and_whole(database_url: str) -> None:
    with judged(database_url) as store:
        everything = EventQuery(hidden=True)
        judgements = {mark for row in EVENTS.rows(store.events(everything)) for mark in row[-1]}
        assert judgements == {"confirmed", "edited", "hidden"}
        for table in TABLES:
            for name in ("csv", "tsv", "parquet", "xlsx"):
                assert both(store, name, table, everything) == (True, True)
        for query in (
            replace(everything, sort=Sort.SOURCES, limit=7),
            EventQuery(reverse=True, limit=5),
            EventQuery(countries=("MMR",)),
        ):
            assert both(store, "csv", EVENTS, query) == (True, True)


def both(store: Store, name: str, table: Table, query: EventQuery) -> tuple[bool, bool]:
    """Whether there are rows, and the same bytes come of both ways."""
    whole, flat = (
        written(name, events, Options(table)) for events in (store.events(query), store.flat_events(query, table.needs))
    )
    return next(table.rows(store.events(query)), None) is not None, whole == flat


@pytest.mark.parametrize(("table", "needs"), [(EVENTS.only(["id"]), set()), (ACTORS.only(["event"]), {"actors"})])
def test_what_no_column_shows_is_not_read(table: Table, needs: set[str], database_url: str) -> None:
    assert table.needs == needs
    with judged(database_url) as store:
        found = list(store.flat_events(EventQuery(hidden=True), table.needs))
        assert any(each.actors for each in found) is ("actors" in needs)
        assert not any(each.countries or each.urls for each in found)
