"""One more report of what many tell joins its event as grouping everything again would have it, and touches few."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.cases import CASES, cases
from tests.store.making import empty
from tests.store.test_linking import KHERSON, KHERSON_OBLAST, ODESA, Shelf, at_once, coups, crowd, item, strike
from tests.store.test_order import ANA, BO, FRONT, PLACES, SPAIN, SWEDEN, WORDS, extraction
from timeline.model import Modality
from timeline.store import events
from timeline.store.linking import Linkable, crowds, followed
from timeline.store.linking.following import Followed
from timeline.store.store import Store


@contextmanager
def a_crowd_from(few: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(crowds, "FEW", few)
        yield


def hub(seed: int) -> list[Linkable]:
    """Attacks told by many, in a few ways that agree, or quarrel about the day, the place or who it was."""
    random = Random(seed)  # noqa: S311  (no secret is made of it)
    ways = [
        {
            "kind": random.choice(["air strike", "air strike", "attack", "killing"]),
            "when": random.choice(["2021-02-01"] * 4 + ["2021-02-02", "2021-02"]),
            "people": random.choice([set(), {"p"}, {"p", "q"}, {"p", "r"}]),
            "countries": random.choice([{"UKR"}, {"UKR", "RUS"}, {"UKR", "USA"}]),
            "place": random.choice([None, None, KHERSON, ODESA, KHERSON_OBLAST]),
            "doers": random.choice([set(), {"RUS"}, {"UKR"}]),
        }
        for _ in range(random.randint(1, 5))
    ]
    return [_one_of_hub(random, random.choice(ways)) for _ in range(random.randint(5, 22))]


def _one_of_hub(random: Random, way: dict[str, Any]) -> Linkable:
    words = {word for word in ("drone", "market", "killed", "hospit", "tanks", "school") if random.random() < 0.5}
    told = {random.choice(["struck", "hit"])}
    return item(f"s{random.randrange(30)}", key=f"{random.getrandbits(40):010x}", words=words, told=told, **way)


def _follows(shelf: Shelf, row: int, one: Linkable) -> tuple[Followed | None, dict[int, frozenset[int]]]:
    """What one more (by a row of its own) joins, with the events by number; None also where the store does not ask."""
    numbers = dict(enumerate(sorted(set(shelf.event.values()), key=sorted)))
    number_of = {other: number for number, members in numbers.items() for other in members}
    before = shelf.ranks()
    grown = Shelf()
    grown.items = {**shelf.items, row: one}
    ranks = {block: known for block, known in grown.ranks().items() if row in known}
    speak = {block: crowds.speaking(known) for block, known in ranks.items()}
    if any(crowds.silenced(before.get(block, {}), {row: known[row]}) for block, known in ranks.items()):
        return None, numbers
    if any(row in speak[block] and len(known) > crowds.FEW for block, known in ranks.items()):
        return None, numbers
    met = {other: shelf.items[other] for other in grown.near([row])[row]}

    def meet(a: int, b: int) -> bool:
        return any(a in known and b in known and {a, b} & speak[block] for block, known in ranks.items())

    found = followed(one, met, {other: number_of[other] for other in met}, meet)
    told = found is not None and any(shelf.items[other].source == one.source for other in numbers[found.event])
    return None if told else found, numbers


SEEDS = st.integers(0, 2**32)


@settings(max_examples=max(300, CASES), deadline=None)
@given(st.one_of(SEEDS.map(hub), SEEDS.map(hub), SEEDS.map(crowd), SEEDS.map(coups)), st.data())
def test_what_follows_is_grouped_as_everything_grouped_again(items: list[Linkable], data: Any) -> None:
    *others, one = data.draw(st.permutations(items))
    with a_crowd_from(data.draw(st.sampled_from([1, 2, 3]))):
        shelf = at_once(others)
        found, numbers = _follows(shelf, len(others), one)
        if found is not None:
            shelf.event.update(
                dict.fromkeys((*numbers[found.event], len(others)), numbers[found.event] | {len(others)})
            )
            shelf.items = {**shelf.items, len(others): one}
            assert shelf.events == at_once([*others, one]).events


def _strikes(count: int) -> list[Linkable]:
    return [strike(f"source {n}", key=f"{n:04d}", place=KHERSON if n % 2 else None) for n in range(count)]


def test_only_what_agrees_with_all_in_one_event_follows() -> None:
    shelf = at_once(_strikes(crowds.FEW + 4))
    assert len(shelf.events) == 1

    def follows(**given: Any) -> bool:
        return _follows(shelf, 99, strike(**({"source": "new", "key": "9999"} | given)))[0] is not None

    assert follows()
    assert follows(place=None)
    assert not follows(source="source 1")  # which tells the two apart
    assert not follows(place=ODESA)
    assert not follows(place=KHERSON_OBLAST)  # nobody inside says so: it could be what keeps others apart
    assert not follows(when="2021-02")
    assert not follows(key="0000")  # it speaks
    assert not follows(words=set(), told=set(), names=set(), doers=set())


def test_what_may_be_two_events_follows_none() -> None:
    others = [strike(f"source {n}", key=f"{n:04d}", place=KHERSON if n % 2 else ODESA) for n in range(crowds.FEW + 4)]
    shelf = at_once(others)
    assert len(shelf.events) == 2
    assert _follows(shelf, 99, strike("new", key="9999", place=KHERSON))[0] is not None
    assert _follows(shelf, 99, strike("new", key="9999", place=None))[0] is None


WAYS = st.builds(
    lambda edtf, actors, place, words: ("attack", edtf, actors, place, " ".join(words), Modality.ACTUAL, 0.6),
    st.sampled_from(["2021-02-01"] * 5 + ["2021-02-02", "2021-02"]),
    st.sampled_from([(SPAIN, SWEDEN, FRONT)] * 4 + [(SPAIN, SWEDEN), (SPAIN, SWEDEN, FRONT, ANA), (SPAIN, FRONT, BO)]),
    st.sampled_from([PLACES[1]] * 3 + [None, PLACES[2]]),
    st.lists(st.sampled_from(WORDS), min_size=3, max_size=5, unique=True),
)


@cases(0.3)
@given(ways=st.lists(WAYS, min_size=5, max_size=14), data=st.data())
def test_a_crowd_that_grows_one_by_one_is_the_crowd_that_came_at_once(
    two: tuple[Store, Store], ways: list[tuple[Any, ...]], data: Any
) -> None:
    clean, store = two
    stories = [extraction(number, [told]) for number, told in enumerate(ways)]
    order = data.draw(st.permutations(stories))
    cut = data.draw(st.integers(0, 6))
    with a_crowd_from(data.draw(st.sampled_from([1, 2, 3]))):
        empty(clean)
        clean.save_all(stories)
        empty(store)
        store.save_all(order[:cut])
        for story in order[cut:]:
            store.save(story)
        assert store.content_hash() == clean.content_hash()


def test_most_that_come_to_a_crowd_follow(reused: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    followed_: list[int] = []
    ask = events.followers
    monkeypatch.setattr(events, "followers", lambda *given: (found := ask(*given), followed_.append(len(found)))[0])
    told = ("attack", "2021-02-01", (SPAIN, SWEDEN, FRONT), PLACES[1], " ".join(WORDS), Modality.ACTUAL, 0.6)
    empty(reused)
    reused.save_all([extraction(number, [told]) for number in range(5 * crowds.FEW)])
    for number in range(5 * crowds.FEW, 5 * crowds.FEW + 10):
        reused.save(extraction(number, [told]))
    (event,) = reused.events()
    assert event.sources == 5 * crowds.FEW + 10
    assert sum(followed_) >= 5
