"""Who takes part in rows of event data sets: by codes of CAMEO, by names. All is made once and then known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from timeline.model import Actor, ActorKind, Participation, Role
from timeline.model.actor import Unresolved
from timeline.reference import codes, countries, organisations, people
from timeline.reference.organisations import Organisation
from timeline.reference.people import Person
from timeline.sources.datasets.where import iso3_of

_MOST = 65_536  # so many are remembered; a data set of a year has some 30,000 actors
_GENERIC = re.compile(r"(?P<word>[^()]+) \((?P<where>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: who it is, or the words of one that could be several, and how a title calls it.

    `group` says that the name is of several ("Myanmar rebels"), `closer` names it where both sides are one actor.
    """

    part: Participation | None = None
    unresolved: Unresolved | None = None
    name: str = ""
    group: bool = False
    closer: str = ""


NOBODY = Side()


@lru_cache(_MOST)
def cameo_side(country: str, known: str, code: str, name: str, role: Role) -> Side:
    """A side by its CAMEO codes: that of its country, of a known organisation ("" where the set has no such columns),
    the whole ("MMRGOVMIL"), and the name that the set gives.

    An organisation or person of our reference data is that one; a country and what acts for it (government, military,
    police, courts, parliament) is the country; other people of a country are a group of it; what names nobody in
    particular ("POLICE" without a country) stays unresolved.
    """
    written, parts = code.strip().upper(), _threes(code.strip().upper())
    table = codes.actor_codes()
    reason = f"actor code {written}" + (f", called {name}" if name else "") if written else f"called {name}"
    if not (written or name):
        return NOBODY
    for each in filter(None, (known, *parts)):
        if each in table and table[each].sort == "organisation":
            return of_organisation(organisations.get(table[each].id), role, reason)
    iso3 = codes.country(country or _country_part(parts), "cameo")
    if found := named(name, iso3):
        return of_reference(found, role, reason)
    others = [part for part in parts if codes.country(part, "cameo") != iso3] if iso3 else parts
    roles = [table[part] for part in others if part in table]
    groups = [each for each in roles if each.sort == "group"]
    if iso3 and groups:
        return of_people(iso3, groups[0].name, role, reason)
    if iso3 and (len(roles) == len(others) or any(each.sort == "state" for each in roles)):
        return of_country(iso3, role, reason, next((each.name for each in roles if each.sort == "state"), ""))
    if iso3 and name:
        return of_group(name.title() if name.isupper() else name, iso3, role, reason)
    if len(others) == 1 and roles and roles[0].sort == "region":
        return of_group(roles[0].name, "", role, reason)
    return Side(unresolved=Unresolved(name or written, role, None, f"{reason}: no single actor"))


@lru_cache(_MOST)
def named_side(
    name: str, iso3: str, role: Role, reason: str = "", kind: ActorKind = ActorKind.GROUP, state: bool = False
) -> Side:
    """A side by the name that the set gives and its country: of our reference data, a country, "Military (Myanmar)"
    of a country, else an actor of its own, of the `kind` given; nobody without a name. `state` says that what is called
    "Foreign Affairs (Japan)" acts for its state."""
    if not name.strip():
        return NOBODY
    if found := named(name, iso3):
        return of_reference(found, role, reason)
    if country := iso3_of(name):
        return of_country(country, role, reason)
    if (match := _GENERIC.fullmatch(name)) and iso3:
        word = match["word"].casefold()
        if state or word in _STATE:
            return of_country(iso3, role, f"{name}; {reason}" if reason else name, word)
        return of_people(iso3, _PEOPLE.get(word, word), role, reason)
    actor = Actor(name.strip(), kind, iso3)
    return Side(Participation(actor, role, "", None, reason), None, actor.name)


_STATE = frozenset(("government", "military", "police", "parliament", "legislature", "court", "judiciary", "army"))
_PEOPLE = {
    "citizen": "civilians", "civilian": "civilians", "population": "civilians", "armed rebel": "rebels",
    "rebel": "rebels", "insurgent": "insurgents", "combatant": "armed groups", "armed gang": "armed groups",
    "protester": "protesters", "demonstrator": "protesters", "activist": "activists", "student": "students",
    "refugee": "refugees", "media": "media", "journalist": "media", "business": "businesses", "criminal": "criminals",
    "opposition": "opposition", "separatist": "separatists", "militant": "militants", "labor union": "workers",
    "employee": "workers", "villager": "villagers", "children": "children", "women": "women", "men": "men",
}  # fmt: skip


def named(name: str, iso3: str) -> Person | Organisation | None:
    """The person or organisation of our reference data that a name and a country mean for sure; None where there is
    none or several. A person has two names or more."""
    found: list[Person | Organisation] = []
    if " " in name.strip():
        found = [each for each in people.lookup(name) if each.country == iso3 or not iso3]
    if not found and name[:1].isupper():
        found = [each for each in organisations.lookup(name) if each.country in (iso3, "")]
    return found[0] if len(found) == 1 else None


def of_reference(found: Person | Organisation, role: Role, reason: str = "") -> Side:
    if isinstance(found, Organisation):
        return of_organisation(found, role, reason)
    actor = Actor(found.name, ActorKind.PERSON, found.country, found.id)
    return Side(Participation(actor, role, "", None, reason), None, actor.name)


def of_organisation(found: Organisation, role: Role, reason: str = "") -> Side:
    actor = Actor(found.name, found.kind, found.country, found.id)
    return Side(Participation(actor, role, "", None, reason), None, actor.name)


def of_country(iso3: str, role: Role, reason: str = "", acting: str = "") -> Side:
    """A country; `acting` is what acts for it ("military")."""
    actor = Actor(countries.name_of(iso3), ActorKind.COUNTRY, iso3, iso3)
    part = Participation(actor, role, "", None, f"{reason}: {acting}" if acting and reason else reason or acting)
    return Side(part, None, actor.name, closer=f"{actor.name} ({acting})" if acting else "")


def of_people(iso3: str, what: str, role: Role, reason: str = "") -> Side:
    """Some people of a country: "Myanmar rebels"."""
    actor = Actor(f"{countries.name_of(iso3)} {what}", ActorKind.GROUP, iso3)
    return Side(Participation(actor, role, "", None, reason), None, actor.name, what.endswith(("s", "media", "men")))


def of_group(name: str, iso3: str, role: Role, reason: str = "") -> Side:
    actor = Actor(name, ActorKind.GROUP, iso3)
    return Side(Participation(actor, role, "", None, reason), None, actor.name)


def _threes(code: str) -> list[str]:
    return [code[at : at + 3] for at in range(0, len(code), 3)]


def _country_part(parts: Sequence[str]) -> str:
    """The part of an actor's code that is its country: the first, or one after what it is ("NGOMMR")."""
    table = codes.actor_codes()
    first = next((part for part in parts if part not in table), "")
    return first if codes.country(first, "cameo") else ""


def people_of(source: Side, target: Side) -> tuple[Participation, ...]:
    """Who takes part, one who is on both sides once."""
    first, second = source.part, target.part
    if first is None:
        return () if second is None else (second,)
    return (first,) if second is None or second.actor is first.actor or second.actor == first.actor else (first, second)


def unresolved_of(source: Side, target: Side) -> tuple[Unresolved, ...]:
    if source.unresolved is None and target.unresolved is None:
        return ()
    return tuple(side.unresolved for side in (source, target) if side.unresolved is not None)
