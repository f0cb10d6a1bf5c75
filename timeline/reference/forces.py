"""Names of those who act for the state that an article does not name: soldiers, police, security forces."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def are_of_a_state(name: str) -> bool:
    """Whether a name in small letters ("riot police") is one of them; "rebel forces" and "protesters" are not."""
    return name in _names()


@cache
def _names() -> frozenset[str]:
    table = files("timeline.reference").joinpath("data/forces.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(table)["names"])
