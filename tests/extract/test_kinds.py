"""What a verb is done to, and by whom, decides which kind of happening it names; a figure of speech names none."""

from __future__ import annotations

import pytest

from tests.conftest import extracted
from timeline.extract.what.lexicon import NOTHING, entries
from timeline.reference import kinds


def _kinds(text: str) -> list[str]:
    return [r.kind for r in extracted(text).reports]


def _sides(text: str, kind: str) -> set[tuple[str, str]]:
    return {(p.role.value, p.actor.name) for r in extracted(text).reports if r.kind == kind for p in r.actors}


BY_OBJECT = [
    # whom one fights, and what
    ("Government troops fought rebels near Goma on Monday.", "clash"),
    ("Rebels are fighting for control of Khartoum.", "clash"),
    ("The singer Jane Doe fought breast cancer for two years.", "illness"),
    ("Liberia fought Ebola in 2014.", "epidemic"),
    ("Firefighters battled a wildfire near Izmir on Monday.", "accident"),
    ("Soldiers battled floods in Kerala on Monday.", "disaster"),
    ("Unions fought the reform in court.", "rejection"),
    ("The army defended the town on Monday.", "clash"),
    ("The minister defended the treaty on Monday.", "support"),
    # whom one welcomes and hosts, and what
    ("Turkey welcomed the foreign minister of Iran on Monday.", "visit"),
    ("Poland welcomed thousands of refugees on Monday.", "aid"),
    ("Germany welcomed the report on Monday.", "support"),
    ("Japan welcomed AUKUS on Monday.", "support"),
    ("Qatar hosted the World Cup in 2022.", "contest"),
    ("Hurricane Maria hit Cuba in 2017.", "disaster"),
    ("The virus hit Italy in 2020.", "epidemic"),
    ("A train hit a bus near Cairo on Monday.", "accident"),
    # words and deeds
    ("Rebels attacked army positions near Goma on Monday.", "attack"),
    ("The senator attacked the government's policy on Monday.", "condemnation"),
    ("Jane Roe attacked John Roe for his record on Monday.", "condemnation"),
    ("The senator launched an attack on the president's record on Monday.", "condemnation"),
    ("A shark attacked a swimmer near Sydney on Monday.", "accident"),
    ("The convoy came under attack near Gao on Monday.", "attack"),
    ("The minister came under fire for his remarks on Monday.", "condemnation"),
    ("The two candidates clashed in a debate on Monday.", "accusation"),
    # what is shot, killed, blocked and buried
    ("A gunman shot the mayor on Monday.", "shooting"),
    ("Peru shot down the proposal on Monday.", "rejection"),
    ("The senate killed the bill on Monday.", "rejection"),
    ("The bill died in the senate on Monday.", "rejection"),
    ("Greece blocked the merger on Monday.", "rejection"),
    ("Police cleared the square on Monday.", "crackdown"),
    ("The jury cleared the mayor on Monday.", "acquittal"),
    ("Soldiers cleared mines near Kherson on Monday.", "disarmament"),
    ("A landslide buried 20 people in Cameroon on Monday.", "disaster"),
    # what falls, sinks, explodes and opens
    ("The lira collapsed on Monday.", "business"),
    ("Shares sank on Monday.", "business"),
    ("The ferry sank on Monday.", "accident"),
    ("The town fell to the rebels on Monday.", "capture"),
    ("The exhibition opened in Paris on Monday.", "inauguration"),
    ("Apple opened a store in Mumbai on Monday.", "business"),
    ("War broke out in Chad on Monday.", "clash"),
    ("Talks broke down in Doha on Monday.", "rejection"),
    # what is launched, fired, dropped, raised, lifted, taken, met, charged, lost and won
    ("Nigeria launched a satellite on Monday.", "launch"),
    ("Russia launched missiles at Odesa on Monday.", "attack"),
    ("The party launched its election campaign on Monday.", "election campaign"),
    ("The storm left 12 people dead.", "death"),
    ("Heavy rain left thousands homeless on Monday.", "displacement"),
    ("He left the talks convinced that they would fail.", "travel"),
    ("The senate voted on the budget on Monday.", "vote"),
    ("Chad elected Maria Lopez president on Sunday.", "election won"),
    ("Voters in Chad went to the polls on Sunday.", "election"),
    ("Maria Lopez ran for president.", "election campaign"),
    ("The company fired 300 workers on Monday.", "dismissal"),
    ("Militants fired rockets at a base on Monday.", "shelling"),
    ("Jets dropped bombs on the town on Monday.", "air strike"),
    ("Kenya dropped its demand for compensation on Monday.", "concession"),
    ("Ghana raised the issue at the assembly on Monday.", "statement"),
    ("The charity raised $2 million for Haiti on Monday.", "business"),
    ("Rescuers lifted the survivors from the rubble on Monday.", "evacuation"),
    ("Rebels took Goma on Monday.", "capture"),
    ("Kenya took the gold medal on Monday.", "contest"),
    ("The government met the demands of the strikers on Monday.", "concession"),
    ("Demonstrators charged police lines in Tbilisi on Monday.", "attack"),
    ("Airbus won a contract from India on Monday.", "business"),
    ("Jane Doe lost her son on Monday.", "death"),
    ("The company lost $2 billion in 2023.", "business"),
]


@pytest.mark.parametrize(("text", "kind"), BY_OBJECT)
def test_what_a_verb_is_done_to_decides_its_kind(text: str, kind: str) -> None:
    assert _kinds(text)[:1] == [kind]


FIGURES = [
    "Brazil battled inflation in 2022.",
    "The central bank declared war on inflation in 2021.",
    "The governor launched a war on poverty on Monday.",
    "The candidates are fighting for votes in Ohio.",
    "The singer exploded onto the scene in 1999.",
    "The film bombed at the box office in 2019.",
    "The airline charged passengers $50 on Monday.",
    "The director shot the film in Malta in 2015.",
    "Greece met the deadline on Monday.",
    "The president walked a tightrope on Monday.",
    "The team fell to third place on Monday.",
    "The candidate won hearts on Monday.",
    "Mali joined the fight against corruption in 2015.",
]


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_of_speech_is_no_happening(text: str) -> None:
    assert _kinds(text) == []


def test_a_vow_to_fight_an_evil_is_a_vow_alone() -> None:
    assert _kinds("The new president vowed to fight corruption.") == ["pledge"]


def test_a_war_of_words_is_fought_with_words() -> None:
    assert _kinds("A war of words erupted between Iran and Israel on Monday.") == ["accusation"]


def test_a_need_of_goods_is_demanded_of_nobody() -> None:
    assert "demand" not in _kinds("Demand for gas surged on Monday.")


def test_an_event_that_comes_over_a_place_is_one_happening_with_whom_it_comes_over() -> None:
    assert _kinds("Protests rocked Peru on Monday.") == ["protest"]
    assert _sides("Peru was rocked by protests on Monday.", "protest") == {("target", "Peru")}


def test_who_welcomes_a_pact_supports_it_and_visits_nobody() -> None:
    assert _sides("AUKUS was welcomed by Japan on Monday.", "support") == {("source", "Japan"), ("target", "AUKUS")}


def test_who_is_ill_or_fights_a_fire_has_no_other_side() -> None:
    assert _sides("Jane Doe fought breast cancer for two years.", "illness") == {("source", "Jane Doe")}


WHOLE = [
    ("China launched the Belt and Road Initiative in 2013.", "launch", {"China", "Belt and Road Initiative"}),
    ("The Bill and Melinda Gates Foundation donated a clinic.", "aid", {"Bill & Melinda Gates Foundation"}),
    ("The John and Jane Roe Foundation donated a clinic.", "aid", {"John and Jane Roe Foundation"}),
    ("The Ministry of Defence and Security condemned the raid.", "condemnation", {"Ministry of Defence and Security"}),
    ("Germany and France condemned the raid.", "condemnation", {"Germany", "France"}),
    ("Biden and Xi met in Bali.", "meeting", {"Joe Biden", "Xi Jinping"}),
]


@pytest.mark.parametrize(("text", "kind", "names"), WHOLE)
def test_a_name_with_and_inside_stays_whole_and_two_names_stay_two(text: str, kind: str, names: set[str]) -> None:
    assert {name for _, name in _sides(text, kind)} == names


def test_what_is_named_beside_a_described_thing_is_its_name() -> None:
    assert _sides("The newest iPhone, iPhone 4 was introduced in 2010.", "launch") == {("target", "iPhone 4")}
    assert _sides("Its newest rocket, Falcon 9, was launched on Monday.", "launch") == {("target", "Falcon 9")}


def test_what_names_no_happening_is_no_kind_that_could_be_asked_for() -> None:
    assert any(entries(NOTHING))
    assert NOTHING not in kinds.all_kinds()
