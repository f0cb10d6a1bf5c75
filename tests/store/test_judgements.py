"""Who is who by judgement: on SQLite and on PostgreSQL, before and after the articles come, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from tests.store.making import empty
from timeline.model import (
    Actor,
    ActorKind,
    Article,
    CountryLink,
    Extraction,
    Modality,
    Participation,
    Report,
    Role,
    Span,
    Unresolved,
    When,
)
from timeline.model.errors import NotFoundError, UsageError
from timeline.store import Action, EventQuery, Judgement, Outcome, bringing_up, open_store, schema, upgrade_store
from timeline.store.engine import Database, parse_url
from timeline.store.judgements import resolve
from timeline.store.store import Store

HLAING = Actor("Min Aung Hlaing", ActorKind.PERSON, "MMR", "Q935827")
TYPO = Actor("Ming Aung Hlaing", ActorKind.PERSON)
PUTIN = Actor("Vladimir Putin", ActorKind.PERSON, "RUS", "Q7747")
UN = Actor("Kim Jong Un", ActorKind.PERSON, "PRK", "Q56226")
IL = Actor("Kim Jong Il", ActorKind.PERSON, "PRK")


def told(
    name: str,
    people: Sequence[tuple[Actor, str]],
    *,
    day: str = "2025-03-04",
    kind: str = "meeting",
    happening: int = 0,
    unresolved: tuple[Unresolved, ...] = (),
) -> Report:
    """A report of a meeting of these people, by the words given for them."""
    when = When(day, date.fromisoformat(day), date.fromisoformat(day))
    start = 10 * happening
    links = {
        actor.country: CountryLink(actor.country, "actor", f"actor {actor.name}")
        for actor, _ in people
        if actor.country
    }
    return Report(
        happening,
        Span(start, start + 10),
        Span(start, start + 3),
        f"{name} sentence {happening}",
        "met",
        f"{name} title {happening}",
        when,
        "CONSULT",
        kind,
        Modality.ACTUAL,
        0.9,
        tuple(Participation(actor, Role.PARTICIPANT, words, None, "known by name") for actor, words in people),
        None,
        tuple(links.values()),
        "a rule",
        unresolved,
    )


def article(name: str, *reports: Report, published: str = "2025-03-05") -> Extraction:
    text = f"{name} " + "met met met met met met met met met met"
    day = date.fromisoformat(published)
    made = Article(text, origin=f"file:///{name}", published=day, published_from="given")
    return Extraction(made, reports, (), (), (), "by hand 1")


FIRST = article("first", told("first", [(HLAING, "Min Aung Hlaing"), (PUTIN, "Putin")]))
SECOND = article("second", told("second", [(TYPO, "Ming Aung Hlaing"), (PUTIN, "Vladimir Putin")], kind="visit"))
THIRD = article("third", told("third", [(TYPO, "Gen. Ming Aung Hlaing")]), published="2025-03-06")
STORIES = [FIRST, SECOND, THIRD]
MERGE = Judgement(Action.MERGE, HLAING.key, TYPO.key, author="an analyst", note="a slip of the wire")


def test_a_merge_joins_events_and_undoing_it_brings_everything_back(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        before, ids = store.content_hash(), {e.id for e in store.events()}
        assert store.count() == 3
        made = store.judge(MERGE, [HLAING, TYPO])
        assert store.count(EventQuery(actors=(HLAING.key,))) == store.count(EventQuery(actors=(TYPO.key,))) == 2
        assert store.count() == 2
        assert sorted(e.sources for e in store.events()) == [1, 2]
        assert all(store.event(old) for old in ids)
        assert store.content_hash() != before
        store.undo(made.number, "another", "it was right after all")
        assert store.content_hash() == before
        assert {e.id for e in store.events()} == ids
        kept = store.judgements()
        assert [(j.author, j.note, j.undone_by, j.undone_note) for j in kept] == [
            ("an analyst", "a slip of the wire", "another", "it was right after all")
        ]
        assert kept[0].made is not None
        assert kept[0].undone is not None


def test_who_takes_part_in_part_of_a_happening_may_be_judged(database_url: str) -> None:
    """The unit of linking is known by another of its reports than the one that names the actor."""
    twice = article("twice", told("twice", [(PUTIN, "Putin")]), told("twice, later", [(TYPO, "Ming Aung Hlaing")]))
    with open_store(database_url) as store:
        store.save_all([FIRST, twice])
        before = store.content_hash()
        made = store.judge(MERGE, [HLAING, TYPO])
        assert [(e.sources, e.reports) for e in store.events()] == [(2, 3)]
        store.undo(made.number)
        assert store.content_hash() == before


def test_what_many_reports_tell_is_derived_batch_by_batch_to_the_same_end(database_url: str, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "at-once.db")) as store:
        store.save_all(STORIES)
        unjudged = store.content_hash()
        store.judge(MERGE, [HLAING, TYPO])
        wanted = store.content_hash()
    with pytest.MonkeyPatch.context() as patched, open_store(database_url) as store:
        patched.setattr(bringing_up, "BATCH", 1)
        store.save_all(STORIES)
        made = store.judge(MERGE, [HLAING, TYPO])
        assert store.content_hash() == wanted
        store.undo(made.number)
        assert store.content_hash() == unjudged
        assert _DUE not in " ".join(store.check())


def test_who_opens_the_store_goes_on_with_a_judgement_that_was_broken_off(database_url: str, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "at-once.db")) as store:
        store.save_all(STORIES)
        store.judge(MERGE, [HLAING, TYPO])
        wanted = store.content_hash()
    with pytest.MonkeyPatch.context() as patched, open_store(database_url) as store:
        patched.setattr(bringing_up, "BATCH", 1)
        patched.setattr(bringing_up, "finish", _killed)
        store.save_all(STORIES)
        with pytest.raises(KeyboardInterrupt):
            store.judge(MERGE, [HLAING, TYPO])
        assert store.content_hash() != wanted
        assert _DUE in " ".join(store.check())
    with open_store(database_url, readonly=True) as store:
        assert store.content_hash() != wanted
    with open_store(database_url) as store:
        assert store.content_hash() == wanted
        assert _DUE not in " ".join(store.check())


_DUE = "events do not follow all judgements about actors yet"


def _killed(_database: Database) -> None:
    raise KeyboardInterrupt


def test_reports_stay_as_they_were_extracted_and_the_judgement_is_told(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        store.judge(MERGE, [HLAING, TYPO])
        event = next(iter(store.events(EventQuery(kinds=("visit",)))))
        evidence = store.evidence(event.id)[0]
        assert evidence.report == replace(SECOND.reports[0], happening=evidence.report.happening)
        assert [(p.actor, p.reason) for p in evidence.read.actors] == [
            (HLAING, "known by name; judged to be Min Aung Hlaing"),
            (PUTIN, "known by name"),
        ]
        assert [(link.country, link.reason) for link in event.countries] == [
            ("MMR", "actor Min Aung Hlaing"),
            ("RUS", "actor Vladimir Putin"),
        ]


JUDGEMENTS: dict[str, tuple[Judgement, list[Actor]]] = {
    "merge": (MERGE, [HLAING, TYPO]),
    "merge the other way": (Judgement(Action.MERGE, TYPO.key, HLAING.key), [HLAING, TYPO]),
    "rename": (Judgement(Action.RENAME, TYPO.key, name="Min Aung Hlaing the Younger"), [TYPO]),
    "alias": (Judgement(Action.ALIAS, HLAING.key, TYPO.key, "Ming Aung Hlaing"), [HLAING]),
    "split": (
        Judgement(Action.SPLIT, PUTIN.key, "person:putin:RUS", "Putin"),
        [PUTIN, Actor("Putin", ActorKind.PERSON, "RUS")],
    ),
}


@pytest.mark.parametrize("name", JUDGEMENTS)
def test_a_judgement_before_the_articles_counts_as_one_after_them(tmp_path: Path, database_url: str, name: str) -> None:
    judgement, about = JUDGEMENTS[name]
    with open_store(str(tmp_path / "after.db")) as after:
        after.save_all(STORIES)
        plain = after.content_hash()
        after.judge(judgement, about)
        wanted = after.content_hash()
        assert wanted != plain
    with open_store(database_url) as before:
        before.judge(judgement, about)
        for story in STORIES[::-1]:
            before.save(story)
        assert before.content_hash() == wanted
        before.undo(1)
        assert before.content_hash() == plain


def test_any_order_of_articles_and_judgement_gives_the_same_store(reused: Store) -> None:
    def save(story: Extraction) -> Callable[[Store], object]:
        return lambda store: store.save(story)

    steps = [*map(save, STORIES), lambda store: store.judge(MERGE, [HLAING, TYPO])]
    hashes = set()
    for order in permutations(steps):
        empty(reused)
        for step in order:
            step(reused)
        hashes.add(reused.content_hash())
    assert len(hashes) == 1


def test_judgements_outlast_a_new_import_and_a_new_extraction(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        store.judge(MERGE, [HLAING, TYPO])
        wanted = store.content_hash()
        assert store.save_all(STORIES) == [Outcome.UNCHANGED] * 3
        again = [replace(story, extractor="by hand 2") for story in STORIES]
        assert store.save_all(again) == [Outcome.UPDATED] * 3
        assert store.save_all([replace(story, extractor="by hand 1") for story in STORIES]) == [Outcome.UPDATED] * 3
        assert store.content_hash() == wanted


def test_judging_the_same_again_changes_nothing(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        first = store.judge(MERGE, [HLAING, TYPO])
        assert store.judge(replace(MERGE, author="someone else"), [HLAING, TYPO]) == first
        assert len(store.judgements()) == 1
        store.undo(first.number)
        with pytest.raises(UsageError):
            store.undo(first.number)
        with pytest.raises(NotFoundError):
            store.undo(99)
        assert store.judge(MERGE, [HLAING, TYPO]).number == 2


def test_a_merged_actor_is_listed_once_with_all_names_and_found_by_each(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        store.judge(MERGE, [HLAING, TYPO])
        rows = {row.actor: row for row in store.actors("person")}
        assert set(rows) == {HLAING, PUTIN}
        assert rows[HLAING].names == ("Gen. Ming Aung Hlaing", "Min Aung Hlaing", "Ming Aung Hlaing")
        assert rows[HLAING].events == 2
        for name in ("min aung hlaing", "Ming Aung Hlaing", "Q935827", TYPO.key):
            assert [row.actor for row in store.find_actors(name, "person")] == [HLAING]
        assert store.called("Ming Aung Hlaing")[0].key == TYPO.key


def test_an_alias_finds_its_actor_and_no_one_of_another_country(database_url: str) -> None:
    stranger = replace(TYPO, country="THA")
    with open_store(database_url) as store:
        store.save_all([FIRST, article("fourth", told("fourth", [(stranger, "Ming Aung Hlaing")]))])
        own = replace(TYPO, country="MMR")
        store.judge(Judgement(Action.ALIAS, HLAING.key, own.key, "Ming Aung Hlaing"), [HLAING])
        assert [each.actor for each in store.called("MING AUNG HLAING") if each.judged] == [HLAING]
        assert {row.actor for row in store.actors("person")} == {HLAING, PUTIN, stranger}
        store.save(article("fifth", told("fifth", [(own, "Ming Aung Hlaing")], day="2020-01-01")))
        assert {row.actor for row in store.actors("person")} == {HLAING, PUTIN, stranger}


def test_a_renamed_actor_is_shown_searched_and_found_by_its_new_name(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        store.judge(Judgement(Action.RENAME, TYPO.key, name="The Younger"), [TYPO])
        assert {row.actor.name for row in store.actors("person")} == {
            "Min Aung Hlaing",
            "Vladimir Putin",
            "The Younger",
        }
        assert store.count(EventQuery(text="younger")) == 2
        assert [each.actor.key for each in store.called("the younger")] == [TYPO.key]
        assert store.count(EventQuery(actors=(TYPO.key,))) == 2
        assert {p.actor.name for e in store.events(EventQuery(actors=(TYPO.key,))) for p in e.actors} >= {"The Younger"}


KIMS = [
    article(
        "il",
        told("il", [(UN, "Kim Jong Il"), (PUTIN, "Putin")], day="2001-08-04"),
        told("il", [(UN, "He")], day="2001-08-06", happening=1),
        told("il", [(UN, "Kim")], day="2001-08-09", happening=2),
    ),
    article("un", told("un", [(UN, "Gen. Kim Jong Un"), (PUTIN, "Putin")]), told("un", [(UN, "He")], happening=1)),
    article(
        "both",
        told("both", [(UN, "Kim Jong Un")], day="2012-01-01"),
        told("both", [(UN, "Leader Kim Jong Il")], day="2011-12-17", happening=1),
        told("both", [(UN, "Kim")], day="2011-12-28", happening=2),
    ),
]


def test_a_parted_spelling_takes_its_pronouns_along_and_nothing_doubtful(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(KIMS)
        before = store.content_hash()
        made = store.judge(Judgement(Action.SPLIT, UN.key, IL.key, "Kim Jong Il"), [UN, IL])
        parted = [e.when.edtf for e in store.events(EventQuery(actors=(IL.key,)))]
        assert parted == ["2001-08-04", "2001-08-06", "2001-08-09", "2011-12-17"]
        rows = {row.actor: row.names for row in store.actors("person")}
        assert "Leader Kim Jong Il" in rows[IL]
        assert not any("Il" in name.split() for name in rows[UN])
        assert [each.actor for each in store.called("Kim Jong Il")] == [IL]
        store.undo(made.number)
        assert store.content_hash() == before


def test_a_profile_tells_what_the_events_tell(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        store.judge(MERGE, [HLAING, TYPO])
        profile = store.profile(HLAING)
        assert profile.row.events == 2
        assert dict(profile.kinds) == {"meeting": 1, "visit": 1}
        assert dict(profile.types) == {"CONSULT": 2}
        assert dict(profile.countries) == {"MMR": 2, "RUS": 2}
        assert profile.companions == ((PUTIN, 2),)
        assert dict(profile.spellings) == {"Min Aung Hlaing": 1, "Ming Aung Hlaing": 1, "Gen. Ming Aung Hlaing": 1}
        assert store.event(profile.first).when.edtf == "2025-03-04"
        nobody = store.profile(Actor("Nobody", ActorKind.PERSON, "MMR"))
        assert (nobody.row.events, nobody.first, nobody.types) == (0, "", ())


def test_a_word_of_a_name_finds_who_has_it(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all([*STORIES, *KIMS])
        store.judge(Judgement(Action.SPLIT, UN.key, IL.key, "Kim Jong Il"), [UN, IL])
        for word in ("jong", "Kim", "UN"):
            assert UN in [row.actor for row in store.actors_having(word, "person")]
        assert [row.actor for row in store.actors_having("il")] == [IL]
        for word in ("jon", "%", "_", "", "'"):
            assert store.actors_having(word) == []
        assert store.actor_names("person") == sorted(actor.name for actor in (HLAING, TYPO, PUTIN, UN, IL))
        assert store.actors("person", "RUS") == [row for row in store.actors("person") if row.actor == PUTIN]


def test_suggestions_leave_out_what_was_judged(database_url: str) -> None:
    near = replace(TYPO, country="MMR")
    stories = [FIRST, article("near", told("near", [(near, "Ming Aung Hlaing")]))]
    with open_store(database_url) as store:
        store.save_all(stories)
        assert [(pair.actor, pair.other) for pair in store.alike("person")] == [(HLAING, near)]
        made = store.judge(Judgement(Action.MERGE, HLAING.key, near.key), [HLAING, near])
        assert store.alike("person") == []
        store.undo(made.number)
        assert store.alike("person") == []


def test_names_in_capitals_lose_whatever_came_first(tmp_path: Path) -> None:
    loud = replace(TYPO, name="MING AUNG HLAING")
    stories = [SECOND, article("loud", told("loud", [(loud, "MING AUNG HLAING")], day="2020-01-01"))]
    names = []
    for number, order in enumerate([stories, stories[::-1]]):
        with open_store(str(tmp_path / f"{number}.db")) as store:
            store.save_all(order)
            names.append([row.actor.name for row in store.actors("person")])
            assert store.content_hash()
    assert names == [["Ming Aung Hlaing", "Vladimir Putin"]] * 2


def test_what_is_unresolved_is_kept_with_its_report(database_url: str) -> None:
    doubtful = (
        Unresolved("the general", Role.SOURCE, Span(0, 11), "could be Min Aung Hlaing or Soe Win"),
        Unresolved("they", Role.PARTICIPANT),
    )
    story = article("doubt", told("doubt", [(PUTIN, "Putin")], unresolved=doubtful))
    with open_store(database_url) as store:
        store.save(story)
        event = next(iter(store.events()))
        assert store.evidence(event.id)[0].report.unresolved == doubtful
        assert [p.actor for p in event.actors] == [PUTIN]


def test_the_migration_goes_down_and_up_with_data_in(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save_all(STORIES)
        wanted = store.content_hash()
        store.undo(store.judge(MERGE, [HLAING, TYPO]).number)
    database = Database(parse_url(database_url))
    schema.migrate(database, "0001")
    database.close()
    assert upgrade_store(database_url) == ("0001", schema.HEAD)
    with open_store(database_url) as store:
        assert store.judgements() == []
        assert store.content_hash() == wanted
        store.judge(MERGE, [HLAING, TYPO])
        assert store.count() == 2


def test_one_actor_is_shared_by_all_that_were_merged() -> None:
    b_into_a = Judgement(Action.MERGE, "a", "b", number=1)
    c_into_b = Judgement(Action.MERGE, "b", "c", number=2)
    both = resolve([c_into_b, b_into_a])
    assert both == resolve([b_into_a, c_into_b])
    assert {both.of(key) for key in "abc"} == {"a"}
    assert both.members("a") == ("a", "b", "c")
    alone = resolve([c_into_b])
    assert (alone.of("a"), alone.of("b"), alone.of("c")) == ("a", "b", "b")
    assert both.changed(alone) == {"b", "c"}
    circle = resolve([b_into_a, Judgement(Action.MERGE, "b", "a", number=2)])
    assert {circle.of("a"), circle.of("b")} == {"a"}
