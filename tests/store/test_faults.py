"""Whatever is wrong with a database, every method of a store answers, or refuses in one line and changes nothing."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks.synthetic import DATASET, EXTRACTOR, rows
from tests.store.filled import NOON, fill
from tests.store.making import PUTIN, SHOUTED, Told, extraction
from tests.store.test_copies import AGENCY
from timeline.model import Claim, Event, Job, JobRunStatus
from timeline.model.errors import StoreError, TimelineError
from timeline.store import Action, Counts, EventQuery, Judgement, open_store
from timeline.store.carrying import line_of
from timeline.store.job_store import JobStore
from timeline.store.store import Store

HIDDEN = EventQuery(hidden=True)
NEW = extraction([Told("visit", 2)], "file:///new")
JOB = Job("weekly", ("a",), every="1w")
LATER = NOON + timedelta(days=1)
NAMED = Judgement(Action.ALIAS, PUTIN.key, "volodya", "Volodya")


@dataclass(frozen=True)
class Known:
    """What a caller of a method has from methods before."""

    event: Event
    several: Event
    report: str
    pair: tuple[int, int]
    unnamed: tuple[int, int]
    article: str
    run: int
    item: int
    claim: Claim
    judgements: list[Any]

    @classmethod
    def of(cls, store: Store) -> Known:
        events = list(store.events(HIDDEN))
        several = next(each for each in events if each.reports > 1)
        job = store.jobs.begin("spare", LATER, timedelta(minutes=5))
        return cls(
            events[0], several, store.evidence(events[0].id)[0].key, store.unsure()[0], store.unnamed()[0],
            store.article_ids()[0], store.runs()[0].id, store.quarantine_numbers()[0], job, store.exported_judgements(),
        )  # fmt: skip


Call = Callable[[Store, Known], Any]

READS: dict[str, Call] = {
    "actor_names": lambda s, _: s.actor_names(),
    "actors": lambda s, _: s.actors(),
    "actors_having": lambda s, _: s.actors_having("putin"),
    "actors_of": lambda s, _: s.actors_of([PUTIN.key]),
    "alike": lambda s, _: s.alike(),
    "article": lambda s, k: s.article(k.article),
    "article_ids": lambda s, _: s.article_ids(HIDDEN),
    "called": lambda s, _: s.called("Putin"),
    "canonical": lambda s, _: s.canonical([SHOUTED.key]),
    "connection": lambda s, _: s.connection().__enter__(),
    "content_hash": lambda s, _: s.content_hash(),
    "count": lambda s, _: s.count(HIDDEN),
    "count_by": lambda s, _: s.count_by(None, "month"),
    "countries": lambda s, _: s.countries(),
    "dataset": lambda s, _: s.dataset(DATASET.name),
    "dated": lambda s, _: s.dated(NEW.article),
    "doubt": lambda s, k: s.doubt(k.pair),
    "event": lambda s, k: s.event(k.event.id),
    "event_judgements": lambda s, _: s.event_judgements(),
    "events": lambda s, _: list(s.events(HIDDEN)),
    "events_of": lambda s, k: s.events_of([k.report]),
    "evidence": lambda s, k: s.evidence(k.event.id),
    "exported_judgements": lambda s, _: s.exported_judgements(),
    "fetched": lambda s, _: s.fetched("https://news.example/"),
    "find_actors": lambda s, _: s.find_actors("Putin"),
    "flat_events": lambda s, _: list(s.flat_events(HIDDEN)),
    "history": lambda s, k: s.history(k.event.id),
    "holds": lambda s, _: s.holds("https://news.example/1"),
    "judged_of": lambda s, k: s.judged_of(k.event.id),
    "judgements": lambda s, _: s.judgements(),
    "known": lambda s, _: s.known(NEW.article, "test 1"),
    "lines": lambda s, _: list(s.lines()),
    "names_of": lambda s, _: s.names_of(PUTIN.key, PUTIN.name),
    "place_names": lambda s, _: s.place_names("Lund"),
    "profile": lambda s, _: s.profile(PUTIN),
    "quarantine_item": lambda s, k: s.quarantine_item(k.item),
    "quarantine_numbers": lambda s, _: s.quarantine_numbers(),
    "quarantined": lambda s, _: s.quarantined(),
    "read_by": lambda s, _: list(s.read_by("test", "other")),
    "reports": lambda s, k: s.reports(k.article, "test"),
    "reports_of": lambda s, k: list(s.reports_of([k.event])),
    "reread": lambda s, k: s.reread(k.article),
    "runs": lambda s, _: s.runs(),
    "status": lambda s, _: s.status(),
    "unnamed": lambda s, _: s.unnamed(),
    "unnamed_words": lambda s, k: s.unnamed_words(k.unnamed),
    "unsure": lambda s, _: s.unsure(),
    "why": lambda s, k: s.why(k.several.id),
    "would_undo": lambda s, _: list(s.would_undo(1)),
    "jobs.all": lambda s, _: s.jobs.all(),
    "jobs.due": lambda s, _: s.jobs.due(LATER),
    "jobs.get": lambda s, _: s.jobs.get("daily"),
    "jobs.history": lambda s, _: s.jobs.history(),
    "jobs.is_due": lambda s, _: s.jobs.is_due(LATER),
    "jobs.left": lambda s, _: s.jobs.left(LATER),
    "jobs.lines": lambda s, _: s.jobs.lines(),
    "jobs.logs": lambda s, _: s.jobs.logs(1),
    "jobs.next": lambda s, _: s.jobs.next(),
    "jobs.run": lambda s, _: s.jobs.run(1),
}
WRITES: dict[str, Call] = {
    "begin_run": lambda s, _: s.begin_run("a"),
    "confirm_event": lambda s, k: s.confirm_event(k.event.id),
    "edit_event": lambda s, k: s.edit_event(k.event.id, [("title", "Another")]),
    "finish_run": lambda s, k: s.finish_run(k.run, Counts()),
    "hide_event": lambda s, k: s.hide_event(k.several.id),
    "judge": lambda s, _: s.judge(NAMED, [PUTIN]),
    "keep_apart": lambda s, k: s.keep_apart([k.report], [s.evidence(k.several.id)[-1].key]),
    "merge_events": lambda s, _: s.merge_events([each.id for each in s.events()][-2:]),
    "name_in_report": lambda s, k: s.name_in_report(k.report, f"+source {PUTIN.key} the general", PUTIN),
    "quarantine": lambda s, _: s.quarantine("file:///x", "bad", b"x"),
    "quarantine_all": lambda s, _: s.quarantine_all([("file:///x", "bad", b"x")]),
    "release": lambda s, k: s.release([k.item], k.run),
    "release_read": lambda s, k: s.release_read(["file:///bad"], k.run),
    "retry_failed": lambda s, k: s.retry_failed(k.item, "bad", k.run),
    "save": lambda s, _: s.save(NEW),
    "save_all": lambda s, _: s.save_all([NEW, AGENCY]),
    "save_rows": lambda s, _: s.save_rows(DATASET, rows(30), extractor=EXTRACTOR),
    "split_event": lambda s, k: s.split_event(k.several.id, [s.evidence(k.several.id)[0].key]),
    "take": lambda s, _: s.take(BytesIO()),
    "take_judgements": lambda s, k: s.take_judgements(line_of({**each, "uid": "x"}) for each in k.judgements[:1]),
    "undo": lambda s, _: s.undo(1),
    "undo_event_judgement": lambda s, _: s.undo_event_judgement(1),
    "undo_runs": lambda s, k: s.undo_runs(k.run),
    "vacuum": lambda s, _: s.vacuum(),
    "withdraw": lambda s, _: s.withdraw(DATASET, [each.native for each in rows(5)]),
    "withdraw_articles": lambda s, _: s.withdraw_articles([["https://news.example/1"]]),
    "jobs.add": lambda s, _: s.jobs.add(JOB, NOON, NOON),
    "jobs.apply": lambda s, _: s.jobs.apply([(JOB, NOON)], ["daily"], NOON),
    "jobs.begin": lambda s, _: s.jobs.begin("daily", LATER, timedelta(minutes=1)),
    "jobs.change": lambda s, _: s.jobs.change(Job("daily", ("b",), every="1w"), NOON, LATER),
    "jobs.claim": lambda s, _: s.jobs.claim(
        s.jobs.get("daily"), NOON, missed=0, next=LATER, now=NOON, lease=timedelta(minutes=1)
    ),
    "jobs.end": lambda s, k: s.jobs.end(k.claim, JobRunStatus.DONE, now=LATER),
    "jobs.give_back": lambda s, k: s.jobs.give_back(k.claim, LATER, "stopped"),
    "jobs.log": lambda s, _: s.jobs.log(1, s.jobs.logs(1)),
    "jobs.miss": lambda s, _: s.jobs.miss(s.jobs.get("daily"), NOON, missed=1, next=LATER, now=LATER),
    "jobs.plan": lambda s, _: s.jobs.plan(s.jobs.get("daily"), LATER),
    "jobs.remove": lambda s, _: s.jobs.remove("daily"),
    "jobs.renew": lambda s, k: s.jobs.renew(k.claim, LATER),
    "jobs.retry": lambda s, _: s.jobs.retry(1, LATER, timedelta(minutes=1)),
    "jobs.take_over": lambda s, _: s.jobs.take_over(s.jobs.run(1), LATER + timedelta(days=9), timedelta(minutes=1)),
}
OTHERS = {"open", "close", "path", "jobs", "jobs.path", "check"}  # `check` says all this, and never refuses
BOTH = READS | WRITES


def _methods(of: type[Any], prefix: str = "") -> set[str]:
    return {f"{prefix}{name}" for name in dir(of) if not name.startswith("_")}


def test_every_public_method_is_tried() -> None:
    assert _methods(Store) | _methods(JobStore, "jobs.") == BOTH.keys() | OTHERS


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Known]:
    path = tmp_path_factory.mktemp("filled") / "t.db"
    with open_store(str(path)) as store:
        fill(store)
        known = Known.of(store)
    return path, known


@pytest.fixture
def path(filled: tuple[Path, Known], tmp_path: Path) -> Path:
    return Path(shutil.copy(filled[0], tmp_path / "t.db"))


def _refused(call: Call, store: Store, known: Known, why: str = "") -> None:
    with pytest.raises(StoreError, match=why) as raised:
        call(store, known)
    _is_one_line(raised.value)


def _is_one_line(error: TimelineError) -> None:
    assert "\n" not in str(error)
    assert error.hint or not isinstance(error, StoreError)


def test_a_closed_store_refuses(database_url: str, filled: tuple[Path, Known]) -> None:
    with open_store(database_url) as store:
        jobs = store.jobs
    for method in sorted(BOTH):
        _refused(BOTH[method], store, filled[1], "the store was closed. Open it again")
    assert jobs.path == store.path


def test_a_store_opened_for_reading_answers_and_refuses_to_write(path: Path, filled: tuple[Path, Known]) -> None:
    before = path.read_bytes()
    with open_store(str(path), readonly=True) as store:
        for call in READS.values():
            call(store, filled[1])
        for call in WRITES.values():
            _refused(call, store, filled[1], "for reading only")
    assert path.read_bytes() == before


def test_while_another_writes_a_store_answers_and_says_that_it_is_locked(
    path: Path, filled: tuple[Path, Known], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.store.engine.BUSY_SECONDS", 0.01)
    with open_store(str(path)) as store:
        before = store.content_hash()
        with closing(sqlite3.connect(path, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            for call in READS.values():
                call(store, filled[1])
            for call in WRITES.values():
                _refused(call, store, filled[1], "locked")
            holder.execute("ROLLBACK")
        assert store.content_hash() == before


@pytest.mark.parametrize("method", sorted(WRITES.keys() - {"take"}))
def test_on_a_full_disk_a_method_does_all_or_nothing_and_with_space_it_works(
    path: Path, filled: tuple[Path, Known], method: str
) -> None:
    with open_store(str(path)) as store:
        lines, engine = list(store.lines()), store._database.engine
        engine.dispose()
        event.listen(engine, "connect", _full)
        try:
            WRITES[method](store, filled[1])
        except StoreError as error:
            _is_one_line(error)
            if method != "vacuum":  # which is a walk of many steps, each whole
                assert list(store.lines()) == lines
            event.remove(engine, "connect", _full)
            engine.dispose()
            WRITES[method](store, filled[1])


def _full(raw: Any, _record: object) -> None:
    """No page more than there are; and those that are free cannot be had."""
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    raw.execute(f"PRAGMA max_page_count={pages}")


def _cut(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _scrambled(path: Path) -> None:
    """All but the first page: what says that this is a database."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + random.Random(7).randbytes(len(whole) - 4096))  # noqa: S311


@pytest.mark.parametrize("damage", [_cut, _scrambled])
def test_a_damaged_store_answers_or_refuses_in_one_line_and_changes_nothing(
    path: Path, filled: tuple[Path, Known], damage: Callable[[Path], None]
) -> None:
    with open_store(str(path)) as store:
        store._database.engine.dispose()
        damage(path)
        before, refused = path.read_bytes(), 0
        for call in BOTH.values():
            try:
                call(store, filled[1])
            except TimelineError as error:
                _is_one_line(error)
                refused += 1
                assert path.read_bytes() == before
            before = path.read_bytes()
    assert refused > len(BOTH) / 2
