"""The Python API: the same words, the same answers as the command line, on real stores."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import timeline
from tests.commands import run
from tests.conftest import extracted
from timeline.api import Timeline
from timeline.model.errors import AmbiguousError, NotFoundError, StoreError, UsageError
from timeline.store import open_store

ROOT = Path(__file__).parents[1]
STORIES = {
    "a": "Vladimir Putin met Min Aung Hlaing in Vladivostok on Tuesday.",
    "b": "Police arrested ten monks in Rangoon in February 2021. Drones attacked a village on Monday.",
    "c": "Vladimir Putin met Min Aung Hlaing in Vladivostok on Tuesday, both sides said.",
    "d": "Joe Biden visited Japan in 2019.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample articles in demo.db."""
    path = tmp_path_factory.mktemp("api")
    run("import", ROOT / "data" / "articles", "--db", path / "demo.db").check_returncode()
    return path


@pytest.fixture
def store(database_url: str) -> Iterator[Timeline]:
    """An open store with the stories, on either database."""
    with open_store(database_url) as made:
        made.save_all(extracted(text, origin=f"file:///{name}") for name, text in STORIES.items())
    with timeline.open(database_url) as opened:
        yield opened


def shown(folder: Path, *arguments: str) -> list[str]:
    """Ids that the command prints."""
    done = run("show", *arguments, "--nl", "--db", folder / "demo.db")
    done.check_returncode()
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("asked", "arguments"),
    [
        ({}, ""),
        (
            {"country": ("Burma", "RUS"), "kind": "meeting", "since": 2021, "until": date(2025, 3, 31)},
            "--country MMR --country Russia --kind meeting --since 2021 --until 2025-03-31",
        ),
        (
            {"between": ("Myanmar", "Russia"), "min_sources": 2, "sort": "salience", "all": True},
            "--between Myanmar Russia --min-sources 2 --sort salience --all",
        ),
        (
            {"near": "Moscow", "within": "100km", "exactness": ["day", "open"], "reverse": True, "limit": 3},
            "--near Moscow --within 100km --exactness day --exactness open --reverse --limit 3",
        ),
        ({"person": "Putin", "text": "meet*", "min_salience": 0.5}, "-p Putin -t meet* --min-salience 0.5"),
    ],
)
def test_the_same_words_find_what_the_command_shows(folder: Path, asked: dict[str, Any], arguments: str) -> None:
    with timeline.open(str(folder / "demo.db")) as store:
        found = [event.id for event in store.events(**asked)]
        assert found == shown(folder, *arguments.split()) != []
        if "limit" not in asked:
            assert store.count(**asked) == len(found)


def test_both_databases_answer_alike(store: Timeline) -> None:
    assert store.count(all=True) == len(list(store.events(all=True))) >= 4
    met = list(store.events(person=["Putin"], kind="meeting", min_sources=2))
    assert [(e.when.edtf, e.sources) for e in met] == [("2025-03-04", 2)]
    assert [e.kind for e in store.events(exactness="month", all=True)] == ["arrest"]
    assert store.count(text="drone*", all=True) == store.count(text="DRONES", all=True) > store.count(text="drone") == 0
    assert [value for value, _ in store.count_by("year", all=True)] == ["2019", "2021", "2025"]
    assert dict(store.count_by("person", all=True))["Vladimir Putin"] == store.count(person="Putin", all=True)
    for sort in ("date", "reported", "sources", "salience"):
        for reverse in (False, True):
            whole = [e.id for e in store.events(all=True, sort=sort, reverse=reverse)]
            first = [e.id for e in store.events(all=True, sort=sort, reverse=reverse, limit=2)]
            rest = [e.id for e in store.events(all=True, sort=sort, reverse=reverse, after=first[-1])]
            assert first + rest == whole
    assert store.event(met[0].id[:8]) == met[0]
    assert len(store.evidence(met[0].id)) == met[0].reports
    assert {"MMR", "RUS"} <= {row.country for row in store.countries()}
    assert "Min Aung Hlaing" in {row.actor.name for row in store.people()}


def test_without_a_url_it_is_the_store_that_the_environment_names(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_DATABASE_URL", str(folder / "demo.db"))
    with timeline.open() as store:
        assert store.count() > 0
    with pytest.raises(StoreError):
        timeline.open(str(tmp_path / "none.db"))


def test_a_day_with_a_time_of_day_is_that_day(folder: Path) -> None:
    with timeline.open(str(folder / "demo.db")) as store:
        moment = datetime(2025, 3, 4, 12, 30).astimezone()
        assert store.count(since=moment, until=moment) == store.count(since="2025-03-04", until=date(2025, 3, 4)) > 0


def test_what_cannot_be_asked_is_told_at_the_call(folder: Path, tmp_path: Path) -> None:
    with timeline.open(str(folder / "demo.db")) as store:
        for asked, error in (
            ({"since": "nonsense"}, UsageError),
            ({"limit": 0}, UsageError),
            ({"sort": "size"}, UsageError),
            ({"between": ("Myanmar",)}, UsageError),
            ({"country": "Myanmr"}, NotFoundError),
            ({"country": "Korea"}, AmbiguousError),
            ({"contry": "Myanmar"}, TypeError),
        ):
            with pytest.raises(error) as raised:
                store.events(**asked)  # type: ignore[arg-type]
            assert "\n" not in str(raised.value)
        with pytest.raises(UsageError, match="count_by: 'week' is none"):
            store.count_by("week")
    with pytest.raises(StoreError, match="there is no timeline store yet"):
        timeline.open(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_filter_of_nothing_asks_for_nothing(folder: Path) -> None:
    with timeline.open(str(folder / "demo.db")) as store:
        assert store.count(country=None, since=None, text=None, person=()) == store.count()  # type: ignore[arg-type]


def test_opening_a_store_loads_no_language_model(folder: Path) -> None:
    program = (
        "import sys, timeline\n"
        f"with timeline.open({str(folder / 'demo.db')!r}) as store: list(store.events(person='Putin', since='2021'))\n"
        "print([m for m in ('spacy', 'thinc', 'numpy', 'alembic', 'typer', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_examples_of_the_document_give_what_they_show(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    result = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted >= 10
    assert result.failed == 0
