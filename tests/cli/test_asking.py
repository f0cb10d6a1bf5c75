"""The options that ask where, near what, between whom, and by which reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import run
from tests.conftest import extracted
from timeline.store import open_store

STORIES = {
    "visit": "Vladimir Putin met Min Aung Hlaing in Vladivostok on Tuesday.",
    "march": "Police arrested ten monks in Rangoon on Monday.",
    "north": "Lebanese soldiers killed two gunmen in Tripoli on Sunday.",
    "illinois": "Police arrested the mayor in Springfield, Illinois, on Monday.",
    "union": "The Soviet Union invaded Afghanistan in December 1979.",
    "bloc": "ASEAN condemned Myanmar on Monday.",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("asking") / "t.db"
    with open_store(str(path)) as store:
        store.save_all(extracted(text, origin=f"file:///{name}") for name, text in STORIES.items())
    return str(path)


def asked(told: str, *arguments: str) -> list[dict[str, Any]]:
    done = run("show", *arguments, "--all", "--json", "--db", told)
    assert done.returncode == 0, done.stderr
    events: list[dict[str, Any]] = json.loads(done.stdout)
    return events


def kinds(told: str, *arguments: str) -> set[str]:
    return {event["kind"] for event in asked(told, *arguments)}


@pytest.mark.parametrize("name", ["Rangoon", "yangon", "Yangon, Myanmar", "Burma"])
def test_a_place_is_found_by_any_of_its_names_and_by_its_country(told: str, name: str) -> None:
    assert "arrest" in kinds(told, "--place", name)
    assert "meeting" not in kinds(told, "--place", name)


def test_a_state_holds_the_towns_that_are_said_to_lie_in_it(told: str) -> None:
    assert kinds(told, "--place", "Illinois") == kinds(told, "--place", "Springfield, Illinois") == {"arrest"}
    assert kinds(told, "--place", "Texas") == set()


@pytest.mark.parametrize(
    ("near", "within", "found"),
    [
        ("Vladivostok", "100km", True),
        ("43.1,131.9", "60 mi", True),
        ("Ussuriysk", "100", True),
        ("Ussuriysk", "20km", False),
        ("Moscow", "100km", False),
    ],
)
def test_near_finds_what_lies_within_the_distance(told: str, near: str, within: str, found: bool) -> None:
    assert ("meeting" in kinds(told, "--near", near, "--within", within)) is found


@pytest.mark.parametrize(
    "sides",
    [("Myanmar", "Russia"), ("Russia", "Burma"), ("Putin", "Myanmar"), ("Min Aung Hlaing", "Vladimir Putin")],
)
def test_between_is_the_timeline_of_a_dyad(told: str, sides: tuple[str, str]) -> None:
    events = asked(told, "--between", *sides)
    assert {"meeting"} <= {event["kind"] for event in events}
    assert all({"MMR", "RUS"} <= set(event["countries"]) for event in events)


def test_an_organisation_takes_part_and_is_a_side(told: str) -> None:
    assert asked(told, "--organisation", "ASEAN") == asked(told, "--between", "ASEAN", "Myanmar") != []


def test_a_country_by_its_actors_or_by_the_place(told: str) -> None:
    assert "meeting" in kinds(told, "--country", "Russia", "--as", "place")
    assert "meeting" in kinds(told, "--country", "Myanmar", "--as", "actor")
    assert "meeting" not in kinds(told, "--country", "Myanmar", "--as", "place")


def test_a_dissolved_states_events_are_shown_on_request_only(told: str) -> None:
    assert not any("SUN" in event["countries"] for event in asked(told, "--country", "Russia"))
    assert any("SUN" in e["countries"] for e in asked(told, "--country", "Russia", "--with-predecessors"))


def test_an_event_tells_each_reason_for_a_country_and_lists_it_once(told: str) -> None:
    event = next(e for e in asked(told, "--near", "Vladivostok") if e["kind"] == "meeting")
    assert event["countries"] == sorted(set(event["countries"]))
    shown = run("event", event["id"], "--db", told).stdout
    assert "RUS: actor Vladimir Putin" in shown
    assert "RUS: place Vladivostok" in shown
    reasons = json.loads(run("event", event["id"], "--json", "--db", told).stdout)["country_reasons"]
    assert {"country": "RUS", "by": "place", "reason": "place Vladivostok"} in reasons


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--near", "Springfield"], 1, "Say which: Springfield, US ("),
        (["--place", "Birmingham"], 1, "Say which: Birmingham, GB ("),
        (["--place", "Nowhereland"], 1, "no place is called 'Nowhereland'"),
        (["--near", "95,10"], 2, "is no point of the globe"),
        (["--near", "Moscow", "--within", "five"], 2, "is no distance. Write 100km or 60mi"),
        (["--within", "5km"], 2, "Add --near NAME"),
        (["--as", "place"], 2, "Add --country NAME"),
        (["--with-predecessors"], 2, "Add --country NAME"),
        (["--country", "Russia", "--as", "both"], 2, "Say actor or place"),
        (["--between", "Nobodyx", "Russia"], 1, "nobody is called 'Nobodyx'"),
        (["--between", "Congo", "Russia"], 1, "could be several countries"),
        (["--organisation", "Nobodyx"], 1, "no organisation is called 'Nobodyx'"),
        (["--group", "ASEAN"], 1, "Say --organisation 'ASEAN'"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(told: str, arguments: list[str], code: int, said: str) -> None:
    done = run("show", *arguments, "--db", told)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_export_takes_the_same_filters(told: str, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    done = run("export", "--between", "Myanmar", "Russia", "--near", "Vladivostok", "--all", "-o", out, "--db", told)
    assert done.returncode == 0, done.stderr
    assert "Vladivostok" in out.read_text(encoding="utf-8")
