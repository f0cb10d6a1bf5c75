"""Runs as commands do them: one after another, logged, their failures told to whoever asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.jobs.scheduled.hooks import Hooks, message, tell
from timeline.jobs.scheduled.logs import Log, RunLog
from timeline.jobs.scheduled.running import Clock, Import, run
from timeline.model import Claim, JobRun, JobRunStatus
from timeline.model.errors import NotFoundError

if TYPE_CHECKING:
    from timeline.store.store import Store


@dataclass(slots=True)
class Doing:
    """Does runs that were claimed. `item` is told of each item, `hung` called where a run does not end; `doing` is the
    run that is being done, `failed` how many went wrong, those that will be tried again too."""

    store: Store
    importing: Import
    clock: Clock
    log: Log
    hooks: Hooks = field(default_factory=Hooks)
    hung: Callable[[], None] = lambda: None
    item: Callable[[str, int], None] = lambda _origin, _number: None
    doing: Claim | None = None
    failed: int = 0

    def __call__(self, claim: Claim) -> JobRun | None:
        """The run at its end; None where another process has it, or its job is gone."""
        told = RunLog(self.log, self.store.jobs, claim)
        told.begun()
        self.doing = claim
        try:
            state = run(self.store, claim, self.importing, self.clock, told.listener(self.item), self.hung)
            found = self.store.jobs.run(claim.run.number) if state is not None else None
        except NotFoundError:
            state = found = None
        except BaseException:
            told.say("warning", "stopped before its end")
            told.keep()
            raise
        finally:
            self.doing = None
        if state is None or found is None:
            told.say("warning", "another process has taken the run over, or its job is gone")
            return None
        told.ended(found)
        if found.status in (JobRunStatus.FAILED, JobRunStatus.WAITING):
            self.failed += 1
        if found.status is JobRunStatus.FAILED:
            if state.trouble:
                told.say("error", f"the job has disabled itself: {state.trouble}")
            for trouble in tell(self.hooks, message(found, state)):
                told.say("warning", trouble)
        told.keep()
        return found
