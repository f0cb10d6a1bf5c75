"""What a row becomes on the bulk path: its hash holds all that it says, its search words are the missing ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from timeline.model import Actor, ActorKind, Participation, Place, Report, Role, Row, Span, Unresolved, When
from timeline.model.event import Modality
from timeline.store import bulk_rows
from timeline.store.bulk_rows import UnfitError
from timeline.store.rows import words_beside

NOWHERE = Span(0, 0)
OZ = Participation(Actor("Oz", ActorKind.GROUP), Role.SOURCE)
REPORT = Report(
    0,
    NOWHERE,
    NOWHERE,
    "b",
    "",
    "a",
    When.of("2021"),
    "visit",
    "visit",
    Modality.ACTUAL,
    0.5,
    (OZ,),
    Place("Ur", "IRQ"),
)
ROW = Row("1", REPORT, "u", date(2021, 2, 1), "{}")


def _digest(row: Row) -> int:
    return bulk_rows.read("set", row).digest


@pytest.mark.parametrize(
    "change",
    [
        lambda r: replace(r, native="2"),
        lambda r: replace(r, url=""),
        lambda r: replace(r, reported=None),
        lambda r: replace(r, attributes=None),
        lambda r: replace(r, attributes=""),
        lambda r: replace(r, report=replace(r.report, title="ab", sentence="")),
        lambda r: replace(r, report=replace(r.report, title="", sentence="ab")),
        lambda r: replace(r, report=replace(r.report, type="visi", kind="tvisit")),
        lambda r: replace(r, report=replace(r.report, modality=Modality.DENIED)),
        lambda r: replace(r, report=replace(r.report, salience=0.6)),
        lambda r: replace(r, report=replace(r.report, when=When.of("2021-02"))),
        lambda r: replace(r, report=replace(r.report, place=None)),
        lambda r: replace(r, report=replace(r.report, rule="x")),
        lambda r: replace(r, report=replace(r.report, context=("IRQ",))),
        lambda r: replace(r, report=replace(r.report, actors=())),
        lambda r: replace(r, report=replace(r.report, actors=(OZ, OZ))),
        lambda r: replace(r, report=replace(r.report, unresolved=(Unresolved("he", Role.SOURCE),))),
    ],
)
def test_whatever_changes_in_a_row_changes_its_hash(change: Callable[[Row], Row]) -> None:
    assert _digest(change(ROW)) != _digest(ROW)
    assert _digest(replace(ROW)) == _digest(ROW)


def test_the_hash_tells_no_attributes_from_empty_ones_and_one_text_from_the_next() -> None:
    told = [replace(ROW, attributes=None), replace(ROW, attributes=""), replace(ROW, url="", native="1u"), ROW]
    assert len({_digest(row) for row in told}) == len(told)


@pytest.mark.parametrize(
    "row",
    [
        replace(ROW, url="a\0b"),
        replace(ROW, attributes="\0"),
        replace(ROW, report=replace(REPORT, title="\0")),
        replace(ROW, report=replace(REPORT, place=Place("\0", "IRQ"))),
        replace(ROW, report=replace(REPORT, rule="\0")),
        replace(ROW, report=replace(REPORT, actors=(replace(OZ, words="\0"),))),
        replace(ROW, report=replace(REPORT, unresolved=(Unresolved("\0", Role.SOURCE),))),
    ],
)
def test_a_nul_is_refused_wherever_it_hides(row: Row) -> None:
    with pytest.raises(UnfitError, match="NUL"):
        bulk_rows.read("set", row)


@pytest.mark.parametrize(
    ("told", "names", "beside"),
    [
        ("A visit. A visit, in Ur, Iraq.", ["Ur", "Iraq"], "iraq"),
        ("A visit\nUr", ["Ur"], ""),
        ("A visit to Uruk", ["Ur"], "ur"),
        ("A visit", ["Zürich D'Oz", "-"], "zurich d oz"),
        ("A visit to Zürich", ["Ur"], "ur zurich"),
    ],
)
def test_search_words_are_those_of_names_that_title_and_sentence_lack(told: str, names: list[str], beside: str) -> None:
    assert words_beside(told, names) == beside
