"""`timeline explain` tells a person and a program why an article gave what it gave."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_commands import CONTROLS, STORY
from tests.commands import run

TEXT = f"{STORY}\n\nIndia is a buyer of tea. The minister plans to meet the president on Friday."


def test_an_explanation_is_an_argument_that_ends_in_the_timeline(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TEXT)
    told = run("explain", story, "--published", "2025-03-05", env={"COLUMNS": "120"})
    assert told.returncode == 0
    assert told.stderr == ""
    for part in (
        "published    2025-03-05 (given)",
        "'met': meeting (CONSULT), told as a fact  [1]",
        "because      verb pattern 'meet'",
        "participant  Vladimir Putin (person, RUS) for 'Vladimir Putin': known by name",
        "2025-03-04 for 'Tuesday'",
        "planned by 'plans'",
        "'is' left out: tells of a state",
        "the timeline of this article:",
    ):
        assert part in told.stdout, part


def test_programs_get_the_same_as_objects(tmp_path: Path) -> None:
    lines = tmp_path / "stories.jsonl"
    rows = [{"id": f"a{n}", "text": TEXT, "published": "2025-03-05"} for n in range(2)]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows) + "broken\n")
    as_lines, as_array = run("explain", lines, "--nl"), run("explain", lines, "--json")
    assert as_lines.returncode == as_array.returncode == 3
    found = json.loads(as_array.stdout)
    assert found == [json.loads(line) for line in as_lines.stdout.splitlines()]
    assert [each["id"] for each in found] == ["a0", "a1"]
    extracted = json.loads(run("extract", lines, "--all").stdout.splitlines()[0])["events"]
    assert [h["title"] for h in found[0]["happenings"]] == [e["title"] for e in extracted]
    for said in found[0]["sentences"]:
        assert TEXT[said["start"] : said["end"]] == said["text"]
        for each in said["found"]:
            assert each["salience_parts"]


def test_wrong_usage_and_missing_files_are_one_clear_line(tmp_path: Path) -> None:
    for arguments, code in ((["-", "--json", "--nl"], 2), ([str(tmp_path / "none.txt")], 1)):
        done = run("explain", *arguments, stdin=b"x")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)


def test_a_missing_publication_date_is_said() -> None:
    assert "give --published" in run("explain", "-", stdin=TEXT.encode()).stdout


def test_nothing_in_a_text_acts_on_the_terminal() -> None:
    hostile = f"Vladimir Putin met Xi Jinping [bold]in[/x] Moscow\x1b]0;own\x07 {CONTROLS} on Tuesday for talks."
    line = json.dumps({"text": hostile, "title": f"T{CONTROLS}"}).encode()
    told = run("explain", "-", stdin=line).stdout
    assert told
    assert not set(told) & (set(CONTROLS) | {"\x1b", "\x07"})
