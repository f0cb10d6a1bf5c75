"""What an article calls its people and organisations: how shorter names and acronyms are understood."""

from __future__ import annotations

from timeline.extract.who.lexicon import given_gender, words
from timeline.model import Actor
from timeline.model.actor import fold

_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "de", "on"})


class Register:
    """The people and organisations that the article names in full, by which shorter names are understood."""

    def __init__(self) -> None:
        self._people: dict[str, Actor] = {}
        self._organisations: dict[str, Actor] = {}
        self._names: dict[str, set[str]] = {}
        self._by_first: dict[str, dict[str, Actor]] = {}
        self._by_word: dict[str, dict[str, Actor]] = {}
        self._titled: dict[str, Actor] = {}

    def see_person(self, actor: Actor, *names: str) -> None:
        for name in names:
            self._people[fold(name)] = actor
            self._names.setdefault(actor.key, set()).add(fold(name))
            for word in fold(name).split():
                self._by_word.setdefault(word, {})[actor.key] = actor

    def see_organisation(self, actor: Actor, *names: str) -> None:
        self._organisations.update((fold(name), actor) for name in names)
        for name in names:
            self._by_first.setdefault(fold(name).split()[0] if fold(name) else "", {})[fold(name)] = actor
        self._titled.update((initials(name), actor) for name in names if len(initials(name)) > 2)

    def alias(self, name: str, actor: Actor) -> None:
        """A short form that the article introduces in brackets."""
        self._titled[fold(name)] = actor

    def introduced(self, name: str) -> Actor | None:
        return self._titled.get(fold(name))

    def person(self, name: str, gender: str = "") -> tuple[Actor | None, str]:
        """The person of a short name: the only one in the article whose name it is part of.

        One word may be any part of the name (Spanish, Burmese and Korean surnames stand elsewhere than at the
        end); several words must be its end, because a beginning can be another's name ("Aung San"). A `gender`
        ("Mrs.") decides between two.
        """
        wanted = fold(name).split()
        if not wanted:
            return None, ""
        if (same := self._people.get(" ".join(wanted))) is not None and not self._also(same, wanted):
            return same, f"named before as {same.name}"
        sharing = self._by_word.get(wanted[-1], {})
        if len(wanted) == 1:
            at_end = {k: a for k, a in sharing.items() if self._ends(a, wanted)}
            fitting = at_end or sharing
        else:
            fitting = {k: a for k, a in sharing.items() if self._ends(a, wanted)}
        if gender and len(fitting) > 1:
            fitting = {k: a for k, a in fitting.items() if given_gender(a.name) in (gender, "", "both")}
        if len(fitting) == 1:
            actor = next(iter(fitting.values()))
            return actor, f"short for {actor.name}"
        if fitting:
            return None, f"could be {' or '.join(sorted(a.name for a in fitting.values()))}"
        return None, ""

    def _also(self, person: Actor, wanted: list[str]) -> bool:
        """Whether a single word that is one person's whole name is another's surname, too."""
        others = self._by_word.get(wanted[-1], {}) if len(wanted) == 1 else {}
        return any(key != person.key and self._ends(actor, wanted) for key, actor in others.items())

    def _ends(self, actor: Actor, wanted: list[str]) -> bool:
        return any(name.split()[-len(wanted) :] == wanted for name in self._names.get(actor.key, ()))

    def organisation(self, name: str) -> Actor | None:
        wanted = fold(name)
        if wanted in self._organisations:
            return self._organisations[wanted]
        if wanted in self._titled:
            return self._titled[wanted]
        beginning = self._by_first.get(wanted.split()[0] if wanted else "", {})
        fitting = {
            a.key: a
            for known, a in beginning.items()
            if known.startswith(wanted + " ") and known.split()[-1] not in words("things")
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None


def initials(name: str) -> str:
    """ "World Health Organization" -> "who"."""
    return "".join(w[0] for w in fold(name).split() if w not in _SMALL_WORDS)
