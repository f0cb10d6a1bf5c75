"""The options that choose, order, page and count events: what each keeps, and what is said of a wrong value."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import extracted
from timeline import cli
from timeline.asking.asked import Asked
from timeline.asking.questions import By
from timeline.cli import showing
from timeline.cli.filters import FILTERS, ORDER
from timeline.cli.printing import Shape, listing
from timeline.model.edtf import Exactness
from timeline.store import open_store

STORIES = {
    "wire-one/a": "Vladimir Putin met Min Aung Hlaing in Vladivostok on Tuesday. They signed an agreement.",
    "wire-one/b": "Police arrested ten monks in Rangoon in February 2021. Drones attacked a village on Monday.",
    "wire-two/c": "Emmanuel Macron visited India in 2019. Joe Biden visited Japan on Sunday.",
    "wire-two/d": "Vladimir Putin met Min Aung Hlaing in Vladivostok on Tuesday, both sides said.",
    "wire-two/e": "The Soviet Union invaded Afghanistan in December 1979. The army will hold an exercise in Ghana.",
}
Answer = tuple[int, str, str]
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the stories, each imported by a run of its own, numbered from 1."""
    path = tmp_path_factory.mktemp("filters") / "t.db"
    with open_store(str(path)) as store:
        for name, text in STORIES.items():
            store.save(extracted(text, origin=f"file:///{name}"), store.begin_run(name))
    return str(path)


@pytest.fixture
def ask(told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Exit code, stdout and stderr of a command on that store."""

    def asked(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["timeline", arguments[0], "--db", told, *arguments[1:]])
        code = cli.run()
        return (code, *capsys.readouterr())

    return asked


def events(answer: Answer) -> list[dict[str, Any]]:
    assert answer[0] == 0, answer[2]
    return [json.loads(line) for line in answer[1].splitlines()]


def test_every_filter_has_one_option() -> None:
    assert FILTERS.keys() == Asked.__annotations__.keys()
    assert FILTERS.keys() > ORDER


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--exactness", "dayish"], "--exactness: 'dayish' is none. Say day, month,"),
        (["--sort", "size"], "--sort: 'size' is none. Say date, reported, sources, salience"),
        (["--sort", "title; DROP TABLE events"], "Say date, reported, sources, salience"),
        (["--count-by", "week"], "--count-by: 'week' is none. Say month, year,"),
        (["--modality", "maybe"], "--modality: 'maybe' is none. Say actual,"),
        (["--min-sources", "-1"], "--min-sources: -1 is not possible. Give a number from 0 on"),
        (["--min-sources", "two"], "--min-sources: "),
        (["--min-sources", "1" * 40], "--min-sources: "),
        (["--run", "first"], "--run: "),
        (["--limit", "0"], "--limit: 0 is not possible. Give a number from 1 on"),
        (["--limit", "9" * 30], "--limit: "),
        (["--limit", "many"], "--limit: "),
        (["--min-salience", "2"], "--min-salience: 2.0 is not possible. Give a number from 0 to 1"),
        (["--min-salience", "nan"], "--min-salience: nan is not possible"),
        (["--min-salience", "high"], "--min-salience: "),
        (["--source", " "], "--source: ' ' names none"),
        (["--text", "?!"], "--text: '?!' has no word"),
        (["--text", ""], "--text: '' has no word"),
        (["--since", ""], "--since: '' is no date"),
        (["--until", "2021-13"], "--until: '2021-13' is no date"),
        (["--since", "2022", "--until", "2021"], "--since: 2022-01-01 lies after --until, 2021-12-31"),
        (["--as", "both", "--country", "MMR"], "Say actor or place"),
        (["--within", "far", "--near", "Moscow"], "--within: 'far' is no distance"),
        (["--between", "Myanmar"], "--between"),
        (["--count", "--count-by", "year"], "only one of --count, --count-by and --after"),
        (["--count", "--after", "0000"], "only one of --count, --count-by and --after"),
        (["--json", "--nl"], "only one of --json, --csv and --nl"),
        (["--contry", "MMR"], "no such option: --contry"),
        (["extra"], "extra"),
    ],
)
def test_a_wrong_value_is_one_clear_line(ask: Ask, arguments: list[str], said: str) -> None:
    code, out, err = ask("show", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("timeline: ")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--run", "99"], "--run: no import has the number 99"),
        (["--after", "zzzz"], "no event has the id 'zzzz'"),
        (["--after", ""], "no event has the id ''"),
        (["--after", "0' OR 1=1 --"], "no event has the id"),
        (["--country", ""], "country"),
        (["--person", "Robert'); DROP TABLE events;--"], "no person is called"),
        (["--thing", "Vladimir Putin"], "no thing is called"),
    ],
)
@pytest.mark.parametrize("command", [["show", "--csv"], ["show", "--json"], ["export"]])
def test_what_is_not_there_is_one_clear_line_before_any_output(
    ask: Ask, command: list[str], arguments: list[str], said: str
) -> None:
    code, out, err = ask(*command, *arguments)
    assert (code, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_thing_is_asked_for_by_its_name_and_is_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "HMS Queen Elizabeth entered the Black Sea. Vladimir Putin praised the TurkStream pipeline on Monday."
    db = str(tmp_path / "t.db")
    with open_store(db) as store:
        store.save(extracted(text), store.begin_run("t"))

    def told(*arguments: str) -> list[dict[str, Any]]:
        monkeypatch.setattr(sys, "argv", ["timeline", *arguments, "--nl", "--db", db])
        return events((cli.run(), *capsys.readouterr()))

    assert [e["kind"] for e in told("show", "--all", "--thing", "HMS Queen Elizabeth")] == ["travel"]
    assert [e["kind"] for e in told("show", "--all", "--thing", "TurkStream pipeline")] == ["support"]
    assert {row["name"] for row in told("people")} == {"Vladimir Putin"}
    assert told("organisations", "--all") == []


def test_a_group_of_commands_without_one_prints_its_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["timeline", "actors"])
    assert cli.run() == 2
    assert "suggest" in capsys.readouterr().err


def test_exactness_keeps_dates_known_so_far(ask: Ask) -> None:
    every = events(ask("show", "--all", "--nl"))
    found = {e: events(ask("show", "--all", "--nl", "--exactness", e.value)) for e in Exactness}
    assert all(event["exactness"] == e.value for e, some in found.items() for event in some)
    assert sum(map(len, found.values())) == len(every)
    assert {"day", "month", "year"} <= {event["exactness"] for event in every}
    both = events(ask("show", "--all", "--nl", "--exactness", "month", "--exactness", "year"))
    assert len(both) == len(found[Exactness.MONTH]) + len(found[Exactness.YEAR])


def test_sources_and_runs_keep_what_they_tell_of(ask: Ask) -> None:
    every = events(ask("show", "--all", "--nl"))
    one, two = (events(ask("show", "--all", "--nl", "--source", f"Wire-{n}")) for n in ("one", "two"))
    assert {e["id"] for e in one} | {e["id"] for e in two} == {e["id"] for e in every}
    assert all(any("wire-one" in url for url in e["urls"]) for e in one)
    together = events(ask("show", "--all", "--nl", "--min-sources", "2"))
    assert [e["kind"] for e in together if e["kind"] == "meeting"] == ["meeting"]
    assert all(e["sources"] >= 2 for e in together)
    assert {e["id"] for e in together} <= {e["id"] for e in one} & {e["id"] for e in two}
    runs = [events(ask("show", "--all", "--nl", "--run", str(n + 1))) for n in range(len(STORIES))]
    assert {e["id"] for some in runs for e in some} == {e["id"] for e in every}
    assert {e["kind"] for e in runs[1]} == {
        e["kind"] for e in events(ask("show", "--all", "--nl", "--source", "one/b"))
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [("drones", True), ("DRONÉS", True), ("drone", False), ("drone*", True), ("village drones", True), ("dr", False)],
)
def test_text_is_whole_words_and_beginnings(ask: Ask, words: str, found: bool) -> None:
    assert bool(events(ask("show", "--all", "--nl", "--text", words))) is found


def test_nothing_is_confirmed_or_hidden_unasked(ask: Ask) -> None:
    assert events(ask("show", "--all", "--nl", "--confirmed")) == []
    assert ask("show", "--all", "--nl", "--hidden") == ask("show", "--all", "--nl")


@pytest.mark.parametrize("reverse", [[], ["--reverse"]])
@pytest.mark.parametrize("sort", ["date", "reported", "sources", "salience"])
def test_pages_follow_each_other_in_every_order(ask: Ask, sort: str, reverse: list[str]) -> None:
    order = ["--all", "--nl", "--sort", sort, *reverse]
    whole = events(ask("show", *order))
    pages: list[dict[str, Any]] = []
    after: list[str] = []
    while True:
        code, out, err = ask("show", *order, "--limit", "3", *after)
        assert code == 0
        pages += [json.loads(line) for line in out.splitlines()]
        if not err:
            break
        assert err.startswith("More follow: --after ")
        after = ["--after", err.split()[-1]]
    assert len(whole) > 6
    assert pages == whole
    if column := {"reported": "last_reported", "sources": "sources", "salience": "salience"}.get(sort):
        told = [event[column] for event in whole]
        assert told == sorted(told, reverse=not reverse)


def test_counts_are_of_what_show_shows(ask: Ask) -> None:
    every = events(ask("show", "--nl"))
    assert ask("show", "--count", "--json")[1] == f"{len(every)}\n"
    kinds = Counter(e["kind"] for e in every)
    assert [(r["value"], r["events"]) for r in events(ask("show", "--count-by", "kind", "--nl"))] == sorted(
        kinds.items(), key=lambda each: (-each[1], each[0])
    )
    for by in By:
        rows = events(ask("show", "--all", "--count-by", by.value, "--nl"))
        assert rows, by
        assert events(ask("show", "--all", "--count-by", by.value, "--nl", "--limit", "1")) == rows[:1]
        assert events(ask("show", "--all", "--count-by", by.value, "--nl", "--reverse")) == rows[::-1]
    months = [r["value"] for r in events(ask("show", "--all", "--count-by", "month", "--nl"))]
    assert months == sorted(months)
    assert {"1979-12", "2021-02"} <= set(months)
    code, out, _ = ask("show", "--all", "--count-by", "year", "--csv")
    assert (code, out.splitlines()[0]) == (0, "value,events")


def test_a_terminal_gets_the_first_page_and_a_pipe_everything(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(events(ask("show", "--nl")))
    monkeypatch.setattr(showing, "_SCREEN", whole - 2)
    assert "More follow" not in ask("show")[2]
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _self: True)
    page = ask("show")[2].splitlines()
    assert page[0].startswith("More follow: --after ")
    assert page[1:] == ["Lesser events are hidden; --all shows them."]
    rest = events(ask("show", "--nl", "--after", page[0].split()[-1]))
    assert len(rest) == 2
    assert "More follow" not in ask("show", "--limit", str(whole))[2]


def test_an_export_says_how_many_it_wrote_and_that_more_follow(ask: Ask, tmp_path: Path) -> None:
    _, _, err = ask("export", "--limit", "1", "-o", str(tmp_path / "x.csv"))
    said, more = err.splitlines()
    assert said.startswith("Wrote 1 event to ")
    assert more.startswith("More follow: --after ")
    _, _, err = ask("export", "--all", "--force", "-o", str(tmp_path / "x.csv"))
    assert err.startswith(f"Wrote {len(events(ask('show', '--all', '--nl')))} events to ")


def test_articles_are_read_again_by_the_same_filters(ask: Ask) -> None:
    code, _, err = ask("reextract", "--source", "one/b", "--exactness", "month", "--force", "--dry-run")
    assert code == 0
    assert err.startswith("read 1 = ")


@pytest.mark.parametrize("shape", [Shape.NL, Shape.CSV, Shape.JSON])
def test_rows_are_printed_as_they_come(shape: Shape, capsys: pytest.CaptureFixture[str]) -> None:
    printed: list[str] = []

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(4):
            printed.append(capsys.readouterr().out)
            yield {"n": number, "text": "a\nb", "inner": {"x": [1, 2]}, "none": None, "empty": []}

    listing(rows(), shape, columns=())
    printed.append(capsys.readouterr().out)
    assert all(printed[2:])
    if shape is Shape.JSON:
        every = [{"n": n, "text": "a\nb", "inner": {"x": [1, 2]}, "none": None, "empty": []} for n in range(4)]
        assert "".join(printed) == json.dumps(every, ensure_ascii=False, indent=1) + "\n"
        listing([], shape, columns=())
        assert capsys.readouterr().out == "[]\n"
