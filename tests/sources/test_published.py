"""Publication dates of metadata: read as they are written, refused where they are no day."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources.jsonlines import article_of
from timeline.sources.plain import PlainReader
from timeline.sources.published import publication_day

DAY = date(2025, 3, 3)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("2025-03-03", "en"),
        ("2025-03-03T23:30:00-05:00", "en"),
        ("20250303", "en"),
        ("3 March 2025", "en"),
        ("March 3, 2025 10:15 pm EST", "en"),
        ("Mon, 03 Mar 2025 10:15:00 GMT", "en"),
        ("3.3.2025", "en"),
        ("03/03/2025", "en"),
        ("3. März 2025", "de"),
        ("Montag, den 3. März 2025, 10:15 Uhr", "de"),
        ("lundi 3 mars 2025 à 10h15", "fr"),
        ("3 de marzo de 2025", "es"),
        ("3 marzo 2025", "it"),
        ("3 марта 2025 г., 10:15", "ru"),
        ("٣ مارس ٢٠٢٥", "ar"),
        ("الاثنين 3 آذار 2025", "ar"),
        ("2025年3月3日 10:15", "zh"),
        # A language that is not stated, or not known.
        ("3. März 2025", "en"),
        ("3 марта 2025", "xx"),
        ("2025年3月3日", "en"),
    ],
)
def test_a_day_is_read_as_metadata_writes_it(words: str, language: str) -> None:
    assert publication_day(words, language) == DAY


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("yesterday", "none"),
        ("soon", "none"),
        ("March 2025", "none"),
        ("2025", "none"),
        ("Monday 3 March", "none"),
        ("1741000000", "none"),
        ("x" * 5000 + "3", "none"),
        ("2025-02-31", "calendar"),
        ("31.2.2025", "calendar"),
        ("0001-01-01", "published"),
        ("9999-12-31", "published"),
        ("3 March 0202", "published"),
    ],
)
def test_what_is_no_day_of_publication_is_refused_with_its_reason(words: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        publication_day(words)


def test_strokes_are_read_only_where_one_order_fits() -> None:
    assert publication_day("13/4/2025") == date(2025, 4, 13)
    assert publication_day("4/13/2025") == date(2025, 4, 13)
    assert publication_day("3/4/2025", "fr") == date(2025, 4, 3)
    with pytest.raises(ValueError, match="two ways"):
        publication_day("3/4/2025")


def test_header_and_json_speak_their_own_language() -> None:
    header = "Title: T\nPublished: 3. März 2025\nLanguage: de\n\nPutin traf Xi."
    (article,) = PlainReader().read(header.encode(), "a.txt")
    assert isinstance(article, Article)
    assert (article.published, article.published_from, article.language) == (DAY, "header", "de")
    line = '{"text": "Путин", "published": "3 марта 2025", "language": "ru"}'.encode()
    read = article_of(line, "a.jsonl", 1)
    assert (read.published, read.published_from, read.language) == (DAY, "metadata", "ru")


def test_a_bad_date_is_one_line_that_names_it() -> None:
    with pytest.raises(InputError) as raised:
        list(PlainReader().read(b"Title: T\nPublished: 3/4/2025\n\nPutin met Xi.", "a.txt"))
    assert (
        str(raised.value) == "a.txt: the header's date '3/4/2025' can be read in two ways. Write Published: YYYY-MM-DD"
    )
    with pytest.raises(InputError, match="'soon' is none"):
        article_of(b'{"text": "Putin met Xi.", "published": "soon"}', "a.jsonl", 1)
