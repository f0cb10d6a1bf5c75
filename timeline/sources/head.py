"""The first bytes of something and its name: what its format is told by."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

LENGTH = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_TAG = re.compile(r"<\s*(?:[a-z][\w.-]*:)?([a-z][\w.-]*)", re.IGNORECASE | re.ASCII)
_DELIMITERS = ("\t", ",", ";", "|")


@dataclass(frozen=True)
class Head:
    """At most `LENGTH` first bytes. `whole` says that there are no more; `media_type` is what a server called it."""

    name: str
    data: bytes
    whole: bool = True
    media_type: str = ""

    @property
    def suffix(self) -> str:
        """ ".html", in lower case."""
        return PurePosixPath(self.name).suffix.lower()

    @cached_property
    def text(self) -> str:
        """The bytes as text: what cannot be decoded is U+FFFD, never an error."""
        return self.data.decode(marked(self.data) or "utf-8", errors="replace")

    @cached_property
    def lines(self) -> list[str]:
        """The whole lines among them; of a single line that does not end here, its beginning."""
        lines = self.text.splitlines()
        return lines[:-1] if not self.whole and len(lines) > 1 else lines

    @cached_property
    def start(self) -> str:
        """The text without blanks before it."""
        return self.text.lstrip("\ufeff \t\r\n\v\f")

    @cached_property
    def root(self) -> str:
        """The name of the first element of markup, in lower case without its prefix ("html", "rss"); "" of none."""
        rest = self.start
        while rest.startswith(("<?", "<!")):
            ends = "?>" if rest.startswith("<?") else "-->" if rest.startswith("<!--") else ">"
            if ends == ">" and "[" in rest.partition(">")[0]:
                ends = "]>"  # a document type with declarations in it
            _, found, rest = rest.partition(ends)
            if not found:
                return ""
            rest = rest.lstrip()
        match = _TAG.match(rest)
        return match[1].lower() if match else ""

    @cached_property
    def delimiter(self) -> str:
        """What parts the columns of its first line, where it looks like a table; else ""."""
        if not self.lines:
            return ""
        first = self.lines[0]
        best = max(_DELIMITERS, key=first.count)
        return best if first.count(best) else ""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The cells of its first line, read as a table's head."""
        if not self.delimiter or "\0" in self.lines[0]:
            return ()
        try:
            cells = next(csv.reader([self.lines[0].lstrip("\ufeff")], delimiter=self.delimiter), [])
        except csv.Error:
            return ()
        return tuple(cell.strip() for cell in cells)


def marked(data: bytes) -> str:
    """The encoding that a byte order mark at the beginning tells; "" without one."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), "")


def wide(beginning: bytes) -> str:
    """UTF-16 without a mark, which shows by its zero bytes; "" for other text."""
    for encoding, second in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(beginning) >= 4 and beginning[second::2].count(0) * 4 > len(beginning):
            return encoding
    return ""


def plain_type(media_type: str) -> str:
    """ "text/html" of "text/html; charset=utf-8", in lower case."""
    return media_type.partition(";")[0].strip().lower()


def charset(media_type: str) -> str:
    """The encoding that a media type states ("text/html; charset=utf-8"); "" without one."""
    match = _CHARSET.search(media_type)
    return match[1] if match else ""
