"""Which runs and notes still count after some runs were undone, and which stand in the way of an undo: pure.

A note is undone by an undo of its run that came after it and was not undone itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """`until`: up to which of its notes a run was undone; `by`: the run that undid it; `targets`: what a run undid."""

    until: Mapping[int, int]
    by: Mapping[int, int]
    targets: Mapping[int, frozenset[int]]

    @classmethod
    def of(cls, undone: Iterable[tuple[int, int, int]]) -> Standing:
        """From every (number of the note, run that undid, run that was undone)."""
        until: dict[int, int] = {}
        by: dict[int, int] = {}
        targets: dict[int, set[int]] = {}
        for note, run, target in sorted(undone, reverse=True):
            targets.setdefault(run, set()).add(target)
            if note > until.get(run, 0) and target not in by:
                until[target], by[target] = note, run
        return cls(until, by, {run: frozenset(some) for run, some in targets.items()})

    def counts(self, run: int, note: int) -> bool:
        """Whether what a note says was changed still is."""
        return note > self.until.get(run, 0)


@dataclass(frozen=True, slots=True)
class Later:
    """A note of another run (its number, its run) on the same thing, behind the `first` one of those to undo."""

    note: int
    run: int
    subject: str
    key: str
    first: int


def stands_in_the_way(later: Later, standing: Standing, first_note: Callable[[Later, int], int | None]) -> bool:
    """Whether the other run must be undone first: not where it was undone, and not where it only undid a run that
    came behind as well. `first_note` gives the number of the first note of a run on the same thing."""
    if not standing.counts(later.run, later.note):
        return False
    targets = standing.targets.get(later.run, frozenset())
    began = [note for target in targets if (note := first_note(later, target)) is not None]
    return not began or min(began) <= later.first
