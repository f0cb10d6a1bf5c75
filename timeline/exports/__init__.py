"""Events in, bytes out. One file a format; nothing here knows more than the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from timeline.exports.options import Options


class Exporter(Protocol):
    """Writes events in one format."""

    def write(self, events: Iterable[Any], options: Options = ...) -> Iterator[bytes]:
        """The file in pieces, ready to be written one after the other: the same bytes for the same events.

        `events` are Events; for a format that has rows whatever `options.table` makes rows of. They are read once, as
        the pieces are asked for, and never all held at a time unless the format needs the whole.
        """
        ...
