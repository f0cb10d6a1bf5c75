"""timeline dates, and where publication dates come from, as users run them: real processes, real files."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.test_commands import CONTROLS
from tests.commands import run

ARTICLE = Path(__file__).parents[2] / "data" / "articles" / "14-visit-2025.txt"
STORY = "Sign in\n\nVladimir Putin met Min Aung Hlaing in the Kremlin in Moscow on Tuesday, officials there said.\n"
KEYS = ["start", "end", "text", "type", "value", "edtf", "earliest", "latest", "reason"]


def rows(*arguments: str | Path, stdin: bytes = b"") -> list[dict[str, object]]:
    done = run("dates", *arguments, "--json", stdin=stdin)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("source", ["file", "stdin"])
def test_the_dates_of_an_article_are_those_that_extract_gives(source: str) -> None:
    stdin = ARTICLE.read_bytes() if source == "stdin" else b""
    name = "-" if source == "stdin" else ARTICLE
    times = json.loads(run("extract", name, stdin=stdin).stdout)["times"]
    assert len(times) > 3
    assert rows(name, stdin=stdin) == times
    assert list(times[0]) == KEYS


def test_a_text_is_read_as_it_is() -> None:
    assert [(r["text"], r["edtf"]) for r in rows("--text", "The coup in February 2021")] == [
        ("February 2021", "2021-02")
    ]
    # Neither a header nor the furniture of a site: the extents are those of the words given.
    text = "Title: x\nPublished: 2025-03-03\n\nSign in on Monday"
    (found,) = [r for r in rows("-t", text) if r["text"] == "Monday"]
    assert text[found["start"] : found["end"]] == "Monday"  # type: ignore[misc]
    assert found["edtf"] is None


def test_every_form_tells_the_same() -> None:
    array = rows(ARTICLE)
    assert [json.loads(line) for line in run("dates", ARTICLE, "--nl").stdout.splitlines()] == array
    table = list(csv.DictReader(io.StringIO(run("dates", ARTICLE, "--csv").stdout)))
    assert [list(row) for row in table] == [KEYS] * len(array)
    assert [row["edtf"] for row in table] == [row["edtf"] for row in array]
    root = ET.fromstring(run("dates", ARTICLE, "--timex3").stdout.encode())  # noqa: S314 - our own output
    assert [(t.text, t.get("value")) for t in root.findall("TEXT/TIMEX3")] == [(r["text"], r["value"]) for r in array]
    assert root.find("DCT/TIMEX3").get("value") == "2025-03-03"  # type: ignore[union-attr]
    shown = run("dates", ARTICLE)
    assert "2025-03-03 to 2025-03-09" in shown.stdout
    assert shown.stderr == "published 2025-03-03 (header)\n"
    assert run("dates", "-t", "Nothing here.", "--csv").stdout.strip() == ",".join(KEYS)
    assert json.loads(run("dates", "-t", "Nothing here.", "--json").stdout) == []
    assert run("dates", "-t", "Nothing here.").stderr == "No time expression found.\n"


def test_json_lines_give_an_object_an_article_in_their_order(tmp_path: Path) -> None:
    lines = tmp_path / "2024-01-01.jsonl"
    articles = [
        {"id": f"a{n}", "text": f"He came on Monday, {n} March.", "published": "2025-03-03"} for n in range(1, 40)
    ]
    articles.append({"id": "de", "text": "Er kam am 3. März 2025.", "language": "de"})
    articles.append({"id": "none", "text": "He came on Monday."})
    lines.write_text("".join(json.dumps(each) + "\n" for each in articles) + "broken\n")
    done = run("dates", lines, "--jobs", "2")
    assert done.returncode == 3
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in told] == [each["id"] for each in articles]
    assert [list(each) for each in told] == [["id", "times"]] * len(articles)
    assert [t["edtf"] for t in told[-2]["times"]] == ["2025-03-03"]
    # The name of a file of many articles dates none of them.
    assert [t["edtf"] for t in told[-1]["times"]] == [None]
    assert done.stderr.splitlines() == [
        f"timeline: {lines}#42: this is no JSON",
        "timeline: in 1 article no publication date: relative dates stay open; give --published",
    ]
    piped = run("dates", "-", stdin=lines.read_bytes())
    assert piped.stdout == done.stdout
    assert json.loads(run("dates", lines, "--json").stdout) == told
    cells = list(csv.DictReader(io.StringIO(run("dates", lines, "--csv").stdout)))
    assert [row["id"] for row in cells] == [each["id"] for each in told for _ in each["times"]]
    marked = [json.loads(line) for line in run("dates", lines, "--timex3").stdout.splitlines()]
    assert [ET.fromstring(each["timex3"].encode()).findtext("DOCID") for each in marked] == [  # noqa: S314
        each["id"] for each in articles
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["missing.txt"], 1, "missing.txt: there is no such file. Check the path"),
        (["two weeks ago"], 1, 'For a text, say: timeline dates --text "two weeks ago"'),
        (["x " * 5000], 1, "there is no such file"),
        (["."], 1, "this is a folder"),
        (["empty.txt"], 1, "empty.txt: the file is empty"),
        (["binary.txt"], 1, "binary.txt: this is"),
        (["line.txt"], 1, "more than a million characters"),
        (["header.txt"], 1, "the header's date 'yesterday' is none"),
        ([], 2, "either a FILE or --text"),
        (["empty.txt", "-t", "on Monday"], 2, "either a FILE or --text"),
        (["-t", "x", "--json", "--timex3"], 2, "only one"),
        (["-t", "x", "--published", "2025-03"], 2, "no single day"),
        (["-t", "x", "--published", "0001-01-01"], 2, "no news was published on 0001-01-01"),
        (["-t", "x", "--published", "9999-12-31"], 2, "no news was published"),
        (["-t", "x", "--published", "soon"], 2, "'soon' is no date"),
        (["-t", "x", "--language", "klingon"], 2, "de, fr, es"),
        (["-t", "x", "--locale", "en"], 2, "en-GB"),
        (["-t", "x", "--published-from", "moon"], 2, "name, mtime, none"),
    ],
)
def test_what_is_not_understood_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    Path("empty.txt").touch()
    Path("binary.txt").write_bytes(bytes(range(256)) * 40)
    Path("line.txt").write_text("on Monday " * 500_000)
    Path("header.txt").write_text("Title: T\nPublished: yesterday\n\nPutin met Xi in Moscow.")
    done = run("dates", *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes("Er kam am 3. März 2025 nach Köln.".encode("utf-16"))
    assert [r["text"] for r in rows(path, "--language", "German")] == ["3. März 2025"]


def test_the_language_option_speaks_for_those_that_do_not_name_theirs() -> None:
    feed = "".join(
        json.dumps({"id": language, "text": "Wahl am 3. März 2025. Vote on 3 May 2025.", **named}) + "\n"
        for language, named in (("none", {}), ("en", {"language": "en"}), ("de", {"language": "de-AT"}))
    )
    done = run("dates", "-", "--language", "de", stdin=feed.encode())
    found = {each["id"]: [t["text"] for t in each["times"]] for each in map(json.loads, done.stdout.splitlines())}
    assert found["none"] == found["de"] == ["3. März 2025"]
    assert "3 May 2025" in found["en"]


def test_the_locale_decides_the_order_of_strokes() -> None:
    assert [r["edtf"] for r in rows("-t", "on 3/4/2025", "--locale", "en_gb")] == ["2025-04-03"]
    assert [r["edtf"] for r in rows("-t", "on 3/4/2025")] == ["2025-03-04"]


def test_a_missing_publication_date_is_said_and_how_to_give_it() -> None:
    done = run("dates", "-", "--json", stdin=STORY.encode())
    assert done.stderr == "timeline: no publication date: relative dates stay open; give --published\n"
    assert run("dates", "-t", "in March 2021", "--json").stderr == ""


def test_nothing_in_a_text_acts_on_the_terminal_or_the_spreadsheet() -> None:
    line = {"id": f"=1+1{CONTROLS}", "text": f"He came on{CONTROLS} last\x1b[31m Monday and on Monday,\u202e March 3."}
    feed = json.dumps(line).encode()
    for form in ([], ["--timex3"]):
        assert not set(run("dates", "-", *form, stdin=feed).stdout) & {"\x1b", "\x07"}
    cells = [c for row in csv.reader(io.StringIO(run("dates", "-", "--csv", stdin=feed).stdout)) for c in row]
    assert not [c for c in cells if c[:1] in ("=", "+", "@")]
    text = run("dates", "-t", f"on Monday {CONTROLS} last\u202e Monday", "--timex3")
    assert not set(text.stdout) & (set(CONTROLS) | {"\x1b"})
    table = run(
        "dates", "-t", f"two{chr(0x85)}weeks\u202e ago or last\u2066 Monday on Monday", "--published", "2025-03-03"
    )
    assert not set(table.stdout) & set(CONTROLS)


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text((json.dumps({"text": "He came on 3 March 2025. " * 40}) + "\n") * 300)
    shell = f"'{sys.executable}' -m timeline dates '{lines}' | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "text", "options", "told"),
    [
        ("2025-03-05.txt", STORY, [], "published 2025-03-05 (file name)"),
        ("2025-03-05.txt", STORY, ["--published-from", "none"], "no publication date"),
        ("2025-03-05.txt", STORY, ["--published", "6 March 2025"], "published 2025-03-06 (given)"),
        ("2025/03/05/story.txt", STORY, [], "published 2025-03-05 (file name)"),
        ("story.txt", STORY, ["--published-from", "mtime"], "published 2023-11-14 (file time)"),
        ("story.txt", STORY, [], "no publication date"),
        ("2025-03-09.txt", f"MOSCOW, March 5, 2025 (AP) — {STORY[9:]}", [], "published 2025-03-05 (dateline)"),
        ("2025-03-06.txt", f"MOSCOW, March 5 (AP) — {STORY[9:]}", [], "published 2025-03-05 (dateline)"),
        ("2025-03-09.txt", f"By Jane Doe | March 5, 2025\n\n{STORY}", [], "published 2025-03-05 (byline)"),
        ("2025-03-09.txt", f"Published: March 5, 2025\n\n{STORY}", [], "published 2025-03-05 (text)"),
        ("2025-03-09.txt", f"Published: 5 March 2025\nTitle: T\n\n{STORY}", [], "published 2025-03-05 (header)"),
        ("story.txt", f"Title: T\nUrl: https://example.org/2025/03/05/x\n\n{STORY}", [], "published 2025-03-05 (url)"),
    ],
)
def test_each_source_of_the_publication_date_is_named(
    tmp_path: Path, name: str, text: str, options: list[str], told: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert told in run("dates", path, *options).stderr
    db = tmp_path / "t.db"
    done = run("import", path, *options, "--db", db)
    event = json.loads(run("show", "--all", "--kind", "meeting", "--json", "--db", db).stdout)[0]
    shown = run("event", event["id"], "--db", db).stdout
    assert told in shown
    # What is not known is said at the import, and the event is kept without a day.
    assert ("give --published" in done.stderr) is (told == "no publication date")
    assert (event["when"] is None) is (told == "no publication date")
    again = run("import", path, *options, "--db", db)
    assert again.stderr == "read 1 = 0 added + 0 updated + 1 unchanged + 0 quarantined\n"


def test_a_date_asked_for_later_is_added_and_a_weaker_one_never_replaces_a_stated_one(tmp_path: Path) -> None:
    db, path = tmp_path / "t.db", tmp_path / "story.txt"
    path.write_text(STORY)
    run("import", path, "--db", db)
    assert "1 updated" in run("import", path, "--published-from", "mtime", "--db", db).stderr
    assert "1 updated" in run("import", path, "--published", "2025-03-05", "--db", db).stderr
    assert "1 unchanged" in run("import", path, "--published-from", "mtime", "--db", db).stderr
    (event,) = json.loads(run("show", "--all", "--kind", "meeting", "--json", "--db", db).stdout)
    assert event["when"] == "2025-03-04"


@pytest.mark.parametrize(
    ("header", "options"), [("", ["--published", "2025-03-05"]), ("Title: T\nPublished: 2025-03-05\n\n", [])]
)
def test_a_corrected_text_without_its_date_is_read_with_the_one_that_is_kept(
    tmp_path: Path, header: str, options: list[str]
) -> None:
    db, path = tmp_path / "t.db", tmp_path / "2025-03-20.txt"
    path.write_text(header + STORY)
    run("import", path, *options, "--db", db)
    path.write_text(f"{STORY} The two leaders signed an agreement.\n")
    assert run("import", path, "--db", db).stderr.endswith(
        "read 1 = 0 added + 1 updated + 0 unchanged + 0 quarantined\n"
    )
    (event,) = json.loads(run("show", "--all", "--kind", "meeting", "--json", "--db", db).stdout)
    assert event["when"] == "2025-03-04"


@pytest.mark.parametrize("command", ["dates", "extract"])
def test_a_feed_without_one_good_line_is_a_failure_and_not_done_in_part(command: str) -> None:
    done = run(command, "-", stdin=b'{"text": ""}\n{"text": "He left.", "published": "soon"}\n')
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 2
