"""The schema.org description of an article that a page carries as JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)?[\s;]*$")
_MOST = 50  # nodes of a page that are looked at
# Where the page's own node may lie; what it lists or mentions are other articles.
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Linked:
    """ "" for what is not said; `published` in the page's own writing."""

    headline: str = ""
    published: str = ""
    publisher: str = ""
    author: str = ""
    language: str = ""
    url: str = ""
    body: str = ""


def linked(scripts: list[str]) -> Linked:
    """The article that a page's JSON-LD scripts describe, the first that is dated; else an empty one."""
    nodes = [node for script in scripts for node in _nodes(_read(script))][:_MOST]
    articles = [node for node in nodes if any(kind.endswith(_ARTICLES) for kind in _texts(node.get("@type")))]
    pages = [node for node in nodes if "WebPage" in _texts(node.get("@type"))]
    dated = [node for node in articles if _text(node.get("datePublished"))]
    best = next(iter(dated or articles), {})
    page = next(iter(pages), {})
    by_id = {_text(node.get("@id")): node for node in nodes if node.get("@id")}
    return Linked(
        headline=_text(best.get("headline")) or _text(best.get("name")),
        published=_text(best.get("datePublished")) or _text(page.get("datePublished")),
        publisher=_name(best.get("publisher"), by_id) or _name(page.get("publisher"), by_id),
        author=", ".join(dict.fromkeys(filter(None, (_name(a, by_id) for a in _list(best.get("author"))[:5])))),
        language=_text(best.get("inLanguage")) or _text(page.get("inLanguage")),
        url=_text(best.get("url")) or _id(best.get("mainEntityOfPage")) or _text(page.get("url")),
        body=best["articleBody"] if isinstance(best.get("articleBody"), str) else "",
    )


_ARTICLES = ("Article", "BlogPosting", "Report", "LiveBlogPosting")


def _read(script: str) -> Any:
    try:
        return json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value[:_MOST]:
            yield from _nodes(each, depth)
    elif isinstance(value, dict):
        yield value
        for key in _WITHIN if depth < 3 else ():
            yield from _nodes(value.get(key), depth + 1)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _texts(value: Any) -> list[str]:
    return [each for each in _list(value) if isinstance(each, str)]


def _text(value: Any) -> str:
    """The first text of a value; "" for anything else."""
    return next((each.strip() for each in _texts(value) if len(each) <= 2000), "")


def _id(value: Any) -> str:
    return _text(value.get("@id")) if isinstance(value, dict) else _text(value)


def _name(value: Any, by_id: dict[str, dict[str, Any]]) -> str:
    """The name of a person or an organisation: itself, or what a node of that id has."""
    each = next(iter(_list(value)), None)
    if isinstance(each, dict):
        each = each.get("name") or by_id.get(_text(each.get("@id")), {}).get("name")
    name = _text(each)
    return name if len(name) <= _LONGEST_NAME and "://" not in name else ""
