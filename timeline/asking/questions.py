"""From what is asked, as people say it, to the question that the store is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from timeline.asking.asked import Asked, several
from timeline.asking.days import day
from timeline.asking.where import circle, located
from timeline.asking.who import BODIES, PERSON, Say, keys
from timeline.model import DEFAULT_SALIENCE, ActorKind, Modality
from timeline.model.actor import fold
from timeline.model.edtf import Exactness
from timeline.model.errors import AmbiguousError, NotFoundError, UsageError

if TYPE_CHECKING:
    from timeline.store import EventQuery
    from timeline.store.store import Store
    from timeline.store.values import Side

One = TypeVar("One", bound=StrEnum)
_LARGEST = 2**63 - 1  # what a database counts


class By(StrEnum):
    """What events can be counted by."""

    MONTH = "month"
    YEAR = "year"
    KIND = "kind"
    TYPE = "type"
    COUNTRY = "country"
    PERSON = "person"
    SOURCE = "source"


def query_of(store: Store, asked: Asked, say: Say) -> EventQuery:
    """The question; `say` is told what a person should know about how a name was taken.

    Raises UsageError for a value that means nothing, NotFoundError or AmbiguousError for a name or an id.
    """
    from timeline.reference import kinds
    from timeline.store import EventQuery
    from timeline.store.values import Sort

    predecessors = asked.get("with_predecessors", False)
    since, until = _days(asked)
    return EventQuery(
        countries=tuple(code for name in several(asked.get("country")) for code in _countries(name, predecessors)),
        by=_by(asked),
        actors=tuple(key for name in several(asked.get("person")) for key in keys(store, name, PERSON, say)),
        sides=tuple(_sides(store, asked, say)),
        places=tuple(located(store, name) for name in several(asked.get("place"))),
        near=circle(asked),
        types=tuple(kinds.find_type(name) for name in several(asked.get("type"))),
        kinds=tuple(kinds.find(name).name for name in several(asked.get("kind"))),
        modalities=tuple(one_of(Modality, name, "--modality") for name in several(asked.get("modality"))),
        since=since,
        until=until,
        text=_text(asked),
        exactness=tuple(one_of(Exactness, name, "--exactness") for name in several(asked.get("exactness"))),
        sources=tuple(_source(words) for words in several(asked.get("source"))),
        min_sources=_number(asked.get("min_sources"), "--min-sources") or 0,
        run=_run(store, asked.get("run")),
        min_salience=_salience(asked),
        hidden=asked.get("hidden", False),
        confirmed=asked.get("confirmed", False),
        sort=one_of(Sort, asked.get("sort", Sort.DATE), "--sort"),
        reverse=asked.get("reverse", False),
        limit=_number(asked.get("limit"), "--limit", least=1),
        after=store.event(asked["after"]).id if "after" in asked else "",
    )


def one_of(values: type[One], word: str, option: str) -> One:
    """The value that a word names. Raises UsageError."""
    try:
        return values(word.strip().lower())
    except ValueError as error:
        raise UsageError(f"{option}: {word!r} is none", hint=f"Say {', '.join(values)}") from error


def _number(value: int | None, option: str, *, least: int = 0) -> int | None:
    if value is not None and not least <= value <= _LARGEST:
        raise UsageError(f"{option}: {value} is not possible", hint=f"Give a number from {least} on")
    return value


def _salience(asked: Asked) -> float:
    """The salience that an event needs to be shown, from 0 to 1."""
    wanted = asked.get("min_salience", DEFAULT_SALIENCE)
    if not 0 <= wanted <= 1:
        raise UsageError(f"--min-salience: {wanted} is not possible", hint="Give a number from 0 to 1")
    return 0.0 if asked.get("all") else wanted


def _days(asked: Asked) -> tuple[date | None, date | None]:
    since, until = asked.get("since"), asked.get("until")
    first = day(_typed(since), "--since") if since is not None else None
    last = day(_typed(until), "--until", last=True) if until is not None else None
    if first and last and last < first:
        raise UsageError(f"--since: {first} lies after --until, {last}", hint="Turn them round")
    return first, last


def _typed(when: str | int | date) -> str:
    return date.isoformat(when) if isinstance(when, date) else str(when)


def _text(asked: Asked) -> str:
    words = asked.get("text", "")
    if "text" in asked and not fold(words):
        raise UsageError(f"--text: {words!r} has no word", hint="Say words that an event must have")
    return words


def _source(words: str) -> str:
    if not words.strip():
        raise UsageError(f"--source: {words!r} names none", hint="Say part of a publisher's name or of an address")
    return words.strip()


def _run(store: Store, number: int | None) -> int | None:
    if number is None:
        return None
    if all(run.id != number for run in store.runs()):
        raise NotFoundError(f"--run: no import has the number {number}")
    return number


def _countries(name: str, predecessors: bool) -> tuple[str, ...]:
    from timeline.reference import countries

    code = countries.find(name).iso3
    return (code, *(countries.predecessors(code) if predecessors else ()))


def _by(asked: Asked) -> str:
    said = asked.get("as_", "")
    wanted = said.strip().lower()
    if wanted not in ("", "actor", "place"):
        raise UsageError(f"--as: {said!r} is none", hint="Say actor or place")
    for given, option in ((wanted, "--as"), (asked.get("with_predecessors"), "--with-predecessors")):
        if given and not asked.get("country") and not (option != "--as" and asked.get("between")):
            raise UsageError(f"{option} says which events of a country are meant", hint="Add --country NAME")
    return wanted


def _body_keys(store: Store, name: str, kind: str, say: Say) -> tuple[str, ...]:
    """The keys of an "organisation", "group" or "thing" that a user means."""
    try:
        return keys(store, name, (kind,), say)
    except NotFoundError as error:
        for other in (each for each in BODIES if each != kind):
            try:
                keys(store, name, (other,), say)
            except (AmbiguousError, NotFoundError):
                continue
            raise NotFoundError(f"{name!r} is no {kind}", hint=f"Say --{other} {name!r}") from error
        raise


def _sides(store: Store, asked: Asked, say: Say) -> list[Side]:
    """Who must take part: one of the organisations, one of the groups, one of the things, both sides of --between."""
    from timeline.store.values import Side

    asked_for: Mapping[str, Any] = asked
    bodies = ((several(asked_for.get(kind)), kind) for kind in (*BODIES, ActorKind.THING.value))
    sides = [
        Side(actors=tuple(key for name in names for key in _body_keys(store, name, kind, say)))
        for names, kind in bodies
        if names
    ]
    between = several(asked.get("between"))
    if len(between) not in (0, 2):
        raise UsageError("--between: two sides are needed", hint="Such as --between Myanmar Russia")
    return [*sides, *(_side(store, name, asked.get("with_predecessors", False), say) for name in between)]


def _side(store: Store, name: str, predecessors: bool, say: Say) -> Side:
    """A country, else a person, else an organisation or group."""
    from timeline.reference import countries
    from timeline.store.values import Side

    if (country := countries.named(name)) is not None:
        return Side(countries=_countries(country.iso3, predecessors))
    for kind in ("person", "organisation", "group"):
        try:
            found = keys(store, name, (kind,), say)
        except NotFoundError:
            continue
        return Side(actors=found)
    hint = "Say a country, a person, an organisation or a group"
    raise NotFoundError(f"--between: nobody is called {name!r}", hint=hint)
