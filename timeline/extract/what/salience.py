"""How much a happening matters to a timeline, 0 to 1: what the text itself gives away.

A logistic model: the weights of what holds are summed and squashed. They were fitted on 1,600 happenings of the
development corpora, of which readers had marked a quarter, over six folds of whole articles, and rounded
(`benchmarks/salience.py` fits them again). 0.40 is where `timeline show` draws its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind
from timeline.model import Actor, ActorKind, Modality, Report, Role
from timeline.reference import countries

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.detection import Finding

# Sentences of the body after which a place in the article tells nothing more.
_FAR = 12
_MOST_MENTIONS = 3
# A headline is told again below, nearly always: alone it counts as a sentence in the middle.
_HEADLINE = 0.4
_STATEMENT = "statement"
_OUTSIDE = "development"
# Where the sum begins.
BIAS = -0.95

# What may hold of a happening, and how much it adds.
WEIGHTS = {
    "kind": 0.45,
    "early": 0.65,
    "mentions": 0.65,
    "two actors": 0.20,
    "person acts": 0.55,
    "state acts": 0.55,
    "group acts": 0.30,
    "main clause": 0.45,
    "held by another": 0.25,
    "past tense": 0.45,
    "present tense": -0.35,
    "relative clause": -0.70,
    "adnominal clause": -0.20,
    "quoted": -0.80,
    "planned": -1.40,
    "plan of a state": 0.50,  # set by us, not fitted (0.15): analysts want the plans of states
    "denied or possible": -1.15,
    "open date": -0.75,
    "stretch of days": -0.65,
    "statement": -1.55,
    "inside another": -0.40,
    "attribution": -0.60,
    "statement of a person": 1.05,
    "verb outside the lexicon": -1.10,
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What salience is made of: names of `WEIGHTS` with how far each holds, 0 to 1 (mentions: up to 3)."""

    held: tuple[tuple[str, float], ...]

    def parts(self) -> Iterator[tuple[str, float]]:
        """(name, what it adds), for those that add something."""
        for name, share in self.held:
            if share:
                yield name, WEIGHTS[name] * share


def salience(signs: Signs) -> float:
    """0..1, rounded to two places."""
    return round(1 / (1 + exp(-(BIAS + sum(added for _, added in signs.parts())))), 2)


def signs_of(finding: Finding, report: Report, beside: Sequence[Finding], *, governed: bool, mentions: int) -> Signs:
    """The signs of a happening that is told `mentions` times, of which `report` is one telling.

    `beside` are the findings of its sentence.
    """
    verb = finding.carrier if finding.carrier is not None else finding.head
    title = finding.sentence.kind is BlockKind.TITLE
    acting = [p.actor for p in report.actors if p.role is not Role.TARGET]
    person = any(a.kind is ActorKind.PERSON for a in acting)
    told = report.modality is Modality.ACTUAL and finding.main and finding.carrier is not None
    above = {verb.dep_, *(a.dep_ for a in verb.ancestors)}
    perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children)
    kind, index = report.kind, finding.sentence.body_index
    days = report.when.edtf
    opened = not days or days.startswith("..")
    return Signs(
        (
            ("kind", finding.kind.weight),
            ("early", _HEADLINE if title else max(0.0, 1 - index / _FAR) if index >= 0 else 0.0),
            ("mentions", float(min(mentions - 1, _MOST_MENTIONS))),
            ("two actors", float(len(report.actors) > 1)),
            ("person acts", float(person)),
            ("state acts", float(any(_is_state(a) for a in acting))),
            ("group acts", float(told and any(a.kind is ActorKind.GROUP for a in acting))),
            ("main clause", float(finding.main)),
            ("held by another", float(governed)),
            ("past tense", float(verb.tag_ == "VBD")),
            ("present tense", float(verb.tag_ in ("VBZ", "VBP") and not title and not perfect)),
            ("relative clause", float("relcl" in above)),
            ("adnominal clause", float("acl" in above)),
            ("quoted", float(_quoted(verb))),
            ("planned", float(report.modality is Modality.PLANNED)),
            (
                "plan of a state",
                float(report.modality is Modality.PLANNED and finding.main and any(map(_is_state, acting))),
            ),
            ("denied or possible", float(report.modality in (Modality.DENIED, Modality.HYPOTHETICAL))),
            ("open date", float(opened)),
            ("stretch of days", float("/" in days and not opened and not days.endswith(".."))),
            ("statement", float(kind == _STATEMENT)),
            ("inside another", float(_inside(verb, beside))),
            ("attribution", float(kind == _STATEMENT and _attributes(verb, beside))),
            ("statement of a person", float(kind == _STATEMENT and person)),
            ("verb outside the lexicon", float(kind == _OUTSIDE)),
        )
    )


def _is_state(actor: Actor) -> bool:
    """A country, or its government, army or other institution ("Military of Myanmar")."""
    if actor.kind is ActorKind.ORGANISATION and actor.country:
        return actor.name.endswith(f" of {countries.name_of(actor.country)}")
    return actor.kind is ActorKind.COUNTRY


def _inside(verb: Token, beside: Sequence[Finding]) -> bool:
    """What another happening that is no statement holds: "refused to lift the ban"."""
    above = {a.i for a in verb.ancestors}
    return verb.dep_ in ("xcomp", "ccomp", "pcomp", "acl") and any(
        f.kind.name not in (_STATEMENT, _OUTSIDE) and f.head.i in above for f in beside
    )


def _attributes(verb: Token, beside: Sequence[Finding]) -> bool:
    """A statement of which the content is a happening of its own: "killed three, police said"."""
    return any(f.kind.name != _STATEMENT and any(a == verb for a in f.head.ancestors) for f in beside)


def _quoted(token: Token) -> bool:
    """Inside quotation marks that open in its sentence."""
    before = [t.text for t in token.doc[token.sent.start : token.i]]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
