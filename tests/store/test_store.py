"""The event store, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from tests.conftest import extracted
from timeline.model import Extraction, Modality
from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.store import Counts, EventQuery, Outcome, RunStatus, open_store

VISIT = (
    "Vladimir Putin met Min Aung Hlaing in Moscow on Tuesday. The two leaders signed an agreement on nuclear energy."
)
AGAIN = "Russia's president, Vladimir Putin, met Myanmar's Min Aung Hlaing in Moscow on March 4, 2025, officials said."
COUP = "Myanmar's army seized power on February 1, 2021 and arrested Aung San Suu Kyi. Protests were held in Yangon."


@pytest.fixture(scope="module")
def stories() -> list[Extraction]:
    return [
        extracted(VISIT, "2025-03-05", origin="file:///visit"),
        extracted(AGAIN, "2025-03-06", origin="file:///again"),
        extracted(COUP, "2021-02-02", origin="file:///coup"),
    ]


def test_what_was_saved_is_read_back(database_url: str, stories: list[Extraction]) -> None:
    with open_store(database_url) as store:
        assert store.save(stories[0]) is Outcome.ADDED
        for event in store.events():
            for evidence in store.evidence(event.id):
                assert evidence.report in [replace(r, happening=evidence.report.happening) for r in stories[0].reports]
                assert evidence.report.trigger.of(VISIT)
                assert evidence.extractor == stories[0].extractor


def test_importing_the_same_again_changes_nothing(database_url: str, stories: list[Extraction]) -> None:
    with open_store(database_url) as store:
        store.save_all(stories)
        before = store.content_hash()
        assert store.save_all(stories) == [Outcome.UNCHANGED] * 3
        assert store.content_hash() == before
        assert store.known(stories[0].article, stories[0].extractor)


def test_a_changed_article_replaces_its_reports_and_keeps_ids(database_url: str, stories: list[Extraction]) -> None:
    with open_store(database_url) as store:
        store.save_all(stories)
        meeting = next(e for e in store.events(EventQuery(kinds=("meeting",))))
        longer = extracted(VISIT + " Putin thanked the general.", "2025-03-05", origin="file:///visit")
        assert not store.known(longer.article, longer.extractor)
        assert store.save(longer) is Outcome.UPDATED
        assert store.event(meeting.id).kind == "meeting"
        assert store.status().articles == 3


def test_a_date_given_later_is_an_update(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save(extracted("Putin visited Myanmar on Monday.", "", origin="file:///x"))
        dated = extracted("Putin visited Myanmar on Monday.", "2025-03-05", origin="file:///x")
        assert store.save(dated) is Outcome.UPDATED
        assert [e.when.edtf for e in store.events()] == ["2025-03-03"]
        assert store.save(extracted("Putin visited Myanmar on Monday.", "", origin="file:///x")) is Outcome.UNCHANGED


def test_one_happening_told_twice_is_one_event_with_two_sources(database_url: str, stories: list[Extraction]) -> None:
    with open_store(database_url) as store:
        store.save_all(stories)
        meetings = list(store.events(EventQuery(kinds=("meeting",))))
        assert [(m.when.edtf, m.sources) for m in meetings] == [("2025-03-04", 2)]


def test_any_order_and_any_batching_give_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, stories: list[Extraction]
) -> None:
    hashes = set()
    for number, order in enumerate(permutations(stories)):
        path = tmp_path_factory.mktemp("order") / f"{number}.db"
        with open_store(str(path)) as store:
            if number % 2:
                store.save_all(order)
            else:
                for extraction in order:
                    store.save(extraction)
            hashes.add(store.content_hash())
    assert len(hashes) == 1


def test_ids_are_the_same_on_both_databases(database_url: str, stories: list[Extraction]) -> None:
    with open_store(database_url) as store:
        store.save_all(stories)
        assert {e.id for e in store.events(EventQuery(kinds=("coup",)))} == {_coup_id(stories)}


def _coup_id(stories: list[Extraction]) -> str:
    from timeline.store import ids

    story = stories[2]
    keys = ids.report_keys(ids.article_id(story.article.text), story.article.text, story.reports)
    told = [(story.article.published, k) for k, r in zip(keys, story.reports, strict=True) if r.kind == "coup"]
    return ids.event_id(told)


def test_an_id_that_is_gone_leads_on(database_url: str) -> None:
    later = extracted(AGAIN, "2025-03-06", origin="file:///again")
    earlier = extracted(VISIT, "2025-03-05", origin="file:///visit")
    with open_store(database_url) as store:
        store.save(later)
        shown = next(e for e in store.events(EventQuery(kinds=("meeting",)))).id
        store.save(earlier)
        now = next(e for e in store.events(EventQuery(kinds=("meeting",)))).id
        assert now != shown
        assert store.event(shown).id == now


def test_ids_may_be_shortened_but_not_guessed(database_url: str, stories: list[Extraction]) -> None:
    with open_store(database_url) as store:
        store.save_all(stories)
        event = next(store.events())
        assert store.event(event.id[:8]) == event
        with pytest.raises(NotFoundError):
            store.event("ffffffffffff")
        with pytest.raises(NotFoundError):
            store.event("%")


def test_filters_narrow(database_url: str, stories: list[Extraction]) -> None:
    with open_store(database_url) as store:
        store.save_all(stories)
        putin = "Q7747"
        assert all("RUS" in {c.country for c in e.countries} for e in store.events(EventQuery(countries=("RUS",))))
        assert {e.kind for e in store.events(EventQuery(actors=(putin,)))} >= {"meeting"}
        assert not list(store.events(EventQuery(actors=(putin,), until=date(2024, 1, 1))))
        assert [
            e.kind for e in store.events(EventQuery(since=date(2021, 1, 1), until=date(2021, 12, 31), kinds=("coup",)))
        ] == ["coup"]
        assert store.count(EventQuery(text="seizes power")) == store.count(EventQuery(text="SEIZES  power")) > 0
        assert not list(store.events(EventQuery(modalities=(Modality.DENIED,))))
        forward = [e.id for e in store.events()]
        assert [e.id for e in store.events(EventQuery(reverse=True))] == forward[::-1]
        assert [e.id for e in store.events(EventQuery(limit=2))] == forward[:2]


@pytest.mark.parametrize(
    "hostile", ["'; DROP TABLE events; --", "%", "_", "\\", '"', "a' OR '1'='1", "\x00".strip("\x00") or "x;"]
)
def test_no_filter_is_run_as_sql(database_url: str, stories: list[Extraction], hostile: str) -> None:
    with open_store(database_url) as store:
        store.save(stories[0])
        asked = EventQuery(countries=(hostile,), actors=(hostile,), types=(hostile,), kinds=(hostile,), text=hostile)
        assert list(store.events(asked)) == []
        assert store.status().events > 0


def test_runs_and_quarantine_are_kept(database_url: str) -> None:
    with open_store(database_url) as store:
        run = store.begin_run("import x")
        store.quarantine("file:///bad", "it is binary", b"\x00\xff", run)
        store.quarantine("file:///bad", "it is still binary", b"\x00\xff", run)
        store.finish_run(run, Counts(quarantined=1), RunStatus.PARTLY)
        assert [(q.origin, q.reason, q.data) for q in store.quarantined()] == [
            ("file:///bad", "it is still binary", b"\x00\xff")
        ]
        assert [(r.status, r.counts.read) for r in store.runs()] == [(RunStatus.PARTLY, 1)]


def test_actors_are_listed_with_all_spellings(database_url: str, stories: list[Extraction]) -> None:
    with open_store(database_url) as store:
        store.save_all(stories)
        people = {row.actor.name: row for row in store.actors("person")}
        assert people["Vladimir Putin"].events >= 1
        assert {row.country for row in store.countries()} >= {"MMR", "RUS"}
        assert [row.actor.id for row in store.find_actors("min aung hlaing", "person")] == ["Q935827"]


def test_two_that_begin_alike_are_ambiguous(database_url: str, stories: list[Extraction]) -> None:
    from sqlalchemy import text

    with open_store(database_url) as store:
        store.save_all(stories)
        with store._database.writing() as connection:
            connection.execute(text("UPDATE events SET public_id = 'aaaa' || substr(public_id, 5)"))
        with pytest.raises(AmbiguousError):
            store.event("aaaa")
