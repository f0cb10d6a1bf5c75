"""The command `timeline` as its users run it: a process of its own, real files, real stores.

Each process is forked from one that has the program and its language model loaded, which saves a second or two a
command. What hangs on the start itself (PYTHONPATH, what is imported) is tried by `start`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess
from typing import TextIO

_SECONDS = 200

_processes = get_context("forkserver")
_processes.set_forkserver_preload(["tests.loaded"])


def run(*arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> CompletedProcess[str]:
    """`timeline ARGUMENTS`, given bytes to read and more variables; TIMELINE_DATABASE_URL is not handed on."""
    words, environment = list(map(str, arguments)), _environment(env)
    with tempfile.TemporaryDirectory(prefix="timeline-run-") as folder:
        streams = [Path(folder, name) for name in ("in", "out", "err")]
        streams[0].write_bytes(stdin)
        process = _processes.Process(target=_main, args=(words, environment, Path.cwd(), streams))
        process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"timeline {' '.join(words)}")
        out, err = (path.read_bytes().decode() for path in streams[1:])
        return CompletedProcess(words, process.exitcode, out, err)


def start(*arguments: str | Path, env: dict[str, str] | None = None) -> CompletedProcess[str]:
    """The same from the start of an interpreter."""
    command = [sys.executable, "-m", "timeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=_environment(env), check=False)


def _environment(more: dict[str, str] | None) -> dict[str, str]:
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
