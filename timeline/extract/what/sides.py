"""Where the prepositional phrases of a happening lead: to who did it, to whom it is done, to who is only beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from timeline.extract.what.lexicon import knows_noun, words
from timeline.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.detection import Finding

# Families that happen to people, whose country is no side of it.
SUFFERED = frozenset({"death", "illness", "injury", "birth"})
# Families of which who suffers or receives it takes part as one who does ("suffered a defeat", "received an award").
_UNDERGONE = frozenset({"contest", "accident", "disaster", "statement"})
# Kinds whose place of going is the host, that is the target.
GOES_TO = frozenset({"visit", "travel"})
# Types that are done to a place as to an actor ("killed three in Serbia", "sent troops in").
_REACHES_PLACES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "AID", "RETREAT"})
SPATIAL = frozenset({"in", "at", "near", "outside", "inside", "from"})
_ORIGIN = frozenset({"from"})

Arguments = Iterator[tuple["Token", Role]]


def sided(finding: Finding, sides: Iterable[tuple[str, Token]]) -> Arguments:
    """The nouns of prepositional phrases (preposition, head of its object) that take part, with their role."""
    for preposition, token in sides:
        if token == finding.head or token.ent_type_ in ("DATE", "TIME") or _of_many(preposition, token):
            continue
        lemma = token.lemma_.lower()
        if preposition in SPATIAL and token.pos_ == "NOUN" and (knows_noun(lemma) or lemma in words("borders")):
            continue  # "killed in a Mali ambush", "captured outposts near the Chinese border": no side's own ground
        if preposition in words("with_prepositions"):
            beside = token.head.nbor(-1) if token.head.i else None
            if beside is None or beside.lemma_ not in words("borders") or beside.dep_ != "pobj":
                yield token, Role.PARTICIPANT  # not "died near the border with Peru"
        elif preposition == "by" or (preposition in _given_by(finding) and is_undergone(finding)):
            yield token, Role.SOURCE
        elif _leads_to_target(finding, preposition):
            yield token, Role.TARGET


def _given_by(finding: Finding) -> frozenset[str]:
    """Prepositions after which stands who gives what somebody gets; a state grants asylum on its soil."""
    return SPATIAL if finding.kind.family == "asylum" else _ORIGIN


def is_undergone(finding: Finding) -> bool:
    """ "Russia faced sanctions", "received aid from Peru": the subject of the light verb is whom it is done to."""
    if finding.gets:
        return True
    if finding.carrier is None or not finding.nominal or finding.kind.symmetric:
        return False
    family, verb = finding.kind.family, finding.carrier.lemma_.lower()
    own = family in SUFFERED or family in _UNDERGONE or (family in GOES_TO and verb != "receive")
    return verb in words("undergoing") and not own


def _of_many(preposition: str, token: Token) -> bool:
    """ "in Mali and Sudan, among other nations": that those before are of a kind, not who else took part."""
    among = token.head
    if preposition != "among" or among.lower_ != preposition:
        return False
    apart = among.i == among.sent.start or among.nbor(-1).text == ","
    return apart and any(t.lower_ in ("other", "others") for t in (token, *token.children))


def _leads_to_target(finding: Finding, preposition: str) -> bool:
    """Where a happening goes to or whom it is against; a mere place is a target only of force, aid and retreat."""
    if preposition in ("to", "in", "at") and finding.kind.family in GOES_TO:
        return True
    if preposition in SPATIAL:
        return finding.kind.type in _REACHES_PLACES and not finding.kind.symmetric
    return preposition in words("target_prepositions")
