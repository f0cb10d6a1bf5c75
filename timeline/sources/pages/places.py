"""Where the parts of a page lie: what stands beside its heading, before the article begins."""

from __future__ import annotations

from typing import Any

from timeline.sources.pages.text import paragraphs, plain, shown

_NEAR = 12  # lines after a heading that are looked at where the article's beginning is not found
_LONGEST = 160  # characters of a line that is no paragraph
_BEGINNING = 25  # characters by which a paragraph is known
_ELSEWHERE = frozenset(("body", "html", "main"))


def beside_heading(tree: Any, title: str, body: list[str]) -> list[list[str]]:
    """The short lines where a page shows its date, the likeliest places first: between the heading and the article's
    first paragraph, before the heading within its block, between the first paragraph (often a summary) and the second.

    The time of a <time> stands in place of its words.
    """
    lines = paragraphs(shown(tree), moments=True)
    first, second = (_index(lines, paragraph, 0) for paragraph in [*body, "", ""][:2])
    until = first if first is not None else second
    headings = [i for i, line in enumerate(lines[:until]) if title and line.startswith(title)]
    if not headings:
        return []
    heading = headings[-1]
    after = [lines[heading].removeprefix(title), *lines[heading + 1 : until if until is not None else heading + _NEAR]]
    between = lines[first + 1 : second] if first is not None and second is not None else []
    return [[line for line in each if len(line) <= _LONGEST] for each in (after, _above(tree, title), between)]


def _index(lines: list[str], paragraph: str, start: int) -> int | None:
    beginning = paragraph[:_BEGINNING]
    found = (i for i, line in enumerate(lines[start:], start) if beginning and line.startswith(beginning))
    return next(found, None)


def _above(tree: Any, title: str) -> list[str]:
    """What stands before the heading in the block that holds it; if that is the page, it is the site's own head."""
    for heading in tree.xpath("//h1")[:20]:
        parent = heading.getparent()
        if parent is not None and parent.tag not in _ELSEWHERE and plain("".join(heading.itertext())) == title:
            return [line for each in heading.itersiblings(preceding=True) for line in paragraphs(each, moments=True)]
    return []
