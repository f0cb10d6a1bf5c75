"""Mailboxes in one file (mbox): a line "From …" before each message. A file of any size is read message by message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from io import BytesIO
from typing import BinaryIO

from timeline.model.article import LINE
from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.containers.bounds import Budget
from timeline.sources.containers.members import Member, budget_around
from timeline.sources.containers.packing import contents, packing
from timeline.sources.finding import Found
from timeline.sources.head import Head

LARGEST = 50 * 1024 * 1024  # bytes of one message, its attachments included
_FIRST = re.compile(rb"From \S.{0,200}\d\d:\d\d")
_QUOTED = re.compile(rb">+From ")
_HEADER = re.compile(r"[!-9;-~]+:")
_PIECE = 64 * 1024


class MboxContainer:
    name = "mbox"
    title = "mailbox of newsletters (mbox)"
    suffixes = (".mbox", ".mbx")
    example = "timeline import newsletters.mbox"
    extra = needs = ""

    def fits(self, head: Head) -> Fit:
        """By its first two lines."""
        if packing(head.data):
            return Fit.NO
        if _FIRST.match(head.data) and len(head.lines) > 1 and _HEADER.match(head.lines[1].lstrip(">")):
            return Fit.SURE
        return Fit.NAME if head.suffix in self.suffixes else Fit.NO

    def unpack(self, found: Found, warn: Callable[[str], None]) -> Iterator[Found | Bad]:  # noqa: ARG002 - all is read
        """The messages, in their order. Raises InputError for what is no mailbox."""
        budget = Budget(around=budget_around(found))
        with closing(contents(found, budget)) as stream:
            for number, data in _messages(stream):
                budget.member()
                origin = f"{found.origin}{LINE}{number}"
                if data is None:
                    yield Bad(origin, f"a message of more than {LARGEST // 1024 // 1024} MB is no newsletter", b"")
                    continue
                yield Member(found, "message.eml", partial(BytesIO, data), budget, origin=origin)


def _messages(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each message with the number of its first line, without that line; None for one that is too large."""
    pieces: list[bytes] = []
    size = number = began = 0
    blank = whole = True  # the line before was blank; what comes next begins a line
    while piece := stream.readline(_PIECE):
        number += whole
        if whole and blank and _FIRST.match(piece):
            if began:
                yield began, b"".join(pieces) if size <= LARGEST else None
            pieces, size, began = [], 0, number
        elif not began:
            if piece.strip():
                raise InputError("it is no mailbox: a line 'From …' with a time comes first in one")
        else:
            size += len(piece)
            if size <= LARGEST:
                pieces.append(piece[1:] if whole and _QUOTED.match(piece) else piece)
            else:
                pieces.clear()
        blank = whole and not piece.strip()
        whole = piece.endswith(b"\n")
    if not began:
        raise InputError("the mailbox is empty")
    yield began, b"".join(pieces) if size <= LARGEST else None
