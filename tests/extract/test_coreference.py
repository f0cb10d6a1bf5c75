"""Which words of an article tell of one happening, and what kind of happening that is."""

from __future__ import annotations

import pytest

from tests.conftest import extracted
from timeline.model.merging import Sourced, derive, happenings

# A text, the words that tell of its first happening, and the kind of that.
ONE: list[tuple[str, list[str], str]] = [
    ("Gunmen attacked a village in Mali on Monday, killing 20 people.", ["attacked", "killing"], "attack"),
    (
        "A bomb exploded in Aden on Monday, killing ten and wounding six.",
        ["exploded", "killing", "wounding"],
        "bombing",
    ),
    ("Ten people died when a bomb exploded in Aden on Monday.", ["died", "exploded"], "bombing"),
    ("Six people were injured on Monday when a train derailed near Lyon.", ["injured", "derailed"], "accident"),
    ("An earthquake struck Chile on Monday, killing 300.", ["earthquake struck", "killing"], "disaster"),
    ("Twelve people were killed and 30 wounded in Aden on Monday.", ["killed", "wounded"], "killing"),
    ("A car bomb killed 12 and left 30 wounded in Aden on Monday.", ["bomb", "killed", "wounded"], "bombing"),
    ("An attack left 12 people dead and 30 wounded in Aden on Monday.", ["attack", "left", "wounded"], "attack"),
    ("An airstrike on Aden killed six people on Monday.", ["airstrike", "killed"], "air strike"),
    ("Five people died in a crash near Lima on Monday.", ["died", "crash"], "accident"),
    (
        "A storm hit Florida on Monday, killing five people and destroying homes.",
        ["hit", "killing", "destroying"],
        "disaster",
    ),
    (
        "A suicide bombing in Aden killed ten people on Monday. The blast also wounded six soldiers.",
        ["bombing", "killed", "blast", "wounded"],
        "suicide bombing",
    ),
    (
        "A bomb exploded in Aden on Monday. The explosion destroyed a market.",
        ["exploded", "explosion", "destroyed"],
        "bombing",
    ),
    (
        "A gas explosion in Lyon killed nine people on Monday. The blast was heard far away.",
        ["explosion", "killed", "blast"],
        "accident",
    ),
]


@pytest.mark.parametrize(("text", "words", "kind"), ONE, ids=[row[0] for row in ONE])
def test_a_deed_and_what_came_of_it_are_one_happening_of_the_deeds_kind(text: str, words: list[str], kind: str) -> None:
    told = happenings(extracted(text).reports)[0]
    assert [report.words for report in told] == words
    assert derive(map(Sourced, told)).kind == kind


def test_a_guest_received_in_the_headline_is_met_in_the_lead() -> None:
    text = "Putin receives Myanmar's leader\n\nPutin met Min Aung Hlaing in the Kremlin on Tuesday. He had visited Xi."
    told = [[r.words for r in each] for each in happenings(extracted(text, "2025-03-05").reports)]
    assert told == [["receives", "met"], ["visited"]]


def test_the_lead_dates_what_the_headline_names() -> None:
    text = (
        "Party claims victory in Ghana election\n\nThe party said on Monday that it had won a clear majority in the "
        "general election held a day earlier.\n\nVoters lined up on Sunday. It was the second election since 2019."
    )
    reports = [r for r in extracted(text, "2025-03-04").reports if r.kind == "election"]
    assert [r.when.edtf for r in reports] == ["2025-03-02"] * 3
    assert len(happenings(reports)) == 1


TWO: list[tuple[str, list[str], list[str]]] = [
    ("Gunmen killed a mayor in Mexico on Monday as troops clashed with cartels.", ["killed"], ["clashed"]),
    ("An earthquake struck Chile on Monday as rebels attacked a town in Chad.", ["earthquake struck"], ["attacked"]),
    ("Israel bombed Gaza on Monday. The explosion in Beirut was an accident.", ["bombed"], ["explosion"]),
    ("Rebels shelled Aru on Monday before attacking Goma in Congo.", ["shelled"], ["attacking"]),
    ("The mayor was killed on Monday. A week earlier a bomb exploded in Aden.", ["killed"], ["exploded"]),
    ("Police shot dead a gunman on Monday after he had attacked a church.", ["shot"], ["attacked"]),
]


@pytest.mark.parametrize(("text", "one", "other"), TWO, ids=[row[0] for row in TWO])
def test_what_others_did_or_came_before_or_after_is_another_happening(
    text: str, one: list[str], other: list[str]
) -> None:
    told = [[report.words for report in each] for each in happenings(extracted(text).reports)]
    assert one in told
    assert other in told
