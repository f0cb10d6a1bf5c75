"""Lists of files, as GDELT publishes them (lastupdate.txt, masterfilelist.txt): size, MD5 sum and address a line.

With --follow each file is fetched once, and again only where its sum has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.sources import Bad, Fit, Link
from timeline.sources.head import Head

_LINE = re.compile(r"\s*(\d{1,15})\s+([0-9a-f]{32})\s+(https?://\S+)\s*", re.IGNORECASE | re.ASCII)
# What lies beside GDELT's events, and tells neither what happened nor to whom.
_BESIDE = re.compile(r"\.(?:mentions|gkg)\.csv(?:\.zip)?$", re.IGNORECASE)
_LOOKED_AT = 20  # lines


class FileListReader:
    name = "filelist"
    title = "lists of files, such as GDELT's lastupdate.txt"
    suffixes = (".txt",)
    example = "timeline import http://data.gdeltproject.org/gdeltv2/lastupdate.txt --follow"
    extra = needs = ""
    lists = True

    def fits(self, head: Head) -> Fit:
        lines = [line for line in head.lines[:_LOOKED_AT] if line.strip()]
        return Fit.SURE if lines and all(map(_LINE.fullmatch, lines)) else Fit.NO

    def read(self, data: bytes, origin: str) -> Iterator[Link | Bad]:
        """A link a file. What is no such line is bad; mentions and graphs are passed over."""
        for number, line in enumerate(data.decode(errors="replace").splitlines(), start=1):
            match = _LINE.fullmatch(line)
            if match is None:
                if line.strip():
                    yield Bad(f"{origin}#{number}", "this line has not size, MD5 sum and address", line.encode())
            elif not _BESIDE.search(match[3]):
                yield Link(match[3], f"{origin}#{match[3]}", mark=match[2].lower())
