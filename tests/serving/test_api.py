"""The JSON API: what it answers is what the store says, and what its description says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from timeline.asking.asked import Asked
from timeline.asking.filters import FILTERS, asked_of
from timeline.exports.objects import event_object
from timeline.model.errors import UsageError
from timeline.serving.app import ANSWERS
from timeline.serving.files import TYPES
from timeline.store import EventQuery, open_store

Ask = Callable[..., httpx.Response]

PATHS = {
    "/api/events": "/api/events?all=1",
    "/api/count": "/api/count?country=Myanmar",
    "/api/count-by": "/api/count-by?by=person&country=Myanmar",
    "/api/countries": "/api/countries",
    "/api/people": "/api/people?country=Russia",
    "/api/organisations": "/api/organisations?limit=1",
}


def whole(description: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": description["components"]})


@pytest.fixture(scope="module")
def description(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


def test_the_events_are_those_of_the_store_in_its_words(ask: Ask, db: Path) -> None:
    with open_store(str(db), create=False) as store:
        expected = [event_object(event) for event in store.events(EventQuery(min_salience=0.4))]
    assert ask("/api/events", limit=1000).json()["events"] == expected
    assert len(expected) > 10


@pytest.mark.parametrize("order", [{}, {"reverse": 1}, {"sort": "salience"}, {"sort": "reported", "reverse": 1}])
def test_following_the_pages_gives_each_event_once_in_order(ask: Ask, order: dict[str, Any]) -> None:
    at_once = [event["id"] for event in ask("/api/events", limit=1000, **order).json()["events"]]
    seen, page = [], ask("/api/events", limit=4, **order).json()
    seen += [event["id"] for event in page["events"]]
    while page["next"]:
        page = ask(page["next"]).json()
        seen += [event["id"] for event in page["events"]]
        assert len(page["events"]) <= 4
    assert seen == at_once
    assert page["after"] is None


def test_the_lists_have_pages_too(ask: Ask) -> None:
    at_once = ask("/api/countries").json()
    assert at_once["next"] is None
    first = ask("/api/countries", limit=1).json()
    assert first["countries"] == at_once["countries"][:1]
    seen, page = first["countries"], first
    while page["next"]:
        page = ask(page["next"]).json()
        seen += page["countries"]
    assert seen == at_once["countries"]


def test_an_event_comes_with_its_reports_by_its_id_or_the_beginning_of_it(ask: Ask) -> None:
    listed = ask("/api/events", person="Putin", limit=1).json()["events"][0]
    found = ask(f"/api/events/{listed['id']}").json()
    assert {key: found[key] for key in listed} == listed
    assert found["evidence"][0]["sentence"] == listed["sentence"]
    assert ask(f"/api/events/{listed['id'][:10]}").json() == found


def test_counting_says_what_the_list_holds(ask: Ask) -> None:
    listed = ask("/api/events", country="Myanmar", limit=1000).json()["events"]
    assert ask("/api/count", country="Myanmar").json()["count"] == len(listed)
    counts = ask("/api/count-by", by="year", country="Myanmar").json()["counts"]
    assert sum(each["events"] for each in counts) == len(listed)


def test_every_filter_has_one_name_everywhere(description: dict[str, Any]) -> None:
    assert {each.key for each in FILTERS} == Asked.__annotations__.keys()
    parameters = description["paths"]["/api/events"]["get"]["parameters"]
    assert [each["name"] for each in parameters] == [each.name for each in FILTERS]


def test_parameters_are_read_as_the_options_of_the_command_are() -> None:
    said = [("country", "MMR"), ("country", "RUS"), ("between", "A"), ("between", "B"), ("all", "true"), ("limit", "3")]
    assert asked_of([*said, ("min_sources", "2"), ("as", "place"), ("hidden", "0"), ("person", " ")]) == {
        "country": ["MMR", "RUS"],
        "between": ("A", "B"),
        "all": True,
        "limit": 3,
        "min_sources": 2,
        "as_": "place",
    }
    for wrong in [("x", "1"), ("limit", "many"), ("all", "perhaps"), ("text", "\x00"), ("text", "a" * 501)]:
        with pytest.raises(UsageError):
            asked_of([wrong])
    with pytest.raises(UsageError):
        asked_of([("since", "2021"), ("since", "2022")])


def test_the_description_is_whole_and_names_every_address(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1.")
    described = set(description["paths"])
    assert described == {path for path in ANSWERS if path.startswith("/api/") and path != "/api/openapi.json"} | {
        f"/export.{name}" for name in TYPES
    }
    for path, item in description["paths"].items():
        assert set(item) == {"get"}
        for parameter in item["get"]["parameters"]:
            Draft202012Validator.check_schema(parameter["schema"])
            assert parameter["in"] in ("query", "path")
            assert (f"{{{parameter['name']}}}" in path) == (parameter["in"] == "path")
            assert parameter["description"]
        assert {"200", "503"} < set(item["get"]["responses"])
    Draft202012Validator.check_schema({"components": description["components"]})


def test_answers_are_as_described(ask: Ask, description: dict[str, Any]) -> None:
    one = ask("/api/events", limit=1).json()["events"][0]["id"]
    for path, address in {**PATHS, "/api/events/{name}": f"/api/events/{one}"}.items():
        answer = ask(address)
        assert answer.status_code == 200, answer.text
        content = description["paths"][path]["get"]["responses"]["200"]["content"]
        assert list(content) == [answer.headers["content-type"]]
        whole(description, content["application/json"]["schema"]).validate(answer.json())


@pytest.mark.parametrize(
    ("path", "parameters", "status", "where"),
    [
        ("/api/events", {"country": "Atlantis"}, 400, ""),
        ("/api/events", {"since": "someday"}, 400, "since"),
        ("/api/events", {"limit": "1001"}, 400, "limit"),
        ("/api/events", {"after": "0000000000000000"}, 400, ""),
        ("/api/events", {"min-salience": "nan"}, 400, "min-salience"),
        ("/api/events", {"contry": "MMR"}, 400, ""),
        ("/api/events/0000000000000000", {}, 404, ""),
        ("/api/count", {"after": "0000000000000000"}, 400, ""),
        ("/api/count-by", {}, 400, "by"),
        ("/api/count-by", {"by": "colour"}, 400, "by"),
        ("/api/people", {"country": "Atlantis"}, 400, "country"),
        ("/api/people", {"after": "nobody"}, 400, "after"),
        ("/api/people", {"limit": "-1"}, 400, "limit"),
        ("/export.exe", {}, 404, ""),
        ("/export.csv", {"kind": "zzz"}, 400, ""),
        ("/nowhere", {}, 404, "/nowhere"),
        ("/../etc/passwd", {}, 404, "/etc/passwd"),
    ],
)
def test_an_error_is_json_that_says_what_where_and_what_next(
    client: httpx.Client, description: dict[str, Any], path: str, parameters: dict[str, str], status: int, where: str
) -> None:
    answer = client.get(path, params=parameters or None)
    assert answer.status_code == status, answer.text
    whole(description, {"$ref": "#/components/schemas/Error"}).validate(answer.json())
    error = answer.json()["error"]
    assert error["what"]
    assert error["where"] == where
    assert "--" not in error["what"] + error["hint"]


def test_files_hold_every_event_of_the_question(ask: Ask) -> None:
    expected = [event["id"] for event in ask("/api/events", country="Myanmar", limit=1000).json()["events"]]
    table = ask("/export.csv", country="Myanmar")
    assert table.headers["content-disposition"] == 'attachment; filename="timeline.csv"'
    assert [row["id"] for row in csv.DictReader(io.StringIO(table.text, newline=""))] == expected
    lines = ask("/export.jsonl", country="Myanmar").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == expected
    assert [event["id"] for event in ask("/export.json", country="Myanmar").json()] == expected
    assert ask("/export.csv", country="Myanmar", limit=1).text.count("\r\n") == 2


def test_a_head_has_the_headers_of_the_whole_and_no_body(client: httpx.Client) -> None:
    for path in ("/", "/api/events", "/export.csv"):
        whole_, head = client.get(path), client.head(path)
        assert head.status_code == 200
        assert head.content == b""
        for name in ("content-type", "etag", "cache-control"):
            assert head.headers.get(name) == whole_.headers.get(name)


def test_what_a_reader_has_is_not_sent_again(client: httpx.Client) -> None:
    for path in ("/", "/api/events?country=Myanmar"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(path, headers={"If-None-Match": '"else"'}).content == first.content
