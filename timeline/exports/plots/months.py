"""How many events a month: all of them, then the most frequent kinds one below the other, on one axis of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from timeline.exports.page.families import FAMILIES
from timeline.exports.plots import Wanted
from timeline.exports.plots.axis import bars, begin, periods_of, ticks
from timeline.exports.plots.paper import COLOURS, INK, LINE, SOFT, Paper, family_of, many, plain
from timeline.model import Event

KINDS = 7  # that have a row of their own
ALL, ROW, GAP, LEFT = 1.5, 0.52, 0.16, 1.85  # inches
_FAMILIES = tuple(family for family, _, _ in FAMILIES)

Periods = Mapping[int, Sequence[Event]]


def drawn(events: list[Event], wanted: Wanted) -> Figure:
    period, found, left = periods_of(events)
    told = [event for some in found.values() for event in some]
    if not told:
        return _empty(wanted, left)
    frequent = sorted(Counter(event.kind for event in told).items(), key=lambda each: (-each[1], each[0]))
    kinds = [kind for kind, _ in frequent[: KINDS if len(frequent) > KINDS + 1 else KINDS + 1]]
    others = len(frequent) - len(kinds)
    rows: list[tuple[str, Callable[[Event], bool]]] = [("all events", lambda _event: True)]
    rows += [(kind, lambda event, kind=kind: event.kind == kind) for kind in kinds]  # type: ignore[misc]
    if others > 0:
        rows.append((f"{many(others, 'other kind')}", lambda event: event.kind not in kinds))
    heights = [ALL] + [ROW] * (len(rows) - 1)
    paper = Paper(wanted, sum(heights) + GAP * len(heights) + 0.3)
    span = begin(period, min(found)), begin(period, max(found) + 1)
    if wanted.since or wanted.until:
        span = _within(span, wanted)
    top = 0.05
    for number, ((name, fits), height) in enumerate(zip(rows, heights, strict=True)):
        axes = paper.axes(top, height, LEFT)
        counts = {n: [event for event in some if fits(event)] for n, some in found.items()}
        _row(axes, period, counts, span, last=number == len(rows) - 1)
        _named(axes, name, sum(map(len, counts.values())), paper)
        top += height + GAP
    paper.legend({family_of(event.type) for event in told})
    paper.foot(f"Events a {period}; the number at the right is the most in one {period}.", *_left_out(left, period))
    return paper.figure


def _empty(wanted: Wanted, left: int) -> Figure:
    paper = Paper(wanted, ALL)
    paper.nothing("No event whose month is known")
    paper.foot(*_left_out(left, "month"))
    return paper.figure


def _left_out(number: int, period: str) -> list[str]:
    return [f"{many(number)} whose {period} is not known left out."] if number else []


def _within(span: tuple[int, int], wanted: Wanted) -> tuple[int, int]:
    low = wanted.since.toordinal() if wanted.since else span[0]
    high = wanted.until.toordinal() + 1 if wanted.until else span[1]
    return min(low, span[0]), max(high, span[1])


def _row(axes: Axes, period: str, found: Periods, span: tuple[int, int], *, last: bool) -> None:
    places = bars(period, found)
    below = dict.fromkeys(found, 0)
    for family in _FAMILIES:
        counts = {n: sum(family_of(event.type) == family for event in some) for n, some in found.items()}
        shown = [n for n, count in counts.items() if count]
        if shown:
            axes.bar(
                [places[n][0] for n in shown],
                [counts[n] for n in shown],
                [places[n][1] for n in shown],
                [below[n] for n in shown],
                align="edge",
                color=COLOURS[family],
                linewidth=0,
            )
        for n in shown:
            below[n] += counts[n]
    most = max(below.values(), default=0)
    axes.set_xlim(*span)
    axes.set_ylim(0, max(1, most) * 1.04)
    axes.set_yticks([])
    axes.text(1.006, 1, f"{most:,}", transform=axes.transAxes, size=8, color=SOFT, va="top")
    named = ticks(*span)
    axes.set_xticks([day for day, _ in named], [name for _, name in named] if last else [""] * len(named))
    axes.tick_params(length=0, pad=5, labelsize=8.5)
    for day, _ in named:
        axes.axvline(day, color=LINE, lw=0.8, zorder=0)


def _named(axes: Axes, name: str, number: int, paper: Paper) -> None:
    """The name of a row at its left, with its number of events below."""
    text = paper.cut(plain(name), LEFT - 0.6, 9)
    axes.text(
        -0.012, 0.0, f"{text}\n{number:,}", transform=axes.transAxes, ha="right", va="bottom", color=INK, size=8.5
    )
