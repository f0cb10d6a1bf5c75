"""How many events a month: all of them, then the most frequent kinds one below the other, on one axis of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from timeline.exports.plots import Wanted
from timeline.exports.plots.axis import ticks
from timeline.exports.plots.paper import COLOURS, INK, LABELS, SOFT, Paper, barred, family_of, many, plain, ruled
from timeline.exports.plots.periods import Periods, What, periods_of
from timeline.model import Event

KINDS = 7  # that have a row of their own
ALL, ROW, GAP, LEFT = 1.5, 0.52, 0.16, 1.85  # inches

Fits = Callable[[str], bool]  # whether a kind belongs to a row


def drawn(events: Iterable[Event], wanted: Wanted) -> Figure:
    periods = periods_of(events)
    told = sum(periods.counts.values(), Counter[What]())
    if not told:
        return _empty(wanted, periods.left)
    rows = _rows(told)
    heights = [ALL] + [ROW] * (len(rows) - 1)
    paper = Paper(wanted, sum(heights) + GAP * len(heights) + 0.3)
    span = _within(periods.span, wanted)
    top = 0.05
    for number, ((name, fits), height) in enumerate(zip(rows, heights, strict=True)):
        axes = paper.axes(top, height, LEFT)
        _row(axes, periods, fits, span, last=number == len(rows) - 1)
        _named(axes, name, sum(count for (kind, _), count in told.items() if fits(kind)), paper)
        top += height + GAP
    paper.legend({family_of(type_) for _, type_ in told})
    period = periods.name
    notes = _left_out(periods.left, period)
    paper.foot(f"Events a {period}; the number at the right is the most in one {period}.", *notes)
    return paper.figure


def _rows(told: Counter[What]) -> list[tuple[str, Fits]]:
    """All events, the most frequent kinds, the rest: how each is called, and which kinds are in it."""
    counted: Counter[str] = Counter()
    for (kind, _), count in told.items():
        counted[kind] += count
    frequent = sorted(counted, key=lambda kind: (-counted[kind], kind))
    own = frequent[: KINDS if len(frequent) > KINDS + 1 else KINDS + 1]
    rest = frozenset(frequent[len(own) :])
    rows: list[tuple[str, Fits]] = [("all events", lambda _kind: True), *((kind, kind.__eq__) for kind in own)]
    return [*rows, (many(len(rest), "other kind"), rest.__contains__)] if rest else rows


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


def _row(axes: Axes, periods: Periods, fits: Fits, span: tuple[int, int], *, last: bool) -> None:
    places = periods.bars()
    below = dict.fromkeys(places, 0)
    for family in LABELS:
        counts = {
            n: sum(count for (kind, type_), count in some.items() if fits(kind) and family_of(type_) == family)
            for n, some in periods.counts.items()
        }
        shown = {n: count for n, count in counts.items() if count}
        if shown:
            barred(axes, places, shown, below, color=COLOURS[family])
        for n, count in shown.items():
            below[n] += count
    most = max(below.values(), default=0)
    axes.set_xlim(*span)
    axes.set_ylim(0, max(1, most) * 1.04)
    axes.set_yticks([])
    axes.text(1.006, 1, f"{most:,}", transform=axes.transAxes, size=8, color=SOFT, va="top")
    ruled(axes, ticks(*span), last=last)


def _named(axes: Axes, name: str, number: int, paper: Paper) -> None:
    """The name of a row at its left, with its number of events below."""
    text = paper.cut(plain(name), LEFT - 0.6, 9)
    axes.text(
        -0.012, 0.0, f"{text}\n{number:,}", transform=axes.transAxes, ha="right", va="bottom", color=INK, size=8.5
    )
