"""One file packed by gzip, bzip2 or xz: "events.csv.gz" holds "events.csv"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.containers.bounds import Budget
from timeline.sources.containers.members import Member, budget_around
from timeline.sources.containers.packing import packing, unpacked
from timeline.sources.finding import Found, name_in
from timeline.sources.head import Head

_TAR = {".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar"}


class CompressedContainer:
    name = "gz"
    title = "a file packed by gzip, bzip2 or xz"
    suffixes = (".gz", ".bz2", ".xz")
    example = "timeline import events.csv.gz"
    extra = needs = ""

    def fits(self, head: Head) -> Fit:
        if packing(head.data):
            return Fit.SURE
        return Fit.NAME if head.suffix in self.suffixes else Fit.NO

    def unpack(self, found: Found, warn: Callable[[str], None]) -> Iterator[Found | Bad]:  # noqa: ARG002 - all is read
        """The one file, unpacked as it is read. Raises InputError for what is not packed."""
        kind = packing(found.head.data)
        if not kind:
            suffix = PurePosixPath(found.name).suffix
            raise InputError(f"it is called {suffix} but not packed so", hint="Name it for what it is")
        budget = Budget(around=budget_around(found))
        budget.member()
        yield Member(found, _inner(found), lambda: unpacked(found.open(), kind, budget), budget)


def _inner(found: Found) -> str:
    """The name of what is packed, by that of the file."""
    path = PurePosixPath(found.name or unquote(name_in(found.url)) or "content")
    suffix = path.suffix.lower()
    return path.stem + _TAR.get(suffix, "") if suffix in (*CompressedContainer.suffixes, *_TAR) else path.name
