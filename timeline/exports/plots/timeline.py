"""Events on an axis of time, each with its title, in as many lanes as keep them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from timeline.exports.plots import Wanted
from timeline.exports.plots.axis import extent, ticks
from timeline.exports.plots.paper import COLOURS, INK, MARGIN, PAPER, SOFT, WIDTH, Paper, family_of, many, plain, ruled
from timeline.model import Event, Modality

LANE, SIZE = 0.255, 8.5  # inches, points
LONGEST = 3.9  # inches of a title
_DOT, _GAP, _FADE = 0.06, 0.07, 0.55  # inches: half a dot, between things, of what has no end
_SLICES = 8
_ROOM = WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Placed:
    """An event in the picture, in inches from the left of the axes: where its mark begins and ends and its title begins
    (`at`), and what both take together (`reach`); `open` says whether it has no start and no end."""

    event: Event
    left: float
    right: float
    text: str
    at: float
    open: tuple[bool, bool]
    reach: tuple[float, float]


def drawn(events: Iterable[Event], wanted: Wanted) -> Figure:
    counted: Counter[bool] = Counter()
    shown = _most_told(_dated(events, counted), wanted.most)
    days = extent(shown, wanted.since, wanted.until)
    draft = Paper(wanted, 1.0)
    placed = [_placed(event, days, draft) for event in shown] if days else []
    lanes = in_lanes([each.reach for each in placed])
    height = max(1.2, LANE * (max(lanes, default=0) + 1) + 0.2)
    paper = Paper(wanted, height + 0.3)
    axes = paper.axes(0.0, height)
    axes.set_xlim(0, _ROOM)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    if days:
        _time(axes, *days)
    for each, lane in zip(placed, lanes, strict=True):
        _draw(axes, each, 0.2 + LANE * lane)
    if not placed:
        axes.set_xticks([])
        paper.nothing("No event with a date")
    paper.legend({family_of(event.type) for event in shown}, _marks(shown))
    paper.foot(*_notes(shown, dated=counted[True], undated=counted[False]))
    return paper.figure


def _dated(events: Iterable[Event], counted: Counter[bool]) -> Iterator[Event]:
    """Those with a date; how many have one, and how many not, is counted."""
    for event in events:
        is_dated = event.when.first is not None
        counted[is_dated] += 1
        if is_dated:
            yield event


def _most_told(events: Iterable[Event], most: int) -> list[Event]:
    """Those with the most sources, then the most salience, by their first day."""
    best = nsmallest(most, events, key=lambda event: (-event.sources, -event.salience, event.id))
    return sorted(best, key=lambda event: (event.when.first or date.min, event.id))


def _placed(event: Event, days: tuple[int, int], paper: Paper) -> Placed:
    """The title stands behind the mark where there is room, else before it, else on it."""
    low, high = days
    an_inch = (high + 1 - low) / _ROOM
    first, last = event.when.earliest, event.when.latest
    left = (
        (first.toordinal() - low) / an_inch if first else (last.toordinal() + 1 - low) / an_inch - _FADE if last else 0
    )
    right = (last.toordinal() + 1 - low) / an_inch if last else left + _FADE
    left, right = min(max(left, 0.0), _ROOM - 0.03), min(max(right, 0.03), _ROOM)
    if first and first == last:
        middle = min(max((left + right) / 2, _DOT), _ROOM - _DOT)
        left, right = middle - _DOT, middle + _DOT
    said = plain(event.title) + ("" if event.modality is Modality.ACTUAL else f" ({event.modality.value})")
    text = paper.cut(said, LONGEST, SIZE)
    width = paper.width(text, SIZE)
    if right + _GAP + width <= _ROOM:
        at = right + _GAP
    elif left - _GAP - width >= 0:
        at = left - _GAP - width
    else:
        at = min(max(left + _GAP, 0.0), _ROOM - width)
    reach = min(left, at) - _GAP, max(right, at + width) + _GAP
    return Placed(event, left, right, text, at, (first is None, last is None), reach)


def in_lanes(reaches: Sequence[tuple[float, float]]) -> list[int]:
    """For each stretch the first lane in which it meets none of those before it."""
    ends: list[list[tuple[float, float]]] = []
    lanes = []
    for left, right in reaches:
        free = (n for n, taken in enumerate(ends) if all(right <= a or left >= b for a, b in taken))
        lane = next(free, len(ends))
        if lane == len(ends):
            ends.append([])
        ends[lane].append((left, right))
        lanes.append(lane)
    return lanes


def _draw(axes: Axes, placed: Placed, y: float) -> None:
    event, colour = placed.event, COLOURS[family_of(placed.event.type)]
    is_actual = event.modality is Modality.ACTUAL
    if event.when.earliest and event.when.earliest == event.when.latest:
        crossed = event.modality is Modality.DENIED
        middle = (placed.left + placed.right) / 2
        mark: dict[str, Any] = {
            "marker": "x" if crossed else "o",
            "mew": 2 if crossed else 1.4,
            "mfc": colour if is_actual else PAPER,
        }
        axes.plot([middle], [y], ms=_DOT * 2 * 72, mec=colour, ls="none", zorder=3, **mark)
    else:
        _bar(axes, placed, y, colour, dashed=not is_actual)
    is_on_bar = placed.left < placed.at < placed.right
    behind = None if is_on_bar else {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 0.6}
    axes.text(placed.at, y, placed.text, size=SIZE, va="center_baseline", color=INK, zorder=4, bbox=behind)


def _bar(axes: Axes, placed: Placed, y: float, colour: str, *, dashed: bool) -> None:
    """A band over every day that it may have been; an end that is open fades."""
    half, width = LANE * 0.36, placed.right - placed.left
    no_start, no_end = placed.open
    if no_start or no_end:
        part = width / _SLICES
        for n in range(_SLICES):
            alpha = 0.4 * ((n + 1) if no_start else (_SLICES - n)) / _SLICES
            axes.add_patch(
                Rectangle((placed.left + n * part, y - half), part, 2 * half, color=colour, alpha=alpha, lw=0)
            )
        edge = placed.right if no_start else placed.left
        axes.plot([edge, edge], [y - half, y + half], color=colour, lw=1.6, zorder=3, solid_capstyle="butt")
        return
    axes.add_patch(
        Rectangle((placed.left, y - half), width, 2 * half, color=colour, alpha=0.0 if dashed else 0.3, lw=0)
    )
    line = (0, (2, 1.5)) if dashed else "-"
    axes.add_patch(
        Rectangle((placed.left, y - half), width, 2 * half, fill=False, edgecolor=colour, lw=1, ls=line, zorder=3)
    )


def _time(axes: Axes, low: int, high: int) -> None:
    an_inch = (high + 1 - low) / _ROOM
    ruled(axes, [((day - low) / an_inch, name) for day, name in ticks(low, high)])


def _marks(events: Sequence[Event]) -> list[tuple[str, dict[str, Any]]]:
    """Marks that need a word, as far as they are in the picture."""
    modalities = {event.modality for event in events}
    hollow = {"mfc": PAPER, "mec": SOFT, "mew": 1.4}
    return [
        *([("Planned, hypothetical", hollow)] if modalities & {Modality.PLANNED, Modality.HYPOTHETICAL} else []),
        *([("Denied", {**hollow, "marker": "x", "mew": 2})] if Modality.DENIED in modalities else []),
    ]


def _notes(shown: Sequence[Event], *, dated: int, undated: int) -> list[str]:
    told = []
    if len(shown) < dated:
        told.append(f"{len(shown):,} of {many(dated)}: those with the most sources and salience.")
    if undated:
        told.append(f"{many(undated)} without a date left out.")
    if any(event.when.earliest != event.when.latest for event in shown):
        told.append("A bar covers every day on which an event may have happened.")
    return told
