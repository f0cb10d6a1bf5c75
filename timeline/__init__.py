"""timeline: news text and event data sets in, dated and sourced events of world politics out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.api import Timeline
    from timeline.model import TimeExpression

__all__ = ["__version__", "dates", "open"]

__version__ = "0.1.0"


def dates(
    text: str, *, published: date | str | None = None, language: str = "en", locale: str = "en-US"
) -> list[TimeExpression]:
    """The time expressions of a text, in text order, without overlaps: the whole text is read, as it is.

    `published` (a date, or YYYY-MM-DD) is the day that "Monday" and "two weeks ago" count from; without it such
    expressions keep an empty `edtf`. `language` is a code, locale or English name ("de", "de-AT",
    "German"); for other languages than English the explicit dates are found. `locale` "en-GB" reads 3/4/2025 as 3
    April, "en-US" as 4 March. Offsets count characters of `text`.

    Raises ValueError for a `published` that is no date; never for a text.

    >>> [(t.text, t.value, t.edtf) for t in dates("He left two days ago, in March 2025.", published="2025-03-03")]
    [('two days ago', '2025-03-01', '2025-03-01'), ('March 2025', '2025-03', '2025-03')]
    """
    # Imported here, so that `import timeline` costs nothing.
    from timeline.extract.when import read

    day = date.fromisoformat(published) if isinstance(published, str) else published
    return read(text, published=day, language=language, locale=locale)


def open(url: str | None = None) -> Timeline:  # noqa: A001 - read as timeline.open
    """The store at a database URL or file path, to be asked; without one, that of TIMELINE_DATABASE_URL, else the file
    in the user's data directory.

    Use it in a `with` statement: `with timeline.open(url) as store: list(store.events(country="MMR", since="2021"))`.
    Raises StoreError (a TimelineError) when there is no store, or one that this program cannot read.
    """
    from timeline.api import Timeline

    return Timeline(url)
