"""The filters that there are, in one table: options of the commands, parameters of the served addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, cast

from timeline.asking.asked import Asked
from timeline.model.errors import UsageError


class Shape(StrEnum):
    """How a filter is said."""

    TEXT = "text"
    SEVERAL = "several texts, of which one suffices"
    TWO = "two texts"
    YES = "yes, or not at all"
    WHOLE = "a whole number"
    NUMBER = "a number"


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its key of `Asked`, how it is said, what it means; `metavar` stands for its value, `short` is a letter
    for it."""

    key: str
    shape: Shape
    help: str
    metavar: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """As people type it: "min-sources"."""
        return self.key.rstrip("_").replace("_", "-")


# In the order of --help.
FILTERS: tuple[Filter, ...] = (
    Filter("country", Shape.SEVERAL, "Country by any usual name or code; repeatable.", "NAME", "c"),
    Filter("as_", Shape.TEXT, "How --country is concerned: actor (it takes part) or place (it happens there).", "WHAT"),
    Filter("with_predecessors", Shape.YES, "Also states that a country succeeded (Soviet Union for Russia)."),
    Filter("person", Shape.SEVERAL, "Person by any usual name; repeatable.", "NAME", "p"),
    Filter("organisation", Shape.SEVERAL, "Organisation by any usual name; repeatable.", "NAME"),
    Filter("group", Shape.SEVERAL, "Group by any usual name; repeatable.", "NAME"),
    Filter("thing", Shape.SEVERAL, "Named thing: a ship, flight, storm, law or the like; repeatable.", "NAME"),
    Filter("between", Shape.TWO, "Both take part: countries, people, organisations or groups.", "A B"),
    Filter(
        "place",
        Shape.SEVERAL,
        "Where: a city, site, region or country, such as 'Tripoli, Lebanon'; repeatable.",
        "PLACE",
    ),
    Filter("near", Shape.TEXT, "A place, or LAT,LON; with --within, how far from it.", "PLACE"),
    Filter("within", Shape.TEXT, "100km or 60mi from --near (50km if not given).", "DISTANCE"),
    Filter("type", Shape.SEVERAL, "PLOVER type, such as CONSULT; repeatable.", "TYPE"),
    Filter("kind", Shape.SEVERAL, "Our kind, such as visit; 'timeline types' lists them.", "KIND", "k"),
    Filter("since", Shape.TEXT, "May have happened on this date or later: 2021, '3 March 2025', 'last May'.", "DATE"),
    Filter("until", Shape.TEXT, "May have happened on this date or earlier.", "DATE"),
    Filter(
        "text", Shape.TEXT, "Whole words that title, sentence, actors or place must have; drone* begins.", "WORDS", "t"
    ),
    Filter("modality", Shape.SEVERAL, "actual, planned, denied or hypothetical; repeatable.", "MODALITY", "m"),
    Filter(
        "exactness",
        Shape.SEVERAL,
        "Date known to the day, month, season, year, decade, century, interval, open, unknown; repeatable.",
        "HOW",
    ),
    Filter("source", Shape.SEVERAL, "Part of a publisher's, address's or data set's name; repeatable.", "TEXT"),
    Filter("min_sources", Shape.WHOLE, "Told by at least so many articles and data sets.", "N"),
    Filter("run", Shape.WHOLE, "Told by what the import of that number read.", "N"),
    Filter("all", Shape.YES, "Also what matters little (below the default salience).", short="a"),
    Filter("min_salience", Shape.NUMBER, "Least salience, 0 to 1.", "X"),
    Filter("hidden", Shape.YES, "Also events that a person hid."),
    Filter("confirmed", Shape.YES, "Only events that a person confirmed."),
    Filter(
        "sort", Shape.TEXT, "date (if not given), or the most first: reported (lately), sources, salience.", "ORDER"
    ),
    Filter("reverse", Shape.YES, "The other way round: the latest first.", short="r"),
    Filter("limit", Shape.WHOLE, "At most so many events.", "N", "n"),
    Filter("after", Shape.TEXT, "Those that follow this event in the order asked for.", "ID"),
)
# Those that say how many, in which order, not which.
ORDER = frozenset({"sort", "reverse", "limit", "after"})

_NAMED = {each.name: each for each in FILTERS}
_YES, _NO = frozenset({"", "1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
_LONGEST = 500  # characters of a value


def asked_of(pairs: Iterable[tuple[str, str]]) -> Asked:
    """What names and values ask for, such as those of a web address. An empty value asks for nothing.

    >>> asked_of([("country", "Myanmar"), ("country", "MMR"), ("min-sources", "2"), ("all", "1"), ("person", "")])
    {'country': ['Myanmar', 'MMR'], 'min_sources': 2, 'all': True}

    Raises UsageError for a name that there is not, or a value of another shape.
    """
    given: dict[Filter, list[str]] = defaultdict(list)
    for name, value in pairs:
        given[_named(name)].append(_plain(name, value))
    said = {filter_.key: _value(filter_, values) for filter_, values in given.items()}
    asked: Any = {key: value for key, value in said.items() if value is not None}
    return cast("Asked", asked)


def _named(name: str) -> Filter:
    wanted = name.replace("_", "-")
    if wanted in _NAMED:
        return _NAMED[wanted]
    near = get_close_matches(wanted[:_LONGEST], _NAMED, n=2, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(_NAMED)}"
    raise UsageError(f"there is no filter {name[:40]!r}", hint=hint)


def _plain(name: str, value: str) -> str:
    if len(value) > _LONGEST:
        raise UsageError(f"--{name}: more than {_LONGEST} characters", hint="Say it in fewer")
    if any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for sign in value):
        raise UsageError(f"--{name}: it holds a control character", hint="Leave it out")
    return value


def _value(filter_: Filter, values: list[str]) -> Any:
    """The value for `Asked`; None where nothing is asked for."""
    if filter_.shape is Shape.YES:
        return _yes(filter_, values[-1])
    said = [value for value in values if value.strip()]
    if not said:
        return None
    if filter_.shape is Shape.SEVERAL:
        return said
    if filter_.shape is Shape.TWO:
        return tuple(said)
    if len(said) > 1:
        raise UsageError(f"--{filter_.name}: it is there {len(said)} times", hint="Say it once")
    return said[0] if filter_.shape is Shape.TEXT else _counted(filter_, said[0])


def _yes(filter_: Filter, value: str) -> bool | None:
    said = value.strip().lower()
    if said in _YES | _NO:
        return True if said in _YES else None
    raise UsageError(f"--{filter_.name}: {value!r} is neither 1 nor 0", hint=f"Say {filter_.name}=1, or leave it out")


def _counted(filter_: Filter, value: str) -> int | float:
    try:
        return int(value) if filter_.shape is Shape.WHOLE else float(value)
    except ValueError as error:
        raise UsageError(f"--{filter_.name}: {value[:40]!r} is not {filter_.shape}") from error
