"""People whom the reference data knows: by name, by title and surname on a day, and whom a bare surname leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from timeline.extract.who.reading import Reading, Resolved
from timeline.model import Actor, ActorKind
from timeline.model.actor import fold
from timeline.reference import people
from timeline.reference.titles import gender_of, role_of

_RULING = ("head_of_state", "head_of_government", "de_facto_leader", "supreme_leader")
_LEADING = ("de_facto_leader", "supreme_leader")
# Countries whose people have the family name first (ISO3).
_SURNAME_FIRST = frozenset({"CHN", "TWN", "HKG", "PRK", "KOR"})
_SHOWN = 3


def known(names: Iterable[str], title: str, reading: Reading) -> Resolved | None:
    """The person of a name, given in several ways; None where no way is a known person's for sure."""
    for name in dict.fromkeys(names):
        found = people.lookup(name)
        if found and (len(name.split()) > 1 or len(found) == 1):
            return _one_of(found, name, title, reading)
    return None


def _one_of(found: tuple[people.Person, ...], name: str, title: str, reading: Reading) -> Resolved:
    former = "former" in title or "ex" in title.split()
    chosen = found[0] if len(found) == 1 else None if former else _curated(found) or in_office(found, title, reading)
    if len(name.split()) == 1:
        full, reason = reading.register.person(name, gender_of(title))
        if reason and (full is None or chosen is None or full.id != chosen.id):
            return full, reason
    if chosen is None:
        return None, f"could be {' or '.join(p.name for p in found[:_SHOWN])}"
    actor = actor_of(chosen)
    reading.register.see_person(actor, chosen.name, *chosen.names, name)
    return actor, "known by name"


def actor_of(person: people.Person) -> Actor:
    return Actor(person.name, ActorKind.PERSON, person.country, person.id)


def _curated(found: tuple[people.Person, ...]) -> people.Person | None:
    curated = [p for p in found if any(o.source == "curated" for o in people.offices(p.id))]
    return curated[0] if len(curated) == 1 else None


def in_office(found: Iterable[people.Person], title: str, reading: Reading) -> people.Person | None:
    """The one of several people who rules on the day of publication, in the office that a title tells."""
    day = reading.published
    if day is None or "former" in title or "ex" in title.split():
        return None
    role = role_of(title)
    if role == "de_facto_leader":
        wanted: tuple[tuple[str, ...], ...] = (_LEADING, _RULING)
    else:
        wanted = (_RULING,) if role == "" else ((role,),)
    for roles in wanted:
        fitting = [p for p in found if any(_held(o, day) and o.role in roles for o in people.offices(p.id))]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _held(office: people.Office, day: date) -> bool:
    return bool(office.start) and office.held_on(day)


def ruling(surname: str, title: str, home: str, reading: Reading) -> people.Person | None:
    """Who rules on the day of publication under a bare surname, at `home` (ISO3) if known: "Chinese leader Hu"."""
    found = _surnamed(fold(surname))
    return in_office([p for p in found if home in ("", p.country)], title, reading)


def led(surname: str) -> str:
    """ISO3 of the one country that all rulers of a surname led ("the Bush administration"), "" for others."""
    homes = {
        p.country for p in _surnamed(fold(surname)) if any(o.role in _RULING and o.start for o in people.offices(p.id))
    }
    return homes.pop() if len(homes) == 1 else ""


def open_surname(surname: str, several: int = 2) -> str:
    """ "could be any of 31 people called Khan" for a surname of so many known people, or of two of whom one ruled."""
    found = _surnamed(fold(surname))
    ruled = len(found) > 1 and any(o.role in _RULING for p in found for o in people.offices(p.id))
    return f"could be any of {len(found)} people called {surname}" if len(found) >= several or ruled else ""


@lru_cache(maxsize=4096)
def _surnamed(surname: str) -> tuple[people.Person, ...]:
    """All people of a folded family name: the last word, or the first where it stands first."""
    return tuple(p for p in people.having(surname) if _family(fold(p.name).split(), p.country) == surname)


def _family(parts: list[str], country: str) -> str:
    return "" if len(parts) < 2 else parts[0] if country in _SURNAME_FIRST else parts[-1]
