"""Two readings of one article held against each other: which happenings both tell, and where they differ.

Two happenings are one when their sentences overlap and either the words that name them do or their kinds can mean one
happening; of several candidates the one that agrees in most is taken, each at most once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.model import Event, Report, Span, When
from timeline.model.merging import Sourced, derive, happenings
from timeline.reference import kinds


@dataclass(frozen=True, slots=True)
class Told:
    """A happening as one extractor tells it: its event, where its words and its sentences stand."""

    event: Event
    triggers: tuple[Span, ...]
    sentences: tuple[Span, ...]

    @property
    def actors(self) -> frozenset[str]:
        return frozenset(p.actor.name for p in self.event.actors)


@dataclass(frozen=True, slots=True)
class Pair:
    """A happening of both readings, or of one: the other is None."""

    a: Told | None
    b: Told | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of happenings. `same_…` count matched ones; `near_date` those whose dates can be one."""

    a: int = 0
    b: int = 0
    matched: int = 0
    same_date: int = 0
    near_date: int = 0
    same_kind: int = 0
    same_type: int = 0
    same_modality: int = 0
    same_actors: int = 0

    @property
    def precision(self) -> float | None:
        """Of B's happenings the share that A has; None where B has none."""
        return self.matched / self.b if self.b else None

    @property
    def recall(self) -> float | None:
        """Of A's happenings the share that B has; None where A has none."""
        return self.matched / self.a if self.a else None

    @property
    def f1(self) -> float | None:
        return 2 * self.matched / (self.a + self.b) if self.a + self.b else None


def compare(a: Iterable[Report], b: Iterable[Report], minimum: float = 0.0) -> list[Pair]:
    """The happenings of at least a salience in either reading, in text order.

    One that the other reading has with less salience is matched all the same.
    """
    mine, theirs = _told(a), _told(b)
    scores = [
        (-score, i, j) for i, one in enumerate(mine) for j, other in enumerate(theirs) if (score := _score(one, other))
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scores):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    pairs = [Pair(one, theirs[partner[i]] if i in partner else None) for i, one in enumerate(mine)]
    pairs += [Pair(None, other) for j, other in enumerate(theirs) if j not in taken]
    shown = [pair for pair in pairs if max(t.event.salience for t in (pair.a, pair.b) if t) >= minimum]
    return sorted(shown, key=lambda pair: min(t.triggers[0] for t in (pair.a, pair.b) if t))


def totals(pairs: Iterable[Pair]) -> Totals:
    """The counts over any number of articles."""
    listed = list(pairs)
    both = [(pair.a, pair.b) for pair in listed if pair.a and pair.b]
    return Totals(
        a=sum(pair.a is not None for pair in listed),
        b=sum(pair.b is not None for pair in listed),
        matched=len(both),
        same_date=sum(a.event.when.edtf == b.event.when.edtf for a, b in both),
        near_date=sum(can_be_one(a.event.when, b.event.when) for a, b in both),
        same_kind=sum(a.event.kind == b.event.kind for a, b in both),
        same_type=sum(a.event.type == b.event.type for a, b in both),
        same_modality=sum(a.event.modality is b.event.modality for a, b in both),
        same_actors=sum(a.actors == b.actors for a, b in both),
    )


def can_be_one(a: When, b: When) -> bool:
    """Whether two dates share a day, where they are open any."""
    first = max(a.earliest or date.min, b.earliest or date.min)
    return first <= min(a.latest or date.max, b.latest or date.max)


def _told(reports: Iterable[Report]) -> list[Told]:
    return [
        Told(
            derive(Sourced(report) for report in each),
            tuple(sorted(report.trigger for report in each)),
            tuple(sorted({report.span for report in each})),
        )
        for each in happenings(reports)
    ]


def _score(a: Told, b: Told) -> int:
    """How much two happenings agree; 0: they are not one."""
    if not _overlap(a.sentences, b.sentences):
        return 0
    words, kind = _overlap(a.triggers, b.triggers), _kinship(a.event, b.event)
    if not words and kind < 2:
        return 0
    return (
        4 * words
        + kind
        + bool(a.actors & b.actors)
        + can_be_one(a.event.when, b.event.when)
        + (a.event.modality is b.event.modality)
    )


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in a for other in b)


def _kinship(a: Event, b: Event) -> int:
    """3 for one kind, 2 for one family, 1 for one type, else 0."""
    families = [kinds.get(e.kind).family if e.kind in kinds.all_kinds() else e.kind for e in (a, b)]
    return 3 if a.kind == b.kind else 2 if families[0] == families[1] != "" else int(a.type == b.type)
