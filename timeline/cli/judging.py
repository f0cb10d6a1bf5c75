"""merge, split, edit, hide, confirm: what people judge about events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.asking.days import day
from timeline.asking.who import described, find
from timeline.cli import options
from timeline.cli.authors import Author, Note, me
from timeline.cli.printing import many, say
from timeline.model import Actor, Event, Place, PlaceExactness, Role
from timeline.model.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from timeline.store.event_judgements import EventJudgement
    from timeline.store.store import Store

One = Annotated[str, typer.Argument(metavar="ID", help="An event's id, or the beginning of one.")]

_WORDED = 60


def merge(
    event_ids: Annotated[list[str], typer.Argument(metavar="ID ID…", help="The events that are one.")],
    author: Author = "",
    note: Note = "",
    db: options.Db = None,
) -> None:
    """Judge that events are one: their reports are told together. 'judgements undo' takes it back.

    Example: timeline merge a0afed89 9f276f6f --note "one visit"
    """
    from timeline.store import open_store

    if len(event_ids) < 2:
        raise UsageError("one event alone cannot be merged", hint="Name two or more")
    with open_store(db, create=False) as store:
        made = store.merge_events(event_ids, me(author), note)
        _tell(made, f"{len(made.reports)} events are one", store.event(store.events_of(made.keys)[0]))


def split(
    event_id: One,
    reports: Annotated[
        list[str],
        typer.Argument(metavar="REPORT…", help="Keys of reports, as 'event ID' prints them, or beginnings."),
    ],
    author: Author = "",
    note: Note = "",
    db: options.Db = None,
) -> None:
    """Judge that some reports of an event tell of another one. 'judgements undo' takes it back.

    Example: timeline split a0afed89 5be1 --note "the visit of the year before"
    """
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        made = store.split_event(event_id, reports, me(author), note)
        for group in made.reports:
            _tell(made, "one of two events", store.event(store.events_of(group)[0]))


def edit(
    event_id: One,
    date: Annotated[
        str | None, typer.Option("--date", help="When: 2021-02-01, 2021-02, 2021/2023, '3 March 2025'.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", "-k", help="Its kind, such as visit; the type follows.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Its PLOVER type.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
    place: Annotated[
        str | None, typer.Option("--place", help="Where: a city, site, region or country; '' for nowhere known.")
    ] = None,
    add_actor: Annotated[
        list[str] | None,
        typer.Option(
            "--add-actor", metavar="ROLE:NAME", help="Who takes part as source, target or participant; repeatable."
        ),
    ] = None,
    remove_actor: Annotated[
        list[str] | None, typer.Option("--remove-actor", metavar="NAME", help="Who does not take part; repeatable.")
    ] = None,
    author: Author = "",
    note: Note = "",
    db: options.Db = None,
) -> None:
    """Judge what an event is; its reports stay as they are. 'judgements undo' takes it back.

    Example: timeline edit a0afed89 --date 2025-03-03 --add-actor "target:Vladimir Putin"
    """
    from timeline.reference import kinds
    from timeline.store import open_store
    from timeline.store.event_edits import place_value

    edits: list[tuple[str, str]] = []
    about: list[Actor] = []
    with open_store(db, create=False) as store:
        event = store.event(event_id)
        if date is not None:
            edits.append(("date", _edtf(date)))
        if kind is not None:
            edits.append(("kind", kinds.find(kind).name))
        if type_ is not None:
            edits.append(("type", kinds.find_type(type_)))
        if title is not None:
            edits.append(("title", _title(title)))
        if place is not None:
            edits.append(("place", place_value(_place(store, place))))
        for value, actor in _takings(store, event, add_actor or [], remove_actor or []):
            edits.append(("actors", value))
            about.append(actor)
        if not edits:
            raise UsageError("nothing is to be edited", hint="Give --date, --kind, --title, --place, --add-actor, …")
        made = store.edit_event(event.id, edits, about, me(author), note)
        now = store.event(event.id)
    for each in made:
        _tell(each, f"edited {each.field}", now)


def hide(event_id: One, author: Author = "", note: Note = "", db: options.Db = None) -> None:
    """Judge that an event is not to be shown: only --hidden shows it. 'judgements undo' takes it back."""
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        made = store.hide_event(event_id, me(author), note)
        _tell(made, "hidden", store.event(event_id))


def confirm(event_id: One, author: Author = "", note: Note = "", db: options.Db = None) -> None:
    """Judge that an event is as it should be. 'judgements undo' takes it back."""
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        made = store.confirm_event(event_id, me(author), note)
        _tell(made, "confirmed", store.event(event_id))


def _tell(made: EventJudgement, what: str, event: Event) -> None:
    reports, sources = many(event.reports, "report"), many(event.sources, "source")
    told = f"{event.id[:8]} {event.when.edtf or 'undated'} {event.title}, {reports} in {sources}"
    say(f"Judgement {made.number}: {what}: {told}")


def _edtf(words: str) -> str:
    """EDTF, or the days that other words mean. Raises UsageError."""
    from timeline.model.edtf import bounds, from_bounds
    from timeline.model.errors import InputError

    said = words.strip()
    try:
        if any(bounds(said)):
            return said
    except InputError:
        pass
    return from_bounds(day(said, "--date"), day(said, "--date", last=True))


def _title(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise UsageError("--title: a title needs words")
    return said


def _place(store: Store, words: str) -> Place | None:
    """A country, a state or province, or a place; what only the store's articles call so; None for "".

    Raises NotFoundError, AmbiguousError.
    """
    from timeline.model.actor import fold
    from timeline.reference import countries, places, regions
    from timeline.store import EventQuery
    from timeline.store.values import Located

    said = " ".join(words.split())
    if not said:
        return None
    country = countries.named(said)
    if country is not None and places.part_of(said, country) is None:
        return Place(country.name, country.iso3, exactness=PlaceExactness.COUNTRY)
    if (region := regions.find(said)) is not None:
        where = region.latitude, region.longitude
        return Place(region.name, region.country, *where, PlaceExactness.REGION, region.id, region=region.name)
    try:
        entry = places.find(said)
    except NotFoundError:
        named = EventQuery(places=(Located(names=(fold(said),)),), limit=1, hidden=True)
        known = next((event.place for event in store.events(named)), None)
        if known is None:
            raise
        return known
    inside = entry.name if entry.exactness is PlaceExactness.REGION and entry.country else ""
    where = entry.latitude, entry.longitude
    return Place(entry.name, entry.country, *where, entry.exactness, entry.id, region=inside)


def _takings(store: Store, event: Event, added: list[str], removed: list[str]) -> Iterator[tuple[str, Actor]]:
    """Values of edits of actors, each with its actor. Raises UsageError, NotFoundError, AmbiguousError."""
    from timeline.store.event_edits import Taking

    for words in removed:
        found = find(store, words).actor
        if found.key not in {p.actor.key for p in event.actors}:
            hint = f"Taking part are {'; '.join(p.actor.name for p in event.actors) or 'none'}"
            raise UsageError(f"--remove-actor: {described(found)} takes no part", hint=hint)
        yield str(Taking(found.key, None)), found
    for words in added:
        role, colon, name = words.partition(":")
        if not colon or role.strip().lower() not in set(Role):
            hint = f"Write ROLE:NAME, with a role of {', '.join(Role)}"
            raise UsageError(f"--add-actor: {words[:_WORDED]!r} names no role", hint=hint)
        found = find(store, name).actor
        yield str(Taking(found.key, Role(role.strip().lower()))), found
