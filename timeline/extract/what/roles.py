"""Who took part in a happening, and in which role: from grammatical arguments to actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.extract.what import clauses
from timeline.extract.what.arguments import DEEDS, DONE_TO_OWNER, OWNING, arguments
from timeline.extract.what.lexicon import knows_noun, words
from timeline.extract.what.sides import SUFFERED
from timeline.extract.who.cast import is_maker
from timeline.extract.who.lexicon import words as nouns
from timeline.extract.who.offices import after_of
from timeline.model import Actor, ActorKind, Participation, Place, Role, Unresolved
from timeline.reference import countries

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.detection import Finding
    from timeline.extract.who import Cast, Mention

_OWNING_PARTS = frozenset({*OWNING, "case", "det"})
# Groups that act for the person who commands them: "his forces", not "his lawyers".
_COMMANDED = frozenset({"force", "troop", "fighter", "soldier", "army", "militia", "government", "regime", "rebel"})
_LEADING = (ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.GROUP)
_EXCHANGED = {Role.SOURCE: Role.TARGET, Role.TARGET: Role.SOURCE}


def participations(finding: Finding, cast: Cast) -> tuple[Participation, ...]:
    """The actors of a finding, each once, sources first, with the words, their span and the reason.

    A symmetric kind (a meeting, an agreement) makes everyone a participant.
    """
    chosen: dict[str, Participation] = {}
    inverted = finding.inverted and _receives(finding, cast)
    for token, role in arguments(finding):
        mentions = (*cast.actors(finding.sentence, token), *_commanders(finding, cast, token))
        for mention in mentions or _whose(finding, cast, token, role):
            if mention.actor is None or _is_event_itself(mention, finding):
                continue
            if token.dep_ in OWNING and is_maker(mention, token.head.lemma_.lower()):
                continue  # "praised the TurkStream pipeline"
            owns = mention.actor.kind is ActorKind.COUNTRY and token.head == finding.head and token.dep_ in OWNING
            if owns and finding.nominal and finding.kind.family in SUFFERED:
                continue  # "the state's first death": neither did it nor suffered it
            actual = _actual(role, finding, inverted)
            if owns and finding.nominal and finding.kind.family in DONE_TO_OWNER:
                actual = Role.SOURCE  # "the country's first executions": its state does it
            chosen.setdefault(mention.actor.key, _participation(mention, mention.actor, actual))
    chosen = _without_owners(_without_home(chosen, finding), finding)
    order = list(Role)
    return tuple(sorted(chosen.values(), key=lambda p: order.index(p.role)))


def undecided(finding: Finding, cast: Cast) -> tuple[Unresolved, ...]:
    """The words that take part in a finding and could be several actors, each once."""
    inverted = finding.inverted and _receives(finding, cast)
    found = {
        mention.span: Unresolved(mention.words, _actual(role, finding, inverted), mention.span, mention.reason)
        for token, role in arguments(finding)
        for mention in cast.actors(finding.sentence, token)
        if mention.undecided
    }
    return tuple(found.values())


def _actual(role: Role, finding: Finding, inverted: bool) -> Role:
    return Role.PARTICIPANT if finding.kind.symmetric else _EXCHANGED.get(role, role) if inverted else role


def _receives(finding: Finding, cast: Cast) -> bool:
    """Whether what is received, hosted or quoted is itself an actor ("hosted Xi", not "hosted a dinner")."""
    received = finding.clause.objects if finding.clause is not None else ()
    found = (cast.at(finding.sentence, token) for token in received)
    return any(m is not None and m.actor is not None and m.head == t.i for m, t in zip(found, received, strict=True))


def _commanders(finding: Finding, cast: Cast, token: Token) -> list[Mention]:
    """The person whose army or government acts or suffers, or who leads a body: "his army", "rebels led by X"."""
    mention = cast.at(finding.sentence, token)
    if mention is None or mention.actor is None or mention.actor.kind not in (ActorKind.ORGANISATION, ActorKind.GROUP):
        return []
    led = (cast.at(finding.sentence, leader) for leader in (_leaders(token) if token.pos_ == "NOUN" else ()))
    if leaders := [m for m in led if m is not None and m.actor is not None and m.actor.kind in _LEADING]:
        return leaders
    if mention.actor.kind is ActorKind.GROUP and token.lemma_.lower() not in _COMMANDED:
        return []
    if token.lemma_.lower() in nouns("back", "company"):
        return []  # "his company" acts for itself
    owners = [c for c in token.children if c.dep_ == "poss"]
    owners += [head for preposition, head in clauses.sides(token) if preposition == "of"]
    found = (cast.at(finding.sentence, owner) for owner in owners)
    return [m for m in found if m is not None and m.actor is not None and m.actor.kind is ActorKind.PERSON]


def _leaders(token: Token) -> list[Token]:
    """ "rebels led by X", "troops loyal to X": by whom a group is led."""
    found = []
    for child in token.children:
        if child.dep_ == "acl" and child.lemma_ in ("lead", "head", "command"):
            found += [t for c in child.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj"]
        elif child.lower_ == "loyal":
            found += [t for c in child.children if c.lower_ == "to" for t in c.children if t.dep_ == "pobj"]
    return found


def _whose(finding: Finding, cast: Cast, token: Token, role: Role) -> list[Mention]:
    """ "attacks on the websites of Peru", "tariffs on goods from X": whose a thing is that nobody else is."""
    if role is not Role.TARGET or token.dep_ != "pobj":
        return []
    lemma = token.lemma_.lower()
    if lemma in words("goods"):
        owners = [t for preposition, t in clauses.sides(token) if preposition in ("from", "of")]
    elif finding.kind.type in DEEDS or finding.kind.family == "investigation":
        owners = [] if lemma in nouns("idle") or knows_noun(lemma) else after_of(token)
    else:
        owners = []
    found = (cast.at(finding.sentence, owner) for owner in owners)
    return [m for m in found if m is not None and m.actor is not None]


def _without_home(chosen: dict[str, Participation], finding: Finding) -> dict[str, Participation]:
    """Without the own country of who promises that it will do something ("Cameron pledged Britain would")."""
    if finding.kind.type != "AGREE":
        return chosen
    own = {p.actor.country for p in chosen.values() if p.role is Role.SOURCE and p.actor.kind is ActorKind.PERSON}
    return {
        key: p
        for key, p in chosen.items()
        if not (p.role is Role.TARGET and p.actor.kind is ActorKind.COUNTRY and p.actor.country in own)
    }


def _without_owners(chosen: dict[str, Participation], finding: Finding) -> dict[str, Participation]:
    """Without a country or people that is there only as the adjective or owner of another actor, and without a body
    that is there only as what a person of its country heads.

    "Myanmar's leader, X", "Kurdish militants", "the head of the army, X".
    """
    held = {p.actor.country for p in chosen.values() if p.actor.kind is not ActorKind.COUNTRY}
    others = [p.span for p in chosen.values() if p.actor.kind is ActorKind.PERSON and p.span is not None]
    ruled = {
        land.i
        for span in others
        for token in finding.sentence.tokens_in(span)
        for preposition, land in clauses.sides(token)
        if preposition == "of"
    }

    names = [f" {p.actor.name}" for p in chosen.values()]
    homes = {p.actor.country for p in chosen.values() if p.actor.kind is ActorKind.PERSON} - {""}

    def owns(p: Participation) -> bool:
        tokens = finding.sentence.tokens_in(p.span) if p.span is not None else ()
        if not tokens:
            return False
        headed = tokens[-1].i in ruled
        if p.actor.kind is ActorKind.ORGANISATION:
            return headed and p.actor.country in homes
        people = p.actor.kind is ActorKind.GROUP and any(f" {p.actor.name} " in name for name in names)
        if not people and (p.actor.kind is not ActorKind.COUNTRY or p.actor.country not in held):
            return False
        return headed or all(t.dep_ in _OWNING_PARTS for t in tokens)

    return {key: p for key, p in chosen.items() if not owns(p)}


def _participation(mention: Mention, actor: Actor, role: Role) -> Participation:
    return Participation(actor, role, words=mention.words, span=mention.span, reason=mention.reason)


def _is_event_itself(mention: Mention, finding: Finding) -> bool:
    """The event noun is inside the words that would be its actor ("the Munich Conference")."""
    return mention.head == finding.head.i and finding.nominal


def with_host(actors: tuple[Participation, ...], finding: Finding, place: Place | None) -> tuple[Participation, ...]:
    """A visit's actors with the country of its place as host, where nobody else is visited ("arrived in Amman")."""
    known = {p.actor.country for p in actors}
    if finding.kind.name != "visit" or place is None or not place.country or place.country in known:
        return actors
    if not actors or any(p.role is not Role.SOURCE for p in actors):
        return actors
    host = Actor(countries.name_of(place.country), ActorKind.COUNTRY, place.country, place.country)
    reason = f"{place.name} lies in {host.name}"
    return (*actors, Participation(host, Role.TARGET, words=place.words, span=place.span, reason=reason))
