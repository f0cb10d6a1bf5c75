"""A publication date as metadata writes it: ISO, e-mail and web headers, and in words of many languages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from timeline.model.article import is_publication_day

# Tried in this order after the article's own language; each costs about 30 ms at its first use.
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "tr",
    "id",
    "vi",
    "ru",
    "uk",
    "ar",
    "zh",
    "ja",
    "ko",
    "my",
)
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_CORE = re.compile(r"(?<!\d)\d{1,2}[^\d:]{0,9}[^\W\d][^\d:]{0,20}\d{4}(?!\d)")
_LONGEST = 80
# What dateparser does not know: the months of Syria, Lebanon, Iraq and Jordan, here in the words of Egypt.
_LEVANT = {
    "كانون الثاني": "يناير", "شباط": "فبراير", "آذار": "مارس", "نيسان": "أبريل", "أيار": "مايو", "حزيران": "يونيو",
    "تموز": "يوليو", "آب": "أغسطس", "أيلول": "سبتمبر", "تشرين الأول": "أكتوبر", "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}  # fmt: skip


def publication_day(words: str, language: str = "") -> date:
    """The day that a metadata value names: "2025-03-03T10:15Z", "Mon, 03 Mar 2025 10:15:00 GMT", "3. März 2025".

    A month or a year is no day, and neither is what counts from today ("yesterday"). Raises ValueError, whose text says
    in a few words what is wrong.
    """
    text, language = words.strip(), language or "en"
    try:
        found = _iso(text) or _numeric(text, language) or _in_words(text, language)
    except OverflowError:
        found = None
    if found is None:
        raise ValueError("is none")
    if not is_publication_day(found):
        raise ValueError("is no day on which news was published")
    return found


def _iso(text: str) -> date | None:
    match = _ISO.match(text)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError("is no day of the calendar") from error


def _numeric(text: str, language: str) -> date | None:
    """3.4.2025 is day first everywhere; with strokes English writes it both ways, so it is read only where one fits."""
    match = _NUMERIC.match(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] != "." and language.lower().startswith("en") and first <= 12 and second <= 12 and first != second:
        raise ValueError("can be read in two ways")
    day, month = (second, first) if second > 12 else (first, second)
    return _day(year, month, day)


def _in_words(text: str, language: str) -> date | None:
    """dateparser's answer in the first language that has one. Only whole days: nothing is filled in or counted."""
    if len(text) > _LONGEST or not any(c.isdecimal() for c in text):
        return None
    for regional, usual in _LEVANT.items():
        text = text.replace(regional, usual)
    # What dateparser does not know around a date ("Montag, den 3. März 2025, 10:15 Uhr") loses it the whole.
    core = _CORE.search(text)
    for words in dict.fromkeys([text, core[0] if core else text]):
        for code in dict.fromkeys([re.split(r"[-_]", language.lower())[0], *_LANGUAGES]):
            found = _parser(code).get_date_data(words).date_obj if code in _known() else None
            if found is not None:
                day: date = found.date()
                return day
    return None


@cache
def _known() -> frozenset[str]:
    from dateparser.data.languages_info import language_order

    return frozenset(language_order)


@cache
def _parser(code: str) -> Any:
    """dateparser for one of its languages."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dateparser.date import DateDataParser

        settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
        return DateDataParser(languages=[code], settings=settings)
