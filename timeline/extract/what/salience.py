"""How much a happening matters to a timeline, 0 to 1: what the text itself gives away.

The kind's own weight (reference table) times the sum of

    0.50               for every happening
    title, lead        +0.30 in the headline, +0.25 in the first body sentence, falling to 0 at the twelfth
    date               +0.12 when the text itself dates it
    named actors       +0.10 for one, +0.16 for two or more
    main clause        +0.07 for the main predicate of its sentence
    repetition         +0.05 for each further mention, at most +0.10

and that x 0.7 for an event noun that no verb carries, x 0.45 when other words hold it ("threatened to attack"), else
x 0.85 when it is not told as a fact.
"""

from __future__ import annotations

from dataclasses import dataclass

from timeline.model import Modality


@dataclass(frozen=True, slots=True)
class Signs:
    """What salience is made of. `body_index` is -1 in title and captions."""

    weight: float
    title: bool
    body_index: int
    dated: bool
    actors: int
    main: bool
    topic: bool
    governed: bool
    modality: Modality
    mentions: int = 1


def salience(signs: Signs) -> float:
    """0..1, rounded to two places; the docstring of this module gives the parts."""
    value = 0.50
    if signs.title:
        value += 0.30
    elif signs.body_index >= 0:
        value += 0.25 * max(0.0, 1 - signs.body_index / 12)
    value += 0.12 * signs.dated + (0.0, 0.10, 0.16)[min(signs.actors, 2)] + 0.07 * signs.main
    value += min(0.10, 0.05 * (signs.mentions - 1))
    value *= signs.weight * (0.7 if signs.topic and not signs.title else 1.0)
    if signs.governed:
        value *= 0.45
    elif signs.modality is not Modality.ACTUAL:
        value *= 0.85
    return round(min(value, 1.0), 2)
