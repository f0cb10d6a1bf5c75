"""`timeline types` explains a kind or a type to a person and to a program; `export --plover` codes as the manual."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands import run
from timeline.reference.kinds import PLOVER_TYPES, all_kinds

PLANS = (
    "Vladimir Putin will visit Myanmar on Friday. The army plans to attack Laukkai next week, a general said.\n\n"
    "An earthquake killed thirty people in Mandalay on Sunday."
)


@pytest.mark.parametrize("kind", ["coup", "visit", "election", "martial law"])
def test_a_kind_is_told_whole(kind: str) -> None:
    row = all_kinds()[kind]
    told = run("types", kind, env={"COLUMNS": "200"}).stdout
    for part in (row.name, row.definition, row.type, row.mode, row.example, *row.cameo, *row.contexts):
        assert part in told


@pytest.mark.parametrize("name", ["AID", "Consult", "other"])
def test_a_type_is_told_with_its_modes_and_kinds(name: str) -> None:
    told = json.loads(run("types", name, "--json").stdout)[0]
    assert told["type"] == name.upper()
    printed = " ".join(run("types", name).stdout.split())
    for part in (told["definition"], *told["kinds"], *(mode["name"] for mode in told["modes"])):
        assert part in printed


def test_a_kind_wins_over_a_type_of_the_same_name_unless_in_capitals() -> None:
    assert json.loads(run("types", "aid", "--nl").stdout)["kind"] == "aid"
    rows = list(csv.DictReader(io.StringIO(run("types", "AID", "--csv").stdout)))
    assert [row["type"] for row in rows] == ["AID"]
    assert run("types", "copu").stderr.count("coup") == 1


def test_an_export_for_plover_has_its_types_alone(tmp_path: Path) -> None:
    db, story = tmp_path / "t.db", tmp_path / "story.txt"
    story.write_text(PLANS)
    run("import", story, "--published", "2025-03-05", "--db", db)

    def types(*options: str) -> dict[str, str]:
        told = json.loads(run("export", "--all", "--format", "json", *options, "--db", db).stdout)
        return {event["kind"]: event["type"] for event in told}

    plain, folded = types(), types("--plover")
    assert plain["visit"] == "CONSULT"
    assert folded["visit"] == "AGREE"
    assert "OTHER" in plain.values()
    assert set(folded.values()) <= set(PLOVER_TYPES)
    assert set(folded) < set(plain)
