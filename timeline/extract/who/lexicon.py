"""The common nouns and pronouns that stand for actors: data/nouns.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, dict[str, list[str] | str]]:
    return tomllib.loads(files("timeline.extract.who").joinpath("data/nouns.toml").read_text(encoding="utf-8"))


@cache
def words(table: str, key: str = "words") -> frozenset[str]:
    """A word list of the table."""
    return frozenset(_table()[table][key])


@cache
def institution(lemma: str) -> str:
    """The name template of an institution noun ("Military of {country}"), "" for other nouns."""
    template = _table()["institutions"].get(lemma, "")
    return template if isinstance(template, str) else ""
