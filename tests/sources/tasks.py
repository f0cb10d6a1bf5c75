"""What a worker is asked in tests: work that fails in every way there is."""

from __future__ import annotations

import os
import signal
import time

from timeline.model.errors import InputError


def echo(data: bytes, word: str = "") -> str:
    return f"{word}{len(data)}"


def pid(_data: bytes) -> int:
    return os.getpid()


def prints(_data: bytes) -> str:
    print("noise on standard output")
    os.write(1, b"and from C\n")
    return "the answer"


def refuses(_data: bytes) -> None:
    raise InputError("this is no page", hint="Give one")


def fails(_data: bytes) -> None:
    raise KeyError("secret")


def dies(_data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def dies_if_used(data: bytes) -> int:
    """Die unless the process is fresh."""
    if "used" in globals():
        os._exit(1)
    globals()["used"] = True
    return len(data)


def spins(_data: bytes) -> None:
    while True:
        pass


def sleeps(_data: bytes) -> None:
    time.sleep(60)


def fills_memory(_data: bytes) -> int:
    return len([bytes(1024 * 1024) for _ in range(4096)])


def recurses(data: bytes) -> None:
    recurses(data)
