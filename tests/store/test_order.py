"""Linking across articles is a function of the reports: no order, no batching and no detour changes the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.cases import cases
from tests.store.making import empty, everything
from timeline.model import (
    Actor,
    ActorKind,
    Article,
    Extraction,
    Modality,
    Participation,
    Place,
    PlaceExactness,
    Report,
    Role,
    Span,
    When,
)
from timeline.model.errors import NotFoundError
from timeline.model.merging import countries_of
from timeline.store import Outcome
from timeline.store.linking import crowds
from timeline.store.store import Store

ANA = Actor("Ana Lopez", ActorKind.PERSON, "ESP")
BO = Actor("Bo Lind", ActorKind.PERSON, "SWE")
SPAIN = Actor("Spain", ActorKind.COUNTRY, "ESP", "ESP")
SWEDEN = Actor("Sweden", ActorKind.COUNTRY, "SWE", "SWE")
FRONT = Actor("Harbour Front", ActorKind.GROUP, "ESP")
GUILD, SAILORS = Actor("Rope Guild", ActorKind.ORGANISATION), Actor("guild of sailors", ActorKind.GROUP)
LINE = Actor("Kestrel Line", ActorKind.THING)
ACTORS = (ANA, BO, SPAIN, SWEDEN, FRONT, GUILD, SAILORS, LINE)
PLACES = (
    None,
    Place("Lund", "SWE", 55.7, 13.2, id="geonames:2693678"),
    Place("Vigo", "ESP", 42.2, -8.7, id="geonames:3105976"),
    Place("Spain", "ESP", exactness=PlaceExactness.COUNTRY, id="ESP"),
)
EDTF = ("2021-02-01", "2021-02-02", "2021-02", "2021", "../2021-02-03", "2021-02-01/2021-02-02", "2021-02-01T23:00", "")
WORDS = ("harbour", "Kestrel", "17", "pipeline", "ceasefire", "Osprey")

reports = st.builds(
    lambda kind, edtf, actors, place, words, modality, salience, again: (
        kind, edtf, tuple(actors), place, " ".join(words), modality, salience, again,
    ),
    st.sampled_from(["meeting", "coup", "attack", "killing", "launch", "statement"]),
    st.sampled_from(EDTF),
    st.lists(st.sampled_from(ACTORS), max_size=3, unique=True),
    st.sampled_from(PLACES),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True),
    st.sampled_from([Modality.ACTUAL, Modality.ACTUAL, Modality.PLANNED]),
    st.sampled_from([0.3, 0.6, 0.9]),
    st.sampled_from([False, False, True]),
)  # fmt: skip
articles = st.lists(st.lists(reports, max_size=3), min_size=2, max_size=6)


def extraction(number: int, told: Sequence[tuple], version: int = 0) -> Extraction:
    """An article that tells of some happenings, each in a sentence of its own, or in two where a report says so."""
    made: list[Report] = []
    for number_of, (kind, edtf, actors, place, words, modality, salience, *again) in enumerate(told):
        span = Span(10 * number_of, 10 * number_of + 4)
        happening = made[-1].happening if any(again) and made else number_of
        taking_part = tuple(
            Participation(actor, Role.SOURCE if position == 0 else Role.TARGET, actor.name)
            for position, actor in enumerate(actors)
        )
        made.append(
            Report(
                happening, span, span, f"{words} {kind}", f"{kind}", f"{kind} {words}", When.of(edtf),
                "CONSULT", kind, modality, salience, taking_part, place, countries_of(taking_part, place),
            )
        )  # fmt: skip
    article = Article(
        f"{'word      ' * 6} {number} {version}",
        published=date(2021, 2, 1 + number % 5),
        published_from="given",
        origin=f"file:///{number}",
    )
    return Extraction(article, tuple(made), (), (), (), "test 1")


@cases(0.5)
@given(told=articles, data=st.data())
def test_any_order_any_batching_and_any_detour_give_the_same_events_and_ids(
    two: tuple[Store, Store], told: list[list[tuple]], data: st.DataObject
) -> None:
    stories = [extraction(number, each) for number, each in enumerate(told)]
    order = data.draw(st.permutations(stories))
    detour = data.draw(st.lists(st.tuples(st.sampled_from(range(len(told))), articles.map(lambda a: a[0])), max_size=2))
    cut = data.draw(st.integers(0, len(order)))
    with pytest.MonkeyPatch.context() as patched:
        if not detour:  # which gives other keys, and these say who speaks for a crowd
            patched.setattr(crowds, "FEW", data.draw(st.sampled_from([1, 2, crowds.FEW])))
        _give_the_same(two, stories, order, detour, cut)


def _give_the_same(
    two: tuple[Store, Store],
    stories: Sequence[Extraction],
    order: Sequence[Extraction],
    detour: Sequence[tuple[int, list[tuple]]],
    cut: int,
) -> None:
    clean, store = two
    empty(clean)
    clean.save_all(stories)
    empty(store)
    for number, reports_of in detour:
        store.save(extraction(number, reports_of, version=1))
    shown = {event.id for event in store.events()}
    store.save_all(order[:cut])
    for story in order[cut:]:
        store.save(story)
    if not detour:
        assert store.content_hash() == clean.content_hash()
        assert {event.id for event in store.events()} == {event.id for event in clean.events()}
    else:
        # The article keeps the id of its first text, so that only what is told is the same.
        assert _told(store) == _told(clean)
    for event_id in shown:
        _leads_somewhere(store, event_id)


@cases(0.3)
@given(told=articles, data=st.data())
def test_an_import_again_changes_nothing(
    two: tuple[Store, Store], told: list[list[tuple]], data: st.DataObject
) -> None:
    store, _ = two
    stories = [extraction(number, each) for number, each in enumerate(told)]
    empty(store)
    store.save_all(stories)
    before = everything(store)
    again = data.draw(st.permutations(stories))
    assert set(store.save_all(again, store.begin_run("again"))) == {Outcome.UNCHANGED}
    assert everything(store) == before


def _told(store: Store) -> list[tuple]:
    """What a store tells, whatever its ids."""
    return sorted(
        (e.when.edtf, e.kind, e.title, e.sources, e.reports, tuple(sorted(p.actor.key for p in e.actors)), e.urls)
        for e in store.events()
    )


def _leads_somewhere(store: Store, event_id: str) -> None:
    """An id once shown leads to its event for ever, or says that it was withdrawn."""
    try:
        store.event(event_id)
    except NotFoundError as error:
        if "withdrawn" not in str(error):
            raise
