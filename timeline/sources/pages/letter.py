"""The text of an e-mail in HTML: all that it shows, since a letter has no furniture of a site around it."""

from __future__ import annotations

import re

from timeline.model.errors import InputError
from timeline.sources.pages.charset import page_text
from timeline.sources.pages.text import UNPRINTED, paragraphs

# What mailers hide: the words that stand beside the subject in a list of letters, and padding behind them.
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0", re.IGNORECASE)


def letter(data: bytes, charset: str = "") -> list[str]:
    """Its paragraphs; `charset` is the encoding that the letter states, or "". Raises InputError for no markup."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    text = UNPRINTED.sub("", page_text(data, charset))
    try:
        tree = document_fromstring(text.encode(), parser=HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError) as error:
        raise InputError("there is no markup in it") from error
    for element in tree.xpath("//*[@style or @hidden]"):
        if (element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))) and element is not tree:
            element.drop_tree()
    for title in tree.xpath("//head/title"):
        title.drop_tree()
    return paragraphs(tree)
