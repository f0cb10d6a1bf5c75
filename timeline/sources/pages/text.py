"""Markup to plain paragraphs: one a block, blank lines between them, nothing in it that is no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# A block of HTML, and of the tree that trafilatura makes of it.
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody td tfoot th thead title "
    "tr ul graphic head item list quote row code"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_BREAKS = frozenset(("br", "lb"))
_SILENT_NAMES = (
    "script style noscript template iframe object embed svg math canvas audio video button input select textarea "
    "figcaption form nav"
)
_SILENT = frozenset(_SILENT_NAMES.split())
_BREAK = "\v"
_DOUBLE_BREAK = re.compile(r"\v\s*\v[\v\s]*")
# A single break parts paragraphs where a sentence ends, and lines within one elsewhere.
_SENTENCE_BREAK = re.compile(r"(?<=[.!?…。！？؟\"”’)])\s*\v\s*")
# Control characters, which no markup holds.
UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANK = re.compile(r"\s+")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def plain(words: str) -> str:
    """One line without control characters, halves of characters and superfluous blanks."""
    return _BLANK.sub(" ", _NO_TEXT.sub("", words)).strip()


def paragraphs(root: Any, *, moments: bool = False) -> list[str]:
    """The text of an lxml element by its blocks, in their order; with `moments` a <time> is what its markup says."""
    found: list[str] = []
    for block in "".join(_pieces(root, moments)).split("\f"):
        for part in _DOUBLE_BREAK.split(block):
            found += (line for line in map(plain, _SENTENCE_BREAK.split(part)) if line)
    return found


def _pieces(root: Any, moments: bool) -> Iterator[str]:
    """The text in its order, a form feed around each block, a vertical tab for each line break. Without recursion:
    elements lie as deep as a page wants."""
    from lxml.etree import iterwalk

    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            yield _own(element.tail)
            continue
        tag = _name(element)
        if event == "start":
            if tag in _SILENT and element is not root:
                walk.skip_subtree()
            elif moments and tag == "time" and element.get("datetime"):
                walk.skip_subtree()
                yield _own(element.get("datetime"))
            else:
                yield "\f" if tag in _BLOCKS else _BREAK if tag in _BREAKS else ""
                yield _own(element.text)
            continue
        yield "\f" if tag in _BLOCKS else ""
        if element is not root:
            yield _own(element.tail)


def _own(text: str | None) -> str:
    return text.replace("\f", " ").replace(_BREAK, " ") if text else ""


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def fragment_paragraphs(markup: str) -> list[str]:
    """The same of a piece of HTML, such as the content of a feed's entry."""
    if "<" not in markup and "&" not in markup:
        return [line for line in map(plain, re.split(r"\n\s*\n", markup)) if line]
    from lxml.etree import ParserError
    from lxml.html import document_fromstring

    try:
        return paragraphs(document_fromstring(f"<div>{_NO_TEXT.sub('', markup)}</div>"))
    except (ParserError, ValueError):
        return []


def shown(tree: Any) -> Any:
    """The part of a page's tree that people see."""
    body = tree.find(".//body")
    return tree if body is None else body


def breaks_off(markup: str, names: tuple[str, ...]) -> bool:
    """Whether markup ends in the midst of one of the elements of these names."""
    last = max(markup.rfind(f"<{name}") for name in names)
    return last > max(markup.rfind(f"</{name}") for name in names)
