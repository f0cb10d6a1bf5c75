"""From raw text to article parts: nothing of the site, everything of the article, every offset right."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extract.text import layout_of, parse
from timeline.model import Article

BODY = (
    "The foreign ministers of both countries met in the capital on Tuesday to discuss trade and security.\n\n"
    "He denied it.\n\n"
    "A second round of talks will be held next month, according to a statement from the ministry there."
)
PAGE = f"""Sign in
Subscribe now
World
By Jane Doe, Example Agency

Ministers of two countries meet for talks on trade

Port City - (A Photographer/Example Press)

{BODY}

Related Stories
Download the app
Sign up for our newsletter
"""


def test_a_page_gives_headline_byline_caption_and_body() -> None:
    layout = layout_of(PAGE)
    assert layout.title is not None
    assert layout.title.of(PAGE) == "Ministers of two countries meet for talks on trade"
    assert layout.byline is not None
    assert layout.byline.of(PAGE).startswith("By Jane Doe")
    assert [c.of(PAGE)[:9] for c in layout.captions] == ["Port City"]
    assert [p.of(PAGE) for p in layout.paragraphs] == BODY.split("\n\n")


def test_furniture_is_named_and_kept_out() -> None:
    told = [f.of(PAGE) for f in layout_of(PAGE).furniture]
    assert {"Sign in", "Subscribe now", "Related Stories", "Download the app"} <= set(told)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r\n\r\n"])
def test_paragraphs_are_found_with_any_line_ends(end: str) -> None:
    paragraphs = [p for p in BODY.split("\n\n") if len(p) > 20]
    text = "A headline about the meeting of ministers" + end + end.join(paragraphs) + end
    assert [p.of(text) for p in layout_of(text).paragraphs] == paragraphs


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The foreign ministers of both countries met in the capital on Tuesday and\n"
        "discussed trade and security for several hours before they spoke to the\n"
        "press.\n\n"
        "A second round of talks will be held next month, according to a statement\n"
        "from the ministry.\n"
    )
    assert len(layout_of(text).paragraphs) == 2


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 3 March 2025", date(2025, 3, 3)),
        ("March 3, 2025", date(2025, 3, 3)),
        ("Monday, March 3, 2025", date(2025, 3, 3)),
        ("2025-03-03T10:00:00Z", date(2025, 3, 3)),
        ("Updated: 3 Mar 2025 14:05 GMT", date(2025, 3, 3)),
    ],
)
def test_a_stated_publication_date_is_read(line: str, day: date) -> None:
    layout = layout_of(f"Ministers of two countries meet for talks\n{line}\n\n{BODY}")
    assert layout.published == day
    assert not any(
        line in p.of(f"Ministers of two countries meet for talks\n{line}\n\n{BODY}") for p in layout.paragraphs
    )


def test_a_dateline_is_apart_from_the_sentence() -> None:
    text = "YANGON, March 3 (Example) — The army said on Monday that it had taken the town after two days of fighting."
    layout = layout_of(text)
    assert layout.dateline is not None
    assert (layout.dateline_place, layout.agency) == ("YANGON", "Example")
    assert layout.paragraphs[0].of(text).startswith("The army")


@pytest.mark.parametrize(
    "sentence",
    [
        "Sources close to the ministry said on Monday that the talks would be held again in May.",
        "Search teams found two of the missing.",
        "By Tuesday the army had taken the town.",
        "“Never again.”",
        'He said: "We will not go. "',
    ],
)
def test_sentences_that_look_like_a_site_are_kept(sentence: str) -> None:
    text = f"Ministers of two countries meet for talks on trade\n\n{sentence}\n\n{BODY}"
    assert sentence in [p.of(text) for p in layout_of(text).paragraphs]


@pytest.mark.parametrize(
    "unit",
    ["x\n", "It was said on Monday that the talks of the two countries had ended.\n", "(photo ", "a b c d e f\n"],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        """The best of three, in time of this process: other work on the machine takes none of it."""
        times = []
        for _ in range(3):
            begun = time.process_time()
            layout_of(unit * (size // len(unit)) + BODY)
            times.append(time.process_time() - begun)
        return min(times)

    small, large = seconds(50_000), seconds(200_000)
    assert large < 0.1 + 10 * small


def test_a_short_text_is_all_body() -> None:
    assert [p.of("Putin met Xi.") for p in layout_of("Putin met Xi.").paragraphs] == ["Putin met Xi."]


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_parts_do_not_overlap(text: str) -> None:
    layout = layout_of(text)
    parts = sorted([*layout.paragraphs, *layout.captions, *([layout.title] if layout.title else [])])
    for first, second in pairwise(parts):
        assert first.end <= second.start
    assert all(0 <= p.start <= p.end <= len(text) for p in parts)


def test_every_token_keeps_its_place_in_the_text() -> None:
    last = "It was\u00a0said “so” on\nTuesday in the old harbour of the large capital city."
    text = f"Ministers “of” two countries’ meet\r\n\r\n{BODY}\n\n{last}"
    parsed = parse(Article(text), layout_of(text))
    plain = text.translate(str.maketrans("\r\n\t\u00a0\u2018\u2019\u201c\u201d", "    ''\"\""))
    for sentence in parsed.sentences:
        for token in sentence:
            span = sentence.span_of(token)
            assert plain[span.start : span.end] == token.text


def test_the_site_around_the_first_article_gives_nothing(seed: str) -> None:
    layout = layout_of(seed)
    assert layout.title is not None
    assert layout.title.of(seed).startswith("Myanmar's head of military government travels")
    assert len(layout.paragraphs) == 8
    assert layout.published is None
    assert not any(word in p.of(seed) for p in layout.paragraphs for word in ("inkl", "Sign up", "titles", "app."))
