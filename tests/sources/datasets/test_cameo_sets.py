"""GDELT, ICEWS and Phoenix: what their rows become, from bytes to the timeline, and what hostile bytes do to them."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.sources.datasets.reading import (
    SAMPLES,
    Item,
    by_id,
    counts_of_parts,
    ignored,
    kept,
    outcome,
    read,
    reader_for,
    reasons,
    reports,
    sample,
    who,
)
from timeline.cli.app import program
from timeline.model import ActorKind, Modality, PlaceExactness, Report, Role, Row
from timeline.model.errors import InputError
from timeline.sources import Bad, formats

GDELT = "gdelt/20210201001500.export.CSV"
FILES = {
    "gdelt-2": GDELT,
    "gdelt-1": "gdelt/20130401.export.CSV",
    "icews": "icews/events.2021.tab",
    "phoenix": "phoenix/events.full.20150903.txt",
    "phoenix-historical": "phoenix/historical.csv",
}
DOCS = {"gdelt": ("gdelt-2", "gdelt-1"), "icews": ("icews",), "phoenix": ("phoenix", "phoenix-historical")}


def rows(path: str) -> dict[str, Row]:
    return by_id([each for each in sample(path) if not isinstance(each, Bad)])


def told(path: str) -> dict[str, Report]:
    return {native: row.report for native, row in rows(path).items()}


def gdelt(**cells: str) -> Item:
    """What the sample's first row becomes with other cells."""
    reader = formats.row_readers()["gdelt-2"]
    names = [column.name for column in reader.columns]
    said = dict(zip(names, (SAMPLES / GDELT).read_text().splitlines()[0].split("\t"), strict=True)) | cells
    (found,) = read(("\t".join(said[name] for name in names) + "\n").encode(), "g.csv", reader=reader)
    return found


def report_of(item: Item) -> Report:
    assert isinstance(item, Row), getattr(item, "reason", item)
    return item.report


@pytest.mark.parametrize(
    ("path", "country", "day", "words", "added", "quarantined"),
    [
        (GDELT, "Myanmar", "2021-02-01", "arrests Aung San Suu Kyi", 11, 3),
        ("gdelt/20130401.export.CSV", "North Korea", "2013-04-01", "threatens North Korea", 3, 0),
        ("icews/events.2021.tab", "Myanmar", "2021-06-21", "Min Aung Hlaing visits Russia", 5, 1),
        ("phoenix/events.full.20150903.txt", "Syria", "2015-09-03~", "Syria rebels use military force", 4, 1),
        ("phoenix/historical.csv", "Myanmar", "1988-08-08~", "Myanmar civilians demonstrate", 3, 0),
    ],
)
def test_a_sample_is_imported_by_its_content_and_shown(
    path: str, country: str, day: str, words: str, added: int, quarantined: int, tmp_path: Path
) -> None:
    db, runner = str(tmp_path / "t.db"), CliRunner()
    nameless = tmp_path / "download"
    nameless.write_bytes((SAMPLES / path).read_bytes())
    done = runner.invoke(program(), ["import", str(nameless), "--db", db])
    assert done.exit_code == (3 if quarantined else 0), done.output
    assert f"{added} added" in done.stderr
    shown = runner.invoke(program(), ["show", "--country", country, "--json", "--db", db])
    assert [e for e in json.loads(shown.stdout) if e["when"] == day and words in e["title"]], shown.stdout
    again = runner.invoke(program(), ["import", str(nameless), "--db", db])
    assert f" 0 added + 0 updated + {added} unchanged" in again.stderr


@pytest.mark.parametrize(("name", "path"), FILES.items())
def test_each_sample_is_told_by_its_content_alone(name: str, path: str) -> None:
    assert reader_for((SAMPLES / path).read_bytes(), "download").name == name


def test_gdelt_is_dated_no_more_exactly_than_it_counts() -> None:
    found = told(GDELT)
    assert [found[f"97000000{n}"].when.edtf for n in (1, 7, 8)] == ["2021-02-01", "2020", "2021-01"]
    assert report_of(gdelt(SQLDATE="20210200")).when.edtf == "2021-02"
    assert report_of(gdelt(SQLDATE="20210000")).when.edtf == "2021"
    assert report_of(gdelt(SQLDATE="20210131")).when.edtf == "2021-01-31"
    assert report_of(gdelt(SQLDATE="19790101")).when.edtf == "1979-01-01"  # of the historical files, added long after


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"SQLDATE": "20210230"}, "SQLDATE 20210230 is no day of the calendar"),
        ({"SQLDATE": "00000000"}, "SQLDATE 00000000 has no year"),
        ({"SQLDATE": "2021"}, "SQLDATE '2021' is no date of eight digits"),
        ({"EventCode": "---"}, "EventCode '---' is no CAMEO code"),
        ({"EventCode": ""}, "EventCode '' is no CAMEO code"),
        ({"GLOBALEVENTID": "x"}, "GLOBALEVENTID is no number"),
    ],
)
def test_a_row_of_gdelt_that_cannot_be_kept_says_why(cells: dict[str, str], reason: str) -> None:
    found = gdelt(**cells)
    assert isinstance(found, Bad)
    assert found.reason == reason


def test_actor_codes_are_cameo_and_places_fips() -> None:
    report = report_of(gdelt(ActionGeo_Type="1", ActionGeo_FullName="Austria", ActionGeo_CountryCode="AU"))
    assert report.place is not None
    assert (report.place.country, report.place.exactness) == ("AUT", PlaceExactness.COUNTRY)
    assert [(link.country, link.by) for link in report.countries] == [("AUT", "place"), ("MMR", "actor")]
    by_code = report_of(gdelt(Actor1Code="AUS", Actor1Name="CANBERRA", Actor1CountryCode="AUS"))
    assert who(by_code)[0] == ("Australia", "source")


def test_what_acts_for_a_state_is_the_country_and_its_people_are_a_group() -> None:
    found = told(GDELT)
    assert who(found["970000001"]) == [("Myanmar", "source"), ("Aung San Suu Kyi", "target")]
    assert who(found["970000005"]) == [("Myanmar civilians", "source"), ("Myanmar", "target")]
    assert who(found["970000004"]) == [("United Nations", "source"), ("Myanmar", "target")]
    assert "MMRMIL" in found["970000001"].actors[0].reason
    person = found["970000009"].actors[0].actor
    assert (person.kind, person.id) == (ActorKind.PERSON, "Q935827")


def test_an_actor_without_a_country_stays_unresolved() -> None:
    report = told(GDELT)["970000006"]
    assert [(each.words, each.role) for each in report.unresolved] == [("POLICE", Role.SOURCE)]
    assert who(report) == [("Myanmar civilians", "target")]


def test_rows_without_actors_and_root_codes_are_kept() -> None:
    nobody = told(GDELT)["970000011"]
    assert (nobody.title, nobody.actors, nobody.kind) == ("Military force in Texas", (), "attack")
    assert report_of(gdelt(EventCode="17")).kind == "crackdown"
    assert report_of(gdelt(EventCode="1739")).kind == "arrest"


def test_a_threat_is_what_happened_on_its_day() -> None:
    report = told(GDELT)["970000003"]
    assert (report.type, report.modality) == ("THREATEN", Modality.ACTUAL)


def test_gdelt_types_of_places_say_how_exact_they_are() -> None:
    city = report_of(gdelt()).place
    assert city is not None
    assert (city.name, city.exactness, city.region) == ("Nay Pyi Taw", PlaceExactness.CITY, "Mandalay")
    nowhere = report_of(gdelt(ActionGeo_Lat="19.7#", ActionGeo_Long="")).place
    assert nowhere is not None
    assert (nowhere.name, nowhere.latitude) == ("Naypyidaw", None)
    assert report_of(gdelt(ActionGeo_Type="0", ActionGeo_FullName="")).place is None
    sea = report_of(gdelt(ActionGeo_Type="1", ActionGeo_FullName="Pacific Ocean", ActionGeo_CountryCode="OC")).place
    assert sea is not None
    assert (sea.country, sea.exactness) == ("", PlaceExactness.AREA)


def test_what_a_row_says_beside_is_kept_under_the_names_of_the_set() -> None:
    row = rows(GDELT)["970000001"]
    said = kept(row)
    assert said["EventCode"] == "173"
    assert (said["GoldsteinScale"], said["NumMentions"], said["AvgTone"]) == (-5.0, 120, -3.25)
    assert said["DATEADDED"] == "20210201001500"
    assert (row.url, str(row.reported)) == ("https://news.example/myanmar/coup", "2021-02-01")
    strange = gdelt(AvgTone="nan", Actor1Name='A "\\ B\x1b', QuadClass="007")
    assert isinstance(strange, Row)
    assert {**kept(strange), "rest": 0} == {**kept(strange), "AvgTone": "nan", "QuadClass": "007", "rest": 0}
    assert kept(strange)["Actor1Name"] == 'A "\\ B\x1b'


def test_what_is_not_of_an_articles_lead_weighs_less() -> None:
    assert report_of(gdelt(IsRootEvent="0")).salience < report_of(gdelt(IsRootEvent="1")).salience


def test_gdelt_before_its_addresses_has_57_columns_and_says_so() -> None:
    lines = (SAMPLES / "gdelt/20130401.export.CSV").read_text().splitlines()
    warned: list[str] = []
    found = by_id(read("\n".join(line.rpartition("\t")[0] for line in lines).encode(), "g", warned.append))
    assert [row.url for row in found.values()] == ["", "", ""]
    assert warned == ["columns are missing: SOURCEURL"]
    ten_years_ago = found["250000003"].report
    assert ten_years_ago.when.edtf == "2003"


def test_gdelt_of_another_width_says_which_are_known() -> None:
    data = ("\t".join(["1"] * 30) + "\n").encode() * 200
    assert "57 or 58 columns, of 2.0 61" in reasons(data, "g", formats.row_readers()["gdelt-2"])[0]


def test_mentions_say_why_nothing_is_imported() -> None:
    data = (SAMPLES / "gdelt/20210201001500.mentions.CSV").read_bytes()
    assert reader_for(data, "download").name == "gdelt-mentions"
    assert "which articles told of an event, not what happened" in reasons(data, "m")[0]


def test_icews_names_are_ours_where_they_are_and_else_their_own() -> None:
    found = told("icews/events.2021.tab")
    assert who(found["37000003/2021-06-21"]) == [("Min Aung Hlaing", "source"), ("Russia", "target")]
    assert who(found["37000003/2021-06-22"]) == [("Russia", "source"), ("Myanmar", "target")]
    traders = found["37000004/2021-06-23"].actors[0].actor
    assert (traders.name, traders.kind, traders.country) == ("Golden Star Traders", ActorKind.ORGANISATION, "MMR")


def test_icews_codes_without_their_zero_and_ids_of_several_days() -> None:
    found = rows("icews/events.2021.tab")
    assert found["37000003/2021-06-21"].report.kind == "visit"
    assert kept(found["37000003/2021-06-21"])["CAMEO Code"] == "42"
    assert kept(found["37000001/2021-02-01"])["Intensity"] == -5.0


def test_columns_that_are_missing_or_new_are_told_once() -> None:
    data = (SAMPLES / "icews/events.2021.tab").read_text().replace("Publisher", "Newspaper").encode()
    warned: list[str] = []
    found = read(data, "i", warned.append)
    assert warned == ["columns are missing: Publisher", "columns are new and kept as attributes: Newspaper"]
    assert isinstance(found[0], Row)
    assert kept(found[0])["Newspaper"] == "Example Wire"
    with pytest.raises(InputError, match="CAMEO Code is missing"):
        read(data.replace(b"CAMEO Code", b"Code"), "i", reader=formats.row_readers()["icews"])


def test_a_day_of_phoenix_is_that_of_its_story() -> None:
    found = reports("phoenix/historical.csv")
    assert found["2/EXAMPLE000002"].when.edtf == "1988-08-08~"
    assert found["2/EXAMPLE000002"].place is not None


def test_both_sides_of_one_country_are_told_apart_in_the_title() -> None:
    report = reports("phoenix/historical.csv")["1/EXAMPLE000001"]
    assert report.title == "Myanmar (military) arrests Myanmar (government)"
    assert who(report) == [("Myanmar", "source")]


@pytest.mark.parametrize(("name", "path"), FILES.items())
def test_a_file_that_breaks_off_anywhere_keeps_what_came_before(name: str, path: str) -> None:
    assert counts_of_parts(formats.row_readers()[name], (SAMPLES / path).read_bytes())[-1] == len(rows(path))


def _spoilt(data: bytes) -> Iterator[bytes]:
    text = data.decode()
    for old, new in (("Myanmar", "My\0nmar"), ("\t", "\t\t"), ("2021", "99999999"), ("1988", "0000"), ("96", "9e999")):
        yield text.replace(old, new).encode()
    yield text.replace("a", "\udc80").encode(errors="surrogatepass")
    yield text.replace("a", "ä").encode("latin-1")
    yield text.replace(",", '"').encode()
    yield data.splitlines()[0]
    yield b""
    yield b"\n\n \r\n"
    yield b"\x89PNG\r\n\x1a\n" + bytes(2000)
    yield data + b'"' * 100_001
    yield data + b"\xff\xfe\n"
    yield gzip.compress(data)
    yield text.encode("utf-16")[:-1]


@pytest.mark.parametrize(("name", "path"), FILES.items())
def test_spoilt_files_are_rows_or_reasons(name: str, path: str) -> None:
    for data in _spoilt((SAMPLES / path).read_bytes()):
        outcome(formats.row_readers()[name], data)


@pytest.mark.parametrize(("name", "path"), FILES.items())
def test_marks_line_ends_and_encodings_change_nothing(name: str, path: str) -> None:
    text = (SAMPLES / path).read_text()
    plain = len(rows(path))
    for data in (text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode(), text.encode("utf-16")):
        found = outcome(formats.row_readers()[name], data)
        assert isinstance(found, list)
        assert sum(isinstance(each, Row) for each in found) == plain


@pytest.mark.parametrize("name", ["gdelt-2", "phoenix-historical"])
def test_a_line_without_an_end_is_one_reason_in_little_memory(name: str) -> None:
    """A gigabyte of it; what follows is read."""
    good = (SAMPLES / FILES[name]).read_bytes().splitlines(keepends=True)[:3]

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self._left, self._rest = 1 << 30, io.BytesIO(b"\n" + good[1] + good[2])
            self._first = io.BytesIO(good[0])

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            if data := self._first.read(len(view)):
                view[: len(data)] = data
                return len(data)
            if self._left > 0:
                self._left -= len(view)
                view[:] = b"x" * len(view)
                return len(view)
            data = self._rest.read(len(view))
            view[: len(data)] = data
            return len(data)

    tracemalloc.start()
    found = list(formats.row_readers()[name].rows(io.BufferedReader(Endless(), 1 << 20), "o", ignored))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30_000_000
    assert [each.reason for each in found if isinstance(each, Bad)] == ["the row is longer than a million bytes"]
    assert sum(isinstance(each, Row) for each in found) == (3 if name == "gdelt-2" else 2)


@pytest.mark.parametrize(("page", "names"), DOCS.items())
def test_the_documented_columns_are_those_of_the_reader(page: str, names: tuple[str, ...]) -> None:
    text = (SAMPLES.parents[1] / "docs" / f"datasets-{page}.md").read_text()
    for name in names:
        reader = formats.row_readers()[name]
        assert reader.source in text
        for column in reader.columns:
            assert f"| `{column.name}` | {column.becomes or '—'} | {column.note} |" in text, column.name
