"""Any table as reports, or as articles, by a mapping file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, ClassVar, cast

from timeline.model import Article, Role, Row
from timeline.model.merging import each_once
from timeline.sources import Bad, Column, Fit, Gone, Reader, RowReader
from timeline.sources.articles import article_of
from timeline.sources.datasets import days, meaning, rows
from timeline.sources.datasets.mapping import Mapping, read_mapping
from timeline.sources.datasets.recorded import report_of, title_of, together, when_of
from timeline.sources.head import Head
from timeline.sources.records import Record, Records, bad_record
from timeline.sources.records.opening import open_records

_IN_BRACES = re.compile(r"\{([^{}]+)\}")


def reader_of(path: str) -> Reader | RowReader:
    """The reader that a mapping file describes. Raises UsageError for a file that is not there, InputError for one that
    is no mapping."""
    return reader_by(read_mapping(path))


def reader_by(mapping: Mapping) -> Reader | RowReader:
    # What other readers state for a class these state for one mapping, so that a checker of types cannot see it.
    return cast("Reader | RowReader", MappedArticles(mapping) if mapping.articles else MappedRows(mapping))


class _Mapped:
    name = "mapping"
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".xlsx", ".parquet", ".jsonl", ".json")
    example = "timeline import incidents.xlsx --mapping mapping.toml"
    extra = needs = ""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.title = f"a table by {Path(mapping.path).name}"

    def fits(self, head: Head) -> Fit:
        return Fit.FALLBACK if head.data else Fit.NO

    def _opened(self, stream: BinaryIO, origin: str) -> Records:
        """The rows. Raises InputError where a column that the mapping names is not there."""
        records = open_records(stream, origin)
        self.mapping.check(records.columns)
        return records


class MappedRows(_Mapped):
    """Rows of a data set. The version of the reader is that of the mapping: its hash."""

    def __init__(self, mapping: Mapping) -> None:
        super().__init__(mapping)
        self.dataset = mapping.dataset
        self.version = sha256(mapping.text.encode(errors="replace")).hexdigest()[:8]
        self.source = Path(mapping.path).name
        self.columns = tuple(Column(name, f"[{table}] {key}") for name, (table, key) in mapping.named_columns.items())

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        """Rows as they come. Raises InputError."""
        records = self._opened(stream, origin)
        keep = _keeper(self.mapping)
        if not records.columns:
            warn("it has no rows")
        for each in records.rows:
            if isinstance(each, Bad):
                yield each
                continue
            try:
                yield row_of(self.mapping, self.mapping.said(each.cells), keep)
            except ValueError as error:
                yield bad_record(origin, each, str(error))


class MappedArticles(_Mapped):
    lists = False

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """An article for each row. Raises InputError."""
        names = {
            key: self.mapping.get("article", key, "")
            for key in ("text", "title", "url", "published", "publisher", "language", "id")
        }
        form = self.mapping.get("article", "form", "")
        for each in self._opened(BytesIO(data), origin).rows:
            if isinstance(each, Bad):
                yield each
                continue
            yield _article(each, names, form, origin)


def _article(record: Record, names: dict[str, str], form: str, origin: str) -> Article | Bad:
    try:
        return article_of(record, names, form, origin)
    except ValueError as error:
        return bad_record(origin, record, str(error))


def row_of(mapping: Mapping, cells: dict[str, str], keep: Callable[[str], bool]) -> Row:
    """What a row says; `keep` tells the columns that are kept as attributes. Raises ValueError, whose text says why it
    is none."""
    when = when_of(meaning.edtf_of(mapping, cells), meaning.reason_of(mapping, cells))
    year = when.earliest.year if when.earliest else 0
    code = meaning.code_in(mapping, cells)
    sources = meaning.sides_of(mapping, cells, "source", Role.SOURCE, year)
    targets = meaning.sides_of(mapping, cells, "target", Role.TARGET, year)
    others = meaning.sides_of(mapping, cells, "participants", Role.PARTICIPANT, year)
    countries = meaning.further_countries(mapping, cells, year)
    place = meaning.place_of(mapping, cells, year)
    text = cells.get(mapping.get("row", "text", ""), "")
    title = _filled(mapping.get("row", "title", ""), cells)
    if not title:
        first, second = (sources, targets) if sources or targets else (others[:1], others[1:])
        named = sources or targets or others
        title = text if text and not named else ""
        title = title or title_of(code, together(first), together(second), place.name if place else "")
    taking_part = each_once(s.part for s in (*sources, *targets, *others, *countries) if s.part is not None)
    column = mapping.get("type", "column", "")
    report = report_of(
        title, text or title, when, code, taking_part, place,
        f"{column} {cells.get(column, '')}".strip() if column else "",
        tuple(side.unresolved for side in (*sources, *targets, *others) if side.unresolved is not None),
        meaning.modality_of(mapping, cells),
    )  # fmt: skip
    told = cells.get(mapping.get("row", "reported", ""), "")
    reported = days.day_of(told, mapping.get("row", "reported_form", days.Form.ISO)) if told else None
    url = cells.get(mapping.get("row", "url", ""), "")
    return Row(_native(mapping, cells), report, url, reported, _kept(cells, keep))


def _native(mapping: Mapping, cells: dict[str, str]) -> str:
    """The row's id: its columns, else the hash of all it says."""
    columns = mapping.several("row", "id")
    if not columns:
        told = json.dumps(cells, ensure_ascii=False, sort_keys=True).encode(errors="replace")
        return sha256(told).hexdigest()[:16]
    parts = [cells.get(column, "") for column in columns]
    if not any(parts):
        raise ValueError(f"the row has no id: {', '.join(columns)} is empty")
    return "/".join(parts)


def _filled(template: str, cells: dict[str, str]) -> str:
    """A title with its columns filled in; "" where all of these are empty."""
    names = [name.strip() for name in _IN_BRACES.findall(template)]
    if names and not any(cells.get(name) for name in names):
        return ""
    return " ".join(_IN_BRACES.sub(lambda match: cells.get(match[1].strip(), ""), template).split())


def _keeper(mapping: Mapping) -> Callable[[str], bool]:
    """Whether a column is kept as an attribute: those named and the original type, or all that the report does not have
    whole."""
    wanted = mapping.get("attributes", "columns", "rest")
    of = mapping.named_columns
    if wanted == "rest":
        whole = {column for column, (table, key) in of.items() if (table, key) in _WHOLE}
        return lambda name: name not in whole
    named = {column for column, (table, _) in of.items() if table == "type"}
    named |= set() if wanted == "none" else set(mapping.several("attributes", "columns"))
    return lambda name: name in named


# What the report has as the column has it.
_WHOLE = frozenset(
    [*(("row", key) for key in ("id", "text", "url")), *(("place", key) for key in ("latitude", "longitude"))]
)


def _kept(cells: dict[str, str], keep: Callable[[str], bool]) -> str | None:
    said = {name: _number(cell) for name, cell in cells.items() if cell and keep(name)}
    return rows.attributes(said) if said else None


def _number(cell: str) -> int | float | str:
    """A number where it is written as one: "007" is none."""
    found = rows.number(cell)
    return found if str(found) == cell else cell
