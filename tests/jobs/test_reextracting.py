"""Reading again replaces reports and keeps ids, says before what it will do, and leaves whole articles when killed."""

from __future__ import annotations

import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text, update

from tests.commands import begin, run
from tests.conftest import extracted
from timeline.extract.pipeline import EXTRACTOR
from timeline.jobs import reextracting
from timeline.jobs.changes import Change, changes
from timeline.jobs.reextracting import Listener, reextract
from timeline.model import Extraction, Modality, When
from timeline.store import EventQuery, Outcome, RunStatus, open_store
from timeline.store.store import Store
from timeline.store.tables import ArticleRow, ReportRow

ARTICLES = Path(__file__).parents[2] / "data" / "articles"
VISIT = (
    "Vladimir Putin met Min Aung Hlaing in Moscow on Tuesday. The two leaders signed an agreement on nuclear energy."
)
COUP = "Myanmar's army seized power on February 1, 2021 and arrested Aung San Suu Kyi. Protests were held in Yangon."
OLD = "timeline-default 0"


def _stories() -> list[Extraction]:
    return [
        extracted(VISIT, "2025-03-05", origin="file:///visit"),
        extracted(COUP, "2021-02-02", title="A coup", origin="file:///coup"),
    ]


def _as_read_once(extraction: Extraction) -> Extraction:
    """What an earlier version might have made of it: no second report, a vaguer date, another kind."""
    first, *rest = extraction.reports
    worse = replace(first, when=When.of("2021"), kind="development", type="OTHER", title="Something happens")
    return replace(extraction, extractor=OLD, reports=(worse, *rest[1:]))


def _read_once(store: Store) -> None:
    store.save_all(_as_read_once(each) for each in _stories())


def test_reading_again_gives_the_store_of_a_clean_import(database_url: str, tmp_path: Path) -> None:
    with open_store(database_url) as store, open_store(str(tmp_path / "clean.db")) as clean:
        _read_once(store)
        clean.save_all(_stories())
        summary = reextract(store, store.article_ids())
        assert summary.counts.updated == summary.counts.read == 2
        assert store.content_hash() == clean.content_hash()
        assert {store.evidence(e.id)[0].extractor for e in store.events()} == {EXTRACTOR}
        assert [(r.status, r.counts.updated) for r in store.runs()] == [(RunStatus.DONE, 2)]


def test_events_that_stay_keep_their_ids_and_those_that_go_lead_on(database_url: str) -> None:
    with open_store(database_url) as store:
        _read_once(store)
        before = {e.id: e for e in store.events()}
        reextract(store, store.article_ids())
        after = {e.id for e in store.events()}
        assert set(before) <= after
        worse = next(e for e in before.values() if e.title == "Something happens")
        assert store.event(worse.id).kind != "development"


def test_a_dry_run_says_what_a_run_does_and_changes_nothing(database_url: str) -> None:
    with open_store(database_url) as store:
        _read_once(store)
        before = store.content_hash()
        said: list[Change] = []
        done: list[Change] = []
        planned = reextract(store, store.article_ids(), dry_run=True, listener=Listener(change=said.append))
        assert store.content_hash() == before
        assert store.runs() == []
        real = reextract(store, store.article_ids(), listener=Listener(change=done.append))
        assert said == done
        assert (planned.counts, planned.reports, planned.changes) == (real.counts, real.reports, real.changes)
        assert real.reports["added"] == 2
        assert real.changes["kind"] == real.changes["date"] == 2


def test_what_is_read_already_is_passed_over_unless_forced(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(_stories())
        before = store.content_hash()
        assert reextract(store, store.article_ids()).outcomes == {Outcome.UNCHANGED: 2}
        forced = reextract(store, store.article_ids(), force=True)
        assert forced.outcomes == {Outcome.UPDATED: 2}
        assert not forced.changes
        assert store.content_hash() == before


def test_a_date_that_was_given_stays_and_one_of_the_text_is_read_anew(database_url: str) -> None:
    told = (
        "March 3, 2025\n\nVladimir Putin met Min Aung Hlaing in Moscow on Sunday, officials of both sides said there."
    )
    with open_store(database_url) as store:
        store.save_all([_as_read_once(extracted(VISIT, "2025-03-05", origin="file:///a"))])
        store.save_all([_as_read_once(extracted(told, "", origin="file:///b"))])
        reextract(store, store.article_ids())
        found = {e.published_from: e.report.when.edtf for x in store.events() for e in store.evidence(x.id)}
        assert found["given"] == "2025-03-04"
        assert found["text"] == "2025-03-02"


def test_documents_of_one_text_keep_what_each_says(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save(_as_read_once(extracted(VISIT, "2025-03-05", origin="file:///first")))
        store.save(_as_read_once(extracted(VISIT, "2025-03-07", title="Later", origin="file:///second")))
        with store.connection() as connection:
            before = connection.execute(text("SELECT * FROM article_origins ORDER BY key")).all()
        reextract(store, store.article_ids())
        with store.connection() as connection:
            assert connection.execute(text("SELECT * FROM article_origins ORDER BY key")).all() == before
        assert store.status().articles == 1


def test_a_text_that_was_corrected_meanwhile_stays_corrected(database_url: str) -> None:
    with open_store(database_url) as store:
        old = _as_read_once(_stories()[0])
        store.save(old)
        again = replace(_stories()[0], article=store.reread(store.article_ids()[0]))
        corrected = extracted(VISIT.replace("Moscow", "Sochi"), "2025-03-05", origin="file:///visit")
        store.save(corrected)
        before = store.content_hash()
        assert store.save_all([again], again=True) == [Outcome.UNCHANGED]
        assert store.content_hash() == before


def test_a_filter_chooses_the_articles_that_tell_of_such_events(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(_stories())
        chosen = store.article_ids(EventQuery(kinds=("coup",)))
        assert [store.article(each).title for each in chosen] == ["A coup"]
        assert store.article_ids(EventQuery(countries=("FRA",))) == []
        assert len(store.article_ids()) == 2


def test_a_run_that_breaks_off_leaves_whole_articles_and_the_next_finishes(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_title: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reextracting, "BATCH", 1)
    with open_store(database_url) as store, open_store(str(tmp_path / "clean.db")) as clean:
        _read_once(store)
        clean.save_all(_stories())
        with pytest.raises(KeyboardInterrupt):
            reextract(store, store.article_ids(), listener=Listener(item=stop))
        readers = [{e.extractor for e in store.evidence(event.id)} for event in store.events()]
        assert {EXTRACTOR} in readers
        assert {OLD} in readers
        assert store.runs()[0].status is RunStatus.FAILED
        rest = reextract(store, store.article_ids())
        assert rest.outcomes == {Outcome.UNCHANGED: 1, Outcome.UPDATED: 1}
        assert store.content_hash() == clean.content_hash()


def test_killed_in_the_middle_and_run_again_equals_a_clean_import(database_url: str) -> None:
    run("import", ARTICLES, "--db", database_url).check_returncode()
    with open_store(database_url) as store:
        clean = store.content_hash()
        with store._database.writing() as connection:
            connection.execute(update(ArticleRow).values(extractor=OLD))
            connection.execute(update(ReportRow).values(extractor=OLD, title="Old", kind="development"))
    killed = begin("reextract", "--all", "--db", database_url)
    time.sleep(0.8)
    killed.kill()
    assert killed.done().returncode == -signal.SIGKILL
    done = run("reextract", "--all", "--jobs", "2", "--db", database_url)
    assert done.stderr.startswith(f"read {len(list(ARTICLES.glob('*.txt')))} = ")
    with open_store(database_url) as store:
        assert store.content_hash() == clean


def test_changes_name_what_an_analyst_would_see() -> None:
    (report, *_) = extracted(VISIT).reports
    later = replace(report, when=When.of("2025-03"), modality=Modality.PLANNED, salience=0.1, actors=report.actors[:1])
    told = {c.what: (c.before, c.after) for c in changes("a", {"k": report}, {"k": later})}
    assert told == {
        "date": (report.when.edtf, "2025-03"),
        "modality": ("actual", "planned"),
        "actors": (
            "Vladimir Putin (participant); Min Aung Hlaing (participant)",
            "Vladimir Putin (participant)",
        ),
        "shown": ("yes", "no"),
    }
    assert [(c.what, c.report) for c in changes("a", {"k": report}, {"n": report})] == [
        ("removed", "k"),
        ("added", "n"),
    ]
    assert list(changes("a", {"k": report}, {"k": replace(report, happening=7, salience=0.99)})) == []
