"""Events as people judge them: on SQLite and on PostgreSQL, before and after the articles come, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.store.cases import cases
from tests.store.making import empty
from tests.store.test_judgements import HLAING, PUTIN, TYPO, article, told
from timeline.model import Actor, ActorKind, CountryLink, Event, Extraction, Place, PlaceExactness
from timeline.model.errors import AmbiguousError, InputError, NotFoundError, UsageError
from timeline.store import Action, EventQuery, Judgement, Outcome, open_store
from timeline.store.carrying import Taken, line_of
from timeline.store.event_edits import Taking, place_value
from timeline.store.event_judgements import EventAction, EventJudgement, resolve
from timeline.store.store import Store

XI = Actor("Xi Jinping", ActorKind.PERSON, "CHN", "Q15031")
MODI = Actor("Narendra Modi", ActorKind.PERSON, "IND", "Q1058")
HIDDEN = EventQuery(hidden=True)


def sure(name: str, people: Sequence[Actor], day: str, happening: int = 0, times: int = 1) -> list:  # type: ignore[type-arg]
    """Reports of one happening of an article, each with its own words."""
    made = told(name, [(actor, actor.name) for actor in people], day=day, happening=happening)
    return [
        replace(made, span=made.span.__class__(at, at + 9), trigger=made.trigger.__class__(at, at + 3))
        for at in (happening * 40 + 10 * n for n in range(times))
    ]


def texted(name: str, *reports: object, published: str = "2025-03-05") -> Extraction:
    """An article whose words differ at every ten characters, so that each report has a key of its own."""
    made = article(name, published=published)
    words = " ".join(f"w{number:02}aaaaaa" for number in range(20))
    return replace(made, article=replace(made.article, text=f"{words} {name}"), reports=tuple(reports))  # type: ignore[arg-type]


# One meeting that three articles tell; another that the rule does not take for it; two reports of one article that
# its extractor took for one happening.
A = texted("a", *sure("a", [HLAING, PUTIN], "2025-03-04"))
B = texted("b", *sure("b", [HLAING, PUTIN], "2025-03-04"), published="2025-03-06")
C = texted("c", *sure("c", [HLAING, PUTIN], "2025-03-04", times=3), published="2025-03-07")
D = texted("d", *sure("d", [XI, MODI], "2025-03-09"), *sure("d", [XI], "2025-06-01", happening=1))
STORIES = [A, B, C, D]


def state(store: Store) -> tuple[str, list[Event]]:
    """All that a store says, also of hidden events."""
    return store.content_hash(), list(store.events(HIDDEN))


def event_of(store: Store, *people: Actor, day: str = "") -> Event:
    found = [e for e in store.events(HIDDEN) if {p.actor for p in e.actors} == set(people)]
    return next(e for e in found if e.when.edtf.startswith(day))


def keys(store: Store, event: Event) -> list[str]:
    return [each.key for each in store.evidence(event.id)]


def test_a_merge_whatever_the_rule_says_is_seen_and_undone(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        before = state(store)
        one, other = event_of(store, HLAING, PUTIN), event_of(store, XI, MODI)
        made = store.merge_events([one.id[:6], other.id], "Thiri", "the same summit")
        merged = store.event(one.id)
        assert store.event(other.id) == merged
        assert (merged.reports, merged.sources) == (6, 4)
        assert {p.actor for p in merged.actors} == {HLAING, PUTIN, XI, MODI}
        assert [(j.number, j.author, j.note) for j in store.judged_of(merged.id)] == [(1, "Thiri", "the same summit")]
        with pytest.raises(UsageError, match="one event already"):
            store.merge_events([one.id, other.id])
        undone = store.undo_event_judgement(made.number, "Aye", "two summits")
        assert (undone.undone_by, undone.undone_note, undone.undone is not None) == ("Aye", "two summits", True)
        assert state(store) == before
        assert store.judged_of(one.id) == []
        for number, error in ((made.number, UsageError), (99, NotFoundError)):
            with pytest.raises(error):
                store.undo_event_judgement(number)


def test_a_split_parts_articles_and_reports_of_one_happening(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        before = state(store)
        whole = event_of(store, HLAING, PUTIN)
        assert (whole.reports, whole.sources) == (5, 3)
        of_c = [each.key for each in store.evidence(whole.id) if each.published and each.published.day == 7]
        first = store.split_event(whole.id, [of_c[0][:6]])
        second = store.split_event(whole.id, of_c[1:2])
        parts = [e for e in store.events() if {p.actor for p in e.actors} == {HLAING, PUTIN}]
        assert sorted((e.reports, e.sources) for e in parts) == [(1, 1), (1, 1), (3, 3)]
        assert store.event(whole.id).reports == 3
        assert sorted(keys(store, e)[0] for e in parts if e.reports == 1) == sorted(of_c[:2])
        for made in (first, second):
            store.undo_event_judgement(made.number)
        assert state(store) == before


def test_reports_to_split_are_named_by_the_beginning_of_their_keys(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        whole = event_of(store, HLAING, PUTIN)
        for wrong in ("abc", "zzzz", keys(store, whole)[0][:3], keys(store, event_of(store, XI, MODI))[0]):
            with pytest.raises(NotFoundError, match="has no report"):
                store.split_event(whole.id, [wrong])
        with pytest.raises(UsageError, match="all reports would leave"):
            store.split_event(whole.id, keys(store, whole))
        assert store.event_judgements() == []


def test_of_contradicting_judgements_the_later_one_counts(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        whole = event_of(store, HLAING, PUTIN)
        before = state(store)
        of_a = keys(store, whole)[0]
        split = store.split_event(whole.id, [of_a])
        apart = state(store)
        ids = [e.id for e in store.events() if {p.actor for p in e.actors} == {HLAING, PUTIN}]
        merge = store.merge_events(ids)
        assert state(store) == before
        store.undo_event_judgement(merge.number)
        assert state(store) == apart
        store.merge_events(ids)
        store.split_event(store.event(ids[0]).id, [of_a])
        assert state(store) == apart
        store.undo_event_judgement(split.number)
        assert state(store) == apart


EDITS: dict[str, tuple[str, Callable[[Event], object], object]] = {
    "date": ("2025-02", lambda e: (e.when.edtf, e.when.words, e.when.reason), ("2025-02", "", "judged by Thiri")),
    "kind": ("protest", lambda e: (e.kind, e.type), ("protest", "PROTEST")),
    "type": ("AID", lambda e: (e.kind, e.type), ("meeting", "AID")),
    "title": ("They met", lambda e: e.title, "They met"),
    "place": (
        place_value(Place("Mandalay", "MMR", 21.97, 96.08, PlaceExactness.CITY, "geonames:1311874")),
        lambda e: (e.place and (e.place.name, e.place.latitude, e.place.id), e.countries[0]),
        (("Mandalay", 21.97, "geonames:1311874"), CountryLink("MMR", "actor", "actor Min Aung Hlaing")),
    ),
    "actors": (
        str(Taking(PUTIN.key, None)),
        lambda e: ([p.actor for p in e.actors], e.country_codes),
        ([HLAING], ("MMR",)),
    ),
}


@pytest.mark.parametrize("field", EDITS)
def test_an_edit_changes_one_side_of_an_event_and_is_undone(database_url: str, field: str) -> None:
    value, said, wanted = EDITS[field]
    with open_store(database_url) as store:
        store.save_all(STORIES)
        before = state(store)
        event = event_of(store, HLAING, PUTIN)
        reports = store.evidence(event.id)
        [made] = store.edit_event(event.id, [(field, value)], author="Thiri")
        assert said(store.event(event.id)) == wanted
        assert store.evidence(event.id) == reports
        store.undo_event_judgement(made.number)
        assert state(store) == before


def test_an_actor_is_added_in_a_role_and_found_by_it(database_url: str) -> None:
    stranger = Actor("Soe Naing Lwin", ActorKind.PERSON, "THA")
    with open_store(database_url) as store:
        store.save_all(STORIES)
        event = event_of(store, HLAING, PUTIN)
        store.edit_event(
            event.id, [("actors", f"+source {stranger.key}"), ("actors", f"+target {HLAING.key}")], [stranger]
        )
        now = store.event(event.id)
        assert [(p.actor.name, p.role.value) for p in now.actors] == [
            ("Min Aung Hlaing", "target"),
            ("Vladimir Putin", "participant"),
            ("Soe Naing Lwin", "source"),
        ]
        assert now.country_codes == ("MMR", "RUS", "THA")
        assert list(store.events(EventQuery(actors=(stranger.key,)))) == [now]
        with pytest.raises(InputError, match="nothing says who"):
            store.edit_event(event.id, [("actors", "+source person:nobody:XXX")])
        store.judge(Judgement(Action.MERGE, XI.key, stranger.key), [XI, stranger])
        assert [p.actor for p in store.event(event.id).actors][-1] == XI
        assert store.event(event.id).country_codes == ("CHN", "MMR", "RUS")


def test_what_cannot_be_applied_is_refused(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        event = event_of(store, HLAING, PUTIN)
        for field, value in (
            ("date", "soon"),
            ("date", ""),
            ("title", " "),
            ("place", "{}"),
            ("actors", "Xi"),
            ("id", "1"),
        ):
            with pytest.raises(InputError):
                store.edit_event(event.id, [(field, value)])
        assert store.event_judgements() == []


def test_a_hidden_event_is_shown_only_when_asked_for_and_a_confirmed_one_says_so(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        before = state(store)
        event = event_of(store, HLAING, PUTIN)
        hide, confirm = store.hide_event(event.id), store.confirm_event(event.id)
        assert event.id not in {e.id for e in store.events(EventQuery(countries=("MMR",)))}
        assert event.id not in {e.id for e in store.events(EventQuery(actors=(PUTIN.key,)))}
        found = next(e for e in store.events(HIDDEN) if e.id == event.id)
        assert (found.hidden, found.confirmed) == (True, True)
        assert store.hide_event(event.id).number != hide.number
        assert store.confirm_event(event.id).number != confirm.number
        for judgement in store.event_judgements():
            store.undo_event_judgement(judgement.number)
        assert state(store) == before


def test_an_event_says_that_it_was_edited_as_long_as_an_edit_of_it_counts(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        event, other = event_of(store, HLAING, PUTIN), event_of(store, XI, MODI)
        store.confirm_event(other.id)
        first, second = store.edit_event(event.id, [("title", "One"), ("date", "2025-03")])
        for made in (first, second):
            assert [e.id for e in store.events() if e.edited] == [event.id]
            store.undo_event_judgement(made.number)
        assert [e.id for e in store.events() if e.edited] == []
        store.edit_event(event.id, [("title", "One")])
        assert store.save_all([replace(s, extractor="by hand 2") for s in STORIES]) == [Outcome.UPDATED] * 4
        told = [store.event(each.id) for each in (event, other)]
        assert [(each.edited, each.confirmed) for each in told] == [(True, False), (False, True)]


def test_saying_the_same_again_changes_nothing_unless_something_else_was_said_between(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        event = event_of(store, HLAING, PUTIN)
        first = store.edit_event(event.id, [("title", "One")])
        assert store.edit_event(event.id, [("title", "One")], author="someone else") == first
        store.edit_event(event.id, [("title", "Two")])
        store.edit_event(event.id, [("title", "One")])
        assert store.event(event.id).title == "One"
        assert [j.value for j in store.event_judgements()] == ["One", "Two", "One"]


def test_an_edit_is_of_the_event_that_has_the_first_of_its_reports_that_is_still_there(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        event = event_of(store, HLAING, PUTIN)
        anchor = next(j for j in store.edit_event(event.id, [("title", "Judged")])).reports[0][0]
        store.split_event(event.id, [anchor])
        titles = {tuple(keys(store, e)): e.title for e in store.events()}
        assert titles[(anchor,)] == "Judged"
        assert list(titles.values()).count("Judged") == 1
        store.save(replace(A, reports=(), extractor="by hand 2"))
        titles = {tuple(keys(store, e)): e.title for e in store.events()}
        assert list(titles.values()).count("Judged") == 1
        store.save(replace(A, extractor="by hand 3"))
        titles = {tuple(keys(store, e)): e.title for e in store.events()}
        assert titles[(anchor,)] == "Judged"
        assert list(titles.values()).count("Judged") == 1


def judge_all(store: Store) -> None:
    """A judgement of each sort, some of which contradict each other."""
    whole, other = event_of(store, HLAING, PUTIN), event_of(store, XI, MODI)
    of_c = [each.key for each in store.evidence(whole.id) if each.published and each.published.day == 7]
    store.edit_event(whole.id, [("date", "2025-03"), ("actors", f"-{PUTIN.key}")], author="Thiri")
    store.split_event(whole.id, of_c[:1], "Thiri", "another meeting")
    store.merge_events([store.event(whole.id).id, other.id])
    store.hide_event(event_of(store, XI, day="2025-06").id)
    store.judge(Judgement(Action.MERGE, TYPO.key, MODI.key, author="Thiri"), [TYPO, MODI])
    store.confirm_event(whole.id)
    store.undo_event_judgement(store.edit_event(whole.id, [("title", "No")])[0].number)


def test_judgements_outlast_a_new_import_and_a_new_extraction(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        judge_all(store)
        wanted = state(store)
        assert store.save_all(STORIES) == [Outcome.UNCHANGED] * 4
        for version in ("by hand 2", "by hand 1"):
            assert store.save_all([replace(s, extractor=version) for s in STORIES]) == [Outcome.UPDATED] * 4
        assert state(store) == wanted


def exported(store: Store) -> list[str]:
    return [json.dumps(each) for each in store.exported_judgements()]


def taken(store: Store, lines: Sequence[str]) -> Taken:
    return store.take_judgements(line_of(json.loads(line)) for line in lines)


def test_judgements_carried_to_a_store_of_the_same_articles_make_it_the_same(tmp_path: Path, database_url: str) -> None:
    with open_store(str(tmp_path / "here.db")) as here, open_store(database_url) as there:
        here.save_all(STORIES)
        judge_all(here)
        lines = exported(here)
        assert len(lines) == 8
        there.save_all(STORIES[::-1])
        assert taken(there, lines) == Taken(added=8)
        assert state(there) == state(here)
        assert exported(there) == lines
        assert taken(there, lines) == Taken(known=8) == taken(here, lines)
        assert state(there) == state(here)
        assert exported(here) == lines
        here.undo_event_judgement(here.event_judgements()[2].number)
        assert taken(there, exported(here)) == Taken(undone=1, known=7)
        assert state(there) == state(here)


def test_judgements_of_reports_that_are_not_there_wait_for_them(tmp_path: Path, database_url: str) -> None:
    with open_store(str(tmp_path / "here.db")) as here, open_store(database_url) as there:
        here.save_all(STORIES)
        judge_all(here)
        assert taken(there, exported(here)) == Taken(added=8, waiting=7)
        for story in STORIES:
            there.save(story)
        assert state(there) == state(here)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        {"about": "event", "action": "merge", "reports": [["a"]], "author": "", "made": "2025-01-01T00:00:00+00:00"},
        {"about": "event", "action": "hide", "reports": [["a"]], "author": "", "made": "2025-01-01"},
        {"about": "event", "action": "hide", "reports": [[]], "author": "", "made": "2025-01-01T00:00:00+00:00"},
        {"about": "event", "action": "burn", "reports": [["a"]], "author": "", "made": "2025-01-01T00:00:00+00:00"},
        {"about": "actor", "action": "merge", "author": "", "made": "2025-01-01T00:00:00+00:00"},
    ],
)
def test_what_is_no_judgement_is_refused(wrong: object) -> None:
    with pytest.raises(InputError):
        line_of(wrong)


def test_any_order_of_articles_and_judgements_gives_the_same_store(reused: Store) -> None:
    empty(reused)
    reused.save_all(STORIES)
    judge_all(reused)
    lines, wanted = exported(reused), state(reused)

    def save(story: Extraction) -> Callable[[Store], object]:
        return lambda store: store.save(story)

    def take(some: Sequence[str]) -> Callable[[Store], object]:
        return lambda store: taken(store, some)

    steps = [*map(save, STORIES), take(lines[:4]), take(lines[4:])]
    for order in [*permutations(steps)][::31]:
        empty(reused)
        for step in order:
            step(reused)
        assert state(reused) == wanted


@cases(0.3)
@given(data=st.data())
def test_judging_and_taking_it_back_in_any_order_is_the_identity(
    reused: Store, unjudged: str, data: st.DataObject
) -> None:
    store = reused
    before = _unjudged(store, unjudged)
    states = [before]
    numbers: list[int] = []
    for _ in range(data.draw(st.integers(1, 3), label="judgements")):
        numbers.append(_judge_something(store, data))
        states.append(state(store))
    if data.draw(st.booleans(), label="from the last to the first"):
        while numbers:
            assert state(store) == states.pop()
            store.undo_event_judgement(numbers.pop())
    else:
        for number in data.draw(st.permutations(numbers)):
            store.undo_event_judgement(number)
    assert state(store) == before


@pytest.fixture(scope="module")
def unjudged(reused: Store) -> str:
    """The content hash of a store of the articles."""
    empty(reused)
    reused.save_all(STORIES)
    return reused.content_hash()


def _unjudged(store: Store, wanted: str) -> tuple[str, list[Event]]:
    """The state of a store of the articles, made anew only where the case before has left another."""
    with store._database.writing() as connection:
        connection.execute(text("DELETE FROM event_judgements"))
    if store.content_hash() != wanted:
        empty(store)
        store.save_all(STORIES)
    return state(store)


def _judge_something(store: Store, data: st.DataObject) -> int:
    """A merge or a split of whatever the store holds; its number."""
    events = sorted(store.events(HIDDEN), key=lambda e: e.id)
    several = [e for e in events if e.reports > 1]
    if several and (len(events) < 2 or data.draw(st.booleans(), label="split")):
        event = data.draw(st.sampled_from(several))
        of = keys(store, event)
        leaving = data.draw(st.sets(st.sampled_from(of), min_size=1, max_size=len(of) - 1))
        return store.split_event(event.id, sorted(leaving)).number
    pair = data.draw(st.lists(st.sampled_from(events), min_size=2, max_size=3, unique_by=lambda e: e.id))
    return store.merge_events([e.id for e in pair]).number


@cases(0.2)
@given(data=st.data())
def test_one_by_one_or_all_at_once_the_same_judgements_give_the_same_store(reused: Store, data: st.DataObject) -> None:
    store = reused
    empty(store)
    store.save_all(STORIES)
    for _ in range(data.draw(st.integers(1, 4), label="judgements")):
        number = _judge_something(store, data)
        if data.draw(st.booleans(), label="taken back"):
            store.undo_event_judgement(number)
    wanted, lines = state(store), exported(store)
    stories = data.draw(st.permutations(STORIES))
    cut = data.draw(st.integers(0, len(lines)), label="before the articles")
    shuffled = data.draw(st.permutations(lines))
    empty(store)
    taken(store, shuffled[:cut])
    for story in stories:
        store.save(story)
    for line in shuffled[cut:]:
        taken(store, [line])
    assert state(store) == wanted


NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


def said(number: int, action: EventAction, *groups: str) -> EventJudgement:
    """A judgement on reports named by one letter each."""
    return EventJudgement(action, tuple(map(tuple, groups)), made=NOON + timedelta(seconds=number))


def test_judgements_are_read_from_the_latest_to_the_earliest() -> None:
    merge, split = EventAction.MERGE, EventAction.SPLIT
    early, late = said(1, merge, "ab", "c"), said(2, split, "c", "a")
    both = resolve([late, early])
    assert both == resolve([early, late])
    assert both.together("a", "b")
    assert both.parted("b", "c")
    third = resolve([early, late, said(3, merge, "b", "c")])
    assert third.together("b", "c")
    assert third.parted("a", "c")
    assert third.parted("a", "b")
    assert resolve([early, replace(late, undone=NOON)]).together("a", "c")


def test_a_happening_falls_into_as_few_parts_as_judgements_ask_for() -> None:
    split = EventAction.SPLIT
    grouping = resolve([said(1, split, "a", "bc")])
    assert grouping.parts("abcd") == [["b", "c", "d"], ["a"]]
    assert grouping.parts("ad") == [["d", "a"]]
    assert resolve([said(1, split, "a", "bc"), said(2, split, "b", "c")]).parts("abc") == [["c"], ["a"], ["b"]]
    assert resolve([]).parts("ba") == [["b", "a"]]


def test_every_pair_of_reports_is_together_parted_or_neither() -> None:
    merge, split = EventAction.MERGE, EventAction.SPLIT
    told_ = [said(1, merge, "ab", "cd"), said(2, split, "a", "bcd"), said(3, merge, "a", "e"), said(4, split, "e", "d")]
    for order in permutations(told_):
        grouping = resolve(order)
        for one, other in product("abcde", repeat=2):
            assert not (grouping.together(one, other) and grouping.parted(one, other))
            assert grouping.parted(one, other) == grouping.parted(other, one)
    assert resolve(told_).together("a", "e")
    assert resolve(told_).parted("e", "b")


def test_a_part_of_a_happening_is_found_by_what_another_extractor_read(database_url: str) -> None:
    same = replace(C.reports[1], happening=0)
    other = replace(C, reports=(same,), extractor="by another 1")
    with open_store(database_url) as store:
        store.save_all([C, other])
        [whole] = store.events()
        before = state(store)
        of = {(each.extractor, each.report.trigger.start): each.key for each in store.evidence(whole.id)}
        first, middle, last = (of["by hand 1", at] for at in (0, 10, 20))
        made = store.keep_apart([middle], [first, last])
        parts = sorted(sorted(keys(store, event)) for event in store.events())
        assert parts == sorted([sorted([middle, of["by another 1", 10]]), sorted([first, last])])
        store.undo_event_judgement(made.number)
        assert state(store) == before


def test_the_history_of_an_event_names_the_judgement(database_url: str) -> None:
    from timeline.store.changing import history

    with open_store(database_url) as store:
        store.save_all(STORIES)
        one, other = event_of(store, HLAING, PUTIN), event_of(store, XI, MODI)
        store.merge_events([one.id, other.id])
        kept = store.event(one.id)
        store.edit_event(kept.id, [("title", "Both")])
        with store.connection() as connection:
            changes = history(connection, [kept.id])
        assert {c.judgement for c in changes} == {1, 2}
        assert [(c.change.old, c.change.new) for c in changes if c.change.what == "title"][-1] == (kept.title, "Both")
        gone = ({one.id, other.id} - {kept.id}).pop()
        assert [(c.change.what, c.change.new) for c in changes if c.change.event == gone] == [("joined", kept.id)]


def test_ambiguous_beginnings_are_said_to_be_so() -> None:
    from timeline.store.corrections import _begun

    assert _begun(["abcd1", "abcd2"], "ABCD1") == "abcd1"
    with pytest.raises(AmbiguousError, match="abcd1, abcd2"):
        _begun(["abcd1", "abcd2"], "abcd")


def test_a_moved_clock_does_not_make_a_later_judgement_an_earlier_one(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        event = event_of(store, HLAING, PUTIN)
        future = datetime.now(UTC) + timedelta(days=400)
        early = EventJudgement(EventAction.EDIT, (tuple(keys(store, event)),), "title", "One", made=future)
        line = {"about": "event", "action": "edit", "reports": [list(early.keys)], "field": "title", "value": "One"}
        store.take_judgements([line_of({**line, "author": "", "made": future.isoformat()})])
        store.edit_event(event.id, [("title", "Two")])
        assert store.event(event.id).title == "Two"
