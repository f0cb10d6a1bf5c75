"""The command line as its users run it: real processes, real files, real stores."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import run
from timeline.cli import run as main
from timeline.exports.tables import EVENTS

ARTICLES = Path(__file__).parents[2] / "data" / "articles"
STORY = (
    "Vladimir Putin met Min Aung Hlaing in Moscow on Tuesday. The two leaders signed an agreement on nuclear energy."
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the sample articles."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    done = run("import", ARTICLES, "--db", path)
    assert done.returncode == 0, done.stderr
    return str(path)


def test_an_import_counts_every_item_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    db, story = tmp_path / "t.db", tmp_path / "story.txt"
    story.write_text(STORY)
    first = run("import", story, "--published", "2025-03-05", "--db", db)
    assert first.stderr.strip() == "read 1 = 1 added + 0 updated + 0 unchanged + 0 quarantined"
    assert first.stdout == ""
    again = run("import", story, "--published", "2025-03-05", "--db", db)
    assert again.stderr.strip() == "read 1 = 0 added + 0 updated + 1 unchanged + 0 quarantined"
    story.write_text(STORY + " Putin thanked the general.")
    changed = run("import", story, "--published", "2025-03-05", "--db", db)
    assert changed.stderr.strip() == "read 1 = 0 added + 1 updated + 0 unchanged + 0 quarantined"


def test_the_samples_show_each_happening_once_with_its_sources(demo: str) -> None:
    events = json.loads(run("show", "--country", "Myanmar", "--json", "--db", demo).stdout)
    meetings = [
        e
        for e in events
        if e["kind"] == "meeting" and {"Vladimir Putin", "Min Aung Hlaing"} <= {a["name"] for a in e["actors"]}
    ]
    assert [m["when"] for m in meetings if m["modality"] == "actual"] == ["2022-09-07", "2025-03-04"]
    assert max(e["sources"] for e in events) >= 2
    coups = [e for e in events if e["kind"] == "coup" and e["when"].startswith("2021-02")]
    assert len(coups) == 1
    assert coups[0]["sources"] >= 2


@pytest.mark.parametrize("name", ["Burma", "MMR", "MM", "Myanmar", "myanmar", "Burmese"])
def test_a_country_is_found_by_any_name(demo: str, name: str) -> None:
    assert (
        run("show", "--country", name, "--json", "--db", demo).stdout
        == run("show", "--country", "MMR", "--json", "--db", demo).stdout
    )


@pytest.mark.parametrize("name", ["Putin", "Vladimir Putin", "putin", "Vladimir Vladimirovich Putin"])
def test_a_person_is_found_by_any_name(demo: str, name: str) -> None:
    events = json.loads(run("show", "--person", name, "--json", "--db", demo).stdout)
    assert events
    assert all("Vladimir Putin" in {a["name"] for a in e["actors"]} for e in events)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "--country", "Myanmr"], 1, "Did you mean Myanmar"),
        (["show", "--country", "Atlantis"], 1, "no country is called 'Atlantis'"),
        (["show", "--country", "Korea"], 1, "North Korea or South Korea"),
        (["show", "--person", "Nobody Atall"], 1, "no person is called"),
        (["show", "--kind", "meetng"], 1, "meeting"),
        (["show", "--type", "CONSULTS"], 1, "CONSULT"),
        (["show", "--since", "nonsense"], 2, "--since: 'nonsense' is no date"),
        (["show", "--modality", "maybe"], 2, "actual"),
        (["show", "--json", "--csv"], 2, "only one"),
        (["show", "--limit", "0"], 2, ""),
        (["event", "zzzz"], 1, "no event has the id"),
        (["export", "--format", "pdf"], 2, "csv, tsv, json, jsonl"),
        (["nonsense"], 2, ""),
    ],
)
def test_what_is_not_understood_is_one_clear_line(demo: str, arguments: list[str], code: int, said: str) -> None:
    done = run(*arguments, env={"TIMELINE_DATABASE_URL": demo})
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    if said:
        assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_dates_are_understood_as_people_write_them(demo: str) -> None:
    def ids(*options: str) -> set[str]:
        return {e["id"] for e in json.loads(run("show", "--all", "--json", *options, "--db", demo).stdout)}

    assert ids("--since", "2021-02", "--until", "2021-02") == ids(
        "--since", "1 February 2021", "--until", "28 Feb 2021"
    )
    assert ids("--since", "2025") < ids()
    assert ids("--since", "2025") == ids("--since", "January 1, 2025")


def test_an_event_leads_to_its_sentences_sources_and_reasons(demo: str) -> None:
    event = next(
        e
        for e in json.loads(run("show", "--kind", "meeting", "--json", "--db", demo).stdout)
        if e["when"] == "2025-03-04"
    )
    told = run("event", event["id"][:6], "--db", demo).stdout
    for part in (
        event["id"],
        "span",
        "published 2025-03-05 (header)",
        "timeline-default",
        "known by name",
        "on Tuesday",
    ):
        assert part in told or part.removeprefix("on ") in told, part
    evidence = json.loads(run("event", event["id"], "--json", "--db", demo).stdout)["evidence"]
    assert len(evidence) == event["reports"]


def test_every_listing_speaks_json_csv_and_lines(demo: str) -> None:
    for listing in (["show"], ["countries"], ["people"], ["types"], ["quarantine"]):
        where = [] if listing == ["types"] else ["--db", demo]
        rows = json.loads(run(*listing, "--json", *where).stdout)
        lines = [json.loads(line) for line in run(*listing, "--nl", *where).stdout.splitlines()]
        assert rows == lines
        table = list(csv.reader(io.StringIO(run(*listing, "--csv", *where).stdout)))
        assert len(table) == len(rows) + 1
        assert run(*listing, *where).returncode == 0


def test_export_is_whole_stable_and_described(demo: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    first = run("export", "--country", "MMR", "-o", out, "--db", demo)
    assert first.returncode == 0, first.stderr
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert list(rows[0]) == [column.name for column in EVENTS.columns]
    assert len(rows) == len(json.loads(run("show", "--country", "MMR", "--json", "--db", demo).stdout))
    content = out.read_bytes()
    refused = run("export", "--country", "MMR", "-o", out, "--db", demo)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "--force" in refused.stderr
    assert run("export", "--country", "MMR", "-o", out, "--force", "--db", demo).returncode == 0
    assert out.read_bytes() == content
    assert run("export", "--country", "MMR", "-o", "-", "--db", demo).stdout.encode() == content
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.csv"]
    array = json.loads(run("export", "--format", "json", "--db", demo).stdout)
    lines = [json.loads(line) for line in run("export", "--format", "jsonl", "--db", demo).stdout.splitlines()]
    assert array == lines


def test_an_export_that_cannot_be_written_leaves_nothing(demo: str, tmp_path: Path) -> None:
    done = run("export", "-o", tmp_path / "none" / "out.csv", "--db", demo)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": bytes(range(256)) * 40,
    "nul.txt": b"Putin met Xi.\x00\x00\x00 And so on.",
    "long.txt": b"x" * (50 * 1024 * 1024),
    "header.txt": b"Title: T\nPublished: yesterday\n\nPutin met Xi in Moscow.",
    "lines.jsonl": b'{"id": "a", "text": ""}\nnot json\n[1]\n{"text": "Putin met Xi.", "published": "soon"}\n',
}


def test_bad_files_are_kept_aside_and_the_rest_is_imported(tmp_path: Path) -> None:
    folder, db = tmp_path / "in", tmp_path / "t.db"
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(STORY)
    (folder / "utf16.txt").write_bytes(STORY.replace("Moscow", "Saint Petersburg").encode("utf-16"))
    (folder / "latin.txt").write_bytes(
        "Recep Tayyip Erdo\u011fan met Angela Merkel in M\xfcnchen.".replace("\u011f", "g").encode("latin-1")
    )
    done = run("import", folder, tmp_path / "missing.txt", "--published", "2025-03-05", "--db", db)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "read 13 = 3 added + 0 updated + 0 unchanged + 10 quarantined"
    assert "Traceback" not in done.stderr
    for name in ("empty.txt", "binary.txt", "long.txt", "missing.txt", "lines.jsonl#2"):
        assert sum(name in line for line in done.stderr.splitlines()) == 1, name
    kept = json.loads(run("quarantine", "--json", "--db", db).stdout)
    assert len(kept) == 10
    assert all(row["reason"] for row in kept)
    assert json.loads(run("show", "--person", "Putin", "--json", "--db", db).stdout)


def test_lines_never_take_each_others_place(tmp_path: Path) -> None:
    db = tmp_path / "t.db"
    rows: list[dict[str, object]] = [
        {"text": "Vladimir Putin met Xi Jinping in Moscow.", "published": "2025-03-05"},
        {"id": "1", "text": "Emmanuel Macron visited India.", "published": "2025-03-05"},
        {"id": 7, "text": "Joe Biden visited Japan.", "published": "2025-03-05"},
    ]
    feed = "".join(json.dumps(row) + "\n" for row in rows)
    assert run("import", "-", "--db", db, stdin=feed.encode()).stderr.strip().startswith("read 3 = 3 added")
    feed = json.dumps({"text": "Olaf Scholz visited China.", "published": "2025-03-05"}) + "\n" + feed
    again = run("import", "-", "--db", db, stdin=feed.encode()).stderr.strip()
    assert again == "read 4 = 1 added + 0 updated + 3 unchanged + 0 quarantined"
    assert json.loads(run("extract", "-", stdin=json.dumps(rows[2]).encode()).stdout)["id"] == "7"


@pytest.mark.parametrize("bad", ["\\ud800", "\\u0000"])
@pytest.mark.parametrize("field", ["title", "text"])
def test_a_line_with_characters_that_are_none_stands_alone(tmp_path: Path, bad: str, field: str) -> None:
    good = {"id": "a", "text": "Joe Biden visited Japan.", "title": "A visit", "published": "2025-03-05"}
    line = json.dumps({**good, "id": "b", field: "BAD"}).replace("BAD", f"Half {bad} a word.")
    done = run("import", "-", "--db", tmp_path / "t.db", stdin=f"{line}\n{json.dumps(good)}\n".encode())
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "read 2 = 1 added + 0 updated + 0 unchanged + 1 quarantined"


@pytest.mark.parametrize("what", ["missing", "folder without articles", "only bad"])
def test_an_import_of_nothing_good_fails(tmp_path: Path, what: str) -> None:
    source = tmp_path / "in"
    if what != "missing":
        source.mkdir()
    if what == "only bad":
        (source / "bad.txt").write_bytes(b"\x00\x01\x02" * 100)
    done = run("import", source, "--db", tmp_path / "t.db")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2


def test_a_missing_publication_date_is_said_and_how_to_give_it(tmp_path: Path) -> None:
    done = run(
        "import", "-", "--db", tmp_path / "t.db", stdin=b"Vladimir Putin visited China on Monday, officials there said."
    )
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if "--published" in line] == done.stderr.splitlines()[:1]
    events = json.loads(run("show", "--all", "--json", "--db", tmp_path / "t.db").stdout)
    assert [e["when"] for e in events if e["kind"] == "visit"] == [None]


@pytest.mark.parametrize("content", [b"not a database" * 100, b""])
def test_a_store_that_is_none_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(content)
    done = run("show", "--db", path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert str(path) in done.stderr


def test_a_locked_store_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    path, story = tmp_path / "t.db", tmp_path / "story.txt"
    story.write_text(STORY)
    run("import", story, "--db", path)
    monkeypatch.setattr("timeline.store.engine.BUSY_SECONDS", 1)
    monkeypatch.setattr(sys, "argv", ["timeline", "import", str(story), "--title", "New", "--db", str(path)])
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        code = main()
        holder.execute("ROLLBACK")
    err = capsys.readouterr().err
    assert code == 1
    assert err.count("\n") == 1
    assert "locked" in err


def test_extract_reads_text_and_json_lines_and_keeps_their_order(tmp_path: Path) -> None:
    story, lines = tmp_path / "story.txt", tmp_path / "stories.jsonl"
    story.write_text(STORY)
    rows = [{"id": f"a{n}", "text": f"{STORY} Story {n}.", "published": "2025-03-05"} for n in range(40)]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows) + "broken\n")
    one = run("extract", story, "--published", "2025-03-05")
    assert next(e["when"] for e in json.loads(one.stdout)["events"]) == "2025-03-04"
    many = run("extract", lines, "--jobs", "2")
    assert many.returncode == 3
    assert [json.loads(line)["id"] for line in many.stdout.splitlines()] == [row["id"] for row in rows]
    assert "stories.jsonl#41" in many.stderr
    piped = run("extract", "-", stdin=lines.read_bytes())
    assert piped.stdout == many.stdout


def test_actors_come_with_the_words_that_name_them(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY + " The general thanked Russia.")
    text, (told,) = story.read_text(), map(json.loads, run("extract", story).stdout.splitlines())
    actors = [actor for event in told["events"] for actor in event["actors"]]
    assert all(text[actor["start"] : actor["end"]] == actor["words"] for actor in actors)
    assert {("Vladimir Putin", "leaders"), ("Min Aung Hlaing", "Min Aung Hlaing")} <= {
        (actor["name"], actor["words"]) for actor in actors
    }


def test_a_reader_that_stops_early_is_no_error(demo: str) -> None:
    shell = f"'{sys.executable}' -m timeline show --all --nl --db '{demo}' | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160)])) + "\u202e\u2066\u200f"


def test_nothing_in_a_text_acts_on_the_terminal_or_the_spreadsheet(tmp_path: Path) -> None:
    db = tmp_path / "t.db"
    line = {
        "id": "x",
        "text": f"Vladimir Putin met Xi Jinping [bold]in[/x] Moscow\x1b]0;own\x07 {CONTROLS} on Tuesday for talks.",
        "title": f"=cmd|' /C calc'!A0 {CONTROLS}",
        "published": "2025-03-05",
        "url": "javascript:alert(1)",
    }
    run("import", "-", "--db", db, stdin=json.dumps(line).encode())
    shown = run("show", "--all", "--db", db).stdout
    event = json.loads(run("show", "--all", "--json", "--db", db).stdout)[0]["id"]
    for printed in (shown, run("event", event, "--db", db).stdout):
        assert not set(printed) & (set(CONTROLS) | {"\x1b", "\x07"})
    cells = [c for row in csv.reader(io.StringIO(run("export", "--all", "--db", db).stdout)) for c in row]
    assert not [c for c in cells if c[:1] in ("=", "+", "@")]
    assert run("show", "--text", "[/x]", "--db", db).returncode == 0


def test_the_database_says_its_state(demo: str) -> None:
    told = json.loads(run("db", "status", "--json", "--db", demo).stdout)
    assert told["revision"] == told["head"]
    assert told["articles"] == len(list(ARTICLES.glob("*.txt")))
    assert run("db", "upgrade", "--db", demo).returncode == 0


def test_the_same_commands_serve_postgresql(postgres_server: str, tmp_path: Path) -> None:
    import psycopg
    from sqlalchemy import make_url

    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS cli WITH (FORCE)")
        connection.execute("CREATE DATABASE cli")
    url = make_url(postgres_server).set(database="cli").render_as_string(hide_password=False)
    environment = {"TIMELINE_DATABASE_URL": url}
    assert run("import", ARTICLES, env=environment).returncode == 0
    assert run("import", ARTICLES, "--db", tmp_path / "t.db").returncode == 0
    for listing in (["show", "--json"], ["countries", "--json"], ["people", "--json"], ["export"]):
        assert run(*listing, env=environment).stdout == run(*listing, "--db", tmp_path / "t.db").stdout
