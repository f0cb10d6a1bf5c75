"""How cooperative two sides were with each other: the mean of what happened each month, and how much it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from timeline.exports.plots import Wanted
from timeline.exports.plots.axis import bars, begin, periods_of, ticks
from timeline.exports.plots.paper import COLOURS, INK, LINE, SOFT, Paper, many
from timeline.model import Event, Modality

MEANS, COUNTS, GAP, LEFT = 2.7, 1.5, 0.3, 1.5  # inches
GOOD, BAD = COLOURS["verbal-cooperation"], COLOURS["material-conflict"]
LONG = 12  # periods that the line looks back on


def drawn(events: list[Event], wanted: Wanted) -> Figure:
    happened = [event for event in events if event.modality is Modality.ACTUAL]
    weighed = [event for event in happened if wanted.scale.get(event.kind) is not None]
    period, found, left = periods_of(weighed)
    values = {n: [value_of(event, wanted.scale) for event in some] for n, some in found.items()}
    paper = Paper(wanted, MEANS + COUNTS + GAP + 0.35)
    if not values:
        paper.nothing("No event between them that the scale has a value for")
    else:
        upper, lower = paper.axes(0.0, MEANS, LEFT), paper.axes(MEANS + GAP, COUNTS, LEFT)
        span = begin(period, min(values)), begin(period, max(values) + 1)
        _means(upper, period, values)
        _counts(lower, period, values)
        for axes in (upper, lower):
            _time(axes, span, last=axes is lower)
    marks = [("Cooperation", {"color": GOOD}), ("Conflict", {"color": BAD})]
    line = (f"Mean of {LONG} {period}s, each event counted alike", {"color": INK, "marker": "_", "mew": 2, "ms": 9})
    paper.legend((), [*marks, line])
    paper.foot(*_notes(len(events) - len(happened), len(happened) - len(weighed), left, period))
    return paper.figure


def value_of(event: Event, scale: Mapping[str, float | None]) -> float:
    """From -10, conflict, to 10, cooperation."""
    return scale.get(event.kind) or 0.0


def running(values: Mapping[int, Sequence[float]], long: int = LONG) -> list[tuple[int, float]]:
    """For each period with events the mean of those in it and the `long` - 1 periods before."""
    found = []
    for last in sorted(values):
        told = [value for n, some in values.items() if last - long < n <= last for value in some]
        found.append((last, sum(told) / len(told)))
    return found


def unbroken(line: Sequence[tuple[int, float]], long: int = LONG) -> list[list[tuple[int, float]]]:
    """The parts of a line between which nothing was told for `long` periods."""
    parts: list[list[tuple[int, float]]] = []
    for point in line:
        if not parts or point[0] - parts[-1][-1][0] >= long:
            parts.append([])
        parts[-1].append(point)
    return parts


def _means(axes: Axes, period: str, values: Mapping[int, Sequence[float]]) -> None:
    places = bars(period, values)
    means = {n: sum(some) / len(some) for n, some in values.items()}
    axes.bar(
        [places[n][0] for n in means],
        list(means.values()),
        [places[n][1] for n in means],
        align="edge",
        color=[GOOD if mean > 0 else BAD for mean in means.values()],
        linewidth=0,
        alpha=0.85,
    )
    for line in unbroken(running(values)):
        middles = [places[n][0] + places[n][1] / 2 for n, _ in line]
        axes.plot(middles, [mean for _, mean in line], color=INK, lw=1.5, marker="o", ms=2.5, zorder=3)
    axes.set_ylim(-10.4, 10.4)
    axes.set_yticks([-10, -5, 0, 5, 10], ["−10 conflict", "−5", "0", "5", "10 cooperation"])


def _counts(axes: Axes, period: str, values: Mapping[int, Sequence[float]]) -> None:
    places = bars(period, values)
    good = {n: sum(value > 0 for value in some) for n, some in values.items()}
    bad = {n: -sum(value < 0 for value in some) for n, some in values.items()}
    for counts, colour in ((good, GOOD), (bad, BAD)):
        at, widths = [places[n][0] for n in counts], [places[n][1] for n in counts]
        axes.bar(at, list(counts.values()), widths, align="edge", color=colour, linewidth=0)
    high, low = max(good.values()), min(bad.values())
    room = (high - low) * 0.06 or 1.0
    axes.set_ylim(low - room, high + room)
    named = {low: f"{-low:,}", 0: "0", high: f"{high:,}"}
    top = max(named)
    named[top] = many(top)
    axes.set_yticks(list(named), list(named.values()))


def _time(axes: Axes, span: tuple[int, int], *, last: bool) -> None:
    named = ticks(*span)
    axes.set_xlim(*span)
    axes.set_xticks([day for day, _ in named], [name for _, name in named] if last else [""] * len(named))
    axes.spines["bottom"].set_visible(False)
    axes.axhline(0, color=SOFT, lw=0.8, zorder=2)
    axes.tick_params(length=0, pad=5, labelsize=8.5)
    for day, _ in named:
        axes.axvline(day, color=LINE, lw=0.8, zorder=0)


def _notes(not_actual: int, unweighed: int, undated: int, period: str) -> list[str]:
    told = []
    for number, why in (
        (not_actual, "that are planned, hypothetical or denied"),
        (unweighed, "that the scale has no value for"),
        (undated, f"whose {period} is not known"),
    ):
        if number:
            told.append(f"{many(number)} {why}")
    return [f"Left out: {', '.join(told)}."] if told else []
