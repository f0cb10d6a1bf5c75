"""A whole page: bytes in, the article's parts out."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from timeline.model.errors import InputError
from timeline.sources.pages.charset import page_text
from timeline.sources.pages.dating import day_of_page
from timeline.sources.pages.furniture import made_ready
from timeline.sources.pages.metadata import Stated, stated
from timeline.sources.pages.text import UNPRINTED, fragment_paragraphs, paragraphs, plain

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?…。！？؟။।][\s\"'”’»)\]]*$")
_ENOUGH = 6  # words of a sentence that makes a page an article; scripts without blanks count by letters
_ENOUGH_LETTERS = 20
_SHORTEST = "50"  # characters; of less trafilatura takes the whole page for the article
_LARGEST = 10 * 1024 * 1024


def page(data: bytes, url: str = "", charset: str = "") -> dict[str, str]:
    """What `Article` takes, of a page that was found at `url` (or "") and of which a server said an encoding (or "").

    Raises InputError: too large, binary, no markup, no article in it.
    """
    if len(data) > _LARGEST:
        raise InputError(f"a page of more than {_LARGEST // 1024 // 1024} MB is no article")
    text = page_text(data, charset)
    if len(UNPRINTED.findall(text[:20_000])) * 50 > min(len(text), 20_000):
        raise InputError("this is a binary file, no page")
    tree = _tree(UNPRINTED.sub("", text))
    says = stated(tree, url)
    body = _body(tree, says)
    sentences = [each for each in body if _is_sentence(each)]
    if not sentences:
        raise InputError("no article is found on this page", hint="A list of headlines or a page of scripts is none")
    day, how = day_of_page(tree, says, sentences)
    return {
        "text": "\n\n".join([*_head(says), *body]),
        "title": says.title,
        "url": says.url,
        "publisher": says.publisher,
        "language": says.language,
        "published": day.isoformat() if day else "",
        "published_from": how,
    }


def _tree(text: str) -> Any:
    from trafilatura.utils import load_html

    tree = load_html(text)
    if tree is None:
        raise InputError("there is no markup in it", hint="Is it a web page?")
    return tree


def _body(tree: Any, says: Stated) -> list[str]:
    """The article's paragraphs, without its title and byline at their beginning."""
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _SHORTEST)
    found = bare_extraction(made_ready(deepcopy(tree)), include_comments=False, config=config)
    body = paragraphs(found.body) if found is not None and not isinstance(found, dict) else []
    body = _fuller(body, says.body)
    heads = {_words(says.title), _words(says.author), _words(f"by {says.author}")}
    while body and _words(body[0]) in heads:
        body = body[1:]
    return list(dict.fromkeys(body))


def _fuller(body: list[str], described: str) -> list[str]:
    """The text that the page's description gives, where what was found on the page has less than half of it."""
    if len(described) < 2 * sum(map(len, body)) or not described:
        return body
    return fragment_paragraphs(described)


def _head(says: Stated) -> list[str]:
    return [each for each in (says.title, f"By {says.author}" if says.author else "") if each]


def _words(line: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(line).casefold()))


def _is_sentence(line: str) -> bool:
    words = _WORD.findall(line)
    enough = len(words) >= _ENOUGH or sum(len(w) for w in words if not w.isascii()) >= _ENOUGH_LETTERS
    return enough and _SENTENCE.search(line) is not None
