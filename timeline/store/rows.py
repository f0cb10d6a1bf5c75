"""From the model's values to columns and back. Nothing here runs a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from timeline.model import (
    Actor,
    ActorKind,
    CountryLink,
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

Row = Mapping[Any, Any]
Columns = dict[str, Any]


def sort_days(when: When) -> tuple[date, date]:
    """Where a date stands in a timeline: by its first day; one open at the start by its last day, one without any
    day at the very end."""
    first = when.earliest or when.latest or date.max
    return first, when.latest or first


def when_columns(when: When) -> Columns:
    return {
        "edtf": when.edtf,
        "earliest": when.earliest,
        "latest": when.latest,
        "when_words": when.words,
        "when_reason": when.reason,
    }


def when_of(row: Row) -> When:
    return When(row["edtf"], row["earliest"], row["latest"], row["when_words"], row["when_reason"])


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
    }


def report_of(
    row: Row,
    actors: Iterable[Participation],
    countries: Iterable[CountryLink],
    unresolved: Iterable[Unresolved],
    number: int,
) -> Report:
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
        actors=tuple(actors),
        place=place_of(row),
        countries=tuple(countries),
        rule=row["rule"],
        unresolved=tuple(unresolved),
    )


def event_columns(event: Event) -> Columns:
    first, last = sort_days(event.when)
    searched = [
        event.title,
        event.sentence,
        *(p.actor.name for p in event.actors),
        event.place.name if event.place else "",
    ]
    return {
        **telling_columns(event),
        "public_id": event.id,
        "sort_day": first,
        "sort_last": last,
        "reports": event.reports,
        "sources": event.sources,
        "first_reported": event.first_reported,
        "last_reported": event.last_reported,
        "folded": f" {fold(' '.join(searched))} ",
    }


def event_of(row: Row, actors: Iterable[Participation], countries: Iterable[CountryLink], urls: Iterable[str]) -> Event:
    return Event(
        title=row["title"],
        sentence=row["sentence"],
        when=when_of(row),
        type=row["type"],
        kind=row["kind"],
        modality=Modality(row["modality"]),
        salience=row["salience"],
        actors=tuple(actors),
        place=place_of(row),
        countries=tuple(countries),
        id=row["public_id"],
        reports=row["reports"],
        sources=row["sources"],
        urls=tuple(urls),
        first_reported=row["first_reported"],
        last_reported=row["last_reported"],
    )


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
    """From a row of report_actors or event_actors joined with actors."""
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


def country_columns(link: CountryLink) -> Columns:
    return {"country": link.country, "by": link.by, "reason": link.reason}


def country_of(row: Row) -> CountryLink:
    """From a row of report_countries or event_countries."""
    return CountryLink(row["country"], row["by"], row["reason"])


def actor_of(row: Row) -> Actor:
    return Actor(row["name"], ActorKind(row["kind"]), row["country"], row["reference"])
