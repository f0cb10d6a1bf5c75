"""From a name as people type it to the actor they mean: by key, by judgement, by reference data, by the articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from timeline.model import Actor, ActorKind
from timeline.model.actor import fold
from timeline.model.errors import AmbiguousError, NotFoundError, TimelineError

if TYPE_CHECKING:
    from timeline.store import Called
    from timeline.store.store import Store

Say = Callable[[str], None]  # is told, in one line, what a person should know

PERSON = (ActorKind.PERSON.value,)
BODIES = (ActorKind.ORGANISATION.value, ActorKind.GROUP.value)


def keys(store: Store, name: str, kinds: Sequence[str], say: Say) -> tuple[str, ...]:
    """The keys of the actor a user means: one, or several of that very name of which at most one has a country, which
    is said.

    Raises NotFoundError; AmbiguousError with the candidates.
    """
    found = _found(store, name, kinds)
    countries = {each.actor.country for each in found if each.actor.country}
    if len(countries) > 1 or len({fold(each.actor.name) for each in found}) > 1:
        raise _ambiguous(name, found, kinds)
    if len(found) > 1:
        say(f"{name!r} is the name of {len(found)} actors, shown together; 'timeline actors merge' makes them one.")
    return tuple(each.actor.key for each in found)


def find(store: Store, name: str, kinds: Sequence[str] = ()) -> Called:
    """The one actor a user means. Raises NotFoundError; AmbiguousError with the candidates and their keys."""
    found = _found(store, name, kinds)
    if len(found) > 1:
        raise _ambiguous(name, found, kinds)
    return found[0]


def described(actor: Actor) -> str:
    """ "Than Tun (person, MMR)"."""
    return f"{actor.name} ({', '.join(part for part in (actor.kind.value, actor.country) if part)})"


def _found(store: Store, name: str, kinds: Sequence[str]) -> list[Called]:
    """Those with that name: by its key, by a judgement, of the reference data if the store has events of it, of the
    store, of the reference data all the same; else the actors of the store with that word in their names."""
    called = store.called(name, kinds)
    if any(each.actor.key == name.strip() or each.key == name.strip() for each in called):
        return called
    if judged := [each for each in called if each.judged]:
        return judged
    known, missing = _reference(name, kinds)
    meant = _canonical(store, known) if known else None
    if meant is not None and (not called or store.actors_of([meant.actor.key])):
        return [meant]
    if called:
        return called
    if isinstance(missing, AmbiguousError):
        raise missing
    if actor := _of_key(name):
        from timeline.store import Called

        return [Called(actor, actor.key)]
    near = store.actors_having(name, kinds)
    if near:
        return [each for row in near for each in store.called(row.actor.key, kinds)]
    raise _unknown(store, name, kinds)


def _reference(name: str, kinds: Sequence[str]) -> tuple[Actor | None, TimelineError | None]:
    """The actor of the reference data, or the last reason why there is none."""
    missing: TimelineError | None = None
    for kind, look in _LOOKS.items():
        if kinds and kind not in kinds:
            continue
        try:
            return look(name), None
        except AmbiguousError as error:
            missing = error
        except NotFoundError as error:
            missing = missing or error
    return None, missing


def _person(name: str) -> Actor:
    from timeline.reference import people

    found = people.find(name)
    return Actor(found.name, ActorKind.PERSON, found.country, found.id)


def _organisation(name: str) -> Actor:
    from timeline.reference import organisations

    found = organisations.find(name)
    return Actor(found.name, found.kind, found.country, found.id)


def _country(name: str) -> Actor:
    from timeline.reference import countries

    found = countries.find(name)
    return Actor(found.name, ActorKind.COUNTRY, found.iso3, found.iso3)


_LOOKS: dict[str, Callable[[str], Actor]] = {
    ActorKind.COUNTRY.value: _country,
    ActorKind.ORGANISATION.value: _organisation,
    ActorKind.PERSON.value: _person,
}


def _canonical(store: Store, actor: Actor) -> Called:
    """An actor of the reference data as judgements have it."""
    from timeline.store import Called

    key = store.canonical([actor.key])[0]
    stored = store.called(key)
    return Called(stored[0].actor if stored else actor, actor.key)


def _of_key(words: str) -> Actor | None:
    """The actor of a key that no article has named yet, such as person:than-tun:MMR."""
    kind, _, rest = words.strip().partition(":")
    slug, _, country = rest.partition(":")
    if kind not in set(ActorKind) or not slug or (country and not (len(country) == 3 and country.isupper())):
        return None
    actor = Actor(slug.replace("-", " ").title(), ActorKind(kind), country)
    return actor if actor.key == words.strip() else None


def _ambiguous(name: str, found: Sequence[Called], kinds: Sequence[str]) -> AmbiguousError:
    several = "people" if tuple(kinds) == PERSON else "actors"
    listed = ", ".join(f"{described(each.actor)} as {each.actor.key}" for each in found[:6])
    return AmbiguousError(f"{name!r} could be several {several}", hint=f"Say which: {listed}")


def _unknown(store: Store, name: str, kinds: Sequence[str]) -> NotFoundError:
    from timeline.reference.tables import suggestion

    what = kinds[0] if len(kinds) == 1 else "actor"
    names = store.actor_names(kinds)
    if not kinds or PERSON[0] in kinds:
        from timeline.reference import people

        names += [person.name for person in people.all_people().values()]
    command = {"person": "people", "organisation": "organisations", "group": "organisations"}.get(what, "actors list")
    hint = suggestion(name, dict.fromkeys(names)) or f"'timeline {command}' lists those in the store"
    return NotFoundError(f"no {what} is called {name!r}", hint=hint)
