"""Every question against one that looks at all events: the walks along indexes find the same, in the same order."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.model import (
    Actor,
    ActorKind,
    Article,
    Event,
    Extraction,
    Modality,
    Participation,
    Place,
    Report,
    Role,
    Span,
    When,
)
from timeline.model.actor import fold
from timeline.model.edtf import Exactness
from timeline.model.merging import countries_of
from timeline.store import EventQuery, open_store, walking
from timeline.store.positions import position
from timeline.store.questions import terms
from timeline.store.store import Store
from timeline.store.values import Side, Sort

CASES = int(os.environ.get("TIMELINE_CASES", "40"))
EDTF = (
    "", "2021-02-01", "2021-02-28", "2021-03-01", "2021-02", "2021", "2020/2023", "2020-12-20/2021-01-10", "202X",
    "20XX", "2021-02-01/..", "../2021-02-10", "2019-06", "2019-06-15", "2021-22", "2020-01-01/..", "../2022-01-01",
    "2021-02~", "[2021-02-01,2021-02-05]", "0001-01-01", "9999-12-31",
)  # fmt: skip
PEOPLE = tuple(Actor(name, ActorKind.PERSON, code) for name, code in (("Ana Lopez", "ESP"), ("José Núñez", "MEX")))
LANDS = tuple(Actor(code, ActorKind.COUNTRY, code, code) for code in ("ESP", "MEX", "USA"))
KINDS = ("meeting", "visit", "coup")
WORDS = ("drone", "drones", "Córdoba", "talks", "3.5", "U.S.-led", "straße", "Ørsted")
PLACES = (None, Place("Córdoba", "ESP"), Place("Monterrey", "MEX", 25.7, -100.3, id="geonames:3995465"))


def _extraction(number: int) -> Extraction:
    draw = random.Random(number)  # noqa: S311 - a fixed sample of events
    reports = []
    for happening in range(60):
        actors = draw.sample(PEOPLE + LANDS, draw.randint(0, 3))
        place = draw.choice(PLACES)
        told = tuple(Participation(actor, draw.choice(list(Role)), actor.name) for actor in actors)
        words = " ".join(draw.sample(WORDS, 3))
        span = Span(happening, happening + 1)
        reports.append(
            Report(
                happening, span, span, f"{words} {happening}", "x", f"{words} {number}", When.of(draw.choice(EDTF)),
                draw.choice(("CONSULT", "ASSAULT")), draw.choice(KINDS), draw.choice(list(Modality)),
                draw.choice((0.1, 0.4, 0.9)), told, place, countries_of(told, place),
            )
        )  # fmt: skip
    article = Article("x" * (60 + number), published=date(2021, 3, number), published_from="given",
                      publisher=f"wire {number % 2}", url=f"https://example.org/{number}")  # fmt: skip
    return Extraction(article, tuple(reports), (), (), (), "test 1")


class Told:
    """A store and all its events."""

    def __init__(self, store: Store) -> None:
        self.store, self.events = store, list(store.events(EventQuery(hidden=True)))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    if request.param == "sqlite":
        url = str(tmp_path_factory.mktemp("walking") / "t.db")
    else:
        import psycopg
        from sqlalchemy import make_url

        server = request.getfixturevalue("postgres_server")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE walking")
        url = make_url(server).set(drivername="postgresql+psycopg", database="walking").render_as_string(False)
    with open_store(url) as store:
        for number in range(1, 6):
            store.save(_extraction(number))
        yield Told(store)


days = st.one_of(
    st.none(),
    st.sampled_from([date(2021, 2, 1), date(2021, 2, 15), date(2019, 6, 15), date(1, 1, 1), date(9999, 12, 31)]),
    st.integers(0, 2000).map(lambda n: date(2018, 1, 1) + timedelta(days=n)),
)
some_countries = st.lists(st.sampled_from(["ESP", "MEX", "USA", "FRA"]), max_size=2, unique=True).map(tuple)
some_people = st.lists(st.sampled_from([p.key for p in PEOPLE] + ["person:nobody:"]), max_size=2, unique=True).map(
    tuple
)
queries = st.builds(
    EventQuery,
    countries=some_countries,
    by=st.sampled_from(["", "actor", "place"]),
    actors=some_people,
    sides=st.lists(st.builds(Side, countries=some_countries, actors=some_people), max_size=2).map(tuple),
    kinds=st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
    types=st.lists(st.sampled_from(["CONSULT", "AID"]), max_size=1).map(tuple),
    modalities=st.lists(st.sampled_from(list(Modality)), max_size=2, unique=True).map(tuple),
    since=days,
    until=days,
    text=st.sampled_from(["", "", "drone", "drone*", "cordoba", "CÓRDOBA talks", "3.5", "jose", "Straße", "u.s.", "*"]),
    min_salience=st.sampled_from([0.0, 0.4, 0.95]),
    exactness=st.lists(st.sampled_from(list(Exactness)), max_size=2, unique=True).map(tuple),
    sources=st.sampled_from([(), (), ("Wire 1",), ("example.org/2", "wire 1")]),
    reverse=st.booleans(),
    sort=st.sampled_from(list(Sort)),
    limit=st.sampled_from([None, 1, 7, 1000]),
)


def _matches(event: Event, query: EventQuery) -> bool:
    keys = {p.actor.key for p in event.actors}
    concerned = {(link.country, link.by) for link in event.countries}
    searched = fold(" ".join([event.title, event.sentence, *(p.actor.name for p in event.actors),
                              event.place.name if event.place else ""])).split()  # fmt: skip
    first, last = event.when.earliest, event.when.latest
    publishers = {f"wire {int(url[-1]) % 2} {url}" for url in event.urls}
    return (
        (not query.countries or any(c in query.countries and query.by in ("", by) for c, by in concerned))
        and (not query.actors or bool(keys & set(query.actors)))
        and all(
            bool(keys & set(side.actors)) or any((c, "actor") in concerned for c in side.countries)
            for side in query.sides
        )
        and (not query.kinds or event.kind in query.kinds)
        and (not query.types or event.type in query.types)
        and (not query.modalities or event.modality in query.modalities)
        and (not (query.since or query.until) or bool(first or last))
        and (query.since is None or last is None or last >= query.since)
        and (query.until is None or first is None or first <= query.until)
        and event.salience >= query.min_salience
        and (not query.exactness or event.when.exactness in query.exactness)
        and (not query.sources or any(s.lower() in p for s in query.sources for p in publishers))
        and all(any(w.startswith(t) if begins else w == t for w in searched) for t, begins in terms(query.text))
    )


def _in_order(events: list[Event], query: EventQuery) -> list[Event]:
    most = {
        Sort.DATE: lambda _: 0,
        Sort.REPORTED: lambda e: -e.last_reported.toordinal(),
        Sort.SOURCES: lambda e: -e.sources,
        Sort.SALIENCE: lambda e: -e.salience,
    }[query.sort]
    return sorted(events, key=lambda e: (most(e), position(e.when, e.id)), reverse=query.reverse)


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries)
def test_a_question_finds_what_looking_at_all_events_finds(told: Told, query: EventQuery) -> None:
    store, events = told.store, told.events
    wanted = [event.id for event in _in_order([e for e in events if _matches(e, query)], query)]
    assert store.count(query) == len(wanted)
    assert [event.id for event in store.events(query)] == wanted[: query.limit]
    for by, digits in (("month", 7), ("year", 4)):
        days = [(e.when.earliest or e.when.latest) for e in events if _matches(e, query)]
        counted = Counter(day.isoformat()[:digits] if day else "" for day in days)
        assert store.count_by(query, by) == sorted(counted.items(), key=lambda each: (each[0] == "", each[0]))
    if wanted:
        middle = wanted[len(wanted) // 2]
        rest = wanted[len(wanted) // 2 + 1 :]
        assert [event.id for event in store.events(replace(query, after=middle))] == rest[: query.limit]


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40), source=st.text(max_size=20))
def test_no_text_is_an_error_or_an_operator(told: Told, words: str, source: str) -> None:
    store, events = told.store, told.events
    found = store.count(EventQuery(text=words))
    assert 0 <= found <= len(events)
    assert 0 <= store.count(EventQuery(sources=(source,))) <= len(events)


def test_events_are_sorted_by_first_day_then_by_the_shorter_span(tmp_path: Path) -> None:
    order = ["../2021-02-01", "2021-02-01", "2021-02-01/2021-02-03", "2021-02", "2021-02-01/2022-02-01",
             "2021-02-01/2025-01-01", "2021-02-02", ""]  # fmt: skip
    days = [position(When.of(edtf), "ffffffffffffffff") for edtf in order]
    assert days == sorted(days)
    assert all(0 < day < 1 << 63 for day in days)


@pytest.mark.parametrize("reverse", [False, True])
def test_wherever_a_walk_begins_it_finds_the_same(told: Told, reverse: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a store where all that a question begins with has thousands of events."""
    monkeypatch.setattr(walking, "_ENOUGH", 3)
    sides = (Side(("ESP", "FRA")), Side(actors=(PEOPLE[1].key,)))
    query = EventQuery(sides=sides, countries=("MEX", "USA"), kinds=KINDS[:2], text="drone*", reverse=reverse)
    wanted = [event.id for event in _in_order([e for e in told.events if _matches(e, query)], query)]
    assert len(wanted) > 3
    for many in (0, 10, 10_000):
        monkeypatch.setattr(walking, "_MANY", many)
        assert [event.id for event in told.store.events(query)] == wanted
    assert [event.id for event in told.store.events(replace(query, limit=2))] == wanted[:2]
