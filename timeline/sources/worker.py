"""A process of its own for what reads bytes of strangers: bounded in time and memory, made anew when it dies.

The libraries that read web pages and feeds are large and written in C; a page can make them hang, take all memory or
crash. Here that costs the page, not the import. Such a function takes the bytes and what was said about them, and gives
what JSON can hold; it is named "module:function", and only the process that runs it imports its module.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from atexit import register
from contextlib import suppress
from functools import cache
from importlib import import_module
from threading import Event, Timer
from typing import Any

from timeline.model.errors import InputError

SECONDS = 4.0  # of the processor's time
_PATIENCE = 4.0  # times as long by the clock, which also counts what others do with the processor
MEMORY = 512 * 1024 * 1024  # bytes of address space
_TURNS = 500  # items after which it is made anew: what its libraries keep stays bounded
_LONGEST = 256 * 1024 * 1024  # bytes of an answer


class Worker:
    """One such process, started when it is first asked. It is for one thread at a time."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY, turns: int = _TURNS) -> None:
        self._seconds, self._memory, self._turns = seconds, memory, turns
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    def ask(self, task: str, data: bytes, **told: str) -> Any:
        """What the function `task` makes of the data. Raises InputError: what it raises itself, and that it took too
        long, too much memory, or died."""
        fresh = self._process is None
        answer = self._turn(task, data, told)
        if answer.get("died") and not fresh:
            # It may have died of the ones before: only a fresh process gives an item up.
            answer = self._turn(task, data, told)
        if "error" in answer:
            raise InputError(answer["error"], hint=answer.get("hint", ""))
        return answer["value"]

    def close(self) -> None:
        """End the process; the next question starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def _turn(self, task: str, data: bytes, told: dict[str, str]) -> dict[str, Any]:
        process = self._process = self._process or self._started()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        late = Event()
        timer = Timer(self._seconds * _PATIENCE, _end, (process, late))
        timer.daemon = True
        timer.start()
        line = b""
        try:
            request = {"task": task, "told": told, "size": len(data), "seconds": self._seconds}
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            line = process.stdout.readline(_LONGEST)
        except OSError:
            pass  # it died before it had read all
        except BaseException:
            self.close()  # its answer would be taken for that to the next question
            raise
        finally:
            timer.cancel()
        self._done += 1
        if line.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(line)
            if answer.get("last") or self._done >= self._turns:
                self.close()
            return answer
        self.close()
        if late.is_set() or process.returncode == -getattr(signal, "SIGPROF", 0):
            return {"error": f"reading it took more than {self._seconds:g} seconds"}
        return {"error": f"reading it ended the process that read it ({_ended(process.returncode)})", "died": True}

    def _started(self) -> subprocess.Popen[bytes]:
        self._done = 0
        # -P: the folder that the user stands in lends no modules.
        return subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-P", "-m", "timeline.sources.worker", str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )


class Workers:
    """As many as there are threads that ask at once."""

    def __init__(self) -> None:
        self._all: list[Worker] = []
        self._idle: list[Worker] = []

    def ask(self, task: str, data: bytes, **told: str) -> Any:
        """As `Worker.ask`."""
        try:
            each = self._idle.pop()
        except IndexError:
            each = Worker()
            self._all.append(each)
        try:
            return each.ask(task, data, **told)
        finally:
            self._idle.append(each)

    def close(self) -> None:
        for each in self._all:
            each.close()

    @property
    def pids(self) -> list[int]:
        return [each.pid for each in self._all if each.pid is not None]


@cache
def workers() -> Workers:
    """The program's own, ended with it."""
    each = Workers()
    register(each.close)
    return each


def ask(task: str, data: bytes, **told: str) -> Any:
    """What the function `task` makes of the data in one of the program's workers. Raises InputError (`Worker.ask`)."""
    return workers().ask(task, data, **told)


def _end(process: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    process.kill()


def _ended(code: int) -> str:
    if code >= 0:
        return f"exit {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def serve(memory: int) -> None:
    """The process's own side: answers on what was standard output, until there is nobody who asks."""
    _bound(memory)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    requests = sys.stdin.buffer
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        _limit_time(request["seconds"])
        answer = _answer(request["task"], data, request["told"])
        _limit_time(0)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
        if answer.get("last"):
            return


def _answer(task: str, data: bytes, told: dict[str, str]) -> dict[str, Any]:
    module, _, name = task.partition(":")
    try:
        return {"value": getattr(import_module(module), name)(data, **told)}
    except InputError as error:
        return {"error": error.what, "hint": error.hint}
    except MemoryError:
        return {"error": "reading it takes more memory than one item may", "last": True}
    except RecursionError:
        return {"error": "its elements lie too deep one in another", "last": True}
    except Exception as error:  # noqa: BLE001 - whatever a stranger's bytes provoke costs these bytes only
        return {"error": f"it could not be read ({type(error).__name__})"}


def _limit_time(seconds: float) -> None:
    """End by oneself after so much of the processor's time (0: no limit), also in the midst of C code."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _bound(memory: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # where the system knows no limits there is the time's alone
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asks


if __name__ == "__main__":
    serve(int(sys.argv[1]))
