"""What a run found is put back when it is undone, whatever it changed; and an undo is a run that can be undone."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text

from benchmarks.synthetic import DATASET, EXTRACTOR, rows
from tests.store.cases import cases
from tests.store.making import ACTORS, SHOUTED, SPELLED, Told, empty, everything, extraction, import_, undo_backwards
from timeline.model import Extraction
from timeline.model.errors import NotFoundError, StoreError, UsageError
from timeline.store import EventQuery, RunStatus, open_store
from timeline.store.standing import Standing
from timeline.store.store import Store

ONE, OTHER = Told("visit", 1), Told("march", 2)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with open_store(database_url) as opened:
        yield opened


def _told() -> st.SearchStrategy[Told]:
    return st.builds(
        Told,
        st.sampled_from(["visit", "march", "meeting"]),
        st.integers(1, 2),
        st.lists(st.sampled_from(ACTORS), max_size=2, unique_by=lambda actor: actor.key).map(tuple),
        st.booleans(),
    )


def _extractions() -> st.SearchStrategy[Extraction]:
    return st.builds(
        extraction,
        st.lists(_told(), max_size=2),
        origin=st.sampled_from(["file:///a", "file:///b", "file:///c", "stdin"]),
        url=st.sampled_from(["", "", "https://news.example/1", "https://news.example/2"]),
        day=st.integers(1, 2),
        extractor=st.sampled_from(["test 1", "test 2", "other 1"]),
        title=st.sampled_from(["", "Title"]),
    )


Runs = list[tuple[list[Extraction], list[str]]]  # what each run imports, and where it finds what cannot be read


def runs_of_imports() -> st.SearchStrategy[Runs]:
    run = st.tuples(st.lists(_extractions(), min_size=1, max_size=3), st.lists(st.sampled_from("xy"), max_size=2))
    return st.lists(run, min_size=1, max_size=3)


@cases(0.4)
@given(runs=runs_of_imports(), data=st.data())
def test_undoing_all_runs_backwards_gives_the_store_before_each(store: Store, runs: Runs, data: st.DataObject) -> None:
    empty(store)
    undo_backwards(store, runs, lambda: data.draw(st.booleans()))


@cases(0.3)
@given(seed=st.integers(0, 10**6))
def test_undoing_in_the_middle_leaves_what_the_other_runs_alone_would_give(store: Store, seed: int) -> None:
    """Of imports that share no article, though their reports tell of one happening."""
    chance = random.Random(seed)  # noqa: S311 - a test's data
    days = [[Told("visit", chance.randint(1, 2)) for _ in range(chance.randint(1, 2))] for _ in range(3)]
    made = [extraction(told, f"file:///{number}", day=1 + number) for number, told in enumerate(days)]
    made = [each for each in made if sum(each.article.text == other.article.text for other in made) == 1]
    empty(store)
    numbers = [import_(store, [each]) for each in made]
    if not numbers:
        return
    gone = chance.randrange(len(numbers))
    store.undo_runs(numbers[gone])
    left = store.content_hash()
    empty(store)
    for number, each in enumerate(made):
        if number != gone:
            import_(store, [each])
    assert store.content_hash() == left


def test_a_later_run_that_changed_the_same_article_must_be_undone_first(store: Store) -> None:
    first = import_(store, [extraction([ONE])])
    second = import_(store, [extraction([ONE, OTHER])])
    with pytest.raises(StoreError, match=f"run {second} has changed the article .* timeline undo {second}"):
        store.undo_runs(first)
    assert store.count() == 2
    undone = store.undo_runs(second)
    assert store.count() == 1
    store.undo_runs(first)
    assert store.count() == 0
    with pytest.raises(StoreError, match="changed the article"):
        store.undo_runs(undone.run)


def test_runs_are_undone_together(store: Store) -> None:
    empty = everything(store)
    numbers = [import_(store, [extraction([ONE] * count)]) for count in (1, 2, 3)]
    undone = store.undo_runs(*numbers)
    assert everything(store) == empty
    assert [run.undone for run in store.runs()] == [None, *[undone.run] * 3]


def test_what_cannot_be_undone_is_said(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no run 7"):
        store.undo_runs(7)
    run = import_(store, [extraction([ONE])])
    again = import_(store, [extraction([ONE])])
    with pytest.raises(UsageError, match=f"run {again} has changed nothing"):
        store.undo_runs(again)
    undone = store.undo_runs(run)
    with pytest.raises(UsageError, match=f"was undone by run {undone.run}"):
        store.undo_runs(run)


def test_a_killed_run_can_be_undone_and_has_ended_then(store: Store) -> None:
    run = store.begin_run("import")
    store.save(extraction([ONE]), run)
    store.undo_runs(run)
    assert store.count() == 0
    assert [r.status for r in store.runs()] == [RunStatus.DONE, RunStatus.FAILED]
    assert all(r.ended for r in store.runs())


def test_a_run_that_goes_on_after_its_undo_can_be_undone_again(store: Store) -> None:
    run = store.begin_run("import")
    store.save(extraction([ONE]), run)
    store.undo_runs(run)
    store.save(extraction([OTHER], "file:///b"), run)
    store.undo_runs(run)
    assert store.count() == 0


def test_two_runs_that_changed_one_article_in_turns_are_undone_together(store: Store) -> None:
    runs = [store.begin_run("import"), store.begin_run("import")]
    for count, run in enumerate([runs[0], runs[1], runs[0]], start=1):
        store.save(extraction([ONE] * count), run)
    for run in runs:
        with pytest.raises(StoreError, match=f"timeline undo {runs[0]} {runs[1]}"):
            store.undo_runs(run)
    store.undo_runs(*runs)
    assert store.status().articles == 0


def test_an_actor_gets_the_name_back_that_it_had_and_its_events_tell_it_so(store: Store) -> None:
    import_(store, [extraction([Told(actors=(SHOUTED,))])])
    before = everything(store)
    run = import_(store, [extraction([Told("march", 5, actors=(SPELLED,))], "file:///b")])
    visit = next(store.events(EventQuery(kinds=("visit",))))
    assert visit.actors[0].actor.name == "Than Tun"
    assert "Than Tun" in visit.countries[0].reason
    store.undo_runs(run)
    assert everything(store) == before


def test_what_would_be_undone_is_told_and_nothing_is(store: Store) -> None:
    import_(store, [extraction([ONE]), extraction([OTHER], "file:///b")])
    run = import_(store, [extraction([ONE, OTHER]), extraction([Told("meeting", 9)], "file:///c")])
    before = everything(store)
    assert sorted(each.what for each in store.would_undo(run)) == ["changes back", "goes"]
    assert everything(store) == before
    undone = store.undo_runs(run)
    assert (undone.gone, undone.back, undone.other) == (1, 0, 1)
    assert sorted(each.what for each in store.would_undo(undone.run)) == ["changes back", "comes back"]


def test_ids_that_an_undo_takes_away_are_withdrawn_and_come_back(store: Store) -> None:
    run = import_(store, [extraction([ONE])])
    event = next(store.events())
    undone = store.undo_runs(run)
    with pytest.raises(NotFoundError, match="withdrawn"):
        store.event(event.id)
    store.undo_runs(undone.run)
    assert store.event(event.id) == event


def test_undoing_four_times_as_many_rows_takes_four_times_as_long(tmp_path: Path) -> None:
    """Counted in steps of SQLite's machine, which no other program slows down."""

    def steps(size: int) -> int:
        taken = 0

        def step() -> int:
            nonlocal taken
            taken += 1
            return 0

        with open_store(str(tmp_path / f"{size}.db")) as store:
            run = store.begin_run("import")
            store.save_rows(DATASET, rows(size), run, extractor=EXTRACTOR)
            event.listen(store._database.engine, "checkout", lambda raw, *_: raw.set_progress_handler(step, 100))
            assert store.undo_runs(run).gone == size
        return taken

    assert steps(800) < 6 * steps(200)


def test_an_added_article_costs_one_small_note(store: Store) -> None:
    import_(store, [extraction([ONE])])
    run = import_(store, [extraction([OTHER], f"file:///{number}", day=number) for number in range(2, 9)])
    with store.connection() as connection:
        statement = text("SELECT subject, before FROM run_changes WHERE run_id = :run")
        found = connection.execute(statement, {"run": run}).all()
    assert [before for subject, before in found if subject == "article" and before is not None] == []


@pytest.mark.parametrize(
    ("undone", "by"),
    [
        ([], {}),
        ([(5, 2, 1)], {1: 2}),
        ([(5, 2, 1), (6, 3, 2)], {2: 3}),
        ([(5, 2, 1), (6, 3, 2), (7, 4, 3)], {1: 2, 3: 4}),
        ([(5, 2, 1), (9, 3, 1)], {1: 3}),
    ],
)
def test_an_undo_that_was_undone_does_not_count(undone: Sequence[tuple[int, int, int]], by: dict[int, int]) -> None:
    assert Standing.of(undone).by == by
