"""An explanation is of what extraction does, and leaves no verb or event noun without a reason."""

from __future__ import annotations

from datetime import date
from math import exp

import pytest

from tests.conftest import extracted
from timeline.extract.explaining import Explanation, PassedOver, Said, explain, happenings
from timeline.model import Article, Modality

STORY = """\
Home
Premier travels to Kenya for talks

A minister waits at the airport (AP)

The prime minister of India, Narendra Modi, travelled to Kenya on Monday for a visit that had been postponed twice.

India is a major buyer of Kenyan tea. The minister plans to meet the president. Modi held talks on \
trade with William Ruto, state television reported, and the two leaders signed a treaty.

The visit was his first. It strengthened the port's position in a war game of tariffs.

Sign up to read this article
"""


def _explained(text: str = STORY) -> Explanation:
    return explain(Article(text, published=date(2025, 3, 5), published_from="given"))


@pytest.fixture(scope="module")
def story() -> Explanation:
    return _explained()


def _sentence(story: Explanation, words: str) -> Said:
    return next(said for said in story.sentences if words in said.text)


def _passed(story: Explanation, word: str) -> PassedOver:
    return next(p for said in story.sentences for p in said.passed if p.words == word)


def test_the_reports_explained_are_those_extracted(story: Explanation) -> None:
    told = [found.report for said in story.sentences for found in said.found]
    assert sorted(told, key=lambda r: (r.span, r.trigger)) == sorted(
        extracted(STORY).reports, key=lambda r: (r.span, r.trigger)
    )
    assert all(said.span.of(STORY).split() == said.text.split() for said in story.sentences)


def test_salience_is_the_sum_of_its_parts(story: Explanation) -> None:
    for found in (f for said in story.sentences for f in said.found):
        total = sum(value for _, value in found.parts)
        assert found.report.salience == round(1 / (1 + exp(-total)), 2)


def test_what_joins_a_happening_says_why_and_what_begins_one_does_not(story: Explanation) -> None:
    for tellings in happenings(story).values():
        assert tellings[0].joins == ""
        assert all(found.joins for found in tellings[1:])
    assert any(len(tellings) > 1 for tellings in happenings(story).values())


@pytest.mark.parametrize(
    ("word", "reason"),
    [("is", "a state"), ("plans", "only plans"), ("waits", "a caption"), ("war", "only modifies"), ("was", "carries")],
)
def test_what_is_left_out_says_why(story: Explanation, word: str, reason: str) -> None:
    assert reason in _passed(story, word).reason


def test_a_plan_says_which_words_make_it_one(story: Explanation) -> None:
    meeting = next(f for f in _sentence(story, "plans to meet").found if f.report.kind == "meeting")
    assert (meeting.report.modality, meeting.modality_from) == (Modality.PLANNED, "plans")


def test_a_light_verb_is_said_to_carry_its_noun_and_is_not_left_out_beside_it(story: Explanation) -> None:
    said = _sentence(story, "held talks")
    talks = next(f for f in said.found if f.report.kind == "talks")
    assert talks.carrier == "held"
    assert "held" not in [p.words for p in said.passed]


def test_captions_and_the_furniture_of_the_site_are_named_as_such(story: Explanation) -> None:
    caption = _sentence(story, "A minister waits")
    assert caption.part == "caption"
    assert caption.found == ()
    assert {"Home", "Sign up to read this article"} <= set(story.furniture)


def test_who_acts_without_being_known_is_told() -> None:
    found = _explained("Much of the harbour was shunned by fishermen of the bay for years, people said.").sentences
    assert "Much of the harbour" in [u.words for said in found for f in said.found for u in f.unnamed]


def test_every_verb_of_a_clause_is_found_left_out_or_part_of_what_was_found(story: Explanation) -> None:
    for said in story.sentences:
        spans = [f.report.trigger for f in said.found] + [p.span for p in said.passed]
        for word in ("travelled", "postponed", "held", "signed", "plans", "reported", "strengthened"):
            start = STORY.find(word)
            if said.span.start <= start < said.span.end:
                assert any(span.start <= start < span.end for span in spans), word
