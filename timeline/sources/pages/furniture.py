"""A page made ready for the search for its article: without what the site puts around it, its paragraphs as such."""

from __future__ import annotations

import re
from typing import Any

# Parts of the names that sites give to such boxes; and what begins a name that only says that there is such a box.
_NAMES = re.compile(
    r"(?:[\w-]*[-_])?(?:newsletters?|sign-?up|cookies?|consent|gdpr|share|sharing|sharedaddy|sharebar|social|related|"
    r"relatedposts?|recirc|recirculation|recommended|recommendations|teasers?|most-?(?:read|viewed|popular)|trending|"
    r"comments?|disqus|outbrain|taboola|adverts?|advertisement|sponsored|promos?|breadcrumbs?|masthead|paywall|"
    r"read-?(?:more|next|also)|more-?(?:stories|news)|widgets?|popup|modal|toolbar)(?:[-_][\w-]*)?",
    re.IGNORECASE,
)
_ONLY_SAYS = re.compile(
    r"(?:has|is|no|not|with|without|show|hide|single|page|post|type|category|tag|js)[-_]", re.IGNORECASE
)
_ELEMENTS = frozenset(("nav", "footer", "dialog", "button", "form"))
_ROLES = frozenset(("navigation", "contentinfo", "dialog", "alertdialog", "search", "banner"))
_NEVER = frozenset(("html", "body", "main", "article", "h1", "p", "time"))
_MOST = 0.5  # share of the page's paragraphs: what holds more of them is its text, whatever it is called
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)
_LIST = 3  # articles that are presented one after another are a list
_MENU = 5  # links
_HEADLINE_WORDS = 4
_LONGEST_CARD = 600  # characters
_SENTENCE_WORDS = 8
_LONGEST_PARAGRAPH = 5000


def made_ready(tree: Any) -> Any:
    """The tree without the boxes that name themselves as what is no article and without lists of other articles, its
    paragraphs marked as such; it is changed in place."""
    _drop_boxes(tree)
    for element in [each for each in tree.iter("ul", "ol") if _is_menu(each)]:
        element.drop_tree()
    for parent in [each for each in tree.iter() if len(each) >= _LIST and isinstance(each.tag, str)]:
        cards = [each for each in parent if _is_card(each)]
        if len(cards) >= _LIST and 2 * len(cards) >= len(parent):
            for card in cards:
                card.drop_tree()
    for parent in [each for each in tree.iter() if each.tag != "body"]:
        found = [each for each in parent if each.tag == "div" and _is_paragraph(each)]
        for each in found if len(found) > 1 else ():
            each.tag = "p"
    return tree


def _drop_boxes(tree: Any) -> None:
    whole = max(1, _length(tree))
    for element in [each for each in tree.iter() if _is_furniture(each)]:
        parent = element.getparent()
        if parent is None or element.find(".//h1") is not None or _length(element) > _MOST * whole:
            continue
        element.drop_tree()


def _is_furniture(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NEVER:
        return False
    if element.tag in _ELEMENTS or element.get("role", "") in _ROLES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".split()[:20]
    return any(len(n) <= 80 and _NAMES.fullmatch(n) and not _ONLY_SAYS.match(n) for n in names)


def _is_menu(element: Any) -> bool:
    """Whether a list is one of links alone."""
    links = element.findall(".//a")
    linked = sum(len(text) for a in links for text in a.itertext())
    return len(links) >= _MENU and linked * 5 >= 4 * sum(len(text.strip()) for text in element.itertext())


def _is_card(element: Any) -> bool:
    """Whether it presents another article: its headline is a link, and all is short."""
    if not isinstance(element.tag, str) or element.tag == "p":
        return False
    links = [a for a in element.iter("a") if len("".join(a.itertext()).split()) >= _HEADLINE_WORDS]
    if not links or any(parent.tag == "p" for a in links for parent in a.iterancestors() if parent is not element):
        return False
    return sum(map(len, element.itertext())) <= _LONGEST_CARD


def _is_paragraph(element: Any) -> bool:
    """Whether a <div> is used for a paragraph: nothing but inline elements and a sentence in it."""
    if any(each.tag not in _INLINE for each in element.iterdescendants()):
        return False
    words = "".join(element.itertext()).strip()
    return len(words) <= _LONGEST_PARAGRAPH and len(words.split()) >= _SENTENCE_WORDS and words[-1] in '.!?"”’…'


def _length(element: Any) -> int:
    return sum(len(text) for each in element.iter("p") for text in each.itertext())
