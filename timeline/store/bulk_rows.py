"""From a row of a data set to the rows of the tables, by the shortest way: pure.

A row is one report and one event by itself, so all that `merging.derive` and `rows` would make of it is written down
directly; a test holds both ways together. Days, places and those who take part come again and again as the very same
values, so what they become is made once for each (`Remembered`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from timeline.model import Actor, Participation, Place, Row, Unresolved, When
from timeline.model.merging import each_once
from timeline.store import ids, positions, rows
from timeline.store.remembering import Remembered
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
# Every column of the tables that are written here, in the order of their values. Those of reports and events end with
# what both tell: when, where, then title to salience.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(column.name for column in Base.metadata.tables[name].columns) for name in _TABLES
}
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_actor = attrgetter("name", "kind", "country", "id")

_END = "\0"  # of a text in what is hashed
_NUL = "the row holds a NUL character"

Values = tuple[Any, ...]
# Who takes part: as the report has it, the actor's row, and the actor as the store has it.
Cast = Sequence[tuple[Participation, int, Actor]]


class UnfitError(Exception):
    """A row that no database can hold, with the reason."""


@dataclass(slots=True)
class Read:
    """A row with its key, the values of its report that an event shares and those of its own, the hash of all that it
    says (64 bits, signed), and its cast, once that is known."""

    row: Row
    key: str
    shared: Values
    own: Values
    reported: str | None
    digest: int
    cast: Cast = ()


def read(dataset: str, row: Row) -> Read:
    """What a row says, as it is written down. Raises UnfitError."""
    if not row.native:
        raise UnfitError("the row has no id of its own")
    report = row.report
    when, where = _when(report.when), _where(report.place)
    telling = (report.title, report.sentence, report.type, report.kind, report.modality.value, report.salience)
    own = (*report.span, *report.trigger, report.words, report.rule, " ".join(report.context))
    reported = _iso(row.reported)
    # Texts as they are: what ends each is a character that none may hold. Numbers and the rest are JSON.
    said = (
        row.native,
        row.url,
        *telling[:-1],
        reported or "",
        "" if row.attributes is None else f"={row.attributes}",
        _number(report.salience),
        when.told,
        where.told,
        _own(own),
        "\n".join([_part(p).told for p in report.actors]),
        "\n".join([_left(u).told for u in report.unresolved]),
    )
    told = _END.join(said)
    if told.count(_END) >= len(said):
        raise UnfitError(_NUL)
    try:
        content = told.encode()
    except UnicodeEncodeError as error:
        raise UnfitError("the row holds half a character") from error
    digest = int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)
    shared = (*when.values, *where.values, *telling)
    return Read(row, ids.row_key(dataset, row.native), shared, own, reported, digest)


def _told(values: Any) -> str:
    """Values as JSON. Raises UnfitError."""
    told = _json(values)
    if "\\u0000" in told and _END in "".join(_strings(json.loads(told))):
        raise UnfitError(_NUL)
    return told


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


@dataclass(slots=True)
class _Kept:
    """What a part of a report becomes: values, and its text in the JSON that is hashed."""

    values: Values
    told: str


@dataclass(slots=True)
class _KeptWhen(_Kept):
    reach: int
    position: int
    """That of an event, with zeros for its id."""


@Remembered
def _when(when: When) -> _KeptWhen:
    values = (when.edtf, _iso(when.earliest), _iso(when.latest), when.words, when.reason)
    return _KeptWhen(values, _told(values), int(positions.reach(when)), positions.position(when, "0" * 8))


def _where(place: Place | None) -> _Kept:
    return _NOWHERE if place is None else _place(place)


@Remembered
def _place(place: Place) -> _Kept:
    return _kept(tuple(rows.place_columns(place).values()))


@Remembered
def _part(part: Participation) -> _Kept:
    """The values of report_actors from the role on."""
    values = tuple(rows.participation_columns(0, part).values())[1:]
    return _Kept(values, _told((*_actor(part.actor), part.role, part.words, part.span, part.reason)))


@Remembered
def _left(words: Unresolved) -> _Kept:
    """The values of report_unresolved from the role on."""
    values = tuple(rows.unresolved_columns(0, words).values())[1:]
    return _Kept(values, _told((words.words, words.role, words.span, words.reason)))


def _kept(values: Values) -> _Kept:
    return _Kept(values, _told(values))


_NOWHERE = _kept(tuple(rows.place_columns(None).values()))


@lru_cache(4096)
def _own(values: Values) -> str:
    return _told(values)


@lru_cache(4096, typed=True)
def _number(value: float) -> str:
    return _json(value)


@lru_cache(4096)
def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def report_values(each: Read, number: int, beside: Mapping[str, Any], event: int | None) -> Values:
    """A row of reports; `beside` holds what all rows of a batch share: dataset_id, extractor, run_id."""
    row = each.row
    return (
        number,
        each.key,
        None,
        beside["dataset_id"],
        0,
        event,
        *each.own,
        beside["extractor"],
        beside["run_id"],
        row.native,
        row.url,
        each.reported,
        row.attributes,
        each.digest,
        row.stated,
        *each.shared,
    )


def taking_part(each: Read, number: int) -> list[Values]:
    """Rows of report_actors."""
    return [(number, row, position, *_part(p).values) for position, (p, row, _) in enumerate(each.cast)]


def unresolved(each: Read, number: int) -> list[Values]:
    """Rows of report_unresolved."""
    return [(number, position, *_left(u).values) for position, u in enumerate(each.row.report.unresolved)]


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
    report = each.row.report
    public_id, when = ids.event_of_row(each.key), _when(report.when)
    number, reach = when.position | int(public_id[:8], 16), when.reach
    cast = _each_once(each.cast)
    names = [actor.name for _, _, actor in cast]
    if report.place:
        names.append(report.place.name)
    reported, weight, kind = each.reported, report.salience, report.kind
    searched = rows.words_beside(f"{report.title} {report.sentence}", names)
    return Made(
        number,
        public_id,
        (number, public_id, reach, 1, 1, reported, reported, searched, 0, 0, 0, *each.shared),
        [(row, number, position, _part(p).values[0], reach, weight) for position, (p, row, _) in enumerate(cast)],
        [
            (country, number, by_actor, by_place, kind, reach, weight)
            for country, by_actor, by_place in _countries(each.cast, report.place)
        ],
    )


def _each_once(cast: Cast) -> Cast:
    if len(cast) < 2 or len({row for _, row, _ in cast}) == len(cast):
        return cast
    of = {id(p): (p, row, actor) for p, row, actor in cast}
    return [of[id(p)] for p in each_once(p for p, _, _ in cast)]


def _countries(cast: Cast, place: Place | None) -> list[tuple[str, str | None, str | None]]:
    """(country, why by its actors, why by the place), as `merging.countries_of` tells."""
    by_actor: dict[str, str] = {}
    for _, _, actor in cast:
        if country := actor.country:
            reason = f"actor {actor.name}"
            by_actor[country] = f"{by_actor[country]}; {reason}" if country in by_actor else reason
    where = place.country if place else ""
    why = _reasons(f"place {place.name}") if place else ""
    found: list[tuple[str, str | None, str | None]] = [
        (country, _reasons(reasons), why if country == where else None) for country, reasons in by_actor.items()
    ]
    if where and where not in by_actor:
        found.append((where, None, why))
    return found


@lru_cache(65_536)
def _reasons(told: str) -> str:
    """Reasons with "; " between them, each once."""
    return "; ".join(dict.fromkeys(filter(None, told.split("; "))))
