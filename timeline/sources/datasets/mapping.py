"""Mapping files: TOML that says what the columns of a table mean. docs/mapping.md describes them for their writers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from timeline.model import ActorKind, DataSet, Modality, PlaceExactness
from timeline.model.errors import InputError, NotFoundError, UsageError, refusal
from timeline.reference import kinds
from timeline.reference.codes import SCHEMES
from timeline.reference.tables import suggestion
from timeline.sources.datasets.days import Form, Precision

COLUMN, COLUMNS, TEMPLATE, TEXT, FLAG, FORM, KIND = "column", "columns", "template", "text", "flag", "form", "kind"
WORDS = "words"
UNSURE = "?"
"""Stands in a proposed mapping for a form of dates that its values leave open."""
WHAT = ("events", "articles")
_COUNTRY_SCHEMES = ("name", *SCHEMES)
# What a key may be: a column, several, words with columns in braces, and so on; a tuple lists the words that it may
# be, a list those that the values of its table may be.
TABLES: dict[str, dict[str, object]] = {
    "": {"what": WHAT, "empty": WORDS},
    "dataset": {"name": TEXT, "url": TEXT, "linked": FLAG},
    "row": {
        "id": COLUMNS, "title": TEMPLATE, "text": COLUMN, "url": COLUMN, "reported": COLUMN, "reported_form": FORM,
    },
    "date": {
        "column": COLUMN, "year": COLUMN, "month": COLUMN, "day": COLUMN, "end": COLUMN, "end_year": COLUMN,
        "end_month": COLUMN, "end_day": COLUMN, "form": FORM, "precision": COLUMN, "precisions": list(Precision),
    },
    "type": {
        "column": COLUMN, "mode": COLUMN, "scheme": ("values", "kinds", "cameo", "plover"), "values": KIND,
        "kind": KIND,
    },
    "modality": {"column": COLUMN, "values": list(Modality), "value": tuple(Modality)},
    "actors": {
        "source": COLUMNS, "target": COLUMNS, "participants": COLUMNS, "source_country": COLUMN,
        "target_country": COLUMN, "country_scheme": _COUNTRY_SCHEMES, "separator": TEXT,
        "scheme": ("name", "cameo", *(s for s in SCHEMES if s != "cameo")), "kind": tuple(ActorKind),
    },
    "place": {
        "name": COLUMN, "region": COLUMN, "country": COLUMN, "scheme": _COUNTRY_SCHEMES, "latitude": COLUMN,
        "longitude": COLUMN, "point": COLUMN, "exactness": tuple(PlaceExactness), "exactness_column": COLUMN,
        "exactnesses": list(PlaceExactness),
    },
    "countries": {"columns": COLUMNS, "scheme": _COUNTRY_SCHEMES, "separator": TEXT},
    "attributes": {"columns": COLUMNS},
    "article": {
        "text": COLUMN, "title": COLUMN, "url": COLUMN, "published": COLUMN, "form": FORM, "publisher": COLUMN,
        "language": COLUMN, "id": COLUMN,
    },
}  # fmt: skip
_IN_BRACES = re.compile(r"\{([^{}]+)\}")
_TABLE = re.compile(r"\s*\[\s*([\w-]+)(?:\s*\.\s*([\w-]+))?\s*\]")
_KEY = re.compile(r"\s*\"?([^\"=\[\]#]+?)\"?\s*=")
_LONGEST = 1 << 20  # bytes of a mapping file


@dataclass(frozen=True)
class Mapping:
    """A mapping file that was read and found right; columns are not looked at before there is a table."""

    path: str
    text: str
    tables: dict[str, dict[str, Any]]

    @property
    def articles(self) -> bool:
        return bool(self.get("", "what", "events") == "articles")

    @property
    def dataset(self) -> DataSet:
        name = self.get("dataset", "name", "") or Path(self.path).stem
        return DataSet(name, self.get("dataset", "url", ""), self.get("dataset", "linked", False))

    def get(self, table: str, key: str, default: Any = None) -> Any:
        return self.tables.get(table, {}).get(key, default)

    def said(self, cells: dict[str, str]) -> dict[str, str]:
        """The cells without those that say nothing by `empty`."""
        return {name: "" if cell in self._empty else cell for name, cell in cells.items()} if self._empty else cells

    @cached_property
    def _empty(self) -> frozenset[str]:
        return frozenset(self.get("", "empty", ()))

    def several(self, table: str, key: str) -> list[str]:
        """The columns of a key that may have one or several."""
        found = self.get(table, key, [])
        return [found] if isinstance(found, str) else list(found)

    @cached_property
    def named_columns(self) -> dict[str, tuple[str, str]]:
        """Every column that is named, with its table and key."""
        return {column: (table, key) for table, key, column in self._columns()}

    def _columns(self) -> Iterator[tuple[str, str, str]]:
        for table, keys in self.tables.items():
            for key, value in keys.items():
                sort = TABLES[table][key]
                if sort == TEMPLATE:
                    yield from ((table, key, name.strip()) for name in _IN_BRACES.findall(value))
                elif sort in (COLUMN, COLUMNS) and value not in ("rest", "none"):
                    yield from ((table, key, name) for name in self.several(table, key))

    def check(self, columns: Iterable[str]) -> None:
        """Raises InputError for the first column that a table has not, with the line that names it."""
        there = list(columns)
        for column, (table, key) in self.named_columns.items():
            if column not in there:
                near = suggestion(column, there) or f"The columns are {', '.join(there[:20])}"
                raise InputError(f"there is no column {column!r}", where=self.where(table, key), hint=near)

    def where(self, table: str, key: str = "") -> str:
        """ "mapping.toml, line 12, [place] latitude"."""
        return _where(self.path, self.text, table, key)


def read_mapping(path: str) -> Mapping:
    """Raises UsageError for a file that is not there, InputError for one that is no mapping."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LONGEST + 1)
    except (OSError, ValueError) as error:
        hint = "'timeline mapping new FILE' writes one"
        raise UsageError(f"--mapping {path[:100]}: {refusal(error)}", hint=hint) from error
    if len(data) > _LONGEST:
        raise InputError("it is too long for a mapping", where=path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("it is no UTF-8", where=path, hint="Save it as UTF-8") from error
    return parse(text, path)


def parse(text: str, path: str) -> Mapping:
    """Raises InputError, whose place is the file and its line."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"it is no TOML: {str(error)[:200]}", where=path) from error
    tables: dict[str, dict[str, Any]] = {"": {}}
    for name, value in told.items():
        if isinstance(value, dict):
            tables[name] = value
        else:
            tables[""][name] = value
    for table, keys in tables.items():
        if table not in TABLES:
            hint = suggestion(table, filter(None, TABLES)) or f"Tables are {', '.join(filter(None, TABLES))}"
            raise InputError(f"there is no table [{table}] in a mapping", where=_where(path, text, table), hint=hint)
        for key, value in keys.items():
            where = _where(path, text, table, key)
            if key not in TABLES[table]:
                known = TABLES[table] if table else {**TABLES[table], **dict.fromkeys(TABLES)}
                hint = suggestion(key, filter(None, known)) or f"It may have {', '.join(filter(None, known))}"
                raise InputError(f"{f'[{table}]' if table else 'a mapping'} has no {key!r}", where=where, hint=hint)
            tables[table][key] = _checked(TABLES[table][key], value, where)
    found = Mapping(path, text, tables)
    _check_whole(found)
    return found


def _checked(sort: object, value: Any, where: str) -> Any:
    """The value as it is used. Raises InputError for one of another sort."""
    if sort == FLAG:
        if isinstance(value, bool):
            return value
        raise InputError("it is true or false", where=where)
    if sort == WORDS:
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return value
        raise InputError("it is a list of texts", where=where)
    if sort == COLUMNS:
        if isinstance(value, str) or (isinstance(value, list) and value and all(isinstance(v, str) for v in value)):
            return value
        raise InputError("it is a column, or a list of columns", where=where)
    if isinstance(sort, list) or (sort == KIND and isinstance(value, dict)):
        if not isinstance(value, dict):
            raise InputError("it is a table: value of the column = what it means", where=where)
        allowed = None if sort == KIND else tuple(sort) if isinstance(sort, list) else ()
        return {str(k).strip().casefold(): _word(allowed, v, f"{where}, {k!r}") for k, v in value.items()}
    if not isinstance(value, str) or not value:
        raise InputError("it is a text in quotation marks", where=where)
    if isinstance(sort, tuple):
        return _word(sort, value, where)
    if sort == KIND:
        return _word(None, value, where)
    if sort == FORM and value == UNSURE:
        hint = f'Write "{Form.DAY_FIRST}" or "{Form.MONTH_FIRST}": 03/04/2025 is in April, or in March'
        raise InputError("how its dates are written is still to be said", where=where, hint=hint)
    if sort == FORM and value not in tuple(Form) and "%" not in value:
        hint = suggestion(value, Form) or f"Forms are {', '.join(Form)}, or a pattern such as %d.%m.%Y"
        raise InputError(f"{value!r} is no form of dates", where=where, hint=hint)
    return value


def _word(allowed: tuple[str, ...] | None, value: Any, where: str) -> str:
    """One of the words that are allowed, or the name of a kind of event."""
    if allowed is None:
        try:
            return kinds.find(str(value)).name
        except NotFoundError as error:
            raise InputError(error.what, where=where, hint=error.hint) from error
    if value in allowed:
        return str(value)
    hint = suggestion(str(value), allowed) or f"It is one of {', '.join(allowed)}"
    raise InputError(f"{str(value)[:40]!r} is none that it can be", where=where, hint=hint)


def _check_whole(mapping: Mapping) -> None:
    """What no mapping can do without."""
    if mapping.articles:
        if not mapping.get("article", "text"):
            raise InputError("[article] names no column of the text", where=mapping.path, hint='Add text = "column"')
        return
    if "article" in mapping.tables:
        raise InputError('[article] is for what = "articles"', where=mapping.where("article"))
    if not (mapping.get("date", "column") or mapping.get("date", "year")):
        raise InputError("[date] names no column", where=mapping.path, hint='Add column = "…", or year = "…"')
    if not any(mapping.get("row", key) for key in ("title", "text")) and "actors" not in mapping.tables:
        raise InputError(
            "nothing says what happened: no title, text or actors", where=mapping.path, hint='Add [row] title = "{…}"'
        )


def _where(path: str, text: str, table: str, key: str = "") -> str:
    """The line of a key, found by its table's head; of a table that is written in another way only the file."""
    at = ""
    called = f"[{table}] {key}".strip() if table else key
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            at = match[1]
            if at == table and (not key or match[2] == key):
                return f"{path}, line {number}, {called}"
        elif at == table and key and (match := _KEY.match(line)) and match[1].strip() == key:
            return f"{path}, line {number}, {called}"
    return f"{path}, {called}"
