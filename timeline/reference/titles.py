"""Titles and ranks: which words before a name are none of it, and which office a title means."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files


class TitleKind(StrEnum):
    POLITICAL = "political"
    MILITARY = "military"
    ROYAL = "royal"
    RELIGIOUS = "religious"
    HONORIFIC = "honorific"


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("timeline.reference").joinpath("data/titles.toml").read_text(encoding="utf-8"))


@cache
def titles() -> dict[str, TitleKind]:
    """Every title in lower case without full stops, with its kind."""
    return {word: TitleKind(kind) for kind, words in _table()["words"].items() for word in words}


@cache
def _roles() -> dict[str, str]:
    return {words: role for role, each in _table()["roles"].items() for words in each}


@cache
def _genders() -> dict[str, str]:
    return {word: gender for gender, words in _table()["gender"].items() for word in words}


def role_of(title: str) -> str:
    """The office that a title means ("foreign minister" -> "foreign_minister"), "" for none of ours."""
    return _roles().get(_plain(title), "")


def gender_of(title: str) -> str:
    """ "female", "male" or "" for what a title tells."""
    return next((g for word in _plain(title).split() if (g := _genders().get(word))), "")


def strip_title(words: str) -> tuple[str, str]:
    """(title, name): the longest title at the beginning, again and again, while a name is left.

    >>> strip_title("Senior Gen. Min Aung Hlaing")
    ('Senior Gen.', 'Min Aung Hlaing')
    """
    parts = words.split()
    start = 0
    while start < len(parts) - 1:
        length = next(
            (
                n
                for n in (4, 3, 2, 1)
                if start + n < len(parts) and _plain(" ".join(parts[start : start + n])) in titles()
            ),
            0,
        )
        if not length:
            break
        start += length
    return " ".join(parts[:start]), " ".join(parts[start:])


def _plain(title: str) -> str:
    return (
        " ".join(title.lower().replace(".", " ").replace("-", " ").split())
        if "-" not in title
        else title.lower().replace(".", "")
    )
