"""Events as tables hold them: of many events values and no more, since whoever exports a million waits for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from timeline.model.actor import Participation
from timeline.model.event import Event
from timeline.model.place import Place


class FlatEvent(NamedTuple):
    """An event without its reasons, its fields in the order of the columns of tables, what it has several of last.

    `edtf` to `when_words` are its date, `place` to `longitude` its place: "" or None where nothing is known. What is
    `confirmed`, `edited` and `hidden` is true or 1. `countries` are ISO 3166 alpha-3, each once, sorted.
    """

    id: str
    title: str
    sentence: str
    edtf: str
    earliest: date | None
    latest: date | None
    when_words: str
    type: str
    kind: str
    modality: str
    place: str
    place_id: str
    place_country: str
    place_region: str
    place_exactness: str
    latitude: float | None
    longitude: float | None
    sources: int
    reports: int
    first_reported: date | None
    last_reported: date | None
    salience: float
    confirmed: int
    edited: int
    hidden: int
    actors: Sequence[Participation] = ()
    countries: Sequence[str] = ()
    urls: Sequence[str] = ()

    @property
    def first(self) -> date | None:
        """The first day that is known, by which timelines are sorted."""
        return self.earliest or self.latest


# From `place` to `longitude`.
Where = tuple[str, str, str, str, str, float | None, float | None]
NOWHERE: Where = ("", "", "", "", "", None, None)


def where(place: Place | None) -> Where:
    """What tables hold of a place."""
    if place is None:
        return NOWHERE
    return place.name, place.id, place.country, place.region, place.exactness, place.latitude, place.longitude


def flat(event: Event) -> FlatEvent:
    """What tables hold of an event."""
    when = event.when
    return FlatEvent(
        event.id,
        event.title,
        event.sentence,
        when.edtf,
        when.earliest,
        when.latest,
        when.words,
        event.type,
        event.kind,
        event.modality,
        *where(event.place),
        event.sources,
        event.reports,
        event.first_reported,
        event.last_reported,
        event.salience,
        event.confirmed,
        event.edited,
        event.hidden,
        event.actors,
        event.country_codes,
        event.urls,
    )
