"""Questions by place, distance, side and reason, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from timeline.model import (
    Actor,
    ActorKind,
    Article,
    CountryLink,
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
from timeline.model.globe import Circle
from timeline.model.merging import countries_of
from timeline.store import EventQuery, open_store, schema, upgrade_store, walking
from timeline.store.engine import Database, parse_url
from timeline.store.store import Store
from timeline.store.values import Located, Side

RUSSIA = Actor("Russia", ActorKind.COUNTRY, "RUS", "RUS")
PUTIN = Actor("Vladimir Putin", ActorKind.PERSON, "RUS", "Q7747")
MYANMAR = Actor("Myanmar", ActorKind.COUNTRY, "MMR", "MMR")
SOVIETS = Actor("Soviet Union", ActorKind.COUNTRY, "SUN", "SUN")
ASEAN = Actor("ASEAN", ActorKind.ORGANISATION, "", "tl:asean")

VLADIVOSTOK = Place("Vladivostok", "RUS", 43.105, 131.873, id="geonames:2013348")
YANGON = Place("Rangoon", "MMR", 16.805, 96.156, id="geonames:1298824")
SIBERIA = Place("Siberia", "RUS", 60.0, 105.0, PlaceExactness.AREA, "tl:siberia")
SPRINGFIELD = Place("Springfield", "USA", 39.802, -89.644, id="geonames:4250542", region="Illinois")
TAVEUNI = Place("Taveuni", "FJI", -16.8, 179.98, id="tl:taveuni")
UDU = Place("Udu", "FJI", -16.3, -179.95, id="tl:udu")
POLE = Place("South Pole Station", "", -89.99, 40.0, PlaceExactness.SITE, "tl:pole")
HAMLET = Place("Smallwood Creek", "USA", region="Montana")

TOLD: list[tuple[str, list[Actor], Place | None]] = [
    ("visit", [PUTIN, MYANMAR], VLADIVOSTOK),
    ("march", [], YANGON),
    ("drill", [RUSSIA], SIBERIA),
    ("vote", [], SPRINGFIELD),
    ("storm", [], TAVEUNI),
    ("wave", [], UDU),
    ("station", [], POLE),
    ("shooting", [], HAMLET),
    ("summit", [ASEAN, MYANMAR], None),
    ("pact", [SOVIETS], None),
    ("raid", [MYANMAR], VLADIVOSTOK),
]


def _links(actors: list[Actor], place: Place | None) -> tuple[CountryLink, ...]:
    return countries_of([Participation(actor, Role.PARTICIPANT) for actor in actors], place)


def _extraction() -> Extraction:
    """One article that tells of every happening of TOLD, each on a day of its own."""
    words = " ".join(f"{kind}." for kind, _, _ in TOLD)
    reports = []
    for number, (kind, actors, place) in enumerate(TOLD):
        start = words.index(kind)
        span = Span(start, start + len(kind))
        reports.append(
            Report(
                happening=number,
                span=span,
                trigger=span,
                sentence=kind,
                words=kind,
                title=kind,
                when=When.of(f"2021-03-{number + 1:02}"),
                type="CONSULT",
                kind=kind,
                modality=Modality.ACTUAL,
                salience=0.9,
                actors=tuple(Participation(actor, Role.PARTICIPANT, words=actor.name) for actor in actors),
                place=place,
                countries=_links(actors, place),
            )
        )
    article = Article(words, published=date(2021, 4, 1), published_from="given", origin="file:///told")
    return Extraction(article, tuple(reports), (), (), (), "test 1")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with open_store(database_url) as opened:
        opened.save(_extraction())
        yield opened


def _kinds(store: Store, query: EventQuery) -> set[str]:
    found = [event.kind for event in store.events(query)]
    assert len(found) == store.count(query) == len(set(found))
    return set(found)


def test_an_event_is_found_once_by_a_country_that_acts_and_in_which_it_happens(store: Store) -> None:
    event = next(store.events(EventQuery(kinds=("visit",))))
    assert [(c.country, c.by, c.reason) for c in event.countries] == [
        ("MMR", "actor", "actor Myanmar"),
        ("RUS", "actor", "actor Vladimir Putin"),
        ("RUS", "place", "place Vladivostok"),
    ]
    assert event.country_codes == ("MMR", "RUS")
    assert _kinds(store, EventQuery(countries=("RUS",))) == {"visit", "drill", "raid"}
    assert {row.country: row.events for row in store.countries()}["RUS"] == 3


def test_a_country_is_narrowed_to_who_acts_or_to_where(store: Store) -> None:
    assert _kinds(store, EventQuery(countries=("RUS",), by="actor")) == {"visit", "drill"}
    assert _kinds(store, EventQuery(countries=("RUS",), by="place")) == {"visit", "drill", "raid"}


def test_a_dyad_is_of_events_in_which_both_take_part(store: Store) -> None:
    assert _kinds(store, EventQuery(sides=(Side(("MMR",)), Side(("RUS",))))) == {"visit"}
    assert _kinds(store, EventQuery(sides=(Side(("MMR",)), Side(actors=("tl:asean",))))) == {"summit"}
    assert _kinds(store, EventQuery(sides=(Side(), Side(("MMR",))))) == set()


def test_a_dissolved_state_is_no_other_country(store: Store) -> None:
    assert _kinds(store, EventQuery(countries=("SUN",))) == {"pact"}
    assert "pact" in _kinds(store, EventQuery(countries=("RUS", "SUN")))


def test_a_place_is_found_by_its_reference_region_country_or_name(store: Store) -> None:
    def at(*places: Located) -> set[str]:
        return _kinds(store, EventQuery(places=places))

    assert at(Located(references=("geonames:1298824",))) == {"march"}
    assert at(Located(region="Illinois", within="USA")) == {"vote"}
    assert at(Located(countries=("RUS",))) == {"visit", "drill", "raid"}
    assert at(Located(names=("smallwood creek",))) == {"shooting"}
    assert at(Located(names=("smallwood creek",), within="CAN")) == set()
    assert at(Located(names=("smallwood creek",)), Located(references=("tl:udu",))) == {"shooting", "wave"}
    assert store.place_names("smallwood CREEK") == ["Smallwood Creek"]


@pytest.mark.parametrize(
    ("circle", "kinds"),
    [
        (Circle(43.1, 131.9, 100), {"visit", "raid"}),
        (Circle(43.1, 131.9, 0.5), set()),
        (Circle(60.0, 105.0, 300), set()),  # the middle of Siberia is where nothing is known to have happened
        (Circle(-16.5, 180.0, 100), {"storm", "wave"}),
        (Circle(-16.5, -180.0, 100), {"storm", "wave"}),
        (Circle(-16.8, 179.98, 10), {"storm"}),
        (Circle(-90.0, 0.0, 5), {"station"}),
        (Circle(-89.95, -140.0, 30), {"station"}),  # over the pole, half a world of longitude away
        (Circle(0.0, 0.0, 20_038), {"visit", "raid", "march", "vote", "storm", "wave", "station"}),
    ],
)
def test_near_is_the_great_circle_across_the_date_line_and_the_poles(
    store: Store, circle: Circle, kinds: set[str]
) -> None:
    assert _kinds(store, EventQuery(near=circle)) == kinds


def test_conditions_of_place_and_side_narrow_together(store: Store) -> None:
    near = Circle(43.1, 131.9, 100)
    assert _kinds(store, EventQuery(near=near, sides=(Side(("RUS",)),))) == {"visit"}
    assert _kinds(store, EventQuery(near=near, until=date(2021, 3, 5))) == {"visit"}


@pytest.mark.parametrize("hostile", ["'; DROP TABLE events; --", "%", "\\", "a' OR '1'='1"])
def test_no_place_or_side_is_run_as_sql(store: Store, hostile: str) -> None:
    one = (hostile,)
    for located in (Located(one), Located(references=one), Located(names=one), Located(region=hostile, within=hostile)):
        assert not list(store.events(EventQuery(places=(located,))))
    assert not list(store.events(EventQuery(sides=(Side(one, one),), by=hostile)))
    assert store.status().events == len(TOLD)


def test_an_older_store_learns_which_countries_are_places_and_back(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save(_extraction())
        before = {event.id: event.countries for event in store.events()}
        evidence = {event.id: store.evidence(event.id) for event in store.events()}
    older = str(schema.scripts().get_revision("0003").down_revision)
    database = Database(parse_url(database_url))
    schema.migrate(database, older)
    with database.reading() as connection:
        left = connection.execute(text("SELECT event_id, country FROM event_countries")).all()
        assert len(left) == len(set(left)) == sum(len({c.country for c in links}) for links in before.values())
    database.close()
    upgrade_store(database_url)
    with open_store(database_url) as store:
        assert {event.id: event.countries for event in store.events()} == before
        for event in store.events():
            assert [_countries(e.report) for e in store.evidence(event.id)] == [
                _countries(e.report) for e in evidence[event.id]
            ]


def _countries(report: Report) -> tuple[CountryLink, ...]:
    return replace(report, place=None).countries


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (EventQuery(countries=("MMR",)), "PRIMARY KEY (country=?)"),
        (EventQuery(countries=("MMR",), min_salience=0.4, reverse=True), "PRIMARY KEY (country=?)"),
        (EventQuery(countries=("MMR",), kinds=("coup",)), "ix_event_countries_country_kind_event_id_weight_reach"),
        (EventQuery(kinds=("coup",)), "ix_events_kind_id (kind=?)"),
        (EventQuery(text="drone"), "event_words VIRTUAL TABLE INDEX"),
    ],
)
def test_a_page_is_one_walk_along_one_index(
    tmp_path_factory: pytest.TempPathFactory, query: EventQuery, index: str
) -> None:
    """No sorting, whatever the size of the store."""
    path = tmp_path_factory.mktemp("plan") / "t.db"
    with open_store(str(path)) as store, store.connection() as connection:
        raw: Any = connection.connection.driver_connection
        asked: list[str] = []  # FTS5 asks its own tables, too
        raw.set_trace_callback(asked.append)
        walking.Walk(connection, query).page(50)
        raw.set_trace_callback(None)
        page = next(each for each in asked if "AS number" in each)
        plan = " ".join(str(row[-1]) for row in raw.execute(f"EXPLAIN QUERY PLAN {page}"))
        assert index in plan
        assert "TEMP B-TREE" not in plan
