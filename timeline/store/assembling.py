"""From rows to whole events, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select

from timeline.model import (
    UNKNOWN_WHEN,
    Actor,
    ActorKind,
    CountryLink,
    Event,
    Modality,
    Participation,
    Place,
    PlaceExactness,
    When,
)
from timeline.model.making import maker
from timeline.store import rows
from timeline.store.among import Among, Statement, rows_among
from timeline.store.judgements import Action, shown
from timeline.store.packing import table_of
from timeline.store.reports import parts
from timeline.store.tables import (
    ActorEntry,
    ActorJudgement,
    ArticleRow,
    Dataset,
    EventActor,
    EventCountry,
    EventRow,
    ReportRow,
)

_EVENT, _LINK, _ACTOR, _COUNTRY = map(table_of, (EventRow, EventActor, ActorEntry, EventCountry))
_REPORT, _ARTICLE, _DATASET = map(table_of, (ReportRow, ArticleRow, Dataset))
_JUDGEMENT = table_of(ActorJudgement)
# Plain pairs: to ask an enumeration for its members takes longer than all that is done with them.
_KINDS = {kind.value: kind for kind in ActorKind}
_EXACTNESSES = {exactness.value: exactness for exactness in PlaceExactness}
_MODALITIES = {modality.value: modality for modality in Modality}
_make_event, _make_when, _make_place = maker(Event), maker(When), maker(Place)
_make_actor, _make_part, _make_link = maker(Actor), maker(Participation), maker(CountryLink)
_KNOWN = 50_000  # actors that are kept in mind

# In the order in which `_event` takes them.
_COLUMNS = (
    *("id", "title", "sentence", "type", "kind", "modality", "salience", "public_id", "reports", "sources"),
    *("first_reported", "last_reported", "hidden", "confirmed", "edited"),
    *rows.when_columns(UNKNOWN_WHEN),
    *rows.place_columns(None),
)


def _events(among: Among) -> Select[Any]:
    return select(*(_EVENT.c[name] for name in _COLUMNS)).where(among(_EVENT.c.id))


def _links(among: Among) -> Select[Any]:
    found = select(_LINK.c.event_id, _LINK.c.actor_id, _LINK.c.role).where(among(_LINK.c.event_id))
    return found.order_by(_LINK.c.event_id, _LINK.c.position)


def _actors(among: Among) -> Select[Any]:
    """With the names that people gave them, the latest last."""
    own = (_ACTOR.c[name] for name in ("id", "key", "name", "kind", "country", "reference"))
    # Spelt out, not bound: the numbers are all that is.
    renamed = (_JUDGEMENT.c.action == literal_column(f"'{Action.RENAME}'")) & _JUDGEMENT.c.undone.is_(None)
    named = _ACTOR.outerjoin(_JUDGEMENT, (_JUDGEMENT.c.actor == _ACTOR.c.key) & renamed)
    found = select(*own, _JUDGEMENT.c.name.label("label")).select_from(named)
    return found.where(among(_ACTOR.c.id)).order_by(_JUDGEMENT.c.made, _JUDGEMENT.c.id)


def _countries(among: Among) -> Select[Any]:
    found = select(_COUNTRY.c.event_id, _COUNTRY.c.country, _COUNTRY.c.actor_reason, _COUNTRY.c.place_reason)
    return found.where(among(_COUNTRY.c.event_id)).order_by(_COUNTRY.c.event_id, _COUNTRY.c.country)


def _addresses(among: Among) -> Select[Any]:
    told = (func.nullif(each, "") for each in (_ARTICLE.c.url, _ARTICLE.c.origin, _REPORT.c.url, _DATASET.c.url))
    return (
        select(_REPORT.c.event_id, func.coalesce(*told))
        .outerjoin(_ARTICLE, _REPORT.c.article_id == _ARTICLE.c.id)
        .outerjoin(_DATASET, _REPORT.c.dataset_id == _DATASET.c.id)
        .where(among(_REPORT.c.event_id))
    )


def _event(
    row: tuple[Any, ...],
    actors: Iterable[Participation],
    countries: Iterable[CountryLink],
    urls: Iterable[str],
) -> Event:
    """The event of a row of `_events`: by position, since reading many must not take long."""
    (
        _, title, sentence, type_, kind, modality, salience, public, reports, sources,
        first, last, hidden, confirmed, edited,
        edtf, earliest, latest, when_words, when_reason,
        name, country, latitude, longitude, exactness, reference, words, start, end, reason, region,
    ) = row  # fmt: skip
    place = None
    if name:
        span = rows.span_of(start, end)
        known = _EXACTNESSES[exactness]
        place = _make_place(name, country, latitude, longitude, known, reference, words, span, reason, region)
    return _make_event(
        title,
        sentence,
        _make_when(edtf, earliest, latest, when_words, when_reason),
        type_,
        kind,
        _MODALITIES[modality],
        salience,
        tuple(actors),
        place,
        tuple(countries),
        public,
        reports,
        sources,
        tuple(urls),
        first,
        last,
        hidden == 1,
        confirmed == 1,
        edited == 1,
    )


class Assembler:
    """Reads events within one transaction; an actor is read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._actors: dict[int, Actor] = {}

    def load(self, numbers: Sequence[int]) -> Iterator[tuple[int, Event]]:
        """(row, event) for event rows, in no order."""
        for part in parts(list(numbers)):
            actors, countries, urls = self._taking_part(part), self._concerned(part), self._addresses(part)
            made = [
                (row[0], _event(row, actors.get(row[0], ()), countries.get(row[0], ()), urls.get(row[0], ())))
                for row in self._rows(_events, part)
            ]
            yield from made

    def _rows(self, statement: Statement, numbers: Sequence[int]) -> Iterator[Any]:
        return rows_among(self._connection, statement, numbers)

    def _taking_part(self, events: Sequence[int]) -> dict[int, list[Participation]]:
        links, actors = list(self._rows(_links, events)), self._actors
        self._meet({actor for _, actor, _ in links})
        found: dict[int, list[Participation]] = defaultdict(list)
        for event, actor, role in links:
            found[event].append(_make_part(actors[actor], rows.ROLES[role], "", None, ""))
        return found

    def _meet(self, wanted: set[int]) -> None:
        """Get to know actors (rows), as judgements have them shown."""
        if len(self._actors) > _KNOWN:
            self._actors.clear()
        for part in parts(sorted(wanted - self._actors.keys())):
            for number, key, name, kind, country, reference, label in self._rows(_actors, part):
                actor = _make_actor(name, _KINDS[kind], country, reference)
                self._actors[number] = shown(key, actor, label) if label else actor

    def _concerned(self, events: Sequence[int]) -> dict[int, list[CountryLink]]:
        found: dict[int, list[CountryLink]] = defaultdict(list)
        for event, country, by_actor, by_place in self._rows(_countries, events):
            if by_actor is not None:
                found[event].append(_make_link(country, "actor", by_actor))
            if by_place is not None:
                found[event].append(_make_link(country, "place", by_place))
        return found

    def _addresses(self, events: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for event, address in self._rows(_addresses, events):
            if address:
                found[event].add(address)
        return {event: sorted(each) for event, each in found.items()}
