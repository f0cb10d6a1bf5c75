"""The pictures: readable, the same bytes each time, and nothing that a title says acts in them."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tests.exports.making import CONTROLS
from tests.exports.page.conftest import event, events
from tests.exports.page.test_hostile import PAYLOADS
from timeline.exports.page.families import FAMILIES
from timeline.exports.page.safe import visible
from timeline.exports.plots import PLOTS, Wanted, draw, figure
from timeline.exports.plots.axis import extent, ticks
from timeline.exports.plots.dyad import running, unbroken
from timeline.exports.plots.paper import COLOURS
from timeline.exports.plots.periods import periods_of
from timeline.exports.plots.timeline import in_lanes
from timeline.model import Event, Modality

SCALE: dict[str, float | None] = {"coup": -9.0, "meeting": 3.0, "sanctions": -6.0, "aid": 7.0, "election": None}
WANTED = Wanted("Myanmar", "since 2021", scale=SCALE)
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
STYLE = Path(__file__).parents[3] / "timeline" / "exports" / "page" / "page.css"


def crowded() -> list[Event]:
    """Many events close together with titles of every length, and all shapes of dates."""
    titles = [f"Event {n} " + "and so on " * (n % 9) for n in range(60)]
    return events() + [event(100 + n, f"2021-02-{1 + n % 28:02}", title=title) for n, title in enumerate(titles)]


def texts(svg: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own


def boxes(made: Figure) -> list[tuple[str, Any]]:
    """Every text of a picture with the room that it takes."""
    renderer = FigureCanvasAgg(made).get_renderer()  # type: ignore[no-untyped-call]
    made.draw(renderer)
    found = [*made.texts, *(text for axes in made.axes for text in axes.texts)]
    for axes in made.axes:
        found += [label for label in (*axes.get_xticklabels(), *axes.get_yticklabels()) if label.get_visible()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in found if text.get_text()]


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("told", [crowded(), events(), events()[:1], []], ids=["crowded", "shapes", "one", "none"])
def test_no_text_lies_on_another_or_leaves_the_picture(plot: str, told: list[Event]) -> None:
    made = figure(plot, told, Wanted("Myanmar " * 40, "since 2021 " * 40, most=80, scale=SCALE))
    placed = boxes(made)
    overlapping = [
        (a, b)
        for (a, one), (b, other) in combinations(placed, 2)
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 1 and min(one.y1, other.y1) - max(one.y0, other.y0) > 1
    ]
    assert overlapping == []
    width, height = made.get_size_inches() * made.dpi
    assert [text for text, box in placed if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height] == []


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_the_same_events_are_the_same_bytes_in_another_process(plot: str, suffix: str) -> None:
    program = (
        "import sys; from tests.exports.plots.test_drawing import crowded, WANTED\n"
        "from timeline.exports.plots import draw\n"
        f"sys.stdout.buffer.write(draw({plot!r}, crowded(), WANTED, {suffix!r}))"
    )
    again = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert draw(plot, crowded(), WANTED, suffix) == again
    assert not re.search(rb"20\d\d-\d\d-\d\dT", again)  # no moment at which it was made


@pytest.mark.parametrize("plot", PLOTS)
def test_the_letters_of_an_svg_are_text(plot: str) -> None:
    said = texts(draw(plot, events(), WANTED))
    assert {"Myanmar", "since 2021"} <= set(said)
    if plot == "timeline":
        assert {each.title for each in events() if each.when.edtf and each.modality is Modality.ACTUAL} <= set(said)


@pytest.mark.parametrize("plot", PLOTS)
def test_whatever_a_title_says_stays_text(plot: str) -> None:
    hostile = [*PAYLOADS, "$\\frac{1}{0}$ $x", "$$", "\\$", CONTROLS, "\ud800\ufffe", "a\nb"]
    for n, payload in enumerate(hostile):
        told = [event(n, "2021-02-01", title=payload, kind=payload, type=payload)]
        svg = draw(plot, told, Wanted(payload, payload, scale={payload: 1.0}))
        root = ET.fromstring(svg)  # noqa: S314 - our own
        names = {each.tag.rpartition("}")[2] for each in root.iter()}
        assert not names & {"a", "script", "image", "foreignObject", "iframe", "animate", "set"}
        assert all(value.startswith("#") for each in root.iter() for name, value in each.items() if name == XLINK)
        assert not [name for each in root.iter() for name in each.keys() if name.startswith("on")]  # noqa: SIM118
        for said in texts(svg):
            assert visible(said) == said
        assert ("$" in payload) <= ("$" in "".join(texts(svg)))


@pytest.mark.parametrize("plot", PLOTS)
def test_what_is_left_out_is_said(plot: str) -> None:
    said = " ".join(texts(draw(plot, events(), Wanted(most=5, scale=SCALE))))
    expected = {
        "timeline": ["5 of 20 events: those with the most sources and salience", "2 events without a date left out"],
        "months": ["whose month is not known left out"],
        "dyad": [
            "3 events that are planned, hypothetical or denied",
            "that the scale has no value for",
            "whose month is not known",
        ],
    }
    for words in expected[plot]:
        assert words in said


def test_a_picture_of_nothing_says_so() -> None:
    assert [sum("No event" in text for text in texts(draw(plot, [], WANTED))) for plot in PLOTS] == [1, 1, 1]


def test_a_month_counts_what_is_known_to_a_month() -> None:
    told = [event(n, when) for n, when in enumerate(["2021-02-03", "2021-02", "2021", "2021-02-27/2021-03-02", ""])]
    found = periods_of(told)
    assert (found.name, [some.total() for some in found.counts.values()], found.left) == ("month", [3], 2)
    found = periods_of([event(n, f"{year}-05") for n, year in enumerate(range(1950, 2020))] + told)
    assert (found.name, len(found.counts), found.left) == ("year", 71, 1)


def test_the_balance_is_the_mean_of_events_and_breaks_off_where_nothing_was_told() -> None:
    values = {0: Counter([4.0, 2.0]), 3: Counter([-6.0]), 40: Counter([1.0])}
    assert running(values) == [(0, 3.0), (3, 0.0), (40, 1.0)]
    assert [len(part) for part in unbroken(running(values))] == [2, 1]


def test_lanes_hold_what_does_not_meet() -> None:
    reaches = [(0.0, 3.0), (1.0, 2.0), (2.0, 5.0), (3.0, 4.0), (0.0, 1.0)]
    lanes = in_lanes(reaches)
    assert lanes == [0, 1, 1, 0, 1]


@pytest.mark.parametrize("days", [1, 40, 400, 4_000, 40_000, 700_000])
def test_an_axis_of_any_length_has_few_ticks_in_their_order(days: int) -> None:
    low = date(1, 2, 3).toordinal()
    named = ticks(low, low + days)
    assert len(named) <= 13
    assert [day for day, _ in named] == sorted({day for day, _ in named})
    assert all(low <= day <= low + days for day, _ in named)


def test_an_axis_ends_where_it_is_asked_to_and_a_century_does_not_stretch_it() -> None:
    low, high = extent(events(), None, None) or (0, 0)
    assert date.fromordinal(low).year > 1970
    low, high = extent(events(), date(2021, 1, 1), date(2021, 12, 31)) or (0, 0)
    assert (date.fromordinal(low).year, date.fromordinal(high).year) == (2020, 2022)


def test_the_colours_are_those_of_the_page() -> None:
    light = STYLE.read_text(encoding="utf-8").partition("@media")[0]
    assert {name: colour for name, colour in re.findall(r"--([a-z-]+): (#\w{6});", light) if name in COLOURS} == COLOURS
    assert set(COLOURS) == {family for family, _, _ in FAMILIES}


def test_a_png_is_one_without_words_of_the_program() -> None:
    png = draw("timeline", events(), WANTED, "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">I", png[16:20])[0] == 1650
    assert b"matplotlib" not in png.lower()
