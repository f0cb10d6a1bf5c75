"""From rows to whole events, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from timeline.model import UNKNOWN_WHEN, CountryLink, Event, Modality, Participation, Place, Role, When
from timeline.store import judged, rows
from timeline.store.among import Among, Statement, rows_among
from timeline.store.packing import table_of
from timeline.store.reports import parts
from timeline.store.tables import ActorEntry, ArticleRow, Dataset, EventActor, EventCountry, EventRow, ReportRow

_EVENT, _LINK, _ACTOR, _COUNTRY = map(table_of, (EventRow, EventActor, ActorEntry, EventCountry))
_REPORT, _ARTICLE, _DATASET = map(table_of, (ReportRow, ArticleRow, Dataset))
# Plain pairs: to ask an enumeration for its members takes longer than all that is done with them.
_ROLES = [(role.value, role) for role in Role]
_MODALITIES = {modality.value: modality for modality in Modality}
_KNOWN = 50_000  # actors, links to countries and places that are kept in mind, so many of each

_OWN = (
    "id",
    *("public_id", "title", "sentence", "type", "kind", "modality", "salience", "reports", "sources"),
    *("first_reported", "last_reported", "hidden", "confirmed", "edited"),
)
_WHEN = tuple(rows.when_columns(UNKNOWN_WHEN))
_PLACE = tuple(rows.place_columns(None))
_AT = len(_OWN) + len(_WHEN)


def _events(among: Among) -> Select[Any]:
    return select(*(_EVENT.c[name] for name in (*_OWN, *_WHEN, *_PLACE))).where(among(_EVENT.c.id))


def _links(among: Among) -> Select[Any]:
    found = select(_LINK.c.event_id, _LINK.c.actor_id, _LINK.c.role).where(among(_LINK.c.event_id))
    return found.order_by(_LINK.c.event_id, _LINK.c.position)


def _actors(among: Among) -> Select[Any]:
    return select(_ACTOR).where(among(_ACTOR.c.id))


def _countries(among: Among) -> Select[Any]:
    found = select(_COUNTRY.c.event_id, _COUNTRY.c.country, _COUNTRY.c.actor_reason, _COUNTRY.c.place_reason)
    return found.where(among(_COUNTRY.c.event_id)).order_by(_COUNTRY.c.event_id, _COUNTRY.c.country)


def _addresses(among: Among) -> Select[Any]:
    return (
        select(_REPORT.c.event_id, _ARTICLE.c.url, _ARTICLE.c.origin, _REPORT.c.url, _DATASET.c.url)
        .outerjoin(_ARTICLE, _REPORT.c.article_id == _ARTICLE.c.id)
        .outerjoin(_DATASET, _REPORT.c.dataset_id == _DATASET.c.id)
        .where(among(_REPORT.c.event_id))
    )


class Assembler:
    """Reads events within one transaction; an actor is read once, and what many events share is one value."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._reading = judged.resolution(connection)
        self._parts: dict[int, dict[str, Participation]] = {}
        self._countries: dict[tuple[str, str, str], CountryLink] = {}
        self._places: dict[tuple[Any, ...], Place | None] = {}

    def load(self, numbers: Sequence[int]) -> Iterator[tuple[int, Event]]:
        """(row, event) for event rows, in no order."""
        for part in parts(list(numbers)):
            actors, countries, urls = self._taking_part(part), self._concerned(part), self._addresses(part)
            for values in self._rows(_events, part):
                number = values[0]
                yield (
                    number,
                    self._event(values, actors.get(number, ()), countries.get(number, ()), urls.get(number, ())),
                )

    def _event(
        self, values: Any, actors: Iterable[Participation], countries: Iterable[CountryLink], urls: Iterable[str]
    ) -> Event:
        """The event of a row of `_events`: by position, since reading many must not take long."""
        _, public, title, sentence, type_, kind, modality, salience, reports, sources, *more = values[: len(_OWN)]
        first, last, hidden, confirmed, edited = more
        return Event(
            title=title,
            sentence=sentence,
            when=When(*values[len(_OWN) : _AT]),
            type=type_,
            kind=kind,
            modality=_MODALITIES[modality],
            salience=salience,
            actors=tuple(actors),
            place=self._place(values[_AT:]) if values[_AT] else None,
            countries=tuple(countries),
            id=public,
            reports=reports,
            sources=sources,
            urls=tuple(urls),
            first_reported=first,
            last_reported=last,
            hidden=bool(hidden),
            confirmed=bool(confirmed),
            edited=bool(edited),
        )

    def _place(self, values: tuple[Any, ...]) -> Place | None:
        known = self._places.get(values)
        if known is None:
            if len(self._places) > _KNOWN:
                self._places.clear()
            known = self._places[values] = rows.place_of(dict(zip(_PLACE, values, strict=True)))
        return known

    def _rows(self, statement: Statement, numbers: Sequence[int]) -> Sequence[Any]:
        found: Sequence[Any] = rows_among(self._connection, statement, numbers).all()
        return found

    def _taking_part(self, events: Sequence[int]) -> dict[int, list[Participation]]:
        links, known = self._rows(_links, events), self._parts
        self._meet({actor for _, actor, _ in links})
        found: dict[int, list[Participation]] = defaultdict(list)
        for event, actor, role in links:
            found[event].append(known[actor][role])
        return found

    def _meet(self, wanted: set[int]) -> None:
        """Get to know actors (rows) in each role, as judgements have them shown."""
        if len(self._parts) > _KNOWN:
            self._parts.clear()
        for part in parts(sorted(wanted - self._parts.keys())):
            for row in rows_among(self._connection, _actors, part).mappings():
                actor = self._reading.shown(row["key"], rows.actor_of(row))
                self._parts[row["id"]] = {name: Participation(actor, role) for name, role in _ROLES}

    def _concerned(self, events: Sequence[int]) -> dict[int, list[CountryLink]]:
        found: dict[int, list[CountryLink]] = defaultdict(list)
        for event, country, actor, place in self._rows(_countries, events):
            if actor is not None:
                found[event].append(self._country(country, "actor", actor))
            if place is not None:
                found[event].append(self._country(country, "place", place))
        return found

    def _country(self, country: str, by: str, reason: str) -> CountryLink:
        known = self._countries.get((country, by, reason))
        if known is None:
            if len(self._countries) > _KNOWN:
                self._countries.clear()
            known = self._countries[country, by, reason] = CountryLink(country, by, reason)
        return known

    def _addresses(self, events: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for event, *addresses in self._rows(_addresses, events):
            if address := next(filter(None, addresses), ""):
                found[event].add(address)
        return {event: sorted(each) for event, each in found.items()}
