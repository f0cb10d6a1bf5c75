"""ACLED, UCDP GED, POLECAT, TimelineJS and Wikidata results: what their rows become."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.sources.datasets.reading import SAMPLES, by_id, kept, read, reasons, reports, sample, who
from timeline.cli.app import app
from timeline.jobs.importing import import_paths
from timeline.model import PlaceExactness, Role, Row
from timeline.sources import Gone, formats
from timeline.store import EventQuery, open_store

ACLED = (SAMPLES / "acled/acled-export.csv").read_text()
GED = (SAMPLES / "ucdp/ged-sample.csv").read_text()


@pytest.mark.parametrize(
    ("path", "day", "words"),
    [
        ("acled/acled-export.csv", "2021-02-14", "clashes"),
        ("acled/acled-read.json", "2021-02-14", "clashes"),
        ("ucdp/ged-sample.csv", "2021-03-01", "fights"),
        ("polecat/polecat-sample.txt", "2021-03-29", "visits"),
        ("timelinejs/timeline.csv", "2021-02-01", "takes power"),
        ("timelinejs/timeline.json", "2020-11-08", "votes"),
        ("wikidata/query-sparql.json", "2021-03-27", "talks"),
        ("wikidata/query.json", "2021-03-27", "talks"),
        ("wikidata/query.csv", "2021-03-27", "talks"),
    ],
)
def test_a_sample_is_imported_by_its_content_and_shown(path: str, day: str, words: str, tmp_path: Path) -> None:
    db, runner = str(tmp_path / "t.db"), CliRunner()
    nameless = tmp_path / "download"
    nameless.write_bytes((SAMPLES / path).read_bytes())
    done = runner.invoke(app, ["import", str(nameless), "--db", db])
    assert done.exit_code == 0, done.output
    shown = runner.invoke(app, ["show", "--country", "Myanmar", "--json", "--db", db])
    events = json.loads(shown.stdout)
    assert [e for e in events if e["when"] == day and words in e["title"]], shown.stdout
    again = runner.invoke(app, ["import", str(nameless), "--db", db])
    assert " 0 added + 0 updated" in again.stderr


def test_acled_is_dated_no_more_exactly_than_its_time_precision_says() -> None:
    found = reports("acled/acled-export.csv")
    assert [found[f"MMR9000{n}"].when.edtf for n in (1, 2, 3)] == ["2021-02-14", "2021-02-15/2021-02-21", "2021-03"]
    assert reasons(ACLED.replace("2021-03-15,2021,3", "2021-03-15,2021,4").encode(), "a.csv") == [
        "time_precision '4' is none of 1, 2, 3"
    ]


def test_acled_says_who_did_it_only_where_one_side_are_civilians() -> None:
    found = reports("acled/acled-export.csv")
    assert {role for _, role in who(found["MMR90001"])} == {"participant"}
    assert who(found["MMR90004"]) == [("Myanmar", "source"), ("Myanmar civilians", "target")]
    assert who(found["MMR90003"]) == [("Myanmar civilians", "target")]
    (unresolved,) = found["MMR90003"].unresolved
    assert (unresolved.words, unresolved.role) == ("Unidentified Armed Group (Myanmar)", Role.SOURCE)


def test_acled_actors_become_ours_without_their_years_and_brackets() -> None:
    names = [name for name, _ in who(reports("acled/acled-export.csv")["MMR90001"])]
    assert names == ["Myanmar", "Kachin Independence Organization"]
    names = [name for name, _ in who(reports("acled/acled-export.csv")["MMR90002"])]
    assert names == ["Myanmar protesters", "National League for Democracy", "Myanmar students"]


def test_acled_keeps_its_types_notes_and_numbers() -> None:
    row = by_id(sample("acled/acled-export.csv"))["MMR90001"]
    said = kept(row)
    assert (said["sub_event_type"], said["event_type"], said["fatalities"]) == ("Armed clash", "Battles", 3)
    assert row.report.rule == "ACLED Battles / Armed clash"
    assert row.report.sentence.startswith("On 14 February 2021, soldiers")
    assert str(row.reported) == "2021-02-18"


def test_acled_of_before_2023_in_capitals_and_figures_is_the_same() -> None:
    old = ACLED.replace("State forces-Rebel group", "12").replace("State forces", "1").replace("Rebel group", "2")
    head, _, rest = old.partition("\n")
    assert by_id(read(f"{head.upper()}\n{rest}".encode(), "a.csv"))["MMR90001"].report.title == (
        by_id(sample("acled/acled-export.csv"))["MMR90001"].report.title
    )


def test_deleted_acled_events_are_withdrawn_and_a_correction_updates(tmp_path: Path) -> None:
    db, runner = str(tmp_path / "t.db"), CliRunner()
    runner.invoke(app, ["import", str(SAMPLES / "acled/acled-export.csv"), "--db", db])
    mended = tmp_path / "later.csv"
    mended.write_text(ACLED.replace("three people were said to be dead.", "four people died."))
    assert "0 added + 1 updated + 4 unchanged" in runner.invoke(app, ["import", str(mended), "--db", db]).stderr
    assert sample("acled/acled-deleted.csv") == [Gone("MMR90003", stated=1619900000)]
    gone = runner.invoke(app, ["import", str(SAMPLES / "acled/acled-deleted.csv"), "--db", db])
    assert "0 added + 1 updated + 0 unchanged" in gone.stderr
    events = json.loads(runner.invoke(app, ["show", "--country", "Myanmar", "--json", "--db", db]).stdout)
    assert "2021-03" not in [e["when"] for e in events]


def _acled(times: str, title: str = "") -> str:
    """The second row of the sample as an export has it that was written then ("10"), or was deleted, too ("10,20")."""
    written, _, deleted = times.partition(",")
    head, _, row, *_ = ACLED.splitlines()
    row = row.replace("MMR90002", "MMR9")
    assert row.rpartition(",")[2].isdigit()
    return f"{head},deleted_timestamp\n{row.rpartition(',')[0]},{written},{deleted}\n"


def _gone(time: str) -> str:
    return f"event_id_cnty,deleted_timestamp\nMMR9,{time}\n"


V1, DELETED, V2, DELETED_LATER = _acled("1000"), _gone("2000"), _acled("3000"), _gone("1970-01-01T01:06:40+00:00")


@pytest.mark.parametrize(
    ("files", "there"),
    [
        ([V1, DELETED], 0),
        ([V1, DELETED, V2], 1),
        ([V1, DELETED, V2, DELETED_LATER], 0),
        ([DELETED, V2], 1),
        ([V2, DELETED_LATER], 0),
        ([DELETED, DELETED_LATER, V2], 0),
        ([V1, _acled("1000,2000")], 0),
        ([V1, _acled("1000,2000"), _acled("3000,2000")], 1),
        ([_acled("2000,2000")], 0),
        ([V1, DELETED, DELETED], 0),
    ],
)
def test_the_later_of_a_deletion_and_a_row_counts_in_any_order_of_files(
    tmp_path: Path, files: list[str], there: int
) -> None:
    for number, order in enumerate(permutations(files)):
        with open_store(str(tmp_path / f"{number}.db")) as store:
            for name, text in enumerate(order):
                (tmp_path / f"{name}.csv").write_text(text)
                import_paths(store, [str(tmp_path / f"{name}.csv")])
            assert store.count(EventQuery(min_salience=0)) == there, order


def test_in_one_file_the_later_of_a_deletion_and_a_row_counts_too(tmp_path: Path) -> None:
    rows = {name: text.splitlines()[1] for name, text in (("V1", V1), ("gone", _acled("1000,2000")), ("V2", V2))}
    head = V1.splitlines()[0]
    for wanted, there in ((("V1", "gone"), 0), (("V1", "gone", "V2"), 1)):
        for number, order in enumerate(permutations(wanted)):
            (tmp_path / "all.csv").write_text("\n".join([head, *(rows[name] for name in order), ""]))
            with open_store(str(tmp_path / f"{there}{number}.db")) as store:
                import_paths(store, [str(tmp_path / "all.csv")])
                assert store.count(EventQuery(min_salience=0)) == there, order


def test_every_type_of_the_tables_has_one_of_our_kinds() -> None:
    from timeline.reference.kinds import PLOVER_TYPES
    from timeline.reference.types import all_types
    from timeline.sources.datasets.acled import _code, _types
    from timeline.sources.datasets.plover import plover_code

    subs, events = _types()
    assert (len(subs), len(events)) == (25, 6)
    for name in subs:
        assert "{}" in _code("", name).phrase
    for type_ in PLOVER_TYPES:
        for mode in ("", *(m.name for m in all_types()[type_].modes)):
            code = plover_code(type_, mode)
            assert code is not None
            # Destroyed property is COERCE with us ('timeline types COERCE'); the row keeps what the set says.
            assert code.kind.type == type_ or (type_, mode) == ("ASSAULT", "destroy"), (type_, mode, code.kind)


def test_ged_is_dated_by_its_span_and_precision() -> None:
    found = reports("ucdp/ged-sample.csv")
    assert [found[f"90000{n}"].when.edtf for n in (1, 2, 3)] == ["2021-03-01", "2021-04", "2021-05-03/2021-05-09"]
    yearly = GED.replace("Shan State,Kyaukme", "Shan State,Kyaukme").replace(",3,2021-05-05", ",5,2021-05-05")
    assert by_id(read(yearly.encode(), "g.csv"))["900003"].report.when.edtf == "2021"


def test_ged_places_are_as_exact_as_where_prec_says() -> None:
    found = reports("ucdp/ged-sample.csv")
    places = [found[f"90000{n}"].place for n in (1, 2, 3)]
    assert [p.exactness for p in places if p] == [
        PlaceExactness.CITY, PlaceExactness.REGION, PlaceExactness.REGION,
    ]  # fmt: skip
    assert [p.country for p in places if p] == ["MMR"] * 3


def test_ged_states_are_told_by_gleditsch_and_ward_and_one_sided_violence_has_a_source() -> None:
    found = reports("ucdp/ged-sample.csv")
    assert who(found["900001"]) == [
        ("Myanmar", "participant"), ("Kachin Independence Organization", "participant"),
    ]  # fmt: skip
    assert who(found["900002"]) == [("Myanmar", "source"), ("Myanmar civilians", "target")]
    row = by_id(sample("ucdp/ged-sample.csv"))["900002"]
    assert {k: kept(row)[k] for k in ("best", "high", "low", "type_of_violence")} == {
        "best": 7, "high": 9, "low": 4, "type_of_violence": "3",
    }  # fmt: skip


def test_ged_without_a_header_is_read_by_the_order_of_its_columns() -> None:
    lines: list[str] = []
    found = read(GED.partition("\n")[2].encode(), "candidate.csv", lines.append)
    assert by_id(found).keys() == {"900001", "900002", "900003"}
    assert ["no header" in line for line in lines] == [True]


def test_polecat_gives_every_actor_of_a_cell_and_none_for_none() -> None:
    found = reports("polecat/polecat-sample.txt")
    assert who(found["0a1b_2_1"]) == [("Indonesia", "source"), ("Malaysia", "source"), ("Myanmar", "target")]
    assert (found["0a1b_1_1"].kind, found["0a1b_3_1"].kind) == ("visit", "shooting")
    assert found["0a1b_1_1"].place is not None
    assert found["0a1b_1_1"].place.id == "geonames:6611854"
    said = kept(by_id(sample("polecat/polecat-sample.txt"))["0a1b_3_1"])
    assert (said["Event Type"], said["Event Mode"], said["Intensity"]) == ("ASSAULT", "firearms", -9.0)
    assert "None" not in said.values()


def test_polecat_of_no_plover_type_is_quarantined() -> None:
    text = (SAMPLES / "polecat/polecat-sample.txt").read_text().replace("\tCONSULT\t", "\tDANCE\t")
    assert reasons(text.encode(), "p.txt") == ["Event Type 'DANCE' is none of PLOVER"]


def test_timelinejs_is_as_exact_as_its_columns_and_its_title_is_no_event() -> None:
    found = by_id(sample("timelinejs/timeline.csv"))
    assert sorted(row.report.when.edtf for row in found.values()) == [
        "2020-11-08", "2021-02-01", "2021-02/2021-04", "2022",
    ]  # fmt: skip
    power = next(r.report for r in found.values() if "power" in r.report.title)
    assert who(power) == [("Min Aung Hlaing", "participant"), ("Myanmar", "participant")]
    assert power.sentence == "The army declares a year of emergency & detains the government."
    assert sample("timelinejs/timeline.json")[0].native == "election-2020"  # type: ignore[union-attr]


def test_wikidata_values_are_as_exact_as_their_precision() -> None:
    for path in ("wikidata/query-sparql.json", "wikidata/query.json", "wikidata/query.csv"):
        found = reports(path)
        assert [r.when.edtf for r in found.values()] == ["2021-03-27", "2020-11", "2021/2023"]
        assert who(found["Q900000001"]) == [("Myanmar", "participant"), ("Russia", "participant")]


def wikidata(**said: str) -> bytes:
    row = {"item": "http://www.wikidata.org/entity/Q900000009", "itemLabel": "sample talks", **said}
    return json.dumps([row]).encode()


def test_wikidata_without_a_precision_takes_no_first_day_for_a_day() -> None:
    lines: list[str] = []
    for value, edtf in (("2021-01-01", "2021"), ("2021-02-01", "2021-02"), ("2021-02-03", "2021-02-03")):
        (row,) = read(wikidata(pointInTime=f"{value}T00:00:00Z"), "q.json", lines.append)
        assert isinstance(row, Row)
        assert row.report.when.edtf == edtf
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("value", "precision", "reason"),
    [
        ("-0044-03-15T00:00:00Z", "11", "the year -44 is out of range: years are 1 to 9999"),
        ("+12021-01-01T00:00:00Z", "9", "the year +12021 is out of range: years are 1 to 9999"),
        ("1900-01-01T00:00:00Z", "6", "a date of precision 6 is too vague for a timeline"),
        ("http://www.wikidata.org/.well-known/genid/1", "", "its date is unknown to Wikidata"),
        ("2021-02-30T00:00:00Z", "11", "the date '2021-02-30' is no day of the calendar"),
    ],
)
def test_wikidata_dates_that_are_none_are_quarantined(value: str, precision: str, reason: str) -> None:
    said = {"pointInTime": value} | ({"pointInTimePrecision": precision} if precision else {})
    assert reasons(wikidata(**said), "q.json") == [reason]


def test_centuries_and_decades_of_wikidata_are_spans() -> None:
    for precision, edtf in (("7", "1901/2000"), ("8", "200X")):
        (row,) = read(wikidata(pointInTime="2000-01-01T00:00:00Z", pointInTimePrecision=precision), "q.json")
        assert isinstance(row, Row)
        assert row.report.when.edtf == edtf


def test_missing_and_new_columns_are_told_once() -> None:
    lines: list[str] = []
    text = ACLED.replace("disorder_type", "mood", 1)
    assert len(by_id(read(text.encode(), "a.csv", lines.append))) == 5
    assert lines == ["columns are missing: disorder_type", "columns are new and kept as attributes: mood"]


def test_every_column_of_a_sample_is_one_that_its_reader_states() -> None:
    for path, name in (("acled/acled-export.csv", "acled"), ("ucdp/ged-sample.csv", "ucdp")):
        header = (SAMPLES / path).read_text().splitlines()[0].split(",")
        assert set(header) <= {column.name for column in formats.row_readers()[name].columns}


def test_the_documents_list_every_column_that_a_reader_states() -> None:
    docs = Path(__file__).parents[3] / "docs"
    for name in ("acled", "ucdp", "polecat", "timelinejs", "wikidata"):
        text = (docs / f"datasets-{name}.md").read_text()
        for column in formats.row_readers()[name].columns:
            assert f"| `{column.name}` | {column.becomes or '—'} | {column.note} |" in text, column.name
