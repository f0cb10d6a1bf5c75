"""The arrows between the rooms hold, and what only reads starts without the language model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("spacy", "thinc", "numpy", "dateparser", "alembic", "hypothesis")


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
    subprocess.run([sys.executable, "-m", "timeline", "import", story, "--db", db], capture_output=True, check=True)
    command = ["timeline", *arguments, *([] if "--help" in arguments else ["--db", db])]
    program = (
        f"import sys; sys.argv = {command!r}\n"
        "from timeline.cli import run\n"
        "run()\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [["dates", "--text", "on Monday"], ["dates", "STORY", "--timex3"]])
def test_reading_dates_imports_no_language_model(tmp_path: Path, arguments: list[str]) -> None:
    story = tmp_path / "s.txt"
    story.write_text("Vladimir Putin visited Myanmar on Monday, officials of both countries said there.")
    command = ["timeline", *(str(story) if each == "STORY" else each for each in arguments)]
    program = (
        f"import sys; sys.argv = {command!r}\n"
        "from timeline.cli import run\n"
        "run()\n"
        f"print([m for m in {(*HEAVY, 'sqlalchemy')!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Monday" in done.stdout
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_a_command_loads_no_other_one() -> None:
    program = (
        "import sys; sys.argv = ['timeline', 'types', '--json']\n"
        "from timeline.cli import run\n"
        "run()\n"
        "print([m for m in ('showing', 'jobs', 'judging') if f'timeline.cli.{m}' in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_importing_the_package_imports_nothing_of_it() -> None:
    program = "import sys, timeline; print([m for m in sys.modules if m.startswith('timeline.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_module_is_longer_than_anyone_would_read() -> None:
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in (ROOT / "timeline").rglob("*.py")}
    assert {str(p): n for p, n in sizes.items() if n > 400} == {}
