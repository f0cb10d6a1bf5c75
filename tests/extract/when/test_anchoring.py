"""Which expression dates which happening, and what a reader may be told of a happening that no expression dates."""

from __future__ import annotations

import pytest

from tests.conftest import extracted
from timeline.model import Modality, Report, When

WEDNESDAY = "2025-03-05"
LEAD = "Rebels attacked the town of Aru on Monday. "


def when_of(text: str, word: str, published: str = WEDNESDAY) -> When:
    """The date of the last report whose words hold `word`."""
    return report_of(text, word, published).when


def report_of(text: str, word: str, published: str = WEDNESDAY) -> Report:
    found = [r for r in extracted(text, published).reports if word in r.words.split()]
    assert found, [r.words for r in extracted(text, published).reports]
    return found[-1]


ATTACHED = [
    ("The army arrested two ministers on Monday.", "arrested", "2025-03-03"),
    ("On Monday the army arrested two ministers and closed the border.", "closed", "2025-03-03"),
    ("The army arrested two ministers on Monday and freed them on Tuesday.", "arrested", "2025-03-03"),
    ("The army arrested two ministers on Monday and freed them on Tuesday.", "freed", "2025-03-04"),
    ("Five people were killed in an attack on Monday.", "killed", "2025-03-03"),
    ("The attack on Monday killed five people.", "killed", "2025-03-03"),
    ("Police said on Tuesday that rebels attacked the town on Sunday.", "attacked", "2025-03-02"),
    ("Police said on Tuesday that rebels attacked the town on Sunday.", "said", "2025-03-04"),
    ("Speaking in Paris on Monday, the minister condemned the coup.", "condemned", "2025-03-03"),
    ("In a speech on Monday, the minister condemned the coup.", "condemned", "2025-03-03"),
    ("The minister resigned on Monday, when police arrested his brother.", "arrested", "2025-03-03"),
    ("Troops withdrew on Monday for the first time since the coup in May 2021.", "coup", "2021-05"),
    ("The September summit ended in a quarrel.", "summit", "2024-09"),
]


@pytest.mark.parametrize(("text", "word", "edtf"), ATTACHED)
def test_an_expression_dates_the_happening_it_stands_with(text: str, word: str, edtf: str) -> None:
    assert when_of(text, word).edtf == edtf


NOT_ATTACHED = [
    ("The minister, born in Lyon in 1955, resigned on Monday.", "resigned", "2025-03-03"),
    ("The party, which ruled until 2019, won the election on Sunday.", "won", "2025-03-02"),
    ("The minister condemned on Monday the attack of the rebels.", "attack", "../2025-03-05"),
    ("Parliament amended the law of 1999.", "amended", WEDNESDAY),
]


@pytest.mark.parametrize(("text", "word", "edtf"), NOT_ATTACHED)
def test_a_date_inside_other_words_does_not_leave_them(text: str, word: str, edtf: str) -> None:
    assert when_of(text, word).edtf == edtf


BOUNDS = [
    ("Two soldiers were freed on Monday after rebels attacked the town.", "attacked", "../2025-03-03"),
    ("Two soldiers were freed on Monday before rebels attacked the town.", "attacked", "2025-03-03/2025-03-05"),
    ("The rebels have attacked the town since Monday.", "attacked", "2025-03-03/2025-03-05"),
    ("Russia has supplied arms to Mali since the coup in May 2021.", "supplied", "2021-05/2025-03-05"),
    ("Rebels attacked the town this week.", "attacked", "2025-03-03/2025-03-05"),
    ("Rebels attacked the town in March.", "attacked", "2025-03"),
    ("Rebels attacked the town earlier this month.", "attacked", "2025-03-01/2025-03-05"),
    ("Rebels have attacked the town since last week.", "attacked", "2025-02-24/2025-03-05"),
    ("The army freed two men before Monday.", "freed", "../2025-03-03"),
    ("Police arrested on Monday a man who had attacked a soldier.", "attacked", "../2025-03-03"),
    (LEAD + "The army had captured the town in the past two weeks.", "captured", "2025-02-19/2025-03-05"),
]


@pytest.mark.parametrize(("text", "word", "edtf"), BOUNDS)
def test_what_is_only_bounded_has_bounds(text: str, word: str, edtf: str) -> None:
    assert when_of(text, word).edtf == edtf


STEPS = [
    ("Rebels attacked the town on Monday, two days after the army freed their leader.", "freed", "2025-03-01"),
    ("Rebels attacked the town on Monday, three months after the army freed their leader.", "freed", "2024-12"),
    ("Rebels attacked the town on Monday, two weeks after the army freed them.", "freed", "2025-02-17/2025-02-23"),
    (
        "Rebels attacked the town on Monday, less than two days after the army freed them.",
        "freed",
        "2025-03-01/2025-03-03",
    ),
    ("Rebels attacked the town on Monday, several days after the army freed their leader.", "freed", "../2025-03-03"),
]


@pytest.mark.parametrize(("text", "word", "edtf"), STEPS)
def test_a_length_from_a_dated_happening_dates_another_as_exactly_as_its_unit(text: str, word: str, edtf: str) -> None:
    assert when_of(text, word).edtf == edtf


STORY = [
    # the simple past goes on with the news
    (LEAD + "Soldiers captured two of them.", "captured", "2025-03-03"),
    (LEAD + "\n\nSoldiers captured two of them.", "captured", "2025-03-03"),
    # ... with the last date of its paragraph
    (LEAD + "On Tuesday the army arrived. Soldiers captured two of them.", "captured", "2025-03-04"),
    (LEAD + "\n\nOn Tuesday the army arrived.\n\nSoldiers captured two of them.", "captured", "2025-03-03"),
    # ... but not with the day on which somebody spoke
    (LEAD + "The mayor said on Tuesday that the rebels killed two guards.", "killed", "2025-03-03"),
    # a past perfect, and words that say so, go back
    (LEAD + "The army had captured their leader.", "captured", "../2025-03-03"),
    (LEAD + "The army previously captured their leader.", "captured", "../2025-03-03"),
    # a present perfect sums up what was at any time
    (LEAD + "The army has captured many of them.", "captured", "../2025-03-05"),
    # ... unless the news itself is told in it
    ("Rebels have attacked the town of Aru today. The army has closed the border.", "closed", WEDNESDAY),
    # what is told as later lies between the news and its publication
    (LEAD + "The army later captured two of them.", "captured", "2025-03-03/2025-03-05"),
    # what happens again and again has no day
    (LEAD + "The army often attacked them.", "attacked", "../2025-03-05"),
]


@pytest.mark.parametrize(("text", "word", "edtf"), STORY)
def test_an_undated_happening_has_the_place_that_its_tense_gives_it_in_the_story(
    text: str, word: str, edtf: str
) -> None:
    assert when_of(text, word).edtf == edtf


NEXT_DAY = [
    (LEAD + "The next day soldiers captured two of them.", "captured", "2025-03-04"),
    (LEAD + "They cited the treaty of May 2021. The next day soldiers captured two of them.", "captured", "2025-03-04"),
    (LEAD + "On Saturday they met, and the following day soldiers captured two of them.", "captured", "2025-03-02"),
    (LEAD + "A day earlier soldiers captured two of them.", "captured", "2025-03-02"),
]


@pytest.mark.parametrize(("text", "word", "edtf"), NEXT_DAY)
def test_the_next_day_is_counted_from_where_the_story_stands(text: str, word: str, edtf: str) -> None:
    assert when_of(text, word).edtf == edtf


def test_history_has_no_days_that_nobody_wrote() -> None:
    text = LEAD + "\n\nTheir leader resigned from the army in 1998.\n\nHe captured the north with a few men."
    assert when_of(text, "captured").edtf == "../2025-03-05"
    assert when_of(LEAD + "In 1998 their leader resigned. The army arrested him.", "arrested").earliest is not None
    assert when_of(LEAD + "In 1998 their leader resigned. The army arrested him.", "arrested").edtf != "1998"


def test_direct_speech_tells_of_any_time_before_it() -> None:
    text = 'Emmanuel Macron met Xi Jinping on Monday. "They expelled our ambassador," said an official of Greece.'
    assert when_of(text, "expelled").edtf == "../2025-03-03"
    witness = LEAD + '"They shot two guards," said a shopkeeper.'
    assert when_of(witness, "shot").edtf == "2025-03-03"


def test_an_essay_reports_no_news_that_could_date_what_it_tells() -> None:
    text = "Life in the town of Aru is hard. Rebels attacked it. The army arrested many people."
    assert when_of(text, "arrested").edtf == "../2025-03-05"


def test_the_news_has_the_day_that_a_later_sentence_gives_it() -> None:
    text = "A bomb blast killed five people in Aru. Witnesses fled. The blast occurred on Monday near a market."
    assert when_of(text, "killed").edtf == "2025-03-03"


def test_those_who_make_the_news_speak_on_its_day_and_others_up_to_publication() -> None:
    lead = "Emmanuel Macron met Xi Jinping in Paris on Monday. "
    assert when_of(lead + "Macron praised China.", "praised").edtf == "2025-03-03"
    assert when_of(lead + "India condemned the meeting.", "condemned").edtf == "2025-03-03/2025-03-05"


def test_the_headline_has_the_day_of_the_lead() -> None:
    title = "Emmanuel Macron visits Warsaw for talks"
    text = f"{title}\n\nEmmanuel Macron travelled to Warsaw on Monday to meet Donald Tusk, officials said there."
    headline = extracted(text, WEDNESDAY, title=title).reports[0]
    assert headline.words == "visits"
    assert headline.when.edtf == "2025-03-03"


def test_news_without_any_date_is_of_the_publication_day() -> None:
    assert when_of("Rebels attacked the town of Aru.", "attacked").edtf == WEDNESDAY


AHEAD = [
    ("The presidents will meet in Geneva.", "meet", "2025-03-05/.."),
    ("The president travelled to Geneva on Monday to meet rebels.", "meet", "2025-03-03/.."),
    ("The minister urged Iran on Monday to release the sailors.", "release", "2025-03-03/.."),
    ("The rebels could attack the capital.", "attack", "2025-03-05/.."),
    ("Myanmar will begin to release prisoners, the general said.", "release", "2025-03-05/.."),
]


@pytest.mark.parametrize(("text", "word", "edtf"), AHEAD)
def test_what_is_still_to_come_is_not_before_the_words_that_hold_it(text: str, word: str, edtf: str) -> None:
    assert when_of(text, word).edtf == edtf


def test_mentions_of_one_happening_share_its_date() -> None:
    text = "The army released the report. Soldiers seized power in Mali in May 2021. The takeover was condemned."
    takeover = report_of(text, "takeover")
    assert takeover.when.edtf == "2021-05"
    assert "same happening" in takeover.when.reason


RELATIVE = ["Rebels attacked the town on Monday.", "Rebels attacked the town.", "The rebels will attack the town."]


@pytest.mark.parametrize("text", RELATIVE)
def test_without_a_publication_date_nothing_is_guessed(text: str) -> None:
    assert {r.when.edtf for r in extracted(text, "").reports} == {""}


def test_without_a_publication_date_explicit_dates_still_tell_the_story() -> None:
    text = "Rebels attacked the town on 3 March 2025. Soldiers captured two of them."
    assert {r.when.edtf for r in extracted(text, "").reports} == {"2025-03-03"}


def test_every_date_has_a_reason() -> None:
    text = "".join(case[0] + " " for case in (*ATTACHED, *BOUNDS, *STORY, *AHEAD))
    reports = extracted(text, WEDNESDAY).reports
    assert len(reports) > 50
    assert [r.words for r in reports if r.when.edtf and not r.when.reason] == []
    planned = [r for r in reports if r.modality is Modality.PLANNED]
    assert [r.words for r in planned if r.when.latest is not None and r.when.latest.isoformat() < "2025-03-03"] == []
