"""Events as a coder of the PLOVER manual would code them: what is planned folded into the type of a promise or threat.

Our events keep the type of what is planned and say `planned`. The manual codes a planned consultation, support,
cooperation or help as AGREE, a planned retreat as CONCEDE, and a planned act of conflict as THREATEN; requests,
accusations, rejections and threats are words already and stay. What it has no type for, plain statements first of all,
is left out. An exercise of one side alone is MOBILIZE, a joint one COOPERATE.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from timeline.model import Event, Modality
from timeline.model.actor import acting

_PLANNED = {
    **dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID"), "AGREE"),
    "RETREAT": "CONCEDE",
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "THREATEN"),
}


def as_plover(events: Iterable[Event]) -> Iterator[Event]:
    """The events that PLOVER holds, in their order, with the manual's types; kind, modality and all else stay."""
    for event in events:
        if event.type != "OTHER":
            yield replace(event, type=plover_type(event))


def plover_type(event: Event) -> str:
    """The type that the manual gives an event; OTHER stays OTHER."""
    found = "MOBILIZE" if event.kind == "exercise" and _one_sided(event) else event.type
    return _PLANNED.get(found, found) if event.modality is Modality.PLANNED else found


def _one_sided(event: Event) -> bool:
    """Whether all who take part are of one country; not known of an event without actors."""
    return len({p.actor.country or p.actor.key for p in acting(event.actors)}) == 1
