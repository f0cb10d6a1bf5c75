"""The table of expressions.toml, for the tests and for the page made from it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TABLE = Path(__file__).with_name("expressions.toml")
_MARKED = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with its marked expressions, and what the one in square brackets means."""

    group: str
    text: str
    why: str
    type: str = ""
    value: str = ""
    edtf: str = ""
    mod: str | None = None
    published: date | None = None
    locale: str = "en-US"

    @property
    def plain(self) -> str:
        """The sentence without its marks."""
        return _MARKED.sub(lambda m: m[1] or m[2], self.text)

    @property
    def expression(self) -> str:
        """The words in square brackets, "" in a sentence without a time expression."""
        found = re.search(r"\[([^\]]*)\]", self.text)
        return found[1] if found else ""

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the marked expressions stand in the plain sentence."""
        return [(match.start() - 2 * n, match.end() - 2 * n - 2) for n, match in enumerate(_MARKED.finditer(self.text))]

    @property
    def span(self) -> tuple[int, int]:
        """Where the expression in square brackets stands in the plain sentence."""
        marks = list(_MARKED.finditer(self.text))
        return self.spans[next(n for n, match in enumerate(marks) if match[1])]


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    note: str
    rows: tuple[Row, ...]


def groups() -> list[Group]:
    """The groups of the table, in its order."""
    found = []
    for group in tomllib.loads(TABLE.read_text(encoding="utf-8"))["group"]:
        rows = []
        for given in group["rows"]:
            fields = {"published": group["published"], "group": group["title"]} | given
            day = fields.pop("published")
            rows.append(Row(**fields, published=date.fromisoformat(day) if day else None))
        found.append(Group(group["title"], group["note"], tuple(rows)))
    return found
