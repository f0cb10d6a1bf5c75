"""Mapping files: any table read by one, one proposed for any table, and what is wrong with one told by its line."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.sources.datasets.reading import SAMPLES, by_id, ignored
from timeline.cli.app import app
from timeline.model import Article, Row
from timeline.model.errors import InputError, UsageError
from timeline.sources import Bad, Reader, RowReader
from timeline.sources.datasets.mapped import reader_by, reader_of
from timeline.sources.datasets.mapping import TABLES, parse
from timeline.sources.datasets.proposing import Proposal, look_at, propose
from timeline.sources.records.opening import open_records

INCIDENTS = SAMPLES / "mapping/incidents.csv"
MAPPING = SAMPLES / "mapping/incidents.toml"
LEAST = '[date]\ncolumn = "d"\n[row]\ntitle = "{t}"\n'


def table(*rows: dict[str, str]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def mapped(toml: str, data: bytes) -> list[Any]:
    reader = reader_by(parse(toml, "m.toml"))
    assert isinstance(reader, RowReader)
    return list(reader.rows(io.BytesIO(data), "t", ignored))


def one(toml: str, **cells: str) -> Row:
    (row,) = mapped(toml, table(cells))
    assert isinstance(row, Row), row.reason
    return row


def proposed(*rows: dict[str, str], first_is_day: bool | None = None) -> Proposal:
    records = open_records(io.BytesIO(table(*rows)), "t")
    return propose(records.columns, look_at(records), "t", first_is_day)


def told(proposal: Proposal) -> dict[str, Any]:
    return tomllib.loads(proposal.toml)


def test_the_sample_is_imported_by_its_mapping_and_shown(tmp_path: Path) -> None:
    db, runner = str(tmp_path / "t.db"), CliRunner()
    done = runner.invoke(app, ["import", str(INCIDENTS), "--mapping", str(MAPPING), "--db", db])
    assert done.exit_code == 0, done.output
    events = json.loads(runner.invoke(app, ["show", "--country", "Myanmar", "--json", "--db", db]).stdout)
    assert [(e["when"], e["title"], e["kind"]) for e in events] == [
        ("2021-02-14", "Myanmar clashes with Arakan Army", "clash"),
        ("2021-03", "Myanmar: air strike", "air strike"),
        ("2021-04-05", "Thailand holds talks with Myanmar", "talks"),
    ]


def _as_xlsx(rows: list[dict[str, str]]) -> bytes:
    import openpyxl

    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(file)
    return file.getvalue()


def _as_parquet(rows: list[dict[str, str]]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows), file)
    return file.getvalue()


def test_every_kind_of_table_gives_the_same_rows() -> None:
    text = INCIDENTS.read_text()
    rows = list(csv.DictReader(io.StringIO(text)))
    reader = reader_of(str(MAPPING))
    assert isinstance(reader, RowReader)
    kinds = {
        "csv": text.encode(),
        "tsv": "\n".join("\t".join(row.values()) for row in [dict(zip(rows[0], rows[0], strict=True)), *rows]).encode(),
        "jsonl": "\n".join(json.dumps(row) for row in rows).encode(),
        "json": json.dumps(rows).encode(),
        "xlsx": _as_xlsx(rows),
        "parquet": _as_parquet(rows),
    }
    found = {kind: by_id(list(reader.rows(io.BytesIO(data), "t", ignored))) for kind, data in kinds.items()}
    for kind, each in found.items():
        assert each == found["csv"], kind


def test_dates_come_from_one_column_or_from_three_with_an_end_and_a_precision() -> None:
    assert one(LEAST, d="2021-02", t="x").report.when.edtf == "2021-02"
    parts = '[date]\nyear = "y"\nmonth = "m"\nday = "d"\nend_year = "y2"\nend_month = "m2"\n[row]\ntitle = "{t}"\n'
    assert one(parts, y="2021", m="2", d="", y2="2021", m2="4", t="x").report.when.edtf == "2021-02/2021-04"
    prec = '[date]\ncolumn = "d"\nprecision = "p"\n[date.precisions]\n2 = "week"\n[row]\ntitle = "{t}"\n'
    assert one(prec, d="2021-02-14", p="2", t="x").report.when.edtf == "2021-02-08/2021-02-14"
    (bad,) = mapped(prec, table({"d": "2021-02-14", "p": "7", "t": "x"}))
    assert bad.reason == "the precision '7' is none of [date] precisions"


def test_types_come_from_a_table_from_cameo_or_from_plover() -> None:
    values = LEAST + '[type]\ncolumn = "c"\n[type.values]\n"Border Clash" = "clash"\n'
    assert one(values, d="2021", t="x", c="border clash").report.kind == "clash"
    assert one(values, d="2021", t="x", c="Dance").report.kind == "development"
    assert json.loads(one(values, d="2021", t="x", c="Dance").attributes or "")["c"] == "Dance"
    cameo = LEAST + '[type]\ncolumn = "c"\nscheme = "cameo"\n'
    assert one(cameo, d="2021", t="x", c="042").report.kind == "visit"
    plover = LEAST + '[type]\ncolumn = "c"\nmode = "m"\nscheme = "plover"\n'
    assert one(plover, d="2021", t="x", c="ASSAULT", m="drone").report.kind == "drone strike"
    (bad,) = mapped(plover, table({"d": "2021", "t": "x", "c": "DANCE", "m": ""}))
    assert bad.reason == "the type 'DANCE' is none of PLOVER"


def test_actors_countries_and_places_come_from_their_columns() -> None:
    toml = LEAST + (
        '[actors]\nsource = "a"\nparticipants = ["b", "c"]\n[place]\ncountry = "gw"\nscheme = "gw"\npoint = "xy"\n'
        '[countries]\ncolumns = "more"\nscheme = "iso3"\n'
    )
    report = one(
        toml, d="2021", t="x", a="Vladimir Putin", b="Min Aung Hlaing; ASEAN", c="Blue Lotus Front", gw="775",
        xy="Point(96.13 19.75)", more="THA;LAO",
    ).report  # fmt: skip
    assert [(p.actor.name, p.role.value) for p in report.actors] == [
        ("Vladimir Putin", "source"), ("Min Aung Hlaing", "participant"), ("ASEAN", "participant"),
        ("Blue Lotus Front", "participant"), ("Thailand", "participant"), ("Laos", "participant"),
    ]  # fmt: skip
    assert report.place is not None
    assert (report.place.country, report.place.latitude, report.place.longitude) == ("MMR", 19.75, 96.13)
    assert {link.country for link in report.countries} >= {"MMR", "THA", "LAO", "RUS"}


def test_cells_that_say_nothing_are_empty_and_a_kind_without_a_verb_has_a_title() -> None:
    toml = 'empty = ["None"]\n[date]\ncolumn = "d"\n[type]\ncolumn = "c"\n[actors]\nsource = "a"\ntarget = "b"\n'
    assert one(toml, d="2021", a="Myanmar", b="Thailand", c="Flood relief").report.title == (
        "Myanmar and Thailand: Flood relief"
    )
    assert one(toml, d="2021", a="Myanmar", b="None", c="None").report.title == "Myanmar: development"


def test_a_row_without_an_id_is_known_by_all_that_it_says() -> None:
    first, again, other = (one(LEAST, d="2021", t=t).native for t in ("x", "x", "y"))
    assert first == again != other
    (bad,) = mapped(LEAST.replace("[row]", '[row]\nid = "i"'), table({"d": "2021", "t": "x", "i": ""}))
    assert bad.reason == "the row has no id: i is empty"


def test_attributes_are_the_rest_or_those_named_and_the_type_always() -> None:
    def kept(wanted: str) -> dict[str, object]:
        toml = f'{LEAST}[type]\ncolumn = "c"\n[attributes]\ncolumns = {wanted}\n'
        found: dict[str, object] = json.loads(
            one(toml, d="2021", t="x", c="Talks", n="7", zip="007").attributes or "{}"
        )
        return found

    assert kept('"rest"') == {"d": 2021, "t": "x", "c": "Talks", "n": 7, "zip": "007"}
    assert kept('["n"]') == {"c": "Talks", "n": 7}
    assert kept('"none"') == {"c": "Talks"}


@pytest.mark.parametrize(
    ("toml", "where", "what", "hint"),
    [
        ("[date\n", "m.toml", "it is no TOML", "line 1"),
        ("[dates]\n", "m.toml, line 1, [dates]", "there is no table [dates]", "date"),
        ('what = "evnts"\n', "m.toml, line 1, what", "'evnts' is none", "events"),
        (LEAST + '[place]\n\nlattitude = "x"\n', "m.toml, line 7, [place] lattitude", "no 'lattitude'", "latitude"),
        ('[date]\ncolumn = "d"\nform = "?"\n', "m.toml, line 3, [date] form", "still to be said", "day first"),
        ('[date]\ncolumn = "d"\nform = "dayfirst"\n', "m.toml, line 3, [date] form", "no form", "day first"),
        (LEAST + '[type]\ncolumn = "c"\n[type.values]\nA = "protst"\n', "[type] values, 'A'", "protst", "protest"),
        (LEAST + '[place]\nscheme = "gwn"\n', "m.toml, line 6, [place] scheme", "'gwn' is none", "gw"),
        (LEAST + "[row2]\n", "m.toml, line 5, [row2]", "there is no table", "row"),
        ('[row]\ntitle = "{t}"\n', "m.toml", "[date] names no column", "column"),
        ('[date]\ncolumn = "d"\n', "m.toml", "nothing says what happened", "title"),
        ('what = "articles"\n', "m.toml", "[article] names no column of the text", "text"),
        (LEAST + '[dataset]\nlinked = "yes"\n', "m.toml, line 6, [dataset] linked", "true or false", ""),
        (LEAST + "[actors]\nsource = []\n", "m.toml, line 6, [actors] source", "a list of columns", ""),
    ],
)
def test_what_is_wrong_with_a_mapping_is_told_by_its_line(toml: str, where: str, what: str, hint: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(toml, "m.toml")
    assert where in refused.value.where
    assert what in refused.value.what
    assert hint in str(refused.value)


def test_a_column_that_is_not_there_is_told_with_the_nearest_one() -> None:
    with pytest.raises(InputError) as refused:
        mapped(LEAST, table({"d": "2021", "tt": "x"}))
    assert str(refused.value) == "m.toml, line 4, [row] title: there is no column 't'. Did you mean tt?"


def test_a_mapping_that_is_not_there_is_a_wrong_use() -> None:
    with pytest.raises(UsageError, match="no such file"):
        reader_of("/nowhere/m.toml")


def test_a_mapping_is_proposed_by_names_and_values() -> None:
    rows = list(csv.DictReader(io.StringIO(INCIDENTS.read_text())))
    found = proposed(*rows)
    assert found.doubts == []
    expected = tomllib.loads(MAPPING.read_text())
    proposal = told(found)
    for name in ("row", "date", "actors", "place"):
        assert proposal[name] == expected[name], name
    assert proposal["type"]["values"]["Border clash"] == "clash"


def test_dates_that_can_be_read_twice_are_asked_about_and_never_guessed() -> None:
    rows = [{"date": day, "title": "Talks held"} for day in ("03/04/2021", "05/06/2021")]
    found = proposed(*rows)
    assert told(found)["date"]["form"] == "?"
    assert any("which can be read in two ways" in doubt for doubt in found.doubts)
    with pytest.raises(InputError, match="still to be said"):
        parse(found.toml, "m.toml")
    assert told(proposed(*rows, first_is_day=False))["date"]["form"] == "month first"


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (("2021-02-01", "2021-02"), "iso"),
        (("13/04/2021", "03/04/2021"), "day first"),
        (("04/13/2021", "04/03/2021"), "month first"),
        (("03.04.2021", "05.06.2021"), "day first"),
        (("3 April 2021", "12 May 2021"), "month named"),
        (("20210403", "20210512"), "compact"),
    ],
)
def test_the_form_of_dates_is_told_by_their_values(values: tuple[str, ...], form: str) -> None:
    assert told(proposed(*({"day": v, "title": "Talks held"} for v in values)))["date"]["form"] == form


def test_codes_of_countries_are_told_and_those_of_two_schemes_are_asked_about() -> None:
    base = {"date": "2021-02-01", "title": "Talks held"}
    names = proposed(*({**base, "country": c} for c in ("Myanmar", "Thailand", "Laos")))
    assert told(names)["place"] == {"country": "country", "scheme": "name"}
    iso3 = proposed(*({**base, "country": c} for c in ("MMR", "THA", "LAO")))
    assert told(iso3)["place"]["scheme"] == "iso3"
    numbers = proposed(*({**base, "gwno": c} for c in ("775", "800")))
    assert told(numbers)["place"]["scheme"] == "gw"
    two = proposed(*({**base, "country": c} for c in ("CH", "AU", "BG")))
    assert told(two)["place"]["scheme"] == "iso2"
    assert any("could be fips" in doubt for doubt in two.doubts)


def test_values_that_name_no_kind_are_asked_about() -> None:
    found = proposed(*({"date": "2021-02-01", "type": t, "text": "Something happened."} for t in ("protest", "zzz")))
    assert told(found)["type"]["values"] == {"protest": "protest", "zzz": "development"}
    assert any("zzz" in doubt for doubt in found.doubts)


def test_hostile_names_and_values_stay_inside_their_strings() -> None:
    nasty = 'x"\n[dataset]\nname = "evil'
    rows = [{"date": "2021-02-01", "type": nasty, nasty: "1", "text": "Something happened."}]
    found = told(proposed(*rows))
    assert found["dataset"]["name"] == "t"
    assert list(found["type"]["values"]) == [nasty.replace("\n", "\n")]


def test_tables_of_articles_are_proposed_as_articles_and_read_without_a_mapping(tmp_path: Path) -> None:
    path = SAMPLES / "mapping/articles.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    found = proposed(*rows)
    assert told(found)["what"] == "articles"
    reader = reader_by(parse(found.toml, "m.toml"))
    assert isinstance(reader, Reader)
    assert not isinstance(reader, RowReader)
    first = next(iter(reader.read(path.read_bytes(), "o")))
    assert isinstance(first, Article)
    assert (first.title, first.published, first.publisher, first.origin) == (
        "Officers talk about border", date(2021, 4, 6), "Example Wire", "o#line=2",
    )  # fmt: skip
    done = CliRunner().invoke(app, ["import", str(path), "--db", str(tmp_path / "t.db")])
    assert "2 added" in done.stderr


def test_articles_with_a_form_of_dates_or_without_a_text() -> None:
    toml = 'what = "articles"\n[article]\ntext = "b"\npublished = "d"\nform = "day first"\n'
    reader = reader_by(parse(toml, "m.toml"))
    assert isinstance(reader, Reader)
    good, bad = reader.read(table({"b": "Text.", "d": "03/04/2021"}, {"b": "", "d": "04/04/2021"}), "o")
    assert isinstance(good, Article)
    assert good.published == date(2021, 4, 3)
    assert isinstance(bad, Bad)
    assert bad.reason == "it has no text"


def test_a_table_of_nothing_known_says_how_it_can_be_read(tmp_path: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(app, ["import", str(INCIDENTS), "--db", str(tmp_path / "t.db")])
    assert done.exit_code == 1
    assert "'timeline mapping new FILE' proposes a mapping" in done.stderr


def test_new_writes_a_mapping_with_a_preview_and_never_over_a_file(tmp_path: Path) -> None:
    out, runner = tmp_path / "m.toml", CliRunner()
    done = runner.invoke(app, ["mapping", "new", str(INCIDENTS), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "2021-02-14  Myanmar clashes with Arakan Army  [clash]" in done.stderr
    assert done.stdout == ""
    assert runner.invoke(app, ["mapping", "check", str(INCIDENTS), "--mapping", str(out)]).exit_code == 0
    again = runner.invoke(app, ["mapping", "new", str(INCIDENTS), "-o", str(out)])
    assert isinstance(again.exception, UsageError)


def test_new_asks_by_exit_code_3_and_check_counts_what_cannot_be_read(tmp_path: Path) -> None:
    data, out, runner = tmp_path / "t.csv", tmp_path / "m.toml", CliRunner()
    data.write_bytes(table(*({"id": str(n), "date": f"0{n}/04/2021", "title": "Talks held"} for n in range(1, 4))))
    asked = runner.invoke(app, ["mapping", "new", str(data)])
    assert asked.exit_code == 3
    assert 'form = "?"' in asked.stdout
    settled = runner.invoke(app, ["mapping", "new", str(data), "--day-first", "-o", str(out)])
    assert settled.exit_code == 0, settled.output
    data.write_bytes(data.read_bytes() + b"4,99/99/2021,Talks held\n")
    checked = runner.invoke(app, ["mapping", "check", str(data), "--mapping", str(out)])
    assert checked.exit_code == 3
    assert "read 4 = 3 good + 1 that would go to quarantine" in checked.stderr


def test_a_mapping_or_a_list_of_jobs_among_what_is_imported_is_no_article(tmp_path: Path) -> None:
    story, jobs, proposed = (tmp_path / name for name in ("story.txt", "jobs.txt", "proposed"))
    story.write_text("[date] of issue: Monday\n\nMalaysia's king flew to Brunei on Monday for a visit of three days.")
    jobs.write_text('# Every hour.\n[jobs.wire]\nsources = ["https://wire.example/feed"]\nevery = "1h"\n')
    runner = CliRunner()
    plain = tmp_path / "plain.csv"
    plain.write_text("day,what\n2025-03-01,a\n2025-03-02,b\n")
    runner.invoke(app, ["mapping", "new", str(plain), "-o", str(proposed)])
    among = list(map(str, (MAPPING, story, jobs, proposed)))
    done = runner.invoke(app, ["import", *among, "--published", "2025-03-05", "--db", str(tmp_path / "t.db")])
    assert (done.exit_code, done.stderr.count("this is a mapping, and passed over")) == (0, 2), done.stderr
    assert f"{jobs}: this is a list of jobs, and passed over. Define them by it: timeline jobs apply" in done.stderr
    assert "read 1 = 1 added + 0 updated + 0 unchanged + 0 quarantined" in done.stderr
    tables = ["import", str(INCIDENTS), str(MAPPING), "--mapping", str(MAPPING), "--db", str(tmp_path / "t.db")]
    by_it = runner.invoke(app, tables)
    assert (by_it.exit_code, by_it.stderr.count("passed over")) == (0, 1), by_it.stderr
    seen = runner.invoke(app, ["inspect", str(MAPPING)])
    assert (seen.exit_code, "this is a mapping, and passed over" in seen.stdout) == (0, True)


def test_the_document_tells_every_key() -> None:
    text = (Path(__file__).parents[3] / "docs" / "mapping.md").read_text()
    for name, keys in TABLES.items():
        assert f"[{name}]" in text or not name
        for key, sort in keys.items():
            assert f"`{key}`" in text or f"[{name}.{key}]" in text or f"\n{key} = " in text, (name, key, sort)
