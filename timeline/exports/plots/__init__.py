"""Pictures of a timeline: events in, SVG or PNG out. They know the model alone: what else they show is handed in.

matplotlib is imported when something is drawn, not with this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from timeline.model import Event

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Picture, and what it shows.
PLOTS = {
    "timeline": "events on an axis of time, each with its title; a bar is every day that one may have happened on",
    "months": "how many events a month, by kind; a year, where they are spread over more than twenty",
    "dyad": "how cooperative two sides were with each other, month by month",
}
MOST = 40  # events that a timeline shows with their titles


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a picture is wanted: `title` and `about` at its top; the days it begins and ends with, None to fit; at `most`
    so many events with titles; the `scale` value of each kind, -10 conflict to 10 cooperation, None for neither."""

    title: str = "Timeline"
    about: str = ""
    since: date | None = None
    until: date | None = None
    most: int = MOST
    scale: Mapping[str, float | None] = field(default_factory=dict)


def figure(plot: str, events: Iterable[Event], wanted: Wanted) -> Figure:
    """The picture as matplotlib has it, for one of PLOTS."""
    from timeline.exports.plots.paper import style

    with style():
        made: Figure = import_module(f"{__name__}.{plot}").drawn(events, wanted)
    return made


def draw(plot: str, events: Iterable[Event], wanted: Wanted, suffix: str = "svg") -> bytes:
    """The picture as "svg" or "png": the same bytes for the same events."""
    from timeline.exports.plots.paper import saved

    return saved(figure(plot, events, wanted), suffix)
