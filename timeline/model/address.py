"""Web addresses: the one form of several that lead to the same page."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}
# Parameters that tell who led a reader to a page, or in which form it is shown, and never which page it is.
_TRACKING = re.compile(
    r"(utm_\w*|mtm_\w*|pk_(campaign|kwd|source|medium)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|"
    r"igshid|mc_cid|mc_eid|_ga|_gl|ref_src|ref_url|at_(medium|campaign)|cmpid|smid|ocid|amp|outputtype)",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(index\.(html?|php|aspx?)|default\.aspx?)$", re.IGNORECASE)
_AMP = re.compile(r"(?<=.)/amp$|(?<=\.)amp\.(?=html$)")


def canonical(url: str) -> str:
    """The address by which a page is known, whatever way led to it: to compare by, not to fetch.

    Without scheme and host of the web (such as "file:///…") an address stays as it is. "http" counts as "https", the
    host is in lower case and without its default port, a fragment goes unless it is a path ("#!…"), parameters of
    campaigns go, and so does what names the same page in another form: an index file, "/amp", a slash at the end.
    """
    stripped = url.strip()
    try:
        parts = urlsplit(stripped)
        port = parts.port
    except ValueError:
        return stripped
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        return stripped
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.rstrip(".")
    if port is not None and port != _PORTS[scheme]:
        host += f":{port}"
    query = "&".join(
        each for each in parts.query.split("&") if each and not _TRACKING.fullmatch(each.partition("=")[0])
    )
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(SplitResult("https", host, _path(parts.path), query, fragment))


def host_of(url: str) -> str:
    """The host of a web address in lower case without "www.", "" for any other."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme.lower() in _PORTS else ""


def _path(path: str) -> str:
    path = _INDEX.sub("/", path).rstrip("/")
    return _AMP.sub("", path)
