"""Names that mean several things: two states of one name, a country or a state, a half of a country, a river."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.who.lexicon import words
from timeline.model import Actor, ActorKind
from timeline.reference import countries, regions

if TYPE_CHECKING:
    from spacy.tokens import Token

Resolved = tuple[Actor | None, str]
# A state of one country that has the name of another country, and words that speak for the country.
_STATES = {"Georgia": ("USA", frozenset({"Georgian", "Georgians", "Tbilisi", "Abkhazia", "South Ossetia"}))}
_HALVES = {"North": "PRK", "South": "KOR"}
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos"})
_PLACED = frozenset({"in", "at", "near", "from", "to", "into", "through", "across", "of"})


def country(code: str) -> Actor:
    return Actor(countries.name_of(code), ActorKind.COUNTRY, code, code)


def states_of(pieces: list[tuple[Sentence, int, int]], texts: list[str]) -> frozenset[str]:
    """Which names of countries mean a state in an article, by the words beside them."""
    return frozenset(
        name
        for name, (home, against) in _STATES.items()
        if name in texts
        and not against & set(texts)
        and any(_as_state(s, first, home) for (s, first, _), text in zip(pieces, texts, strict=True) if text == name)
    )


def _as_state(sentence: Sentence, first: int, home: str) -> bool:
    """ "state of Georgia", "Atlanta, Georgia", "Texas and Georgia"."""
    doc = sentence.block.doc
    before = [doc[i] for i in range(max(sentence.slice.start, first - 2), first)]
    if len(before) == 2 and before[1].lower_ == "of" and before[0].lower_ in ("state", "governor", "gov", "senator"):
        return True
    if len(before) == 2 and before[1].text == "," and before[0].ent_type_ == "GPE":
        return countries.lookup(before[0].text) is None
    others = (regions.lookup(t.text) for t in doc[first].conjuncts)
    return any(region is not None and region.country == home for region in others)


def shared(name: str, spoken: frozenset[str], root: Token) -> Resolved | None:
    """ "Congo", "Korean": the one of several countries that the article names otherwise; None for other names."""
    codes = countries.sharing(name)
    if not codes:
        return None
    here = [code for code in codes if code in spoken]
    if len(here) == 1:
        if root.tag_ in ("NNS", "NNPS"):
            return Actor(root.text, ActorKind.GROUP, here[0]), f"people of {countries.name_of(here[0])}"
        return country(here[0]), f"the {name} of the article"
    if root.dep_ == "pobj" and root.head.lower_ in _PLACED:
        return None, "a place"
    return None, f"could be {' or '.join(countries.name_of(code) for code in codes)}"


def half(name: str, spoken: frozenset[str], root: Token) -> Resolved | None:
    """ "the North said": a half of Korea where the article speaks of it; None for other names."""
    code = _HALVES.get(name, "")
    if code not in spoken or root.dep_ not in _ARGUMENTS or not any(c.lower_ == "the" for c in root.children):
        return None
    if any(c.dep_ == "prep" for c in root.children) or (root.dep_ == "pobj" and root.head.lower_ in _PLACED):
        return None
    return country(code), f"the {name} of the two"


def is_water_or_land(name: str, root: Token) -> bool:
    """ "the Jordan River", "the Jordan river": a thing of nature that is called as something else."""
    if len(name.split()) > 1 and name.split()[-1].lower() in words("geography"):
        return True
    return root.dep_ in ("compound", "nmod", "nsubj", "pobj") and (
        root.i + 1 < len(root.doc) and root.nbor(1).lower_ in words("geography") and root.nbor(1) in (root.head, root)
    )
