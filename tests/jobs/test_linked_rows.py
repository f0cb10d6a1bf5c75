"""A data set and articles in one store: linked on request, what both tell is one event that shows both."""

from __future__ import annotations

from pathlib import Path

from timeline.jobs.importing import import_paths
from timeline.jobs.rows import Keeping
from timeline.store import EventQuery, open_store

DATA = Path(__file__).parents[2] / "data"
ARTICLE = DATA / "articles" / "02-coup-2021.txt"
GDELT = DATA / "samples" / "gdelt" / "20210201001500.export.CSV"


def test_the_coup_of_an_article_and_of_a_gdelt_file_is_one_event_with_both_sources(database_url: str) -> None:
    with open_store(database_url) as store:
        import_paths(store, [str(ARTICLE), str(GDELT)], keeping=Keeping(linked=True))
        both = [
            event
            for event in store.events(EventQuery(min_salience=0))
            if {bool(each.article_id) for each in store.evidence(event.id)} == {True, False}
        ]
        arrest = next(event for event in both if event.kind == "arrest")
        assert arrest.sources == 2
        assert arrest.when.edtf == "2021-02-01"
        assert any(url.startswith("file:") for url in arrest.urls)
        assert "martial law" in {event.kind for event in both}


def test_unasked_their_events_stay_apart(database_url: str) -> None:
    with open_store(database_url) as store:
        import_paths(store, [str(ARTICLE), str(GDELT)])
        assert {event.sources for event in store.events(EventQuery(min_salience=0))} == {1}
