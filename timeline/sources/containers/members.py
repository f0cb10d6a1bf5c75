"""The members of an archive: which of them are read, and what they are called.

A name in an archive is a label of where something came from. Nothing is ever written under it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import BinaryIO
from urllib.parse import quote_from_bytes

from timeline.model.errors import InputError
from timeline.sources.containers.bounds import Budget
from timeline.sources.finding import Found

_LONGEST = 1000  # characters of a name as an origin shows it
_NAMED = 4  # suffixes that a warning names
_SUFFIX = re.compile(r"\.[a-z][a-z0-9_+-]{0,9}$", re.ASCII)
_DOTS = {".": "%2E", "..": "%2E%2E"}


class Member(Found):
    """Something found in an archive, which takes from its budget."""

    def __init__(
        self,
        around: Found,
        name: str,
        opener: Callable[[], BinaryIO],
        budget: Budget,
        *,
        origin: str = "",
        url: str = "",
        media_type: str = "",
    ) -> None:
        super().__init__(
            origin or f"{around.origin}!/{written(name)}",
            last(name),
            opener,
            url=url,
            media_type=media_type,
            depth=around.depth + 1,
        )
        self.budget = budget


def budget_around(found: Found) -> Budget | None:
    """The budget of the archive that something lies in."""
    return found.budget if isinstance(found, Member) else None


def written(name: str) -> str:
    """A member's name as a URI holds it: no control characters, no ways up, and no two names alike."""
    data = name.encode("utf-8", errors="surrogateescape" if _is_escaped(name) else "surrogatepass")
    text = "/".join(_DOTS.get(part, part) for part in quote_from_bytes(data).split("/"))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}~{sha256(data).hexdigest()[:16]}"


def last(name: str) -> str:
    """The last part of a name, which tells its format."""
    return "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())[-255:]


class Choice:
    """Which members are read, as in a folder: those whose name ends as a format's files do, or has no such end.
    Counts the others."""

    def __init__(self) -> None:
        from timeline.sources import formats

        self._known = tuple(formats.suffixes())
        self._passed: Counter[str] = Counter()
        self._read = 0

    def takes(self, name: str) -> bool:
        """Whether a member is to be read. Hidden ones and what systems leave behind are no members."""
        parts = name.lower().replace("\\", "/").split("/")
        file = parts[-1]
        hidden = any(part.startswith(".") and part not in _DOTS for part in parts)
        if not file or hidden or "__macosx" in parts or file in ("readme", "readme.txt"):
            return False
        suffix = _SUFFIX.search(file)
        if file.endswith(self._known) or suffix is None:
            self._read += 1
            return True
        self._passed[suffix[0]] += 1
        return False

    def end(self, warn: Callable[[str], None]) -> None:
        """One line about all that was passed over. Raises InputError where that was everything."""
        if not self._read:
            raise InputError("it holds nothing to read", hint=f"Looked for {', '.join(sorted(self._known))}")
        if number := sum(self._passed.values()):
            most = [suffix for suffix, _ in self._passed.most_common(_NAMED)]
            more = ", …" if len(self._passed) > _NAMED else ""
            members = "member is" if number == 1 else "members are"
            warn(f"{number:,} {members} of no format that can be read and passed over: {', '.join(most)}{more}")


def _is_escaped(name: str) -> bool:
    return any("\udc80" <= c <= "\udcff" for c in name)
