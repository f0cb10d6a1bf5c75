"""Packed bytes unpacked as they are read: gzip, bzip2, xz. Memory stays flat, whatever comes out."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from typing import BinaryIO, Protocol, cast

from timeline.model.errors import InputError
from timeline.sources.containers.bounds import Budget, Counted, buffered, damaged
from timeline.sources.finding import Found
from timeline.sources.head import Head

MAGIC = {b"\x1f\x8b\x08": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz"}
_XZ_MEMORY = 128 * 1024 * 1024  # bytes; the largest of xz's own settings needs 65 MB
_PIECE = 32 * 1024
_OUT = 1024 * 1024


class _Unpacker(Protocol):
    """What the decompressors of bz2 and lzma have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Inflate:
    """zlib's decompressor, made like those of bz2 and lzma. `bits`: 31 for gzip, 15 for zlib, -15 for bare deflate."""

    def __init__(self, bits: int = 31) -> None:
        self._inner = zlib.decompressobj(bits)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def packing(data: bytes) -> str:
    """How bytes are packed by their first ones ("gzip"); "" for what is not."""
    return next((name for magic, name in MAGIC.items() if data.startswith(magic)), "")


def beginning(head: Head, length: int = 1024) -> bytes:
    """The first bytes, unpacked where they are packed; b"" where too few of them are there to tell."""
    kind = packing(head.data)
    if not kind:
        return head.data[:length]
    try:
        return _unpacker(kind).decompress(head.data, length)
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, MemoryError):
        return b""


def contents(found: Found, budget: Budget) -> BinaryIO:
    """What something holds, unpacked where it is packed as a whole, counted in the budget."""
    kind = packing(found.head.data)
    return unpacked(found.open(), kind, budget) if kind else buffered(Counted(found.open(), budget, grows=True))


def unpacked(stream: BinaryIO, kind: str, budget: Budget) -> BinaryIO:
    """What a packed stream holds; several packed one after the other are one. Damage is an InputError while reading."""
    return buffered(_Unpacking(stream, kind, budget))


def _unpacker(kind: str) -> _Unpacker:
    if kind == "gzip":
        return Inflate()
    if kind == "bzip2":
        return bz2.BZ2Decompressor()
    return lzma.LZMADecompressor(memlimit=_XZ_MEMORY)


class _Unpacking(io.RawIOBase):
    def __init__(self, stream: BinaryIO, kind: str, budget: Budget) -> None:
        self._stream, self._kind, self._budget = stream, kind, budget
        self._unpacker: _Unpacker | None = _unpacker(kind)
        self._waiting = b""  # packed bytes that the next of several begins with

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        try:
            data = self._some(min(len(view), _OUT))
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
            raise damaged(error) from error
        self._budget.give(len(data))
        view[: len(data)] = data
        return len(data)

    def _some(self, most: int) -> bytes:
        """Some unpacked bytes; none at the end."""
        while self._unpacker is not None:
            if self._unpacker.eof:
                self._next()
                continue
            packed = self._read() if self._unpacker.needs_input else b""
            if data := self._unpacker.decompress(packed, most):
                return data
            if not packed and self._unpacker.needs_input and not self._unpacker.eof:
                raise InputError("it is damaged or cut off: its end is missing")
        return b""

    def _next(self) -> None:
        """Begin with the next of several; zeros after the last are padding."""
        self._waiting = (self._unpacker.unused_data if self._unpacker else b"").lstrip(b"\0")
        while not self._waiting and (piece := self._take()):
            self._waiting = piece.lstrip(b"\0")
        if not self._waiting:
            self._unpacker = None
        else:
            self._unpacker = _unpacker(self._kind)

    def _read(self) -> bytes:
        waiting, self._waiting = self._waiting, b""
        return waiting or self._take()

    def _take(self) -> bytes:
        piece = self._stream.read(_PIECE)
        self._budget.packed += len(piece)
        return piece

    def close(self) -> None:
        self._stream.close()
        super().close()
