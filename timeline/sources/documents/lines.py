"""Lines of printed pages back to the paragraphs that they were broken from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_EDGE = 2  # lines at the top and at the bottom of a page that may stand on each
_SHARE = 0.4  # of the pages on which such a line stands: left and right pages may have their own
_FULL = 0.72  # of the usual width from which on a line is taken to run to the margin
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:/|of|\|)\s*\d{1,4})?\W*", re.IGNORECASE)
_TAIL = 10  # characters among which the end of a sentence is looked for
_SENTENCE_END = re.compile(r"[.!?…:。！？؟][\"'”’»)\]]*$")
_BULLET = re.compile(r"[•▪●◦‣·*–—-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_HYPHENS = ("-", "\u00ad", "\u2010")
_LONGEST_WORD = 60
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")


def paragraphs(pages: Iterable[str]) -> list[str]:
    """The paragraphs of some pages' text: words that a line's end parted are whole again, and what stands on every
    page (its number, the name of the document) is left out, but for the first page's title."""
    lines = [line for page in _without_running([_lines(page) for page in pages]) for line in page]
    known = Counter(word.lower() for line in lines for word in _WORD.findall(line))
    width = _width([line for line in lines if line])
    found: list[list[str]] = []
    previous = ""
    for line in lines:
        if line:
            if previous and not _ends(previous, line, width):
                found[-1][-1:] = _joined(previous, line, known)
            else:
                found.append([line])
        previous = line
    return ["".join(pieces) for pieces in found]


def _lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.strip().splitlines()]


def _without_running(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines at their edges that many of them share."""
    if len(pages) < 2:
        return pages
    seen = Counter(key for page in pages for key in {_DIGITS.sub("#", line.lower()) for line in _edges(page)})
    least = max(3, _SHARE * len(pages))

    def runs(line: str, first: bool) -> bool:
        return bool(_NUMBER.fullmatch(line)) or (not first and seen[_DIGITS.sub("#", line.lower())] >= least)

    kept = []
    for number, page in enumerate(pages):
        edges = set(_edges(page))
        top = {i for i, line in enumerate(page) if i < _EDGE or i >= len(page) - _EDGE if line in edges}
        kept.append([line for i, line in enumerate(page) if i not in top or not line or not runs(line, number == 0)])
    return kept


def _edges(page: list[str]) -> list[str]:
    return [line for line in [*page[:_EDGE], *page[-_EDGE:]] if line]


def _width(lines: list[str]) -> int:
    """The usual length of a line that runs to the margin."""
    lengths = sorted(map(len, lines))
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _ends(line: str, following: str, width: int) -> bool:
    """Whether a paragraph ends with a line: it stops before the margin, or the next one begins a list's item."""
    if _broken(line) and following[0].islower():
        return False
    short = len(line) < _FULL * width
    ended = bool(_SENTENCE_END.search(line[-_TAIL:])) or not following[0].islower()
    return bool(_BULLET.match(following)) or (short and ended)


def _joined(line: str, following: str, known: Counter[str]) -> list[str]:
    """A line and the next one, joined; a hyphen between them stays where the document has the word with it elsewhere,
    and before a capital."""
    word, rest = _broken(line), _WORD.match(following)
    if not word or rest is None:
        return [line, " ", following]
    hyphened = known[f"{word}-{rest[0]}".lower()] > known[f"{word}{rest[0]}".lower()]
    return [line if hyphened or not following[0].islower() else line[:-1], following]


def _broken(line: str) -> str:
    """The beginning of the word that a line's end parted; "" where none is."""
    if not line.endswith(_HYPHENS):
        return ""
    word = line[-_LONGEST_WORD:-1].split(" ")[-1]
    return word if word.isalpha() else ""
