"""The colours of the page are told apart by colour-blind eyes, on light and on dark paper."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations
from math import dist

import pytest

from timeline.exports.page.families import FAMILIES

Colour = tuple[float, float, float]

STYLE = files("timeline.exports.page").joinpath("page.css").read_text(encoding="utf-8")
# What an eye without cones for red, green or blue sees of linear RGB: Machado, Oliveira and Fernandes (2009).
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
SCHEMES = dict(zip(("light", "dark"), re.findall(r":root \{(.*?)\n\s*\}", STYLE, re.S), strict=False))


def _colour(scheme: str, name: str) -> Colour:
    """Linear RGB of a colour of the style sheet."""
    found = re.search(rf"--{name}: #(\w+)", SCHEMES[scheme])
    assert found
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return r, g, b


def _lab(colour: Colour) -> Colour:
    """CIE L*a*b*, in which a step of about 2 is just seen."""
    r, g, b = (min(1.0, max(0.0, part)) for part in colour)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _light(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_every_two_colours_are_told_apart(scheme: str, eye: str) -> None:
    seen = {}
    for name, _, _ in FAMILIES:
        colour = _colour(scheme, name)
        r, g, b = (sum(a * c for a, c in zip(row, colour, strict=True)) for row in EYES[eye])
        seen[name] = _lab((r, g, b))
    steps = {(a, b): dist(seen[a], seen[b]) for a, b in combinations(seen, 2)}
    assert {pair: step for pair, step in steps.items() if step < 20} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_stands_out_from_the_paper(scheme: str) -> None:
    paper = _light(_colour(scheme, "paper"))
    for name, least in [*((name, 3.0) for name, _, _ in FAMILIES), ("ink", 7.0), ("soft", 4.5), ("accent", 4.5)]:
        light = _light(_colour(scheme, name))
        assert (max(light, paper) + 0.05) / (min(light, paper) + 0.05) >= least, name
