"""When an article was published by the place it was found in: its address, its file's name and folders, or its time.

Such a date is a hint: it counts only where neither the article's metadata nor its text says anything.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from timeline.model import Article
from timeline.model.article import is_publication_day
from timeline.sources.finding import Found

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# "2025-03-03", "2025_03_03" among other words, "20250303" at their beginning or after "_": eight digits after a hyphen
# are as often an identifier ("/world-asia-20101122" is an article of 2012). Not a part of a longer number or word.
_YEAR, _END = r"(?P<year>(?:19|20)\d\d)", r"(?![0-9A-SU-Za-z]|T\D)"
_IN_NAME = re.compile(
    rf"(?<![0-9A-Za-z]){_YEAR}(?P<stroke>[-_.])(?P<month>\d\d)(?P=stroke)(?P<day>\d\d){_END}", re.ASCII
)
_COMPACT = re.compile(rf"(?:^|_){_YEAR}(?P<month>\d\d)(?P<day>\d\d){_END}", re.ASCII)
# In an address also as a folder, and of a page that a newspaper's own program names: "visit-20250303.html".
_COMPACT_ADDRESS = re.compile(
    rf"[/_-]{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:(?<=/\d{{8}})(?=/.)|(?=\.s?html?$))", re.ASCII
)
_IN_FOLDERS = re.compile(
    rf"/(?P<year>(?:19|20)\d\d)/(?P<month>\d{{1,2}}|{'|'.join(_MONTHS)})/(?P<day>\d{{1,2}})(?=/)",
    re.ASCII | re.IGNORECASE,
)


class By(StrEnum):
    """What dates an article that states nothing: its address and file name, these or its file's time, nothing."""

    NAME = "name"
    MTIME = "mtime"
    NONE = "none"


def filed(article: Article, found: Found, by: By = By.NAME) -> Article:
    """The article with the day that its place tells, where one does: `filed` and `filed_from`. When a document says it
    was made counts as its file's time."""
    made, article = article.filed, replace(article, filed=None, filed_from="")
    if by is By.NONE:
        return article
    if day := day_of_address(article.url):
        return replace(article, filed=day, filed_from="url")
    # The name of a file of many articles dates none of them.
    if article.origin == found.origin and (day := day_of_path(found.origin)):
        return replace(article, filed=day, filed_from="file name")
    if by is By.MTIME:
        modified = found.modified
        day = made or (datetime.fromtimestamp(modified, UTC).date() if modified is not None else None)
        return replace(article, filed=day, filed_from="file time" if day else "")
    return article


def day_of_address(url: str) -> date | None:
    """The day in the path of a URL ("/2025/03/03/visit", "/2025/mar/3/", "/visit-2025-03-03", "/20250303/1.html").

    None for several, and for what is no address of the web.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    path = unquote(parts.path)
    return _only(_days(_IN_FOLDERS, f"{path}/") | _days(_IN_NAME, path) | _days(_COMPACT_ADDRESS, path))


def day_of_path(path: str) -> date | None:
    """The day of a file ("20250303_visit.txt") or of the folders it lies in ("2025/03/03/visit.txt", "2025-03-03/…").

    A date among other words counts in the file's own name only: "backup-2024-01-01/…" says nothing of its articles.
    """
    plain = unquote(urlsplit(path).path) if path.startswith("file:") else path.replace("\\", "/")
    file = PurePosixPath(plain)
    if days := _days(_IN_NAME, file.stem) | _days(_COMPACT, file.stem):
        return _only(days)
    if any(form.fullmatch(file.parent.name) for form in (_IN_NAME, _COMPACT)):
        return _only(_days(_IN_NAME, file.parent.name) | _days(_COMPACT, file.parent.name))
    return _only(_days(_IN_FOLDERS, f"/{'/'.join(file.parent.parts[-3:])}/"))


def _days(pattern: re.Pattern[str], text: str) -> set[date]:
    """The days of the calendar that a pattern finds."""
    found = set()
    for match in pattern.finditer(text):
        month = match["month"].lower()
        try:
            day = date(
                int(match["year"]), int(month) if month.isdigit() else 1 + _MONTHS.index(month), int(match["day"])
            )
        except ValueError:
            continue
        if is_publication_day(day):
            found.add(day)
    return found


def _only(days: set[date]) -> date | None:
    return days.pop() if len(days) == 1 else None
