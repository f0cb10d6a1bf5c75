"""actors: who is who in the store, and what people judge about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.asking.answers import actor_row
from timeline.asking.who import BODIES, described, find
from timeline.cli import options
from timeline.cli.authors import Author, Note, me, on_record
from timeline.cli.printing import listing, say, shape_of
from timeline.model import Actor, ActorKind
from timeline.model.actor import fold
from timeline.model.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from timeline.store import Called, Judgement
    from timeline.store.store import Store

app = typer.Typer(
    help="Who is who. Judgements are kept with their author, can be taken back, and outlast every import.",
    no_args_is_help=True,
)

One = Annotated[str, typer.Argument(metavar="ACTOR", help="An actor's name, any spelling of it, id or key.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name.")]
Kind = Annotated[str | None, typer.Option("--kind", help="person, country, organisation, group or thing.")]
Country = Annotated[str | None, typer.Option("--country", "-c", help="Only actors of this country.")]


@app.command("list")
def list_(
    kind: Kind = None,
    country: Country = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """List the actors of the store, each with its key, by falling number of events."""
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    kinds, code = _kinds(kind), options.country_code(country)
    with open_store(db, create=False) as store:
        found = store.actors(kinds, code)
    rows = [{"key": r.actor.key, "kind": r.actor.kind.value, **actor_row(r)} for r in found]
    listing(
        rows,
        shape,
        columns=("name", "kind", "country", "events", "key", "names"),
        numbers=("events",),
        empty="No actors yet.",
    )


@app.command()
def suggest(
    kind: Kind = None,
    country: Country = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many pairs.")] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """List pairs of actors that look like one: near spellings, initials, titles, order. Nothing is merged by itself."""
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    kinds, code = _kinds(kind), options.country_code(country)
    with open_store(db, create=False) as store:
        found = store.alike(kinds, code)
    rows = [
        {
            "actor": each.actor.name,
            "other": each.other.name,
            "country": each.actor.country or each.other.country,
            "why": each.reason,
            "events": each.events,
            "actor_key": each.actor.key,
            "other_key": each.other.key,
        }
        for each in found[:limit]
    ]
    listing(
        rows,
        shape,
        columns=("actor", "other", "country", "why", "events", "other_key"),
        numbers=("events",),
        empty="No pairs.",
    )


@app.command()
def merge(
    actor: One,
    others: Annotated[list[str], typer.Argument(metavar="OTHER…", help="Those who are the same actor.")],
    author: Author = "",
    note: Note = "",
    db: options.Db = None,
) -> None:
    """Judge that OTHER… are ACTOR: all their events become its events. 'undo' takes it back.

    Example: timeline actors merge "Min Aung Hlaing" "Ming Aung Hlaing" --note "a slip of the wire"
    """
    from timeline.store import Action, open_store

    with open_store(db, create=False) as store:
        into = find(store, actor)
        found = [find(store, other, _like(into.actor.kind)) for other in others]
        for other in found:
            if other.actor.key == into.actor.key:
                say(f"{other.actor.name} is {into.actor.name} already.")
                continue
            made = _judge(store, Action.MERGE, into, author, note, other=other)
            say(f"Judgement {made.number}: {described(other.actor)} is {described(into.actor)}.")


@app.command()
def split(
    actor: One,
    name: Annotated[str, typer.Argument(metavar="NAME", help="One that was merged into it, or a spelling of it.")],
    author: Author = "",
    note: Note = "",
    db: options.Db = None,
) -> None:
    """Judge that NAME is not ACTOR: take back the merge that made it so, or part that spelling.

    Where articles call ACTOR so, a parted spelling becomes an actor of its own by that name and of the same kind and
    country; merge that with another if it is one.
    """
    from timeline.store import Action, open_store

    with open_store(db, create=False) as store:
        found = find(store, actor)
        undone = [store.undo(each.number, me(author), note) for each in _joining(store, found.actor, name)]
        for each in undone:
            say(f"Judgement {each.number} is taken back: {name} is no longer {found.actor.name}.")
        if undone:
            return
        spelled = store.names_of(found.actor.key, name)
        if not spelled:
            hint = f"Seen are {'; '.join(_names(store, found.actor)) or 'none'}"
            raise NotFoundError(f"no article calls {found.actor.name} {name!r}", hint=hint)
        own = Actor(spelled[0][1], found.actor.kind, found.actor.country)
        keys = sorted({key for key, _ in spelled})
        if own.key in keys:
            raise UsageError(f"{name!r} is {found.actor.name}'s own name", hint="'timeline actors rename' changes it")
        for key in keys:
            made = _judge(store, Action.SPLIT, found, author, note, key=key, name=own.name, beside=own)
            say(f"Judgement {made.number}: {own.name} is not {described(found.actor)}; its key is {own.key}.")


@app.command()
def rename(actor: One, name: Name, author: Author = "", note: Note = "", db: options.Db = None) -> None:
    """Judge what an actor is called where it is shown. Titles and sentences stay as the reports tell them."""
    from timeline.store import Action, open_store

    with open_store(db, create=False) as store:
        found = find(store, actor)
        if not fold(name):
            raise UsageError("a name needs letters")
        made = _judge(store, Action.RENAME, found, author, note, key=found.actor.key, name=" ".join(name.split()))
    say(f"Judgement {made.number}: {found.actor.name} is called {made.name}.")


@app.command()
def alias(actor: One, name: Name, author: Author = "", note: Note = "", db: options.Db = None) -> None:
    """Judge that NAME means ACTOR: it is found by it, also where an article to come calls someone so.

    That is whoever no reference data knows, of the same kind and country.
    """
    from timeline.reference import people
    from timeline.store import Action, open_store

    with open_store(db, create=False) as store:
        found = find(store, actor)
        if not fold(name):
            raise UsageError("a name needs letters")
        known = {each.id: each for each in people.lookup(name)} if found.actor.kind is ActorKind.PERSON else {}
        if known and found.actor.id not in known:
            other = next(iter(known.values()))
            hint = f"If they are one: timeline actors merge {found.actor.key} {other.id}"
            raise UsageError(f"{name!r} is the name of {other.name} ({other.id})", hint=hint)
        own = Actor(" ".join(name.split()), found.actor.kind, found.actor.country)
        made = _judge(store, Action.ALIAS, found, author, note, name=own.name, other_key=own.key)
    say(f"Judgement {made.number}: {made.name} means {described(found.actor)}.")


@app.command()
def judgements(
    as_json: options.AsJson = False, as_csv: options.AsCsv = False, as_nl: options.AsNl = False, db: options.Db = None
) -> None:
    """List every judgement about actors: what, by whom, when and why, and whether it was taken back."""
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_store(db, create=False) as store:
        found = store.judgements()
    rows = [
        {
            "n": each.number,
            "judgement": each.action.value,
            "actor": each.actor,
            "other": each.other,
            "name": each.name,
            **on_record(each),
        }
        for each in found
    ]
    columns = ("n", "judgement", "actor", "other", "name", "author", "made", "note", "undone")
    listing(rows, shape, columns=columns, numbers=("n",), empty="No judgements yet.")


@app.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="Its number; 'timeline actors judgements' lists them.")],
    author: Author = "",
    note: Note = "",
    db: options.Db = None,
) -> None:
    """Take a judgement back: events are as if it had never been. It stays on record."""
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        found = store.undo(number, me(author), note)
    say(f"Judgement {found.number} ({found.action.value}) is taken back.")


def _judge(
    store: Store,
    action: Any,
    found: Called,
    author: str,
    note: str,
    *,
    other: Called | None = None,
    key: str = "",
    name: str = "",
    beside: Actor | None = None,
    other_key: str = "",
) -> Judgement:
    from timeline.store import Judgement

    about = [found.actor, *([other.actor] if other else []), *([beside] if beside else [])]
    other_key = other_key or (other.key if other else beside.key if beside else "")
    judgement = Judgement(action, key or found.key, other_key, name, author=me(author), note=note)
    return store.judge(judgement, about)


def _joining(store: Store, actor: Actor, name: str) -> list[Judgement]:
    """The merges and aliases that count and by which what is called so is this actor."""
    from timeline.store import Action

    joining = [j for j in store.judgements() if j.undone is None and j.action in (Action.MERGE, Action.ALIAS)]
    keys = {each.key for each in store.called(name)} | {name.strip()}
    keys |= {Actor(name, kind, country).key for kind in ActorKind for country in ("", actor.country)}
    return [j for j in joining if j.other in keys and store.canonical([j.actor])[0] == actor.key]


def _names(store: Store, actor: Actor) -> Sequence[str]:
    rows = store.actors_of([actor.key])
    return [name for row in rows for name in row.names]


def _like(kind: ActorKind) -> tuple[str, ...]:
    """The kinds that can be one with an actor of a kind."""
    return BODIES if kind.value in BODIES else (kind.value,)


def _kinds(kind: str | None) -> tuple[str, ...]:
    if kind is None:
        return ()
    try:
        return (ActorKind(kind.strip().lower()).value,)
    except ValueError as error:
        raise UsageError(f"--kind: {kind!r} is no kind of actor", hint=f"Say {', '.join(ActorKind)}") from error
