"""What runs log: lines of text or JSON as they come, and kept by the run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from timeline.jobs.listening import Listener, added_up, moment, shown
from timeline.jobs.secrets import without_secrets
from timeline.model import Claim, JobRun, LogLine
from timeline.model.errors import StoreError

if TYPE_CHECKING:
    from timeline.store.job_store import JobStore

LEVELS = ("debug", "info", "warning", "error")
_HELD = 50  # lines before they are written down


@dataclass(frozen=True, slots=True)
class Log:
    """Writes lines from a level on: of text, or an object of JSON each."""

    write: Callable[[str], None]
    now: Callable[[], datetime]
    level: str = "info"
    as_json: bool = False

    def say(self, level: str, text: str, **about: object) -> None:
        """`about` are values such as run=3, job="wire"."""
        if LEVELS.index(level) < LEVELS.index(self.level):
            return
        at = moment(self.now())
        if self.as_json:
            self.write(json.dumps({"at": at, "level": level, **about, "text": text}, ensure_ascii=False))
        else:
            named = f"run {about['run']} {about['job']}: " if "run" in about else ""
            self.write(f"{at} {level:<7} {named}{text}")


@dataclass(slots=True)
class RunLog:
    """What one run logs; nothing in it is secret."""

    log: Log
    jobs: JobStore
    claim: Claim
    held: list[LogLine] = field(default_factory=list)

    def say(self, level: str, text: str, **about: object) -> None:
        line = " ".join(without_secrets(text, self.claim.job).split())
        self.log.say(level, line, run=self.claim.run.number, job=self.claim.job.name, **about)
        if level != "debug":
            self.held.append(LogLine(self.log.now(), level, line))
        if len(self.held) >= _HELD:
            self.keep()

    def keep(self) -> None:
        """Write down what was said; where the database refuses, it was said at least."""
        lines, self.held = self.held, []
        try:
            self.jobs.log(self.claim.run.number, lines)
        except StoreError as error:
            self.log.say("warning", f"the log is not kept: {error}")

    def begun(self) -> None:
        run = self.claim.run
        planned = f"planned for {moment(run.planned)}" + (f", and {run.missed} earlier" if run.missed else "")
        self.say("info", f"begins, {planned}, try {run.attempt}", attempt=run.attempt, planned=moment(run.planned))

    def ended(self, run: JobRun) -> None:
        line = f"{run.status.value}: {added_up(run)}, {run.linked} linked"
        again = f". Tried again at {moment(run.next_try)}" if run.next_try else ""
        level = {"failed": "error", "waiting": "warning"}.get(run.status.value, "info")
        error = f". {run.error}" if run.error else ""
        self.say(level, f"{line}{error}{again}", status=run.status.value, **run.counts)

    def listener(self, item: Callable[[str, int], None] = lambda _origin, _number: None) -> Listener:
        """Listens to an import; `item` is called besides with each origin and how many items it was."""

        def one(origin: str) -> None:
            item(origin, 1)
            self.say("debug", shown(origin))

        def rows(origin: str, number: int) -> None:
            item(origin, number)
            self.say("debug", f"{shown(origin)}: {number} rows")

        return Listener(
            one,
            rows,
            problem=lambda line: self.say("warning", line),
            warning=lambda line: self.say("info", line),
            spent=lambda line: self.say("info", line),
        )
