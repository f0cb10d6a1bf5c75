"""CSV, TSV, XLSX and Parquet hold what the store holds, in columns that mean what the dictionary says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tests.exports.making import FORMULAS, told, written
from timeline.exports.options import Options
from timeline.exports.safety import harmless, visible
from timeline.exports.tables import ACTORS, EVENTS, REPORTS, Table
from timeline.model import Event, When
from timeline.model.errors import UsageError


def rows(events: list[Event], table: Table = EVENTS) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows(events)]


def lists(table: Table = EVENTS) -> dict[str, str]:
    return {column.name: column.separator for column in table.columns if column.type == "list"}


def event(title: str) -> Event:
    report = told(title, "2021-02-01")
    return Event(title, title, report.when, "CONSULT", "meeting", report.modality, 0.5, id="e1")


def parsed(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


def test_a_row_says_what_its_event_says(events: list[Event]) -> None:
    for row, each in zip(rows(events), events, strict=True):
        assert (row["id"], row["title"], row["sentence"]) == (each.id, each.title, each.sentence)
        assert (row["when"], row["earliest"], row["latest"]) == (each.when.edtf, each.when.earliest, each.when.latest)
        assert (row["source_count"], row["report_count"], row["urls"]) == (each.sources, each.reports, each.urls)
        sides = {"source": "sources", "target": "targets", "participant": "participants"}
        for role, name in sides.items():
            of_role = [p.actor for p in each.actors if p.role == role]
            assert list(row[name]) == [actor.name for actor in of_role]
            assert list(row[f"{name[:-1]}_ids"]) == [actor.key for actor in of_role]
        assert row["judgement"] == tuple(mark for mark in ("confirmed", "edited", "hidden") if getattr(each, mark))
        if each.place:
            assert (row["place"], row["latitude"], row["place_exactness"]) == (
                each.place.name,
                each.place.latitude,
                each.place.exactness,
            )
    judged = [row["judgement"] for row in rows(events)]
    assert [judged.count(each) for each in (("confirmed",), ("edited",), ("hidden",))] == [1, 1, 1]


def test_the_long_table_has_a_row_for_each_actor_of_each_event(events: list[Event]) -> None:
    found = [(row["event"], row["role"], row["actor_id"]) for row in rows(events, ACTORS)]
    expected = [each for e in events for each in ([(e.id, p.role, p.actor.key) for p in e.actors] or [(e.id, "", "")])]
    assert found == expected


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_pandas_reads_what_the_store_holds(events: list[Event], name: str, delimiter: str) -> None:
    import pandas as pd

    frame = pd.read_csv(io.BytesIO(written(name, events)), sep=delimiter, keep_default_na=False, dtype=str)
    assert list(frame.columns) == [column.name for column in EVENTS.columns]
    assert list(frame["id"]) == [each.id for each in events]
    assert list(frame["latitude"]) == ["" if r["latitude"] is None else str(r["latitude"]) for r in rows(events)]
    assert list(frame["participants"]) == ["; ".join(r["participants"]) for r in rows(events)]


@pytest.mark.parametrize("payload", FORMULAS)
@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_no_cell_begins_as_a_formula(payload: str, name: str, delimiter: str) -> None:
    cell = parsed(written(name, [event(payload)]), delimiter)[0]["title"]
    assert cell[0] == "'"
    raw = parsed(written(name, [event(payload)], Options(raw=True)), delimiter)[0]["title"]
    assert raw == (payload if name == "csv" else payload.translate(str.maketrans("\t\r\n", "   ")))


def test_there_are_forty_payloads() -> None:
    assert len(set(FORMULAS)) >= 40


@pytest.mark.parametrize("number", ["-3", "+4.5", "-0.25e-3", "1=1", "a", "", "2021-02", "§ 3"])
def test_numbers_and_plain_texts_stay(number: str) -> None:
    assert harmless(number) == number


def test_excel_gets_no_formula_and_the_very_text() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    events = [event(payload) for payload in FORMULAS]
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", events))).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    titles = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert [title.replace("\r", "\n") for title in titles] == [p.replace("\r", "\n") for p in FORMULAS]


def test_excel_reads_what_the_store_holds(events: list[Event]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", events))).active
    header, *found = sheet.iter_rows()
    names = [cell.value for cell in header]
    assert names == [column.name for column in EVENTS.columns]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    separators = lists()
    for row, cells in zip(rows(events), found, strict=True):
        for cell, (name, value) in zip(cells, row.items(), strict=True):
            if name in ("earliest", "latest", "first_reported", "last_reported", "when"):
                assert cell.value == _excel_day(value)
            elif name in separators:
                assert (cell.value or "") == separators[name].join(value)
            elif name not in ("title", "sentence"):
                assert cell.value == (None if value == "" else value)
    links = [cell.hyperlink.target for row in found for cell in row if cell.hyperlink]
    assert links
    assert all(link.startswith("https://example.org/") for link in links)


def _excel_day(value: Any) -> Any:
    """Real dates from 1900-03-01, where Excel's calendar begins to be right; else text."""
    if isinstance(value, str) and len(value) == 10 and value.replace("-", "").isdigit():
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return datetime.combine(value, time()) if value.year > 1900 else value.isoformat()
    return value or None


def test_a_sheet_that_is_full_goes_on_in_another(monkeypatch: pytest.MonkeyPatch, events: list[Event]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr("timeline.exports.xlsx._ROWS", 10)
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", events)))
    ids = [row[0].value for sheet in book for row in sheet.iter_rows(min_row=2)]
    assert ids == [each.id for each in events]


def test_parquet_is_typed_and_holds_what_the_store_holds(events: list[Event]) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(written("parquet", events)))
    assert str(table.schema.field("earliest").type) == "date32[day]"
    assert str(table.schema.field("sources").type) == "list<element: string>"
    assert str(table.schema.field("salience").type) == "double"
    expected = [
        {
            name: list(value) if isinstance(value, (list, tuple)) else None if value == "" else value
            for name, value in r.items()
        }
        for r in rows(events)
    ]
    raw = pq.read_table(io.BytesIO(written("parquet", events, Options(raw=True))))
    assert raw.to_pylist() == expected
    assert table.to_pylist() == [{name: shown(value) for name, value in row.items()} for row in expected]


def shown(value: Any) -> Any:
    """A value as it is held without `raw`."""
    return visible(value) if isinstance(value, str) else value


def test_parquet_by_year_is_one_table(events: list[Event], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    from timeline.exports.parquet import ParquetExporter

    ParquetExporter().write_parts(events, tmp_path)
    parts = {path.name for path in tmp_path.iterdir()}
    assert {"year=1812", "year=2021", "year=__HIVE_DEFAULT_PARTITION__"} <= parts
    assert sorted(pq.read_table(tmp_path)["id"].to_pylist()) == sorted(each.id for each in events)


@pytest.mark.parametrize("dates", [["", ""], ["", "2021-02-01", "../2025-03-03"]])
def test_parquet_by_year_holds_events_without_a_date(dates: list[str], tmp_path: Path) -> None:
    pa, pd = pytest.importorskip("pyarrow"), pytest.importorskip("pandas")
    import pyarrow.dataset

    from timeline.exports.parquet import ParquetExporter

    ParquetExporter().write_parts([replace(event(each), when=When.of(each), id=each) for each in dates], tmp_path)
    years = pyarrow.dataset.partitioning(pa.schema([("year", pa.int32())]), flavor="hive")
    found = pd.read_parquet(tmp_path, partitioning=years)
    told = {(None if pd.isna(year) else int(year)) for year in found["year"]}
    assert told == {When.of(each).first and When.of(each).first.year for each in dates}  # type: ignore[union-attr]
    assert len(found) == len(dates)


def test_no_events_are_a_table_with_its_columns(tmp_path: Path) -> None:
    openpyxl, pq = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow.parquet")
    from timeline.exports.parquet import ParquetExporter

    names = [column.name for column in EVENTS.columns]
    ParquetExporter().write_parts([], tmp_path)
    assert pq.read_table(tmp_path).column_names == names
    assert pq.read_table(io.BytesIO(written("parquet", []))).column_names == names
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", []))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [names]
    assert list(csv.reader(io.StringIO(written("csv", []).decode(), newline=""))) == [names]


def test_columns_are_chosen_by_name() -> None:
    table = EVENTS.only(["when", " id "])
    assert [column.name for column in table.columns] == ["when", "id"]
    assert list(table.rows([event("x")])) == [("2021-02-01", "e1")]
    assert list(EVENTS.only(["title"]).rows([event("x")])) == [("x",)]
    with pytest.raises(UsageError, match="Did you mean latitude"):
        EVENTS.only(["lattitude"])
    for wrong in ([], ["id", "id"]):
        with pytest.raises(UsageError):
            EVENTS.only(wrong)


def test_every_row_is_as_wide_as_its_table(events: list[Event]) -> None:
    for table in (EVENTS, ACTORS):
        assert {len(row) for row in table.rows(events)} == {len(table.columns)}
    for table in (EVENTS, ACTORS, REPORTS):
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)


def test_values_are_those_that_the_dictionary_lists(events: list[Event]) -> None:
    for table in (EVENTS, ACTORS):
        listed = {column.name: {*column.values, ""} for column in table.columns if column.values}
        for row in rows(events, table):
            for name, values in listed.items():
                told_ = row[name] if isinstance(row[name], tuple) else [row[name]]
                assert set(map(str, told_)) <= set(map(str, values))


def described(tmp_path: Path, events: list[Event], name: str = "csv") -> Iterator[Path]:
    from timeline.exports.metadata import csvw, datapackage

    file = tmp_path / f"events.{name}"
    file.write_bytes(written(name, events))
    (tmp_path / "datapackage.json").write_text(datapackage(file, EVENTS))
    (tmp_path / f"{file.name}-metadata.json").write_text(csvw(file, EVENTS))
    yield file


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_the_data_package_valid(events: list[Event], tmp_path: Path, name: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    list(described(tmp_path, events, name))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    with frictionless.Package(str(tmp_path / "datapackage.json")).resources[0] as resource:
        read = resource.read_rows()
    assert [row["id"] for row in read] == [each.id for each in events]
    assert [row["earliest"] for row in read] == [each.when.earliest for each in events]


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.filterwarnings("ignore")
def test_csvw_reads_the_file_by_its_metadata(events: list[Event], tmp_path: Path, name: str) -> None:
    csvw = pytest.importorskip("csvw")
    file = next(iter(described(tmp_path, events, name)))
    metadata = json.loads((tmp_path / f"{file.name}-metadata.json").read_text())
    assert metadata["url"] == file.name
    table = csvw.Table.from_file(tmp_path / f"{file.name}-metadata.json")
    read = list(table.iterdicts(strict=True))
    assert [row["id"] for row in read] == [each.id for each in events]
    assert [row["earliest"] and row["earliest"].date() for row in read] == [each.when.earliest for each in events]
    assert [row["participants"] for row in read] == [list(r["participants"]) for r in rows(events)]
