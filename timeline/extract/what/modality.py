"""Whether a happening is told as a fact, a plan, a possibility or something that was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.extract.what import clauses
from timeline.extract.what.lexicon import words
from timeline.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.detection import Finding

_MAX_CLIMB = 6
_CLAUSAL = frozenset(
    {"xcomp", "ccomp", "advcl", "acl", "relcl", "conj", "pcomp", "dobj", "prep", "pobj", "attr", "dep", "oprd"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The modality, the words it was read from, and whether another event's words hold it ("threatened to attack").

    `attributed` is true when a speech verb reports it. `background` marks what lies before the narrative: a past
    or present perfect.
    """

    modality: Modality
    reason: str = ""
    governed: bool = False
    attributed: bool = False


def read(finding: Finding) -> Reading:
    """The modality of a finding, from its own auxiliaries outwards to the verbs that govern it."""
    own = _of_noun(finding.head) if finding.nominal else None
    if own is not None:
        return own
    start = finding.carrier if finding.carrier is not None else finding.head
    if finding.carrier is None:
        return _of_topic(start)
    if finding.refused:
        return Reading(Modality.ACTUAL, "will not", attributed=_attributed(start))
    if clauses.is_accused_of(start) and _is_known(finding.head):
        return Reading(Modality.ACTUAL, "the deed is a fact, who did it is not")
    reading = _of_verb(start) if start.pos_ in ("VERB", "AUX") else None
    return reading or _governing(start) or Reading(Modality.ACTUAL, attributed=_attributed(start))


def _of_topic(noun: Token) -> Reading:
    """An event noun that no verb carries: as real as the clause it stands in, and only mentioned in it."""
    if noun.dep_ == "pobj" and noun.head.lower_ in words("past") and noun.head.dep_ == "prep":
        return Reading(Modality.ACTUAL, noun.head.text)
    for ancestor in noun.ancestors:
        if _ahead(noun, ancestor):
            return Reading(Modality.PLANNED, f"{ancestor.text} {noun.head.text}")
    for ancestor in noun.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            if clauses.is_accused_of(ancestor) and _is_known(noun):
                return Reading(Modality.ACTUAL)
            above = _of_verb(ancestor) or _governing(ancestor)
            if above is not None:
                return Reading(above.modality, above.reason, governed=True)
            break
    return _governing(noun) or Reading(Modality.ACTUAL)


def _is_known(noun: Token) -> bool:
    """ "the attack": one that is spoken of as known."""
    return noun.pos_ == "NOUN" and any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in noun.children)


def _ahead(noun: Token, verb: Token) -> bool:
    """ "travels to Russia for talks": the phrase hangs on the verb or, as parsers have it, on its other object."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in words("ahead"):
        return False
    if any(c.dep_ == "prep" and c.lower_ == "under" for c in verb.children):
        return False  # "came under fire for his remarks": nobody goes anywhere
    return verb.dep_ in ("ROOT", "ccomp", "conj") and verb.lemma_.lower() in words("motion")


def _of_noun(noun: Token) -> Reading | None:
    for child in noun.children:
        lemma = child.lower_
        if child.dep_ in ("amod", "advmod", "det", "compound", "nmod"):
            if lemma in words("planned"):
                return Reading(Modality.PLANNED, child.text)
            if lemma in words("hypothetical"):
                return Reading(Modality.HYPOTHETICAL, child.text)
            if child.dep_ == "det" and lemma == "no":
                return Reading(Modality.DENIED, "no")
    return None


def _of_verb(verb: Token) -> Reading | None:
    """Negation, auxiliaries, "to"-infinitives and conditions on the verb itself."""
    children = list(verb.children)
    if any(c.dep_ == "neg" for c in children) or any(
        c.lower_ in ("nobody", "none") and c.dep_ == "nsubj" for c in children
    ):
        return Reading(Modality.DENIED, "not")
    if any(
        g.lower_ == "no" and g.dep_ == "det" for c in children if c.dep_ in ("nsubj", "nsubjpass") for g in c.children
    ):
        return Reading(Modality.DENIED, "no")
    for child in children:
        lemma = child.lower_
        if child.dep_ == "mark" and lemma in words("condition"):
            return Reading(Modality.HYPOTHETICAL, child.text)
        if child.dep_ == "advmod" and lemma in words("hypothetical"):
            return Reading(Modality.HYPOTHETICAL, child.text)
        if child.dep_ in ("aux", "auxpass"):
            if lemma in words("aspect_future"):
                return Reading(Modality.PLANNED, child.text)
            if lemma in ("would", "'d") and _attributed(verb):
                return Reading(Modality.PLANNED, child.text)
            if lemma in words("modal_unreal"):
                return Reading(Modality.HYPOTHETICAL, child.text)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and _shares_auxiliary(verb):
        return _of_verb(verb.head)
    return None


def _shares_auxiliary(verb: Token) -> bool:
    """ "will meet Putin and discuss trade": the second verb has the first's auxiliary."""
    return verb.tag_ in ("VB", "VBN") and not any(c.dep_ in ("aux", "nsubj", "nsubjpass") for c in verb.children)


def _governing(start: Token) -> Reading | None:
    """What the verbs above make of it: planned, wished, threatened, refused."""
    token = start
    infinitive = start.tag_ == "VB"
    for _ in range(_MAX_CLIMB):
        head = token.head
        if head == token or token.dep_ not in _CLAUSAL or _stands_beside(token):
            return None
        dep = token.dep_
        if clauses.is_accused_of(token):
            return Reading(Modality.HYPOTHETICAL, head.head.text, governed=True)
        if dep == "pcomp" and head.dep_ == "prep" and head.head.lemma_.lower() in words("open"):
            return Reading(Modality.HYPOTHETICAL, head.head.text, governed=True)
        if dep in ("relcl", "conj") and not (dep == "conj" and token.tag_ == "VB"):
            return None
        lemma = head.lemma_.lower()
        if head.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and dep in (
            "xcomp",
            "ccomp",
            "dobj",
            "acl",
            "advcl",
            "pobj",
            "oprd",
        ):
            if lemma == "go" and head.tag_ == "VBG" and dep == "xcomp":
                return Reading(Modality.PLANNED, "going to")
            if lemma == "be" and dep == "xcomp":
                return Reading(Modality.PLANNED, "to")
            if lemma in words("aspect") and dep == "xcomp" and (above := _of_verb(head)) is not None:
                return above
            if lemma in words("implicative") and infinitive and head.tag_ in ("VBD", "VBN", "VBG"):
                return _of_verb(head) or _governing(head) or Reading(Modality.ACTUAL, head.text)
            if dep == "advcl" and infinitive and _done_at_once(start, head):
                return Reading(Modality.ACTUAL, f"what {head.text!r} was for")
            if dep == "advcl" and infinitive:
                above = _of_verb(head) or _governing(head)
                if above is not None and above.modality is Modality.DENIED:
                    return above  # "denied sending troops to support rebels"
                return Reading(Modality.PLANNED, f"purpose of {head.text!r}", governed=True)
            if dep in ("xcomp", "ccomp", "dobj", "acl", "oprd"):
                reading = _under(head, lemma, infinitive=infinitive or dep == "ccomp", dep=dep)
                if reading is not None:
                    return reading
        token = head
    return None


def _stands_beside(verb: Token) -> bool:
    """ "A bomber killed 30; rebels claimed responsibility": a clause before a semicolon, which a parser puts under the
    verb after it."""
    return verb.dep_ == "ccomp" and any(c.text == ";" and verb.i < c.i < verb.head.i for c in verb.head.children)


def _done_at_once(verb: Token, head: Token) -> bool:
    """ "gathered in Cairo to discuss Libya": who met to talk talked."""
    met = head.lemma_.lower() in words("assembling") and head.tag_ in ("VBD", "VBN")
    return met and verb.lemma_.lower() in words("conferring") and _of_verb(head) is None


def _under(head: Token, lemma: str, *, infinitive: bool, dep: str) -> Reading | None:
    if lemma in words("negative") and dep in ("xcomp", "dobj", "ccomp"):
        return Reading(Modality.DENIED, head.text, governed=True)
    if not infinitive and dep != "dobj":
        return None
    if lemma in words("plan") and (dep in ("xcomp", "acl", "oprd") or head.pos_ == "NOUN"):
        return Reading(
            Modality.PLANNED,
            head.text,
            governed=lemma not in words("bare_plan"),
        )
    if lemma in words("plan") and dep == "dobj" and lemma in ("plan", "schedule", "expect", "propose", "intend"):
        return Reading(Modality.PLANNED, head.text)
    if lemma in words("unreal") and (
        dep != "dobj" or lemma in ("threaten", "demand", "fear", "seek", "urge", "oppose", "propose", "consider")
    ):
        return Reading(Modality.HYPOTHETICAL, head.text, governed=True)
    return None


def _attributed(verb: Token) -> bool:
    """Whether a speech verb reports the clause ("X said that ...", "..., X said")."""
    token = verb
    for _ in range(_MAX_CLIMB):
        if _stands_beside(token):
            return False
        if token.dep_ in ("ccomp", "parataxis") and token.head.lemma_.lower() in words("speech"):
            return True
        if token.head == token or token.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "relcl"):
            return False
        token = token.head
    return False
