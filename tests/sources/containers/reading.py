"""What the tests of archives share: files read as an import reads them, and hostile ones measured."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from timeline.jobs.reading import Item, Reading, Through, items, read
from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad
from timeline.sources.finding import Found

STORY = b"Vladimir Putin received Min Aung Hlaing in Moscow on Tuesday, the Kremlin said."


def zipped(members: Mapping[str, str | bytes], method: int = ZIP_DEFLATED) -> bytes:
    """A ZIP archive; what tells an OpenDocument file is never packed."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data, ZIP_STORED if name == "mimetype" else method)
    return file.getvalue()


class Told(NamedTuple):
    """Everything that was read: texts by origin, reasons by origin, and warnings."""

    texts: dict[str, str]
    bad: dict[str, str]
    warnings: list[str]
    items: list[Item]


def told(data: bytes, name: str, origin: str = "") -> Told:
    """What is in some bytes of a name."""
    warnings: list[str] = []
    origin = origin or f"file:///in/{name}"
    return _told(list(read(Found.of(data, origin, name), Reading(warn=warnings.append))), warnings)


def told_of_pipe(data: bytes) -> Told:
    """What is in some bytes that come through a pipe, without a name."""

    class Pipe(io.RawIOBase):
        inner = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            return self.inner.readinto(memoryview(buffer)[:1000])

    warnings: list[str] = []
    problems: list[InputError] = []
    found = list(items(["-"], Reading(warn=warnings.append), io.BufferedReader(Pipe()), problems.append))
    assert not problems
    return _told(found, warnings)


def _told(found: list[Item], warnings: list[str]) -> Told:
    texts = {each.origin: each.text for each in found if isinstance(each, Article)}
    bad = {each.origin: each.reason for each in found if isinstance(each, Bad)}
    return Told(texts, bad, warnings, [each for each in found if not isinstance(each, Through)])


class Measured(NamedTuple):
    seconds: float
    megabytes: float
    reasons: list[str]
    articles: int


def measured(path: Path) -> Measured:
    """What reading a file took, in a process of its own: seconds, and the most memory beyond that of the program."""
    program = """
import json, resource, sys, time
from timeline.jobs.reading import Reading, Rows, Through, items
from timeline.sources import Bad, formats
formats.all_formats()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began, reasons, articles = time.monotonic(), [], 0
for item in items([sys.argv[1]], Reading(), None, lambda error: reasons.append(str(error))):
    if isinstance(item, Bad):
        reasons.append(item.reason)
    elif not isinstance(item, Through):
        articles += 1
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([time.monotonic() - began, (after - before) / 1024, reasons, articles]))
"""
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    return Measured(*json.loads(done.stdout.splitlines()[-1]))


def harmless(path: Path) -> Measured:
    """The measures of a file that must end in time and memory."""
    taken = measured(path)
    assert taken.seconds < 5
    assert taken.megabytes < 400
    return taken
