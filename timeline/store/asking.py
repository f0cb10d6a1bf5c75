"""The store's part about actors: who they are, and what people judge about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from timeline.model import Actor
from timeline.store import actors, judged
from timeline.store.judgements import Judgement
from timeline.store.values import ActorRow, Called, Profile

if TYPE_CHECKING:
    from timeline.store.alike import Alike
    from timeline.store.engine import Database


class Actors:
    """Kinds are `ActorKind`s, one or several, none for all; countries are ISO 3166 alpha-3."""

    _database: Database

    def actors(self, kinds: str | Collection[str] = (), country: str | None = None) -> list[ActorRow]:
        """Actors that take part in events, by falling number of them."""
        with self._database.reading() as connection:
            return actors.actors(connection, _kinds(kinds), country)

    def find_actors(self, name: str, kinds: str | Collection[str] = ()) -> list[ActorRow]:
        """Actors with events that a key, an id, a judgement or some article calls so."""
        with self._database.reading() as connection:
            found = actors.called(connection, name, _kinds(kinds))
            return actors.rows_of(connection, [each.actor.key for each in found])

    def called(self, name: str, kinds: str | Collection[str] = ()) -> list[Called]:
        """The same, each with the key that led to it, and those without events too."""
        with self._database.reading() as connection:
            return actors.called(connection, name, _kinds(kinds))

    def actors_of(self, keys: Collection[str]) -> list[ActorRow]:
        """The actors that these keys are by today's judgements, as far as they take part in events."""
        with self._database.reading() as connection:
            return actors.rows_of(connection, keys)

    def actors_having(self, word: str, kinds: str | Collection[str] = (), limit: int = 6) -> list[ActorRow]:
        """Some actors with events that are called something with this word in it."""
        with self._database.reading() as connection:
            return actors.rows_of(connection, actors.having(connection, word, _kinds(kinds), limit))

    def names_of(self, key: str, name: str) -> list[tuple[str, str]]:
        """(key, name without titles) of those that are the actor of a key and that some article calls so."""
        with self._database.reading() as connection:
            return actors.names_of(connection, key, name)

    def actor_names(self, kinds: str | Collection[str] = ()) -> list[str]:
        """The names of all actors."""
        with self._database.reading() as connection:
            return actors.names(connection, _kinds(kinds))

    def profile(self, actor: Actor) -> Profile:
        """What is known of an actor."""
        with self._database.reading() as connection:
            return actors.profile(connection, actor)

    def alike(self, kinds: str | Collection[str] = (), country: str | None = None) -> list[Alike]:
        """Pairs of actors that look like one and were not judged to be two, those with most events first."""
        from timeline.store.alike import pairs

        with self._database.reading() as connection:
            found = actors.actors(connection, _kinds(kinds), country)
            apart = judged.told_apart(connection)
        return [pair for pair in pairs(found) if frozenset((pair.actor.key, pair.other.key)) not in apart]

    # Judgements

    def judgements(self) -> list[Judgement]:
        """Every judgement about actors, in the order they were made."""
        with self._database.reading() as connection:
            return judged.load(connection)

    def judge(self, judgement: Judgement, about: Iterable[Actor]) -> Judgement:
        """Keep a judgement and derive the events again that it changes: all or nothing where these are few, else batch
        by batch, and whoever writes next goes on where that was broken off.

        `about` are the actors that it names. Gives it with its number; where one that counts says the same, that one.
        """
        from timeline.store import bringing_up, judging

        with self._database.writing() as connection:
            made = judging.judge(connection, judgement, about)
        bringing_up.finish(self._database)
        return made

    def undo(self, number: int, author: str = "", note: str = "") -> Judgement:
        """Take a judgement back; events are as if it had never been. Raises NotFoundError, UsageError."""
        from timeline.store import bringing_up, judging

        with self._database.writing() as connection:
            undone = judging.undo(connection, number, author, note)
        bringing_up.finish(self._database)
        return undone

    def canonical(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The keys of the actors that these are by today's judgements."""
        asked = tuple(keys)
        with self._database.reading() as connection:
            reading = judged.resolution(connection, asked)
        return tuple(dict.fromkeys(reading.of(key) for key in asked))


def _kinds(kinds: str | Collection[str]) -> Collection[str]:
    return (kinds,) if isinstance(kinds, str) else kinds
