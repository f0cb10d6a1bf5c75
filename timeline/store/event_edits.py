"""What judged edits make of an event: pure.

| field | value |
|---|---|
| date | EDTF |
| kind | a kind of `reference.kinds`; the event's type follows |
| type | a PLOVER type, or OTHER |
| title | words |
| place | JSON: name, country, latitude, longitude, exactness, id, region; "" for none |
| actors | "+ROLE KEY" or "-KEY"; what follows the key are the words that were resolved so |
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from timeline.model import Actor, CountryLink, Event, Participation, Place, PlaceExactness, Role, When
from timeline.model.errors import InputError
from timeline.model.merging import countries_of, united
from timeline.reference import kinds
from timeline.store.event_judgements import EventAction, EventJudgement

# The actor of a key as judgements about actors have it, None where the store knows none.
Find = Callable[[str], Actor | None]


class Taking(NamedTuple):
    """A judged participation: `role` is None where the actor does not take part."""

    key: str
    role: Role | None
    words: str = ""

    def __str__(self) -> str:
        sign = f"+{self.role.value} " if self.role else "-"
        return f"{sign}{self.key} {self.words}".rstrip()


def edited(event: Event, judgements: Iterable[EventJudgement], find: Find) -> Event:
    """An event as the judgements about it have it, each after the other."""
    for judgement in judgements:
        if judgement.action is EventAction.HIDE:
            event = replace(event, hidden=True)
        elif judgement.action is EventAction.CONFIRM:
            event = replace(event, confirmed=True)
        elif judgement.action is EventAction.EDIT:
            event = replace(_edit(event, judgement, find), edited=True)
    return event


def _edit(event: Event, judgement: EventJudgement, find: Find) -> Event:
    value, reason = judgement.value, f"judged by {judgement.author}" if judgement.author else "judged"
    if judgement.field == "date":
        return replace(event, when=When.of(value, reason=reason))
    if judgement.field == "kind":
        known = kinds.all_kinds().get(value)
        return replace(event, kind=value, type=known.type if known else event.type)
    if judgement.field == "type":
        return replace(event, type=value)
    if judgement.field == "title":
        return replace(event, title=value)
    if judgement.field == "place":
        place = place_of(value, reason)
        links = [link for link in event.countries if link.by != "place"]
        return replace(event, place=place, countries=united([*links, *countries_of((), place)]))
    return _taking(event, taking_of(value), find)


def _taking(event: Event, taking: Taking, find: Find) -> Event:
    """An event with an actor in a role, or without it; its countries follow."""
    actor = find(taking.key)
    if actor is None:
        return event
    if taking.role is None:
        actors = tuple(p for p in event.actors if p.actor.key != actor.key)
        kept = _without(event.countries, actor.name)
        return event if actors == event.actors else replace(event, actors=actors, countries=kept)
    part = Participation(actor, taking.role)
    if any(p.actor.key == actor.key for p in event.actors):
        return replace(event, actors=tuple(part if p.actor.key == actor.key else p for p in event.actors))
    countries = united([*event.countries, *countries_of((part,), None)])
    return replace(event, actors=(*event.actors, part), countries=countries)


def _without(links: Iterable[CountryLink], name: str) -> tuple[CountryLink, ...]:
    """Links of countries that this actor is no reason for."""
    told = ((link, [r for r in link.reason.split("; ") if r != f"actor {name}"]) for link in links)
    return tuple(replace(link, reason="; ".join(reasons)) for link, reasons in told if reasons or link.by != "actor")


def place_value(place: Place | None) -> str:
    """A place as an edit holds it."""
    if place is None:
        return ""
    told: dict[str, Any] = {
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "exactness": place.exactness.value,
        "id": place.id,
        "region": place.region,
    }
    return json.dumps(told, ensure_ascii=False)


def place_of(value: str, reason: str = "") -> Place | None:
    """The place of an edit. Raises InputError."""
    if not value:
        return None
    try:
        told = json.loads(value)
        return Place(
            str(told["name"]),
            str(told.get("country", "")),
            _degrees(told.get("latitude")),
            _degrees(told.get("longitude")),
            PlaceExactness(told.get("exactness", PlaceExactness.CITY)),
            str(told.get("id", "")),
            reason=reason,
            region=str(told.get("region", "")),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{value[:60]!r} is no place") from error


def _degrees(value: Any) -> float | None:
    return None if value is None else float(value)


def taking_of(value: str) -> Taking:
    """The participation of an edit. Raises InputError."""
    role, _, rest = value[1:].partition(" ") if value[:1] == "+" else ("", "", value[1:])
    key, _, words = rest.partition(" ")
    if value[:1] not in ("+", "-") or not key or (value[0] == "+" and role not in set(Role)):
        raise InputError(f"{value[:60]!r} says of no actor that it takes part, or that it does not")
    return Taking(key, Role(role) if role else None, words)


def check(judgement: EventJudgement) -> None:
    """Raises InputError for a judgement that says nothing that could be applied."""
    if not all(judgement.reports) or len(judgement.reports) < (2 if judgement.groups else 1):
        raise InputError(f"a judgement to {judgement.action} names no reports, or too few groups of them")
    if judgement.action is EventAction.SPLIT and len(judgement.reports) != 2:
        raise InputError("a judgement to split names those that leave and those that stay")
    if judgement.action is not EventAction.EDIT:
        return
    if judgement.field not in _CHECKS:
        raise InputError(f"{judgement.field!r} is nothing that can be edited")
    _CHECKS[judgement.field](judgement.value)


def _dated(value: str) -> None:
    if not value:
        raise InputError("a date is needed")
    When.of(value)


def _worded(value: str) -> None:
    if not value.strip():
        raise InputError("a value is needed")


_CHECKS: dict[str, Callable[[str], object]] = {
    "date": _dated,
    "kind": _worded,
    "type": _worded,
    "title": _worded,
    "place": place_of,
    "actors": taking_of,
}
