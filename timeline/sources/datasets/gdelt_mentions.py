"""GDELT's files of mentions: told apart from its events, and why they are not imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from timeline.model import DataSet, Row
from timeline.model.errors import InputError
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.head import Head

_NAMES = (
    "GlobalEventID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
)


class GdeltMentionsReader:
    """Knows a file of mentions so that it can say why there is nothing in it for a timeline: a mention is an article
    that tells of an event of another file, with neither what happened nor to whom."""

    name = "gdelt-mentions"
    title = "mentions of GDELT 2.0 (told apart, not imported)"
    suffixes = (".csv",)
    example = "timeline inspect 20210201001500.mentions.CSV"
    extra = needs = ""
    version = "1"
    dataset = DataSet("GDELT 2.0", "https://www.gdeltproject.org/")
    source = "GDELT Event Codebook, version 2.0"
    columns = tuple(map(Column, _NAMES))

    def fits(self, head: Head) -> Fit:
        """Sixteen columns (the last may be missing), an id, two times of fourteen digits."""
        for line in head.lines[:20]:
            cells = line.split("\t")
            if len(cells) in (15, 16) and all(cell.isdigit() and len(cell) == 14 for cell in cells[1:3]):
                return Fit.SURE
        return Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        """Raises InputError."""
        del stream, warn
        raise InputError(
            "mentions of GDELT say which articles told of an event, not what happened: nothing is imported",
            where=origin,
            hint="Import the file of events (.export.CSV); it counts them: NumMentions, NumSources, NumArticles",
        )
