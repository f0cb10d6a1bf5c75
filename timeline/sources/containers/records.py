"""What a WARC record and an HTTP message are made of: header lines, and a body that a server cut up and packed."""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

from timeline.model.errors import InputError

_HEADER = 64 * 1024  # bytes of all header lines of a record
_CODINGS = 3  # how often a body may be packed
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})\s*(;[^\n]*)?\r?\n")

Headers = dict[str, str]


def headers(stream: BinaryIO) -> tuple[str, Headers]:
    """The first line and the header lines after it, by name in lower case; the stream stands behind the blank line.

    ("", {}) at the end. Raises InputError for header lines without end.
    """
    lines: list[str] = []
    left = _HEADER
    while line := stream.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise InputError("it is damaged: header lines without end")
        if not line.strip():
            if lines:
                break
            continue  # blank lines between two records
        lines.append(line.decode("utf-8", errors="replace").rstrip("\r\n"))
    found: Headers = {}
    name = ""
    for each in lines[1:]:
        if each[:1] in " \t" and name:
            found[name] += f" {each.strip()}"
            continue
        name, _, value = each.partition(":")
        name = name.strip().lower()
        found.setdefault(name, value.strip())
    return (lines[0] if lines else "", found)


def body(data: bytes, head: Headers, most: int) -> bytes:
    """An HTTP body as it was before the server cut it into chunks and packed it, as its headers say.

    Raises InputError: more than `most` bytes, damaged, or packed in a way that is not known.
    """
    if "chunked" in head.get("transfer-encoding", "").lower():
        data = _joined(data)
    for coding in reversed(head.get("content-encoding", "").lower().split(",")[:_CODINGS]):
        try:
            data = _decoded(data, coding.strip(), most)
        except zlib.error as error:
            raise InputError("its body is damaged") from error
    return data


def _joined(data: bytes) -> bytes:
    """The chunks as one; what was never cut up, though it says so, as it is (archives undo it without saying)."""
    pieces: list[bytes] = []
    at = 0
    while match := _CHUNK.match(data, at):
        length = int(match[1], 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(data[match.end() : match.end() + length])
        at = match.end() + length
        if at > len(data):
            raise InputError("its body is cut off")
        at += 2 if data[at : at + 2] == b"\r\n" else 1
    if not pieces:
        return data
    raise InputError("its body is cut off, or its chunks are damaged")


def _decoded(data: bytes, coding: str, most: int) -> bytes:
    if coding in ("", "identity"):
        return data
    if coding in ("gzip", "x-gzip"):
        # Archives often keep the body unpacked and the header as it was.
        return _inflated(data, 31, most) if data.startswith(b"\x1f\x8b") else data
    if coding == "deflate":
        try:
            return _inflated(data, 15, most)
        except zlib.error:
            return _inflated(data, -15, most)
    raise InputError(f"its body is packed by {coding[:20]!r}, which is not read here")


def _inflated(data: bytes, bits: int, most: int) -> bytes:
    inner = zlib.decompressobj(bits)
    out = inner.decompress(data, most + 1)
    if len(out) > most:
        raise InputError(f"more than {most // 1024 // 1024} MB come out of its body")
    if not inner.eof:
        raise InputError("its body is cut off")
    return out
