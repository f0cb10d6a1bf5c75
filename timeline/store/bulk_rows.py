"""From a row of a data set to the rows of the tables, by the shortest way: pure.

A row is one report and one event by itself, so all that `merging.derive` and `rows` would make of it is written down
directly; a test holds both ways together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from operator import attrgetter, itemgetter
from typing import Any

from timeline.model import Actor, Participation, Place, Row
from timeline.model.merging import each_once
from timeline.store import ids, positions, rows
from timeline.store.tables import Base

_TABLES = (
    "events",
    "event_actors",
    "event_countries",
    "reports",
    "report_actors",
    "report_unresolved",
    "report_blocks",
)
# Every column of the tables that are written here, in the order of their values.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(column.name for column in Base.metadata.tables[name].columns) for name in _TABLES
}
_event, _report, _taking_part, _unresolved = (
    itemgetter(*COLUMNS[name]) for name in ("events", "reports", "report_actors", "report_unresolved")
)
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_actor = attrgetter("name", "kind", "country", "id")
_NOTHING_BESIDE = {"article_id": None, "happening": 0}
_NOT_JUDGED = {"reports": 1, "sources": 1, "hidden": 0, "confirmed": 0}

Values = tuple[Any, ...]
# Who takes part: as the report has it, the actor's row, and the actor as the store has it.
Cast = Sequence[tuple[Participation, int, Actor]]


class UnfitError(Exception):
    """A row that no database can hold, with the reason."""


@dataclass(slots=True)
class Read:
    """A row with its key, the columns of its report, the hash of all that it says (64 bits, signed), and its cast,
    once that is known."""

    row: Row
    key: str
    said: dict[str, Any]
    digest: int
    cast: Cast = ()


def read(dataset: str, row: Row) -> Read:
    """What a row says, as it is written down. Raises UnfitError."""
    if not row.native:
        raise UnfitError("the row has no id of its own")
    report = row.report
    said = rows.report_columns(report)
    said["earliest"], said["latest"] = _iso(report.when.earliest), _iso(report.when.latest)
    taking_part = [(*_actor(p.actor), p.role, p.words, p.span, p.reason) for p in report.actors]
    unresolved = [(u.words, u.role, u.span, u.reason) for u in report.unresolved]
    told = _json(
        (row.native, row.url, _iso(row.reported), row.attributes, list(said.values()), taking_part, unresolved)
    )
    try:
        content = told.encode()
    except UnicodeEncodeError as error:
        raise UnfitError("the row holds half a character") from error
    if "\\u0000" in told and "\0" in "".join(_strings(json.loads(told))):
        raise UnfitError("the row holds a NUL character")
    digest = int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)
    return Read(row, ids.row_key(dataset, row.native), said, digest)


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def report_values(each: Read, number: int, beside: Mapping[str, Any], event: int | None) -> Values:
    """A row of reports; `beside` holds what all rows of a batch share."""
    row = each.row
    values: Values = _report(
        {
            **each.said,
            **_NOTHING_BESIDE,
            **beside,
            "id": number,
            "key": each.key,
            "event_id": event,
            "row": row.native,
            "url": row.url,
            "reported": _iso(row.reported),
            "attributes": row.attributes,
            "digest": each.digest,
        }
    )
    return values


def taking_part(each: Read, number: int) -> list[Values]:
    """Rows of report_actors."""
    return [
        _taking_part({"report_id": number, "actor_id": row, **rows.participation_columns(position, p)})
        for position, (p, row, _) in enumerate(each.cast)
    ]


def unresolved(each: Read, number: int) -> list[Values]:
    """Rows of report_unresolved."""
    return [
        _unresolved({"report_id": number, **rows.unresolved_columns(position, u)})
        for position, u in enumerate(each.row.report.unresolved)
    ]


@dataclass(slots=True)
class Made:
    """The event of a row: its number and id, and its rows of events, event_actors and event_countries."""

    number: int
    public_id: str
    event: Values
    actors: list[Values]
    countries: list[Values]


def event_of(each: Read) -> Made:
    """The event of a row that is an event by itself."""
    report, said = each.row.report, each.said
    public_id, when = ids.event_id([(each.row.reported, each.key)]), report.when
    number, reach = positions.position(when, public_id), int(positions.reach(when))
    cast = _each_once(each.cast)
    names = [actor.name for _, _, actor in cast]
    if report.place:
        names.append(report.place.name)
    reported = _iso(each.row.reported)
    event = {
        **said,
        **_NOT_JUDGED,
        "id": number,
        "public_id": public_id,
        "reach": reach,
        "first_reported": reported,
        "last_reported": reported,
        "searched": rows.words_beside(f"{report.title} {report.sentence}", names),
    }
    weight = report.salience
    return Made(
        number,
        public_id,
        _event(event),
        [(row, number, position, p.role.value, reach, weight) for position, (p, row, _) in enumerate(cast)],
        [
            (country, number, by_actor, by_place, report.kind, reach, weight)
            for country, by_actor, by_place in _countries(each.cast, report.place)
        ],
    )


def _each_once(cast: Cast) -> Cast:
    if len({row for _, row, _ in cast}) == len(cast):
        return cast
    of = {id(p): (p, row, actor) for p, row, actor in cast}
    return [of[id(p)] for p in each_once(p for p, _, _ in cast)]


def _countries(cast: Cast, place: Place | None) -> Iterable[tuple[str, str | None, str | None]]:
    """(country, why by its actors, why by the place), as `merging.countries_of` tells."""
    by_actor: dict[str, dict[str, None]] = {}
    for _, _, actor in cast:
        if actor.country:
            by_actor.setdefault(actor.country, {}).update(dict.fromkeys(_reasons(f"actor {actor.name}")))
    where = place.country if place else ""
    why = "; ".join(dict.fromkeys(_reasons(f"place {place.name}"))) if place else ""
    for country, reasons in by_actor.items():
        yield country, "; ".join(reasons), why if country == where else None
    if where and where not in by_actor:
        yield where, None, why


def _reasons(reason: str) -> Iterable[str]:
    return filter(None, reason.split("; "))
