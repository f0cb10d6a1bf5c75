"""Actors without a name: offices, institutions and groups of a country, descriptions that point back, pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.who import back, groups
from timeline.extract.who.cast import Mention
from timeline.extract.who.hyphens import is_partisan
from timeline.extract.who.identified import identified
from timeline.extract.who.lexicon import words
from timeline.extract.who.memory import SUBJECTS, Memory
from timeline.extract.who.offices import Office, by_sentence, counterpart, head_of, modifiers_of, office_of, year_of
from timeline.extract.who.owners import BESIDE, Lookup, Owner
from timeline.extract.who.pronouns import is_third_person, referents, the_two
from timeline.model import Actor, ActorKind
from timeline.reference.titles import gender_of

if TYPE_CHECKING:
    from spacy.tokens import Token

# Words that make "general" no rank ("the attorney general").
_NO_RANK = frozenset({"attorney", "secretary", "director", "solicitor", "governor", "-"})
_RELATIVES = frozenset({"who", "whose", "whom"})
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "pobj")
# Parts of speech of words that can stand for somebody: "the 79-year-old", "the two" and "whose" among them.
_SPEAKING = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM"})


@dataclass(frozen=True, slots=True)
class Sense:
    """What a noun stands for; the reason is "" for a noun that is no actor."""

    actor: Actor | None = None
    reason: str = ""
    office: Office | None = None

    def __bool__(self) -> bool:
        return self.actor is not None or self.reason != ""


def described(parsed: Parsed, named: Sequence[Mention], published: date | None) -> list[Mention]:
    """Mentions by description and pronoun, resolved in text order with what was named before."""
    memory = Memory()
    by_start: dict[tuple[int, int], Mention] = {(m.sentence.index, m.first): m for m in named}
    inside = {(id(m.sentence.block), i): m for m in named for i in range(m.first, m.last + 1)}
    told = identified(parsed, named)
    found: list[Mention] = []
    for sentence in parsed.sentences:
        lookup = Lookup(inside, {}, sentence)
        for token in sentence.slice:
            place = (id(sentence.block), token.i)
            if mention := by_start.get((sentence.index, token.i)):
                memory.see(mention)
            if place in inside:
                continue
            if (actor := told.get(place)) is not None:
                mentions = [_made(sentence, token, Sense(actor, f"identified as {actor.name}"))]
            else:
                mentions = _at(sentence, token, memory, lookup, published)
            for made in mentions:
                lookup.new[token.i] = made
                found.append(made)
                if token.lower_ not in _RELATIVES:  # nothing points back to "who", but to its noun
                    memory.see(made)
            _remember_unnamed(sentence, token, memory, lookup)
    return found


def _at(sentence: Sentence, token: Token, memory: Memory, lookup: Lookup, published: date | None) -> list[Mention]:
    """The mentions that a token without a name makes: none, one, or several for a pronoun or "both leaders"."""
    kind = token.pos_
    if kind not in _SPEAKING:
        return []
    if kind == "PRON" or token.lower_ in _RELATIVES:
        return [_made(sentence, token, sense) for sense in _pronoun(token, memory, lookup)]
    if kind == "ADJ" and _stands_alone(token):
        kind = "NOUN"
    elif kind == "ADJ" and token.lower_ not in ("general", "old"):
        return []
    if back.is_age(token) and token.dep_ not in BESIDE:
        actor, reason = back.only_person(token, memory)
        return [_made(sentence, token, Sense(actor, reason))] if actor is not None else []
    if head := _head_of_body(token, lookup, published):
        return [_made(sentence, token, head)]
    if two := the_two(token, memory):
        return [_made(sentence, token, Sense(m.actor, f"the two: {m.words}")) for m in two]
    if kind not in ("NOUN", "PROPN") or token.ent_type_ in ("DATE", "TIME"):
        return []
    if pair := back.pair(token, memory):
        return [_made(sentence, token, Sense(m.actor, f"{token.text}: the two named last")) for m in pair]
    if token.dep_ in ("compound", "nmod"):
        return []
    if several := _listed(token, lookup):
        return [_made(sentence, token, Sense(m.actor, f"{token.text}: {m.words} beside it")) for m in several]
    sense = _describe(token, memory, lookup, published)
    if sense.actor is not None and token.tag_ == "NNS" and (others := lookup.others(token)):
        return [_made(sentence, token, each) for each in _of_several(token, sense, others, lookup, published)]
    return [_made(sentence, token, sense)] if sense else []


def _of_several(
    token: Token, first: Sense, others: list[tuple[Owner, Mention]], lookup: Lookup, published: date | None
) -> list[Sense]:
    """Whom "the presidents of Kenya and Uganda", "Israeli and Palestinian officials" stand for: one of each country.

    The holders of an office where we know of one in each country, else a body or group of each.
    """
    own = lookup.owner(token)
    owners = [*([own] if own is not None else []), *(owner for owner, _ in others)]
    if _is_person_noun(token) and token.lemma_ not in words("office", "vague"):
        offices = [office_of(token, owner.actor.country) for owner in owners]
        held = [_held(office, token, published) for office in offices if office]
        if len(held) == len(owners) and all(held):
            return held
    senses = [first]
    for owner, mention in others:
        actor, reason = groups.of_owner(token, owner, published)
        if actor is not None and actor.kind is ActorKind.GROUP and not owner.preposition:
            actor = replace(actor, name=f"{mention.words} {token.text}")
        senses += [Sense(actor, reason)] if actor is not None else []
    return senses


def _stands_alone(token: Token) -> bool:
    """ "The military seized power": an institution's name that a tagger takes for an adjective without a noun."""
    return token.dep_ in _ARGUMENTS and token.lemma_.lower() in words("again")


def _pronoun(token: Token, memory: Memory, lookup: Lookup) -> list[Sense]:
    """Whom "he" or "whose" stands for; one sense without an actor where nobody can say."""
    if token.lower_ in _RELATIVES:
        antecedent = next((a.head for a in token.ancestors if a.dep_ == "relcl"), None)
        meant = lookup.at(antecedent) if antecedent is not None and antecedent.i < token.i else None
        return [Sense(meant.actor, f"{token.text}: {meant.words}")] if meant is not None and meant.actor else []
    if not is_third_person(token):
        return []
    mentions, reason = referents(token, memory)
    return [Sense(m.actor, reason) for m in mentions] or [Sense(None, reason)]


def _listed(token: Token, lookup: Lookup) -> list[Mention]:
    """ "three states, Mali, Niger and Chad": the names that stand beside a plural noun."""
    if token.tag_ != "NNS" or token.lemma_.lower() not in words("several"):
        return []
    names = [t for c in token.children if c.dep_ == "appos" and c.i > token.i for t in (c, *c.conjuncts)]
    if not names and token.lemma_.lower() == "counterpart" and token.i + 2 < len(token.doc):
        first = lookup.at(token.nbor(2)) if token.nbor(1).text == "," else None
        names = [token.doc[first.head]] if first is not None else []
        names += [t for t in names[0].conjuncts if t.i > token.i] if names else []
    found = [m for name in names if (m := lookup.at(name)) is not None and m.actor is not None]
    return found if len(found) > 1 else []


def _describe(token: Token, memory: Memory, lookup: Lookup, published: date | None) -> Sense:
    """What a common noun stands for."""
    lemma = token.lemma_.lower()
    singular = token.tag_ in ("NN", "NNP")
    if lemma == "general" and token.i and token.nbor(-1).lower_ in _NO_RANK:
        return Sense()
    if singular and (lemma in words("persons") or lemma in words("unnamed") or "-" in token.text):
        if person := _apposed(token, lookup):
            return person
        if lemma == "counterpart" and (office := _counterpart(token, lookup, published)):
            return _held(office, token, published)
        if _is_person_noun(token) and (person := _office(token, lookup, memory, published)):
            return person
        if back.points(token) and (found := back.only_person(token, memory))[0] is not None:
            return Sense(*found)
    if singular and (found := groups.bureau(token, lookup))[0] is not None:
        return Sense(*found)
    if singular and (found := back.company(token, lookup))[0] is not None:
        return Sense(*found)
    owner = lookup.owner(token)
    if owner is not None and (found := groups.of_owner(token, owner, published))[0] is not None:
        return Sense(*found)
    if owner is None and (found := back.institution_again(token, memory))[0] is not None:
        return Sense(*found)
    if singular and not is_partisan(token):
        again = back.named_again(token, memory)
        found = again if again[0] is not None else back.thing(token, memory)
        if found[0] is not None or found[1]:
            return Sense(*found)
    return Sense(*groups.alone(token))


def _is_person_noun(token: Token) -> bool:
    return token.lemma_.lower().removeprefix("ex-") in words("persons")


def _apposed(token: Token, lookup: Lookup) -> Sense:
    """ "the prime minister, X", "X, the prime minister", "an attorney for Y, X": the person beside."""
    beside = [c for c in token.children if c.dep_ == "appos"]
    if token.dep_ == "appos":
        beside.append(token.head)
    for preposition in token.children:
        if preposition.dep_ == "prep":
            inner = [p for p in preposition.children if p.dep_ == "pobj" and not _full(lookup.person(p))]
            beside += [c for p in inner for c in p.children if c.dep_ == "appos" and _full(lookup.person(c))]
    for each in beside:
        mention = lookup.person(each)
        if mention is not None:
            return Sense(mention.actor, f"beside {mention.words}")
    return Sense()


def _full(mention: Mention | None) -> bool:
    """A person named by more than a surname."""
    return mention is not None and mention.first < mention.last


def _counterpart(token: Token, lookup: Lookup, published: date | None) -> Office | None:
    """ "his Greek counterpart": the same office of the other country."""
    owners = [m.actor for c in token.children if c.dep_ == "poss" and (m := lookup.at(c)) is not None and m.actor]
    codes = [
        m.actor.country
        for c in token.children
        if c.dep_ in ("amod", "compound") and (m := lookup.at(c)) is not None and m.actor
    ]
    people = [a for a in owners if a.kind is ActorKind.PERSON]
    return counterpart(people[0], codes[0], published) if people and codes else None


def _head_of_body(token: Token, lookup: Lookup, published: date | None) -> Sense:
    """ "the UN secretary-general", "the NATO chief": by office and date."""
    several = token.tag_ in ("NNS", "NNPS")  # "ASEAN leaders" are not its head
    if several or token.lemma_.lower() not in words("office", "heads") or token.dep_ == "compound":
        return Sense()
    if beside := _apposed(token, lookup):
        return beside
    body = lookup.body(token)
    office = head_of(token, body) if body is not None else None
    return _held(office, token, published) if office else Sense()


def _office(token: Token, lookup: Lookup, memory: Memory, published: date | None) -> Sense:
    """ "the Russian president" by office and date; "the general" by a title seen before."""
    if country := lookup.country(token):
        if office := office_of(token, country):
            return _held(office, token, published)
        former = sorted(modifiers_of(token) & words("office", "other"))
        return Sense(None, f"{former[0]}: no office of the day") if former else Sense()
    if lookup.body(token) is not None:
        return Sense()
    if not back.points(token):
        return Sense()
    if lookup.owner(token) is None and (found := back.titled(token, memory)) != (None, ""):
        return Sense(*found)
    if any(c.dep_ in ("prep", "relcl") for c in token.children) or lookup.owner(token) is not None:
        return Sense()
    homes = {m.actor.country for m in memory.others if m.actor and m.actor.country}
    homes = homes or {a.country for a in memory.known.values() if a.country}
    home = office_of(token, next(iter(homes))) if len(homes) == 1 else None
    return _held(home, token, published) if home else Sense()


def _held(office: Office, token: Token, published: date | None) -> Sense:
    """An office with its holder by the sentence alone; nothing where our tables know of no holder."""
    office = replace(office, year=year_of(token, published))
    actor, reason = by_sentence(office, published)
    return Sense(actor, reason, office) if reason else Sense()


def _remember_unnamed(sentence: Sentence, token: Token, memory: Memory, lookup: Lookup) -> None:
    """Keeps a singular person without a name as the subject of a clause, to whom a pronoun may point."""
    if token.dep_ not in SUBJECTS or token.tag_ != "NN" or token.lemma_.lower() not in words("unnamed"):
        return
    if lookup.person(token) is not None:
        return
    lemma = token.lemma_.lower()
    gender = next((g for g in ("male", "female") if lemma in words("unnamed", g)), gender_of(lemma))
    memory.see_unnamed(_made(sentence, token, Sense(None, "a person without a name")), gender)


def _made(sentence: Sentence, token: Token, sense: Sense) -> Mention:
    return Mention(
        sentence=sentence,
        span=sentence.span_of(token),
        head=token.i,
        first=token.i,
        last=token.i,
        words=token.text,
        actor=sense.actor,
        reason=sense.reason,
        office=sense.office,
    )
