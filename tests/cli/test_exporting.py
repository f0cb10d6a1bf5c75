"""timeline export and timeline formats, as their users run them."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import run, start
from tests.exports.making import REPORTS, store_at, told
from timeline.exports.formats import formats
from timeline.exports.tables import ACTORS, EVENTS
from timeline.exports.tables import REPORTS as REPORTS_TABLE
from timeline.store import open_store


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("exporting") / "store.db"
    store_at(path)
    return str(path)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_is_written_whole_and_the_same_again(db: str, tmp_path: Path, name: str) -> None:
    out = tmp_path / f"out{formats()[name].suffix}"
    done = run("export", "--all", "-o", out, "--db", db)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    many = len(REPORTS) - 1  # one is hidden
    undated = 1 if formats()[name].dated else 0
    assert done.stderr.splitlines()[0] == f"Wrote {many - undated} events to {out}."
    assert ("Left out 1 event without a date" in done.stderr) is bool(undated)
    before = out.read_bytes()
    assert run("export", "--all", "-o", out, "--force", "--db", db).returncode == 0
    assert out.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [out.name]


def test_what_exists_is_written_over_only_by_force(db: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine")
    done = run("export", "-o", out, "--db", db)
    assert (done.returncode, done.stderr.count("\n"), out.read_text()) == (1, 1, "mine")
    assert "--force" in done.stderr
    (tmp_path / "new.csv-metadata.json").write_text("mine")
    assert run("export", "-o", tmp_path / "new.csv", "--with-metadata", "--db", db).returncode == 1
    assert not (tmp_path / "new.csv").exists()
    assert run("export", "-o", "/dev/null", "--db", db).returncode == 0


def test_a_dash_is_standard_output_whole_and_alone(db: str) -> None:
    dash = run("export", "--all", "-o", "-", "--db", db)
    assert dash.stdout == run("export", "--all", "--db", db).stdout
    assert dash.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--format", "xslx"], 2, "'timeline formats' tells more"),
        (["--columns", "id,titel"], 2, "Did you mean title"),
        (["--columns", ""], 2, "name some columns"),
        (["--columns", "id", "--format", "json"], 2, "json has no columns"),
        (["--long", "--format", "kml"], 2, "kml has no columns"),
        (["--raw", "--format", "json"], 2, "Say --format csv, tsv, parquet"),
        (["--raw", "-o", "x.xlsx"], 2, "--raw: xlsx"),
        (["--long", "--reports"], 2, "only one of --long and --reports"),
        (["--with-metadata"], 2, "Say where with -o"),
        (["--with-metadata", "--format", "xlsx"], 2, "xlsx describes itself"),
        (["--partition-by", "year"], 2, "only Parquet"),
        (["--partition-by", "kind", "--format", "parquet", "-o", "x"], 2, "only by year"),
        (["-o", "no/such/folder.csv"], 1, "cannot be written"),
    ],
)
def test_what_does_not_go_together_is_one_clear_line(db: str, arguments: list[str], code: int, said: str) -> None:
    done = run("export", *arguments, "--db", db)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert said in done.stderr


def test_columns_long_and_reports_are_tables_of_the_same_events(db: str) -> None:
    wide = rows(run("export", "--all", "--db", db).stdout)
    chosen = rows(run("export", "--all", "--columns", "when,id", "--db", db).stdout)
    assert [list(row.values()) for row in chosen] == [[row["when"], row["id"]] for row in wide]
    long = rows(run("export", "--all", "--long", "--db", db).stdout)
    assert list(long[0]) == [column.name for column in ACTORS.columns]
    assert list(dict.fromkeys(row["event"] for row in long)) == [row["id"] for row in wide]
    assert len([row for row in long if row["actor"]]) == sum(
        len(row[f"{side}_ids"].split("; "))
        for row in wide
        for side in ("source", "target", "participant")
        if row[f"{side}_ids"]
    )


def test_a_row_for_each_report_is_what_the_store_has_on_record(tmp_path: Path) -> None:
    articles = Path(__file__).parents[2] / "data" / "articles"
    db = str(tmp_path / "demo.db")
    assert run("import", *sorted(articles.glob("*.txt"))[:4], "--db", db).returncode == 0
    found = rows(run("export", "--all", "--reports", "--db", db).stdout)
    assert list(found[0]) == [column.name for column in REPORTS_TABLE.columns]
    with open_store(db, create=False) as store:
        expected = [(event.id, e) for event in store.events() for e in store.evidence(event.id)]
        texts = {article: store.article(article).text for article in {row["article"] for row in found}}
    assert [
        (
            r["event"],
            r["report"],
            r["sentence"],
            r["when"],
            r["article"],
            r["publisher"],
            r["published"],
            r["extractor"],
        )
        for r in found
    ] == [
        (
            *(event, e.key, e.read.sentence, e.read.when.edtf, e.article_id, e.publisher),
            *(str(e.published or ""), e.extractor),
        )
        for event, e in expected
    ]
    for row in found:
        assert texts[row["article"]][int(row["start"]) : int(row["end"])].split()[0] in row["sentence"]


def test_the_dictionary_lists_the_columns_and_needs_no_store(tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    told_ = rows(run("export", "--dictionary", "--db", missing).stdout)
    assert [row["column"] for row in told_] == [column.name for column in EVENTS.columns]
    some = rows(run("export", "--dictionary", "--columns", "when,id", "--format", "xlsx").stdout)
    assert [(row["column"], row["type"]) for row in some] == [("when", "string"), ("id", "string")]
    assert not missing.exists()


def test_metadata_lies_beside_the_file(db: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run("export", "--with-metadata", "-o", out, "--db", db).returncode == 0
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert package["resources"][0]["path"] == "out.csv"
    assert package["resources"][0]["bytes"] == out.stat().st_size
    assert json.loads((tmp_path / "out.csv-metadata.json").read_text())["url"] == "out.csv"
    again = tmp_path / "again"
    again.mkdir()
    run("export", "--with-metadata", "-o", again / "out.csv", "--db", db)
    assert [(again / path.name).read_bytes() == path.read_bytes() for path in tmp_path.glob("*.*")] == [True] * 3


def test_a_folder_by_year_is_whole_or_not_there(db: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    folder = tmp_path / "events"
    command = ("export", "--all", "--format", "parquet", "--partition-by", "year", "-o", folder, "--db", db)
    assert run(*command).returncode == 0
    assert run(*command).returncode == 1
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.parquet")}
    assert run(*command, "--force").returncode == 0
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.parquet")} == before
    assert len(pq.read_table(folder)) == len(REPORTS) - 1
    assert [path.name for path in tmp_path.iterdir()] == ["events"]


def test_another_package_brings_a_format(db: str, tmp_path: Path) -> None:
    (tmp_path / "titles.py").write_text(
        "class Titles:\n"
        "    suffix, purpose = '.titles', 'titles alone'\n"
        "    def write(self, events, options):\n"
        "        for event in events:\n"
        "            yield f'{event.title}\\n'.encode()\n"
    )
    about = tmp_path / "titles-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: titles\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[timeline.exporters]\ntitles = titles:Titles\n")
    env = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    listed = {row["format"]: row for row in json.loads(start("formats", "--json", env=env).stdout)}
    assert (listed["titles"]["suffix"], listed["titles"]["for"]) == (".titles", "titles alone")
    shown = start("export", "--limit", "1", "--format", "titles", "--db", db, env=env).stdout
    assert shown == "An old war begins\n"


def test_formats_are_listed_with_what_they_need() -> None:
    listed = json.loads(run("formats", "--json").stdout)
    assert [row["format"] for row in listed] == list(formats())
    assert {row["extra"] for row in listed} >= {None, "xlsx", "parquet", "ical", "graph", "ftm"}
    assert all(row["installed"] for row in listed)
    assert "pip" not in run("formats").stdout


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    db = str(tmp_path_factory.mktemp("many") / "store.db")
    store_at(Path(db), [told(f"Event {n}", "2021-02-01") for n in range(200)])
    out = tmp_path / "out.json"
    out.write_text("old")
    done = subprocess.run(
        [sys.executable, "-m", "timeline", "export", "--all", "-o", str(out), "--force", "--db", db],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cannot be written" in done.stderr
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.parametrize("name", ["xlsx", "parquet", "html", "ics", "kml"])
def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    db = str(tmp_path / "store.db")
    store_at(Path(db), [told(os.urandom(200).hex(), "2021-02-01") for _ in range(300)])
    folder = tmp_path / "out"
    folder.mkdir()
    # The store's own shared memory needs 32 kB.
    done = subprocess.run(
        [sys.executable, "-m", "timeline", "export", "--all", "-o", str(folder / f"out.{name}"), "--db", db],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(folder)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (33_000, 33_000)),
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cannot be written" in done.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", [("export", "--all"), ("export", "-f", "xlsx"), ("show",), ("formats", "--json")])
def test_standard_output_on_a_full_disk_is_one_clear_line(db: str, command: tuple[str, ...]) -> None:
    store = [] if command[0] == "formats" else ["--db", db]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "timeline", *command, *store],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "standard output: no space left" in done.stderr


_KILLED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests may ignore it
from pathlib import Path
from timeline.exports.files import write_atomically
def pieces():
    yield b"new" * 100_000
    os.kill(os.getpid(), getattr(signal, sys.argv[2]))
write_atomically(Path(sys.argv[1]), pieces())
"""


def test_a_kill_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    done = subprocess.run([sys.executable, "-c", _KILLED, str(out), "SIGKILL"], check=False)
    assert done.returncode == -9
    assert out.read_text() == "old"


def test_an_interrupt_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    done = subprocess.run([sys.executable, "-c", _KILLED, str(out), "SIGINT"], check=False, stderr=subprocess.DEVNULL)
    assert done.returncode != 0
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_binary_format_is_kept_from_a_terminal(db: str) -> None:
    import pty

    main, other = pty.openpty()
    command = [sys.executable, "-m", "timeline", "export", "--format", "xlsx", "--db", db]
    done = subprocess.run(command, stdout=other, stderr=subprocess.PIPE, text=True, check=False)
    os.close(other)
    os.close(main)
    assert done.returncode == 2
    assert "not for a terminal" in done.stderr


def test_formulas_of_sources_reach_no_spreadsheet(tmp_path: Path) -> None:
    db = tmp_path / "t.db"
    store_at(db, [told("=1+1", "2021-02-01"), told(" @SUM(A1)", "2021-02-02"), told("-2", "2021-02-03")])
    found = rows(run("export", "--all", "--hidden", "--db", db).stdout)
    assert [row["title"] for row in found] == ["'=1+1", "' @SUM(A1)", "-2"]
    raw = rows(run("export", "--all", "--hidden", "--raw", "--db", db).stdout)
    assert [row["title"] for row in raw] == ["=1+1", " @SUM(A1)", "-2"]
