"""Newsletters: the letter head gives title, publisher and date; the body is what the letter shows; broken ones end."""

from __future__ import annotations

import time
from datetime import date
from email.message import EmailMessage

import pytest

from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Fit
from timeline.sources.head import Head
from timeline.sources.mail import MailReader

from .containers.reading import STORY, told

HEAD = b"From: Example Wire <news@example.org>\r\nMessage-ID: <1@example.org>\r\n"
TEXT = STORY.decode()
PAGE = (
    "<html><head><title>Letter</title><style>p {}</style></head><body>"
    "<div style='display:none'>Only in the list of letters</div>"
    f"<table><tr><td><h1>Putin receives Min Aung Hlaing</h1><p>{TEXT}</p><p>{'They spoke about trade. ' * 8}</p>"
    "</td></tr></table></body></html>"
)


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Example Wire <news@example.org>"
    message["Message-ID"] = "<1@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def read(data: bytes | EmailMessage) -> Article:
    (article,) = MailReader().read(data if isinstance(data, bytes) else data.as_bytes(), "file:///in/a.eml")
    assert isinstance(article, Article)
    return article


def test_the_letter_head_gives_title_publisher_and_the_day_where_it_was_sent() -> None:
    message = letter(Subject="Fwd: Putin empfängt Min Aung Hlaing", Date="Mon, 03 Mar 2025 23:30:00 -0500")
    message["Archived-At"] = "<https://example.org/1>"
    message.set_content(TEXT)
    article = read(message)
    assert article.title == "Putin empfängt Min Aung Hlaing"
    assert article.text == f"Putin empfängt Min Aung Hlaing\n\n{TEXT}"
    assert article.publisher == "Example Wire"
    assert (article.published, article.published_from) == (date(2025, 3, 3), "metadata")
    assert article.url == "https://example.org/1"
    assert (article.id, article.origin) == ("1@example.org", "mid:1@example.org")


@pytest.mark.parametrize("words", ["", "yesterday", "Mon, 99 Mar 2025", "Mon, 03 Mar 9999 00:00:00 +0000", "x" * 5000])
def test_a_date_that_is_none_is_none(words: str) -> None:
    article = read(HEAD + b"Date: " + words.encode() + b"\r\n\r\n" + STORY)
    assert (article.published, article.published_from) == (None, "")


def test_a_sender_without_a_name_is_its_host() -> None:
    assert read(b"From: news@example.org\n\n" + STORY).publisher == "example.org"


@pytest.mark.parametrize("stub", ["Read this letter in your browser: https://example.org/1", ""])
def test_a_stub_gives_way_to_the_letter_in_html(stub: str) -> None:
    message = letter()
    message.set_content(stub)
    message.add_alternative(PAGE, subtype="html")
    text = read(message).text
    assert text.startswith(f"Putin receives Min Aung Hlaing\n\n{TEXT}")
    assert "Only in the list" not in text
    assert "Letter" not in text


def test_a_whole_plain_text_is_preferred_without_signature_and_long_addresses() -> None:
    message = letter()
    message.set_content(f"{TEXT} [https://example.org/{'x' * 200}]\n\n{TEXT}\n-- \nExample Wire\n")
    message.add_alternative(PAGE.replace("They spoke about trade. ", ""), subtype="html")
    assert read(message).text == f"{TEXT} \n\n{TEXT}"


def test_what_is_attached_is_passed_over() -> None:
    message = letter()
    message.set_content(TEXT)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../a.pdf")
    message.add_attachment("Another text.", filename="a.txt")
    assert read(message).text == TEXT


@pytest.mark.parametrize("encoding", ["koi8-r", "utf-8", "iso-8859-5", "nonsense", ""])
def test_a_text_is_read_in_the_encoding_it_states(encoding: str) -> None:
    words = "Путин принял Мин Аун Хлайна в Москве."
    data = words.encode(encoding if encoding not in ("", "nonsense") else "utf-8")
    stated = f"Content-Type: text/plain; charset={encoding}\r\n" if encoding else ""
    assert read(HEAD + stated.encode() + b"\r\n" + data).text == words


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"Subject: x\n\ntext", "nobody sent it"),
        (HEAD + b"\n", "no text"),
        (HEAD + b"Content-Type: image/png\n\n" + STORY, "no text"),
        (HEAD + b"Content-Type: text/html\n\n", "no text"),
        (HEAD + b"Content-Type: multipart/mixed; boundary=a\n\n", "no text"),
        (HEAD + b"\n" + b"\n" * 1_100_000, "too many parts or lines"),
        (
            HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(500)),
            "too many",
        ),
    ],
)
def test_what_is_no_letter_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\n\n" + STORY,
        HEAD + b"Subject: " + b"(" * 1_000_000 + b"\n\n" + STORY,
        HEAD + b"Content-Type: text/plain" + b';a="' * 200_000 + b"\n\n" + STORY,
        HEAD + b"Content-Type: text/plain; charset=" + b"\x00\xff" * 100 + b"\n\n" + STORY,
        HEAD + b"X: y\n" * 200_000 + b"\n" + STORY,
        HEAD
        + b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\n\n"
        + STORY
        + b"\n"
        + b"--a\nX: y\n\nz\n" * 10_000,
        b"From: " + b"<" * 500_000 + b"\nMessage-ID: " + b"x@" * 100_000 + b"\n\n" + STORY,
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"A" * 3_000_001,
        HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 200_000 + STORY,
    ],
)
def test_a_hostile_letter_ends_at_once(data: bytes) -> None:
    began = time.monotonic()
    told(data, "a.eml")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_a_cut_off_letter_is_read_or_told(percent: int) -> None:
    message = letter(Subject="Putin receives Min Aung Hlaing")
    message.set_content(TEXT)
    message.add_alternative(PAGE, subtype="html")
    data = message.as_bytes()
    got = told(data[: len(data) * percent // 100], "a.eml")
    assert len(got.items) == 1


@pytest.mark.parametrize(
    ("data", "name", "fit"),
    [
        (HEAD + b"\n" + STORY, "a.eml", Fit.SURE),
        (HEAD + b"\n" + STORY, "", Fit.CONTENT),
        (b"Title: Putin\nPublished: 2025-03-03\n\n" + STORY, "a.txt", Fit.NO),
        (STORY, "a.txt", Fit.NO),
        (b"\x00\xff\xfe", "", Fit.NO),
        (b"", "", Fit.NO),
    ],
)
def test_a_letter_is_told_by_its_head(data: bytes, name: str, fit: Fit) -> None:
    assert MailReader().fits(Head(name, data)) is fit
