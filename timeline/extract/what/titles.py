"""One line per happening in the present tense, as a chronology prints it, made from the event's own parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from timeline.extract.what import clauses
from timeline.model import Modality, Participation, Place, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.detection import Finding

MAX_LENGTH = 100
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_LEAD = {Modality.PLANNED: "Planned: ", Modality.DENIED: "Denied: ", Modality.HYPOTHETICAL: "Possible: "}
_SIDE = frozenset({"relcl", "advcl", "appos", "parataxis"})
# A name that ends in a common noun of several: "Chechen refugees", "Western nations", "police".
_SEVERAL = r"\b(people|police|men|women|children|[a-z]+[^isu]s)$"
_SKIP = _SIDE | {"acl", "cc", "conj", "npadvmod"}


Namer = Callable[["Token"], str]


def title_of(
    finding: Finding, actors: Sequence[Participation], place: Place | None, modality: Modality, name: Namer
) -> str:
    """At most 100 characters, never saying more than the text; falls back to the sentence's own words.

    `name` gives the actor's name that a noun or pronoun stands for, "" for none.
    """
    doers = [p.actor.name for p in actors if p.role is Role.SOURCE]
    others = [p.actor.name for p in actors if p.role is Role.TARGET]
    sides = [p.actor.name for p in actors if p.role is Role.PARTICIPANT]
    if finding.kind.symmetric:
        line = _both(finding, sides + doers + others)
    else:
        line = _directed(finding, doers + sides, others)
    if not line:
        line = _own_words(finding, name)
    if place is not None and place.name and place.name not in line and len(line) + len(place.name) + 4 <= MAX_LENGTH:
        line = f"{line} in {place.name}"
    return clip(_LEAD.get(modality, "") + line[:1].upper() + line[1:])


def clip(line: str, length: int = MAX_LENGTH) -> str:
    """The line cut at a word, with an ellipsis, when it is too long."""
    line = re.sub(r"\s+", " ", line).strip(" ,;:-")
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def listed(names: Sequence[str], limit: int = 3) -> str:
    """ "A", "A and B", "A, B and C", "A, B and others"."""
    shown = list(names[:limit])
    if len(names) > limit:
        shown[-1] = "others"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def third_person(lemma: str) -> str:
    """The present tense with he, she or it: "meet" to "meets"."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if re.search(r"(s|x|z|ch|sh|o)$", lemma):
        return lemma + "es"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def _both(finding: Finding, names: Sequence[str]) -> str:
    if len(names) < 2 or not finding.kind.title:
        return ""
    return f"{names[0]} {_agreeing(finding.kind.title, names[:1])} {listed(names[1:])}"


def _directed(finding: Finding, doers: Sequence[str], others: Sequence[str]) -> str:
    if doers and others and finding.kind.title:
        return f"{listed(doers)} {_agreeing(finding.kind.title, doers)} {listed(others)}"
    return ""


def _agreeing(phrase: str, names: Sequence[str]) -> str:
    """A verb phrase of one ("visits") as it is for several ("visit")."""
    if len(names) == 1 and not re.search(_SEVERAL, names[0]):
        return phrase
    verb, space, rest = phrase.partition(" ")
    return f"{_plural_verb(verb)}{space}{rest}"


def _plural_verb(verb: str) -> str:
    if verb in ("is", "has"):
        return {"is": "are", "has": "have"}[verb]
    if re.search(r"[^aeiou]ies$", verb) and verb != "dies":
        return verb[:-3] + "y"
    if re.search(r"(ss|x|z|ch|sh|oe)es$", verb):
        return verb[:-2]
    return verb.removesuffix("s")


def _own_words(finding: Finding, name: Namer) -> str:
    """The clause in the article's words, its verb in the present tense, up to the first side clause."""
    if finding.clause is None:
        return _phrase(finding.head)
    clause = finding.clause
    verb = clause.verb
    subjects = clause.objects if clause.passive else clause.doers
    subject = listed([name(s) or _phrase(s) for s in subjects]) if subjects else ""
    several = len(subjects) > 1 or (bool(subjects) and subjects[0].tag_ in ("NNS", "NNPS"))
    if clause.passive or clauses.is_opposed(verb):
        predicate = f"{'are' if several else 'is'} {verb.text.lower()}"
    elif verb.tag_.startswith("VB"):
        predicate = verb.lemma_ if several or not subject else third_person(verb.lemma_.lower())
    else:
        predicate = verb.text
    return f"{subject} {predicate} {_rest(verb)}".strip()


def _rest(verb: Token) -> str:
    """The words after the verb that belong to it, without dates, up to the first side clause."""
    kept: list[Token] = []
    for token in verb.doc[verb.i + 1 : verb.right_edge.i + 1]:
        if _is_date(token):
            continue
        if not _kept(token, verb):
            break
        kept.append(token)
    while kept and kept[-1].pos_ in ("ADP", "DET", "CCONJ", "PUNCT", "SCONJ") and kept[-1].dep_ != "prt":
        kept.pop()
    return "".join(t.text_with_ws for t in kept).strip()


def _is_date(token: Token) -> bool:
    """A date, or the preposition before one."""
    if token.ent_type_ in ("DATE", "TIME"):
        return True
    return token.dep_ == "prep" and any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in token.children)


def _kept(token: Token, verb: Token) -> bool:
    """Whether a token belongs to the short form: under the verb without a side clause between."""
    for step in (token, *token.ancestors):
        if step == verb:
            return True
        if step.dep_ in _SIDE or (step.dep_ == "conj" and step.pos_ in ("VERB", "AUX")):
            return False
    return False


def _phrase(noun: Token) -> str:
    """A noun phrase without its side clauses."""
    kept = [t for t in noun.subtree if not any(a.dep_ in _SKIP and a != noun for a in _path(t, noun))]
    text = "".join(t.text_with_ws for t in kept).strip()
    return re.sub(r"^(The|the|a|A|an|An)\s+", "", text)


def _path(token: Token, top: Token) -> list[Token]:
    steps = [token]
    while steps[-1] != top and steps[-1].head != steps[-1]:
        steps.append(steps[-1].head)
    return steps
