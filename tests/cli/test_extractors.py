"""Extractors chosen by name: nothing is sent unasked, costs are told and kept, readings are compared."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from tests.extract.llm.server import Answer, ChatServer, Request, actor, completion, event, serving
from timeline.jobs.llm import Settings
from timeline.model.errors import UsageError
from timeline.store import RunStatus, open_store

KEY = "sk-this-is-secret-0123456789"
MET = "Vladimir Putin met Min Aung Hlaing in Moscow on Tuesday, officials of both of the countries said."
BOMBED = "The army of Myanmar bombed a village in Shan State on Monday, residents of the village said."
TALKS = [
    event(
        MET, "met", date="2025-03-04", date_words="Tuesday", actors=[actor("Vladimir Putin"), actor("Min Aung Hlaing")]
    ),
    event(MET, "said", "statement", happening=2),
    event("An invented quote", "quote"),
]


def answer(request: Request) -> Answer:
    return completion(
        TALKS if MET in request.article["text"] else [event(BOMBED, "bombed", "air strike", date="2025-03")]
    )


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as chat:
        chat.script = answer
        yield chat


@pytest.fixture
def env(server: ChatServer) -> dict[str, str]:
    return {
        "TIMELINE_LLM_URL": server.url,
        "TIMELINE_LLM_MODEL": "model-1",
        "TIMELINE_LLM_KEY": KEY,
        "TIMELINE_LLM_PRICE_IN": "2",
        "TIMELINE_LLM_PRICE_OUT": "8",
        "NO_PROXY": "127.0.0.1",
    }


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(MET)
    return path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    lines = [{"id": str(n), "text": text, "published": "2025-03-05"} for n, text in enumerate((MET, BOMBED))]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


def test_an_import_tells_and_keeps_what_it_used_and_sends_nothing_twice(
    tmp_path: Path, server: ChatServer, env: dict[str, str], many: Path
) -> None:
    db = tmp_path / "t.db"
    first = run("import", many, "--extractor", "llm", "--db", db, env=env)
    assert first.returncode == 0, first.stderr
    assert "refused 1 event (1 quote not in the text)" in first.stderr
    assert "used 2 requests, 2000 tokens in, 200 tokens out, cost 0.0056" in first.stderr
    assert "read 2 = 2 added + 0 updated + 0 unchanged + 0 quarantined" in first.stderr
    again = run("import", many, "--extractor", "llm", "--db", db, env=env)
    assert again.stderr.strip() == "read 2 = 0 added + 0 updated + 2 unchanged + 0 quarantined"
    assert len(server.requests) == 2
    with open_store(str(db)) as store:
        later, earlier = store.runs()
    assert later.usage is None
    assert json.loads(earlier.usage or "") == {
        "extractor": "timeline-llm 1+model-1",
        "requests": 2,
        "tokens_in": 2000,
        "tokens_out": 200,
        "cost": 0.0056,
        "refused": {"quote not in the text": 1},
    }


def test_nothing_is_sent_unless_the_extractor_is_named(
    tmp_path: Path, server: ChatServer, env: dict[str, str], story: Path
) -> None:
    db = tmp_path / "t.db"
    for arguments in (["import", story, "--db", db], ["extract", story], ["dates", story], ["show", "--db", db]):
        assert run(*arguments, env=env).returncode == 0
    assert run("compare-extractors", "default", "default", story, env=env).returncode == 0
    assert server.requests == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_extract_prints_what_the_model_read(server: ChatServer, env: dict[str, str], many: Path, jobs: str) -> None:
    done = run("extract", many, "--extractor", "llm", "--jobs", jobs, "--all", env=env)
    assert done.returncode == 0, done.stderr
    kinds = [[e["kind"] for e in json.loads(line)["events"]] for line in done.stdout.splitlines()]
    assert [sorted(each) for each in kinds] == [["meeting", "statement"], ["air strike"]]
    assert "used 2 requests" in done.stderr


def test_an_article_without_an_answer_goes_to_quarantine_and_is_read_at_the_next_import(
    tmp_path: Path, server: ChatServer, env: dict[str, str], many: Path
) -> None:
    db = tmp_path / "t.db"
    server.script = lambda r: answer(r) if MET in r.article["text"] else completion([], content=f"no JSON but {KEY}")
    done = run("import", many, "--extractor", "llm", "--db", db, env=env)
    assert done.returncode == 3
    assert "the model's answer is no JSON" in done.stderr
    assert "read 2 = 1 added + 0 updated + 0 unchanged + 1 quarantined" in done.stderr
    assert "no JSON" in run("quarantine", "--db", db).stdout
    server.script = answer
    again = run("import", many, "--extractor", "llm", "--db", db, env=env)
    assert "read 2 = 1 added + 0 updated + 1 unchanged + 0 quarantined" in again.stderr
    assert run("extract", many, "--extractor", "llm", env=env).returncode == 0


def test_an_import_that_cannot_go_on_keeps_what_it_had_and_what_it_cost(
    tmp_path: Path, server: ChatServer, env: dict[str, str], many: Path
) -> None:
    db = tmp_path / "t.db"
    refusal = Answer(json.dumps({"error": {"message": f"{KEY} has no credit"}}).encode(), 402)
    server.script = lambda r: answer(r) if MET in r.article["text"] else refusal
    done = run("import", many, "--extractor", "llm", "--db", db, env=env)
    assert done.returncode == 1
    assert "asks to be paid first (HTTP 402): … has no credit. See to the account there" in done.stderr
    assert "used 1 request," in done.stderr
    assert "Traceback" not in done.stderr
    with open_store(str(db)) as store:
        (failed,) = store.runs()
        assert (failed.status, store.status().articles) == (RunStatus.FAILED, 1)
        assert json.loads(failed.usage or "")["requests"] == 1


def test_the_key_is_written_nowhere(tmp_path: Path, server: ChatServer, env: dict[str, str], many: Path) -> None:
    db = tmp_path / "t.db"
    replies = [
        Answer(json.dumps({"error": {"message": f"Incorrect key {KEY}"}}).encode(), 400),
        completion([], content=KEY),
        completion([event(MET, "met", actors=[actor(KEY)], place=KEY, date=KEY)]),
        Answer(KEY.encode(), headers={"Content-Type": KEY}),
        Answer(json.dumps({"error": KEY}).encode(), 401),
    ]
    said = ""
    for reply in replies:
        server.script = lambda _, reply=reply: reply  # type: ignore[misc]
        for arguments in (["import", many, "--db", db], ["extract", many]):
            done = run(*arguments, "--extractor", "llm", env=env)
            said += done.stdout + done.stderr
    assert said
    assert KEY not in said
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("t.db*"))
    assert KEY.encode() not in stored


def test_two_readings_of_files_are_compared(server: ChatServer, env: dict[str, str], many: Path) -> None:
    done = run("compare-extractors", "default", "llm", many, "--all", "--json", env=env)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    met = next(e for a in told["articles"] for e in a["events"] if e["kind_b"] == "meeting")
    assert (met["found_by"], met["kind_a"], met["date_a"], met["date_b"]) == (
        "both",
        "meeting",
        "2025-03-04",
        "2025-03-04",
    )
    assert set(met["actors_a"]) == set(met["actors_b"]) == {"Vladimir Putin", "Min Aung Hlaing"}
    bombed = next(e for a in told["articles"] for e in a["events"] if e["kind_b"] == "air strike")
    assert bombed["found_by"] == "both"
    assert bombed["date_a"] != bombed["date_b"]
    totals = told["totals"]
    assert totals["articles"] == 2
    assert totals["matched"] + totals["only_b"] == totals["events_b"] == 3
    assert totals["same_date"] < totals["matched"]
    assert totals["recall"] == round(totals["matched"] / totals["events_a"], 4)


def test_readings_of_the_store_are_compared_without_sending_anything(
    tmp_path: Path, server: ChatServer, env: dict[str, str], many: Path
) -> None:
    db = tmp_path / "t.db"
    run("import", many, "--db", db)
    alone = run("compare-extractors", "default", "llm", "--db", db)
    assert alone.returncode == 1
    assert "no article that both 'default' and 'llm' have read. Import" in alone.stderr
    run("import", many, "--extractor", "llm", "--db", db, env=env)
    sent = len(server.requests)
    stored = run("compare-extractors", "default", "llm", "--db", db, "--all", "--json")
    assert stored.returncode == 0, stored.stderr
    assert len(server.requests) == sent
    files = run("compare-extractors", "default", "llm", many, "--all", "--json", env=env)
    assert json.loads(stored.stdout)["totals"] == json.loads(files.stdout)["totals"]


def test_a_comparison_is_printed_as_table_csv_and_lines(server: ChatServer, env: dict[str, str], many: Path) -> None:
    table = run("compare-extractors", "default", "llm", many, env=env)
    assert "llm against default: precision" in table.stderr
    rows = list(csv.DictReader(io.StringIO(run("compare-extractors", "default", "llm", many, "--csv", env=env).stdout)))
    lines = run("compare-extractors", "default", "llm", many, "--nl", env=env).stdout.splitlines()
    assert len(rows) == len(lines) >= 2
    assert list(json.loads(lines[0])) == list(rows[0])


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"TIMELINE_LLM_URL": ""}, "needs an endpoint and a model. Set TIMELINE_LLM_URL"),
        ({"TIMELINE_LLM_MODEL": " "}, "needs an endpoint and a model. Set TIMELINE_LLM_URL"),
        ({"TIMELINE_LLM_URL": "api.example.org/v1"}, "TIMELINE_LLM_URL is no address. Write https://HOST/v1"),
        ({"TIMELINE_LLM_URL": "https://[1/v1"}, "TIMELINE_LLM_URL is no address"),
        ({"TIMELINE_LLM_URL": "https://host:99999/v1"}, "TIMELINE_LLM_URL is no address"),
        ({"TIMELINE_LLM_URL": "file:///etc/passwd"}, "TIMELINE_LLM_URL is no address"),
        ({"TIMELINE_LLM_URL": f"https://me:{KEY}@host/v1"}, "holds a password. Put the key into TIMELINE_LLM_KEY"),
        ({"TIMELINE_LLM_URL": "http://192.0.2.1/v1"}, "the key would travel unencrypted. Use https"),
        ({"TIMELINE_LLM_URL": "http://localhost.example.org/v1"}, "the key would travel unencrypted"),
        ({"TIMELINE_LLM_KEY": f"{KEY}\r\nX-Other: 1"}, "a key is one word of plain characters"),
        ({"TIMELINE_LLM_PRICE_IN": "two"}, "TIMELINE_LLM_PRICE_IN: 'two' is no number"),
        ({"TIMELINE_LLM_PRICE_OUT": "-1"}, "TIMELINE_LLM_PRICE_OUT: '-1' is no number"),
        ({"TIMELINE_LLM_PRICE_OUT": "nan"}, "TIMELINE_LLM_PRICE_OUT: 'nan' is no number"),
        ({"TIMELINE_LLM_PRICE_OUT": ""}, "go together"),
        ({"TIMELINE_LLM_TIMEOUT": "0"}, "TIMELINE_LLM_TIMEOUT: 0 is not between 1 and 3600"),
    ],
)
def test_settings_that_are_wrong_are_told_in_a_line_without_the_key(
    env: dict[str, str], changed: dict[str, str], line: str
) -> None:
    with pytest.raises(UsageError) as raised:
        Settings.of(env | changed)
    assert line in str(raised.value)
    assert KEY not in str(raised.value)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://api.example.org/v1", "https://api.example.org/v1/chat/completions"),
        ("https://api.example.org/v1/", "https://api.example.org/v1/chat/completions"),
        ("https://api.example.org/v1/chat/completions", "https://api.example.org/v1/chat/completions"),
        ("https://api.example.org/x?api-version=1", "https://api.example.org/x/chat/completions?api-version=1"),
        ("http://localhost:8080", "http://localhost:8080/chat/completions"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1/chat/completions"),
    ],
)
def test_the_address_of_chat_completions_is_found_from_its_base(env: dict[str, str], given: str, address: str) -> None:
    settings = Settings.of(env | {"TIMELINE_LLM_URL": given})
    assert settings.url == address
    assert KEY not in repr(settings)


def test_a_name_that_no_extractor_has_is_wrong_usage(tmp_path: Path, story: Path) -> None:
    for arguments in (["import", story], ["extract", story]):
        done = run(*arguments, "--extractor", "magic", env={"TIMELINE_DATABASE_URL": str(tmp_path / "t.db")})
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("timeline: no extractor is called 'magic'. Say default, llm")
    assert not (tmp_path / "t.db").exists()
