"""How much may come out of an archive: so much for each byte that it holds, whatever it says about itself.

Everything is counted while it is read. What a member gives counts for the archives around it too, so that archives in
archives give no more than one.
"""

from __future__ import annotations

import io
import tempfile
from typing import BinaryIO, cast

from timeline.model.errors import InputError

RATIO = 250  # bytes out for one byte in; text gives 3 to 10, a sparse table 100, a bomb 1,000
FREE = 16 * 1024 * 1024  # before the ratio counts: short repetitive files are none
MEMBERS = 1_000_000  # in an archive and all those inside it
SPOOL = 4 * 1024**3  # of an archive that has to lie on disk to be read
_PIECE = 1024 * 1024


class Budget:
    """What may come out of `packed` bytes, which grow as they are read where nobody knows them before; inside the
    budget of the archive around it."""

    def __init__(self, packed: int = 0, around: Budget | None = None) -> None:
        self.packed, self._given, self._members, self._around = packed, 0, 0, around

    def give(self, length: int) -> None:
        """So many bytes come out. Raises InputError where they are too many."""
        self._given += length
        if self._given > FREE + RATIO * self.packed:
            raise InputError(f"more than {RATIO} bytes come out of one: this is a bomb, no archive")
        if self._around is not None:
            self._around.give(length)

    def member(self) -> None:
        """One more member. Raises InputError where they are too many."""
        self._members += 1
        if self._members > MEMBERS:
            raise InputError(f"it holds more than {MEMBERS:,} members", hint="Split it")
        if self._around is not None:
            self._around.member()


class Counted(io.RawIOBase):
    """Bytes counted as they come out; what a library says of damage as errors of ours. With `grows` they are not
    unpacked at all: they count as packed ones too."""

    def __init__(
        self, inner: BinaryIO, budget: Budget, damage: tuple[type[Exception], ...] = (), *, grows: bool = False
    ) -> None:
        self._inner, self._budget, self._damage, self._grows = inner, budget, damage, grows

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        try:
            data = self._inner.read(min(len(view), _PIECE))
        except self._damage as error:
            raise damaged(error) from error
        if self._grows:
            self._budget.packed += len(data)
        self._budget.give(len(data))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


def buffered(raw: io.RawIOBase) -> BinaryIO:
    return io.BufferedReader(raw, 128 * 1024)


def damaged(error: Exception) -> InputError:
    why = " ".join(str(error).split())[:100].rstrip(".").lower()
    return InputError(f"it is damaged or cut off: {why}" if why else "it is damaged or cut off")


def seekable(stream: BinaryIO, most: int = SPOOL) -> BinaryIO:
    """The stream, or its bytes in a nameless temporary file where it cannot go back. Raises InputError for more than
    `most` bytes."""
    if stream.seekable():
        return stream
    spooled = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - the caller closes it
    try:
        left = most
        while piece := stream.read(min(_PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                raise InputError(f"it is larger than {most // 1024**3} GB and cannot be read from a pipe")
            spooled.write(piece)
    except BaseException:
        spooled.close()
        raise
    finally:
        stream.close()
    spooled.seek(0)
    return spooled


def length_of(stream: BinaryIO) -> int:
    """The length of a stream that can go back, which stands at its beginning again."""
    length = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return length
