"""From rows to events as tables hold them: the columns that these have, and no values that they do not show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from timeline.model.flat import NOWHERE, FlatEvent
from timeline.store.among import Among
from timeline.store.assembling import Assembler
from timeline.store.packing import table_of
from timeline.store.tables import EventCountry, EventRow

_EVENT, _COUNTRY = table_of(EventRow), table_of(EventCountry)
# The fields of a flat event that are columns of its row, as far as these are called otherwise.
_CALLED = {"id": "public_id", "place": "place_name", "place_id": "place_reference"}
_SEVERAL = ("actors", "countries", "urls")
_OWN = tuple(_CALLED.get(name, name) for name in FlatEvent._fields if name not in _SEVERAL)
_AT = _OWN.index("place_name")
_BEHIND = _AT + len(NOWHERE)


def _events(among: Among) -> Select[Any]:
    return select(*(_EVENT.c[name] for name in _OWN), _EVENT.c.id).where(among(_EVENT.c.id))


def _countries(among: Among) -> Select[Any]:
    """All of it stands in one index."""
    return select(_COUNTRY.c.event_id, _COUNTRY.c.country).where(among(_COUNTRY.c.event_id))


class Flattener(Assembler):
    """Reads flat events within one transaction; of `actors`, `countries` and `urls` those that are `wanted`."""

    def __init__(self, connection: Connection, wanted: Collection[str] = _SEVERAL) -> None:
        super().__init__(connection)
        self._wanted = wanted

    def flat(self, numbers: Sequence[int]) -> Iterator[tuple[int, FlatEvent]]:
        """(row, event) for event rows, in no order."""
        wanted = self._wanted
        actors = self._taking_part(numbers) if "actors" in wanted else {}
        countries = self._codes(numbers) if "countries" in wanted else {}
        urls = self._addresses(numbers) if "urls" in wanted else {}
        make = FlatEvent._make
        for *own, number in self._rows(_events, numbers):
            if not own[_AT]:
                own[_AT:_BEHIND] = NOWHERE
            yield number, make((*own, actors.get(number, ()), countries.get(number, ()), urls.get(number, ())))

    def _codes(self, events: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for event, country in self._rows(_countries, events):
            found[event].append(country)
        for codes in found.values():
            codes.sort()
        return found
