"""The named things that a happening is about: where a noun of the event stands for no actor, but for a thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.extract.what.arguments import arguments
from timeline.model import Participation, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.detection import Finding
    from timeline.extract.who.things import Things


def things(finding: Finding, found: Things) -> tuple[Participation, ...]:
    """Each thing once, in the role that grammar gives it; what happens by itself ("the Ebola outbreak") is its doer.

    None for a noun of what several do together: a meeting or an agreement says what it is about in too many ways.
    """
    if finding.nominal and finding.kind.symmetric:
        return ()
    chosen: dict[str, Participation] = {}
    for token, role in (*arguments(finding), *_modifying(finding)):
        if token == finding.head:
            continue
        actual = Role.PARTICIPANT if finding.kind.symmetric else Role.SOURCE if _spreads(finding) else role
        thing = found.at(finding.sentence, token, actual)
        if thing is not None:
            chosen.setdefault(thing.actor.key, thing)
    return tuple(chosen.values())


def _spreads(finding: Finding) -> bool:
    """ "an outbreak of Ebola": the disease does it."""
    return finding.nominal and finding.kind.name == "epidemic"


def _modifying(finding: Finding) -> Iterator[tuple[Token, Role]]:
    """Names before what names the event: "the Ebola outbreak", "the plane plummeting"."""
    yield from ((c, Role.SOURCE) for c in finding.head.children if c.dep_ in ("compound", "nmod"))
