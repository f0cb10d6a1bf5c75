"""What describes a CSV file to programs, beside it: a Frictionless data package, and CSVW metadata."""

from __future__ import annotations

import json
from hashlib import file_digest
from pathlib import Path
from typing import Any

from timeline.exports.tables import COLUMNS_VERSION, Column, Table

_SAFE = (
    "Cells that a spreadsheet would run as formulas begin with an apostrophe, characters that could act on a terminal "
    "are U+FFFD (neither with --raw)."
)


def datapackage(path: Path, table: Table) -> str:
    """The datapackage.json (Data Package version 1) of a CSV or TSV file that is there."""
    tabs = path.suffix == ".tsv"
    resource = {
        "name": table.name.strip("-"),
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": "tsv" if tabs else "csv",
        "mediatype": "text/tab-separated-values" if tabs else "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": "\t" if tabs else ",", "lineTerminator": "\n" if tabs else "\r\n"},
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            **({"primaryKey": [table.key]} if table.key else {}),
        },
    }
    package = {
        "profile": "tabular-data-package",
        "name": "timeline",
        "title": "A timeline of events",
        "description": _SAFE,
        "version": f"{COLUMNS_VERSION}.0.0",
        "resources": [resource],
    }
    return _json(package)


def csvw(path: Path, table: Table) -> str:
    """The CSVW metadata (W3C, 2015) of the same file."""
    tabs = path.suffix == ".tsv"
    columns = [
        {
            "name": column.name,
            "titles": column.name,
            "dc:description": column.about,
            "datatype": _datatype(column),
            **({"separator": column.separator} if column.separator else {}),
            "required": column.name == table.key,
        }
        for column in table.columns
    ]
    told = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": path.name,
        "dc:title": "A timeline of events",
        "dc:description": _SAFE,
        "dialect": {"delimiter": "\t" if tabs else ",", "encoding": "utf-8", "header": True},
        "tableSchema": {"columns": columns, **({"primaryKey": [table.key]} if table.key else {})},
    }
    return _json(told)


def _field(column: Column) -> dict[str, Any]:
    one = column.type != "list"
    about = column.about if one else f"{column.about}; several joined by {column.separator!r}"
    rules: dict[str, Any] = {"enum": list(column.values)} if column.values and one else {}
    return {
        "name": column.name,
        "type": column.type if one else "string",
        "description": about,
        **({"constraints": rules} if rules else {}),
    }


def _datatype(column: Column) -> Any:
    if column.type == "list":
        return "string"
    if column.values:
        return {"base": "string", "format": "|".join(column.values)}
    return column.type


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
