"""What a site puts around its articles: taken off a page before its article is looked for."""

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
_ONLY_SAYS = re.compile(r"(?:has|is|no|not|with|without|show|hide|single|page|post|type|category|tag|js)[-_]", re.IGNORECASE)
_ELEMENTS = frozenset(("nav", "footer", "dialog", "button", "form"))
_ROLES = frozenset(("navigation", "contentinfo", "dialog", "alertdialog", "search", "banner"))
_NEVER = frozenset(("html", "body", "main", "article", "h1", "p", "time"))
_MOST = 0.5  # share of the page's paragraphs: what holds more of them is its text, whatever it is called


def without_furniture(tree: Any) -> Any:
    """The tree without the boxes that name themselves as what is no article; it is changed in place."""
    whole = max(1, _length(tree))
    for element in [each for each in tree.iter() if _is_furniture(each)]:
        parent = element.getparent()
        if parent is None or element.find(".//h1") is not None or _length(element) > _MOST * whole:
            continue
        element.drop_tree()
    return tree


def _is_furniture(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NEVER:
        return False
    if element.tag in _ELEMENTS or element.get("role", "") in _ROLES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".split()[:20]
    return any(len(n) <= 80 and _NAMES.fullmatch(n) and not _ONLY_SAYS.match(n) for n in names)


def _length(element: Any) -> int:
    return sum(len(text) for each in element.iter("p") for text in each.itertext())
