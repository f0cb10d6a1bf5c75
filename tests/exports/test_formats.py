"""Every format, read back by a program that is not ours, holds what the store holds; and no text in it does harm."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from tests.exports.making import ADDRESSES, ARMY, CONTROLS, MARKUP, MYANMAR, PUTIN, UN, told, written
from tests.exports.page.test_hostile import hostile
from timeline.exports import formats, words
from timeline.exports.options import Options
from timeline.exports.tables import EVENTS
from timeline.model import Event, Modality, When

KML = "{http://www.opengis.net/kml/2.2}"
SCHEMA = json.loads((Path(__file__).parent / "timelinejs.schema.json").read_text())


def dated(events: list[Event]) -> list[Event]:
    return [each for each in events if each.when.earliest or each.when.latest]


def placed(events: list[Event]) -> list[Event]:
    return [each for each in events if each.place and each.place.latitude is not None]


def plain(text: str) -> str:
    """A text as formats show it that hold no controls."""
    return re.sub(f"[{re.escape(CONTROLS)}]", "\ufffd", text)


@pytest.mark.parametrize("name", sorted(formats.formats()))
def test_the_same_events_give_the_same_bytes(events: list[Event], name: str) -> None:
    first = written(name, events)
    assert first == written(name, iter(events))
    assert written(name, []) is not None


def test_no_events_are_a_file_that_its_reader_reads() -> None:
    assert json.loads(written("json", [])) == []
    assert json.loads(written("geojson", [])) == {"type": "FeatureCollection", "features": []}
    assert json.loads(written("timelinejs", []))["events"] == []
    assert written("jsonl", []) == written("ftm", []) == b""
    for name in ("kml", "gexf", "graphml"):
        assert fromstring(written(name, [])) is not None  # noqa: S314 - our own
    assert pytest.importorskip("icalendar").Calendar.from_ical(written("ics", [])).walk("VEVENT") == []


@pytest.mark.parametrize("name", sorted(each.name for each in formats.formats().values() if not each.binary))
def test_no_text_acts_on_a_terminal(events: list[Event], name: str) -> None:
    assert not set(written(name, events).decode()) & set(CONTROLS)


@pytest.mark.parametrize("name", sorted(formats.formats()))
def test_no_field_lets_a_character_act_or_breaks_the_format(name: str) -> None:
    data = written(name, [hostile(1, f"a{CONTROLS}\x00b")])
    assert not set(held(name, data)) & {*CONTROLS, "\x00"}


def held(name: str, data: bytes) -> str:
    """All texts of a file as its reader finds them; where that is a terminal, the file itself."""
    if name == "xlsx":
        sheet = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(data)).active
        return "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    if name == "parquet":
        row = pytest.importorskip("pyarrow.parquet").read_table(io.BytesIO(data)).to_pylist()[0]
        return "".join(text for value in row.values() for text in (value if isinstance(value, list) else [str(value)]))
    if name in ("kml", "gexf", "graphml"):
        assert fromstring(data) is not None  # noqa: S314 - our own
    return data.decode()


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_holds_every_character_of_every_event(events: list[Event], name: str) -> None:
    data = written(name, events).decode()
    read = json.loads(data) if name == "json" else [json.loads(line) for line in data.splitlines()]
    assert [(r["id"], r["title"], r["when"], r["earliest"]) for r in read] == [
        (e.id, e.title, e.when.edtf or None, e.when.earliest and e.when.earliest.isoformat()) for e in events
    ]
    assert [[a["name"] for a in r["actors"]] for r in read] == [[p.actor.name for p in e.actors] for e in events]


def test_pandas_reads_json_lines(events: list[Event]) -> None:
    import pandas as pd

    frame = pd.read_json(io.BytesIO(written("jsonl", events)), lines=True, dtype=False)
    assert list(frame["id"]) == [each.id for each in events]


def test_a_calendar_holds_each_dated_event_for_its_days(events: list[Event]) -> None:
    icalendar = pytest.importorskip("icalendar")
    calendar = icalendar.Calendar.from_ical(written("ics", events))
    entries = calendar.walk("VEVENT")
    for entry, event in zip(entries, dated(events), strict=True):
        first = event.when.earliest or event.when.latest
        last = event.when.latest or first
        assert entry["uid"] == f"{event.id}@timeline-events"
        assert entry["dtstart"].dt == first
        assert ("dtend" in entry) is (last < date.max)
        assert last == date.max or entry["dtend"].dt == last + timedelta(days=1)
        assert plain(event.title) in str(entry["summary"])
        assert event.when.edtf in str(entry["description"])
        assert str(entry.get("url", "https:")).startswith("https:")


def test_a_map_holds_every_event_with_its_place(events: list[Event]) -> None:
    read = json.loads(written("geojson", events))
    assert read["type"] == "FeatureCollection"
    assert [feature["id"] for feature in read["features"]] == [each.id for each in events]
    for feature, event in zip(read["features"], events, strict=True):
        assert list(feature["properties"]) == [column.name for column in EVENTS.columns]
        if event in placed(events):
            assert event.place is not None
            point = [event.place.longitude, event.place.latitude]
            assert feature["geometry"] == {"type": "Point", "coordinates": point}
        else:
            assert feature["geometry"] is None


def test_a_globe_holds_every_event_with_its_time_and_place(events: list[Event]) -> None:
    root = fromstring(written("kml", events))  # noqa: S314 - our own
    marks = root.findall(f"{KML}Document/{KML}Placemark")
    assert len(marks) == len(events)
    for mark, event in zip(marks, events, strict=True):
        stamp, span = mark.find(f"{KML}TimeStamp/{KML}when"), mark.find(f"{KML}TimeSpan")
        first, last = event.when.earliest, event.when.latest
        if first and first == last:
            assert stamp is not None
            assert stamp.text == str(first)
        elif first or last:
            assert span is not None
            assert [each.text for each in span] == [str(day) for day in (first, last) if day]
        else:
            assert stamp is None
            assert span is None
        assert (mark.find(f"{KML}Point") is not None) == (event in placed(events))
        assert not dangers(mark.findtext(f"{KML}description") or "")


def test_timelinejs_fits_its_schema_and_tells_inexact_dates_in_words(events: list[Event]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    read = json.loads(written("timelinejs", events))
    jsonschema.validate(read, SCHEMA)
    slides = read["events"]
    assert [each["unique_id"] for each in slides] == [f"event-{each.id}" for each in dated(events)]
    for slide, event in zip(slides, dated(events), strict=True):
        assert ("display_date" in slide) is (event.when.exactness != "day")
        first, start = event.when.earliest or event.when.latest, slide["start_date"]
        assert date(start["year"], start["month"], start["day"]) == first


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append((tag, dict(attrs)))


def dangers(html: str) -> list[Any]:
    """Tags of an HTML text that are not plain ones of ours, and links that lead elsewhere than to the web."""
    parser = _Tags()
    parser.feed(html)
    return [
        (tag, attributes)
        for tag, attributes in parser.found
        if tag not in ("p", "a", "br")
        or set(attributes) - {"href", "rel"}
        or not (attributes.get("href") or "https://").startswith(("https://", "http://"))
    ]


def test_texts_run_nothing_in_timelinejs(events: list[Event]) -> None:
    for slide in json.loads(written("timelinejs", events))["events"]:
        for html in (*slide["text"].values(), slide["group"], slide.get("display_date", "")):
            assert not dangers(html)


@pytest.mark.parametrize("payload", [*MARKUP, *ADDRESSES])
def test_markdown_shows_a_text_as_it_is(payload: str) -> None:
    """By CommonMark's rules: outside of our own marks nothing is left that begins a tag, link, entity or mark."""
    from timeline.exports.markdown import text

    shown = text(payload)
    left = re.sub(r"\\[!-/:-@\[-`{-~]|&amp;|&lt;", "", shown)
    assert not set(left) & set("<>&`*_[]{}#!|~\\\n")
    report = told(payload, "2021-02-01")
    event = Event(payload, payload, report.when, "CONSULT", "meeting", report.modality, 0.5, urls=(payload,))
    document = written("markdown", [event]).decode()
    assert len(document.splitlines()) == 8
    assert "](<" not in document


@pytest.mark.parametrize("name", ["ics", "kml", "timelinejs", "markdown"])
def test_what_was_planned_or_denied_says_so_once(events: list[Event], name: str) -> None:
    shown = written(name, events).decode().replace("\\:", ":")
    assert "Denied: A year" in shown
    assert "Planned: A season" in shown
    report = told("Planned: A visit", "2021-02-01", modality=Modality.PLANNED)
    event = Event(report.title, "", report.when, "CONSULT", "visit", report.modality, 0.5)
    assert "Planned: Planned" not in written(name, [event]).decode().replace("\\:", ":")


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2021-02-01", "1 February 2021"),
        ("2021-02-01~", "about 1 February 2021"),
        ("2021-02", "February 2021"),
        ("2021", "2021"),
        ("2022-21", "1 March 2022 to 31 May 2022"),
        ("2021/2023", "1 January 2021 to 31 December 2023"),
        ("2025-03-03/..", "on or after 3 March 2025"),
        ("../2025-03-03", "on or before 3 March 2025"),
        ("", "date unknown"),
    ],
)
def test_a_date_in_words_is_no_more_exact_than_it_is(edtf: str, shown: str) -> None:
    assert words.when(When.of(edtf)) == shown


def test_the_chronology_has_every_event_under_its_month(events: list[Event]) -> None:
    document = written("markdown", events).decode()
    assert document.count("\n- **") == len(events)
    assert document.index("## 1812") < document.index("### June 1812") < document.index("An old war begins")
    assert document.index("### 2022, month unknown") < document.index("A year") < document.index("### March 2022")
    assert "[example.org](<https://example.org/" in document


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_the_network_has_who_did_what_to_whom(events: list[Event], name: str) -> None:
    nx = pytest.importorskip("networkx")
    data = io.BytesIO(written(name, events))
    graph = nx.read_gexf(data) if name == "gexf" else nx.read_graphml(data, force_multigraph=True)
    assert set(graph.nodes) == {each.key for each in (PUTIN, MYANMAR, ARMY, UN)}
    assert graph.nodes[ARMY.key]["label"] == ARMY.name
    edges = {(one, other, data["relation"]): data for one, other, data in graph.edges(data=True)}
    assert set(edges) == {
        (PUTIN.key, MYANMAR.key, "to"),
        (PUTIN.key, UN.key, "to"),
        (MYANMAR.key, PUTIN.key, "with"),
    }
    visit = edges[PUTIN.key, UN.key, "to"]
    assert (visit["weight"], visit["types"], visit["first"], visit["last"]) == (
        1,
        "CONSULT 1",
        "2021-02-01",
        "2021-02-01",
    )


@pytest.mark.filterwarnings("ignore")
def test_followthemoney_knows_every_entity(events: list[Event]) -> None:
    pytest.importorskip("followthemoney")
    from followthemoney import model

    lines = [json.loads(line) for line in written("ftm", events).decode().splitlines()]
    entities = [model.get_proxy(line) for line in lines]
    for entity in entities:
        entity.schema.validate({"properties": {name: entity.get(name) for name in entity.properties}})
    ids = [entity.id for entity in entities]
    assert len(set(ids)) == len(ids)
    happened = {entity.id: entity for entity in entities if entity.schema.name == "Event"}
    assert list(happened) == [f"timeline-event-{each.id}" for each in events]
    for event in events:
        entity = happened[f"timeline-event-{event.id}"]
        linked = {*entity.get("organizer"), *entity.get("involved")}
        assert len(linked) == len(event.actors)
        assert linked <= set(ids)
    month = next(each for each in happened.values() if each.first("name") == "A month of talks")
    assert month.get("date") == ["2021-02"]
    putin = next(entity for entity in entities if entity.id == "Q7747")
    assert (putin.schema.name, putin.get("country")) == ("Person", ["ru"])


def test_a_library_that_is_missing_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from timeline.model.errors import TimelineError

    monkeypatch.setattr("timeline.exports.formats.find_spec", lambda _: None)
    with pytest.raises(TimelineError, match=r"pip install 'timeline-events\[xlsx\]'"):
        formats.find("xlsx").exporter()
    assert formats.find("csv").exporter().write([], Options())


def test_a_format_is_known_by_its_file() -> None:
    found = {name: formats.of_file(name) for name in ("a.CSV", "a.timeline.json", "a.json", "a.xlsx", "a", "a.b")}
    assert {name: each.name if each else None for name, each in found.items()} == {
        "a.CSV": "csv",
        "a.timeline.json": "timelinejs",
        "a.json": "json",
        "a.xlsx": "xlsx",
        "a": None,
        "a.b": None,
    }
