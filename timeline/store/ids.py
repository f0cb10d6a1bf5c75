"""Public ids and keys: short hashes of what a thing is, so that the same input gives the same ids on any machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from timeline.model import Report
from timeline.model.actor import fold

# The extractor whose reports an id hangs on where there are several: keys of the others hold their name.
FIRST_READER = "timeline-default"
SHORTEST_PREFIX = 4  # digits of an id or key that a person may give for the whole
ID_LENGTH = 16  # hexadecimal digits: 64 bits, a collision among ten million ids has odds of 1 to 370,000


def digest(data: str | bytes) -> str:
    """SHA-256, hexadecimal, of bytes or of a text's UTF-8."""
    return sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def article_id(text: str, *, again: int = 0) -> str:
    """The public id of an article first seen with this text; `again` counts earlier ones whose text has changed."""
    return digest(f"article {again} {text}")[:ID_LENGTH]


def report_keys(article: str, text: str, reports: Sequence[Report], reader: str = FIRST_READER) -> list[str]:
    """A key for each report of an article, in the order given: its trigger words and how often they came before.

    Neither moved text nor a change elsewhere in the article touches it; `reader` is the name of the extractor.
    """
    owner = article if reader == FIRST_READER else f"{article} {reader}"
    seen: Counter[str] = Counter()
    keys: dict[int, str] = {}
    for number in sorted(range(len(reports)), key=lambda n: _place_in_text(reports[n])):
        words = fold(reports[number].trigger.of(text))
        keys[number] = digest(f"report {owner} {words} {seen[words]}")[:ID_LENGTH]
        seen[words] += 1
    return [keys[number] for number in range(len(reports))]


def row_key(dataset: str, native: str) -> str:
    """The key of a report that is a row of a data set, by its own id there."""
    return digest(f"row {dataset}\n{native}")[:ID_LENGTH]


def _place_in_text(report: Report) -> tuple[int, int, int, int, str, str, int]:
    return (*report.trigger, *report.span, report.kind, report.modality, report.happening)


def anchor(reports: Sequence[tuple[date | None, str]]) -> tuple[date, str]:
    """Of an event's reports (published, key), the one that its id hangs on: the earliest published."""
    return min((published or date.max, key) for published, key in reports)


def event_id(reports: Sequence[tuple[date | None, str]]) -> str:
    """The public id of the event that these reports (published, key) tell of."""
    return event_of_row(anchor(reports)[1])


def event_of_row(key: str) -> str:
    """The same of a single report, by its key."""
    return digest(f"event {key}")[:ID_LENGTH]


def reader_of(extractor: str) -> str:
    """The name of an extractor without its version."""
    return extractor.rpartition(" ")[0] or extractor


def numbered(happening: int, reader: str) -> int:
    """A happening's number among all of its article: those of several extractors do not meet."""
    return (int(digest(reader)[:7], 16) << _NUMBER_BITS) + happening


def number_of(stored: int) -> int:
    """The number that the extractor gave."""
    return stored % (1 << _NUMBER_BITS)


_NUMBER_BITS = 32
