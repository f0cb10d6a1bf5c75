"""ZIP archives. Their list of members is what an attacker wrote: it is measured before it is believed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO, cast

from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.containers.bounds import Budget, Counted, buffered, damaged, length_of, seekable
from timeline.sources.containers.members import Choice, Member, budget_around, written
from timeline.sources.containers.packages import ZIP, package
from timeline.sources.finding import Found
from timeline.sources.head import Head

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_EMPTY = b"PK\x05\x06"
_END = struct.Struct("<4s4H2LH")  # the record at the end: signature, …, length of the list, its place, comment
_END64 = struct.Struct("<4sQ2H2L4Q")
_LONGEST_LIST = 32 * 1024 * 1024  # bytes: some 300,000 members, which take ten times as many in memory
_HEADER = 30  # bytes before a member's name and data
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8


class ZipContainer:
    name = "zip"
    title = "ZIP archive of any of these"
    suffixes = (".zip",)
    example = "timeline import articles.zip"
    extra = needs = ""

    def fits(self, head: Head) -> Fit:
        """By its signature; documents that are ZIP files inside are none."""
        if head.data.startswith((ZIP, _EMPTY)):
            return Fit.NO if package(head) else Fit.SURE
        return Fit.NAME if head.suffix in self.suffixes else Fit.NO

    def unpack(self, found: Found, warn: Callable[[str], None]) -> Iterator[Found | Bad]:
        """The members that could be read, in the order of the list. Raises InputError for what is no ZIP archive, or a
        bomb."""
        from zipfile import BadZipFile

        damage = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
        with closing(seekable(found.open())) as stream:
            budget, choice = Budget(length_of(stream), budget_around(found)), Choice()
            with closing(_opened(stream)) as archive:
                for info in archive.infolist():
                    budget.member()
                    name = _name(info)
                    if info.is_dir() or _is_link(info) or not choice.takes(name):
                        continue
                    if refusal := _refusal(info):
                        yield Bad(f"{found.origin}!/{written(name)}", refusal, b"")
                        continue
                    inner = Budget(info.compress_size, budget)
                    yield Member(found, name, partial(_member, archive, info, inner, damage), inner)
        choice.end(warn)


def _member(archive: ZipFile, info: ZipInfo, budget: Budget, damage: tuple[type[Exception], ...]) -> BinaryIO:
    try:
        return buffered(Counted(cast("BinaryIO", archive.open(info)), budget, damage))
    except damage as error:
        raise damaged(error) from error


def _opened(stream: BinaryIO) -> ZipFile:
    """The archive, its list of members read and found to be possible. Raises InputError."""
    from zipfile import BadZipFile, ZipFile

    if _length_of_list(stream) > _LONGEST_LIST:
        raise InputError("its list of members is too long", hint="Split the archive")
    stream.seek(0)
    try:
        archive = ZipFile(stream)
    except (BadZipFile, NotImplementedError, struct.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise damaged(error) from error
    places = sorted((i.header_offset, i.header_offset + _HEADER + i.compress_size) for i in archive.infolist())
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        archive.close()
        raise InputError("its members lie over each other: this is a bomb, no archive")
    return archive


def _length_of_list(stream: BinaryIO) -> int:
    """The bytes of the list of members, as the archive's end states them; 0 where there is no such end."""
    length = length_of(stream)
    stream.seek(max(0, length - _END.size - 0xFFFF))
    tail = stream.read()
    at = tail.rfind(_EMPTY)
    if at < 0 or at + _END.size > len(tail):
        return 0
    stated: int = _END.unpack_from(tail, at)[5]
    at64 = tail.rfind(b"PK\x06\x06", 0, at)
    if stated == 0xFFFFFFFF and 0 <= at64 <= len(tail) - _END64.size:
        stated = _END64.unpack_from(tail, at64)[8]
    return min(stated, length)


def _refusal(info: ZipInfo) -> str:
    """Why a member is not read; "" where it is."""
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted. Unpack it with its password and import the files"
    if info.compress_type not in (_STORED, _DEFLATED):
        return "it is packed in a way that is not read here. Pack it again as usual (deflate)"
    return ""


def _name(info: ZipInfo) -> str:
    """A member's name; many programs write UTF-8 without saying so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except ValueError:
        return info.filename


def _is_link(info: ZipInfo) -> bool:
    return (info.external_attr >> 16) & 0o170000 not in (0, 0o100000)
