"""Which nouns of a sentence take part in a happening, and in which role: what English grammar says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from timeline.extract.what import clauses, victims, voice
from timeline.extract.what.around import around_noun, givers, is_called_for
from timeline.extract.what.lexicon import knows_noun, match_noun, words
from timeline.extract.what.sides import GOES_TO, SUFFERED, Arguments, is_undergone, sided
from timeline.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.detection import Finding

# Event nouns of which "of X" names the doer ("the resignation of X"); with all others X is what it is done to.
_DOER_OF = frozenset(
    {
        "visit",
        "travel",
        "leaving office",
        "taking office",
        "death",
        "birth",
        "illness",
        "withdrawal",
        "disaster",
        "accident",
        "statement",
        "protest",
        "support",
        "contest",
        "launch",
        "displacement",
        "strike",
    }
)
# Event nouns whose owner or modifier is whom it happened to ("his arrest", "the Trump impeachment").
DONE_TO_OWNER = frozenset(
    {
        "arrest",
        "execution",
        "release",
        "prosecution",
        "dismissal",
        "abduction",
        "deportation",
        "assassination",
        "killing",
        "appointment",
        "evacuation",
    }
)
# Kinds that nobody does: a nationality beside them says where ("the Indonesian tsunami").
_NATURAL = frozenset({"accident", "disaster", "illness"})
OWNING = ("poss", "compound", "amod", "nmod")
_LEADING = frozenset({"npadvmod", "compound", "nmod", "amod", "nsubj"})
# Types whose other side stands in the clause they govern ("demanded that Iran withdraw").
_HOLDS_OTHERS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "CONCEDE", "COOPERATE", "AID"})
# Types that stand under a condition that the other side is to fulfil.
_CONDITIONAL = frozenset({"THREATEN", "REQUEST", "REJECT"})
# Types of deeds that are punished and claimed.
DEEDS = frozenset({"ASSAULT", "COERCE"})
_AGAINST = frozenset({"on", "against", "at"})
# Types of which "from X", after their noun, tells the doer: "a threat from X", not "a withdrawal from X".
_COMES_FROM = frozenset({"AID", "SUPPORT", "AGREE", "COOPERATE", "REQUEST", "ACCUSE", "THREATEN", "REJECT"})


def arguments(finding: Finding) -> Arguments:
    """Heads of noun phrases with their role; more certain ones first."""
    if finding.clause is not None:
        yield from _of_clause(finding, finding.clause)
    if finding.nominal:
        yield from _of_noun(finding)
        yield from _told_by_others(finding)
    else:
        yield from _object_phrases(finding)
    yield from _content(finding)


def _of_clause(finding: Finding, clause: clauses.Clause) -> Arguments:
    event = finding.head
    if finding.gets:
        yield from ((token, Role.SOURCE) for token in givers(clause))
    for token in () if _is_not_done(finding, clause.verb) else clause.doers:
        if token != event:
            yield token, Role.TARGET if is_undergone(finding) else Role.SOURCE
    for token in clause.datives:
        yield token, Role.TARGET
    for token in () if finding.gets else clause.objects:
        if token != event:
            yield token, Role.TARGET
    yield from sided(finding, clause.sides)
    if clause.passive:  # "imposed by the EU on Belarus": a parser gives the second phrase to the doer
        beyond = [side for token in clause.doers for side in clauses.sides(token) if side[0] in _AGAINST]
        yield from sided(finding, beyond)


def _of_noun(finding: Finding) -> Arguments:
    noun, family = finding.head, finding.kind.family
    owner_role = Role.TARGET if family in DONE_TO_OWNER else Role.SOURCE
    if (owner := _far_owner(noun)) is not None:
        yield owner, owner_role
    for child in noun.children:
        if child.dep_ == "poss":
            yield child, owner_role
        elif child.dep_ == "amod" and child.tag_ == "VBN" and child.lemma_.lower() in words("led"):
            yield from ((c, Role.SOURCE) for c in child.children if c.dep_ in _LEADING)  # "the US-led invasion"
        elif child.dep_ in ("compound", "amod", "nmod") and family not in _NATURAL:
            struck = finding.kind.type == "ASSAULT" and child.lemma_.lower() in words("struck")
            yield child, Role.TARGET if family in GOES_TO or struck else owner_role
        elif child.dep_ in ("relcl", "acl"):
            clause = clauses.clause_of(child)
            if child.lemma_.lower() not in words("judging"):
                yield from ((token, Role.SOURCE) for token in clause.doers if token != noun)
            yield from ((token, Role.TARGET) for token in clause.objects if token != noun)
            yield from sided(finding, clause.sides)
    for preposition, token in clauses.sides(noun):
        if preposition == "of":
            doer = (family in _DOER_OF and finding.kind.name != "appointment") or finding.gets
            yield token, Role.SOURCE if doer else Role.TARGET
            # "the expulsion of the envoy by Peru": a parser gives the second phrase to the envoy
            yield from ((t, Role.SOURCE) for word, t in clauses.sides(token) if word == "by")
        elif preposition == "from" and finding.kind.type in _COMES_FROM and family != "evacuation":
            yield token, Role.SOURCE
        else:
            yield from sided(finding, [(preposition, token)])


def _is_not_done(finding: Finding, carrier: Token) -> bool:
    """Whether the subject of an event noun's verb does not do what the noun names.

    "The ruling sparked protests", "accused of planning the attack", "the palace announced his death".
    """
    if not finding.nominal:
        return False
    verb = carrier.lemma_.lower()
    if verb in words("causing"):
        return not finding.kind.symmetric
    return clauses.is_accused_of(carrier) or (finding.kind.family in SUFFERED and verb in words("announcing"))


def _told_by_others(finding: Finding) -> Arguments:
    """Victims and doers of whom another verb tells: "the blast killed two", "was jailed for the attack"."""
    if not finding.kind.symmetric:
        yield from ((token, Role.TARGET) for token in victims.harmed(finding.head))
    if finding.kind.type in DEEDS and finding.carrier is not None:
        yield from ((token, Role.TARGET) for token in victims.aimed_at(finding.carrier))
    if finding.kind.type in DEEDS:
        yield from ((token, Role.SOURCE) for token in victims.answering(finding.head))


def _far_owner(noun: Token) -> Token | None:
    """ "His one known previous meeting": the owner of a long noun phrase that the parser cut in two."""
    for i in range(noun.i - 1, max(noun.i - 6, noun.sent.start - 1), -1):
        token = noun.doc[i]
        if token.tag_ == "PRP$":
            return token if token.head != noun else None
        if (
            token.pos_ not in ("ADJ", "NUM", "ADV")
            and token.tag_ not in ("VBN", "VBG")
            and token.lower_ not in ("one", "only")
        ):
            return None
    return None


def _object_phrases(finding: Finding) -> Arguments:
    """Actors inside the object: its owner, its modifiers, whom it is about ("signed a pact with Iran")."""
    clause = finding.clause
    with_ = (
        [head for word, head in clause.sides if word == "with" and knows_noun(head.lemma_.lower())] if clause else []
    )
    for item in (*clause.objects, *with_) if clause is not None else ():  # "hit back with tariffs on Peru"
        if finding.gets:
            yield from _made_by(item)
            continue
        for child in item.children:
            if child.dep_ in OWNING:
                yield child, Role.TARGET
        yield from _lodged(finding, item)
        lemma = item.lemma_.lower()
        yield from _of_others(finding, clauses.sides(item), lemma in words("exchanged"), _is_deed(item))


def _made_by(item: Token) -> Arguments:
    """ "received Russian fighter jets", "won the support of Peru": whose is what somebody gets."""
    owners = [c for c in item.children if c.dep_ in OWNING]
    owners += [g for c in owners for g in c.children if g.dep_ in OWNING]
    owners += [token for preposition, token in clauses.sides(item) if preposition == "of"]
    yield from ((token, Role.SOURCE) for token in owners)


def _lodged(finding: Finding, item: Token) -> Arguments:
    """ "an appeal lodged by X", "bans imposed on Y": of whom a participle beside an object tells."""
    for child in item.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ not in ("want", "seek", "accuse", "suspect"):
            if voice.is_opposed(child):
                continue
            lodged = clauses.clause_of(child)
            yield from ((token, Role.TARGET) for token in lodged.doers)
            yield from _of_others(finding, lodged.sides)


def _is_deed(noun: Token) -> bool:
    pattern = match_noun(noun.lemma_.lower(), around_noun(noun)) if noun.pos_ == "NOUN" else None
    return pattern is not None and pattern.kind.type in DEEDS


def _of_others(
    finding: Finding, sides: Iterable[tuple[str, Token]], exchanged: bool = False, deed: bool = False
) -> Arguments:
    """Actors in the phrases of an object: whose calls are rejected ("calls by X") is the other side, not the doer.

    So is who stands after "from" something that is `exchanged`: "a request from X".
    """
    for preposition, token in sides:
        if preposition == "by" or (exchanged and preposition == "from"):
            yield token, Role.TARGET
        elif not (deed and finding.kind.name == "condemnation"):  # "condemned the killing of X": not X is condemned
            yield from sided(finding, [(preposition, token)])


def _content(finding: Finding) -> Arguments:
    """Actors in the clauses that the verb governs: what is demanded, threatened, protested for."""
    clause = finding.clause
    if clause is None:
        return
    holds, protests = finding.kind.type in _HOLDS_OTHERS, finding.kind.type == "PROTEST"
    for child in clause.verb.children:
        purpose = protests and child.dep_ == "advcl" and child.tag_ == "VB"
        if purpose or (holds and (child.dep_ in ("xcomp", "ccomp") or is_called_for(child))):
            yield from _inside(finding, clause, clauses.clause_of(child))
    if finding.kind.type in _CONDITIONAL:
        yield from _conditions(clause.verb)


def _inside(finding: Finding, clause: clauses.Clause, inner: clauses.Clause) -> Arguments:
    for token in (*inner.doers, *inner.objects):
        if token not in clause.doers:
            yield token, Role.TARGET
    yield from _of_others(finding, inner.sides)
    for item in inner.objects:
        yield from ((c, Role.TARGET) for c in item.children if c.dep_ in ("poss", "compound", "amod"))
        yield from _lodged(finding, item)
        yield from _of_others(finding, clauses.sides(item))


def _conditions(verb: Token) -> Arguments:
    """ "threatened to strike unless Israel withdrew": who is to fulfil the condition."""
    governed = [verb, *(c for c in verb.children if c.dep_ == "xcomp")]
    for child in (c for g in governed for c in g.children if c.dep_ == "advcl"):
        if any(c.dep_ == "mark" and c.lower_ in ("unless", "if", "until") for c in child.children):
            yield from ((token, Role.TARGET) for token in clauses.clause_of(child).doers)
