"""What people judge about events on the command line: merge, split, edit, hide, confirm, judgements, review."""

from __future__ import annotations

import getpass
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from tests.commands import run
from tests.store.test_event_judgements import MODI, STORIES, XI, event_of, keys
from tests.store.test_judgements import HLAING, PUTIN, TYPO, article, told
from timeline.model import Actor, ActorKind, Role, Span, Unresolved
from timeline.store import EventQuery, open_store
from timeline.store.tables import ReportRow, UnsureLink

KIMS = [Actor(name, ActorKind.PERSON, "PRK") for name in ("Kim Jong Un", "Kim Jong Il")]
DOUBTFUL = Unresolved("Kim", Role.SOURCE, Span(0, 3), "could be Kim Jong Un or Kim Jong Il, leader of North Korea")
NAMELESS = replace(DOUBTFUL, words="them", reason="")
UNSURE = article("unsure", told("unsure", [(HLAING, "Hlaing")], day="2025-03-05", unresolved=(DOUBTFUL,)))
NOBODY = article(
    "nobody",
    told("nobody", [(PUTIN, "Putin")], day="2001-01-01", unresolved=(NAMELESS,)),
)
NAMING = [article("kims", told("kims", [(kim, kim.name) for kim in KIMS], day="2001-08-04"))]


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "t.db")
    with open_store(path) as store:
        store.save_all([*STORIES, UNSURE, NOBODY, *NAMING])
    return path


def ids(db: str) -> tuple[str, str]:
    """The events of two meetings."""
    with open_store(db) as store:
        return event_of(store, HLAING, PUTIN).id, event_of(store, XI, MODI).id


def told_of(event: str, db: str) -> dict[str, Any]:
    done = run("event", event, "--json", "--db", db)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_merge_is_told_listed_and_taken_back(db: str) -> None:
    one, other = ids(db)
    before = told_of(one, db), told_of(other, db)
    done = run("merge", one[:6], other, "--note", "one summit", "--author", "Thiri", "--db", db)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr.startswith("Judgement 1: 2 events are one: ")
    assert "6 reports in 4 sources" in done.stderr
    merged = told_of(one, db)
    assert merged == told_of(other, db)
    assert [(j["n"], j["judgement"], j["author"], j["note"]) for j in merged["judgements"]] == [
        (1, "merge", "Thiri", "one summit")
    ]
    shown = run("event", one, "--db", db).stdout
    assert "  judgement   1: merge 2 events, Thiri, 20" in shown
    assert ": one summit\n" in shown
    again = run("merge", one, other, "--db", db)
    assert (again.returncode, again.stderr) == (2, "timeline: that is one event already. Name two or more\n")
    done = run("judgements", "undo", "1", "--note", "two", "--db", db)
    assert done.stderr == "Judgement 1 (merge) is taken back.\n"
    assert (told_of(one, db), told_of(other, db)) == before
    [row] = json.loads(run("judgements", "list", "--json", "--db", db).stdout)
    assert (row["undone_by"], row["undone_note"], row["events"]) == (getpass.getuser(), "two", [one, other])
    assert "2 events" in run("judgements", "list", "--db", db).stdout


def test_a_split_names_reports_by_the_beginning_of_their_keys(db: str) -> None:
    one, _ = ids(db)
    with open_store(db) as store:
        key = keys(store, store.event(one))[0]
    done = run("split", one, key[:5], "--db", db)
    assert done.returncode == 0, done.stderr
    told_ = [line.split(", ")[-1] for line in done.stderr.splitlines()]
    assert told_ == ["1 report in 1 source", "4 reports in 3 sources"]
    wrong = run("split", one, "0000", "--db", db)
    assert wrong.returncode == 1
    assert "has no report '0000'. 'timeline event ID' prints the keys" in wrong.stderr


def test_an_edit_takes_what_the_filters_take(db: str) -> None:
    one, _ = ids(db)
    edits = ["--date", "3 March 2025", "--kind", "visits", "--title", "  A   visit ", "--place", "Mandalay"]
    actors = ["--add-actor", "target:Xi Jinping", "--remove-actor", "putin"]
    done = run("edit", one, *edits, *actors, "--note", "as the book has it", "--db", db)
    assert done.returncode == 0, done.stderr
    assert len(done.stderr.splitlines()) == 6
    now = told_of(one, db)
    assert (now["when"], now["kind"], now["type"], now["title"]) == ("2025-03-03", "visit", "CONSULT", "A visit")
    assert now["place"]["name"] == "Mandalay"
    assert [(a["name"], a["role"]) for a in now["actors"]] == [
        ("Min Aung Hlaing", "participant"),
        ("Xi Jinping", "target"),
    ]
    assert now["countries"] == ["CHN", "MMR"]
    assert {j["note"] for j in now["judgements"]} == {"as the book has it"}
    assert now["edited"]
    assert "  judged      edited\n" in run("event", one, "--db", db).stdout
    for place, wanted in (("Bavaria", "Bavaria"), ("France", "France"), ("", None)):
        assert run("edit", one, "--place", place, "--db", db).returncode == 0
        found = told_of(one, db)["place"]
        assert (found and found["name"]) == wanted
    for date in ("2021-02", "2025-03-03/..", "2021~"):
        assert run("edit", one, "--date", date, "--db", db).returncode == 0
        assert told_of(one, db)["when"] == date


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "nothing is to be edited"),
        (["--date", "soon"], 2, "--date: 'soon' is no date"),
        (["--kind", "vizit"], 1, "Did you mean visit"),
        (["--type", "CONSUL"], 1, "Did you mean CONSULT"),
        (["--title", " "], 2, "a title needs words"),
        (["--place", "Mandalaay"], 1, "Mandalay"),
        (["--add-actor", "Putin"], 2, "Write ROLE:NAME, with a role of source, target, participant"),
        (["--add-actor", "boss:Putin"], 2, "names no role"),
        (["--add-actor", "source:Nobody Atall"], 1, "no actor is called 'Nobody Atall'"),
        (["--remove-actor", "Xi Jinping"], 2, "takes no part. Taking part are"),
    ],
)
def test_what_cannot_be_edited_is_told_in_one_line(db: str, arguments: list[str], code: int, said: str) -> None:
    done = run("edit", ids(db)[0], *arguments, "--db", db)
    assert (done.returncode, len(done.stderr.splitlines()), done.stdout) == (code, 1, "")
    assert said in done.stderr
    assert json.loads(run("judgements", "list", "--json", "--db", db).stdout) == []


def test_hidden_and_confirmed_events_are_marked(db: str) -> None:
    one, other = ids(db)
    assert run("hide", one, "--note", "gossip", "--db", db).returncode == 0
    assert run("confirm", other, "--db", db).returncode == 0
    shown = {event["id"] for event in json.loads(run("show", "--all", "--json", "--db", db).stdout)}
    assert one not in shown
    assert other in shown
    assert (told_of(one, db)["hidden"], told_of(one, db)["confirmed"]) == (True, False)
    assert "  judged      hidden\n" in run("event", one, "--db", db).stdout
    assert "  judged      confirmed\n" in run("event", other, "--db", db).stdout
    assert run("judgements", "undo", "1", "--db", db).returncode == 0
    assert "  judged " not in run("event", one, "--db", db).stdout


def test_judgements_are_carried_from_store_to_store(db: str, tmp_path: Path) -> None:
    one, other = ids(db)
    run("merge", one, other, "--db", db)
    one = told_of(one, db)["id"]
    run("edit", one, "--add-actor", "source:Kim Jong Il", "--db", db)
    run("actors", "merge", HLAING.name, TYPO.key, "--db", db)
    file, elsewhere = tmp_path / "j.jsonl", str(tmp_path / "else.db")
    done = run("judgements", "export", "-o", file, "--db", db)
    assert (done.returncode, done.stderr) == (0, f"Wrote 3 judgements to {file}.\n")
    assert file.read_text() == run("judgements", "export", "--db", db).stdout
    done = run("judgements", "import", file, "--db", elsewhere)
    assert done.stderr.splitlines() == [
        "read 3 = 3 added + 0 taken back + 0 unchanged",
        "2 of these name reports that are not in this store and wait for them.",
    ]
    with open_store(elsewhere) as store:
        store.save_all([*NAMING, NOBODY, UNSURE, *STORIES])
    assert told_of(one, elsewhere)["actors"] == told_of(one, db)["actors"]
    done = run("judgements", "import", "-", "--db", elsewhere, stdin=file.read_bytes())
    assert done.stderr == "read 3 = 0 added + 0 taken back + 3 unchanged\n"
    listed = run("judgements", "list", "--db", elsewhere)
    assert "1 more about actors; 'timeline actors judgements' lists them." in listed.stderr


def test_a_file_that_holds_something_else_is_taken_over_in_no_part(db: str, tmp_path: Path) -> None:
    one, other = ids(db)
    run("merge", one, other, "--db", db)
    good = run("judgements", "export", "--db", db).stdout
    for wrong, said in (
        ("{", "this is no JSON"),
        ("[]", "this is no judgement"),
        ('{"about": "event"}', "no judgement"),
    ):
        file, elsewhere = tmp_path / "j.jsonl", str(tmp_path / "else.db")
        file.write_text(f"{good}\n{wrong}\n")
        done = run("judgements", "import", file, "--db", elsewhere)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert f"{file}, line 3: " in done.stderr
        assert said in done.stderr
        assert not Path(elsewhere).exists()


def doubt(db: str) -> tuple[str, str]:
    """Make the store doubt whether two events are one; their ids."""
    with open_store(db) as store:
        one, other = event_of(store, HLAING, PUTIN), event_of(store, HLAING)
        with store._database.writing() as connection:
            of = [keys(store, event)[0] for event in (one, other)]
            rows = {
                k: r for k, r in connection.execute(select(ReportRow.key, ReportRow.id).where(ReportRow.key.in_(of)))
            }
            values = {"one": rows[of[0]], "other": rows[of[1]], "score": 2.5, "reason": "a day apart"}
            connection.execute(insert(UnsureLink).values(**values))
        return one.id, other.id


def test_review_merges_what_is_the_same_and_asks_about_names(db: str) -> None:
    one, other = doubt(db)
    done = run("review", "--db", db, stdin=b"x\n?\ny\n2\n")
    assert done.returncode == 0
    assert "One event? a day apart (2.50)" in done.stdout
    assert "“unsure sentence 0”" in done.stdout
    assert "  2  Kim Jong Il (person, PRK), person:kim-jong-il:PRK" in done.stdout
    assert "'x' is no answer here." in done.stderr
    assert done.stderr.splitlines()[-1] == "1 the same; 1 named; 1 without a candidate."
    merged = told_of(one, db)
    assert merged["id"] == told_of(other, db)["id"]
    assert ("Kim Jong Il", "source") in {(a["name"], a["role"]) for a in merged["actors"]}
    again = run("review", "--db", db, stdin=b"")
    assert (again.stdout, again.stderr) == ("", "1 without a candidate.\n")
    run("judgements", "undo", "2", "--db", db)
    assert "Who is 'Kim' (source)?" in run("review", "--db", db, stdin=b"").stdout


def test_review_keeps_apart_what_is_not_the_same_and_leaves_open_what_is_skipped(db: str) -> None:
    one, other = doubt(db)
    for answers, said in (
        (b"", "Nothing was judged."),
        (b"q\n", "Nothing was judged."),
        (b"s\ns\n", "2 skipped; 1 with"),
    ):
        done = run("review", "--db", db, stdin=answers)
        assert "One event?" in done.stdout
        assert said in done.stderr
    done = run("review", "--country", "Myanmar", "--since", "2025", "--db", db, stdin=b"n\nq\n")
    assert done.stderr.splitlines()[-1] == "1 not the same."
    again = run("review", "--db", db, stdin=b"s\n")
    assert "One event?" not in again.stdout
    assert told_of(one, db)["judgements"][0]["judgement"] == "split"
    assert told_of(one, db)["id"] != told_of(other, db)["id"]


def test_review_is_narrowed_by_country_and_date(db: str) -> None:
    doubt(db)
    for narrowed in (["--country", "India"], ["--since", "2025-04"]):
        done = run("review", *narrowed, "--db", db, stdin=b"")
        assert (done.stdout, done.stderr) == ("", "Nothing to review.\n")


def test_the_hidden_are_found_by_who_asks_for_them(db: str) -> None:
    one, _ = ids(db)
    run("hide", one, "--db", db)
    with open_store(db) as store:
        assert one in {event.id for event in store.events(EventQuery(hidden=True, countries=("MMR",)))}
