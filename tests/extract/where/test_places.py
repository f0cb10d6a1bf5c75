"""Places are found, told apart, and the place of a happening is where it happened."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.extract.text import layout_of, parse_many
from timeline.extract.text.parsed import Parsed
from timeline.extract.where import Places, locate
from timeline.extract.who import recognise
from timeline.model import Article, Place, PlaceExactness

# (text, words, name, country, exactness) of a named place
NAMED: list[tuple[str, str, str, str, PlaceExactness]] = [
    ("The court in Yangon, Myanmar, sat on Monday.", "Yangon", "Yangon", "MMR", PlaceExactness.CITY),
    ("A fire broke out in Paris, Texas.", "Paris", "Paris", "USA", PlaceExactness.CITY),
    ("A fire broke out in Paris.", "Paris", "Paris", "FRA", PlaceExactness.CITY),
    ("A fire broke out in Athens, Georgia.", "Athens", "Athens", "USA", PlaceExactness.CITY),
    ("A fire broke out in Birmingham, Alabama.", "Birmingham", "Birmingham", "USA", PlaceExactness.CITY),
    ("The governor of Texas signed the law in Texas.", "Texas", "Texas", "USA", PlaceExactness.REGION),
    ("They met in Vladivostok.", "Vladivostok", "Vladivostok", "RUS", PlaceExactness.CITY),
    ("They met in Russia.", "Russia", "Russia", "RUS", PlaceExactness.COUNTRY),
    ("A bomb exploded in Kabul on Friday.", "Kabul", "Kabul", "AFG", PlaceExactness.CITY),
    ("He landed in Naypyitaw.", "Naypyitaw", "Naypyitaw", "MMR", PlaceExactness.CITY),
]

# (text, trigger word, name of the place of the happening or "")
HAPPENED: list[tuple[str, str, str]] = [
    ("He traveled to Russia on Monday.", "traveled", "Russia"),
    ("The ministers met in Vladivostok in 2022.", "met", "Vladivostok"),
    ("His meeting with Xi was on the sidelines of a forum held in the Russian city of Vladivostok.", "meeting",
     "Vladivostok"),
    ("The Vladivostok meeting ended without a deal.", "meeting", "Vladivostok"),
    ("A bomb exploded near Kabul on Friday.", "exploded", "Kabul"),
    ("The Russian president resigned.", "resigned", ""),
    ("The French minister met reporters.", "met", ""),
    ("Police arrested three men in Lyon.", "arrested", "Lyon"),
]  # fmt: skip

PUBLISHED = date(2024, 9, 2)


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[Parsed, Places]]:
    texts = list(dict.fromkeys([case[0] for case in (*NAMED, *HAPPENED)]))
    parsed = parse_many([(a, layout_of(a.text)) for a in (Article(t, published=PUBLISHED) for t in texts)])
    return {p.article.text: (p, locate(p, recognise(p, PUBLISHED))) for p in parsed}


def _all(parsed: Parsed, places: Places) -> list[Place]:
    return [place for sentence in parsed.sentences for place, _ in places.of(sentence)]


@pytest.mark.parametrize(("text", "words", "name", "country", "exactness"), NAMED)
def test_a_named_place_is_the_one_that_is_meant(
    read: dict[str, tuple[Parsed, Places]], text: str, words: str, name: str, country: str, exactness: PlaceExactness
) -> None:
    place = next(p for p in _all(*read[text]) if p.words == words)
    assert (place.name, place.country, place.exactness) == (name, country, exactness)


@pytest.mark.parametrize(("text", "trigger", "expected"), HAPPENED)
def test_a_happening_is_where_its_words_say(
    read: dict[str, tuple[Parsed, Places]], text: str, trigger: str, expected: str
) -> None:
    parsed, places = read[text]
    sentence = parsed.sentences[0]
    token = next(t for t in sentence if t.text == trigger)
    place = places.for_event(sentence, token)
    assert (place.name if place else "") == expected


def test_a_nationality_is_no_place(read: dict[str, tuple[Parsed, Places]]) -> None:
    assert _all(*read["The Russian president resigned."]) == []


def test_every_place_says_why(read: dict[str, tuple[Parsed, Places]]) -> None:
    assert all(place.reason for each in read.values() for place in _all(*each))
