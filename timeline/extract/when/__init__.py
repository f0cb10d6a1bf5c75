"""When: time expressions of news, normalised to TIMEX3 and EDTF, and which of them dates which happening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from timeline.extract.when.tagger import tag
from timeline.model import Span, TimeExpression

__all__ = ["read", "tag"]


def read(
    text: str,
    *,
    published: date | None = None,
    language: str = "en",
    spans: Sequence[Span] | None = None,
    locale: str = "en-US",
) -> list[TimeExpression]:
    """The time expressions of a text in its language: every one of English, explicit dates of the others.

    `language` is a code ("de"), a locale ("de-AT") or a name; a text in letters of another script is read in the
    language of its script, one in a language that is not known as English. `published`, `spans` and `locale` as for
    `tag`. Never raises for any text.
    """
    from timeline.extract.when import names

    code = names.language_of(text, language)
    if code == "en":
        return tag(text, published=published, spans=spans, locale=locale)
    from timeline.extract.when import languages

    return languages.tag(text, code, published=published, spans=spans)
