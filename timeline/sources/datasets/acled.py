"""ACLED (Armed Conflict Location & Event Data): exports as CSV or XLSX, what its interface gives as JSON, and the list
of events that it has deleted."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from importlib.resources import files

from timeline.model import DataSet, Participation, PlaceExactness, Role, Row
from timeline.reference import kinds
from timeline.reference.cameo import Code
from timeline.sources import Column, Fit, Gone
from timeline.sources.datasets import days, rows
from timeline.sources.datasets.acled_actors import side_of, sort_of
from timeline.sources.datasets.naming import country_of
from timeline.sources.datasets.recorded import Recorded, code_of, kept, report_of, when_of
from timeline.sources.datasets.rows import Side
from timeline.sources.head import Head

_KEPT = "attribute"
COLUMNS = tuple(
    Column(*each)
    for each in (
        ("event_id_cnty", "native id", "stays when the row is corrected"),
        ("event_date", "when", "no more exact than time_precision"),
        ("year", "", "in event_date"),
        ("time_precision", "when", "1 day, 2 week, 3 month"),
        ("disorder_type", _KEPT),
        ("event_type", "kind", "where sub_event_type is new; attribute"),
        ("sub_event_type", "kind", "data/acled.toml; attribute"),
        ("actor1", "actor"),
        ("assoc_actor_1", "participants", "several by ;"),
        ("inter1", "actor", "what sort of actor it is; attribute"),
        ("actor2", "actor"),
        ("assoc_actor_2", "participants", "several by ;"),
        ("inter2", "actor", "attribute"),
        ("interaction", _KEPT),
        ("civilian_targeting", _KEPT),
        ("iso", _KEPT),
        ("region", _KEPT),
        ("country", "country of the place"),
        ("admin1", "region of the place"),
        ("admin2", _KEPT),
        ("admin3", _KEPT),
        ("location", "place"),
        ("latitude", "latitude"),
        ("longitude", "longitude"),
        ("geo_precision", "exactness of the place", "1 the town, 2 near it, 3 the region"),
        ("source", _KEPT),
        ("source_scale", _KEPT),
        ("notes", "sentence"),
        ("fatalities", _KEPT, "a number"),
        ("tags", _KEPT),
        ("timestamp", "reported", "the day of the last correction; attribute"),
        ("population_best", _KEPT),
        ("deleted_timestamp", "", "the row is withdrawn, unless its timestamp is later"),
        ("event_id_no_cnty", _KEPT, "until 2023"),
        ("data_id", _KEPT, "until 2023"),
        ("iso3", _KEPT, "until 2023"),
    )
)
_PRECISIONS = {"1": days.Precision.DAY, "2": days.Precision.WEEK, "3": days.Precision.MONTH}
_EXACTNESS = {"1": PlaceExactness.CITY, "2": PlaceExactness.CITY, "3": PlaceExactness.REGION}
_IN_OTHER_FIELDS = frozenset(("event_id_cnty", "year", "notes", "latitude", "longitude"))
# Only where one side is attacked for what it is does the set tell who did it to whom; else the order of the two sides
# says nothing, by its codebook.
_NUMBERS = frozenset(("fatalities", "population_best"))
_SECONDS = 1e11  # as many are in the year 5138; more are milliseconds
_CIVILIANS = "civilians"
_AGAINST_CIVILIANS = frozenset(("violence against civilians", "explosions/remote violence"))


class AcledReader(Recorded):
    name = "acled"
    title = "ACLED events"
    example = "timeline import acled-export.csv"
    dataset = DataSet("acled", "https://acleddata.com")
    version = "1"
    source = "ACLED codebook, 2023, and its guide to the columns of 2023"
    columns = COLUMNS
    told = ("event_id_cnty", "event_date")
    needed = ("event_id_cnty",)
    optional = frozenset(
        ("population_best", "deleted_timestamp", "event_id_no_cnty", "data_id", "iso3", "admin3", "tags")
    )

    def fits(self, head: Head) -> Fit:
        if found := super().fits(head):
            return found
        names = {column.casefold() for column in head.columns}
        deleted = names >= {"event_id_cnty", "deleted_timestamp"} or (
            head.start.startswith(("{", "[")) and '"event_id_cnty"' in head.text and '"deleted_timestamp"' in head.text
        )
        return Fit.SURE if deleted else Fit.NO

    def _named(self, columns: tuple[str, ...], origin: str, warn: Callable[[str], None]) -> dict[str, str]:
        """A list of deleted events has two columns, and lacks none."""
        told = {name.casefold(): name for name in columns}
        if "deleted_timestamp" in told and "event_date" not in told and "event_id_cnty" in told:
            return {name: folded for folded, name in told.items()}
        return super()._named(columns, origin, warn)

    def row(self, cells: dict[str, str]) -> Iterator[Row | Gone]:
        native = cells["event_id_cnty"]
        if not native:
            raise ValueError("the row has no event_id_cnty")
        get = cells.get
        deleted, written = get("deleted_timestamp", ""), _moment(get("timestamp", ""))
        if deleted not in ("", "0") and (not get("event_date") or _is_gone(_moment(deleted), written)):
            yield Gone(native, stated=_moment(deleted))
            return
        country = country_of(get("country", ""))
        code = _code(get("event_type", ""), get("sub_event_type", ""))
        first, second, further = _sides(cells, country)
        precision = _precision(get("time_precision", ""))
        when = when_of(
            days.precise(days.edtf_of(get("event_date", ""), days.Form.NAMED), precision),
            f"event_date, known to the {precision}",
        )
        near = get("geo_precision", "")
        exactness = _EXACTNESS.get(near, PlaceExactness.CITY)
        place = rows.place(
            get("location", ""), country, get("latitude", ""), get("longitude", ""), exactness, get("admin1", ""),
            f"geo_precision {near}" if near else "",
        )  # fmt: skip
        title = rows.title(code, first, second, place.name if place else "")
        taking_part = tuple(dict.fromkeys((*rows.people_of(first, second), *further)))
        report = report_of(
            title, get("notes", "") or title, when, code, taking_part, place, f"ACLED {code.code}",
            rows.unresolved_of(first, second),
        )  # fmt: skip
        yield Row(native, report, "", _reported(get("timestamp", "")), kept(cells, _IN_OTHER_FIELDS, _NUMBERS), written)


def _sides(cells: dict[str, str], country: str) -> tuple[Side, Side, tuple[Participation, ...]]:
    """Both sides, and who else is named with them."""
    sorts = [sort_of(cells.get(name, "")) for name in ("inter1", "inter2")]
    names = [cells.get(name, "") for name in ("actor1", "actor2")]
    roles = _roles(cells.get("event_type", ""), sorts, names)
    sides = [side_of(name, country, role, sort) for name, role, sort in zip(names, roles, sorts, strict=True)]
    if roles[0] is Role.TARGET:
        sides.reverse()
    further = [
        side_of(name.strip(), country, Role.PARTICIPANT).part
        for column in ("assoc_actor_1", "assoc_actor_2")
        for name in cells.get(column, "").split(";")
    ]
    main = {side.part.actor for side in sides if side.part is not None}
    return sides[0], sides[1], tuple(part for part in further if part is not None and part.actor not in main)


def _roles(event_type: str, sorts: list[str], names: list[str]) -> tuple[Role, Role]:
    if event_type.casefold() in _AGAINST_CIVILIANS and sorts.count(_CIVILIANS) == 1:
        return (Role.TARGET, Role.SOURCE) if sorts[0] == _CIVILIANS else (Role.SOURCE, Role.TARGET)
    return (Role.PARTICIPANT, Role.PARTICIPANT) if all(names) else (Role.SOURCE, Role.SOURCE)


def _precision(cell: str) -> days.Precision:
    """What is said of no precision is taken for a day, as the set does; what says another is none of ours."""
    try:
        return _PRECISIONS[cell.removesuffix(".0") or "1"]
    except KeyError as error:
        raise ValueError(f"time_precision {cell[:20]!r} is none of 1, 2, 3") from error


def _is_gone(deleted: int | None, written: int | None) -> bool:
    """Whether a row that says when it was deleted is so still: it may have been published again since."""
    return deleted is None or written is None or deleted >= written


@lru_cache(1024)
def _moment(timestamp: str) -> int | None:
    """The second since 1970 of a time, which is in seconds, milliseconds or a date; None for what is none."""
    try:
        if timestamp.replace(".", "").isdigit():
            seconds = float(timestamp)
            seconds = seconds / 1000 if seconds > _SECONDS else seconds
        else:
            told = datetime.fromisoformat(timestamp)
            seconds = (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return int(seconds) if seconds <= _SECONDS else None


def _reported(timestamp: str) -> date | None:
    if not timestamp:
        return None
    return days.day_of(timestamp, days.Form.UNIX if timestamp.replace(".", "").isdigit() else days.Form.ISO)


@lru_cache(1024)
def _code(event_type: str, sub_event_type: str) -> Code:
    """By the sub-event type, else by the event type, else a development."""
    subs, events = _types()
    found = subs.get(sub_event_type.casefold()) or events.get(event_type.casefold())
    native = f"{event_type} / {sub_event_type}"
    if found is None:
        return code_of(native, kinds.get("development"), "", (sub_event_type or event_type or "development").lower())
    kind, phrase, noun = found
    return code_of(native, kinds.get(kind), phrase, noun)


@cache
def _types() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    table = tomllib.loads(files(__package__).joinpath("data/acled.toml").read_text(encoding="utf-8"))
    return tuple({name.casefold(): entry for name, entry in table[part].items()} for part in ("sub_events", "events"))  # type: ignore[return-value]
