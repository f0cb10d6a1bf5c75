"""Pronouns: whom "he", "their" and "it" point to, and when nobody can say.

A pronoun points to the subject of its own sentence, else of the last sentence with somebody who fits. An unnamed
person in that place ("an officer ... he") leaves it open, and so do two who fit equally.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import words
from timeline.extract.who.memory import SUBJECTS, Memory, head
from timeline.model import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = ("dobj", "pobj", "dative")
_FAR = 120
_IMPERSONAL = frozenset(
    {"be", "seem", "appear", "rain", "snow", "turn", "happen", "emerge", "take", "remain", "become"}
)
_SINGULAR_NOUNS = frozenset({"NN", "NNP"})


def is_third_person(token: Token) -> bool:
    form = token.lower_
    return any(form in words("pronouns", kind) for kind in ("male", "female", "neuter", "plural"))


def referents(token: Token, memory: Memory) -> tuple[list[Mention], str]:
    """The mentions that a pronoun stands for, several for "they" of two; () and why not where nobody can say."""
    form = token.lower_
    for gender in ("male", "female"):
        if form in words("pronouns", gender):
            return _person(memory, gender, token)
    if form in words("pronouns", "neuter"):
        return _thing(memory, token)
    return _plural(memory, token)


def the_two(token: Token, memory: Memory) -> list[Mention]:
    """ "The two discussed trade": two of whom the text before said that they met, or did something together."""
    bare = token.lower_ == "two" and [c.lower_ for c in token.children if c.i < token.i] == ["the"]
    counted = token.lemma_ == "side" and any(c.lower_ in ("two", "both") for c in token.children)
    if not (bare or counted) or token.dep_ not in (*SUBJECTS, *_OBJECTS):
        return []
    if bare and any(c.i > token.i for c in token.children):
        return []  # "the two of them", "the two who fled"
    found = _joined(memory, token) or _met(memory, token)
    return found if len(found) == 2 else []


def _person(memory: Memory, gender: str, token: Token) -> tuple[list[Mention], str]:
    doers = {m.actor.key for m in memory.people if m.actor is not None and _same_clause(m, token)}
    fitting = [m for m in memory.people if memory.fits(m, gender) and not (m.actor and m.actor.key in doers)]
    if not fitting:
        return [], "nobody named fits"
    group = [m for m in fitting if m.sentence.index == fitting[-1].sentence.index]
    subjects = [m for m in group if head(m).dep_ in SUBJECTS]
    chosen = subjects[-1] if subjects else group[-1]
    if chosen.actor is None:
        return [], f"perhaps the {chosen.words}"
    if not subjects and len({m.actor.key if m.actor else "" for m in group}) > 1:
        chosen = group[0]
        if chosen.actor is None or head(chosen).dep_ not in ("ROOT", "poss", "compound"):
            return [], "could be several people"
    if head(chosen).doc is token.doc and token.i - chosen.head > _FAR:
        return [], "too far from a name"
    if chosen.actor is None:
        return [], "could be several people"
    memory.genders.setdefault(chosen.actor.key, gender)
    return [chosen], f"{token.text!r} for {chosen.actor.name}"


def _same_clause(mention: Mention, token: Token) -> bool:
    """An object pronoun is another than the subject of its clause: "Putin met him"."""
    if token.lower_.endswith(("self", "selves")) or token.dep_ not in _OBJECTS or head(mention).doc is not token.doc:
        return False
    governor = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token.head)
    chain = {governor.i}
    while governor.dep_ == "conj" and not any(c.dep_ in SUBJECTS for c in governor.children):
        governor = governor.head
        chain.add(governor.i)
    return head(mention).dep_ in SUBJECTS and head(mention).head.i in chain


def _thing(memory: Memory, token: Token) -> tuple[list[Mention], str]:
    if token.dep_ == "expl" or (token.dep_ in SUBJECTS and token.head.lemma_ in _IMPERSONAL):
        return [], "an empty subject"
    near = [
        m
        for m in memory.others
        if head(m).doc is token.doc and _is_body(m) and not _modifies(m) and not _same_clause(m, token)
    ]
    own = [m for m in near if m.sentence.slice.start <= token.i < m.sentence.slice.end]
    if not own:
        last = max((m.sentence.index for m in near), default=None)
        own = [m for m in near if m.sentence.index == last and head(m).dep_ in SUBJECTS]
        if own and own[-1].sentence.slice.end < token.sent.start:
            return [], "nothing named near it"
        if _other_subject(own) or _other_body(own):
            return [], "a thing, perhaps"
    if (told := _told_to(token)) is not None and (meant := [m for m in own if m.head == told.i]):
        return meant[-1:], f"{token.text!r} for {meant[-1].words}, who is told to"
    subjects = [m for m in own if head(m).dep_ in SUBJECTS]
    if not subjects and _thing_as_subject(token):
        return [], "a thing, perhaps"
    if own and head(own[-1]).dep_ == "poss" and own[-1].sentence.slice.start <= token.i < own[-1].sentence.slice.end:
        return own[-1:], f"{token.text!r} for {own[-1].words}, the owner before"
    chosen = subjects[-1:] or own[-1:]
    if not subjects and len({m.actor.key for m in own if m.actor}) > 1:
        return [], "could be several"
    return chosen, f"{token.text!r} for {chosen[0].words}" if chosen else "nothing named fits"


def _told_to(token: Token) -> Token | None:
    """ "ordered Israel to halt its attack": who is to do what the owner "its" is in, None for other words."""
    verb = token.head.head if token.dep_ == "poss" else None
    if verb is None or verb.tag_ != "VB" or verb.dep_ not in ("xcomp", "ccomp"):
        return None
    if not any(c.tag_ == "TO" for c in verb.children):
        return None
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    told = own or [c for c in verb.head.children if c.dep_ == "dobj" and c.i < verb.i]
    return told[-1] if told else None


def _is_body(mention: Mention) -> bool:
    """A country or organisation, or a group that we know: not a people, "protesters" or an official."""
    lemma = head(mention).lemma_.lower()
    if lemma in words("unnamed") or lemma == "officials":
        return False
    return mention.actor is not None and (mention.actor.kind is not ActorKind.GROUP or mention.actor.id != "")


def _modifies(mention: Mention) -> bool:
    return head(mention).dep_ in ("amod", "compound", "nmod")


def _thing_as_subject(token: Token) -> bool:
    """The clause before the pronoun has a subject that is a common noun."""
    return any(t.dep_ in SUBJECTS and t.tag_ == "NN" and t.i < token.i for t in token.sent)


def _other_body(own: list[Mention]) -> bool:
    """The sentence before speaks of a body without a name, too: "the US sued the firm. It ..."."""
    kinds = words("back", "company") | words("back", "organisation")
    heads = {m.head for m in own}
    return any(t.tag_ == "NN" and t.i not in heads and t.lemma_.lower() in kinds for t in own[-1].sentence)


def _other_subject(own: Iterable[Mention]) -> bool:
    """The sentence before has no named subject of its main verb."""
    return not any(head(m).dep_ in SUBJECTS and head(m).head.dep_ in ("ROOT", "conj") for m in own)


def _plural(memory: Memory, token: Token) -> tuple[list[Mention], str]:
    """The last group, the two or more who are joined in a subject or met, or a body as the British write."""
    joined = _joined(memory, token) or _met(memory, token)
    near = [m for m in memory.plurals if head(m).doc is token.doc and not _same_clause(m, token)]
    if joined and (not near or near[-1].head < joined[0].head):
        return joined, f"{token.text!r} for {' and '.join(m.words for m in joined)}"
    if (
        near
        and near[-1].sentence.slice.start <= token.i < near[-1].sentence.slice.end
        and head(near[-1]).pos_ == "PRON"
    ):
        return near[-1:], f"{token.text!r} as {near[-1].words!r} before"
    if near:
        subjects = [m for m in near if m.sentence is near[-1].sentence and head(m).dep_ in SUBJECTS]
        chosen = subjects[-1] if subjects else near[-1]
        if not subjects and chosen.sentence.slice.end <= token.i and _others_act(chosen):
            return [], "those before are not named"
        together = [m for m in near if m.sentence is chosen.sentence and m.head == chosen.head]
        return together, f"{token.text!r} for {chosen.words}"
    bodies = [m for m in memory.others if _is_body(m) and _is_actor(m) and head(m).dep_ in SUBJECTS]
    own = [m for m in bodies if head(m).sent == token.sent] or _alone_before(bodies, token)
    return own[-1:], f"{token.text!r} for {own[-1].words}" if own else "nobody named fits"


def _is_actor(mention: Mention) -> bool:
    return mention.actor is not None and mention.actor.kind is not ActorKind.COUNTRY


def _alone_before(bodies: list[Mention], token: Token) -> list[Mention]:
    """The body that the sentence before tells of, where it names no people: "The ministry protested. They ..."."""
    last = bodies[-1:] if bodies and head(bodies[-1]).doc is token.doc and token.dep_ in SUBJECTS else []
    if not last or last[0].sentence.slice.end != token.sent.start or head(last[0]).head.dep_ != "ROOT":
        return []
    told = SUBJECTS if token.head.pos_ == "VERB" and token.dep_ == "nsubj" else (*SUBJECTS, *_OBJECTS)
    return [] if any(t.tag_ == "NNS" and t.dep_ in told for t in last[0].sentence) else last


def _others_act(mention: Mention) -> bool:
    """The sentence of a mention is about others: its main verb has another plural subject."""
    return any(
        t.dep_ in SUBJECTS and t.head.dep_ == "ROOT" and t.i != mention.head and (t.tag_ == "NNS" or t.lower_ == "they")
        for t in mention.sentence
    )


def _joined(memory: Memory, token: Token) -> list[Mention]:
    """The mentions of the last subject that joins several ("Russia and Myanmar ... they")."""
    here = [m for m in (*memory.people, *memory.others) if m.actor is not None and head(m).doc is token.doc]
    firsts = sorted((m for m in here if head(m).dep_ in SUBJECTS), key=lambda m: m.head, reverse=True)
    for first in firsts[:3]:
        beside = {c.i for c in head(first).conjuncts}
        together = [first, *(m for m in here if m.head in beside)]
        if len({m.head for m in together}) > 1 and not _same_clause(first, token):
            return list({m.head: m for m in together}.values())
    return []


def _met(memory: Memory, token: Token) -> list[Mention]:
    """Two people of the last sentence that names any: "the two leaders", or one who met the other ("A met B")."""
    here = [m for m in memory.people if m.actor is not None]
    last = [m for m in here if m.sentence.index == here[-1].sentence.index]
    pair = [m for m in last if m.head == last[-1].head]
    if len({m.actor for m in pair}) > 1:  # "the two leaders"
        return pair
    for one in reversed(last):
        verb = head(one).head
        if head(one).dep_ not in SUBJECTS or verb.lemma_ not in words("pronouns", "meeting"):
            continue
        others = [m for m in last if m.actor != one.actor and _is_with(head(m), verb)]
        if others and not _same_clause(one, token):
            return [one, others[0]]
    return []


def _is_with(token: Token, verb: Token) -> bool:
    """An object of the verb, or what "with" leads to: "met B", "held talks with B"."""
    if token.dep_ == "dobj":
        return token.head == verb
    return token.dep_ == "pobj" and token.head.lower_ == "with" and verb in token.ancestors
