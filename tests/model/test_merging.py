"""From reports to an event: pure, and the same in any order."""

from __future__ import annotations

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
from timeline.model.merging import Sourced, derive

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


def test_a_fact_wins_over_a_plan() -> None:
    plan = Report(**{**BASE, "title": "plan"}, when=When.of("2021-02-01/.."), modality=Modality.PLANNED, salience=1.0)
    fact = Report(**{**BASE, "title": "fact"}, when=When.of("2021-02-03"), modality=Modality.ACTUAL, salience=0.2)
    event = derive([Sourced(plan, "a"), Sourced(fact, "b")])
    assert (event.modality, event.title, event.when.edtf) == (Modality.ACTUAL, "fact", "2021-02-03")
