"""Events counted by month, or by year where they are spread over many: in one pass, so that any number may come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from timeline.model import Event

What = tuple[str, str]  # kind and type
MOST_MONTHS = 240
_LONGEST = {"month": 31, "year": 366}  # days


@dataclass(frozen=True, slots=True)
class Periods:
    """How many events of what there are in each "month" or "year" (`name`) that has some, and how many more whose
    period is not known. A period is a number: its year, or twelve times its year and its month from 0."""

    name: str
    counts: Mapping[int, Counter[What]]
    left: int

    @property
    def span(self) -> tuple[int, int]:
        """The first day (ordinal) of the first period, and that after the last; there must be one."""
        return self.begin(min(self.counts)), self.begin(max(self.counts) + 1)

    def begin(self, number: int) -> int:
        """The first day (ordinal) of a period."""
        year, month = divmod(number, 12) if self.name == "month" else (number, 0)
        return date(year, month + 1, 1).toordinal() if year <= date.max.year else date.max.toordinal()

    def bars(self) -> dict[int, tuple[float, float]]:
        """Where the bar of each period begins and how wide it is, in days, with a gap to its neighbour."""
        days = {n: (self.begin(n), self.begin(n + 1)) for n in self.counts}
        return {n: (a, max(1.0, (b - a) * 0.86)) for n, ends in days.items() for a, b in pairwise(ends)}


def periods_of(events: Iterable[Event]) -> Periods:
    """What takes no longer than a period belongs to that of its first day."""
    found: dict[str, dict[int, Counter[What]]] = {name: defaultdict(Counter) for name in _LONGEST}
    left = dict.fromkeys(_LONGEST, 0)
    for event in events:
        first, last = event.when.earliest, event.when.latest
        for name, longest in _LONGEST.items():
            if first is None or last is None or (last - first).days >= longest:
                left[name] += 1
                continue
            number = first.year * 12 + first.month - 1 if name == "month" else first.year
            found[name][number][event.kind, event.type] += 1
    months = found["month"]
    name = "month" if not months or max(months) - min(months) < MOST_MONTHS else "year"
    return Periods(name, dict(sorted(found[name].items())), left[name])
