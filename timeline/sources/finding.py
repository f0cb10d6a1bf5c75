"""Finding what a user means: files, folders (searched through), patterns, standard input; their bytes one by one."""

from __future__ import annotations

import glob
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from timeline.model.errors import InputError, refusal
from timeline.sources.decoding import LARGEST
from timeline.sources.head import LENGTH, Head, charset
from timeline.sources.pipes import is_pipe, open_pipe

_BATCH_LIMIT = 20 * LARGEST  # a file of many articles may be longer than one article
_PATTERN = frozenset("*?[")


class Found:
    """Bytes with an origin: a file's URI, an address, "stdin" or the path of another stream, or "<origin of an
    archive>!/<name inside>".

    `name` tells the format where the content does not, `media_type` is what a server called it. A pipe is read once.
    """

    def __init__(
        self,
        origin: str,
        name: str,
        opener: Callable[[], BinaryIO],
        *,
        path: Path | None = None,
        url: str = "",
        media_type: str = "",
        depth: int = 0,
    ) -> None:
        self.origin, self.name, self.path, self.url = origin, name, path, url
        self.media_type, self.depth = media_type, depth
        self._opener = opener
        self._stream: BinaryIO | None = None
        self._head: Head | None = None

    @classmethod
    def file(cls, path: Path, origin: str = "", warn: Callable[[str], None] = lambda _line: None) -> Found:
        """A file; or a stream that has a path (a pipe, a device), which is no more of an address than standard input.
        `warn` is told where a pipe is waited for."""
        if path.is_file() or not path.exists():
            return cls(origin or path.resolve().as_uri(), path.name, lambda: path.open("rb"), path=path)
        if is_pipe(path):
            return cls(origin or str(path), path.name, lambda: joined(*open_pipe(path, warn)))
        return cls(origin or str(path), path.name, lambda: path.open("rb"))

    @classmethod
    def standard_input(cls, stream: BinaryIO) -> Found:
        return cls("stdin", "", lambda: stream)

    @classmethod
    def of(cls, data: bytes, origin: str, name: str, *, url: str = "", media_type: str = "", depth: int = 0) -> Found:
        """Bytes that are there already."""
        return cls(origin, name, lambda: io.BytesIO(data), url=url, media_type=media_type, depth=depth)

    @property
    def charset(self) -> str:
        """The encoding that a server said; "" when none did."""
        return charset(self.media_type)

    @property
    def modified(self) -> float | None:
        """The file's modification time in seconds since 1970; None for what is no file or one that went away."""
        try:
            return self.path.stat().st_mtime if self.path is not None else None
        except OSError:
            return None

    @property
    def head(self) -> Head:
        """Its first bytes. Raises InputError when it cannot be read."""
        if self._head is None:
            with _refusals(self.origin):
                stream = self._opened()
                data = _some(stream, LENGTH + 1)
            self._head = Head(self.name, data[:LENGTH], len(data) <= LENGTH, self.media_type)
            self._stream = _rewound(data, stream)
        return self._head

    def open(self) -> BinaryIO:
        """A stream from the first byte, to be closed by the caller. Raises InputError when it cannot be opened."""
        with _refusals(self.origin):
            stream = self._opened()
        self._stream = None
        return stream

    def read(self, limit: int = _BATCH_LIMIT) -> bytes:
        """All bytes. Raises InputError when they cannot be read or are more than `limit`."""
        with _refusals(self.origin), closing(self.open()) as stream:
            data = _some(stream, limit + 1)
        if len(data) > limit:
            raise InputError(f"more than {limit // 1024 // 1024} MB in one file", where=self.origin, hint="Split it")
        return data

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _opened(self) -> BinaryIO:
        if self._stream is None:
            self._stream = self._opener()
        return self._stream


@contextmanager
def _refusals(origin: str) -> Iterator[None]:
    """The system's refusals as errors of ours."""
    try:
        yield
    except (OSError, EOFError) as error:
        raise InputError(f"it cannot be read: {refusal(error)}", where=origin) from error


class _Rewound(io.RawIOBase):
    """A stream that cannot go back, with the bytes before it that were read already."""

    def __init__(self, before: bytes, rest: BinaryIO) -> None:
        self._before, self._rest = io.BytesIO(before), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        data = self._before.read(len(view)) or self._rest.read(len(view)) or b""
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._rest.close()
        super().close()


def _rewound(data: bytes, stream: BinaryIO) -> BinaryIO:
    try:
        stream.seek(0)
    except (OSError, AttributeError, ValueError):
        return cast("BinaryIO", io.BufferedReader(_Rewound(data, stream)))
    return stream


def peeked(stream: BinaryIO, many: int) -> tuple[bytes, BinaryIO]:
    """At most so many first bytes of a stream at its beginning, and a stream that gives them again."""
    data = _some(stream, many)
    return data, _rewound(data, stream)


def joined(before: bytes, rest: BinaryIO) -> BinaryIO:
    """A stream of some bytes and then another's."""
    return cast("BinaryIO", io.BufferedReader(_Rewound(before, rest)))


def _some(stream: BinaryIO, most: int) -> bytes:
    """At most so many bytes; a pipe gives them in pieces."""
    pieces, left = [], most
    while left and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def find(
    paths: Iterable[str],
    suffixes: Iterable[str],
    stdin: BinaryIO | None = None,
    warn: Callable[[str], None] = lambda _line: None,
) -> Iterator[Found | InputError]:
    """What the paths name, in their order, folders and patterns sorted by name; hidden files are passed over.

    Of a folder the files with one of the `suffixes`. Pipes, sockets and devices are read where they are named, never
    where they are found in a folder or by a pattern: `warn` is told of each. A path that is not there, or a folder
    without such files, comes out as an error, and the rest goes on. Addresses are not for here (`is_address`).
    """
    wanted = tuple(sorted({s for s in suffixes if s}))
    for name in paths:
        if name == "-":
            yield Found.standard_input(stdin or io.BytesIO())
            continue
        try:
            yield from _named(name, wanted, warn)
        except (OSError, ValueError) as error:
            # A name can be too long for the system, or hold a NUL.
            yield InputError(f"it cannot be read: {refusal(error)}", where=name[:100])


def is_address(name: str) -> bool:
    """Whether a path is an address to be fetched ("https://example.org/feed").

    Whatever has a scheme is: that only http and https are fetched is said by who fetches.
    """
    scheme, found, _ = name.partition("://")
    return bool(found) and scheme.isascii() and scheme.replace("+", "").replace("-", "").replace(".", "").isalnum()


def address_of(url: str, origin: str) -> str:
    """Where something lies on the web: the address that it was fetched from, else an origin that is one; else ""."""
    return url or (origin if origin.startswith(("http://", "https://")) else "")


def name_in(url: str) -> str:
    """The last part of an address's path."""
    try:
        return urlsplit(url).path.rsplit("/", 1)[-1]
    except ValueError:
        return ""


def _named(name: str, wanted: tuple[str, ...], warn: Callable[[str], None]) -> Iterator[Found | InputError]:
    path = Path(name)
    if not name:  # a variable that is not set, not this folder
        yield InputError("a path is empty", hint="Say . for this folder")
    elif path.is_dir():
        yield from _inside(path, name, wanted, warn)
    elif path.exists():
        yield Found.file(path, warn=warn)
    elif _PATTERN.isdisjoint(name):
        yield InputError("there is no such file or folder", where=name, hint="Check the path")
    else:
        matching = sorted(Path(each) for each in glob.glob(name, recursive=True))  # noqa: PTH207 - a pattern may be absolute
        if not matching:
            yield InputError("nothing matches the pattern", where=name, hint="Check the path")
        for each in matching:
            if each.is_dir() or not each.exists() or _is_file(each, warn):
                yield from _named(str(each), wanted, warn)


def _inside(
    folder: Path, name: str, wanted: tuple[str, ...], warn: Callable[[str], None]
) -> Iterator[Found | InputError]:
    there = sorted(p for p in folder.rglob("*") if p.name.lower().endswith(wanted) and _is_visible(p, folder))
    inside = [p for p in there if _is_file(p, warn)]
    if not inside:
        yield InputError("the folder holds nothing to read", where=name, hint=f"Looked for {', '.join(wanted)}")
    yield from map(Found.file, inside)


def _is_file(path: Path, warn: Callable[[str], None]) -> bool:
    """Whether what was found and not named is a file; of a pipe or a device, which might never end, it is told."""
    if path.is_file():
        return True
    if path.exists() and not path.is_dir():
        warn(f"{path}: passed over: this is no file but a pipe, a socket or a device. Name it to read it")
    return False


def _is_visible(path: Path, top: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(top).parts) and path.name.lower() != "readme.txt"
