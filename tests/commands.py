"""The command `timeline` as its users run it: a process of its own, real files, real stores.

Each process is forked from one that has the program and its language model loaded, which saves a second or two a
command. What hangs on the start itself (PYTHONPATH, what is imported) is tried by `start`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess
from typing import TextIO

_SECONDS = 200

_processes = get_context("forkserver")
_processes.set_forkserver_preload(["tests.loaded"])


class Running:
    """A command at work."""

    def __init__(self, arguments: Sequence[str], stdin: bytes, environment: Mapping[str, str]) -> None:
        self._arguments = list(arguments)
        self._folder = tempfile.TemporaryDirectory(prefix="timeline-run-")
        self._streams = [Path(self._folder.name, name) for name in ("in", "out", "err")]
        self._streams[0].write_bytes(stdin)
        self._process = _processes.Process(
            target=_main, args=(self._arguments, dict(environment), Path.cwd(), self._streams)
        )
        self._process.start()

    def kill(self) -> None:
        """With SIGKILL, wherever it is."""
        self._process.kill()

    def done(self) -> CompletedProcess[str]:
        """What it has printed when it has ended."""
        self._process.join(_SECONDS)
        code = self._process.exitcode
        if code is None:
            self.kill()
            raise TimeoutError(f"timeline {' '.join(self._arguments)}")
        out, err = (path.read_bytes().decode() if path.exists() else "" for path in self._streams[1:])
        self._folder.cleanup()
        return CompletedProcess(self._arguments, code, out, err)


def begin(*arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Running:
    """`timeline ARGUMENTS`, given bytes to read and more variables; TIMELINE_DATABASE_URL is not handed on."""
    return Running(list(map(str, arguments)), stdin, _environment(env))


def run(*arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> CompletedProcess[str]:
    """The same to its end."""
    return begin(*arguments, stdin=stdin, env=env).done()


def start(*arguments: str | Path, env: Mapping[str, str] | None = None) -> CompletedProcess[str]:
    """The same from the start of an interpreter."""
    command = [sys.executable, "-m", "timeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=_environment(env), check=False)


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k != "TIMELINE_DATABASE_URL"} | (more or {})


def _main(arguments: list[str], environment: dict[str, str], folder: Path, streams: list[Path]) -> None:
    """In the new process: what `python -m timeline` finds when it starts."""
    from timeline.cli import main

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["timeline", *arguments]
    for number, path in enumerate(streams):
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = _text(0, "r"), _text(1, "w"), _text(2, "w", errors="backslashreplace")
    main()


def _text(number: int, mode: str, errors: str = "strict") -> TextIO:
    """A stream as an interpreter opens it that speaks UTF-8 and has no terminal."""
    return open(number, mode, encoding="utf-8", errors=errors, closefd=False)
