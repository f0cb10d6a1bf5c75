"""`timeline reextract` says what it changes, to a person and to a program, and asks for nothing else."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_commands import STORY
from tests.commands import run


@pytest.fixture
def old(tmp_path: Path) -> str:
    """A store that an earlier version has read."""
    db, story = tmp_path / "t.db", tmp_path / "story.txt"
    story.write_text(STORY)
    run("import", story, "--published", "2025-03-05", "--db", db)
    connection = sqlite3.connect(db)
    connection.execute("UPDATE articles SET extractor = 'timeline-default 0'")
    connection.execute("UPDATE reports SET extractor = 'timeline-default 0', title = 'Old', edtf = '2025'")
    connection.commit()
    connection.close()
    return str(db)


def test_a_dry_run_shows_counts_and_examples_and_a_run_makes_them_so(old: str) -> None:
    planned = run("reextract", "--country", "Myanmar", "--dry-run", "--db", old)
    assert planned.returncode == 0
    assert planned.stderr == "read 1 = 1 would be updated + 0 unchanged\n"
    assert "reports: 0 added, 0 removed, 2 changed, 0 the same" in planned.stdout
    assert "Vladimir Putin meets Min Aung Hlaing in Moscow: 2025 → 2025-03-04" in planned.stdout
    done = run("reextract", "--country", "Myanmar", "--db", old)
    assert done.stdout == planned.stdout
    assert done.stderr == "read 1 = 1 updated + 0 unchanged\n"
    again = run("reextract", "--all", "--db", old)
    assert again.stderr == "read 1 = 0 updated + 1 unchanged\n"
    titles = [e["title"] for e in json.loads(run("show", "--json", "--db", old).stdout)]
    assert "Vladimir Putin meets Min Aung Hlaing in Moscow" in titles


def test_every_change_is_told_to_programs(old: str) -> None:
    rows = json.loads(run("reextract", "--all", "--dry-run", "--json", "--db", old).stdout)
    assert {row["what"] for row in rows} == {"date", "title"}
    lines = run("reextract", "--person", "Putin", "--dry-run", "--nl", "--db", old).stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = list(csv.DictReader(io.StringIO(run("reextract", "--all", "--dry-run", "--csv", "--db", old).stdout)))
    assert table == rows
    one = run("reextract", "--article", rows[0]["article"], "--dry-run", "--json", "--db", old)
    assert json.loads(one.stdout) == rows


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "say which articles"),
        (["--all", "--country", "Myanmar"], 2, "say which articles"),
        (["--article", "0123456789abcdef"], 1, "no article has the id"),
        (["--country", "Atlantis"], 1, "no country is called"),
        (["--person", "Nobody Atall"], 1, "no person is called"),
        (["--since", "nonsense"], 2, "is no date"),
        (["--all", "--json", "--csv"], 2, "only one"),
    ],
)
def test_what_is_not_understood_is_one_clear_line(old: str, arguments: list[str], code: int, said: str) -> None:
    done = run("reextract", *arguments, "--db", old)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_filter_that_finds_nothing_reads_nothing(old: str) -> None:
    done = run("reextract", "--country", "France", "--db", old)
    assert (done.returncode, done.stderr) == (0, "read 0 = 0 updated + 0 unchanged\n")


def test_without_a_store_nothing_is_made(tmp_path: Path) -> None:
    done = run("reextract", "--all", "--db", tmp_path / "none.db")
    assert done.returncode == 1
    assert not (tmp_path / "none.db").exists()
