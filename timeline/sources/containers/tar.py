"""Tar archives, plain or packed whole (.tar.gz, .tar.bz2, .tar.xz), read once from the first byte to the last.

Only headers of a known length are believed, and nothing is sought: an archive of any size comes through a pipe.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import BinaryIO, NamedTuple, cast

from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.containers.bounds import Budget, buffered
from timeline.sources.containers.members import Choice, Member, budget_around, written
from timeline.sources.containers.packing import beginning, contents, packing
from timeline.sources.finding import Found
from timeline.sources.head import Head

_BLOCK = 512
_LONGEST_NAME = 64 * 1024  # bytes of the headers that hold a long name
_FILES, _SPARSE, _LONG_NAME, _PAX = (b"0", b"\0", b"7"), b"S", b"L", b"x"
_PACKED_NAMES = (".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz")


class _Header(NamedTuple):
    name: str
    kind: bytes
    size: int


class TarContainer:
    name = "tar"
    title = "tar archive of any of these, packed or not"
    suffixes = (".tar", ".tgz", ".tbz2", ".tbz", ".txz")
    example = "timeline import articles.tar.gz"
    extra = needs = ""

    def fits(self, head: Head) -> Fit:
        """By the check sum of its first header; a packed one whose beginning does not show by its name."""
        start = beginning(head)
        if len(start) >= _BLOCK and _sum(start[:_BLOCK]):
            return Fit.SURE
        if packing(head.data):
            unseen = not start and head.name.lower().endswith(_PACKED_NAMES)
            return Fit.SURE if unseen else Fit.NO
        return Fit.NAME if head.suffix in self.suffixes else Fit.NO

    def unpack(self, found: Found, warn: Callable[[str], None]) -> Iterator[Found | Bad]:
        """The files that could be read, in their order. Raises InputError for what is no tar archive, and where it
        breaks off; what came before stays."""
        budget, choice = Budget(around=budget_around(found)), Choice()
        with closing(contents(found, budget)) as stream:
            for header in _headers(stream):
                budget.member()
                body = _Body(stream, header.size)
                if header.kind == _SPARSE:
                    yield Bad(f"{found.origin}!/{written(header.name)}", "it is stored with holes, as is not read", b"")
                elif header.kind in _FILES and not header.name.endswith("/") and choice.takes(header.name):
                    yield Member(found, header.name, body.opened, budget)
                body.skip()
        choice.end(warn)


class _Body(io.RawIOBase):
    """The bytes of one member, which end before those of the next. They are there once."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream, self._left, self._padding = stream, size, -size % _BLOCK
        self._begun = False

    def opened(self) -> BinaryIO:
        if self._begun:
            raise InputError("it lies in a tar archive and can be read only once")
        self._begun = True
        return buffered(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        data = self._stream.read(min(len(view), self._left))
        if self._left and not data:
            raise _cut_off()
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)

    def skip(self) -> None:
        """On to the next header, by what is left."""
        left, self._left = self._left + self._padding, 0
        while left:
            piece = self._stream.read(min(left, 1024 * 1024))
            if not piece:
                raise _cut_off()
            left -= len(piece)


def _headers(stream: BinaryIO) -> Iterator[_Header]:
    """The headers of files, folders, links and so on, with the long names that other headers give them.

    The stream stands behind a header when it comes, and must stand before the next one after it.
    """
    long = ""
    size: int | None = None
    first = True
    while block := _whole(stream, _BLOCK):
        if not any(block):
            if first:
                raise InputError("it is no tar archive, or an empty one")
            while stream.read(1024 * 1024):
                pass  # to the very end, where a packed one says whether all was right
            return
        if not _sum(block):
            raise InputError(
                "it is no tar archive" if first else "it is damaged: something that is no member stands between them"
            )
        first = False
        header = _read(block)
        if header.kind in (_LONG_NAME, _PAX):
            value = _value(stream, header.size)
            if header.kind == _LONG_NAME:
                long = value.rstrip(b"\0").decode("utf-8", errors="surrogateescape")
            else:
                told = _pax(value)
                long = told.get(b"path", long.encode(errors="surrogateescape")).decode(errors="surrogateescape")
                size = _number(told[b"size"]) if b"size" in told else None
            continue
        if header.kind in (b"g", b"K"):
            _value(stream, header.size)
            continue
        yield header._replace(name=long or header.name, size=header.size if size is None else size)
        long, size = "", None


def _read(block: bytes) -> _Header:
    name, prefix = _text(block[:100]), _text(block[345:500]) if block[257:263] == b"ustar\0" else ""
    kind = block[156:157]
    # Links, folders and devices have no bytes of their own, whatever they say.
    size = _octal(block[124:136]) if kind not in (b"1", b"2", b"3", b"4", b"5", b"6") else 0
    return _Header(f"{prefix}/{name}" if prefix else name, kind, size)


def _value(stream: BinaryIO, size: int) -> bytes:
    if size > _LONGEST_NAME:
        raise InputError(f"a name of {size:,} bytes is none: this is a bomb, no archive")
    return (_whole(stream, size + -size % _BLOCK) or b"")[:size]


def _whole(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, b"" at the end. Raises InputError for fewer."""
    data = stream.read(size)
    if data and len(data) < size:
        raise _cut_off()
    return data


def _pax(data: bytes) -> dict[bytes, bytes]:
    """The values of an extended header: lines of "LENGTH KEY=VALUE"."""
    found = {}
    while data:
        digits, _, _ = data[:8].partition(b" ")
        length = _number(digits)
        if not len(digits) < length <= len(data):
            raise InputError("it is damaged: a header's lengths do not fit")
        key, _, value = data[len(digits) + 1 : length - 1].partition(b"=")
        found[key] = value
        data = data[length:]
    return found


def _sum(block: bytes) -> bool:
    """Whether a header's check sum is right."""
    try:
        stated = _octal(block[148:156])
    except InputError:
        return False
    plain = block[:148] + b" " * 8 + block[156:]
    return stated in (sum(plain), sum(b - 256 if b > 127 else b for b in plain))  # old programs had signed bytes


def _octal(field: bytes) -> int:
    """A number in octal digits, or in bytes where those do not suffice. Raises InputError."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.split(b"\0")[0].strip()
    if digits.strip(b"01234567"):
        raise InputError("it is damaged: a header's number is none")
    return int(digits or b"0", 8)


def _number(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > 18:
        raise InputError("it is damaged: a header's number is none")
    return int(digits)


def _text(field: bytes) -> str:
    return field.split(b"\0")[0].decode("utf-8", errors="surrogateescape")


def _cut_off() -> InputError:
    return InputError("it is damaged or cut off: its end is missing")
