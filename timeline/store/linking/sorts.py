"""What kinds of events are to linking: which could be one happening, which happen once, often, or say little."""

from __future__ import annotations

from functools import cache

from timeline.model import Modality
from timeline.reference import kinds, types
from timeline.store.linking.linkable import Linkable

# A country has such a thing once in years, or in months.
ONCE = frozenset({"coup", "independence", "annexation", "declaration of war", "election"})
SELDOM = frozenset({
    "execution", "summit", "treaty signed", "exercise", "weapons test", "martial law", "assassination", "referendum",
})  # fmt: skip
# And a person such a thing, if it is done to the person.
_FATES = frozenset({"killing", "assassination", "execution", "death", "birth"})
# And a body, or a thing with a name.
_BEGINNINGS = frozenset({"founding", "launch"})
# Kinds too general for two mentions to mean one happening, unless nearly everything else is the same.
VAGUE = frozenset({
    "statement", "publication", "development", "business", "discovery", "travel", "contest", "illness", "concession",
})  # fmt: skip

# Families. On one day of a war, or of a minister, there are many of these.
OFTEN = frozenset({
    "attack", "death", "meeting", "protest", "arrest", "crackdown", "mobilisation", "prosecution", "investigation",
    "launch", "founding",
})  # fmt: skip
# Who says a thing, and what exactly, is what tells it from the other things said that day.
SPOKEN = frozenset({"accusation", "request", "rejection", "threat", "support", "pledge", "concession", "statement"})
# With whom is what tells one from another.
SIDED = frozenset({"meeting", "visit"})
# Families that may be two sides of one happening: who is attacked may die of it.
_AKIN = {"attack": "violence", "death": "violence", "execution": "violence", "disaster": "accident"}


def sort_of(item: Linkable) -> str:
    """The families that could be one happening: nothing links across them."""
    return _AKIN.get(item.family, item.family)


def says_little(item: Linkable) -> bool:
    return item.kind in VAGUE or item.modality is Modality.HYPOTHETICAL


def lasts(item: Linkable) -> bool:
    """Whether another such thing is not to be expected on the next day: more than words."""
    return item.family not in SPOKEN and not says_little(item)


def fates(item: Linkable) -> frozenset[str]:
    """The people to whom it happens that one is born, or dies, the bodies and things that begin: once."""
    if item.kind in _BEGINNINGS:
        return item.things | (item.bodies & item.targets)
    if item.kind == "death":
        return item.people & (item.doers | item.targets)
    return frozenset() if item.kinds.isdisjoint(_FATES) else item.people & item.targets


def once(a: Linkable, b: Linkable) -> bool:
    """Whether both tell of what happens once: to a country, or to one and the same person, body or thing."""
    if a.kind == b.kind and a.kind in ONCE:
        return True
    return (a.family == "birth") == (b.family == "birth") and not fates(a).isdisjoint(fates(b))


@cache
def type_of(kind: str) -> str:
    """Its PLOVER type; a kind that the reference data does not know is its own."""
    known = kinds.all_kinds().get(kind)
    return known.type if known else kind


@cache
def side_of(kind: str) -> int:
    """1 for cooperation, -1 for conflict, 0 for what is neither: an acquittal is no conviction."""
    known = types.all_types().get(type_of(kind))
    return ("cooperation" in known.quad) - ("conflict" in known.quad) if known else 0
