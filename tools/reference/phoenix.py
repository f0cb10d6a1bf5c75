"""The PETRARCH2 dictionaries (Phoenix.*.actors.txt, MIT): people with dated offices, organisations and groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from common import HERE, WORDS, fold, rows

SMALL = {"of", "the", "and", "for", "in", "on", "de", "du", "al", "to"}
SINCE = 1990
UNENDED = 2013  # the dictionaries are of January 2014: a term that reaches this year has no known end
_OFFICE_WORDS, _COMMON_WORDS = set(WORDS["office"]), set(WORDS["common"])

CORRECTIONS = {fold(row["name"]): row for row in rows(HERE / "corrections.csv")}

Span = tuple[str, str, str]  # ISO3, first year, last year ("" for no known end)


def people(path: Path) -> Iterator[tuple[list[str], list[Span], Span | None]]:
    """(names, terms, the first of them in a plain government office) of people with a term after 1990."""
    names: list[str] = []
    spans: list[Span] = []
    main: Span | None = None
    for line in [*path.read_text(encoding="latin-1").splitlines(), "END"]:
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        office = re.match(r"\s+\[([A-Z]{3})GOV(\w*)\s+(?:(\d{6,8})-|>)(\d{6,8})\]", line)
        if office:
            last = _year(office[4]) if office[3] else UNENDED
            start = str(_year(office[3] or office[4]))
            if last >= SINCE:
                code = WORDS["codes"].get(office[1], office[1])
                spans.append((code, start, str(last) if last < UNENDED else ""))
                main = main or (None if office[2] else spans[-1])
        elif line.startswith("+"):
            names.append(cased(line[1:].split("[")[0]))
        elif not line[0].isspace():
            if names and spans and _plausible(names[0]):
                yield [names[0], *(n for n in names[1:] if _plausible(n))], spans, main
            names, spans, main = [cased(line.split("[")[0])], [], None


def blocks(path: Path) -> Iterator[tuple[list[str], str]]:
    """(names, code) of every organisation: a code with days is a person's, and so is the old list at the end."""
    names: list[str] = []
    code, dated = "", False
    for line in [*path.read_text(encoding="latin-1").split("# KEDS Project")[0].splitlines(), "END"]:
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        if not line[0].isspace() and line[0] != "+":
            if names and code and not dated and re.search(r"[a-z]{3}", names[0]):
                yield [n for n in names if n], code
            names, code, dated = [], "", False
        if not line[0].isspace():
            names.append(_organisation_name(line.removeprefix("+").split("[")[0]))
        code = code or (found[1] if (found := re.search(r"\[([A-Z]+)", line)) else "")
        dated = dated or bool(re.search(r"\[[A-Z]+\s+[<>\d]", line))


def _organisation_name(name: str) -> str:
    """ "EGYPTIAN_ISLAMIC_JIHAD_(EIJ)", "PEOPLE'S_ARMY": as they are written, without the bracket."""
    return re.sub(r"(?<=['’])S\b", "s", cased(re.sub(r"_?\([^)]*\)?_?$", "", name.strip())))


def nameable(name: str) -> bool:
    """Whether a dictionary's name is more than an ordinary word, a number, a person or a stray fragment."""
    if not CORRECTIONS.get(fold(name), {"kind": "any"})["kind"]:
        return False
    return fold(name).removeprefix("the ") not in _COMMON_WORDS and bool(re.search(r"[A-Za-z]{3}", name))


def cased(name: str) -> str:
    words = name.replace("_", " ").split()
    return " ".join(
        w.lower() if i and w.lower() in SMALL else w if len(w) <= 3 and "." in w else _titled(w)
        for i, w in enumerate(words)
    )


def _titled(word: str) -> str:
    """The word with a capital, but "1st" and "1920s" as they are written."""
    return re.sub(r"(?<=\d)\w+", lambda match: match[0].lower(), word.title())


def _year(digits: str) -> int:
    if len(digits) == 8:
        return int(digits[:4])
    short = int(digits[:2])
    return 1900 + short if short > 20 else 2000 + short


def _plausible(name: str) -> bool:
    words = name.split()
    if _OFFICE_WORDS.intersection(fold(name).split()):
        return False
    return 2 <= len(words) <= 5 and all(re.fullmatch(r"[A-Za-z][A-Za-z.'’-]*", w) for w in words)
