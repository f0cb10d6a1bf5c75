"""Files that say how other things are read or done: mappings and lists of jobs. They lie beside what is imported, and
are no articles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from timeline.model import DataSet, Row
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.head import LENGTH, Head

_MAPPING = "this is a mapping, and passed over. Read its table by it: timeline import TABLE --mapping FILE"
_JOBS = "this is a list of jobs, and passed over. Define them by it: timeline jobs apply FILE"
_TABLE = re.compile(r"^\s*\[\s*(?:dataset|row|date|article|jobs)\b", re.MULTILINE)
_LONGEST_LINE = 1000  # characters; who writes longer ones writes no settings


class SettingsReader:
    """Reads no row: it says what the file is for."""

    name = "settings"
    title = "mappings and lists of jobs, which are passed over"
    suffixes: tuple[str, ...] = ()
    example = "timeline import incidents.csv --mapping incidents.toml"
    extra = needs = ""
    dataset = DataSet("settings")
    version = "1"
    source = "docs/mapping.md, docs/jobs.md"
    columns: tuple[Column, ...] = ()

    def fits(self, head: Head) -> Fit:
        """By its tables, whatever it is called: an article has none."""
        return Fit.SURE if head.whole and _what(head.text) else Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:  # noqa: ARG002
        """None; `warn` is told what to do with the file."""
        warn(_what(Head("", stream.read(LENGTH)).text))
        yield from ()


def _what(text: str) -> str:
    """What to say of such a file; "" of any other text."""
    if not _TABLE.search(text) or max(map(len, text.splitlines())) > _LONGEST_LINE:
        return ""
    try:
        told = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return ""
    from timeline.sources.datasets.mapping import TABLES

    tables = {name for name, value in told.items() if isinstance(value, dict)}
    if told.keys() == tables == {"jobs"} and all(isinstance(job, dict) for job in told["jobs"].values()):
        return _JOBS
    return _MAPPING if tables <= TABLES.keys() and told.keys() - tables <= TABLES[""].keys() else ""
