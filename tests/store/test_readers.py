"""Reports of several extractors side by side, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from tests.conftest import extracted
from timeline.model import Extraction, Report, When
from timeline.store import Counts, Outcome, open_store, schema, upgrade_store
from timeline.store.engine import Database, parse_url
from timeline.store.store import Store

STORY = "Vladimir Putin met Min Aung Hlaing in Moscow on Tuesday. The army of Myanmar bombed a village on Monday."
OTHER = "other 1"


@pytest.fixture(scope="module")
def ours() -> Extraction:
    return extracted(STORY, "2025-03-05", origin="file:///story")


def read_by(extraction: Extraction, reader: str, *, without: str = "", when: str = "") -> Extraction:
    """The same article as another extractor might have read it: a kind left out, another date for all."""
    reports = [r for r in extraction.reports if r.kind != without]
    dated = [replace(r, when=When.of(when)) if when else r for r in reports]
    return replace(extraction, reports=tuple(dated), extractor=reader)


def readings(store: Store) -> dict[str, list[Report]]:
    """Every report of the store by its extractor."""
    found: dict[str, list[Report]] = {}
    for event in store.events():
        for each in store.evidence(event.id):
            found.setdefault(each.extractor, []).append(each.report)
    return found


def test_reports_of_two_extractors_stay_side_by_side(database_url: str, ours: Extraction) -> None:
    theirs = read_by(ours, OTHER)
    with open_store(database_url) as store:
        assert store.save(ours) is Outcome.ADDED
        assert store.save(theirs) is Outcome.UPDATED
        found = readings(store)
        assert {name: sorted(r.trigger for r in each) for name, each in found.items()} == {
            each.extractor: sorted(r.trigger for r in each.reports) for each in (ours, theirs)
        }
        assert {r.happening for r in found[OTHER]} == {r.happening for r in ours.reports}
        assert store.save_all([ours, theirs]) == [Outcome.UNCHANGED] * 2
        assert store.known(ours.article, ours.extractor)
        assert store.known(ours.article, OTHER)
        assert not store.known(ours.article, "other 2")


def test_what_both_read_in_the_same_words_is_one_event_that_keeps_its_id(database_url: str, ours: Extraction) -> None:
    with open_store(database_url) as store:
        store.save(ours)
        before = [(e.id, e.title, e.sources) for e in store.events()]
        store.save(read_by(ours, OTHER))
        assert [(e.id, e.title, e.sources) for e in store.events()] == before
        assert all(len({e.extractor for e in store.evidence(event.id)}) == 2 for event in store.events())


def test_what_they_read_differently_stays_apart(database_url: str, ours: Extraction) -> None:
    with open_store(database_url) as store:
        store.save(ours)
        before = {e.id for e in store.events()}
        store.save(read_by(ours, OTHER, when="2024"))
        after = {e.id for e in store.events()}
        assert before < after
        assert len(after) == 2 * len(before)


def test_a_new_version_replaces_only_its_own_reports(database_url: str, ours: Extraction) -> None:
    gone = ours.reports[0].kind
    with open_store(database_url) as store:
        store.save_all([ours, read_by(ours, OTHER), read_by(ours, "other 2", without=gone)])
        found = readings(store)
        assert set(found) == {ours.extractor, "other 2"}
        assert len(found[ours.extractor]) == len(ours.reports)
        assert gone not in {r.kind for r in found["other 2"]}


def test_a_changed_text_or_date_leaves_no_reports_of_the_old_one(database_url: str, ours: Extraction) -> None:
    with open_store(database_url) as store:
        store.save_all([ours, read_by(ours, OTHER)])
        article = replace(ours.article, published=date(2025, 3, 12))
        assert store.save(replace(ours, article=article)) is Outcome.UPDATED
        assert set(readings(store)) == {ours.extractor}
        assert not store.known(article, OTHER)
        store.save(read_by(replace(ours, article=article), OTHER))
        longer = extracted(f"{STORY} Nobody was hurt.", "2025-03-12", origin="file:///story")
        assert store.save(longer) is Outcome.UPDATED
        assert set(readings(store)) == {ours.extractor}


def test_any_order_of_extractors_gives_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, ours: Extraction
) -> None:
    read = [ours, read_by(ours, OTHER), read_by(ours, "third 1", without=ours.reports[0].kind, when="2025")]
    hashes = set()
    for number, order in enumerate(permutations(read)):
        with open_store(str(tmp_path_factory.mktemp("order") / f"{number}.db")) as store:
            if number % 2:
                store.save_all(order)
            else:
                for extraction in order:
                    store.save(extraction)
            hashes.add(store.content_hash())
    assert len(hashes) == 1


def test_a_store_of_before_there_were_several_is_read_on(database_url: str, ours: Extraction) -> None:
    """Numbers of happenings then had no part for the extractor."""
    from sqlalchemy import text

    with open_store(database_url) as store:
        store.save(ours)
        shown = [e.id for e in store.events()]
        with store._database.writing() as connection:
            connection.execute(text("UPDATE reports SET happening = happening % 4294967296"))
        newer = replace(ours, extractor="timeline-default 99")
        assert store.save_all([read_by(ours, OTHER), newer]) == [Outcome.UPDATED] * 2
        assert [e.id for e in store.events()] == shown
        assert set(readings(store)) == {OTHER, "timeline-default 99"}


def test_what_a_run_used_is_kept_and_its_migration_loses_no_run(database_url: str) -> None:
    with open_store(database_url) as store:
        plain, paid = store.begin_run("import a"), store.begin_run("import b")
        store.finish_run(plain, Counts(added=1))
        store.finish_run(paid, Counts(added=2), usage='{"requests": 2}')
        assert [r.usage for r in store.runs()] == ['{"requests": 2}', None]
    database = Database(parse_url(database_url))
    before = schema.scripts().get_revision("0004").down_revision
    schema.migrate(database, str(before))
    upgrade_store(database_url)
    database.close()
    with open_store(database_url) as store:
        assert [(r.arguments, r.counts.added, r.usage) for r in store.runs()] == [
            ("import b", 2, None),
            ("import a", 1, None),
        ]
