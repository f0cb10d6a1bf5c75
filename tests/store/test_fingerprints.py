"""A story in another paper's wording is found again; two stories by one form are never taken for one."""

from __future__ import annotations

import random
import re

import pytest

from timeline.store.fingerprints import LEAST_WORDS, Wording, alike

STORY = """\
The harbour of Lund was closed on Friday after a ferry ran aground near the northern pier, the coast guard said.
All 214 passengers were brought ashore within two hours by boats of the rescue service, and nobody was hurt. The
captain, Ana Lopez, told investigators that the rudder had failed shortly before the ship was to enter the
channel. Engineers of the line were looking for the cause. The ferry belongs to Kestrel Lines, which runs four
ships between Lund and Vigo. A spokesman said the ship had been inspected in January and that nothing had been
found then. The mayor thanked the crews of the boats, who had gone out in heavy seas, and promised that the
channel would be marked better before the winter. The port is to open again on Sunday if the ship can be towed
away by then, which depends on the weather. Two tugs were on their way from the south and were expected in the
evening. Fishermen were told to stay in the harbour."""
REPORT = """\
Shares in Lund closed higher on Monday, led by banks and shipping lines, after three days of losses. The main
index rose 1.2 percent to 3,412 points, while the index of smaller companies gained 0.8 percent to 1,105.
Trading was brisk at 41 million shares. Among the winners were Kestrel Lines, up 3.1 percent, and Osprey Bank,
up 2.4 percent. Losers were led by Harbour Foods, which fell 1.9 percent after it had warned of lower profits.
In the market for currencies the krona was little changed against the euro. Analysts said that trading would
stay quiet until the end of the week."""


def joined(one: str, other: str) -> bool:
    mine, theirs = Wording(one), Wording(other)
    result = bool(set(mine.prints) & set(theirs.prints)) and alike(mine, theirs)
    assert result == (bool(set(theirs.prints) & set(mine.prints)) and alike(theirs, mine))
    return result


def without_tail(text: str) -> str:
    sentences = re.split(r"(?<=\.)\s", text)
    return " ".join(sentences[: -max(1, len(sentences) // 8)])


@pytest.mark.parametrize(
    "copy",
    [
        f"Ferry runs aground, hundreds saved\n\n{STORY}",
        f"By Joanna Petrov, Staff Writer\nUpdated 14:05 GMT\n{STORY}\nSubscribe today. All rights reserved.",
        without_tail(STORY),
        STORY.replace("shortly before", "just before").replace("were looking for", "searched for"),
        f"Ferry runs aground\nBy Carl Mills\n{without_tail(STORY)}\nMore news at 8.",
        STORY.upper(),
        STORY.replace("\n", " ").replace(",", ""),
    ],
)
def test_a_story_in_another_paper_is_one(copy: str) -> None:
    assert joined(STORY, copy)


@pytest.mark.parametrize(
    "other",
    [
        REPORT.replace("1.2 percent to 3,412", "1.4 percent to 3,460"),
        REPORT.replace("Osprey Bank", "Heron Bank"),
        REPORT.replace("on Monday", "on Tuesday"),
        REPORT.replace("41 million", "38 million"),
    ],
)
def test_two_reports_by_one_form_stay_two(other: str) -> None:
    assert not joined(REPORT, other)


def test_an_update_with_another_number_is_no_copy() -> None:
    assert not joined(STORY, STORY.replace("214 passengers", "231 passengers"))


def test_a_short_text_has_no_fingerprint() -> None:
    words = STORY.split()
    assert not Wording(" ".join(words[: LEAST_WORDS - 1])).prints
    assert Wording(" ".join(words[:LEAST_WORDS])).prints


def test_fingerprints_are_the_same_on_every_machine() -> None:
    assert Wording(STORY).prints[:2] == (291919556488861, 74367222394857534)
    assert all(0 <= each < 2**60 for each in Wording(STORY).prints)


def test_few_copies_are_missed_whatever_is_edited() -> None:
    """Each with a headline, a byline, a cut tail, and one word in sixty left out or added."""
    chance, found = random.Random(1), 0  # noqa: S311 - a test's data
    words = sorted(set(re.findall(r"\b[a-z]{4,}\b", STORY)))
    for _ in range(200):
        text = " ".join(f"{' '.join(chance.choices(words, k=12)).capitalize()}." for _ in range(25))
        copy = " ".join(w for w in without_tail(text).split() if chance.random() > 1 / 60)
        found += joined(text, f"Another headline over it\nBy Carl Mills\n{copy}")
    assert found >= 190


def test_hostile_texts_break_nothing() -> None:
    for text in ("", "\x00" * 500, "\ud800 " * 100, "a " * 5000, "1 " * 5000, "א ב ג ד " * 50):
        joined(text, text + " more")
