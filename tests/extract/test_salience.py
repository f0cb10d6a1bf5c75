"""What matters more: pairs of tellings of which an analyst would put the first on a timeline before the second."""

from __future__ import annotations

import pytest

from tests.conftest import extracted
from timeline.extract.what.salience import WEIGHTS, Signs, salience
from timeline.model import Report

PAIRS = [
    ("a fact before a possibility", "Chad attacked Niger on Monday.", "Chad might attack Niger on Monday.", "attack"),
    ("a fact before a plan", "Mali signed a treaty with Togo.", "Mali will sign a treaty with Togo.", "treaty signed"),
    ("the main clause before a relative one", "Chad attacked a camp.", "A camp that Chad attacked is empty.", "attack"),
    ("words of ours before quoted words", "Chad attacked the camp.", 'He said: "Chad attacked the camp."', "attack"),
    ("a dated fact before an undated one", "It came after Togo banned rice in May.", "Togo bans rice.", "ban"),
    ("a group's deed before a thing's", "Workers blocked the road.", "A tree blocked the road.", "obstruction"),
    ("a person's statement before an institute's", "Xi Jinping said it.", "An institute said it.", "statement"),
]


@pytest.mark.parametrize(("promise", "more", "less", "kind"), PAIRS, ids=[p[0] for p in PAIRS])
def test_what_matters_more_has_the_higher_salience(promise: str, more: str, less: str, kind: str) -> None:
    first, second = _told(more, kind), _told(less, kind)
    assert first.salience > second.salience, promise


def _told(text: str, kind: str) -> Report:
    return next(r for r in extracted(text, "2025-03-03").reports if r.kind == kind)


def test_every_part_of_salience_is_named_and_moves_it() -> None:
    nothing = salience(Signs(()))
    for name, weight in WEIGHTS.items():
        assert Signs(((name, 1.0),)).parts().__next__() == (name, weight)
        assert (salience(Signs(((name, 1.0),))) > nothing) is (weight > 0), name
