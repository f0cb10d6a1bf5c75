"""Events as rows of typed columns: what CSV, TSV, XLSX and Parquet hold, and the data dictionary that says so.

Names, meaning and order of the columns are a promise. A change of any of them raises COLUMNS_VERSION and is announced
in docs/csv.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from operator import itemgetter
from typing import Any

from timeline.model import (
    ActorKind,
    Event,
    EventReport,
    Exactness,
    Modality,
    Participation,
    PlaceExactness,
    Role,
    When,
    exactness,
)
from timeline.model.errors import UsageError
from timeline.model.flat import FlatEvent, flat, where

COLUMNS_VERSION = 1

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, what it means, and of what type its values are: "string", "date" (datetime.date),
    "integer", "number" (float) or "list" (of strings, joined by `separator` where a cell holds but one text).

    Where nothing is known a string is "", a list empty, anything else None. `values` are all that there can be, ()
    where that is open.
    """

    name: str
    about: str
    type: str = "string"
    separator: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and how events (or reports) become rows of them, cells in the order of the columns. `key` is the column
    by whose value a row is known, "" for none; `always` names what rows are made of whatever their columns."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Iterable[Any]], Iterator[Row]]
    key: str = ""
    always: frozenset[str] = frozenset()

    @property
    def needs(self) -> frozenset[str]:
        """What the rows are made of, of all that an event has several of: `actors`, `countries`, `urls`."""
        return self.always.union(_MADE_OF[column.name] for column in self.columns if column.name in _MADE_OF)

    def only(self, names: Iterable[str]) -> Table:
        """The table with these columns in this order. Raises UsageError for one that there is not, or none."""
        wanted = [name.strip() for name in names if name.strip()]
        places = {column.name: place for place, column in enumerate(self.columns)}
        for name in wanted:
            if name not in places:
                near = get_close_matches(name, places, n=3, cutoff=0.5)
                meant = f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(places)}"
                raise UsageError(f"--columns: no column of {self.name} is called {name!r}", hint=meant)
        if not wanted or len(set(wanted)) < len(wanted):
            raise UsageError("--columns: name some columns, each once", hint="For example id,when,title")
        picked = [places[name] for name in wanted]
        cells: Callable[[Row], Row] = itemgetter(*picked) if len(picked) > 1 else lambda row: (row[picked[0]],)
        return replace(
            self,
            columns=tuple(self.columns[place] for place in picked),
            rows=lambda items: map(cells, self.rows(items)),
            key=self.key if self.key in wanted else "",
        )


def _list(name: str, about: str, values: tuple[str, ...] = ()) -> Column:
    return Column(name, about, "list", "; ", values)


_TOLD = (
    Column("title", "one line in the present tense"),
    Column("sentence", "the sentence that tells it best"),
)
_WHEN = (
    Column("when", "date as EDTF; empty when nothing is known"),
    Column("earliest", "first day it can have happened, empty when open", "date"),
    Column("latest", "last day it can have happened, empty when open", "date"),
    Column("exactness", "how exact the date is", values=tuple(Exactness)),
    Column("when_words", "the words that the date was read from, empty where it was concluded without any"),
)
_WHAT = (
    Column("type", "PLOVER type, OTHER for what PLOVER cannot hold"),
    Column("kind", "our finer kind"),
    Column("modality", "whether it happened", values=tuple(Modality)),
)
_WHO = (
    _list("sources", "actors who did it"),
    _list("source_ids", "their ids, in the same order"),
    _list("targets", "actors to whom it was done"),
    _list("target_ids", "their ids, in the same order"),
    _list("participants", "actors without a direction"),
    _list("participant_ids", "their ids, in the same order"),
    _list("countries", "ISO 3166 alpha-3 of all countries concerned, sorted"),
)
_MADE_OF = {column.name: "actors" for column in _WHO} | {"countries": "countries", "urls": "urls"}
_ONE = (
    Column(
        "role", "whether it did it, it was done to it, or neither; empty where nobody takes part", values=tuple(Role)
    ),
    Column("actor", "name of the actor"),
    Column("actor_id", "ISO 3166 alpha-3, Wikidata item, or a key of this program's own"),
    Column("actor_kind", "what the actor is", values=tuple(ActorKind)),
    Column("actor_country", "ISO 3166 alpha-3 of the actor"),
    _list("countries", "ISO 3166 alpha-3 of all countries concerned by the event, sorted"),
)
_WHERE = (
    Column("place", "name of the place"),
    Column("place_id", "geonames:ID, or tl:NAME for a place of our own list"),
    Column("place_country", "ISO 3166 alpha-3 of the place"),
    Column("place_region", "state or province of the place, where known"),
    Column("place_exactness", "how exact the place is", values=tuple(PlaceExactness)),
    Column("latitude", "degrees, WGS 84", "number"),
    Column("longitude", "degrees, WGS 84", "number"),
)
_BORNE_OUT = (
    Column("source_count", "articles and data sets that tell of it; copies of one story count once", "integer"),
    Column("report_count", "statements that tell of it", "integer"),
    Column("urls", "addresses of the sources", "list", " "),
    Column("first_reported", "publication date of the first source", "date"),
    Column("last_reported", "publication date of the last source", "date"),
)
_MARKS = ("confirmed", "edited", "hidden")
_SALIENCE = Column("salience", "how much it matters to a timeline, 0 to 1", "number")
_WEIGHED = (
    _SALIENCE,
    _list("judgement", "what a person said of it; edited where some of it is as a person set it", _MARKS),
)
_SOURCE = (
    Column("article", "id of the article, name of the data set"),
    Column("article_title", "title of the article"),
    Column("url", "address of the source"),
    Column("publisher", "who published it"),
    Column("published", "publication date", "date"),
    Column("start", "first character of the sentence in the article's text, counted from 0", "integer"),
    Column("end", "the character after the sentence's last one", "integer"),
    Column("words", "the words that name the happening"),
    Column("extractor", "name and version of what read the source"),
)
_ID = Column("id", "public id of the event, stable for ever")
_EVENT = Column("event", "public id of the event")


def _when(when: When) -> Row:
    return when.edtf, when.earliest, when.latest, when.exactness, when.words


def _who(actors: Sequence[Participation]) -> Row:
    """Names and ids of the sources, the targets, the others."""
    if not actors:
        return _NO_SIDES
    sides: tuple[list[str], ...] = ([], [], [], [], [], [])
    for each in actors:
        actor, role = each.actor, each.role
        side = 0 if role is Role.SOURCE else 2 if role is Role.TARGET else 4
        sides[side].append(actor.name)
        sides[side + 1].append(actor.id or actor.key)
    return sides


_NO_SIDES: Row = ((), (), (), (), (), ())
_NOBODY: Row = ("", "", "", "", "")
# Where a flat event has what the columns put something before.
_WHEN_WORDS, _PLACE, _REPORTED, _JUDGED = map(
    FlatEvent._fields.index, ("when_words", "place", "first_reported", "confirmed")
)


def _flat(events: Iterable[Event | FlatEvent]) -> Iterator[FlatEvent]:
    return (each if isinstance(each, FlatEvent) else flat(each) for each in events)


def _before(event: FlatEvent) -> Row:
    """What stands before those who take part."""
    return *event[:_WHEN_WORDS], exactness(event.edtf), *event[_WHEN_WORDS:_PLACE]


def _after(event: FlatEvent) -> Row:
    """What stands behind those who take part."""
    judgement = _judgement(event) if event.confirmed or event.edited or event.hidden else ()
    return event.countries, *event[_PLACE:_REPORTED], event.urls, *event[_REPORTED:_JUDGED], judgement


def _judgement(event: FlatEvent) -> Row:
    return tuple(mark for mark in _MARKS if getattr(event, mark))


def _event_rows(events: Iterable[Event | FlatEvent]) -> Iterator[Row]:
    for event in _flat(events):
        yield *_before(event), *_who(event.actors), *_after(event)


def _actor_rows(events: Iterable[Event | FlatEvent]) -> Iterator[Row]:
    for event in _flat(events):
        before, after = _before(event), _after(event)
        for one in [_one(each) for each in event.actors] or [_NOBODY]:
            yield *before, *one, *after


def _one(each: Participation) -> Row:
    actor = each.actor
    return each.role, actor.name, actor.key, actor.kind, actor.country


def _report_rows(reports: Iterable[EventReport]) -> Iterator[Row]:
    for told in reports:
        report = told.report
        yield (
            told.event,
            told.key,
            report.title,
            report.sentence,
            *_when(report.when),
            report.type,
            report.kind,
            report.modality,
            *_who(report.actors),
            tuple(sorted({link.country for link in report.countries})),
            *where(report.place),
            report.salience,
            told.article,
            told.title,
            told.url,
            told.publisher,
            told.published,
            *report.span,
            report.words,
            told.extractor,
        )


EVENTS = Table("events", (_ID, *_TOLD, *_WHEN, *_WHAT, *_WHO, *_WHERE, *_BORNE_OUT, *_WEIGHED), _event_rows, key="id")
ACTORS = Table(
    "--long",
    (_EVENT, *_TOLD, *_WHEN, *_WHAT, *_ONE, *_WHERE, *_BORNE_OUT, *_WEIGHED),
    _actor_rows,
    always=frozenset({"actors"}),
)
REPORTS = Table(
    "--reports",
    (
        _EVENT,
        Column("report", "public key of the report"),
        *_TOLD,
        *_WHEN,
        *_WHAT,
        *_WHO,
        *_WHERE,
        _SALIENCE,
        *_SOURCE,
    ),
    _report_rows,
    key="report",
)


def dictionary(table: Table) -> list[dict[str, Any]]:
    """The data dictionary: an object a column."""
    return [
        {
            "column": column.name,
            "type": column.type,
            "separator": column.separator,
            "values": list(column.values),
            "meaning": column.about,
        }
        for column in table.columns
    ]
