"""How cooperative two sides were with each other: the mean of what happened each month, and how much it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from timeline.exports.plots import Wanted
from timeline.exports.plots.axis import ticks
from timeline.exports.plots.paper import COLOURS, INK, SOFT, Paper, barred, many, ruled
from timeline.exports.plots.periods import Periods, What, periods_of
from timeline.model import Event, Modality

MEANS, COUNTS, GAP, LEFT = 2.7, 1.5, 0.3, 1.5  # inches
GOOD, BAD = COLOURS["verbal-cooperation"], COLOURS["material-conflict"]
LONG = 12  # periods that the line looks back on

_UNREAL, _UNWEIGHED = "that are planned, hypothetical or denied", "that the scale has no value for"

Scale = Mapping[str, float | None]
Values = Mapping[int, Counter[float]]  # of each period its values, and how many events have each


def drawn(events: Iterable[Event], wanted: Wanted) -> Figure:
    out = Counter(dict.fromkeys((_UNREAL, _UNWEIGHED), 0))
    periods = periods_of(_weighed(events, wanted.scale, out))
    paper = Paper(wanted, MEANS + COUNTS + GAP + 0.35)
    if not periods.counts:
        paper.nothing("No event between them that the scale has a value for")
    else:
        values = {n: _values(some, wanted.scale) for n, some in periods.counts.items()}
        upper, lower = paper.axes(0.0, MEANS, LEFT), paper.axes(MEANS + GAP, COUNTS, LEFT)
        _means(upper, periods, values)
        _counts(lower, periods, values)
        for axes in (upper, lower):
            _time(axes, periods.span, last=axes is lower)
    marks = [("Cooperation", {"color": GOOD}), ("Conflict", {"color": BAD})]
    words = f"Mean of {LONG} {periods.name}s, each event counted alike"
    paper.legend((), [*marks, (words, {"color": INK, "marker": "_", "mew": 2, "ms": 9})])
    out[f"whose {periods.name} is not known"] = periods.left
    told = [f"{many(number)} {why}" for why, number in out.items() if number]
    paper.foot(*([f"Left out: {', '.join(told)}."] if told else []))
    return paper.figure


def _weighed(events: Iterable[Event], scale: Scale, out: Counter[str]) -> Iterator[Event]:
    """Events that happened and have a value; why others are left out is counted."""
    for event in events:
        if event.modality is not Modality.ACTUAL:
            out[_UNREAL] += 1
        elif scale.get(event.kind) is None:
            out[_UNWEIGHED] += 1
        else:
            yield event


def _values(counts: Counter[What], scale: Scale) -> Counter[float]:
    values: Counter[float] = Counter()
    for (kind, _), count in counts.items():
        values[scale.get(kind) or 0.0] += count
    return values


def mean(values: Counter[float]) -> float:
    """From -10, conflict, to 10, cooperation."""
    return sum(value * count for value, count in values.items()) / values.total()


def running(values: Values, long: int = LONG) -> list[tuple[int, float]]:
    """For each period with events the mean of those in it and the `long` - 1 periods before."""
    near = {last: [some for n, some in values.items() if last - long < n <= last] for last in sorted(values)}
    return [(last, mean(sum(some, Counter[float]()))) for last, some in near.items()]


def unbroken(line: Sequence[tuple[int, float]], long: int = LONG) -> list[list[tuple[int, float]]]:
    """The parts of a line between which nothing was told for `long` periods."""
    parts: list[list[tuple[int, float]]] = []
    for point in line:
        if not parts or point[0] - parts[-1][-1][0] >= long:
            parts.append([])
        parts[-1].append(point)
    return parts


def _means(axes: Axes, periods: Periods, values: Values) -> None:
    places = periods.bars()
    means = {n: mean(some) for n, some in values.items()}
    barred(axes, places, means, color=[GOOD if each > 0 else BAD for each in means.values()], alpha=0.85)
    for line in unbroken(running(values)):
        middles = [places[n][0] + places[n][1] / 2 for n, _ in line]
        axes.plot(middles, [each for _, each in line], color=INK, lw=1.5, marker="o", ms=2.5, zorder=3)
    axes.set_ylim(-10.4, 10.4)
    axes.set_yticks([-10, -5, 0, 5, 10], ["−10 conflict", "−5", "0", "5", "10 cooperation"])


def _counts(axes: Axes, periods: Periods, values: Values) -> None:
    places = periods.bars()
    good = {n: sum(count for value, count in some.items() if value > 0) for n, some in values.items()}
    bad = {n: -sum(count for value, count in some.items() if value < 0) for n, some in values.items()}
    for counts, colour in ((good, GOOD), (bad, BAD)):
        barred(axes, places, counts, color=colour)
    high, low = max(good.values()), min(bad.values())
    room = (high - low) * 0.06 or 1.0
    axes.set_ylim(low - room, high + room)
    named = {low: f"{-low:,}", 0: "0", high: f"{high:,}"}
    top = max(named)
    named[top] = many(top)
    axes.set_yticks(list(named), list(named.values()))


def _time(axes: Axes, span: tuple[int, int], *, last: bool) -> None:
    axes.set_xlim(*span)
    axes.spines["bottom"].set_visible(False)
    axes.axhline(0, color=SOFT, lw=0.8, zorder=2)
    ruled(axes, ticks(*span), last=last)
