"""What holds other files: archives and compressed files. One file a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, runtime_checkable

from timeline.sources import Bad, Format
from timeline.sources.finding import Found

DEEPEST = 3  # a feed in a gzip file in a tar file in a ZIP file; deeper nesting is a bomb


@runtime_checkable
class Container(Format, Protocol):
    """Gives what it holds. A foreign one is a class offered under the entry point group "timeline.containers"."""

    def unpack(self, found: Found, warn: Callable[[str], None]) -> Iterator[Found | Bad]:
        """What is inside, in its order, each with `found.depth` + 1 and the origin "<origin>!/<name>"; members are
        read while the iterator stands at them, not later. `warn` takes a line about the whole (how much was passed
        over). Raises InputError when it cannot be opened."""
        ...
