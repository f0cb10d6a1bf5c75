"""Events and extractions as plain objects for JSON: the keys are a promise (docs/formats.md)."""

from __future__ import annotations

from typing import Any

from timeline.model import Event, Extraction, Participation, Place, Report, TimeExpression, When
from timeline.model.merging import Sourced, best, derive, happenings

Object = dict[str, Any]


def event_object(event: Event) -> Object:
    """One event of the store."""
    return {
        "id": event.id,
        "title": event.title,
        **when_object(event.when),
        "exactness": event.when.exactness.value,
        "type": event.type,
        "kind": event.kind,
        "modality": event.modality.value,
        "salience": event.salience,
        "actors": [actor_object(p) for p in event.actors],
        "place": place_object(event.place),
        "countries": list(event.country_codes),
        "sentence": event.sentence,
        "reports": event.reports,
        "sources": event.sources,
        "urls": list(event.urls),
        "first_reported": day(event.first_reported),
        "last_reported": day(event.last_reported),
    }


def extraction_object(extraction: Extraction, *, minimum: float = 0.0) -> Object:
    """What `timeline extract` prints for an article: its events of at least a salience, times, persons, countries."""
    events = [_happening_object(reports) for reports in happenings(extraction.reports)]
    kept = [event for event in events if event["salience"] >= minimum]
    return {
        "id": extraction.article.id,
        "events": sorted(kept, key=lambda e: (e["start"], e["trigger_start"])),
        "times": [time_object(t) for t in extraction.times],
        "persons": list(extraction.persons),
        "countries": sorted({code for event in kept for code in event["countries"]}),
    }


def _happening_object(reports: list[Report]) -> Object:
    sourced = [Sourced(report) for report in reports]
    told, event = best(sourced).report, derive(sourced)
    return {
        "start": told.span.start,
        "end": told.span.end,
        "trigger": told.words,
        "trigger_start": told.trigger.start,
        "trigger_end": told.trigger.end,
        "sentence": told.sentence,
        "title": event.title,
        **when_object(event.when),
        "type": event.type,
        "kind": event.kind,
        "modality": event.modality.value,
        "salience": event.salience,
        "actors": [actor_object(p) | _words_object(p) for p in event.actors],
        "place": place_object(event.place),
        "countries": list(event.country_codes),
        "mentions": sorted([r.trigger.start, r.trigger.end] for r in reports),
    }


def time_object(expression: TimeExpression) -> Object:
    """One time expression; the keys in their order are a promise too."""
    return {
        "start": expression.start,
        "end": expression.end,
        "text": expression.text,
        "type": expression.type,
        "value": expression.value,
        "edtf": expression.edtf or None,
        "earliest": day(expression.earliest),
        "latest": day(expression.latest),
        "reason": expression.reason,
    }


def when_object(when: When) -> Object:
    return {"when": when.edtf or None, "earliest": day(when.earliest), "latest": day(when.latest)}


def actor_object(participation: Participation) -> Object:
    actor = participation.actor
    return {
        "name": actor.name,
        "role": participation.role.value,
        "kind": actor.kind.value,
        "country": actor.country or None,
        "id": actor.id or None,
    }


def _words_object(participation: Participation) -> Object:
    """What the article calls an actor, and where; null where the actor only follows from other words."""
    span = participation.span
    return {
        "words": participation.words or None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def place_object(place: Place | None) -> Object | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "country": place.country or None,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def day(value: Any) -> str | None:
    return value.isoformat() if value else None
