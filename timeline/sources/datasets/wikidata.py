"""Results of the Wikidata Query Service: its SPARQL JSON, and the JSON, CSV and TSV that its page gives to download.

A query names its columns as it likes, so that they are told by the usual names (`NAMES`). Quirks: an item comes once
for each combination of its values, so that rows of one item that follow one another are one event; without a column of
its precision a first of January may be a year; years before Christ and far ones are none of a calendar of days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import BinaryIO

from timeline.model import ActorKind, DataSet, Participation, Place, PlaceExactness, Role, Row
from timeline.model.errors import InputError
from timeline.model.merging import each_once
from timeline.reference import countries, kinds, people
from timeline.reference.kinds import Kind
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.datasets import days, rows
from timeline.sources.datasets.naming import kind_in
from timeline.sources.datasets.recorded import code_of, kept, report_of, when_of
from timeline.sources.head import Head
from timeline.sources.records import Record, bad_record
from timeline.sources.records.opening import open_records

ENTITY = "http://www.wikidata.org/entity/"
_ENTITY = re.compile(r"<?https?://www\.wikidata\.org/entity/(Q\d+)>?")
_TIME = re.compile(r'"?([+-]?)(\d{4,})-(\d\d)-(\d\d)T[\d:.]+Z?"?(?:\^\^\S+)?')
_POINT = re.compile(r"<?.*?Point\(\s*(-?[\d.eE-]+)\s+(-?[\d.eE-]+)\s*\)", re.IGNORECASE)
# What a column becomes, by the names that queries usually give it, in lower case without "_".
NAMES: dict[str, tuple[str, ...]] = {
    "item": ("item", "event", "subject"),
    "title": ("itemlabel", "eventlabel", "subjectlabel", "label"),
    "text": ("itemdescription", "eventdescription", "description"),
    "date": ("pointintime", "date", "time", "when", "p585"),
    "date precision": ("pointintimeprecision", "dateprecision", "timeprecision", "precision"),
    "start": ("start", "starttime", "startdate", "begin", "inception", "p580"),
    "start precision": ("startprecision", "starttimeprecision", "startdateprecision"),
    "end": ("end", "endtime", "enddate", "p582"),
    "end precision": ("endprecision", "endtimeprecision", "enddateprecision"),
    "point": ("coord", "coords", "coordinate", "coordinates", "coordinatelocation", "geo", "point", "p625"),
    "country": ("country", "p17"),
    "country label": ("countrylabel",),
    "participant": ("participant", "participants", "actor", "p710"),
    "participant label": ("participantlabel", "participantslabel", "actorlabel"),
    "place": ("place", "location", "p276"),
    "place label": ("placelabel", "locationlabel"),
    "type": ("type", "instanceof", "class", "p31"),
    "type label": ("typelabel", "instanceoflabel", "classlabel"),
    "url": ("article", "sitelink", "wikipedia"),
}
_PRECISIONS = {
    "7": days.Precision.CENTURY, "8": days.Precision.DECADE, "9": days.Precision.YEAR, "10": days.Precision.MONTH,
    "11": days.Precision.DAY, "12": days.Precision.DAY, "13": days.Precision.DAY, "14": days.Precision.DAY,
}  # fmt: skip
_OURS = {name: meaning for meaning, names in NAMES.items() for name in names}
_MOST = 65_536
Said = dict[str, str]


class WikidataReader:
    name = "wikidata"
    title = "results of a Wikidata query"
    suffixes = (".json", ".csv", ".tsv")
    example = "timeline import query.json"
    extra = needs = ""
    dataset = DataSet("wikidata", "https://www.wikidata.org")
    version = "1"
    source = "SPARQL 1.1 Query Results JSON Format; Wikibase time precision; the columns are those of the query"
    columns = tuple(
        Column(names[0], meaning, f"also {', '.join(names[1:])}" * (len(names) > 1)) for meaning, names in NAMES.items()
    )

    def fits(self, head: Head) -> Fit:
        """Sure where there is an entity of Wikidata and a column that is its item."""
        if "www.wikidata.org/entity/Q" not in head.text:
            return Fit.NO
        if head.start.startswith(("{", "[")):
            return Fit.SURE if any(f'"{name}"' in head.text.lower() for name in NAMES["item"]) else Fit.NO
        return Fit.SURE if "item" in map(_meaning, head.columns) else Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        """An event for each item; what belongs to it in the rows after its first is added. Raises InputError where no
        column is an item or a date."""
        records = open_records(stream, origin)
        if records.columns and "item" not in map(_meaning, records.columns):
            raise InputError("no column is the item of an event", where=origin, hint="Name it ?item in the query")
        together: list[Said] = []
        first: Record | None = None
        exact = True
        for each in records.rows:
            if isinstance(each, Bad):
                yield each
                continue
            said = _said(each.cells)
            if exact and any(name in said and f"{name} precision" not in said for name in ("date", "start")):
                exact = False
                warn(
                    "the precision of dates is not in the result: the first day of a month is read as the month, that "
                    "of a year as the year"
                )
            if together and first is not None and said.get("item") != together[0].get("item"):
                yield _event(together, first, origin)
                together = []
            if not together:
                first = each
            together.append(said)
        if together and first is not None:
            yield _event(together, first, origin)


@lru_cache(_MOST)
def _meaning(column: str) -> str:
    """What a column is, "" for none of ours."""
    return "" if column.endswith((".type", ".datatype", ".xml:lang")) else _OURS.get(_key(column), "")


def _key(name: str) -> str:
    return name.strip("?\"' ").removesuffix(".value").replace("_", "").casefold()


def _said(cells: Said) -> Said:
    """The cells by what they are; columns that are nothing of ours by their own names."""
    return {
        _meaning(name) or name.removesuffix(".value").strip("?"): _literal(cell)
        for name, cell in cells.items()
        if cell and not name.endswith((".type", ".datatype", ".xml:lang"))
    }


def _literal(cell: str) -> str:
    """A cell of a TSV as the others have it: "\\"talks\\"@en" is talks."""
    if cell.startswith('"') and (end := cell.rfind('"')) > 0 and cell[end + 1 :].startswith(("@", "^^", "")):
        return cell[1:end]
    return cell[1:-1] if cell.startswith("<http") and cell.endswith(">") else cell


def _event(together: list[Said], record: Record, origin: str) -> Row | Bad:
    try:
        return _row(together)
    except ValueError as error:
        return bad_record(origin, record, str(error))


def _row(together: list[Said]) -> Row:
    said = together[0]
    item = _ENTITY.fullmatch(said.get("item", ""))
    if item is None:
        raise ValueError("it has no item of Wikidata")
    label = said.get("title", "")
    if not label or label == item[1]:
        raise ValueError(f"{item[1]} has no label. Ask for ?itemLabel")
    edtf = _when(said)
    type_label = said.get("type label", "")
    kind = _kind(type_label, label)
    actors = _participants(together)
    iso3 = next(filter(None, (_country(each) for each in together)), "")
    place = _place(said, iso3)
    report = report_of(
        label[:1].upper() + label[1:], said.get("text", "") or label, when_of(edtf, _reason(said)),
        code_of("Wikidata", kind), actors, place, f"Wikidata {type_label}".strip(),
    )  # fmt: skip
    beside = {name: cell for name, cell in said.items() if name not in ("item", "title", "text", "url")}
    return Row(item[1], report, said.get("url", "") or f"https://www.wikidata.org/wiki/{item[1]}", None, kept(beside))


def _when(said: Said) -> str:
    if "date" in said:
        return _time(said["date"], said.get("date precision", ""))
    if "start" not in said:
        raise ValueError("it has no date")
    first = _time(said["start"], said.get("start precision", ""))
    return days.span(first, _time(said["end"], said.get("end precision", "")) if "end" in said else "")


def _reason(said: Said) -> str:
    told = said.get("date precision") if "date" in said else said.get("start precision")
    return f"precision {told} of Wikidata" if told else "its precision is not in the result"


def _time(cell: str, precision: str) -> str:
    """Raises ValueError for what is no day between the years 1 and 9999, and for precisions coarser than a century."""
    match = _TIME.fullmatch(cell)
    if match is None:
        if cell.startswith(("http", "_:", "t")):
            raise ValueError("its date is unknown to Wikidata")
        return days.edtf_of(cell)
    if match[1] == "-" or not 1 <= int(match[2]) <= 9999:
        raise ValueError(f"the year {match[1]}{match[2].lstrip('0')} is out of range: years are 1 to 9999")
    year, month, day = int(match[2]), match[3], match[4]
    told = precision.removesuffix(".0")
    if told and told not in _PRECISIONS:
        raise ValueError(f"a date of precision {told[:10]} is too vague for a timeline")
    if not told and day == "01":
        return f"{year:04d}" if month == "01" else f"{year:04d}-{month}"
    if "00" in (month, day):
        return f"{year:04d}" if month == "00" else f"{year:04d}-{month}"
    found = days.edtf_of(f"{year:04d}-{month}-{day}")
    return days.precise(found, _PRECISIONS[told]) if told else found


def _participants(together: list[Said]) -> tuple[Participation, ...]:
    told = ((_entity(said.get("participant", "")), said.get("participant label", "")) for said in together)
    sides = (_side(id_, label) for id_, label in told if id_ or (label and not label[1:].isdigit()))
    return each_once(side.part for side in sides if side.part is not None)


def _side(id_: str, label: str) -> rows.Side:
    """A participant by its item, else by its label."""
    reason = f"participant {id_ or label}"
    if iso3 := _countries().get(id_, ""):
        return rows.of_country(iso3, Role.PARTICIPANT, reason)
    try:
        return rows.of_reference(people.get(id_), Role.PARTICIPANT, reason)
    except KeyError:
        return rows.named_side(label, "", Role.PARTICIPANT, reason, ActorKind.GROUP)


def _country(said: Said) -> str:
    return _countries().get(_entity(said.get("country", "")), "") or rows.iso3_of(
        said.get("country label", "") or said.get("country", "")
    )


def _place(said: Said, iso3: str) -> Place | None:
    """The place that the item lies in; without one its point; else the country."""
    point = _POINT.match(said.get("point", ""))
    at = (point[2], point[1]) if point else ("", "")
    name = said.get("place label", "") or ("" if _entity(said.get("place", "")) else said.get("place", ""))
    if name and rows.iso3_of(name) != (iso3 or "-"):
        return rows.place(name, iso3, *at, PlaceExactness.CITY, "", "location")
    if at[0]:
        return rows.place(f"{float(at[0]):.4f}, {float(at[1]):.4f}", iso3, *at, PlaceExactness.SITE, "", "coordinates")
    return rows.place("", iso3, "", "", PlaceExactness.COUNTRY, "", "country") if iso3 else None


def _entity(cell: str) -> str:
    match = _ENTITY.fullmatch(cell)
    return match[1] if match else ""


@cache
def _countries() -> dict[str, str]:
    """The countries' items."""
    return {each.wikidata: each.iso3 for each in countries.all_countries().values() if each.wikidata}


_WORDS = dict.fromkeys(("battle", "war", "conflict", "siege", "skirmish", "campaign"), "clash")


@lru_cache(_MOST)
def _kind(type_label: str, label: str) -> Kind:
    """By what the item is an instance of, its last word first of all ("presidential election"), else by its label."""
    for words in (type_label, label):
        found = kind_in([_WORDS.get(word, word) for word in words.replace("d'état", "").casefold().split()])
        if found is not None:
            return found[0]
    return kinds.get("development")
