"""Organisations and armed groups: our own lists, then what they lack of the PETRARCH2 dictionaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import phoenix
from common import HERE, ISO3, fold, rows, slug, write

from timeline.reference.organisations import key_of

# Our own lists, the family whose acronyms are most usual first.
_FAMILIES = (
    "international", "media", "security", "armed_groups", "parties", "finance", "courts_ngos", "companies",
)  # fmt: skip
_CODES = re.compile(r"IGO|NGO|NGM|MNC|IMG|UIS|[A-Z]{3}(REB|SEP|INS|OPP|MIL)")
_ACRONYM = 6

Line = list[str]  # id, name, kind, country, names joined by "|", source


def build(folder: Path) -> None:
    """Writes organisations.csv, of our own that share a name the most usual first, then the dictionaries' by id."""
    own = _own()
    taken = {key_of(n) for line in own.values() for n in (line[1], *line[4].split("|"))}
    others = {line[0]: line for line in reversed([*_dictionaries(folder, taken)]) if line[0] not in own}
    write("organisations.csv", "id,name,kind,country,names,source", [*own.values(), *sorted(others.values())])


def _own() -> dict[str, Line]:
    lines: dict[str, Line] = {}
    taken: set[str] = set()
    for kind, country, names in chain(_listed(), _grouped(taken)):
        key = slug(names[0])
        key = f"{key}-{country.lower() or 'intl'}" if key in lines else key
        lines[key] = [key, names[0], kind, country, "|".join(names[1:]), "curated"]
        taken.update(key_of(n) for n in names)
    return lines


def _listed() -> Iterator[tuple[str, str, list[str]]]:
    for family in ("organisations.csv", *(f"organisations/{name}.csv" for name in _FAMILIES)):
        for row in rows(HERE / family):
            yield row["kind"], row["country"], [row["name"], *(n for n in row["names"].split("|") if n)]


def _grouped(taken: set[str]) -> Iterator[tuple[str, str, list[str]]]:
    """(kind, country, names) of our longer list with no full name `taken`. Raises ValueError with a bad line."""
    for number, line in enumerate((HERE / "organisations.txt").read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        head, colon, rest = line.partition(": ")
        kind, _, country = head.partition(" ")
        if not colon or kind not in ("organisation", "group") or country not in {*ISO3, "-"}:
            raise ValueError(f"organisations.txt:{number}: no 'KIND COUNTRY: names' in {head!r}")
        for item in rest.split(";"):
            names = [name.strip() for name in item.split("|")]
            if key_of(names[0]) not in taken and not any(key_of(n) in taken for n in names if len(n) > _ACRONYM):
                yield kind, country.strip("-"), names


def _dictionaries(folder: Path, own: set[str]) -> Iterator[Line]:
    taken = set(own)
    for file, usual in (("International", "organisation"), ("MilNonState", "group")):
        for names, code in phoenix.blocks(folder / f"Phoenix.{file}.actors.txt"):
            fresh = [n for n in names if key_of(n) not in taken and len(fold(n)) > 3 and phoenix.nameable(n)]
            ours = any(key_of(n) in own for n in names if len(n) > _ACRONYM)
            if ours or names[0] not in fresh or not _CODES.match(code):
                continue
            taken.update(key_of(n) for n in fresh)
            right = phoenix.CORRECTIONS.get(fold(names[0]), {})
            kind, country = right.get("kind", usual), right.get("country", code[:3] if code[:3] in ISO3 else "")
            yield [slug(names[0]), names[0], kind, country, "|".join(fresh[1:6]), "petrarch2"]
