"""Days as data sets write them: read as they are, never more exactly than they are known."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.model.edtf import bounds
from timeline.sources.datasets import days
from timeline.sources.datasets.days import Form, Precision


@pytest.mark.parametrize(
    ("text", "form", "edtf"),
    [
        ("2021-02-01", "iso", "2021-02-01"),
        ("2021-02-01T10:15:00Z", "iso", "2021-02-01"),
        ("2021-02-01 00:00:00.000", "iso", "2021-02-01"),
        ("2021-2-1", "iso", "2021-02-01"),
        ("2021-02", "iso", "2021-02"),
        ("2021", "iso", "2021"),
        ("2021~", "iso", "2021~"),
        ("2021-02-01/2021-02-03", "iso", "2021-02-01/2021-02-03"),
        ("03/04/2021", "day first", "2021-04-03"),
        ("03/04/2021", "month first", "2021-03-04"),
        ("3.4.2021", "day first", "2021-04-03"),
        ("3/4/99 10:15", "day first", "1999-04-03"),
        ("31 January 2023", "month named", "2023-01-31"),
        ("31-Jan-2023", "month named", "2023-01-31"),
        ("January 31st, 2023", "month named", "2023-01-31"),
        ("January 2023", "month named", "2023-01"),
        ("20210201", "compact", "2021-02-01"),
        ("20210200", "compact", "2021-02"),
        ("20210000", "compact", "2021"),
        ("1613606400", "unix", "2021-02-18"),
        ("1613606400000", "unix", "2021-02-18"),
        ("01.02.21", "%d.%m.%y", "2021-02-01"),
    ],
)
def test_a_date_is_read_in_its_form(text: str, form: str, edtf: str) -> None:
    assert days.edtf_of(text, form) == edtf


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", "iso"), ("2021-02-30", "iso"), ("soon", "iso"), ("03/04/2021", "iso"), ("31/13/2021", "day first"),
        ("31/01/2021", "month first"), ("1 Brumaire 2021", "month named"), ("20211301", "compact"), ("1e99", "unix"),
        ("nan", "unix"), ("x", "%d"), ("2021-02-01/2020-01-01", "iso"), ("..", "iso"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str, form: str) -> None:
    with pytest.raises(ValueError, match=r"date|time|month|empty"):
        days.edtf_of(text, form)


@pytest.mark.parametrize(
    ("edtf", "precision", "wider"),
    [
        ("2021-02-14", "day", "2021-02-14"),
        ("2021-02-14", "week", "2021-02-08/2021-02-14"),
        ("2021-02-14", "month", "2021-02"),
        ("2021-02-14", "quarter", "2021-01-01/2021-03-31"),
        ("2021-02-14", "year", "2021"),
        ("2021-02-14", "decade", "202X"),
        ("2000-01-01", "century", "1901/2000"),
        ("2021", "month", "2021"),
        ("2020-12-30/2021-01-02", "year", "2020/2021"),
        ("9999-12-31", "week", "9999-12-27/9999-12-31"),
        ("9999-12-31", "month", "9999-12"),
        ("9999-12-31", "quarter", "9999-10-01/9999-12-31"),
    ],
)
def test_a_date_is_as_wide_as_its_precision(edtf: str, precision: str, wider: str) -> None:
    assert days.precise(edtf, precision) == wider


def test_an_end_that_stands_for_none_is_read() -> None:
    assert days.span("2021-02-01", "9999-12-31") == "2021-02-01/9999-12-31"


@given(st.dates(), st.sampled_from(list(Precision)))
def test_a_precision_never_loses_the_day(day: object, precision: Precision) -> None:
    earliest, latest = bounds(days.precise(str(day), precision))
    assert earliest is not None
    assert latest is not None
    assert str(earliest) <= str(day) <= str(latest)


@given(st.text(max_size=40), st.sampled_from(list(Form)))
def test_any_text_is_a_date_or_refused(text: str, form: Form) -> None:
    with suppress(ValueError):
        bounds(days.edtf_of(text, form))


@pytest.mark.parametrize(
    ("parts", "edtf"),
    [
        (("2021", "", ""), "2021"),
        (("2021", "2", "0"), "2021-02"),
        (("2021", "Feb", "1"), "2021-02-01"),
        (("2021.0", "2.0", "1.0"), "2021-02-01"),
        (("2021", "0", "5"), "2021"),
    ],
)
def test_a_date_in_columns_of_its_own_is_as_exact_as_these(parts: tuple[str, str, str], edtf: str) -> None:
    assert days.of_parts(*parts) == edtf
