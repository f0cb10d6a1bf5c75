"""Paragraphs of printed pages are whole again, without what stands on every page."""

from __future__ import annotations

import pytest

from timeline.sources.documents.lines import paragraphs


def test_lines_are_joined_until_a_paragraph_ends() -> None:
    page = (
        "The Russian president received the head of Myanmar's\n"
        "military government in the Kremlin on Tuesday, the\n"
        "presidential press office said.\n"
        "Both sides signed an agreement about a nuclear power\n"
        "plant.\n"
    )
    assert paragraphs([page]) == [
        "The Russian president received the head of Myanmar's military government in the Kremlin on Tuesday, the "
        "presidential press office said.",
        "Both sides signed an agreement about a nuclear power plant.",
    ]


@pytest.mark.parametrize(
    ("page", "joined"),
    [
        ("The two countries signed an agree-\nment on trade and on security today", "signed an agreement on"),
        ("The two countries signed an agree\u00ad\nment on trade and on security today", "signed an agreement on"),
        (
            "A self-rule was asked for by all of the self-\nrule parties that stood for election",
            "the self-rule parties",
        ),
        ("They met the new president of the Sino-\nRussian chamber of commerce in Moscow", "the Sino-Russian"),
    ],
)
def test_words_that_a_lines_end_parted_are_whole(page: str, joined: str) -> None:
    (paragraph,) = paragraphs([page])
    assert joined in paragraph


def test_what_stands_on_every_page_is_left_out_and_a_sentence_goes_over_the_pages() -> None:
    towns = ("Loikaw", "Sittwe", "Lashio", "Myitkyina", "Bago", "Pakokku")

    def page(number: int, town: str) -> str:
        return (
            f"Example Institute | Report {number}\n"
            f"In {town} the people told of how the army had come over the river in\n"
            f"the night and how they had fled from {town} into the hills, where\n"
            f"- {number} -"
        )

    head, text = paragraphs(page(n, town) for n, town in enumerate(towns, start=1))
    assert head == "Example Institute | Report 1"  # the first page's may be the title
    assert "Example Institute" not in text
    assert "into the hills, where In Sittwe the people told" in text
    assert "- 3 -" not in text


def test_headings_and_lists_stay_apart() -> None:
    page = (
        "Relations of Russia\n"
        "Russia and Myanmar have worked together for years, as their presidents said\n"
        "• trade in oil and gas has grown by a third since the army seized its power\n"
        "• arms were delivered in every year, as the United Nations' reporter has said"
    )
    assert len(paragraphs([page])) == 4


def test_nothing_and_hostile_pages_end() -> None:
    assert paragraphs([]) == []
    assert paragraphs(["", "\n\n"]) == []
    assert len(paragraphs(["-\n" * 100_000])) <= 100_000
    assert paragraphs(["x" * 1_000_000]) == ["x" * 1_000_000]
