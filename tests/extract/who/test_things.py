"""Named things that events are about: what is one, what it is called, and that it is nobody."""

from __future__ import annotations

import pytest

from tests.conftest import extracted
from timeline.model import ActorKind, Role
from timeline.model.actor import acting

# text, the things, others who take part
NAMED = [
    ("Hurricane Maria killed 64 people in Ghana.", {"Hurricane Maria"}, set()),
    ("Malaysia Airlines Flight 370 disappeared on Monday.", {"Malaysia Airlines Flight 370"}, {"Malaysia Airlines"}),
    ("A Cessna plane crashed in Kenya.", {"Cessna plane"}, set()),
    ("A Boeing 737 crashed in Ethiopia on Sunday.", {"Boeing 737"}, set()),
    ("HMS Queen Elizabeth entered the South China Sea.", {"HMS Queen Elizabeth"}, set()),
    ("Iran seized the tanker Stena Impero on Friday.", {"Stena Impero"}, {"Iran"}),
    ("Iran seized the British tanker Stena Impero on Friday.", {"Stena Impero"}, {"Iran"}),
    ("The tanker Stena Impero was seized by Iran on Friday.", {"Stena Impero"}, {"Iran"}),
    ("The Stena Impero, a British tanker, was seized by Iran.", {"Stena Impero"}, {"Iran"}),
    ("A British tanker, the Stena Impero, was seized by Iran.", {"Stena Impero"}, {"Iran"}),
    ("Ferry Sewol sank off Korea on Monday.", {"Sewol"}, set()),
    ("Police arrested the ferry captain John Smith.", set(), {"Police"}),
    ("The Zika virus spread to Florida in 2016.", {"Zika"}, set()),
    ("The Brussels metro system has been shut down.", {"Brussels metro system"}, set()),
    ("The TurkStream gas pipeline was blown up on Monday.", {"TurkStream gas pipeline"}, set()),
    ("Congress passed the Affordable Care Act in 2010.", {"Affordable Care Act"}, {"US Congress"}),
    ("Manchester City won the FA Cup on Saturday.", {"FA Cup"}, {"Manchester City"}),
    ("Apple unveiled iPhone 4 on Monday.", {"iPhone 4"}, {"Apple"}),
    ("Russia attacked the Antonivka Road Bridge.", {"Antonivka Road Bridge"}, {"Russia"}),
    ("Police attacked protesters on Monday.", set(), {"Police", "protesters"}),
    ("A Russian plane crashed in Kenya.", set(), {"Russia"}),
    ("A NATO plane crashed in Kenya.", set(), {"NATO"}),
    ("Vladimir Putin visited Vladivostok on Monday.", set(), {"Vladimir Putin"}),
]


@pytest.mark.parametrize(("text", "things", "others"), NAMED, ids=[row[0] for row in NAMED])
def test_a_thing_is_called_by_its_noun_and_names_and_is_nobody(text: str, things: set[str], others: set[str]) -> None:
    report = max(extracted(text).reports, key=lambda r: r.salience)
    named = {p.actor.name for p in report.actors if p.actor.kind is ActorKind.THING}
    assert named == things
    assert others <= {p.actor.name for p in acting(report.actors)}
    assert not [p for p in report.actors if p.actor.kind is ActorKind.THING and p.actor.country]


def test_the_plane_is_the_only_one_that_the_article_names() -> None:
    one = "An Embraer plane crashed in Kenya on Monday. Rebels attacked the plane on Tuesday."
    found = [p for r in extracted(one).reports if r.kind == "attack" for p in r.actors]
    assert [(p.actor.name, p.words, p.role) for p in found if p.actor.kind is ActorKind.THING] == [
        ("Embraer plane", "plane", Role.TARGET)
    ]
    two = f"{one} A Cessna plane crashed in Ghana on Sunday."
    found = [p for r in extracted(two).reports if r.kind == "attack" for p in r.actors]
    assert not [p for p in found if p.actor.kind is ActorKind.THING]


def test_a_thing_counts_for_nothing_when_a_happening_is_weighed() -> None:
    with_name, without = "The Zika virus spread to Ghana on Monday.", "The virus spread to Ghana on Monday."
    assert extracted(with_name).reports[0].salience == extracted(without).reports[0].salience


def test_the_eruption_is_not_the_tsunami_that_the_article_told_of() -> None:
    text = "A tsunami hit Ghana on Monday. Experts said the recent eruption of Krakatoa caused it."
    told = {r.words: r.happening for r in extracted(text).reports if r.kind == "disaster"}
    assert told["tsunami hit"] != told["eruption"]


def test_the_noun_and_the_verb_that_tell_one_happening_are_one() -> None:
    told = [r for r in extracted("A tsunami hit Ghana on Monday.").reports if r.kind == "disaster"]
    assert [r.words for r in told] == ["tsunami hit"]


def test_a_tanker_with_a_name_is_no_tanker_besides() -> None:
    reports = extracted("Iran seized the British tanker Stena Impero on Friday.").reports
    assert {p.actor.name for r in reports for p in r.actors} == {"Iran", "United Kingdom", "Stena Impero"}
