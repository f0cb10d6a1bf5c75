"""Finding a model's quotes in the article: its own words, or nothing."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from timeline.model import Span

# One character for one, so that offsets hold: only the shape of quotation marks, dashes and spaces may differ.
_PLAIN = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_RUN = re.compile(r"\s+")


class Words:
    """The words that a model was shown: the spans of an article's text, with runs of spaces and breaks as one space.

    A search is linear in the text, whatever is looked for.
    """

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        pieces: list[str] = []
        self._offsets = array("L")
        for span in spans:
            start = span.start
            for run in [*_RUN.finditer(text, span.start, span.end), None]:
                end = run.start() if run else span.end
                pieces.append(text[start:end] + (" " if run else "\n"))
                self._offsets.extend(range(start, end + 1))
                start = run.end() if run else end
        self._text = "".join(pieces).translate(_PLAIN)

    def find(self, words: str, *near: Span) -> Span | None:
        """Where the words stand: inside the first of `near` that has them, else at their first place; None: nowhere."""
        for span in near:
            inside = self.within(words, span)
            if inside is not None:
                return inside
        return next(self.all(words), None)

    def within(self, words: str, span: Span) -> Span | None:
        """Where the words stand inside a span."""
        return next(
            self._places(words, bisect_left(self._offsets, span.start), bisect_left(self._offsets, span.end)), None
        )

    def all(self, words: str) -> Iterator[Span]:
        """Every place of the words."""
        return self._places(words, 0, len(self._text))

    def _places(self, words: str, first: int, last: int) -> Iterator[Span]:
        wanted = " ".join(words.translate(_PLAIN).split())
        at = self._text.find(wanted, first, last) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if _parted(self._text[at - 1 : at + 1]) and _parted(self._text[end - 1 : end + 1]):
                yield Span(self._offsets[at], self._offsets[end - 1] + 1)
            at = self._text.find(wanted, at + 1, last)


def _parted(pair: str) -> bool:
    """Whether a word may end between two characters: not inside one of a script that sets words apart by spaces."""
    return len(pair) < 2 or not all(c.isdigit() or c.lower() != c.upper() for c in pair)
