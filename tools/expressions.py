"""Write docs/expressions.md from the table that the tests read: python -m tools.expressions"""

from __future__ import annotations

import re
from pathlib import Path

from tests.extract.when.table import Group, Row, groups

PAGE = Path(__file__).parents[1] / "docs" / "expressions.md"
HEAD = """\
# Time expressions
What the program reads out of the words of English news, and why. The table is the specification: every row is a test
(`tests/extract/when/expressions.toml`; this page is written from it by `python -m tools.expressions`).

The expression is set in **bold**; its sentence decides the tense. *Published* is the publication date (2025-03-03 is a
Monday). *Type* and *value* are TIMEX3, with the modifier behind the value; *EDTF* is the date (ISO 8601-2) with no more
precision than the words have, and empty where they name no stretch of the calendar.
"""


def page() -> str:
    """The whole page."""
    found = groups()
    links = "\n".join(f"- [{group.title}](#{_anchor(group.title)}): {len(group.rows)}" for group in found)
    return "\n".join([HEAD, links, "", *(_section(group) for group in found)])


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _section(group: Group) -> str:
    dated = any(row.type for row in group.rows)
    names = ["Expression", "Published", "Type", "Value", "EDTF", "Why"] if dated else ["Sentence", "Why"]
    head = [f"## {group.title}", group.note, "", _line(names), _line(["---"] * len(names))]
    return "\n".join([*head, *(_line(_cells(row)) for row in group.rows), ""])


def _cells(row: Row) -> list[str]:
    if not row.type:
        return [_escaped(row.text), _escaped(row.why)]
    marked = re.sub(r"\[([^\]]*)\]", r"**\1**", _escaped(row.text)).replace("{", "").replace("}", "")
    published = f"{row.published or '–'}" + ("" if row.locale == "en-US" else f" ({row.locale})")
    value = " ".join(part for part in (_code(row.value), row.mod) if part)
    return [marked, published, row.type, value, _code(row.edtf), _escaped(row.why)]


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("~", "\\~").replace("$", "\\$")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
