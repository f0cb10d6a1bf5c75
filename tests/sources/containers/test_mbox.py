"""Mailboxes: message by message, each for itself, however large the file is."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from .reading import STORY, harmless, told, told_of_pipe

FIRST = b"From news@example.org Mon Mar  3 10:00:00 2025\n"


def message(number: int, text: bytes = STORY) -> bytes:
    return FIRST + b"From: Example Wire <news@example.org>\nMessage-ID: <%d@example.org>\n\n%s\n\n" % (number, text)


def test_a_mailbox_that_python_wrote_is_read(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "a.mbox")
    for number in range(3):
        each = EmailMessage()
        each["From"], each["Subject"], each["Message-ID"] = (
            "W <w@example.org>",
            f"Letter {number}",
            f"<{number}@example.org>",
        )
        each.set_content(f"{STORY.decode()}\n\nFrom Moscow at 10:15 the general flew home.\n")
        box.add(each)
    box.close()
    data = (tmp_path / "a.mbox").read_bytes()
    read = told(data, "a.mbox")
    assert list(read.texts) == [f"mid:{number}@example.org" for number in range(3)]
    assert all("\n\nFrom Moscow at 10:15" in text for text in read.texts.values())
    assert not read.bad
    assert list(told_of_pipe(data).texts) == list(read.texts)


def test_the_same_letter_twice_is_one_article() -> None:
    assert len(told(message(1) + message(2) + message(1), "a.mbox").texts) == 2


def test_a_letter_that_cannot_be_read_is_told_with_its_line_and_the_rest_goes_on() -> None:
    read = told(message(1) + FIRST + b"Subject: x\n\ny\n\n" + message(2), "a.mbox")
    assert list(read.bad) == ["file:///in/a.mbox#line=7"]
    assert len(read.texts) == 2


def test_words_that_look_like_a_beginning_within_a_paragraph_are_none() -> None:
    read = told(message(1, b"It came\nFrom Moscow at 10:00 2025, they said."), "a.mbox")
    assert list(read.texts.values()) == ["It came\nFrom Moscow at 10:00 2025, they said."]


@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_a_cut_off_mailbox_never_crashes(percent: int) -> None:
    whole = message(1) + message(2)
    assert told(whole[: len(whole) * percent // 100], "a.mbox").items


def test_a_message_of_gigabytes_is_told_in_flat_memory(tmp_path: Path) -> None:
    big = tmp_path / "big.mbox"
    with big.open("wb") as file:
        file.write(message(1) + FIRST + b"From: W <w@example.org>\n\n")
        for _ in range(300):
            file.write(b"x" * 1024 * 1024)
        file.write(b"\n\n" + message(2))
    taken = harmless(big)
    assert taken.articles == 2
    assert taken.reasons == ["a message of more than 50 MB is no newsletter"]


def test_what_is_only_called_a_mailbox_says_so() -> None:
    assert "no mailbox" in told(STORY, "a.mbox").bad["file:///in/a.mbox"]
