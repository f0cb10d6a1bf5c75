"""Exported as the PLOVER manual codes: plans folded, what it has no type for left out."""

from __future__ import annotations

import pytest

from timeline.exports.plover import as_plover, plover_type
from timeline.model import Actor, ActorKind, Event, Modality, Participation, Role
from timeline.model.when import UNKNOWN_WHEN
from timeline.reference import kinds


def _event(kind: str, modality: Modality = Modality.ACTUAL, countries: str = "MMR RUS") -> Event:
    actors = tuple(
        Participation(Actor(code, ActorKind.COUNTRY, country=code), Role.PARTICIPANT) for code in countries.split()
    )
    type_ = kinds.get(kind).type
    return Event(kind, "", UNKNOWN_WHEN, type_, kind, modality, 0.5, actors)


@pytest.mark.parametrize(
    ("kind", "folded"),
    [
        ("meeting", "AGREE"),
        ("treaty signed", "AGREE"),
        ("cooperation", "AGREE"),
        ("military aid", "AGREE"),
        ("withdrawal", "CONCEDE"),
        ("concession", "CONCEDE"),
        ("pledge", "AGREE"),
        ("appeal", "REQUEST"),
        ("condemnation", "ACCUSE"),
        ("rejection", "REJECT"),
        ("threat", "THREATEN"),
        ("protest", "THREATEN"),
        ("sanctions", "THREATEN"),
        ("deployment", "THREATEN"),
        ("arrest", "THREATEN"),
        ("air strike", "THREATEN"),
    ],
)
def test_what_is_planned_is_folded_and_what_happened_is_not(kind: str, folded: str) -> None:
    assert plover_type(_event(kind, Modality.PLANNED)) == folded
    for modality in (Modality.ACTUAL, Modality.DENIED, Modality.HYPOTHETICAL):
        assert plover_type(_event(kind, modality)) == kinds.get(kind).type


def test_an_exercise_of_one_side_alone_is_a_show_of_force() -> None:
    assert plover_type(_event("exercise")) == "COOPERATE"
    assert plover_type(_event("exercise", countries="MMR")) == "MOBILIZE"
    assert plover_type(_event("exercise", Modality.PLANNED, "MMR")) == "THREATEN"
    assert plover_type(_event("exercise", countries="")) == "COOPERATE"


def test_statements_and_what_else_plover_lacks_are_left_out_and_nothing_else_changes() -> None:
    told = [_event("statement"), _event("visit"), _event("election"), _event("visit", Modality.PLANNED)]
    kept = list(as_plover(told))
    assert [(e.type, e.kind, e.modality) for e in kept] == [
        ("CONSULT", "visit", Modality.ACTUAL),
        ("AGREE", "visit", Modality.PLANNED),
    ]
    assert kept[0] == told[1]
