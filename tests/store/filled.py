"""A store with something in every table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from benchmarks.synthetic import DATASET, EXTRACTOR, rows
from tests.store import test_order as order
from tests.store.making import MYANMAR, SHOUTED, SPELLED, Told, extraction, import_
from tests.store.test_copies import AGENCY, PAPER
from tests.store.test_order import ANA, BO
from timeline.model import Job, JobRunStatus, Modality
from timeline.model.job import LogLine
from timeline.store import Action, Counts, Judgement
from timeline.store.store import Store
from timeline.store.values import Fetch

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
UNSURE = ("2021-02-01", "2021-02-20", "2021-02")  # the last may be either
MEETING = Told("meeting", 2, (MYANMAR, SHOUTED), unresolved=True)


def fill(store: Store) -> None:
    import_(store, [extraction([Told(), MEETING]), extraction([MEETING], "file:///b")], ["file:///bad"])
    store.finish_run(store.begin_run("again"), Counts(), fetched=[Fetch("https://news.example/", '"e"', "", NOON)])
    store.undo_runs(import_(store, [extraction([Told()], extractor="test 2")]))
    import_(store, [extraction([Told("march")], "file:///c", "https://news.example/1", 2), AGENCY, PAPER])
    import_(store, [extraction([Told("march")], "file:///c", "https://news.example/1", 2, "other 1")])
    met = [("meeting", day, (ANA, BO), None, "harbour Kestrel", Modality.ACTUAL, 0.9) for day in UNSURE]
    import_(store, [order.extraction(number, [each]) for number, each in enumerate(met)])
    store.save_rows(DATASET, rows(20), extractor=EXTRACTOR)
    store.withdraw(DATASET, [next(iter(rows(1))).native])
    one, other, *_ = store.events()
    store.merge_events([one.id, other.id])
    store.hide_event(one.id)
    store.judge(Judgement(Action.MERGE, SHOUTED.key, SPELLED.key), [SHOUTED, SPELLED])
    for name in ("daily", "spare"):
        store.jobs.add(Job(name, ("a.jsonl",), every="6h"), NOON, NOON)
    claim = store.jobs.begin("daily", NOON, timedelta(minutes=5))
    store.jobs.log(claim.run.number, [LogLine(NOON, "info", "begun\né")])
    store.jobs.end(claim, JobRunStatus.FAILED, now=NOON, error="a.jsonl: no such file")
