"""What the pictures have in common: paper, colours, letters, the top and the foot, and how they are saved."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D

from timeline.exports import safety
from timeline.exports.page.families import FAMILIES
from timeline.exports.page.safe import visible
from timeline.exports.plots import Wanted

# Those of the page on light paper (page.css), which colour-blind eyes tell apart.
COLOURS = {
    "material-cooperation": "#0d4f8c",
    "verbal-cooperation": "#4596cf",
    "other": "#868d94",
    "verbal-conflict": "#c37e0e",
    "material-conflict": "#a92f0a",
}
PAPER, INK, SOFT, LINE = "#faf9f6", "#1c2126", "#59636d", "#e4e1da"
FAMILY_OF = {type_: family for family, _, types in FAMILIES for type_ in types}
LABELS = {family: label for family, label, _ in FAMILIES}
# Inches: the width of every picture, its margins, and what its top and foot take.
WIDTH, MARGIN, TOP, FOOT = 11.0, 0.45, 1.1, 0.7
ABOUT = 0.24  # more at the top where there is something to say below the title
DPI = 100
SANS, SERIF = "DejaVu Sans", "DejaVu Serif"  # both come with matplotlib
SOURCE = "Made by timeline from news reports: what sources say, not what is known to be true."
_OURS: Any = {
    "font.family": [SANS],
    "font.size": 9,
    "text.parse_math": False,
    "text.usetex": False,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.facecolor": PAPER,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.unicode_minus": False,
    "xtick.color": LINE,
    "xtick.labelcolor": SOFT,
    "ytick.color": LINE,
    "ytick.labelcolor": SOFT,
    "figure.facecolor": PAPER,
    "figure.dpi": DPI,
    "savefig.facecolor": PAPER,
    "savefig.bbox": None,
    "svg.fonttype": "none",
    "svg.hashsalt": "timeline",
}


@contextmanager
def style() -> Iterator[None]:
    """Our own settings, whatever the user's are."""
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters that the font lacks
        logging.getLogger("matplotlib").setLevel(logging.ERROR)
        mpl.rcdefaults()
        mpl.rcParams.update(_OURS)
        yield


def saved(figure: Figure, suffix: str) -> bytes:
    """The file, "svg" or "png": without a date or a program in it, so that the same picture is the same bytes."""
    out = io.BytesIO()
    with style():
        if suffix == "svg":
            said = {"Date": None, "Creator": None, "Title": figure.get_label()}
            figure.savefig(out, format="svg", dpi=72, metadata=said)
        else:
            figure.savefig(out, format="png", dpi=1.5 * DPI, metadata={"Software": None}, pil_kwargs={"optimize": True})
    return out.getvalue()


def plain(text: str) -> str:
    """A text on one line whose every character is seen, or a mark in its place."""
    return safety.visible(visible(" ".join(text.split())))


class Paper:
    """A picture under way: a figure of a height (inches, without top and foot) with its title and what it says."""

    def __init__(self, wanted: Wanted, height: float) -> None:
        self.top = TOP + ABOUT * bool(wanted.about)
        self.height = height + self.top + FOOT
        self.figure = Figure(figsize=(WIDTH, self.height))
        self.figure.set_label(plain(" · ".join(part for part in (wanted.title, wanted.about) if part)))
        canvas: Any = FigureCanvasAgg(self.figure)
        self._renderer = canvas.get_renderer()
        room = WIDTH - 2 * MARGIN
        self.write(MARGIN, 0.5, self.cut(plain(wanted.title), room, 17, SERIF), size=17, family=SERIF, weight="bold")
        self.write(MARGIN, 0.76, self.cut(plain(wanted.about), room, 9.5), size=9.5, color=SOFT)

    def axes(self, top: float, height: float, left: float = MARGIN, right: float = MARGIN) -> Axes:
        """Axes below the picture's top, all in inches."""
        bottom = 1 - (self.top + top + height) / self.height
        return self.figure.add_axes((left / WIDTH, bottom, (WIDTH - left - right) / WIDTH, height / self.height))

    def write(self, x: float, y: float, text: str, **how: Any) -> None:
        """A text at a place in inches from the left and the top."""
        self.figure.text(x / WIDTH, 1 - y / self.height, text, **how)

    def width(self, text: str, size: float, family: str = SANS) -> float:
        """How wide a text is, in inches."""
        letters = FontProperties(family=family, size=size, weight="bold" if family == SERIF else "normal")
        return float(self._renderer.get_text_width_height_descent(text, letters, False)[0]) / DPI

    def cut(self, text: str, room: float, size: float, family: str = SANS) -> str:
        """As much of a text as there is room for, in inches."""
        if self.width(text, size, family) <= room:
            return text
        short, long = 0, len(text)
        while long - short > 1:
            middle = (short + long) // 2
            fits = self.width(text[:middle] + "…", size, family) <= room
            short, long = (middle, long) if fits else (short, middle)
        return text[:short].rstrip() + "…"

    def legend(self, families: Iterable[str], others: Iterable[tuple[str, dict[str, Any]]] = ()) -> None:
        """What the colours mean that are in the picture, and other marks (their words, how matplotlib draws them)."""
        present = set(families)
        marks: list[tuple[str, dict[str, Any]]] = [
            (label, {"color": COLOURS[family]}) for family, label in LABELS.items() if family in present
        ]
        x, y = MARGIN, self.top - 0.26
        for words, mark in (*marks, *others):
            how = {"marker": "o", "markersize": 6.5, "linestyle": "none", **mark}
            place = [(x + 0.05) / WIDTH], [1 - (y - 0.035) / self.height]
            self.figure.add_artist(Line2D(*place, transform=self.figure.transFigure, **how))
            self.write(x + 0.16, y, words, size=8.5, color=SOFT)
            x += 0.16 + self.width(words, 8.5) + 0.28

    def nothing(self, words: str) -> None:
        """What stands in the middle of a picture without events."""
        self.write(WIDTH / 2, self.height / 2, words, size=11, ha="center")

    def foot(self, *notes: str) -> None:
        """What is not shown, and where it all comes from, in the last lines."""
        lines = [note for note in (" ".join(notes), SOURCE) if note]
        for number, line in enumerate(reversed(lines)):
            text = self.cut(line, WIDTH - 2 * MARGIN, 8)
            self.write(MARGIN, self.height - 0.25 - 0.17 * number, text, size=8, color=SOFT)


def ruled(axes: Axes, named: Sequence[tuple[float, str]], *, last: bool = True) -> None:
    """Lines at places of the axis of time; below the last of several axes stands what they are called."""
    axes.set_xticks([place for place, _ in named], [name if last else "" for _, name in named])
    axes.tick_params(length=0, pad=5, labelsize=8.5)
    for place, _ in named:
        axes.axvline(place, color=LINE, lw=0.8, zorder=0)


def barred(
    axes: Axes,
    places: Mapping[int, tuple[float, float]],
    heights: Mapping[int, float],
    below: Mapping[int, float] | None = None,
    **how: Any,
) -> None:
    """A bar for each period of `heights`, on what is `below` it; `places` says where it begins and how wide it is."""
    axes.bar(
        [places[n][0] for n in heights],
        list(heights.values()),
        [places[n][1] for n in heights],
        [below[n] for n in heights] if below else None,
        align="edge",
        linewidth=0,
        **how,
    )


def family_of(type_: str) -> str:
    return FAMILY_OF.get(type_, "other")


def many(number: int, thing: str = "event") -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
