"""The publication date that a text states: which line says it, and which only looks as if."""

from __future__ import annotations

import time
from datetime import date

import pytest

from timeline.extract.dating import dated, laid_out
from timeline.extract.pipeline import DefaultExtractor
from timeline.extract.text import layout_of
from timeline.model import Article

DAY = date(2025, 3, 3)
BODY = (
    "The foreign ministers of both countries met in the capital on Tuesday to discuss trade and security.\n\n"
    "A second round of talks will be held next month, according to a statement from the ministry there."
)
HEADLINE = "Ministers of two countries meet for talks on trade"


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("March 3, 2025", "text"),
        ("Published: 3 March 2025", "text"),
        ("Updated March 3, 2025, 10:00 GMT", "text"),
        ("Published March 3, 2025 | Updated March 5, 2025 10:00 GMT", "text"),
        ("Updated March 5, 2025 | Published March 3, 2025", "text"),
        ("Last updated: March 5, 2025\nPublished: March 3, 2025", "text"),
        ("By Jane Doe | March 4, 2025\nMarch 3, 2025", "text"),
        ("03.03.2025", "text"),
        ("By Jane Doe | March 3, 2025", "byline"),
        ("By JANE DOE, Associated Press - March 3, 2025 10:15 a.m. EST", "byline"),
        ("Reuters, 3 March 2025 10:15 GMT", "byline"),
        ("Published: 10:15 EST, 3 March 2025 | Updated: 11:15 EST, 4 March 2025", "text"),
        ("Posted at 10.15am on Monday 3 March 2025", "text"),
        ("Last modified on Mon 3 Mar 2025 10.15 GMT", "text"),
        ("Monday, March 3rd, 2025 | 5 min read", "text"),
        ("March 3, 2025 at 5:45 p.m. EST", "text"),
        ("By Jane Doe and John Roe, Example Agency March 3, 2025 10:15 AM EST", "byline"),
        ("Published by Reuters on 3 March 2025", "byline"),
        ("Example News - March 3, 2025", "byline"),
        ("World | Asia | March 3, 2025", "byline"),
        ("Jane Doe, 3 March 2025, 10:15", "byline"),
    ],
)
def test_a_line_or_a_byline_states_the_date_and_is_no_text(line: str, source: str) -> None:
    text = f"{HEADLINE}\n{line}\n\n{BODY}"
    layout = layout_of(text)
    assert (layout.published, layout.published_from) == (DAY, source)
    assert [p.of(text) for p in layout.paragraphs] == BODY.split("\n\n")
    assert layout.title is not None
    assert layout.title.of(text) == HEADLINE


@pytest.mark.parametrize(
    "line",
    [
        "March 3, 2025 was a day of mourning.",
        "March 3, 2025: a day of war in the city",
        "March 3, 2025 was a day of protests",
        "March 3, 2025, was the day everything changed",
        "On March 3, 2025, Putin met Xi",
        "On March 3, 2025, Putin met Xi.",
        "March 3, 2025 - Putin met Xi.",
        "By March 3, 2025, the army had left",
        "By the end of March 3, 2025",
        "Vladimir Putin, March 3, 2025",
        "Agreement signed in Moscow, March 3, 2025",
        "Treaty of Moscow, 3 March 2025",
        "Date of birth: 3 March 1950",
        "The war up to March 3, 2025",
        "(Photo: AP, March 3, 2025)",
        "By Tuesday the army held the town",
        "January 1, 0001",
        "February 31, 2025",
        "March 2025",
    ],
)
def test_a_line_that_only_names_a_date_states_none(line: str) -> None:
    assert layout_of(f"{HEADLINE}\n{line}\n\n{BODY}").published is None


@pytest.mark.parametrize(
    ("line", "near", "day"),
    [
        ("YANGON, March 3, 2025 (AP) — ", None, DAY),
        ("LONDON, 3 March 2025 (Reuters) - ", None, DAY),
        ("MOSCOW, March 3, 2025. /TASS/. ", None, DAY),
        ("NAYPYITAW, March 3 (Xinhua) -- ", None, None),
        ("NAYPYITAW, March 3 (Xinhua) -- ", date(2025, 3, 4), DAY),
        ("NAYPYITAW, March 3 (Xinhua) -- ", date(2025, 3, 2), DAY),
        ("NAYPYITAW, Dec. 31 (Xinhua) -- ", date(2025, 1, 1), date(2024, 12, 31)),
        ("NAYPYITAW, March 3 (Xinhua) -- ", date(2025, 9, 1), None),
        ("NAYPYITAW, Feb 29 (Xinhua) -- ", date(2025, 3, 1), None),
        ("YANGON (AP) — ", None, None),
    ],
)
def test_a_dateline_without_a_year_counts_only_near_the_day_of_its_place(
    line: str, near: date | None, day: date | None
) -> None:
    layout = layout_of(line + BODY, near=near)
    assert layout.published == day
    assert layout.published_from == ("dateline" if day else "")
    assert layout.paragraphs[0].of(line + BODY).startswith("The foreign ministers")


FOREIGN = {
    "de": (
        "Veröffentlicht am 3. März 2025, 10:15 Uhr",
        "Die Außenminister beider Länder trafen sich in der Hauptstadt.",
    ),
    "fr": ("Publié le 3 mars 2025 à 10h15", "Les ministres des deux pays se sont rencontrés dans la capitale."),
    "es": ("3 de marzo de 2025", "Los ministros de ambos países se reunieron el martes en la capital."),
    "it": ("Reuters, 3 marzo 2025", "I ministri dei due paesi si sono incontrati martedì nella capitale."),
    "ru": ("3 марта 2025, 10:15", "Министры двух стран встретились во вторник в столице."),
    "ar": ("نشر في: ٣ مارس ٢٠٢٥", "اجتمع وزراء خارجية البلدين يوم الثلاثاء في العاصمة."),
    "zh": ("发布时间：2025年3月3日 10:15", "俄罗斯总统普京星期二在北京会见了中国国家主席习近平。"),
}


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("long", [False, True])
def test_a_line_states_the_date_in_other_languages(language: str, long: bool) -> None:
    line, sentence = FOREIGN[language]
    text = f"{line}\n\n{' '.join([sentence] * (4 if long else 1))}\n\n{sentence}\n"
    layout = layout_of(text, language=language)
    assert layout.published == DAY
    assert not any(line in p.of(text) for p in layout.paragraphs)


@pytest.mark.parametrize("text", ["普京2025年3月3日访问北京\n\n2025年3月3日，普京会见习近平。\n", "2025年3月3日\n"])
def test_a_sentence_of_another_language_states_nothing(text: str) -> None:
    assert layout_of(text, language="zh").published is None


def test_the_order_of_trust() -> None:
    stated = f"{HEADLINE}\nMarch 3, 2025\n\n{BODY}"
    given = {"published": date(2025, 3, 1), "published_from": "given"}
    hint = {"filed": date(2025, 3, 9), "filed_from": "file name"}

    def told(text: str, **known: object) -> tuple[date | None, str]:
        article, _ = laid_out(Article(text, **known))  # type: ignore[arg-type]
        return article.published, article.published_from

    assert told(stated, **given, **hint) == (date(2025, 3, 1), "given")
    assert told(stated, **hint) == (DAY, "text")
    assert told(BODY, **hint) == (date(2025, 3, 9), "file name")
    assert told(BODY) == (None, "")


def test_the_dates_of_an_article_are_those_of_its_extraction() -> None:
    for text in (
        f"Sign in\n{HEADLINE}\nMarch 3, 2025\n\n{BODY}\n\nSign up for our newsletter by March 9\n",
        f"YANGON, March 3, 2025 (AP) — {BODY}",
        "He left last Friday.",
    ):
        article, times = dated(Article(text))
        extraction = DefaultExtractor().extract(Article(text))
        assert tuple(times) == extraction.times
        assert article == extraction.article


@pytest.mark.parametrize(
    "unit", ["3 ", "March 3, 2025 | ", "by AP, 3 March 2025\n", "Published 3.3.2025\n", "3 марта 2025\n"]
)
def test_hostile_lines_take_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        begun = time.process_time()
        layout_of(unit * (size // len(unit)) + "\n" + BODY)
        return time.process_time() - begun

    seconds(1_000)
    small, large = seconds(20_000), seconds(80_000)
    assert large < 0.2 + 10 * small
