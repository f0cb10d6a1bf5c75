"""From the options of show and export to the question that they ask the store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.cli import options
from timeline.cli.who import BODIES, PERSON, keys
from timeline.model import DEFAULT_SALIENCE, Modality
from timeline.model.errors import AmbiguousError, NotFoundError, UsageError

if TYPE_CHECKING:
    from timeline.model.globe import Circle
    from timeline.store import EventQuery
    from timeline.store.store import Store
    from timeline.store.values import Located, Side

_KM = {
    "": 1.0,
    "km": 1.0,
    "kilometre": 1.0,
    "kilometer": 1.0,
    "m": 0.001,
    "mi": 1.609344,
    "mile": 1.609344,
    "nm": 1.852,
}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*?)s?")
_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")
_HALF_ROUND_KM = 20_038.0  # to the other side of the globe


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options of show and export say, as they were typed."""

    country: list[str] | None = None
    as_: str = ""
    predecessors: bool = False
    person: list[str] | None = None
    organisation: list[str] | None = None
    group: list[str] | None = None
    between: tuple[str, str] | None = None
    place: list[str] | None = None
    near: str | None = None
    within: str | None = None
    type_: list[str] | None = None
    kind: list[str] | None = None
    since: str | None = None
    until: str | None = None
    text: str = ""
    modality: list[str] | None = None
    limit: int | None = None
    reverse: bool = False
    all_: bool = False
    min_salience: float | None = None

    @property
    def minimum(self) -> float:
        """The salience that an event needs to be shown, from 0 to 1."""
        if self.all_:
            return 0.0
        return DEFAULT_SALIENCE if self.min_salience is None else self.min_salience


def query_of(store: Store, asked: Asked) -> EventQuery:
    """The question that the options ask. Raises NotFoundError, AmbiguousError or UsageError for names and dates."""
    from timeline.reference import kinds
    from timeline.store import EventQuery

    return EventQuery(
        countries=tuple(code for name in asked.country or () for code in _countries(name, asked.predecessors)),
        by=_by(asked),
        actors=tuple(key for name in asked.person or () for key in keys(store, name, PERSON)),
        sides=tuple(_sides(store, asked)),
        places=tuple(_located(store, name) for name in asked.place or ()),
        near=_circle(asked),
        types=tuple(kinds.find_type(name) for name in asked.type_ or ()),
        kinds=tuple(kinds.find(name).name for name in asked.kind or ()),
        modalities=tuple(_modality(name) for name in asked.modality or ()),
        since=options.day(asked.since, "--since") if asked.since else None,
        until=options.day(asked.until, "--until", last=True) if asked.until else None,
        text=asked.text,
        min_salience=asked.minimum,
        limit=asked.limit,
        reverse=asked.reverse,
    )


def _countries(name: str, predecessors: bool) -> tuple[str, ...]:
    from timeline.reference import countries

    code = countries.find(name).iso3
    return (code, *(countries.predecessors(code) if predecessors else ()))


def _by(asked: Asked) -> str:
    wanted = asked.as_.strip().lower()
    if wanted not in ("", "actor", "place"):
        raise UsageError(f"--as: {asked.as_!r} is none", hint="Say actor or place")
    for given, option in ((wanted, "--as"), (asked.predecessors, "--with-predecessors")):
        if given and not asked.country and not (option != "--as" and asked.between):
            raise UsageError(f"{option} says which events of a country are meant", hint="Add --country NAME")
    return wanted


def _modality(name: str) -> Modality:
    try:
        return Modality(name.strip().lower())
    except ValueError as error:
        raise UsageError(f"{name!r} is no modality", hint=f"Say {', '.join(Modality)}") from error


def _body_keys(store: Store, name: str, kind: str) -> tuple[str, ...]:
    """The keys of an "organisation" or "group" that a user means."""
    try:
        return keys(store, name, (kind,))
    except NotFoundError as error:
        for other in (each for each in BODIES if each != kind):
            try:
                keys(store, name, (other,))
            except (AmbiguousError, NotFoundError):
                continue
            raise NotFoundError(f"{name!r} is no {kind}", hint=f"Say --{other} {name!r}") from error
        raise


def _sides(store: Store, asked: Asked) -> list[Side]:
    """Who must take part: one of the organisations, one of the groups, both sides of --between."""
    from timeline.store.values import Side

    sides = [
        Side(actors=tuple(key for name in names for key in _body_keys(store, name, kind)))
        for names, kind in ((asked.organisation, "organisation"), (asked.group, "group"))
        if names
    ]
    return [*sides, *(_side(store, name, asked.predecessors) for name in asked.between or ())]


def _side(store: Store, name: str, predecessors: bool) -> Side:
    """A country, else a person, else an organisation or group."""
    from timeline.reference import countries
    from timeline.store.values import Side

    if (country := countries.named(name)) is not None:
        return Side(countries=_countries(country.iso3, predecessors))
    for kind in ("person", "organisation", "group"):
        try:
            found = keys(store, name, (kind,))
        except NotFoundError:
            continue
        return Side(actors=found)
    hint = "Say a country, a person, an organisation or a group"
    raise NotFoundError(f"--between: nobody is called {name!r}", hint=hint)


def _located(store: Store, name: str) -> Located:
    """A country, a state or province, or a place; or what only the store's articles call so."""
    from timeline.model.actor import fold
    from timeline.reference import countries, places, regions
    from timeline.store.values import Located

    wanted = " ".join(name.split())
    country = countries.named(wanted)
    if country is not None and places.part_of(wanted, country) is None:
        return Located(countries=(country.iso3,))
    if (region := regions.find(wanted)) is not None:
        return Located(references=(region.id,), region=region.name, within=region.country)
    try:
        entry = places.find(wanted)
    except NotFoundError:
        head, _, tail = (part.strip() for part in wanted.partition(","))
        if store.place_names(head) and not tail:
            return Located(names=(fold(head),))
        raise
    inside = entry.name if entry.exactness == "region" else ""
    names = tuple({fold(entry.name), fold(wanted.split(",")[0])})
    return Located(references=(entry.id,), names=names, region=inside, within=entry.country)


def _circle(asked: Asked) -> Circle | None:
    from timeline.model.globe import Circle
    from timeline.reference import places

    if asked.near is None:
        if asked.within is not None:
            raise UsageError("--within says how far from a place", hint="Add --near NAME or --near LAT,LON")
        return None
    km = _km(asked.within or "50km")
    if (point := _POINT.fullmatch(asked.near)) is not None:
        lat, lon = float(point[1]), float(point[2])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            hint = "Latitude lies between -90 and 90, longitude between -180 and 180"
            raise UsageError(f"--near: {asked.near!r} is no point of the globe", hint=hint)
        return Circle(lat, lon, km)
    entry = places.find(asked.near)
    return Circle(entry.latitude, entry.longitude, km)


def _km(words: str) -> float:
    """Kilometres of "100km", "60 mi", "100". Raises UsageError."""
    match = _LENGTH.fullmatch(words.strip().lower())
    if match is None or match[2] not in _KM or not float(match[1]):
        raise UsageError(f"--within: {words!r} is no distance", hint="Write 100km or 60mi")
    return min(float(match[1]) * _KM[match[2]], _HALF_ROUND_KM)
