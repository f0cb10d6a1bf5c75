"""Which reports of a copy its source has as well. Pure; knows no language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from timeline.store import ids
from timeline.store.fingerprints import resemblance

_SAME = 0.5  # of the words of two sentences


@dataclass(frozen=True, slots=True)
class Said:
    """A report: its key, who read it, the number of its happening, its kind, the words that told it, its sentence."""

    key: str
    reader: str
    happening: int
    kind: str
    words: str
    sentence: frozenset[str]

    @classmethod
    def of(cls, key: str, extractor: str, happening: int, kind: str, words: str, sentence: str) -> Said:
        return cls(
            key, ids.reader_of(extractor), happening, kind, words.casefold(), frozenset(sentence.casefold().split())
        )


def inherited(copy: Collection[Said], source: Collection[Said]) -> dict[str, str]:
    """The reports of a copy (their keys) that need not be told, each with the one of its source that tells it. Both in
    text order.

    A report is told by another of the same reader, kind and words in nearly the same sentence, each by one; with it
    goes all that tells of the same happening.
    """
    free: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for said in source:
        free[said.reader, said.kind, said.words].append(said)
    found: dict[str, str] = {}
    leads: dict[int, str] = {}
    for said in copy:
        others = free[said.reader, said.kind, said.words]
        best = max(others, key=lambda other: resemblance(said.sentence, other.sentence), default=None)
        if best is not None and resemblance(said.sentence, best.sentence) >= _SAME:
            others.remove(best)
            found[said.key] = best.key
            leads.setdefault(said.happening, best.key)
    for said in copy:
        if said.happening in leads:
            found.setdefault(said.key, leads[said.happening])
    return found
