"""FollowTheMoney entities for OpenAleph, OpenSanctions' tools and nomenklatura, by the library followthemoney."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import Any

from timeline.exports import words
from timeline.exports.options import DEFAULT, Options
from timeline.exports.safety import json_text, visible, web_addresses
from timeline.model import Actor, ActorKind, Event, Exactness, Role
from timeline.model.actor import acting

_SCHEMAS = {
    ActorKind.PERSON: "Person",
    ActorKind.COUNTRY: "PublicBody",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.GROUP: "LegalEntity",
}
_WIKIDATA = re.compile(r"Q[1-9]\d*", re.ASCII)
_PREFIXES = (Exactness.DAY, Exactness.MONTH, Exactness.YEAR)
_PLAIN = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


class FtmExporter:
    """An entity a line: each actor before the first event that it takes part in. An actor that Wikidata knows has its
    item for an id, another one a hash of its key; an event its own id."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        from followthemoney import model

        told: set[str] = set()
        for event in events:
            for each in acting(event.actors):
                if (key := each.actor.key) not in told:
                    told.add(key)
                    yield _line(_actor(model, each.actor))
            yield _line(_event(model, event))


def actor_id(actor: Actor) -> str:
    """The id of an actor's entity."""
    hashed = sha1(actor.key.encode(), usedforsecurity=False).hexdigest()
    return actor.id if _WIKIDATA.fullmatch(actor.id) else f"timeline-{hashed}"


def _actor(model: Any, actor: Actor) -> Any:
    entity = model.make_entity(_SCHEMAS[actor.kind])
    entity.id = actor_id(actor)
    entity.add("name", visible(actor.name))
    entity.add("country", actor.country or None)
    if _WIKIDATA.fullmatch(actor.id):
        entity.add("wikidataId", actor.id)
    return entity


def _event(model: Any, event: Event) -> Any:
    entity, when = model.make_entity("Event"), event.when
    entity.id = f"timeline-event-{event.id}"
    entity.add("name", visible(event.title))
    entity.add("description", visible(event.sentence))
    if when.exactness in _PREFIXES and _PLAIN.fullmatch(when.edtf):
        entity.add("date", when.edtf)
    else:
        entity.add("startDate", when.earliest.isoformat() if when.earliest else None)
        entity.add("endDate", when.latest.isoformat() if when.latest else None)
    entity.add("country", event.country_codes)
    entity.add("location", visible(words.where(event)) or None)
    entity.add("keywords", [visible(event.type), visible(event.kind), event.modality.value])
    entity.add("sourceUrl", web_addresses(event.urls))
    entity.add("recordId", event.id)
    for each in acting(event.actors):
        entity.add("organizer" if each.role is Role.SOURCE else "involved", actor_id(each.actor))
    return entity


def _line(entity: Any) -> bytes:
    told = entity.to_dict()
    told["properties"] = {name: sorted(values) for name, values in sorted(told["properties"].items())}
    return f"{json_text(told)}\n".encode()
