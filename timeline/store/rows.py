"""From the model's values to columns and back. Nothing here runs a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from timeline.model import (
    Actor,
    ActorKind,
    Event,
    Modality,
    Participation,
    Place,
    PlaceExactness,
    Report,
    Role,
    Span,
    Unresolved,
    When,
)
from timeline.model.actor import fold
from timeline.model.merging import countries_of
from timeline.store import positions

Row = Mapping[Any, Any]
Columns = dict[str, Any]
# A plain table: to ask an enumeration for its member takes longer than all else that is done with a participation.
ROLES = {role.value: role for role in Role}
_KNOWN = 65_536  # values that many reports share are kept in mind, so many of each kind


def when_columns(when: When) -> Columns:
    return {
        "edtf": when.edtf,
        "earliest": when.earliest,
        "latest": when.latest,
        "when_words": when.words,
        "when_reason": when.reason,
    }


def when_of(row: Row) -> When:
    return _when(row["edtf"], row["earliest"], row["latest"], row["when_words"], row["when_reason"])


@lru_cache(_KNOWN)
def _when(edtf: str, earliest: date | None, latest: date | None, words: str, reason: str) -> When:
    return When(edtf, earliest, latest, words, reason)


def place_columns(place: Place | None) -> Columns:
    span = place.span if place else None
    return {
        "place_name": place.name if place else "",
        "place_country": place.country if place else "",
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_exactness": place.exactness.value if place else "",
        "place_reference": place.id if place else "",
        "place_words": place.words if place else "",
        "place_start": span.start if span else None,
        "place_end": span.end if span else None,
        "place_reason": place.reason if place else "",
        "place_region": place.region if place else "",
    }


def place_of(row: Row) -> Place | None:
    if not row["place_name"]:
        return None
    return Place(
        name=row["place_name"],
        country=row["place_country"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        exactness=PlaceExactness(row["place_exactness"]),
        id=row["place_reference"],
        words=row["place_words"],
        span=span_of(row["place_start"], row["place_end"]),
        reason=row["place_reason"],
        region=row["place_region"],
    )


def span_of(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def telling_columns(told: Report | Event) -> Columns:
    return {
        "title": told.title,
        "sentence": told.sentence,
        "type": told.type,
        "kind": told.kind,
        "modality": told.modality.value,
        "salience": told.salience,
        **when_columns(told.when),
        **place_columns(told.place),
    }


def report_columns(report: Report) -> Columns:
    return {
        **telling_columns(report),
        "span_start": report.span.start,
        "span_end": report.span.end,
        "trigger_start": report.trigger.start,
        "trigger_end": report.trigger.end,
        "words": report.words,
        "rule": report.rule,
        "context": " ".join(report.context),
    }


def report_of(
    row: Row,
    actors: Iterable[Participation],
    unresolved: Iterable[Unresolved],
    number: int,
) -> Report:
    taking_part, place = tuple(actors), place_of(row)
    return Report(
        happening=number,
        span=Span(row["span_start"], row["span_end"]),
        trigger=Span(row["trigger_start"], row["trigger_end"]),
        sentence=row["sentence"],
        words=row["words"],
        title=row["title"],
        when=when_of(row),
        type=row["type"],
        kind=row["kind"],
        modality=Modality(row["modality"]),
        salience=row["salience"],
        actors=taking_part,
        place=place,
        countries=countries_of(taking_part, place),
        rule=row["rule"],
        unresolved=tuple(unresolved),
        context=tuple(row["context"].split()),
    )


def event_columns(event: Event, number: int) -> Columns:
    return {
        **telling_columns(event),
        "id": number,
        "public_id": event.id,
        "reach": int(positions.reach(event.when)),
        "reports": event.reports,
        "sources": event.sources,
        "first_reported": event.first_reported,
        "last_reported": event.last_reported,
        "searched": searched(event),
        "hidden": int(event.hidden),
        "confirmed": int(event.confirmed),
        "edited": int(event.edited),
    }


def searched(event: Event) -> str:
    """What text search must find beside title and sentence: names of actors and place that these do not have, and
    their words with accents without them."""
    names = [p.actor.name for p in event.actors]
    return words_beside(f"{event.title} {event.sentence}", [*names, event.place.name] if event.place else names)


def words_beside(told: str, names: Iterable[str]) -> str:
    """The same of a title with its sentence, and of names."""
    if told.isascii():
        having = " " + told.lower().replace(",", " ").replace("\n", " ") + " "
        return " ".join([folded for name in names for word, folded in _each_word(name) if word not in having])
    more = [word for name in names for word in name.split()]
    return fold(" ".join([*more, *(word for word in told.split() if not word.isascii())]))


@lru_cache(_KNOWN)
def _each_word(name: str) -> list[tuple[str, str]]:
    """The words of a name, each in small letters between spaces, and folded; what folds to nothing is none."""
    return [(f" {word.casefold()} ", folded) for word in name.split() if (folded := fold(word))]


def weight(event: Event) -> float:
    """What an event counts where it is found by country or actor: its salience, -1 where a person hid it."""
    return -1.0 if event.hidden else event.salience


def participation_columns(position: int, participation: Participation) -> Columns:
    span = participation.span
    return {
        "position": position,
        "role": participation.role.value,
        "words": participation.words,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "reason": participation.reason,
    }


def participation_of(row: Row) -> Participation:
    """From a row of report_actors joined with actors."""
    return Participation(
        actor=actor_of(row),
        role=Role(row["role"]),
        words=row["words"],
        span=span_of(row["start"], row["end"]),
        reason=row["reason"],
    )


def unresolved_columns(position: int, unresolved: Unresolved) -> Columns:
    span = unresolved.span
    return {
        "position": position,
        "role": unresolved.role.value,
        "words": unresolved.words,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "reason": unresolved.reason,
    }


def unresolved_of(row: Row) -> Unresolved:
    return Unresolved(row["words"], Role(row["role"]), span_of(row["start"], row["end"]), row["reason"])


def actor_columns(actor: Actor) -> Columns:
    return {
        "key": actor.key,
        "name": actor.name,
        "kind": actor.kind.value,
        "country": actor.country,
        "reference": actor.id,
    }


def country_columns(event: Event) -> list[Columns]:
    """A row of event_countries for each country that an event concerns."""
    found: dict[str, Columns] = {}
    for link in event.countries:
        row = found.setdefault(link.country, {"country": link.country, "actor_reason": None, "place_reason": None})
        row[f"{link.by}_reason"] = link.reason
    return list(found.values())


def actor_of(row: Row) -> Actor:
    return actor(row["name"], row["kind"], row["country"], row["reference"])


@lru_cache(_KNOWN)
def actor(name: str, kind: str, country: str, reference: str) -> Actor:
    return Actor(name, ActorKind(kind), country, reference)
