"""`timeline jobs` as its operators use it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.test_commands import STORY
from tests.sources.faults import Answer, FaultServer, endless, faulty
from timeline.cli import run as main
from timeline.model import Job
from timeline.store import open_store


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def db(tmp_path: Path) -> str:
    return str(tmp_path / "t.db")


@pytest.fixture
def say(db: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> object:
    """Runs `timeline jobs …` on a store."""
    monkeypatch.delenv("TIMELINE_DATABASE_URL", raising=False)

    def said(*arguments: str | Path, code: int = 0) -> Said:
        monkeypatch.setattr(sys, "argv", ["timeline", "jobs", *map(str, arguments), "--db", db])
        capsys.readouterr()
        got = main()
        out = capsys.readouterr()
        assert got == code, out.err
        return Said(got, out.out, out.err)

    return said


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with faulty() as running:
        yield running


def test_a_job_is_defined_changed_seen_and_removed(say, story: Path) -> None:
    added = say("add", "wire", story, "--every", "1h", "--publisher", "Wire", "--jitter", "5m")
    assert added.err.startswith("The job wire runs next 20")
    say("edit", "wire", "--cron", "0 6 * * *", "--tz", "Asia/Yangon", "--publisher", "")
    [job] = json.loads(say("list", "--json").out)
    assert (job["name"], job["cron"], job["tz"], job["jitter"]) == ("wire", "0 6 * * *", "Asia/Yangon", "5m")
    assert job["next_local"].endswith("+0630 Asia/Yangon")
    assert " 06:0" in job["next_local"]
    assert not {"every", "publisher"} & job.keys()
    assert "06:0" in say("list").out
    say("disable", "wire")
    assert json.loads(say("show", "wire", "--json").out)["next"] is None
    assert say("run-due").err == ""
    say("enable", "wire")
    assert say("health").err == "All is well with 1 job.\n"
    assert "there is no job 'wir'. Did you mean wire?" in say("show", "wir", code=1).err
    say("remove", "wire", "--yes")
    assert json.loads(say("list", "--json").out) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["wire", "a.txt"], "--every so often or by a --cron line"),
        (["wire", "a.txt", "--every", "1h", "--cron", "0 6 * * *"], "--every so often or by a --cron line"),
        (["wire", "a.txt", "--every", "5s"], "once a minute"),
        (["../wire", "a.txt", "--every", "1h"], "no name for a job"),
        (["wire", "-", "--every", "1h"], "none that a job can read"),
        (["wire", "a.txt", "--every", "1h", "--jitter", "2h"], "as long as the time between two runs"),
        (["wire", "a.txt", "--every", "1h", "--catch-up", "some"], "Say latest, all, none"),
        (["wire", "a.txt", "--every", "1h", "--format", "smoke"], "smoke"),
        (["wire", "https://me:pw@example.org/a", "--every", "1h"], "a user or a password"),
        (["wire", "https://example.org/a?token=abc", "--every", "1h"], "Write ${NAME} in its place"),
        (["wire", "https://example.org/a?x=${X}&api_key=abc", "--every", "1h"], "Write ${NAME} in its place"),
    ],
)
def test_what_is_no_job_is_refused_in_one_line(say, arguments: list[str], told: str) -> None:
    said = say("add", *arguments, code=2)
    assert told in said.err
    assert said.err.count("\n") == 1
    assert "abc" not in said.err


def test_a_run_by_hand_is_logged_kept_and_seen(say, story: Path) -> None:
    say("add", "wire", story, "--every", "1h")
    would = say("run", "wire", "--dry-run", "--json")
    assert [(row["what"], row["origin"]) for row in json.loads(would.out)] == [("new", str(story))]
    assert json.loads(say("history", "--json").out) == []
    done = say("run", "wire", "--log-format", "json", "-v")
    logged = [json.loads(line) for line in done.err.splitlines()]
    assert all({"at", "level", "run", "job", "text"} <= line.keys() for line in logged)
    assert (logged[-1]["added"], logged[-1]["status"]) == (1, "done")
    assert say("run", "wire", "-q").err == ""
    latest, first = json.loads(say("history", "wire", "--json").out)
    assert (first["read"], first["added"], latest["unchanged"], latest["status"]) == (1, 1, 1, "done")
    assert first["import"] != latest["import"]
    kept = json.loads(say("logs", first["run"], "--json").out)
    assert [line["text"] for line in kept] == [line["text"] for line in logged if line["level"] != "debug"]
    assert "read 1 = 1 added" in say("logs", first["run"]).out


def test_a_failing_job_is_told_of_and_disables_itself(
    say, server: FaultServer, monkeypatch: pytest.MonkeyPatch, db: str
) -> None:
    """It posts to the webhook without telling its address, and hurts no run where that fails."""
    monkeypatch.setenv("TIMELINE_WEBHOOK", server.say("/hook-s3cret", Answer(b"no", status=500)))
    say("add", "gone", server.say("/gone", Answer(b"", status=404)), "--every", "1h", "--max-failures", "2")
    say("edit", "gone", "--allow-private")
    refused = say("run", "gone", code=1)
    assert "the webhook was not told: its host is this very machine" in refused.err
    assert "s3cret" not in refused.err
    monkeypatch.setenv("TIMELINE_WEBHOOK_PRIVATE", "yes")
    [failed] = json.loads(say("history", "--json").out)
    assert (failed["status"], failed["quarantined"]) == ("failed", 1)
    say("retry", failed["run"], code=1)
    assert server.asked("/hook-s3cret") == 1
    assert json.loads(say("show", "gone", "--json").out)["trouble"] == "it failed 2 times in a row"
    assert "has disabled itself: it failed 2 times in a row" in say("health", code=1).out
    assert json.loads(say("health", "--json", code=1).out)["ok"] is False
    assert 'timeline_job_self_disabled{job="gone"} 1\n' in say("metrics").out
    assert "runs next 20" in say("enable", "gone").err


def test_a_secret_is_fetched_with_and_told_nowhere(
    say, server: FaultServer, monkeypatch: pytest.MonkeyPatch, db: str
) -> None:
    server.say("/a.txt?token=s3cret%20word", Answer(STORY.encode()))
    server.say("/b?key=s3cret%20word", Answer(b"", status=403))
    add = ["add", "wire", server.url("/a.txt?token=${TOKEN}"), server.url("/b?key=${TOKEN}"), "--every", "1h"]
    assert "no variable TOKEN" in say(*add, "--allow-private").err + say("run", "wire", code=1).err
    monkeypatch.setenv("TOKEN", "s3cret%20word")
    seen = [say("run", "wire", "-v", code=3), say("run", "wire", "--dry-run"), say("list"), say("list", "--json")]
    seen += [say("show", "wire"), say("history", "--json"), say("logs", 2), say("export"), say("health")]
    for said in seen:
        assert "s3cret" not in said.out + said.err
    assert server.asked("/a.txt?token=s3cret%20word") >= 1
    data = b"".join(path.read_bytes() for path in Path(db).parent.glob("t.db*"))
    assert b"s3cret" not in data
    assert b"${TOKEN}" in data


JOBS = """
[jobs.wire]
sources = ["https://example.org/feed.xml?token=${NEWS_TOKEN}"]
every = "1h"
follow = true

[jobs."archive.2026"]
sources = ["articles"]
cron = "0 6 * * *"
tz = "Asia/Yangon"
catch-up = "all"
"""


def test_a_file_of_jobs_is_applied_and_twice_changes_nothing(say, tmp_path: Path) -> None:
    file = tmp_path / "jobs.toml"
    file.write_text(JOBS)
    first = say("apply", file, "--yes")
    assert "+ wire\n" in first.out
    assert '    + every = "1h"\n' in first.out
    before = say("list", "--json").out
    again = say("apply", file)
    assert (again.out, again.err) == ("", "Nothing changes.\n")
    assert say("list", "--json").out == before
    assert str(tmp_path / "articles") in before
    exported = say("export").out
    (tmp_path / "exported.toml").write_text(exported)
    assert say("apply", tmp_path / "exported.toml", "--prune").err == "Nothing changes.\n"
    file.write_text(JOBS.replace('"1h"', '"2h"').partition('[jobs."arch')[0])
    changed = say("apply", file, "--yes", "--prune")
    assert changed.out == '~ wire\n    ~ every = "1h" → "2h"\n- archive.2026\n'
    assert [job["name"] for job in json.loads(say("list", "--json").out)] == ["wire"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[jobs.wire", "this is no TOML"),
        ("[job.wire]", "job: only tables [jobs.NAME] stand here"),
        ('[jobs.wire]\nsources = "a"\nevery = "1h"', "[jobs.wire]: sources: 'a' is no list"),
        ('[jobs.wire]\nsources = ["a"]\nevery = 5', "[jobs.wire]: every: 5 is no text"),
        ('[jobs.wire]\nsources = ["a"]\nevery = "1h"\nfollow = "yes"', "[jobs.wire]: follow: 'yes' is neither"),
        ('[jobs.wire]\nsources = ["a"]\nevery = "1h"\nnever = 1', "[jobs.wire]: never: a job has no such key"),
        ('[jobs.a]\nsources = ["a"]\nevery = "1h"\n[jobs.b]\nevery = "1h"', "[jobs.b]: a job needs sources"),
        ('[jobs.wire]\nsources = ["https://x.org/?token=abc"]\nevery = "1h"', "[jobs.wire]: a source has a secret"),
    ],
)
def test_a_file_of_jobs_that_is_wrong_says_where_and_changes_nothing(say, tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "jobs.toml"
    file.write_text(text)
    said = say("apply", file, "--yes", code=1)
    assert f"{file}" in said.err
    assert told in said.err
    assert said.err.count("\n") == 1


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
@pytest.mark.parametrize("options", [["--user"], ["--daemon", "--user"], ["--run-as", "root"], ["--daemon"]])
def test_systemd_accepts_the_units(say, tmp_path: Path, options: list[str]) -> None:
    text = say("install", "--systemd", *options, "--minutes", "5").out
    units = dict(re.findall(r"^# \S+/(timeline-jobs\.\w+)\n(.*?)(?=^# /|\Z)", text, re.M | re.S))
    assert set(units) == {"timeline-jobs.service"} | ({"timeline-jobs.timer"} if "--daemon" not in options else set())
    for name, unit in units.items():
        (tmp_path / name).write_text(unit)
    assert "--daemon" in options or "Persistent=true" in units["timeline-jobs.timer"]
    files = [str(tmp_path / name) for name in units]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    problems = [line for line in done.stderr.splitlines() if "timeline-jobs" in line]
    assert problems == []
    assert done.returncode == 0 or not any("timeline" in line for line in done.stderr.splitlines())


def test_cron_accepts_its_line_and_the_line_runs(say, tmp_path: Path, story: Path) -> None:
    say("add", "wire", story, "--every", "1h")
    variables = tmp_path / "50%.env"
    variables.write_text("NEWS_TOKEN=secret\n")
    variables.chmod(0o644)
    said = say("install", "--cron", "--env-file", variables)
    assert "others may read" in said.err
    fields = said.out.split(" ", 5)
    assert fields[:5] == ["*"] * 5
    if shutil.which("crontab"):
        (tmp_path / "crontab").write_text(said.out)
        command = ["crontab", "-n", str(tmp_path / "crontab")]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    line = fields[5].replace("\\%", "%")  # as cron gives it to the shell
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_password_stands_in_no_unit(say, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(
        sys, "argv", ["timeline", "jobs", "install", "--systemd", "--db", "postgresql://me:s3cret@localhost/t"]
    )
    assert main() == 2
    out = capsys.readouterr()
    assert "s3cret" not in out.out + out.err
    assert "--env-file" in out.err


def test_a_daemon_stops_within_seconds_and_gives_back_what_runs(server: FaultServer, db: str) -> None:
    slow = server.say("/slow", Answer(endless(b"x"), pause=0.5))
    now = datetime.now(UTC)
    job = Job("slow", (slow,), every="1h", options={"allow-private": "yes"})
    with open_store(db) as store:
        store.jobs.add(job, now - timedelta(hours=2), now - timedelta(hours=1))
    command = [sys.executable, "-m", "timeline", "jobs", "daemon", "--db", db]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not server.asked("/slow") and time.monotonic() < until and child.poll() is None:
        time.sleep(0.1)
    begun = time.monotonic()
    child.send_signal(signal.SIGTERM)
    _, told = child.communicate(timeout=20)
    assert time.monotonic() - begun < 5
    assert child.returncode == 0, told
    assert "stopped" in told
    with open_store(db) as store:
        [run] = store.jobs.history()
        assert (run.status.value, run.error, run.attempt) == ("waiting", "it was stopped", 0)
        assert {each.status.value for each in store.runs()} == {"failed"}
