"""The dates that a careful reader gives what agencies tell, one table a promise; all texts are published on a Wednesday
unless they say otherwise."""

from __future__ import annotations

import pytest

from tests.extract.when.test_anchoring import LEAD, WEDNESDAY, when_of

Case = tuple[str, str, str]


def _holds(case: Case, published: str = WEDNESDAY) -> None:
    text, word, edtf = case
    assert when_of(text, word, published).edtf == edtf


TORN: list[Case] = [
    # the clause begins behind the date
    ("The mine closed earlier this year after a guard was killed.", "closed", "2025-01-01/2025-03-05"),
    ("Israel bombed Gaza on Tuesday, killing 20 people, a day after Hamas freed two hostages.", "freed", "2025-03-03"),
    (
        "Moscow has summoned the ambassador after London expelled two Russian diplomats last week.",
        "summoned",
        WEDNESDAY,
    ),
    ("It was the second transfer this year; in February Mexico handed over 29 prisoners.", "handed", "2025-02"),
    ("Protesters burned the court on Sunday. The next day the president fled.", "fled", "2025-03-03"),
    ("Congress elected Ana Ruiz to replace him last month.", "elected", "2025-02"),
    ("The army captured the town in an offensive launched last week.", "captured", WEDNESDAY),
]


@pytest.mark.parametrize("case", TORN, ids=lambda case: case[1])
def test_a_date_stays_in_the_clause_that_it_stands_in_however_the_parser_hangs_it(case: Case) -> None:
    _holds(case)


OTHERS: list[Case] = [
    ("No one has been arrested over the killing of the editor in 2017.", "killing", "2017"),
    ("Cyprus on Tuesday condemned the attack on the embassy on Sunday.", "condemned", "2025-03-04"),
    ("Cyprus on Tuesday condemned the attack on the embassy on Sunday.", "attack", "2025-03-02"),
    ("A court upheld on Sunday the conviction of ten men over the killing of a diplomat in 2002.", "killing", "2002"),
    ("The soldiers honoured on Monday the victims of the attack of 1999.", "attack", "1999"),
    ("Rebels seized the port in January, and soldiers arrested their leader.", "seized", "2025-01"),
    ("The general fled, and police arrested his brother in January.", "fled", WEDNESDAY),
    ("Six people were killed and ten injured in an attack on Friday.", "killed", "2025-02-28"),
]


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: case[1])
def test_a_verb_has_one_day_and_leaves_the_other_to_what_it_speaks_of(case: Case) -> None:
    _holds(case)


OLDER_LEADS: list[Case] = [
    ("The October 2023 attack by Hamas killed 1,200 people.", "killed", "2023-10"),
    ("During his January visit to Beijing, the premier signed five agreements.", "signed", "2025-01"),
    ("In the first half of 2024, Chinese ships entered the zone and rammed two vessels.", "rammed", "2024-40"),
    ("Syria's rebels captured Damascus on December 8 and ousted the president.", "ousted", "2024-12-08"),
    ("Hungary vetoed the aid package at a summit in December.", "vetoed", "2024-12"),
    ("The mutiny of June 2023 was crushed.", "crushed", "2023-06"),
    ("The party won Sunday's election.", "won", "2025-03-02"),
    ("After taking power in 2022, the captain expelled French troops.", "expelled", "2022/2025-03-05"),
    ("In a ruling published late on Friday, judges jailed the minister.", "jailed", "2025-02-28"),
    ("Saturday's attack on the market killed 17 people, police said on Tuesday.", "killed", "2025-03-01"),
]


@pytest.mark.parametrize("case", OLDER_LEADS, ids=lambda case: case[0])
def test_a_first_sentence_with_a_date_is_of_that_date_and_not_of_the_publication_day(case: Case) -> None:
    _holds(case)


def test_who_tells_the_news_does_not_date_it_where_a_later_sentence_does() -> None:
    text = (
        "Militants killed 20 soldiers near the border, the ministry said on Tuesday. The attack took place on Sunday."
    )
    assert when_of(text, "killed").edtf == "2025-03-02"


def test_what_everybody_knows_is_no_news_of_the_day() -> None:
    text = "The bombings in Nairobi and Mombasa have frightened away tourists from the coast this season."
    assert when_of(text, "bombings").edtf == "../2025-03-05"


LASTING: list[Case] = [
    ("Protesters have blocked the road for two weeks.", "blocked", "2025-02-19/2025-03-05"),
    ("The court has jailed the editor for two years.", "jailed", WEDNESDAY),
    ("Their leader was killed in July 2021, and gangs have since seized the city.", "seized", "2021-07/2025-03-05"),
    (LEAD + "In 2021 the army seized power. It has killed many people since then.", "killed", "2021/2025-03-05"),
    ("The general has ruled the country since he seized power in a coup in 1986.", "ruled", "1986/2025-03-05"),
    ("It was the deadliest attack on the city since 2008.", "attack", WEDNESDAY),
    ("Israel struck Beirut on Sunday for the first time since June.", "struck", "2025-03-02"),
]


@pytest.mark.parametrize("case", LASTING, ids=lambda case: case[0])
def test_only_what_has_gone_on_since_then_lasts_from_then(case: Case) -> None:
    _holds(case)


STRETCHES: list[Case] = [
    ("Strikes killed 300 people in the three months to February.", "killed", "2024-12/2025-02"),
    ("China held drills on Monday and Tuesday.", "drills", "2025-03-03/2025-03-04"),
    ("Between Monday and Thursday last week, police arrested 300 people.", "arrested", "2025-02-24/2025-02-27"),
    ("The navy intercepted 200 migrants between 1 and 4 March.", "intercepted", "2025-03-01/2025-03-04"),
    ("The leader of Slovakia visited Moscow three days before Christmas.", "visited", "2024-12-22"),
    ("Rebels attacked two villages at the weekend.", "attacked", "2025-03-01/2025-03-02"),
    ("Drones attacked Odesa overnight.", "attacked", "2025-03-04/2025-03-05"),
    ("Fighters seized the dam over the past week.", "seized", "2025-02-26/2025-03-05"),
    (
        "Hundreds of people were arrested in the wake of the coup attempt on 1 March.",
        "arrested",
        "2025-03-01/2025-03-05",
    ),
    (LEAD + "Security forces killed seven people over the next two days.", "killed", "2025-03-03/2025-03-05"),
    (LEAD + "Within 24 hours the police surrendered.", "surrendered", "2025-03-03/2025-03-04"),
    (LEAD + "Hours later the army arrested their leader.", "arrested", "2025-03-03/2025-03-04"),
]


@pytest.mark.parametrize("case", STRETCHES, ids=lambda case: case[0])
def test_a_stretch_is_as_long_as_its_words_say(case: Case) -> None:
    _holds(case)


COUNTED: list[Case] = [
    ("The army extended its rule in January, six months after it had promised elections.", "promised", "2024-07"),
    ("Three months after the earthquake of 6 February 2023, Turkey held elections.", "elections", "2023-05"),
    ("Tens of thousands marched on Saturday, the day before the vote.", "vote", "2025-03-02"),
    ("Ukraine marked on Monday the third anniversary of Russia's invasion.", "invasion", "2022"),
    ("Israelis gathered on the second anniversary of the October 7 attack.", "attack", "2022-10-07"),
    ("Two years after invading Ukraine, Russia captured Avdiivka in February 2024.", "invading", "2022"),
    ("It was the worst attack since 2008, when a bomb destroyed the courthouse.", "destroyed", "2008"),
    ("The colonel ruled from 1969 until 2011, when rebels killed him.", "killed", "2011"),
]


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case[0])
def test_a_happening_counted_from_another_is_as_exact_as_the_words_are(case: Case) -> None:
    _holds(case)


AHEAD: list[Case] = [
    ("Elections planned for Sunday have been postponed to April.", "postponed", WEDNESDAY),
    ("On Thursday he is to fly to Jakarta for talks.", "fly", "2025-03-06"),
    ("Qatar said on Tuesday it would release the prisoners.", "release", "2025-03-05/.."),
    ("Ahead of Friday's summit, Russian forces attacked the town.", "summit", "2025-03-07"),
    ("The speaker was impeached on Tuesday, a day before he was to visit Tokyo.", "visit", "2025-03-05"),
    ("The pope cancelled a visit to Dubai that was planned for April.", "visit", "2025-04"),
    ("The premier arrived in Manila on Monday for a visit.", "visit", "2025-03-03/.."),
    ("Poland closed its border ahead of military exercises that begin on Friday.", "exercises", "2025-03-07"),
]


@pytest.mark.parametrize("case", AHEAD, ids=lambda case: case[0])
def test_a_day_to_come_is_of_what_is_to_come(case: Case) -> None:
    _holds(case)


QUOTED: list[Case] = [
    ('"We captured the airport yesterday," a rebel spokesman said on Monday.', "captured", "2025-03-02"),
    ('"We will attack the capital tomorrow," a rebel spokesman said on Monday.', "attack", "2025-03-04"),
    ('"We captured the airport on Sunday," a rebel spokesman said on Monday.', "captured", "2025-03-02"),
    ("He said on Monday that they captured the airport yesterday.", "captured", "2025-03-04"),
]


@pytest.mark.parametrize("case", QUOTED, ids=lambda case: case[0])
def test_yesterday_in_a_quotation_is_the_day_before_it_was_said(case: Case) -> None:
    _holds(case)


def test_a_month_after_a_paragraph_of_history_is_the_latest_again() -> None:
    text = (
        LEAD
        + "\n\nBurkina Faso's army seized power in August 2021. It expelled many.\n\nIn May, soldiers killed 20 men."
    )
    assert when_of(text, "killed").edtf == "2024-05"
    assert when_of(text.replace("many.\n\n", "many. "), "killed").edtf == "2022-05"


def test_a_short_first_sentence_is_the_news_even_without_a_headline() -> None:
    text = (
        "Burkina Faso has expelled three French diplomats.\n\n"
        "They were accused of working with opposition groups and were ordered to leave the country on Tuesday."
    )
    assert when_of(text, "expelled").edtf == WEDNESDAY


def test_days_later_than_a_day_that_nobody_named_are_open() -> None:
    text = "The president visited Madrid and insulted the king. Spain withdrew its ambassador two days later."
    assert when_of(text, "withdrew").edtf == "../2025-03-05"


def test_a_plain_perfect_after_undated_news_sums_up_what_was_at_any_time() -> None:
    text = "The rebels have freed fifty prisoners in the north of the country. Police have charged seventeen people."
    assert when_of(text, "charged").edtf == "../2025-03-05"


def test_what_was_done_when_a_thing_was_first_done_lies_before_the_news() -> None:
    text = LEAD + "\n\nWhen Brazil first proposed the treaty, Peru rejected it."
    assert when_of(text, "rejected").edtf == "../2025-03-03"
    assert when_of(text, "proposed").edtf == "../2025-03-03"
    assert when_of(text.replace("first ", ""), "rejected").edtf == "2025-03-03/2025-03-05"
