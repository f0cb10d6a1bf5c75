"""person: everything that the store and the reference data know of one."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.asking.who import PERSON, find
from timeline.cli import options
from timeline.cli.printing import clean

if TYPE_CHECKING:
    from timeline.model import Event
    from timeline.reference.people import Office
    from timeline.store import Profile


def person(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, any spelling of it, an id or a key.")],
    as_json: options.AsJson = False,
    db: options.Db = None,
) -> None:
    """Print what is known of a person: names, offices, countries, first and last event, with whom, and how often what.

    Example: timeline person "Min Aung Hlaing"
    """
    from timeline.reference import people
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        actor = find(store, name, PERSON).actor
        profile = store.profile(actor)
        ends = [store.event(each) for each in (profile.first, profile.last) if each]
    known = people.all_people().get(actor.id)
    names = [*profile.row.names, *(known.names if known else ())]
    told = _told(profile, [each for each in dict.fromkeys(names) if each != actor.name], people.offices(actor.id), ends)
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(clean(line) + "\n" for line in _lines(told))


def _told(profile: Profile, names: list[str], offices: tuple[Office, ...], ends: list[Event]) -> dict[str, Any]:
    actor = profile.row.actor
    return {
        "name": actor.name,
        "country": actor.country or None,
        "id": actor.id or None,
        "key": actor.key,
        "names": names,
        "spellings": dict(profile.spellings),
        "offices": [
            {
                "role": each.role,
                "country": each.country or None,
                "organisation": each.organisation or None,
                "start": each.start or None,
                "end": each.end or None,
                "source": each.source,
            }
            for each in offices
        ],
        "events": profile.row.events,
        "first": _end(ends[0]) if ends else None,
        "last": _end(ends[-1]) if ends else None,
        "countries": dict(profile.countries),
        "with": [
            {"name": other.name, "kind": other.kind.value, "id": other.id or None, "events": together}
            for other, together in profile.companions
        ],
        "types": dict(profile.types),
        "kinds": dict(profile.kinds),
    }


def _end(event: Event) -> dict[str, Any]:
    return {"id": event.id, "when": event.when.edtf, "title": event.title}


def _lines(told: dict[str, Any]) -> list[str]:
    def counted(values: dict[str, int]) -> str:
        return ", ".join(f"{name} {number}" for name, number in values.items())

    country = f" ({told['country']})" if told["country"] else ""
    return [
        f"{told['name']}{country}",
        f"  key         {told['key']}",
        *([f"  names       {'; '.join(told['names'])}"] if told["names"] else []),
        *([f"  seen as     {counted(told['spellings'])}"] if told["spellings"] else []),
        *(f"  office      {_office(each)}" for each in told["offices"]),
        f"  events      {told['events']}",
        *([f"  {name:<12}{_event(told[name])}" for name in ("first", "last") if told[name]]),
        *([f"  countries   {counted(told['countries'])}"] if told["countries"] else []),
        *([f"  with        {', '.join(_companion(each) for each in told['with'])}"] if told["with"] else []),
        *([f"  types       {counted(told['types'])}", f"  kinds       {counted(told['kinds'])}"] * bool(told["types"])),
    ]


def _office(office: dict[str, Any]) -> str:
    where = office["organisation"] or office["country"] or ""
    term = f"{office['start'] or '..'} to {office['end'] or '..'}"
    return f"{office['role'].replace('_', ' ')}{', ' + where if where else ''}: {term} ({office['source']})"


def _event(event: dict[str, Any]) -> str:
    return f"{event['when'] or '?'} {event['title']} ({event['id'][:8]})"


def _companion(each: dict[str, Any]) -> str:
    return f"{each['name']} {each['events']}"
