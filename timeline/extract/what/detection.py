"""Which words of a sentence name happenings: verbs, event nouns, light verbs with event nouns, headline verbs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Sentence
from timeline.extract.what import clauses, headlines, voice
from timeline.extract.what.around import around_noun, around_verb
from timeline.extract.what.event_nouns import carrier_of, governed, is_idle, narrowed
from timeline.extract.what.lexicon import NOTHING, Pattern, knows_noun, match_noun, match_verb, words
from timeline.extract.what.timing import only_times
from timeline.reference import kinds

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.clauses import Clause
    from timeline.reference.kinds import Kind

_BE = "be"
_THIS = frozenset({"it", "this", "that"})
_NEAR = 4  # tokens between a verb and the noun that names a happening with it
_OTHER = "development"
_SAID = "statement"
_FIGURATIVE = "a figure of speech, or an aim that one works at"
_ONLY_PLANS = "only plans what the next verb says"
# Types of which "will not" is a refusal.
_FRIENDLY = frozenset({"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A word that names a happening.

    `head` is the word; `carrier` the verb that says it happened: the word itself, or the light verb of an event
    noun ("held talks"), None for a noun that stands in the sentence only as a topic. `clause` is the carrier's.
    `gets` says that the verb's subject is whom it is done to ("received aid from Peru"); `refused` says that the verb
    names what the doer will not do; `pattern` is the verb's own, None for an event noun; `noun` is the verb's own
    subject where that names the same happening: "a tsunami hit".
    """

    sentence: Sentence
    head: Token
    carrier: Token | None
    clause: Clause | None
    kind: Kind
    rule: str
    inverted: bool = False
    gets: bool = False
    refused: bool = False
    noun: Token | None = None
    pattern: Pattern | None = None

    @property
    def nominal(self) -> bool:
        return self.carrier != self.head

    @property
    def idle(self) -> bool:
        """Whether its words name no happening: a figure of speech, an aim that one works at."""
        return self.kind.name == NOTHING

    @property
    def main(self) -> bool:
        """Whether the sentence is about it: its verb is the main one, joined to it, or what a speech verb reports."""
        token = self.carrier if self.carrier is not None else self.head
        while token.dep_ in ("conj", "ccomp", "xcomp") and token.head.pos_ in ("VERB", "AUX"):
            token = token.head
        return token.dep_ == "ROOT" and (self.carrier is not None or self.head.dep_ == "ROOT")

    @property
    def set_apart(self) -> bool:
        """Whether words say that it is another happening than those told before: "previous", "also".

        "It was the second election since 2011" says of what was told which one it was.
        """
        if self.head.dep_ == "attr" and any(c.lower_ in _THIS and c.dep_ == "nsubj" for c in self.head.head.children):
            return False
        tokens = [self.head] if self.carrier in (None, self.head) else [self.head, self.carrier]
        return any(
            c.lower_ in words("distinct") for t in tokens for c in t.children if c.dep_ in ("amod", "advmod", "det")
        )

    @property
    def trigger(self) -> tuple[Token, Token]:
        """First and last token of the words that name the happening: a light verb that is near is part of them."""
        first = last = self.head
        if not self.nominal:
            particles = [c for c in self.head.children if c.dep_ == "prt"]
            if self.noun is not None and 0 < self.head.i - self.noun.i <= _NEAR:
                first = self.noun
            return first, max([last, *particles], key=lambda t: t.i)
        if self.carrier is not None and self.carrier.lemma_ != _BE and abs(self.carrier.i - self.head.i) <= _NEAR:
            first, last = sorted((self.carrier, self.head), key=lambda t: t.i)
        return first, last


def detect(sentence: Sentence) -> list[Finding]:
    """All findings of a sentence, in text order."""
    return examine(sentence)[0]


def examine(sentence: Sentence) -> tuple[list[Finding], dict[int, str]]:
    """All findings of a sentence in text order, and why its other verbs and event nouns are none, by token number."""
    found: dict[int, Finding] = {}
    passed: dict[int, str] = {}
    carriers: set[int] = set()
    for token in sentence:
        seen = _nominal(sentence, token)
        if isinstance(seen, Finding):
            found[token.i] = seen
            if seen.carrier is not None:
                carriers.add(seen.carrier.i)
        elif seen:
            passed[token.i] = seen
    for token in sentence:
        if token.i not in found and token.pos_ in ("VERB", "AUX", "ADJ"):
            seen = _verbal(sentence, token, carriers)
            if isinstance(seen, Finding):
                found[token.i] = seen
            elif seen:
                passed[token.i] = seen
    if sentence.kind is BlockKind.TITLE and not any(not f.nominal for f in found.values()):
        for clause, pattern in headlines.verbs(sentence):
            rule, verb = f"headline verb {pattern.text!r}", clause.verb
            found.setdefault(verb.i, Finding(sentence, verb, verb, clause, pattern.kind, rule, pattern=pattern))
    for finding in [f for f in found.values() if not f.nominal and f.clause is not None and not f.clause.passive]:
        if (noun := _named_by_subject(finding, found)) is not None:
            found[finding.head.i] = replace(finding, noun=noun)
    told = {
        i: _FIGURATIVE if finding.idle else f"counted with the verb {finding.head.text!r}"
        for finding in found.values()
        if not finding.nominal
        for i in (*told_by_verb(finding), *([finding.noun.i] if finding.noun is not None else ()))
        if i in found
    }
    told |= {i: _FIGURATIVE for i, finding in found.items() if finding.idle}
    kept = [found[i] for i in sorted(found) if i not in told]
    return kept, {i: reason for i, reason in (passed | told).items() if i in told or i not in found}


def _named_by_subject(finding: Finding, found: Mapping[int, Finding]) -> Token | None:
    """The verb's own subject that names what it tells: "tsunami" in "a tsunami hit Sulawesi"."""
    for token in finding.clause.doers if finding.clause is not None else ():
        named = found.get(token.i) if token.head == finding.head else None
        if named is not None and named.nominal and named.carrier is None and named.kind.name == finding.kind.name:
            return token
    return None


def told_by_verb(finding: Finding) -> Iterator[int]:
    """Event nouns that the verb's own pattern already counts: "curfew" in "extended the curfew"."""
    if finding.clause is not None and finding.pattern is not None:
        yield from (token.i for token in governed(finding.pattern, finding.clause))


def _nominal(sentence: Sentence, token: Token) -> Finding | str:
    """The happening that a noun names; else why it names none, "" for what is no event noun at all."""
    if token.pos_ not in ("NOUN", "PROPN") or not knows_noun(token.lemma_.lower()):
        return ""
    if token.dep_ in ("compound", "nmod", "npadvmod"):
        return "an event noun that only modifies another word"
    if token.ent_type_ in ("DATE", "TIME"):
        return "part of a date"
    if token.pos_ == "PROPN" and token.ent_type_ in ("ORG", "GPE", "PERSON", "LAW", "FAC", "PRODUCT"):
        return "part of a name"
    pattern = match_noun(token.lemma_.lower(), around_noun(token))
    if pattern is None:
        return "an event noun only with other words beside it"
    if pattern.kind.name == NOTHING:
        return _FIGURATIVE
    carrier = carrier_of(token)
    clause = clauses.clause_of(carrier) if carrier is not None else None
    if clause is not None and (whole := match_verb(clause.verb.lemma_.lower(), around_verb(clause))):
        asked = token.lemma_.lower() in whole.objects | whole.subjects
        if whole.kind.name in (_SAID, _OTHER):
            pass
        elif asked or (whole.objects and whole.kind.family != pattern.kind.family):
            kind = narrowed(whole, clause)
            return Finding(sentence, token, carrier, clause, kind, f"verb pattern {whole.text!r}", gets=whole.gets)
    gets = carrier is not None and carrier.lemma_ == "take" and token.lemma_.lower() in words("taken")
    return Finding(sentence, token, carrier, clause, pattern.kind, f"noun pattern {pattern.text!r}", gets=gets)


def _verbal(sentence: Sentence, token: Token, carriers: set[int]) -> Finding | str:
    """The happening that a verb names; else why it names none, "" for what is no verb of a clause at all."""
    if token.i in carriers:
        return "carries an event noun, which is counted"
    if token.dep_ in ("aux", "auxpass", "amod", "compound", "case", "punct", "det"):
        return ""
    if token.pos_ == "ADJ" and not (
        token.tag_ in ("VBN", "VBD") and token.dep_ in ("ROOT", "ccomp", "conj", "acl", "relcl")
    ):
        return ""
    if not any(c.isalpha() for c in token.text) or (not token.is_alpha and "-" not in token.text):
        return ""
    if token.i + 1 < len(token.doc) and token.nbor(1).text == "-" and not token.whitespace_:
        return ""  # "re" of "re-elected"
    lemma = token.lemma_.lower()
    if only_times(token):
        return "only says when or why something else happened"
    if voice.is_reduced(token):
        return "only says which of its kind a thing is"
    if lemma == "leave" and any(map(_is_left_so, token.subtree)):
        return "told by the words for what it left"
    if (lemma in words("striking") and any(c.lemma_ == "kill" and _is_outcome(c) for c in token.children)) or (
        token.dep_ == "conj" and lemma != "kill" and token.head.lemma_ in words("striking") and _is_outcome(token)
    ):
        return "told by the verb joined to it"  # "was shot and killed", "was shot and wounded"
    clause = clauses.clause_of(token)
    if lemma == "visit" and token.tag_ == "VBG" and any(t.ent_type_ == "PERSON" for t in clause.objects):
        return "only says that somebody is a visitor"  # "told visiting Secretary of State X"
    if lemma in words("light") and any(is_idle(each) for each in clause.objects):
        return _FIGURATIVE  # "launched a war on poverty"
    pattern = match_verb(lemma, around_verb(clause))
    if pattern is not None:
        if token.dep_ == "acl" and token.tag_ == "VB" and token.head.lemma_ not in words("attempts"):
            return "an infinitive that only says what a noun is for"
        if pattern.kind.name == _SAID and token.dep_ in ("pcomp", "acl", "advcl", "xcomp"):
            return "a saying only mentioned in passing"
        if _only_plans(token, lemma):
            return _ONLY_PLANS
        if pattern.kind.type in _FRIENDLY and _refuses(clause):
            refusal = kinds.get("rejection")
            rule = f"will not, of {pattern.text!r}"
            return Finding(sentence, token, token, clause, refusal, rule, refused=True, pattern=pattern)
        if pattern.kind.name == _SAID and (asked := _asked_of_others(token)):
            rule = f"verb pattern {pattern.text!r}, {asked}"
            return Finding(sentence, token, token, clause, kinds.get(asked), rule, pattern=pattern)
        rule, kind = f"verb pattern {pattern.text!r}", narrowed(pattern, clause)
        return Finding(sentence, token, token, clause, kind, rule, pattern.inverted, pattern.gets, pattern=pattern)
    if lemma in words("stative"):
        return _ONLY_PLANS if _only_plans(token, lemma) else "tells of a state, or leaves the happening to other words"
    if token.pos_ != "VERB":
        return ""
    if token.dep_ in ("acl", "prep", "csubj", "pcomp") or token.tag_ == "VB":
        return "outside the lexicon, and not the verb of a clause of its own"
    if not (clause.doers or clause.objects):
        return "outside the lexicon, and nobody acts or is acted upon"
    return Finding(sentence, token, token, clause, kinds.get(_OTHER), "a verb of action outside the lexicon")


def _is_left_so(participle: Token) -> bool:
    """ "The storm left 40 people injured", "has left millions displaced"."""
    noun = participle.head if participle.dep_ == "acl" else participle
    after = noun.dep_ in ("dobj", "ccomp") and noun.head.lemma_ == "leave" and noun.head.i < participle.i
    return after and participle.tag_ == "VBN" and participle.lemma_ in words("transitive")


def _is_outcome(verb: Token) -> bool:
    """ "and killed" after "was shot": what the blow did to whom it struck."""
    own = {c.dep_ for c in verb.children}
    return verb.dep_ == "conj" and verb.lemma_ in words("harming") and not own & (voice.SUBJECTS | {"nsubjpass"})


def _refuses(clause: Clause) -> bool:
    """ "will not lift the ban": what somebody will not do is refused, and the refusal is the happening."""
    children = list(clause.verb.children)
    negated = any(c.dep_ == "neg" for c in children)
    return (
        negated and not clause.passive and bool(clause.doers) and any(c.lower_ in words("refusing") for c in children)
    )


def _only_plans(verb: Token, lemma: str) -> bool:
    """ "plans to meet", "tried to flee": the plan or the try is the news of the verb below it."""
    return lemma in words("bare_plan") | words("purpose_heads") and any(c.dep_ == "xcomp" for c in verb.children)


def _asked_of_others(verb: Token) -> str:
    """ "said that China must withdraw": the kind of a saying of what somebody else has to do, "" for any other."""
    for content in (c for c in verb.children if c.dep_ == "ccomp"):
        if not any(c.dep_ in voice.SUBJECTS | voice.PASSIVE_SUBJECTS and c.pos_ != "PRON" for c in content.children):
            continue
        modals = {c.lower_ for c in content.children if c.dep_ == "aux"}
        if modals & words("must"):
            return "demand"
        if modals & words("should"):
            return "appeal"
    return ""
