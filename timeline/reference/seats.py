"""Buildings and towns whose name stands for an organisation at work there: "the Pentagon", "Brussels".

Table: `data/seats.csv`, our own list, kept by hand. Seats of governments are in `countries.py`, as metonyms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from timeline.model.actor import fold
from timeline.reference import countries
from timeline.reference.tables import plain_rows, split


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of an organisation (an id of `organisations.csv`) in a country (ISO3).

    `words` are those of names by which a text speaks of the organisation, for a seat that may mean another as well.
    """

    name: str
    organisation: str
    country: str
    words: tuple[str, ...]

    @property
    def of_government(self) -> bool:
        """Whether the country's own government sits there too: in its capital."""
        return countries.get(self.country).capital == self.name


@cache
def _seats() -> dict[str, Seat]:
    seats = (Seat(name, body, country, split(words)) for name, body, country, words in plain_rows("seats.csv"))
    return {fold(seat.name): seat for seat in seats}


def lookup(name: str) -> Seat | None:
    """The seat of a name without its article, None for other names; words without a capital letter name none."""
    return _seats().get(fold(name)) if name[:1].isupper() else None
