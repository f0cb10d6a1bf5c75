"""From reports to an event: pure, and the same in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from timeline.model import (
    Actor,
    ActorKind,
    CountryLink,
    Modality,
    Participation,
    Place,
    PlaceExactness,
    Report,
    Role,
    Span,
    When,
)
from timeline.model.merging import Sourced, derive, disagreements

ACTORS = [
    Actor("A", ActorKind.PERSON, "MMR", "Q1"),
    Actor("B", ActorKind.COUNTRY, "RUS", "RUS"),
    Actor("C", ActorKind.GROUP),
]
DATES = ["2021-02", "2021-02-01", "2021", "../2021-03-01", "2021-02-01/..", ""]
PLACES = [
    None,
    Place("Myanmar", "MMR", exactness=PlaceExactness.COUNTRY),
    Place("Yangon", "MMR", exactness=PlaceExactness.CITY),
]


@st.composite
def reports(draw: st.DrawFn) -> Sourced:
    start = draw(st.integers(0, 50))
    actors = draw(st.lists(st.sampled_from(ACTORS), unique=True, max_size=3))
    report = Report(
        happening=0,
        span=Span(start, start + 20),
        trigger=Span(start + 2, start + 5),
        sentence=f"sentence {start}",
        words="words",
        title=f"title {start}",
        when=When.of(draw(st.sampled_from(DATES))),
        type="CONSULT",
        kind=draw(st.sampled_from(["visit", "meeting"])),
        modality=draw(st.sampled_from(list(Modality))),
        salience=draw(st.sampled_from([0.3, 0.6])),
        actors=tuple(Participation(a, draw(st.sampled_from(list(Role)))) for a in actors),
        place=draw(st.sampled_from(PLACES)),
        countries=tuple(CountryLink(a.country, "actor", f"actor {a.name}") for a in actors if a.country),
    )
    return Sourced(report, source=draw(st.sampled_from(["x", "y"])), published=date(2021, 3, draw(st.integers(1, 9))))


# Two reports that begin at one place of one article are one report: they cannot differ.
SETS = st.lists(reports(), min_size=1, max_size=6, unique_by=lambda s: (s.source, s.report.span, s.published))


@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(items: list[Sourced], random: object) -> None:
    shuffled = sorted(items, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert derive(items) == derive(shuffled)


@given(SETS)
def test_no_actor_or_country_of_a_report_is_lost(items: list[Sourced]) -> None:
    event = derive(items)
    assert {p.actor.key for p in event.actors} == {p.actor.key for s in items for p in s.report.actors}
    assert {c.country for c in event.countries} == {c.country for s in items for c in s.report.countries}
    assert event.reports == len(items)


BASE: dict[str, Any] = {
    "happening": 0,
    "span": Span(0, 9),
    "trigger": Span(0, 3),
    "sentence": "s",
    "words": "w",
    "title": "t",
    "type": "CONSULT",
    "kind": "visit",
}


def test_the_most_exact_date_and_place_win() -> None:
    vague = Report(**BASE, when=When.of("2021-02"), modality=Modality.ACTUAL, salience=0.9, place=PLACES[1])
    exact = Report(**BASE, when=When.of("2021-02-01"), modality=Modality.ACTUAL, salience=0.1, place=PLACES[2])
    event = derive([Sourced(vague, "a"), Sourced(exact, "b")])
    assert event.when.edtf == "2021-02-01"
    assert event.place == PLACES[2]
    assert event.sources == 2


def test_words_of_a_text_and_a_data_sets_row_date_it_before_what_was_concluded() -> None:
    told = _told("a", "2021-02").report
    words = Sourced(told, "a")
    concluded = Sourced(replace(told, when=When.of("2021-02-02")), "b")
    row = Sourced(replace(told, when=When.of("2021-02-01"), span=Span(0, 0)), "c")
    assert derive([concluded, row]).when.edtf == "2021-02-01"
    assert derive([concluded, words]).when.edtf == "2021-02"
    assert derive([words, row]).when.edtf == "2021-02-01"


def test_the_kind_is_that_of_what_was_done_and_not_of_what_came_of_it() -> None:
    def told(kind: str, salience: float) -> Sourced:
        of = BASE | {"kind": kind, "title": kind}
        return Sourced(Report(**of, when=When.of("2021"), modality=Modality.ACTUAL, salience=salience), kind)

    killing, blast, bombing = told("killing", 0.9), told("accident", 0.8), told("bombing", 0.7)
    assert derive([killing, blast, bombing]).kind == "bombing"
    assert derive([killing, blast]).kind == "accident"
    assert derive([killing, told("injury", 0.5)]).kind == "killing"
    assert derive([killing, bombing]).title == "killing"


def test_a_fact_wins_over_a_plan() -> None:
    plan = Report(**{**BASE, "title": "plan"}, when=When.of("2021-02-01/.."), modality=Modality.PLANNED, salience=1.0)
    fact = Report(**{**BASE, "title": "fact"}, when=When.of("2021-02-03"), modality=Modality.ACTUAL, salience=0.2)
    event = derive([Sourced(plan, "a"), Sourced(fact, "b")])
    assert (event.modality, event.title, event.when.edtf) == (Modality.ACTUAL, "fact", "2021-02-03")


def _told(source: str, edtf: str, place: Place | None = None, modality: Modality = Modality.ACTUAL) -> Sourced:
    when = When.of(edtf, words=edtf)
    return Sourced(Report(**BASE, when=when, modality=modality, salience=0.5, place=place), source)


def test_of_dates_as_exact_the_one_wins_that_the_fewest_sources_contradict() -> None:
    told = [_told("a", "2021-02-02"), _told("b", "2021-02-01"), _told("c", "2021-02-01"), _told("d", "2021-02")]
    assert derive(told).when.edtf == "2021-02-01"
    assert disagreements(told) == ("date: 2021-02-01 (2 sources), 2021-02-02 (1 source)",)


def test_one_source_that_says_a_thing_often_counts_once() -> None:
    told = [_told("a", "2021-02-02"), _told("a", "2021-02-02"), _told("b", "2021-02-01"), _told("c", "2021-02-01")]
    assert derive(told).when.edtf == "2021-02-01"


def test_what_can_be_one_is_no_disagreement() -> None:
    country, city = PLACES[1], PLACES[2]
    told = [_told("a", "2021-02", country), _told("b", "2021-02-01", city), _told("c", "", None)]
    assert disagreements(told) == ()
    assert disagreements([_told("a", "2021-02-01"), _told("b", "2021-03/..", None, Modality.PLANNED)]) == ()


def test_other_places_and_denials_are_disagreements() -> None:
    there = Place("Mandalay", "MMR", exactness=PlaceExactness.CITY)
    told = [_told("a", "2021", PLACES[2]), _told("b", "2021", there), _told("c", "2021", modality=Modality.DENIED)]
    assert disagreements(told) == (
        "place: Mandalay (1 source), Yangon (1 source)",
        "modality: actual (2 sources), denied (1 source)",
    )


@given(SETS, st.randoms(use_true_random=False))
def test_disagreements_are_the_same_in_any_order(items: list[Sourced], random: object) -> None:
    shuffled = sorted(items, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert disagreements(items) == disagreements(shuffled)
