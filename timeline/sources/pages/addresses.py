"""The address that a page calls its own."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

# Second levels under which countries register names ("co.uk", "com.mm"); the list of all is long and changes weekly.
_SECOND = ("ac", "co", "com", "edu", "gob", "gov", "go", "gouv", "info", "mil", "ne", "net", "or", "org")
_LONGEST = 2000


def web_address(url: str, base: str = "") -> str:
    """The absolute http(s) address without its fragment; "" for what is none."""
    try:
        whole = urljoin(base, url.strip()) if url.strip() else ""
        parts = urlsplit(whole)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or len(whole) > _LONGEST:
            return ""
    except ValueError:
        return ""
    if any(c.isspace() or not c.isprintable() for c in whole):
        return ""
    return parts._replace(fragment="").geturl()


def own_address(candidates: list[str], url: str) -> str:
    """The first address that can be the page's own: a page of the site that it came from ("" when that is unknown: any
    site's), not the site's front page."""
    for each in candidates:
        own = web_address(each, url)
        if own and not _is_front(own) and (not url or same_site(own, url)):
            return own
    return url


def same_site(one: str, other: str) -> bool:
    return site(one) == site(other)


def site(url: str) -> str:
    """The part of an address's host that somebody registered ("news.example.co.uk" → "example.co.uk")."""
    labels = (urlsplit(url).hostname or "").lower().rstrip(".").split(".")
    if labels[-1].isdigit():
        return ".".join(labels)
    return ".".join(labels[-3 if len(labels[-1]) == 2 and labels[-2:-1] and labels[-2] in _SECOND else -2 :])


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/") in ("", "index.html", "index.php") and not parts.query
