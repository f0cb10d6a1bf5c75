"""How the jobs are: is all well, and in numbers for Prometheus. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from timeline.model import JobRun, JobRunStatus, JobState


def unwell(states: Iterable[JobState], left: Iterable[JobRun], now: datetime, late: timedelta) -> list[str]:
    """Why not all is well: jobs that disabled themselves, or should have run for `late`; runs whose process died."""
    found = []
    for state in states:
        if state.trouble:
            found.append(f"the job {state.job.name} has disabled itself: {state.trouble}")
        elif state.next is not None and now - state.next > late and not _runs(state.last):
            found.append(f"the job {state.job.name} should have run since {state.next:%Y-%m-%dT%H:%MZ}")
    dead = [run for run in left if run.status is JobRunStatus.RUNNING]
    return found + [f"run {run.number} of {run.job} has died, and nobody has taken it over" for run in dead]


def _runs(last: JobRun | None) -> bool:
    return last is not None and last.status in (JobRunStatus.RUNNING, JobRunStatus.WAITING)


_Number = Callable[[JobState], float | None]


def _of_last(value: Callable[[JobRun], float | None]) -> _Number:
    return lambda state: value(state.last) if state.last is not None else None


def _seconds(at: datetime | None) -> float | None:
    return at.timestamp() if at is not None else None


_GAUGES: Sequence[tuple[str, str, _Number]] = (
    ("enabled", "1 where the job runs by itself, 0 where it is disabled.", lambda s: float(s.next is not None)),
    ("self_disabled", "1 where the job has disabled itself.", lambda s: float(bool(s.trouble))),
    ("failures_in_a_row", "Runs that failed since the last good one.", lambda s: float(s.failures)),
    ("next_run_timestamp_seconds", "When it runs next.", lambda s: _seconds(s.next)),
    ("last_success_timestamp_seconds", "When a run last came to a good end.", lambda s: _seconds(s.succeeded)),
    ("last_run_timestamp_seconds", "When the last run began.", _of_last(lambda r: _seconds(r.started))),
    ("last_run_duration_seconds", "How long the last run took.", _of_last(lambda r: r.seconds)),
    ("last_run_attempt", "Which try the last run was.", _of_last(lambda r: float(r.attempt))),
    ("last_run_added", "Items that the last run added.", _of_last(lambda r: float(r.added))),
    ("last_run_updated", "Items that it updated.", _of_last(lambda r: float(r.updated))),
    ("last_run_unchanged", "Items that were unchanged.", _of_last(lambda r: float(r.unchanged))),
    ("last_run_quarantined", "Items that could not be read.", _of_last(lambda r: float(r.quarantined))),
    ("last_run_linked", "Its reports that tell of what others tell, too.", _of_last(lambda r: float(r.linked))),
)


def metrics(states: Sequence[JobState]) -> str:
    """Gauges by job in the text format of Prometheus."""
    lines = []
    for name, told, number in _GAUGES:
        whole = f"timeline_job_{name}"
        lines += [f"# HELP {whole} {told}", f"# TYPE {whole} gauge"]
        for state in states:
            if (value := number(state)) is not None:
                lines.append(f'{whole}{{job="{_label(state.job.name)}"}} {value:.17g}')
    return "".join(f"{line}\n" for line in lines)


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
