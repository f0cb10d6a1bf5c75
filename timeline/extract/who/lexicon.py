"""The words of this room, from its data files: nouns that stand for actors, peoples, given names."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from timeline.model.actor import fold

_JOINED = {"idle": ("unnamed", "inert"), "several": ("groups", "unnamed")}


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("timeline.extract.who").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


@cache
def words(table: str, key: str = "words") -> frozenset[str]:
    """A word list of the nouns; two join others: "idle" (no actor whatever stands before it), "several" (people)."""
    if table in _JOINED:
        return frozenset().union(*(words(part) for part in _JOINED[table]))
    return frozenset(_table("nouns")[table][key])


@cache
def institution(lemma: str) -> str:
    """The name template of an institution noun ("Military of {country}"), "" for other nouns."""
    template = _table("nouns")["institutions"].get(lemma, "")
    return template if isinstance(template, str) else ""


@cache
def _areas() -> dict[str, str]:
    return {words: area for area, each in _table("nouns")["ministries"].items() for words in each}


def ministry_area(words: str) -> str:
    """The area of a ministry in its one spelling ("foreign" -> "Foreign Affairs"), "" for none of ours."""
    return _areas().get(words.strip().lower(), "")


@cache
def is_machine(lemma: str) -> bool:
    """Whether a noun is of a ship, a plane or the like, by which we name whose it is."""
    return lemma in words("vehicles") or lemma in words("armed", "machines")


@cache
def _thing_sorts() -> dict[str, str]:
    table = _table("nouns")["named_things"]
    return {noun: noun if sort in ("alone", "works") else sort for sort, nouns in table.items() for noun in nouns}


@cache
def thing_of(lemma: str) -> str:
    """The sort of thing that a noun names, one for nouns that may stand for each other; "" for other nouns."""
    return _thing_sorts().get(lemma) or _thing_sorts().get(lemma.removesuffix("s"), "")


@cache
def titles_of(noun: str) -> frozenset[str]:
    """The words of titles by which a person may have been introduced whom this noun points back to."""
    return frozenset({noun, *_table("nouns")["introduced"].get(noun, ())})


@cache
def people_of(name: str) -> str | None:
    """ISO3 of the one country a people lives in, "" for a people or faith of several, None for no people."""
    word = name.lower()
    table = _table("peoples")
    if word in table["country"]:
        return str(table["country"][word])
    return "" if word in table["wide"]["words"] else None


@cache
def _regions() -> frozenset[str]:
    return frozenset(_table("peoples")["regions"]["words"])


def describes(name: str) -> bool:
    """Whether a name is of a part of the world or of another thing that does not act."""
    return name.lower() in _regions()


@cache
def _given() -> dict[str, str]:
    table = _table("given_names")
    return {fold(name): gender for gender in ("male", "female", "both") for name in table[gender]}


def given_gender(name: str) -> str:
    """ "male", "female", "both" by the first word of a name; "" where that is no given name we know."""
    first = fold(name.split()[0]) if name.split() else ""
    return _given().get(first) or _given().get(first.split()[0] if first else "", "")
