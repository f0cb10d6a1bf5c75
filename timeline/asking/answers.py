"""What the store answers, as plain objects for JSON: the keys are a promise (docs/formats.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from timeline.exports.objects import event_object
from timeline.model import Actor, ActorKind, Event
from timeline.model.merging import Sourced, disagreements

if TYPE_CHECKING:
    from timeline.store import ActorRow, CountryRow, Evidence

Object = dict[str, Any]


def event_details(event: Event) -> Object:
    """An event with what people judged of it, and why it concerns its countries."""
    return {
        **event_object(event),
        "hidden": event.hidden,
        "confirmed": event.confirmed,
        "edited": event.edited,
        "country_reasons": [{"country": c.country, "by": c.by, "reason": c.reason} for c in event.countries],
    }


def country_row(row: CountryRow) -> Object:
    """A country as listings show it."""
    from timeline.reference.countries import name_of

    return {
        "code": row.country,
        "country": name_of(row.country),
        "events": row.events,
        "first": _day(row.first),
        "last": _day(row.last),
    }


def actor_row(row: ActorRow) -> Object:
    """An actor as listings show it."""
    return {
        "name": row.actor.name,
        "country": row.actor.country,
        "events": row.events,
        "first": _day(row.first),
        "last": _day(row.last),
        "names": [name for name in row.names if name != row.actor.name],
        "id": row.actor.id,
    }


def body_row(row: ActorRow) -> Object:
    """An organisation or group as listings show it."""
    return {"kind": row.actor.kind.value, **actor_row(row)}


def has_name(body: Actor) -> bool:
    """Whether an organisation or group has a name of its own: some groups are only described, such as protesters."""
    return body.kind is not ActorKind.GROUP or bool(body.id)


def _day(value: object) -> str | None:
    return str(value) if value else None


def apart(evidence: Iterable[Evidence]) -> list[str]:
    """Where the sources of an event do not agree, a line each."""
    return list(disagreements(Sourced(e.read, e.article_id or e.title, published=e.published) for e in evidence))


def evidence_object(each: Evidence) -> Object:
    """One report of an event with its source."""
    report = each.report
    return {
        "report": each.key,
        "sentence": report.sentence,
        "start": report.span.start,
        "end": report.span.end,
        "trigger": report.words,
        "when": report.when.edtf or None,
        "words": report.when.words,
        "reason": report.when.reason,
        "rule": report.rule,
        "actors": [{"words": p.words, "name": p.actor.name, "reason": p.reason} for p in each.read.actors],
        "unresolved": [
            {
                "words": u.words,
                "role": u.role.value,
                "start": u.span.start if u.span else None,
                "end": u.span.end if u.span else None,
                "reason": u.reason,
            }
            for u in report.unresolved
        ],
        "article": each.article_id,
        "title": each.title,
        "url": each.url,
        "origin": each.origin,
        "publisher": each.publisher,
        "published": each.published.isoformat() if each.published else None,
        "elsewhere": [
            {
                "publisher": place.publisher,
                "url": place.url,
                "title": place.title,
                "origin": place.origin,
                "published": place.published.isoformat() if place.published else None,
            }
            for place in each.elsewhere
        ],
        "extractor": each.extractor,
        "run": each.run,
    }
