"""Nouns that point back: "the general" by a title seen before, "the country", "the company", "the two leaders"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import institution, titles_of, words
from timeline.extract.who.memory import SUBJECTS, Memory, head
from timeline.extract.who.offices import modifiers_of, title_of
from timeline.model import Actor, ActorKind
from timeline.reference import countries
from timeline.reference.titles import role_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.who.owners import Lookup

Resolved = tuple[Actor | None, str]
_NOBODY: Resolved = (None, "")
_POINTING = ("the", "this", "that")
_SAYING_MORE = ("amod", "compound", "relcl", "acl", "prep", "appos")
_KINDS = ("country", "bloc", "group", "company", "organisation")


def points(token: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in _POINTING for c in token.children)


def titled(token: Token, memory: Memory) -> Resolved:
    """ "the general", "the former prime minister": the one introduced by that title; nobody for words that say more."""
    title = set(title_of(token).split())
    former = modifiers_of(token) & words("office", "other")
    said = any(
        c.dep_ in ("prep", "amod", "relcl") and c.lower_ not in words("office", "same") | title | former
        for c in token.children
    )
    if said and not role_of(title_of(token)):
        return _NOBODY
    wanted = titles_of(token.lemma_.lower())
    fitting = {k: memory.known[k] for k, seen in memory.titles.items() if seen & wanted and former <= seen}
    exact = {k: a for k, a in fitting.items() if title <= memory.titles[k]}
    chosen = exact if exact else fitting
    if len(chosen) == 1:
        return next(iter(chosen.values())), f"the {token.text} named before"
    if fitting:
        return None, f"could be {' or '.join(a.name for a in fitting.values())}"
    return _NOBODY


def institution_again(token: Token, memory: Memory) -> Resolved:
    """ "the army", "soldiers": the only such institution named before, else that of the only country named, else that
    of whom the clause above tells of ("Suu Kyi was arrested when the military seized power")."""
    if token.lemma_.lower() not in words("again") or not _plain(token, words("again", "plain")):
        return _NOBODY
    template = institution(token.lemma_.lower())
    before = [m.actor for m in (*memory.others, *memory.plurals) if m.actor is not None]
    kind = template.partition("{")[0]
    seen = {a.key: a for a in before if a.kind is ActorKind.ORGANISATION and a.name.startswith(kind)}
    if len(seen) == 1:
        actor = next(iter(seen.values()))
        return actor, f"the {token.text}: {actor.name} named before"
    if seen or not points(token):
        return _NOBODY
    homes = {a.country for a in (*before, *memory.known.values()) if a.country}
    if len(homes) == 1:
        name = countries.name_of(code := homes.pop())
        why = f"the {token.text}: only {name} is named"
    elif (above := _subject_above(token, memory)) is not None:
        name, code = countries.name_of(above.country), above.country
        why = f"the {token.text}: that of {above.name}"
    else:
        return _NOBODY
    return Actor(template.format(country=name), ActorKind.ORGANISATION, code), why


def _subject_above(token: Token, memory: Memory) -> Actor | None:
    """The person of a country who is the subject of a clause that holds the token's own."""
    people = {m.head: m.actor for m in memory.people if m.actor is not None and head(m).doc is token.doc}
    for clause in (a for a in token.ancestors if a.pos_ in ("VERB", "AUX")):
        for child in clause.children:
            actor = people.get(child.i) if child.dep_ in SUBJECTS and child.i < token.i else None
            if actor is not None and actor.country:
                return actor
    return None


def only_person(token: Token, memory: Memory) -> Resolved:
    """ "the politician", "the 79-year-old": the only person whom the article has named, if nobody else is about."""
    if not is_age(token) and token.lemma_.lower() not in words("generic"):
        return _NOBODY
    if any(c.dep_ in _SAYING_MORE for c in token.children):
        return _NOBODY
    if len(memory.known) != 1 or any(m.actor is None for m in memory.people):
        return _NOBODY
    actor = next(iter(memory.known.values()))
    gender = next((g for g in ("male", "female") if token.lemma_.lower() in words("unnamed", g)), "")
    if gender and memory.genders.get(actor.key, gender) != gender:
        return _NOBODY
    if not points(token):
        return _NOBODY
    return actor, f"the {token.text}: the only person named"


def is_age(token: Token) -> bool:
    """The last word of "the 79-year-old", which stands for somebody."""
    return token.lower_ == "old" and token.i > 2 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "year"


def pair(token: Token, memory: Memory) -> list[Mention]:
    """ "the two countries", "both leaders", "the neighbours": the last two different ones that were named."""
    if token.tag_ != "NNS":
        return []
    counted = any(c.lower_ in ("two", "both") for c in token.children)
    mutual = token.lemma_ in ("neighbour", "neighbor") and points(token)
    if not (counted or mutual):
        return []
    if token.lemma_ in words("pairs", "countries"):
        pool = [m for m in memory.others if m.actor is not None and m.actor.kind is ActorKind.COUNTRY]
    elif token.lemma_ in words("pairs", "bodies"):
        pool = [m for m in memory.others if m.actor is not None and m.actor.kind is ActorKind.ORGANISATION]
    elif token.lemma_ in words("pairs", "people"):
        gender = next((g for g in ("male", "female") if token.lemma_ in words("unnamed", g)), "")
        pool = [m for m in memory.people if not _owns(head(m)) and (not gender or memory.fits(m, gender))]
    else:
        return []
    latest: dict[str, Mention] = {}
    for mention in reversed(pool):
        if mention.actor is not None:
            latest.setdefault(mention.actor.key, mention)
        if len(latest) == 2:
            return list(latest.values())
    return []


def _owns(token: Token) -> bool:
    """Inside another's noun phrase: "a lawmaker of the party of X"."""
    of = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ == "NOUN"
    return of or token.dep_ == "poss"


def named_again(token: Token, memory: Memory) -> Resolved:
    """ "the court", "the immigration service": the only body named before whose name has all of the words."""
    if token.lemma_.lower() not in words("shortened") or not points(token):
        return _NOBODY
    beside = [c for c in token.children if c.dep_ in (*_SAYING_MORE, "poss")]
    if any(c.dep_ not in ("amod", "compound") for c in beside):
        return _NOBODY
    wanted = {token.lower_, *(c.lower_ for c in beside)} - words("shortened", "plain")
    found = [m for m in memory.others if _is_named_body(m) and wanted <= {w.lower() for w in _names_of(m)}]
    last = {m.actor.key: m for m in found if m.actor and m.sentence.index == found[-1].sentence.index}
    if len(last) != 1:
        return _NOBODY
    mention = next(iter(last.values()))
    return mention.actor, f"the {token.text} named before, {mention.words}"


def _is_named_body(mention: Mention) -> bool:
    return mention.actor is not None and mention.actor.kind is ActorKind.ORGANISATION and head(mention).pos_ == "PROPN"


def _names_of(mention: Mention) -> list[str]:
    return [*mention.words.split(), *(mention.actor.name.split() if mention.actor is not None else ())]


def _plain(token: Token, adjectives: frozenset[str]) -> bool:
    """Whether nothing but such adjectives stands beside a noun."""
    said = [c for c in token.children if c.dep_ in (*_SAYING_MORE, "poss")]
    return all(c.dep_ == "amod" and c.lower_ in adjectives for c in said)


def thing(token: Token, memory: Memory) -> Resolved:
    """ "the country", "the company", "the bloc": what was named last of that kind, if it is clear."""
    if not points(token) or any(c.dep_ in _SAYING_MORE for c in token.children):
        return _NOBODY
    lemma = token.lemma_.lower()
    for kind in _KINDS:
        if lemma in words("back", kind):
            candidates = [m for m in memory.others if _fits(m, kind)]
            if kind == "group" and not candidates:
                candidates = [m for m in memory.others if _fits(m, "organisation")]
            return _latest(candidates, token)
    return _NOBODY


def company(token: Token, lookup: Lookup) -> Resolved:
    """ "his company": that of the person of the sentence whose office in it is told: "Tesla chief executive X"."""
    owner = next((c for c in token.children if c.tag_ == "PRP$" and c.lower_ in words("pronouns", "male")), None)
    owner = owner or next((c for c in token.children if c.lower_ == "her" and c.dep_ == "poss"), None)
    if owner is None or token.lemma_.lower() not in words("back", "company"):
        return _NOBODY
    found: dict[str, Actor] = {}
    own = lookup.at(owner)
    for title in (t for t in token.sent if t.i < token.i and t.lemma_.lower() in words("heading")):
        body, person = _headed(title, lookup)
        if body is None or person is None or person.actor is None:
            continue
        if own is not None and own.actor == person.actor:
            return body, f"{owner.text} company: {person.words} heads {body.name}"
        found[body.key] = body
    if len(found) != 1:
        return _NOBODY
    actor = next(iter(found.values()))
    return actor, f"{owner.text} company: only the head of {actor.name} is named"


def _headed(title: Token, lookup: Lookup) -> tuple[Actor | None, Mention | None]:
    """The body that an office is of and its holder beside it: "Tesla CEO X", "X, the founder of Telegram"."""
    holders = [title.head] if title.dep_ in ("compound", "nmod", "appos") else []
    holders += [c for c in title.children if c.dep_ == "appos"]
    body = next((b for t in (title, *holders[:1]) if (b := lookup.body(t)) is not None), None)
    return body, next((m for t in holders if (m := lookup.person(t)) is not None), None)


def _fits(mention: Mention, kind: str) -> bool:
    actor = mention.actor
    if actor is None:
        return False
    if kind == "country":
        return actor.kind is ActorKind.COUNTRY and actor.country != ""
    if kind == "bloc":
        return actor.kind is ActorKind.ORGANISATION and not actor.country and actor.id != ""
    if kind == "group":
        return actor.kind is ActorKind.GROUP and head(mention).pos_ == "PROPN"
    return _is_named_body(mention)


def _latest(candidates: list[Mention], token: Token) -> Resolved:
    """The subject of the last sentence with a candidate, else the only one of that sentence."""
    if not candidates:
        return _NOBODY
    group = [m for m in candidates if m.sentence.index == candidates[-1].sentence.index]
    subjects = [m for m in group if head(m).dep_ in SUBJECTS and not _joined(m) and not _relative(m)]
    keys = {m.actor.key for m in group if m.actor}
    if subjects or len(keys) == 1:
        chosen = (subjects or group)[-1]
        return chosen.actor, f"the {token.text} named last, {chosen.words}"
    return None, f"could be {' or '.join(dict.fromkeys(m.words for m in group))}"


def _joined(mention: Mention) -> bool:
    """One of several that are joined: none of them is meant alone."""
    return any(c.dep_ == "conj" for c in head(mention).children)


def _relative(mention: Mention) -> bool:
    """The subject of a clause inside a noun phrase is not what the sentence is about."""
    return head(mention).head.dep_ in ("relcl", "acl", "advcl")
