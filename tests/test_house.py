"""The arrows between the rooms hold, and what only reads starts without the language model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import run

ROOT = Path(__file__).parents[1]
HEAVY = ("spacy", "thinc", "numpy", "dateparser", "alembic", "hypothesis")


def started(arguments: list[str], heavy: tuple[str, ...]) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """A command from the start of an interpreter, and which of some modules it has imported."""
    program = (
        f"import json, sys; sys.argv = {['timeline', *arguments]!r}\n"
        "from timeline.cli import run\n"
        "code = run()\n"
        f"print(json.dumps([m for m in {heavy!r} if m in sys.modules]), file=sys.stderr)\n"
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return done, json.loads(done.stderr.strip().splitlines()[-1])


def test_imports_point_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["show", "--country", "Myanmar"],
        ["show", "--person", "Putin"],
        ["countries"],
        ["people"],
        ["person", "Putin"],
        ["actors", "suggest"],
        ["actors", "merge", "Putin", "person:vladimir-p:RUS"],
    ],
)
def test_reading_commands_import_no_language_model(tmp_path: Path, arguments: list[str]) -> None:
    story, db = tmp_path / "s.txt", str(tmp_path / "t.db")
    story.write_text("Vladimir Putin visited Myanmar on Monday, officials of both countries said there.")
    run("import", story, "--db", db).check_returncode()
    _, imported = started([*arguments, *([] if "--help" in arguments else ["--db", db])], HEAVY)
    assert imported == []


@pytest.mark.parametrize("command", ["list", "run-due", "health", "metrics"])
def test_asking_for_jobs_imports_neither_the_other_tables_nor_what_fetches(tmp_path: Path, command: str) -> None:
    db = ["--db", str(tmp_path / "t.db")]
    run("jobs", "add", "wire", "https://example.org/feed", "--every", "1h", *db).check_returncode()
    done, imported = started(["jobs", command, *db], (*HEAVY, "sqlalchemy.orm", "httpx", "timeline.extract"))
    assert (done.returncode, imported) == (0, [])


@pytest.mark.parametrize("arguments", [["dates", "--text", "on Monday"], ["dates", "STORY", "--timex3"]])
def test_reading_dates_imports_no_language_model(tmp_path: Path, arguments: list[str]) -> None:
    story = tmp_path / "s.txt"
    story.write_text("Vladimir Putin visited Myanmar on Monday, officials of both countries said there.")
    done, imported = started([str(story) if each == "STORY" else each for each in arguments], (*HEAVY, "sqlalchemy"))
    assert "Monday" in done.stdout
    assert imported == []


def test_importing_the_package_imports_nothing_of_it() -> None:
    program = "import sys, timeline; print([m for m in sys.modules if m.startswith('timeline.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_module_is_longer_than_anyone_would_read() -> None:
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in (ROOT / "timeline").rglob("*.py")}
    assert {str(p): n for p, n in sizes.items() if n > 400} == {}
