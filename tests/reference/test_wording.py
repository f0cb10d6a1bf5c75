"""Titles are English: a verb stands as who does it wants it."""

from __future__ import annotations

import pytest

from timeline.reference.wording import plural


@pytest.mark.parametrize(
    ("phrase", "several"),
    [
        ("meets {}", "meet {}"),
        ("carries out car bombing on {}", "carry out car bombing on {}"),
        ("expresses sympathy with {}", "express sympathy with {}"),
        ("accuses {}", "accuse {}"),
        ("goes on hunger strike against {}", "go on hunger strike against {}"),
        ("vetoes {}", "veto {}"),
        ("seizes {}", "seize {}"),
    ],
)
def test_several_do_what_one_does(phrase: str, several: str) -> None:
    assert plural(phrase) == several
