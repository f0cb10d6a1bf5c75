"""Which actors are suggested as one, and above all which are not."""

from __future__ import annotations

import time

import pytest

from timeline.model import Actor, ActorKind
from timeline.store import ActorRow
from timeline.store.alike import Alike, pairs


def row(
    name: str, country: str = "MMR", kind: ActorKind = ActorKind.PERSON, id_: str = "", events: int = 1
) -> ActorRow:
    return ActorRow(Actor(name, kind, country, id_), (name,), events, None, None)


def found(first: str, second: str, kind: ActorKind = ActorKind.PERSON) -> list[Alike]:
    return pairs([row(first, kind=kind), row(second, kind=kind)])


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("Min Aung Hlaing", "Ming Aung Hlaing", "spelling"),
        ("Min Aung Hlaing", "Min Aung Hlain", "spelling"),
        ("Than Shwe", "Tan Shwe", "spelling"),
        ("Muammar Gaddafi", "Moammar Qaddafi", "spelling"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "spelling"),
        ("Aleksandr Lukashenko", "Alexander Lukashenko", "spelling"),
        ("Alyaksandr Lukashenka", "Aleksandr Lukashenko", "spelling"),
        ("Hassan Rouhani", "Hasan Rohani", "spelling"),
        ("Mohammed Ali Khan", "Muhammad Ali Khan", "spelling"),
        ("Sergei Lavrov", "Sergey Lavrov", "spelling"),
        ("Suharto", "Soeharto", "spelling"),
        ("Kim Jong Un", "Kim Jongun", "spaces"),
        ("Kim Jong Un", "Jong Un Kim", "order"),
        ("Senior Gen. Than Tun", "Than Tun", "title"),
        ("J. Biden", "Joe Biden", "initials"),
        ("George Bush", "George W. Bush", "initials"),
    ],
)
def test_near_names_are_suggested(first: str, second: str, why: str) -> None:
    assert [pair.reason for pair in found(first, second)] == [why]
    assert [pair.reason for pair in found(second, first)] == [why]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Aung San", "Aung San Suu Kyi"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Kim Jong Un", "Kim Jong Nam"),
        ("Kim Yong Nam", "Kim Jong Nam"),
        ("George W. Bush", "George H. W. Bush"),
        ("Wang Yi", "Wang Li"),
        ("Wang Yi", "Wang Yu"),
        ("Li Peng", "Li Feng"),
        ("Chong Chan", "Chang Chun"),
        ("Hlaing", "Min Aung Hlaing"),
        ("Maria Lopez", "Mario Lopez"),
        ("Ivan Petrov", "Ivana Petrova"),
        ("Raúl Castro", "Fidel Castro"),
        ("Hun Sen", "Hun Manet"),
        ("Saddam Hussein", "Uday Hussein"),
        ("Hassan Nasrallah", "Hussein Nasrallah"),
        ("Park Chung Hee", "Park Geun Hye"),
    ],
)
def test_shared_words_alone_are_nothing(first: str, second: str) -> None:
    assert found(first, second) == []


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("National League for Democracy", "NLD", ["acronym"]),
        ("Arakan Army", "The Arakan Army", ["small words"]),
        ("Arakan Army", "Karen Army", []),
        ("Ministry of Defence", "Ministry of Defense", ["spelling"]),
    ],
)
def test_organisations_have_acronyms_and_no_initials(first: str, second: str, why: list[str]) -> None:
    assert [pair.reason for pair in found(first, second, ActorKind.ORGANISATION)] == why


def test_only_actors_of_one_sort_and_country_are_one() -> None:
    assert pairs([row("Than Tun"), row("Gen. Than Tun", "THA")]) == []
    assert pairs([row("Than Tun"), row("Than Tunn", kind=ActorKind.GROUP)]) == []
    assert [pair.reason for pair in pairs([row("Than Tun"), row("Than Tun", "")])] == [
        "same name, one without a country"
    ]
    assert pairs([row("Hlaing"), row("Hlaing", "")]) == []


def test_whom_the_reference_data_knows_as_two_are_two() -> None:
    assert pairs([row("Ali Khamenei", id_="Q1"), row("Ali Khomeini", id_="Q2")]) == []
    pair = pairs([row("Ali Khameni", events=5), row("Ali Khamenei", id_="Q1")])[0]
    assert (pair.actor.id, pair.other.name, pair.events) == ("Q1", "Ali Khameni", 6)


def test_many_actors_take_seconds() -> None:
    """500 names of three syllables in each of 40 countries."""
    syllables = ("Aung", "Htin", "Kyaw", "Lwin", "Maung", "Myint", "Naing", "Phyo", "Swe", "Thant", "Thura", "Win")
    names = [f"{a} {b} {c}" for a in syllables for b in syllables for c in syllables][:500]
    rows = [row(name, f"C{number:02}") for number in range(40) for name in names]
    began = time.process_time()
    pairs(rows)
    assert time.process_time() - began < 30
