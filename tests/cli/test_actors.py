"""Who is who on the command line: people, person, organisations, actors."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

from tests.commands import run
from tests.store.test_judgements import HLAING, KIMS, PUTIN, STORIES, TYPO, article, told
from timeline.model import Actor, ActorKind, Role, Span, Unresolved
from timeline.store import open_store

NAMESAKES = [
    article("namesake a", told("namesake a", [(Actor("Than Tun", ActorKind.PERSON, "MMR"), "Than Tun")])),
    article("namesake b", told("namesake b", [(Actor("Than Tun", ActorKind.PERSON, "THA"), "Than Tun")], kind="visit")),
    article("lone", told("lone", [(Actor("Soe Naing Lwin", ActorKind.PERSON), "Soe Naing Lwin")], kind="arrest")),
]
BODIES = [
    article(
        "bodies",
        told(
            "bodies",
            [
                (Actor("Arakan Army", ActorKind.GROUP, "MMR", "tl:arakan-army"), "Arakan Army"),
                (Actor("Hidden Bank", ActorKind.ORGANISATION, "RUS"), "Hidden Bank"),
                (Actor("protesters", ActorKind.GROUP), "protesters"),
            ],
            day="2020-02-02",
            unresolved=(Unresolved("the general", Role.SOURCE, Span(0, 11), "could be Min Aung Hlaing or Soe Win"),),
        ),
    )
]


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "t.db")
    with open_store(path) as store:
        store.save_all([*STORIES, *KIMS, *NAMESAKES, *BODIES])
    return path


def rows(*arguments: str, db: str) -> list[dict[str, object]]:
    done = run(*arguments, "--json", "--db", db)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_a_merge_is_seen_everywhere_and_taken_back(db: str) -> None:
    before = rows("show", "--person", HLAING.name, "--all", db=db)
    made = run("actors", "merge", HLAING.name, TYPO.name, "--note", "a slip", "--author", "An Analyst", "--db", db)
    assert (made.returncode, made.stdout) == (0, "")
    assert made.stderr.strip() == "Judgement 1: Ming Aung Hlaing (person) is Min Aung Hlaing (person, MMR)."
    both = rows("show", "--person", HLAING.name, "--all", db=db)
    assert len(both) > len(before)
    for name in (TYPO.name, "ming aung hlaing", HLAING.id, TYPO.key):
        assert rows("show", "--person", name, "--all", db=db) == both
    again = run("actors", "merge", HLAING.name, TYPO.name, "--db", db)
    assert again.stderr.strip() == "Min Aung Hlaing is Min Aung Hlaing already."
    judgement = rows("actors", "judgements", db=db)[0]
    assert (judgement["author"], judgement["note"], judgement["undone"]) == ("An Analyst", "a slip", None)
    assert run("actors", "undo", "1", "--note", "no", "--db", db).returncode == 0
    assert rows("show", "--person", HLAING.name, "--all", db=db) == before
    judgement = rows("actors", "judgements", db=db)[0]
    assert (judgement["undone_by"], judgement["undone_note"]) == (getpass.getuser(), "no")
    assert judgement["undone"]


def test_split_takes_a_merge_back_or_parts_a_spelling(db: str) -> None:
    run("actors", "merge", HLAING.name, TYPO.name, "--db", db)
    done = run("actors", "split", HLAING.name, TYPO.name, "--db", db)
    assert done.stderr.strip() == "Judgement 1 is taken back: Ming Aung Hlaing is no longer Min Aung Hlaing."
    done = run("actors", "split", "Kim Jong Un", "kim jong il", "--db", db)
    assert done.returncode == 0, done.stderr
    person = json.loads(run("person", "person:kim-jong-il:PRK", "--json", "--db", db).stdout)
    assert (person["name"], person["events"]) == ("Kim Jong Il", 4)
    assert person["first"]["when"] == "2001-08-04"


def test_a_rename_and_an_alias_are_names_to_find_by(db: str) -> None:
    assert run("actors", "rename", "Soe Naing Lwin", "Ko Soe", "--db", db).returncode == 0
    assert run("actors", "alias", "Ko Soe", "Soe the Printer", "--db", db).returncode == 0
    shown = rows("show", "--person", "Soe Naing Lwin", "--all", db=db)
    assert shown
    assert rows("show", "--person", "Ko Soe", "--all", db=db) == shown
    assert rows("show", "--person", "soe the printer", "--all", db=db) == shown
    assert {a["name"] for e in shown for a in e["actors"]} == {"Ko Soe"}  # type: ignore[attr-defined]


def test_an_actor_can_be_judged_before_an_article_names_it(db: str) -> None:
    done = run("actors", "merge", "Putin", "person:vladimir-p:RUS", "--db", db)
    assert done.stderr.strip() == "Judgement 1: Vladimir P (person, RUS) is Vladimir Putin (person, RUS)."
    with open_store(db) as store:
        seen = replace_name(PUTIN, "Vladimir P")
        store.save(article("later", told("later", [(seen, "Vladimir P")], day="1999-12-31")))
    assert rows("show", "--person", "Putin", "--all", db=db)[0]["when"] == "1999-12-31"


def replace_name(actor: Actor, name: str) -> Actor:
    return Actor(name, actor.kind, actor.country)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "--person", "Than Tun"], 1, "Than Tun (person, MMR) as person:than-tun:MMR"),
        (["person", "Than Tun"], 1, "could be several people"),
        (["person", "Soe Naing Lwim"], 1, "Did you mean Soe Naing Lwin"),
        (["person", "Nobody Atall"], 1, "no person is called"),
        (["actors", "merge", "Than Tun", "Putin"], 1, "could be several actors"),
        (["actors", "merge", "Putin", "Nobody Atall"], 1, "no person is called 'Nobody Atall'"),
        (["actors", "merge", "Nobody Atall", "Putin"], 1, "no actor is called 'Nobody Atall'"),
        (["actors", "merge", "Putin", "Arakan Army"], 1, "no person is called 'Arakan Army'"),
        (["actors", "split", "Putin", "Medvedev"], 1, "Seen are Putin; Vladimir Putin"),
        (["actors", "split", "Soe Naing Lwin", "Soe Naing Lwin"], 2, "own name"),
        (["actors", "alias", "Putin", "Xi Jinping"], 2, "is the name of Xi Jinping"),
        (["actors", "rename", "Putin", "..."], 2, "needs letters"),
        (["actors", "undo", "7"], 1, "there is no judgement 7"),
        (["actors", "list", "--kind", "ghost"], 2, "person, country, organisation, group"),
        (["organisations", "--country", "Atlantis"], 1, "no country is called"),
    ],
)
def test_unknown_and_ambiguous_names_are_one_clear_line(db: str, arguments: list[str], code: int, said: str) -> None:
    done = run(*arguments, "--db", db)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_one_name_with_and_without_a_country_is_shown_together_and_said_so(db: str) -> None:
    with open_store(db) as store:
        lone = Actor("Soe Naing Lwin", ActorKind.PERSON, "MMR")
        store.save(article("with", told("with", [(lone, "Soe Naing Lwin")], day="2020-01-01")))
    done = run("show", "--person", "Soe Naing Lwin", "--all", "--json", "--db", db)
    assert len(json.loads(done.stdout)) == 2
    assert "is the name of 2 actors" in done.stderr
    assert done.stderr.count("\n") == 1
    assert [r["why"] for r in rows("actors", "suggest", db=db)] == ["same name, one without a country"]


def test_a_person_is_told_with_offices_names_and_company(db: str) -> None:
    run("actors", "merge", HLAING.name, TYPO.name, "--db", db)
    person = json.loads(run("person", "Ming Aung Hlaing", "--json", "--db", db).stdout)
    assert (person["name"], person["key"], person["events"]) == ("Min Aung Hlaing", HLAING.key, 2)
    assert "Ming Aung Hlaing" in person["names"]
    assert {"role", "start", "end", "source"} <= person["offices"][0].keys()
    assert person["with"][0] == {"name": "Vladimir Putin", "kind": "person", "id": "Q7747", "events": 2}
    printed = run("person", "Ming Aung Hlaing", "--db", db).stdout
    for part in ("office      ", "first       2025-03-04", "with        Vladimir Putin 2", "kinds       "):
        assert part in printed


def test_organisations_are_listed_and_mere_descriptions_on_request(db: str) -> None:
    assert [r["name"] for r in rows("organisations", db=db)] == ["Arakan Army", "Hidden Bank"]
    assert [r["name"] for r in rows("organisations", "--country", "Burma", db=db)] == ["Arakan Army"]
    assert "protesters" in [r["name"] for r in rows("organisations", "--all", db=db)]


def test_what_is_unresolved_is_told_under_its_report(db: str) -> None:
    event = rows("show", "--all", "--until", "2020-02-02", "--since", "2020-02-02", db=db)[0]
    printed = run("event", str(event["id"]), "--db", db).stdout
    assert "unresolved 'the general': could be Min Aung Hlaing or Soe Win" in printed
    evidence = json.loads(run("event", str(event["id"]), "--json", "--db", db).stdout)["evidence"]
    assert evidence[0]["unresolved"] == [
        {
            "words": "the general",
            "role": "source",
            "start": 0,
            "end": 11,
            "reason": "could be Min Aung Hlaing or Soe Win",
        }
    ]


@pytest.mark.parametrize("listing", [["list"], ["suggest"], ["judgements"]])
def test_every_listing_of_actors_speaks_json_csv_and_lines(db: str, listing: list[str]) -> None:
    run("actors", "rename", "Soe Naing Lwin", "Ko Soe", "--db", db)
    with open_store(db) as store:
        near = Actor("Hiden Bank", ActorKind.ORGANISATION, "RUS")
        store.save(article("near", told("near", [(near, "Hiden Bank")], day="2020-01-01")))
    found = rows("actors", *listing, db=db)
    lines = run("actors", *listing, "--nl", "--db", db).stdout.splitlines()
    assert found == [json.loads(line) for line in lines]
    assert found
    assert len(run("actors", *listing, "--csv", "--db", db).stdout.splitlines()) == len(found) + 1
    assert run("actors", *listing, "--db", db).returncode == 0
