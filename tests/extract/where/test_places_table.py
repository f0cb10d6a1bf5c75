"""Which place a name means in its context: every case of places.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from timeline.extract.text import layout_of, parse_many
from timeline.extract.text.parsed import Parsed
from timeline.extract.where import Places, locate
from timeline.extract.who import recognise
from timeline.model import Article, Place

PUBLISHED = date(2024, 9, 2)


@dataclass(frozen=True)
class Case:
    text: str
    why: str
    words: str = ""
    event: str = ""
    name: str = ""
    country: str = ""
    exactness: str = ""
    region: str | None = None
    none: bool = False


CASES = [
    Case(**each) for each in tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))["place"]
]


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[Parsed, Places]]:
    texts = list(dict.fromkeys(case.text for case in CASES))
    parsed = parse_many([(a, layout_of(a.text)) for a in (Article(t, published=PUBLISHED) for t in texts)])
    return {p.article.text: (p, locate(p, recognise(p, PUBLISHED))) for p in parsed}


def _found(parsed: Parsed, places: Places, case: Case) -> Place | None:
    """The place of the last mention of the words, or of the happening."""
    if case.event:
        sentence, token = next((s, t) for s in parsed.sentences for t in s if t.text == case.event)
        return places.for_event(sentence, token)
    named = [place for sentence in parsed.sentences for place, _ in places.of(sentence) if place.words == case.words]
    return named[-1] if named else None


def test_the_table_has_its_eighty_cases() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=[f"{case.words or case.event}: {case.why}" for case in CASES])
def test_a_place_is_the_one_that_its_context_means(read: dict[str, tuple[Parsed, Places]], case: Case) -> None:
    place = _found(*read[case.text], case)
    if case.none:
        assert place is None
        return
    assert place is not None
    exactness = case.exactness or place.exactness.value
    assert (place.name, place.country, place.exactness.value) == (case.name, case.country, exactness)
    assert case.region in (None, place.region)
    assert place.reason
