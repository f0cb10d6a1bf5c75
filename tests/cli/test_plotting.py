"""timeline plot, as its users run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.exports.making import store_at


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("plotting") / "store.db"
    store_at(path)
    return str(path)


def test_a_picture_is_of_the_events_that_the_filters_find(db: str, tmp_path: Path) -> None:
    file = tmp_path / "putin.svg"
    done = run("plot", "timeline", "--person", "Putin", "--since", "2022", "-o", file, "--db", db)
    assert (done.returncode, done.stdout) == (0, "")
    said = file.read_text(encoding="utf-8")
    assert ">Putin<" in said
    assert ">since 2022<" in said
    assert ">A span<" in said
    assert ">A visit<" not in said


def test_it_needs_no_display_and_no_settings_of_a_user(db: str, tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("backend: TkAgg\ntext.usetex: True\nfont.size: 40\n")
    plain = run("plot", "months", "--db", db)
    odd = run("plot", "months", "--db", db, env={"DISPLAY": "", "MATPLOTLIBRC": str(tmp_path)})
    assert plain.returncode == odd.returncode == 0
    assert plain.stdout.startswith("<?xml")
    assert plain.stdout == odd.stdout


def test_nothing_is_written_over_unless_asked(db: str, tmp_path: Path) -> None:
    file = tmp_path / "all.png"
    file.write_text("mine")
    refused = run("plot", "months", "-o", file, "--db", db)
    assert (refused.returncode, file.read_text()) == (1, "mine")
    assert "--force" in refused.stderr
    assert run("plot", "months", "-o", file, "--force", "--db", db).returncode == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.iterdir()] == ["all.png"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pie",), "timeline, months, dyad"),
        (("dyad",), "--between"),
        (("timeline", "--most", "0"), "--most"),
        (("timeline", "-o", "plot.jpg"), ".svg"),
        (("timeline", "--since", "someday"), "is no date"),
    ],
)
def test_wrong_usage_is_a_line_that_says_what_is_right(db: str, arguments: tuple[str, ...], said: str) -> None:
    done = run("plot", *arguments, "--db", db)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
