"""The documents tell what the program does, and nothing else."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from tests.commands import run
from timeline.cli.app import app
from timeline.exports.formats import formats
from timeline.exports.tables import ACTORS, COLUMNS_VERSION, EVENTS, REPORTS

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)


def _commands() -> set[str]:
    group = typer.main.get_command(app)
    found: set[str] = set()
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found |= {f"{name} {each}" for each in inner} if inner else {name}
    return found


def test_every_command_is_documented_and_has_help() -> None:
    assert {name for name in _commands() if f"timeline {name}" not in TEXT} == set()


def test_every_documented_command_exists() -> None:
    known = {name.split()[0] for name in _commands()}
    named = set(re.findall(r"(?:^\$ |`)timeline ([a-z]+(?:-[a-z]+)*)", TEXT, re.MULTILINE))
    assert named <= known


def test_every_documented_option_exists() -> None:
    group = typer.main.get_command(app)
    commands = [group, *group.commands.values()]  # type: ignore[attr-defined]
    commands += [inner for command in commands[1:] for inner in getattr(command, "commands", {}).values()]
    known = {
        option
        for command in commands
        for p in getattr(command, "params", [])
        for option in (*p.opts, *p.secondary_opts)
    }
    used = set(re.findall(r"(?:timeline [a-z][^`\n]*?|`)(--[a-z][a-z0-9-]+)", TEXT))
    assert used <= known


def test_the_data_dictionary_is_the_programs() -> None:
    sections = (ROOT / "docs" / "csv.md").read_text(encoding="utf-8").split("\n## ")
    for table in (EVENTS, ACTORS, REPORTS):
        section = next(each for each in sections if each.startswith(f"Columns of {table.name}\n"))
        described = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", section, re.MULTILINE)
        assert described == [(column.name, column.type, column.about) for column in table.columns]
    assert f"version {COLUMNS_VERSION}" in sections[0]


def test_every_format_is_listed_and_used_in_its_own_tool() -> None:
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| `([\w.]+)` \| (?:`(\w+)`)? ?\|", text, re.MULTILINE)
    assert listed == [(each.name, each.suffix, each.extra) for each in formats().values()]
    used = text.partition("\n## In its own tool\n")[2].partition("\n## ")[0]
    named = [name for names in re.findall(r"^\*\*([a-z, ]+)\*\*", used, re.MULTILINE) for name in names.split(", ")]
    assert named == list(formats())


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)`", TEXT)) <= targets
    assert {"demo", "test", "lint", "quality", "bench", "lock", "clean"} <= targets


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_hashes_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert not re.search(r"://|index|find-links", text)


def test_no_link_of_the_documents_is_dead() -> None:
    for path in DOCS:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_python_examples_give_what_they_show() -> None:
    assert doctest.testfile(str(ROOT / "docs" / "dates.md"), module_relative=False).failed == 0
    import timeline

    assert doctest.testmod(timeline).failed == 0


def test_the_console_examples_of_dates_print_what_they_show() -> None:
    blocks = re.findall(
        r"^```console\n(.*?)^```", (ROOT / "docs" / "dates.md").read_text(encoding="utf-8"), re.M | re.S
    )
    assert len(blocks) >= 3
    for block in blocks:
        command, _, output = block.partition("\n")
        arguments = shlex.split(command.removeprefix("$ timeline "))
        assert run(*arguments).stdout.replace("\r\n", "\n") == output


def test_the_session_of_actors_runs_and_ends_as_it_says(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "actors.md").read_text(encoding="utf-8")
    session = re.findall(r"^\$ (.*)$", re.findall(r"^```console\n(.*?)^```", text, re.M | re.S)[0], re.M)
    assert len(session) >= 8
    told = []
    for line in session:
        command = re.sub(r"\btimeline ", f"{shlex.quote(sys.executable)} -m timeline ", line)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            env={**os.environ, "TIMELINE_DATABASE_URL": str(tmp_path / "t.db")},
            capture_output=True,
            text=True,
            check=True,
        )
        told.append(done.stdout + done.stderr)
    assert "spelling" in told[2]
    assert told[3].strip() in text
    assert told[6].strip() in text


def test_every_language_is_named_in_the_documents() -> None:
    from timeline.extract.when.names import known

    assert [name for name in known().values() if name not in TEXT] == []
    assert f"in {len(known())} [other languages]" in TEXT
