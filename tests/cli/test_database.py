"""db export, db import: a whole store goes into a file and out of it, packed or not, or through a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.store.making import Told, extraction, import_
from timeline.store import open_store


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "t.db"
    with open_store(str(path)) as store:
        import_(store, [extraction([Told(), Told("march", 2)], title="Visit \x9b31m \u202e")])
    return path


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz"])
def test_a_store_is_carried_by_a_file_to_either_database(
    db: Path, name: str, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    written = run("db", "export", file, "--db", db)
    assert written.returncode == 0
    assert written.stdout == ""
    assert written.stderr == f"The store is exported to {file} ({file.stat().st_size:,} bytes).\n"
    taken = run("db", "import", file, "--db", database_url)
    assert (taken.returncode, taken.stdout) == (0, "")
    assert taken.stderr.startswith("Took in ")
    assert taken.stderr.endswith(" rows; the store holds 2 events.\n")
    shown = [run("export", "--format", "csv", "--db", each).stdout for each in (db, database_url)]
    assert shown[0] == shown[1]


def test_a_store_goes_through_a_pipe_and_shows_a_terminal_nothing_raw(db: Path, tmp_path: Path) -> None:
    through = run("db", "export", "-", "--db", db)
    assert through.returncode == 0
    assert through.stdout.isascii()
    assert through.stdout.replace("\n", "").isprintable()
    new = tmp_path / "new.db"
    assert run("db", "import", "-", "--db", new, stdin=through.stdout.encode()).returncode == 0
    assert run("db", "export", "-", "--db", new).stdout == through.stdout


def test_what_cannot_be_exported_or_imported_is_said_in_one_line(db: Path, tmp_path: Path) -> None:
    file, new = tmp_path / "all.jsonl", tmp_path / "new.db"
    run("db", "export", file, "--db", db)
    for arguments, said in (
        (("export", file, "--db", db), "it exists already. Name another one, or add --force"),
        (("export", tmp_path / "no" / "x", "--db", db), "no such file or directory"),
        (("export", tmp_path / "x", "--db", tmp_path / "none.db"), "there is no timeline store yet"),
        (("import", file, "--db", db), "a whole store goes into a new one only"),
        (("import", tmp_path / "none", "--db", new), "no such file or directory"),
        (("import", tmp_path, "--db", new), "is a directory"),
        (("import", db, "--db", new), "line 1: this is no exported store"),
    ):
        done = run("db", *arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
    assert run("db", "export", file, "--force", "--db", db).returncode == 0
