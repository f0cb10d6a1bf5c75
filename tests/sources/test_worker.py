"""Whatever a stranger's bytes do to the process that reads them costs these bytes, nothing else."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from threading import Thread

import pytest

from timeline.model.errors import InputError
from timeline.sources.worker import Worker

TASKS = "tests.sources.tasks"


@pytest.fixture
def worker() -> Iterator[Worker]:
    each = Worker(seconds=0.5)
    yield each
    each.close()


def test_it_answers_and_is_one_process_for_many_items(worker: Worker) -> None:
    assert worker.ask(f"{TASKS}:echo", b"four", word="bytes: ") == "bytes: 4"
    assert worker.ask(f"{TASKS}:echo", bytes(3_000_000)) == "3000000"
    assert len({worker.ask(f"{TASKS}:pid", b"") for _ in range(5)} | {worker.pid}) == 1
    assert worker.pid != os.getpid()


def test_what_a_library_prints_is_no_answer(worker: Worker) -> None:
    assert worker.ask(f"{TASKS}:prints", b"") == "the answer"


def test_a_refusal_keeps_its_reason_and_an_error_tells_only_its_kind(worker: Worker) -> None:
    with pytest.raises(InputError, match=r"this is no page\. Give one"):
        worker.ask(f"{TASKS}:refuses", b"")
    with pytest.raises(InputError, match=r"^it could not be read \(KeyError\)$"):
        worker.ask(f"{TASKS}:fails", b"")


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("dies", "ended the process that read it \\(SIGSEGV\\)"),
        ("spins", "more than 0.5 seconds"),
        ("sleeps", "more than 0.5 seconds"),
        ("fills_memory", "more memory than one item may"),
        ("recurses", "too deep"),
    ],
)
def test_an_item_that_cannot_be_read_in_bounds_is_given_up_and_the_next_is_read(
    worker: Worker, task: str, reason: str
) -> None:
    assert worker.ask(f"{TASKS}:echo", b"x") == "1"
    begun = time.monotonic()
    with pytest.raises(InputError, match=reason):
        worker.ask(f"{TASKS}:{task}", b"")
    assert time.monotonic() - begun < 20
    assert worker.ask(f"{TASKS}:echo", b"next") == "4"


def test_an_item_is_given_up_by_a_fresh_process_only(worker: Worker) -> None:
    assert [worker.ask(f"{TASKS}:dies_if_used", b"x" * n) for n in (1, 2, 3)] == [1, 2, 3]


def test_a_process_that_is_killed_again_and_again_loses_no_other_item(worker: Worker) -> None:
    def kill() -> None:
        if worker.pid is not None:
            os.kill(worker.pid, signal.SIGKILL)

    answers = []
    for number in range(50):
        killer = Thread(target=kill)
        killer.start()
        killer.join()
        answers.append(worker.ask(f"{TASKS}:echo", b"x" * number))
    assert answers == [str(number) for number in range(50)]


def test_the_process_is_made_anew_after_its_turns() -> None:
    worker = Worker(turns=2)
    pids = [worker.ask(f"{TASKS}:pid", b"") for _ in range(4)]
    worker.close()
    assert pids[0] == pids[1] != pids[2] == pids[3]
