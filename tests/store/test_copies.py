"""A story that several publishers have is one source with several publishers, whatever came first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.store.cases import cases
from tests.store.making import MYANMAR, PUTIN, RUSSIA, empty, everything, import_, undo_backwards
from timeline.model import Article, Extraction, Modality, Participation, Report, Role, Span, When
from timeline.model.merging import countries_of
from timeline.store import Outcome, open_store
from timeline.store.checking import check
from timeline.store.store import Store

# Sentences of one story, each with the day of March 2021 and the kind of what it tells; no word is in two of them.
_TOLD = (
    ("Putin visited harbours near quiet villages beyond dusty northern roads", 1, "visit"),
    ("Marchers carried lanterns through narrow crowded streets until midnight bells", 2, "march"),
    ("Ministers met inside marble rooms discussing grain prices and rail tariffs", 3, "meeting"),
    ("Gunmen attacked convoys crossing shallow rivers under heavy morning fog", 4, "attack"),
    ("Negotiators signed papers promising prisoners warmer blankets before winter", 5, "agreement"),
    ("Farmers blocked highways using tractors painted yellow against cheap imports", 6, "protest"),
    ("Engineers inspected bridges whose rusty cables worried anxious commuters daily", 7, "inspection"),
    ("Doctors opened clinics offering vaccines where epidemics threatened remote islands", 8, "opening"),
)
_TAIL = ("Pilots rescued sailors drifting aboard burning tankers east of lighthouses", 9, "rescue")
_EXTRA = ("Judges freed editors whose newspapers printed leaked secret telegrams", 10, "release")


def story(
    publisher: str = "",
    day: int = 1,
    *,
    tail: bool = True,
    extra: bool = False,
    left_out: int | None = None,
    head: str = "",
    url: str = "",
    origin: str = "",
    extractor: str = "test 1",
    number: int = 0,
) -> Extraction:
    """One story as a publisher has it; `number` makes it another by the same form."""
    told = [each for place, each in enumerate(_TOLD) if place != left_out]
    told += [_TAIL] * tail + [_EXTRA] * extra
    body, reports = f"{head} " if head else "", []
    if number:
        body += f"Of the form number {number} this is.\n"
    for happening, (sentence, march, kind) in enumerate(told):
        span = Span(len(body), len(body) + len(sentence) + 1)
        verb = Span(span.start + sentence.index(" ") + 1, span.start + sentence.index(" ", sentence.index(" ") + 1))
        body += f"{sentence}. "
        actors = (
            Participation(PUTIN if march % 2 else RUSSIA, Role.SOURCE, sentence.split()[0], reason="named"),
            Participation(MYANMAR, Role.TARGET, "", reason="named"),
        )
        reports.append(
            Report(
                happening=happening, span=span, trigger=verb, sentence=f"{sentence}.", words=verb.of(body),
                title=sentence, when=When.of(f"2021-03-{march:02}"), type="CONSULT", kind=kind,
                modality=Modality.ACTUAL, salience=0.9, actors=actors, countries=countries_of(actors, None),
            )
        )  # fmt: skip
    article = Article(
        body,
        publisher=publisher,
        published=date(2021, 4, day),
        published_from="given",
        url=url,
        origin=origin or f"file:///{publisher}-{day}-{tail}-{extra}-{left_out}-{head}-{number}",
    )
    return Extraction(article, tuple(reports), (), (), (), extractor)


AGENCY, PAPER, SITE = story("Agency", 1), story("Paper", 2, tail=False), story("Site", 3, head="Harbours visited")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with open_store(database_url) as opened:
        yield opened


def _whole(store: Store) -> None:
    assert list(check(store._database, deep=True)) == []


def _publishers(store: Store, kind: str) -> list[str]:
    (found,) = _publishers_of_all(store, kind)
    return found


def _publishers_of_all(store: Store, kind: str) -> list[list[str]]:
    """The same of all reports that tell of it."""
    event = next(event for event in store.events() if event.kind == kind)
    found = [[e.publisher, *(place.publisher for place in e.elsewhere)] for e in store.evidence(event.id)]
    assert event.sources == len(found)
    return sorted(found)


def test_a_story_of_three_publishers_is_one_source_with_three_publishers(store: Store) -> None:
    outcomes = store.save_all([AGENCY, PAPER, SITE])
    assert outcomes == [Outcome.ADDED] * 3
    events = list(store.events())
    assert [(event.reports, event.sources) for event in events] == [(1, 1)] * 9
    assert _publishers(store, "visit") == ["Agency", "Paper", "Site"]
    assert store.status().reports == 9
    _whole(store)


def test_the_same_text_of_two_publishers_is_one_source_with_two_publishers(store: Store) -> None:
    store.save(story("Agency", 1, url="https://agency.example/1", origin="file:///1"))
    store.save(story("Paper", 2, url="https://paper.example/7", origin="file:///7"))
    assert _publishers(store, "visit") == ["Agency", "Paper"]
    assert {event.sources for event in store.events()} == {1}


def test_a_known_copy_is_unchanged(store: Store) -> None:
    store.save_all([AGENCY, PAPER])
    assert store.known(PAPER.article, "test 1")
    assert store.save_all([PAPER, AGENCY]) == [Outcome.UNCHANGED] * 2


def test_what_only_a_copy_tells_is_told_as_of_the_same_source(store: Store) -> None:
    store.save(story("Agency", 1, tail=False))
    store.save(story("Paper", 2, extra=True))
    found = {event.kind: event for event in store.events()}
    assert (found["rescue"].sources, found["release"].sources, found["visit"].reports) == (1, 1, 1)
    assert len(found) == 10
    _whole(store)


@pytest.mark.parametrize(
    "other",
    [
        story("Agency", 2, tail=False),  # its own update
        story("Paper", 5, tail=False),  # another week's
        story("Paper", 2, tail=False, number=7),  # another one by the same form
    ],
)
def test_an_update_a_later_story_and_one_by_the_same_form_are_no_copies(store: Store, other: Extraction) -> None:
    store.save(story("Agency", 1, number=3 if "number 7" in other.article.text else 0))
    store.save(other)
    with store.connection() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM article_copies")) == 0
    assert store.status().reports == 17


def test_a_page_of_the_same_house_is_no_copy_though_its_publisher_is_not_named(store: Store) -> None:
    store.save(story("", 1, url="https://www.agency.example/1"))
    store.save(story("", 2, tail=False, url="https://agency.example/2"))
    assert store.status().reports == 17


def test_a_copy_without_its_source_tells_again_what_it_told(store: Store) -> None:
    alone = import_(store, [PAPER])
    before = everything(store)
    run = import_(store, [AGENCY])
    assert store.status().reports == 9
    store.undo_runs(run)
    assert everything(store) == before
    again = import_(store, [AGENCY])
    store.undo_runs(alone)
    assert _publishers(store, "visit") == ["Agency"]
    store.undo_runs(again)
    assert store.count() == 0


def test_a_source_that_is_corrected_into_another_story_lets_its_copies_go(store: Store) -> None:
    told = [
        story("Agency", 1, number=3),
        story("Paper", 2, tail=False, number=3),
        story("Site", 3, number=3, extra=True),
    ]
    store.save_all(told)
    store.save(story("Agency", 1, number=5, origin=told[0].article.origin))
    assert _publishers_of_all(store, "visit") == [["Agency"], ["Paper", "Site"]]
    _whole(store)
    store.save(told[0])
    assert _publishers_of_all(store, "visit") == [["Agency", "Paper", "Site"]]
    _whole(store)


def test_ids_that_a_copy_gave_lead_to_the_events_of_its_source(store: Store) -> None:
    store.save(PAPER)
    shown = {event.id: event.kind for event in store.events()}
    store.save(AGENCY)
    for event_id, kind in shown.items():
        assert store.event(event_id).kind == kind
    now = {event.id: event.kind for event in store.events()}
    assert shown.keys().isdisjoint(now)


def test_reading_a_copy_again_changes_nothing_where_nothing_is_read_otherwise(store: Store) -> None:
    store.save_all([AGENCY, PAPER])
    before = everything(store)
    keys = {article: store.reports(article, "test") for article in store.article_ids()}
    assert sorted(map(len, keys.values())) == [8, 9]
    store.save_all([PAPER, AGENCY], again=True)
    assert everything(store) == before


def test_every_order_gives_the_same_store(store: Store) -> None:
    """Also of a chain, in which the outer ones are not like each other."""
    told = [AGENCY, PAPER, SITE, story("Post", 4, left_out=2, extra=True), story("Echo", 1, left_out=5)]
    hashes = set()
    for order in list(permutations(told))[::17]:
        empty(store)
        for each in order:
            store.save(each)
        hashes.add(store.content_hash())
    assert len(hashes) == 1
    _whole(store)


def _stories() -> st.SearchStrategy[Extraction]:
    return st.builds(
        story,
        st.sampled_from(["Agency", "Paper", "Site", ""]),
        st.integers(1, 6),
        tail=st.booleans(),
        extra=st.booleans(),
        left_out=st.sampled_from([None, None, 0, 3]),
        head=st.sampled_from(["", "Harbours visited"]),
        number=st.sampled_from([0, 0, 0, 1, 2]),
        extractor=st.sampled_from(["test 1", "test 1", "other 1"]),
    )


@cases(0.1)
@given(told=st.lists(_stories(), min_size=2, max_size=6, unique_by=lambda e: e.article.text), data=st.data())
def test_any_order_and_batching_of_any_copies_gives_the_same_store(
    store: Store, told: Sequence[Extraction], data: st.DataObject
) -> None:
    empty(store)
    store.save_all(told)
    wanted = store.content_hash()
    order = data.draw(st.permutations(told))
    cut = data.draw(st.integers(0, len(order)))
    empty(store)
    store.save_all(order[:cut])
    for each in order[cut:]:
        store.save(each)
    assert store.content_hash() == wanted
    _whole(store)


@cases(0.1)
@given(runs=st.lists(st.lists(_stories(), min_size=1, max_size=3), min_size=1, max_size=4), data=st.data())
def test_undoing_imports_of_copies_gives_the_store_before_each(
    store: Store, runs: list[list[Extraction]], data: st.DataObject
) -> None:
    empty(store)
    undo_backwards(store, [(extractions, ()) for extractions in runs], lambda: data.draw(st.booleans()))
    _whole(store)


def test_the_shorter_of_two_addresses_of_a_page_is_kept_and_the_page_is_known(store: Store) -> None:
    page = "https://agency.example/1"
    store.save(story("Agency", 1, url=f"{page}?utm_source=feed", origin="file:///1"))
    assert store.known(story("Agency", 1, url=f"{page}/?utm_medium=mail", origin="file:///1").article, "test 1")
    assert store.save(story("Agency", 1, url=page, origin="file:///2", tail=False)) is Outcome.UPDATED
    assert {url for event in store.events() for url in event.urls} == {page}
    assert store.status().articles == 1
