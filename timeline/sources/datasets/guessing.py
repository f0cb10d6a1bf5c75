"""What a column holds, by its values: pure. A guess that the values leave open is told as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from timeline.reference.codes import SCHEMES
from timeline.sources.datasets import days
from timeline.sources.datasets.days import Form
from timeline.sources.datasets.meaning import POINT
from timeline.sources.datasets.naming import country_of

_NUMERIC = re.compile(r"(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]+\d{1,2}:\d\d.*)?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_ENOUGH = 0.9  # of the values must be what a column is taken for; the rest are slips
_COUNTRIES = 0.8
_SOME = 0.1  # must look like more than a number, where all can be read as dates


@dataclass(frozen=True)
class Facts:
    """A column and its values that are not empty, the first some hundred."""

    name: str
    values: tuple[str, ...]
    rows: int = 0

    @property
    def filled(self) -> float:
        """How many of the rows have a value, 0 to 1."""
        return len(self.values) / self.rows if self.rows else 0.0

    @cached_property
    def key(self) -> str:
        """Its name in lower case, words parted by "_": "Event Date" and "eventDate" are "event_date"."""
        spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.name.strip())
        return re.sub(r"[^a-z0-9]+", "_", spaced.casefold()).strip("_")

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.values))

    @property
    def unique(self) -> bool:
        return bool(self.values) and len(self.distinct) == len(self.values)

    @cached_property
    def length(self) -> float:
        """Characters of a value, on average."""
        return sum(map(len, self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def numeric(self) -> bool:
        return _share(self.values, lambda value: _NUMBER.fullmatch(value)) >= _ENOUGH

    @cached_property
    def urls(self) -> bool:
        return _share(self.values, lambda value: _URL.fullmatch(value)) >= _ENOUGH

    @cached_property
    def points(self) -> bool:
        return _share(self.values, lambda value: POINT.match(value)) >= _ENOUGH

    @cached_property
    def form(self) -> str:
        """How its dates are written; "?" where day and month could each be first; "" where these are no dates."""
        return _form(self.values)

    @cached_property
    def scheme(self) -> tuple[str, tuple[str, ...]]:
        """The scheme of its countries, and others that its values are of, too; "" where these are no countries."""
        return _scheme(self.distinct)

    def within(self, low: float, high: float) -> bool:
        """Whether its values are numbers between two."""
        return self.numeric and all(low <= float(v) <= high for v in self.values if _NUMBER.fullmatch(v))


def _share(values: Sequence[str], holds: Callable[[str], object]) -> float:
    found = sum(1 for value in values if holds(value))
    return found / len(values) if values else 0.0


def _form(values: Sequence[str]) -> str:
    if not values:
        return ""
    parts = [match for value in values if (match := _NUMERIC.fullmatch(value))]
    if len(parts) >= _ENOUGH * len(values):
        first, second = max(int(m[1]) for m in parts), max(int(m[3]) for m in parts)
        if first > 12 and second > 12:
            return ""
        if first > 12 or all(m[2] == "." for m in parts):  # with full stops the day is first everywhere
            return Form.DAY_FIRST if second <= 12 else ""
        return Form.MONTH_FIRST if second > 12 else "?"
    dashed = [v for v in values if "-" in v or "/" in v or v.count(".") == 2 or v[:3].isalpha() or " " in v]
    if len(dashed) >= _SOME * len(values):
        for form in (Form.ISO, Form.NAMED):
            if sum(_reads(value, form) for value in values) >= _ENOUGH * len(values):
                return form
    if _share(values, lambda value: len(value) == 8 and value.isdigit() and _reads(value, Form.COMPACT)) >= _ENOUGH:
        return Form.COMPACT if all("1500" <= value[:4] <= "2100" for value in values) else ""
    return ""


def _reads(value: str, form: str) -> bool:
    try:
        days.edtf_of(value, form)
    except ValueError:
        return False
    return True


def _scheme(values: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Names first; codes by how they look: those of numbers only where their column says so."""
    if not values:
        return "", ()
    parts = [part.strip() for value in values for part in value.split(";") if part.strip()]
    if all(len(part) in (2, 3) and part.isalpha() and part.isupper() for part in parts):
        length = {len(part) for part in parts}
        usual = [("iso2", "fips")] if length == {2} else [("iso3", "cameo")] if length == {3} else []
        for schemes in usual:
            fits = [s for s in schemes if sum(bool(country_of(p, s)) for p in parts) >= _COUNTRIES * len(parts)]
            # Most codes of two schemes are the same: only where they differ does it matter which is meant.
            others = [s for s in fits[1:] if any(country_of(p, s) != country_of(p, fits[0]) for p in parts)]
            return (fits[0], tuple(others)) if fits else ("", ())
        return "", ()
    if any(part.isdigit() for part in parts):
        return "", ()
    return ("name", ()) if _share(parts, country_of) >= _COUNTRIES else ("", ())


def scheme_of_numbers(facts: Facts) -> str:
    """ "gw" or "cow" where the column's name says so and its values are numbers of it."""
    for scheme, names in (("gw", ("gw", "gwno", "gleditsch")), ("cow", ("cow", "ccode"))):
        if scheme in SCHEMES and any(name in facts.key for name in names) and facts.numeric:
            return scheme
    return ""
