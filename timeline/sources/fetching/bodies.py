"""A body as it comes in, decompressed in small steps: never more of it is held than is allowed."""

from __future__ import annotations

import zlib

ACCEPTED = "gzip, deflate"
_STEP = 65_536  # bytes decompressed at a time
_MEMBERS = 1_000  # gzip streams one after another in one body
_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's numbers for the three wrappings


class TooLargeError(Exception):
    """More than is allowed, on the wire or decompressed."""


class DamagedError(Exception):
    """What does not decompress, or broke off."""


class Body:
    """Grows piece by piece. `encoding` is the Content-Encoding; `largest` is in bytes."""

    def __init__(self, encoding: str, largest: int) -> None:
        """Raises DamagedError: an encoding that was not asked for."""
        named = encoding.strip().lower()
        if named not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise DamagedError(f"it is compressed as {named[:20]!r}, which was not asked for")
        self._largest, self._came, self._members = largest, 0, 0
        self._kind = named.removeprefix("x-") if named != "identity" else ""
        self._head = b""
        self._stream: zlib._Decompress | None = None
        self.held = bytearray()

    def add(self, piece: bytes) -> None:
        """Raises TooLargeError, with `held` filled up to what is allowed, and DamagedError."""
        self._came += len(piece)
        if not self._kind:
            self._keep(piece)
            return
        if self._came > self._largest:
            raise TooLargeError
        try:
            self._decompress(piece)
        except zlib.error as error:
            raise DamagedError("it does not decompress") from error

    def whole(self) -> bytes:
        """All of it. Raises DamagedError: it broke off."""
        if self._head or (self._stream is not None and not self._stream.eof):
            raise DamagedError("it broke off")
        return bytes(self.held)

    def _keep(self, piece: bytes) -> None:
        free = self._largest - len(self.held)
        self.held += piece[:free]
        if len(piece) > free:
            raise TooLargeError

    def _decompress(self, piece: bytes) -> None:
        if self._stream is None:
            piece = self._head + piece
            if len(piece) < 2:
                self._head = piece
                return
            self._head, self._stream = b"", zlib.decompressobj(_wrapping(self._kind, piece))
        while piece:
            if self._stream.eof:
                # Another stream may follow the first; what else does (padding) is passed over, as by others.
                if self._kind != "gzip" or piece[0] != 0x1F:
                    return
                self._members += 1
                if self._members > _MEMBERS:
                    raise DamagedError(f"it is made of more than {_MEMBERS} compressed pieces")
                self._stream = zlib.decompressobj(_GZIP)
            self._keep(self._stream.decompress(piece, _STEP))
            while not self._stream.eof and self._stream.unconsumed_tail:
                self._keep(self._stream.decompress(self._stream.unconsumed_tail, _STEP))
            piece = self._stream.unused_data if self._stream.eof else b""


def _wrapping(kind: str, head: bytes) -> int:
    """What is called "deflate" comes with zlib's own head, as it should, or without."""
    if kind == "gzip":
        return _GZIP
    return _ZLIB if head[0] & 15 == 8 and (head[0] * 256 + head[1]) % 31 == 0 else _RAW
