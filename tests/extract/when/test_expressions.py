"""The table of expressions.toml: what is found in English news, and what it means on the day of publication."""

from __future__ import annotations

from collections import Counter

import pytest
from _pytest.mark import ParameterSet

from tests.extract.when.table import Row, groups
from timeline.extract.when import tag
from timeline.model import Span, TimeExpression, bounds
from tools.expressions import PAGE, page

ROWS = [row for group in groups() for row in group.rows]
MODS = ["START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "ON_OR_AFTER"]
UNDATED = "Without a publication date"


def _cases(rows: list[Row]) -> list[ParameterSet]:
    """Parameters with readable ids: the expression where it is told once, else with its sentence."""
    twice = Counter((row.group, row.expression) for row in rows)
    cases = []
    for row in rows:
        told = row.expression if twice[row.group, row.expression] == 1 else row.text
        when = f" @{row.published}" if row.published and row.published.isoformat() != "2025-03-03" else ""
        where = "" if row.locale == "en-US" else f" {row.locale}"
        cases.append(pytest.param(row, id=f"{row.group}: {told or row.plain}{when}{where}"))
    return cases


def _read(row: Row) -> list[TimeExpression]:
    return tag(row.plain, published=row.published, locale=row.locale)


@pytest.mark.parametrize("row", _cases([row for row in ROWS if row.type]))
def test_an_expression_means_what_the_table_says(row: Row) -> None:
    found = _read(row)
    assert [row.plain[t.start : t.end] for t in found] == [row.plain[start:end] for start, end in row.spans]
    assert [(t.start, t.end) for t in found] == row.spans
    (t,) = (t for t in found if (t.start, t.end) == row.span)
    assert (t.text, t.type, t.value, t.edtf) == (row.expression, row.type, row.value, row.edtf)
    assert row.mod is None or t.mod == row.mod
    assert (t.earliest, t.latest) == bounds(row.edtf)
    assert t.reason


@pytest.mark.parametrize("row", _cases([row for row in ROWS if not row.type]))
def test_what_is_no_time_expression_is_not_found(row: Row) -> None:
    assert [(t.text, t.value) for t in _read(row)] == []


@pytest.mark.parametrize("row", _cases([row for row in ROWS if row.group == UNDATED and not row.value]))
def test_what_needs_a_publication_date_says_so(row: Row) -> None:
    (t,) = _read(row)
    assert "publication date" in t.reason


def test_the_table_is_in_order() -> None:
    assert len(ROWS) >= 250
    assert len({(row.text, row.published, row.locale) for row in ROWS}) == len(ROWS)
    for row in ROWS:
        marks = row.text.count("["), row.text.count("]"), row.text.count("{") - row.text.count("}")
        assert marks == ((1, 1, 0) if row.type else (0, 0, 0)), row.text
        assert row.why, row.text
        assert row.plain[slice(*row.span)] == row.expression if row.type else not row.expression
        assert row.mod is None or row.mod in MODS
        bounds(row.edtf)
        assert row.published is not None or row.group == UNDATED


def test_the_search_keeps_to_its_spans() -> None:
    text = "Yesterday he left. The coup was on 1 February 2021. Tomorrow he returns."
    start = text.index("The coup")
    found = tag(text, spans=[Span(start, text.index(" Tomorrow"))])
    assert [t.text for t in found] == ["1 February 2021"]


def test_the_page_for_readers_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.expressions"
