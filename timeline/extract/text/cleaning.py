"""Finding the article in a text: title, byline, caption, dateline, publication date and body; the rest is furniture.

Measured rule behind it: a line of twelve words or more that ends as a sentence is body text, site furniture never is.
Short paragraphs count as body when they stand between body paragraphs and end as a sentence.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from timeline.extract.text.layout import Layout
from timeline.extract.text.stated import Stated, dateline_day, stated_date
from timeline.model import Span

_LINE = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[.!?…。！？؟]\s?[\"'”’)\]]*$")
_WORD = re.compile(r"\w+")
# What a site says about itself, however long the line is.
_FURNITURE = re.compile(
    r"^(sign (in|up)\b|log ?in\b|subscribe\b|follow us\b|read more\b|advertisement\b|already a member\b|©|"
    r"(we|this site) uses? cookies|we value your privacy|all rights reserved|copyright (©|\(c\)|\d)|"
    r"get all your news\b|start reading\b|our picks\b|click here\b|continue reading\b|have an opinion\b|"
    r"download the app\b|back to top\b|this material may not be\b|share this\b|most (read|popular)\b)",
    re.IGNORECASE,
)
# Words that begin a menu's line as well as a sentence: furniture only where the line is short or no sentence.
_MENU = re.compile(
    r"^(register|share|top stories|related|download|cookies?|copyright|print|comments?|newsletter|this page|sources?|"
    r"references|external links|see also|home|menu|search)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^((?i:by|via|from|written by|reporting by|story by|edited by))\s+[A-Z][^.!?]*$")
_CAPTION = re.compile(
    r"^(FILE\b|FILE PHOTO|photo:|image:|caption:|picture:|pictured)"
    r"|\((AP|AFP|Reuters|Getty|EPA|[^()]*(photo|team|press|images?|handout))[^()]*\)\s*$",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 400
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Za-zÀ-ÿ.'’-]+(?:[ ,/]+[A-Z][A-Za-zÀ-ÿ.'’-]*){0,5})"
    r"(?:,\s*(?P<day>[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s*\d{4})?|\d{1,2}\s+[A-Z][a-z]{2,8}\.?(?:\s+\d{4})?))?"
    r"(?:\s*(?:\((?P<agency>[A-Za-z][\w .&/-]{1,40})\))?\s*(?:—|–|--|-)\s+"
    r"|\.?\s*/(?P<slashed>[A-Z][A-Za-z]{1,20})/\.?\s+)"
)
_BODY_WORDS = 12
_SHORT_WORDS = 3
# Of a text without paragraphs by the rule only these first lines can say when it was published.
_HEAD_LINES = 5
_MENU_WORDS = 6
# A text none of whose lines is longer was wrapped by hand or by a mailer; full lines are then at least so long.
_LONGEST_WRAPPED = 100
_SHORTEST_WRAPPED = 50
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"


def layout_of(text: str, *, title: str = "", language: str = "en", near: date | None = None) -> Layout:
    """The parts of a text. `title` is the title from metadata: it wins where the text has it as a line. `language` is
    that of its dates; `near`, a day near which it was published, completes a dateline without a year.

    Never raises; a text without anything like a paragraph is one paragraph.
    """
    lines = [_trimmed(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    lines = [line for line in lines if line.start < line.end]
    blocks = _joined(text, lines)
    body = [i for i, block in enumerate(blocks) if _is_body(text, block)]
    if not body:
        return _unbroken(text, blocks, title, language)
    first, last = body[0], body[-1]
    stated = stated_date(text, [b for b in blocks[: first + 1] if not _is_caption(b.of(text))], language)
    head = _title(text, [b for b in blocks[:first] if stated is None or b != stated.block], title)
    captions = [b for b in blocks[:first] if b != head and _is_caption(b.of(text))]
    byline = next((b for b in blocks[:first] if b != head and _is_byline(b.of(text)) and b not in captions), None)
    after_head = blocks.index(head) + 1 if head is not None else _lead_in(text, blocks, first)
    long_ones = set(body)
    kept = [i for i in range(after_head, first) if _is_short_body(text, blocks[i]) and blocks[i] != byline]
    kept += [i for i in range(first, last + 1) if i in long_ones or _is_short_body(text, blocks[i])]
    kept += [i for i in range(last + 1, min(last + 2, len(blocks))) if _is_short_body(text, blocks[i])]
    paragraphs = [blocks[i] for i in kept if stated is None or stated.block != blocks[i]]
    dateline, place, agency = None, "", ""
    if paragraphs and (match := _DATELINE.match(paragraphs[0].of(text))) and _plausible(match):
        start = paragraphs[0].start
        dateline = Span(start + match.start(), start + match.end())
        place, agency = match["place"], match["agency"] or match["slashed"] or ""
        paragraphs[0] = Span(dateline.end, paragraphs[0].end)
        if stated is None and match["day"] and (day := dateline_day(match["day"], near)):
            stated = Stated(day, dateline, "dateline")
    used = {head, byline, *captions, *(blocks[i] for i in kept)}
    return Layout(
        title=head,
        paragraphs=tuple(paragraphs),
        captions=tuple(captions),
        byline=byline,
        dateline=dateline,
        dateline_place=place,
        agency=agency or _agency(text, byline),
        published=stated.day if stated else None,
        published_span=stated.block if stated else None,
        published_from=stated.source if stated else "",
        furniture=tuple(b for b in blocks if b not in used),
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    blank = " \t\u00a0\u200b\ufeff\u00ad\x0b\x0c"
    return Span(start + len(piece) - len(piece.lstrip(blank)), end - (len(piece) - len(piece.rstrip(blank))))


def _joined(text: str, lines: list[Span]) -> list[Span]:
    """Paragraphs from lines: in a hard-wrapped text a line goes with the one before it until that ends a sentence."""
    if not lines or max(line.end - line.start for line in lines) > _LONGEST_WRAPPED or not _is_wrapped(text, lines):
        return lines
    blocks, previous = lines[:1], lines[0]
    for line in lines[1:]:
        if _wraps(text, previous, line):
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
        previous = line
    return blocks


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether some full line breaks off in the middle of a sentence."""
    return any(
        line.end - line.start >= _SHORTEST_WRAPPED
        and not _SENTENCE_END.search(line.of(text))
        and text[following.start].islower()
        for line, following in pairwise(lines)
    )


def _wraps(text: str, previous: Span, line: Span) -> bool:
    if len(re.findall(r"\r\n|\r|\n", text[previous.end : line.start])) > 1:
        return False
    full = previous.end - previous.start >= _SHORTEST_WRAPPED
    return full and not re.match(rf"{_WEEKDAY}\b.*\d{{4}}", line.of(text))


def _is_body(text: str, block: Span) -> bool:
    words = block.of(text)
    return (
        len(_WORD.findall(words)) >= _BODY_WORDS
        and bool(_SENTENCE_END.search(words))
        and not _is_furniture(words)
        and not _is_caption(words)
    )


def _is_short_body(text: str, block: Span) -> bool:
    """A short paragraph ("He denied it."): it ends as a sentence; with fewer than three words only if quoted."""
    words = block.of(text)
    enough = len(_WORD.findall(words)) >= _SHORT_WORDS or words[:1] in "\"'“‘"
    return enough and bool(_SENTENCE_END.search(words)) and not _is_furniture(words) and not _is_caption(words)


def _lead_in(text: str, blocks: list[Span], first: int) -> int:
    """Where short first sentences begin that stand right before the body of a text without a headline."""
    while first > 0 and _is_short_body(text, blocks[first - 1]):
        if len(_WORD.findall(blocks[first - 1].of(text))) < _MENU_WORDS:
            break
        first -= 1
    return first


def _is_furniture(words: str) -> bool:
    if _FURNITURE.match(words):
        return True
    if not _MENU.match(words):
        return False
    return len(_WORD.findall(words)) < _MENU_WORDS or not _SENTENCE_END.search(words)


def _is_caption(words: str) -> bool:
    return len(words) <= _LONGEST_CAPTION and bool(_CAPTION.search(words))


def _is_byline(words: str) -> bool:
    return len(_WORD.findall(words)) <= _BODY_WORDS and bool(_BYLINE.match(words))


def _unbroken(text: str, blocks: list[Span], title: str, language: str) -> Layout:
    """A text without a paragraph by the rule: short notes. Everything that is no furniture is body."""
    kept = [b for b in blocks if not _is_furniture(b.of(text))] or blocks
    remaining = set(kept)
    head = next((b for b in kept if title and _same(b.of(text), title)), None)
    # A text that is nothing but a date says nothing of its publication.
    stated = stated_date(text, [b for b in kept[:_HEAD_LINES] if b != head], language) if len(kept) > 1 else None
    rest = [b for b in kept if b != head and (stated is None or b != stated.block)]
    if head is None and len(rest) > 1 and not _SENTENCE_END.search(rest[0].of(text)):
        head, rest = rest[0], rest[1:]
    return Layout(
        title=head,
        paragraphs=tuple(rest or kept),
        published=stated.day if stated else None,
        published_span=stated.block if stated else None,
        published_from=stated.source if stated else "",
        furniture=tuple(b for b in blocks if b not in remaining),
    )


def _same(first: str, second: str) -> bool:
    return _WORD.findall(first.casefold()) == _WORD.findall(second.casefold())


def _title(text: str, before: list[Span], title: str) -> Span | None:
    """The headline: the metadata's title where it stands, else the line with most words before the body."""
    if title:
        for block in before:
            if _same(block.of(text), title):
                return block
    fitting = [b for b in before if _is_headline(b.of(text))]
    return max(fitting, key=lambda b: len(_WORD.findall(b.of(text))), default=None)


def _is_headline(words: str) -> bool:
    count = len(_WORD.findall(words))
    if not 4 <= count <= 30 or _is_furniture(words) or _is_byline(words) or _is_caption(words):
        return False
    if _SENTENCE_END.search(words) and not words.endswith("?"):
        return False
    return not re.fullmatch(r"\W*(\w+day,?\s+)?(\w+\s+\d{1,2}|\d{1,2}\s+\w+),?\s+\d{4}.*", words)


def _agency(text: str, byline: Span | None) -> str:
    if byline is None:
        return ""
    match = re.search(r"(?:via|,)\s+([A-Z][\w .&-]+)$", byline.of(text), re.IGNORECASE)
    return match[1].strip() if match else ""


def _plausible(match: re.Match[str]) -> bool:
    """A dateline has its place in capitals, or an agency or a day beside it."""
    place = match["place"].split(",")[0]
    return place.isupper() or bool(match["agency"] or match["slashed"] or match["day"])
