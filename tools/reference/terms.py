"""Our lists of terms of office (tools/reference/terms/*.txt): who held a post, one after another.

    RUS foreign_minister: Andrei Kozyrev|Andrey Kozyrev 1990-10-11; Yevgeny Primakov 1996-01-09; ...
    - organisation_head NATO: Manfred Wörner@DEU 1988-07-01/1994-08-13; ...

A line names the country ("-": the people's own), the role and, where it is none of a country, the organisation.
Spellings are joined by "|"; "@DEU" is the country of a person who is of another ("@-": of none); a term is a start,
or start/end, in days, months or years. In a post of one holder the end is the next one's start where none is given,
else a term without end runs still.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

DATE = r"\d{4}(?:-\d\d){0,2}"
# Roles that several people hold in one country at one time: the next one's start ends nobody's term.
SHARED = frozenset(
    {
        *("armed_group_leader", "commissioner", "deputy_leader", "deputy_minister", "envoy", "governor", "judge"),
        *("official", "opposition_leader", "party_leader", "party_official", "politician", "public_figure"),
        *("religious_leader", "spokesperson"),
    }
)


@dataclass(slots=True)
class Term:
    """A term of office as our list has it; dates are ISO days, months or years, "" for unknown or running."""

    name: str
    spellings: list[str]
    person_country: str
    country: str
    role: str
    organisation: str
    start: str = ""
    end: str = ""


def read(path: Path) -> Iterator[Term]:
    """The terms of a list. Raises ValueError with the file and line that cannot be read."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        head, colon, rest = text.partition(": ")
        country, _, post = head.partition(" ")
        role, _, organisation = post.partition(" ")
        if not colon or not re.fullmatch(r"-|[A-Z]{3}", country) or not re.fullmatch(r"[a-z_]+", role):
            raise ValueError(f"{path.name}:{number}: no 'COUNTRY role: names' in {text[:60]!r}")
        each = [_term(item.strip(), country, role, organisation) for item in rest.split(";") if item.strip()]
        if role not in SHARED:
            for term, following in pairwise(each):
                term.end = term.end or following.start
        for term in each:
            if not term.country and not organisation:
                raise ValueError(f"{path.name}:{number}: no country for {term.name!r}")
            if term.start and term.end and term.end < term.start[: len(term.end)]:
                raise ValueError(f"{path.name}:{number}: {term.name} ends before the start")
        yield from each


def _term(item: str, country: str, role: str, organisation: str) -> Term:
    start = end = ""
    words, _, last = item.rpartition(" ")
    if re.fullmatch(rf"{DATE}(/({DATE})?)?|/{DATE}", last):
        start, _, end = last.partition("/")
        item = words
    item, _, own = item.partition("@")
    names = [name.strip() for name in item.split("|")]
    home = "" if country == "-" else country
    person = "" if own == "-" else own or home
    return Term(names[0], names[1:], person, home or person, role, organisation, start, end)
