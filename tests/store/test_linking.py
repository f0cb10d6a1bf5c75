"""Which happenings are one event: evidence for and against, and groups that are the same in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import extracted
from timeline.model import Actor, ActorKind, Event, Modality, Participation, Place, PlaceExactness, Role, Span, When
from timeline.model.merging import Sourced, derive
from timeline.reference import kinds
from timeline.store import linking
from timeline.store.linking import Comparer, Linkable, blocks, compare, crowds, differ, stance
from timeline.store.linking.comparing import NEARLY, compare_undated
from timeline.store.linking.evidence import evidence, points

MOSCOW = Place("Moscow", "RUS", 55.75, 37.62, PlaceExactness.CITY, "geonames:524901", region="Moscow")
KREMLIN = Place("Kremlin", "RUS", 55.752, 37.617, PlaceExactness.SITE, "tl:kremlin")
KHERSON = Place("Kherson", "UKR", 46.64, 32.61, PlaceExactness.CITY, "geonames:706448", region="Kherson Oblast")
ODESA = Place("Odesa", "UKR", 46.48, 30.73, PlaceExactness.CITY, "geonames:698740", region="Odesa Oblast")
KHERSON_OBLAST = Place("Kherson Oblast", "UKR", exactness=PlaceExactness.REGION)


def item(source: str = "one", **given: Any) -> Linkable:
    """A meeting of Putin with Min Aung Hlaing in Moscow, but for what is given."""
    kind = given.pop("kind", "meeting")
    edtf = given.pop("when", "2025-03-04")
    of: dict[str, Any] = {
        "key": f"key of {source} {kind} {edtf}",
        "source": source,
        "kind": kind,
        "kinds": {kind},
        "family": kinds.get(kind).family or kind,
        "modality": Modality.ACTUAL,
        "when": When.of(edtf),
        "people": {"putin", "mah"},
        "countries": {"RUS", "MMR"},
        "place": MOSCOW,
        "reader": "timeline-default",
    }
    of |= given
    return Linkable(**{name: frozenset(value) if isinstance(value, set) else value for name, value in of.items()})


def strike(source: str = "one", **given: Any) -> Linkable:
    """An air strike of Russia on Kherson, told by eight telling words."""
    base: dict[str, Any] = {
        "kind": "air strike",
        "people": set(),
        "countries": {"RUS", "UKR"},
        "place": KHERSON,
        "doers": {"RUS"},
        "targets": {"UKR"},
        "words": {"17", "drone", "hospit", "killed", "market"},
        "names": {"17"},
        "told": {"strike"},
    }
    return item(source, **(base | given))


def coup(source: str = "one", **given: Any) -> Linkable:
    base: dict[str, Any] = {"kind": "coup", "people": set(), "countries": {"MMR"}, "place": None}
    return item(source, **(base | {"when": "2021-02-01"} | given))


def joined(a: Linkable, b: Linkable) -> bool:
    link = compare(a, b)
    return link is not None and link.sure


def test_one_meeting_told_by_two_sources_is_one() -> None:
    link = compare(item("one"), item("other", place=None, people={"putin", "mah", "lavrov"}))
    assert link is not None
    assert link.sure
    assert link.score > 0.8
    assert link.reasons[:3] == ("same kind, meeting", "same day 2025-03-04", "both name mah, putin")
    assert "both concern Myanmar and Russia" in link.reasons


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("2021-02", "2021-02-01", True),
        ("2021", "2021-02-01", False),  # a country may have two in a year: a body or words must say more
        ("2021-01", "2021-02-01", False),
        ("2021-01-31", "2021-02-01", False),
        ("2021-01-31T23:30", "2021-02-01T01:00", True),
        ("2021-01-31T08:00", "2021-02-01T01:00", False),
        ("../2021-02-01", "2021-02-01", False),
        ("", "2021-02-01", False),
    ],
)
def test_dates_meet_where_one_holds_the_other(first: str, second: str, one: bool) -> None:
    a, b = coup("one", when=first), coup("other", when=second)
    assert joined(a, b) == one
    assert not one or blocks(a) & blocks(b)


def test_days_next_to_each_other_are_asked_about_and_never_joined() -> None:
    rich = {"words": {"elepha", "nuclea", "plants", "17"}, "names": {"17"}, "told": {"met"}}
    a, b = item("one", **rich), item("other", when="2025-03-05", **rich)
    link = compare(a, b)
    assert link is not None
    assert not link.sure
    assert "days next to each other, 2025-03-04 and 2025-03-05" in link.reasons
    assert differ(a, b)
    assert blocks(a) & blocks(b)
    assert not blocks(a) & blocks(item("other", when="2025-03-06"))
    assert compare(item("one", place=None, people={"mah"}), item("other", when="2025-03-05", people=set())) is None


def test_what_is_told_as_the_news_of_a_day_may_have_been_on_the_day_before() -> None:
    told = {"told": {"met"}, "countries": {"RUS"}}
    dated, news = item("one", **told), item("other", when="2025-03-05", news=date(2025, 3, 5), **told)
    assert joined(dated, news)
    assert not differ(dated, news)
    link = compare(dated, news)
    assert link is not None
    assert "2025-03-04, told as news on 2025-03-05" in link.reasons
    assert not joined(item("one", news=date(2025, 3, 4), **told), news)
    assert differ(item("one", when="2025-03-06", **told), news)
    assert differ(item("one", when="2025-03-03", **told), news)
    assert joined(coup(), coup("other", when="2021-02-02", news=date(2021, 2, 2)))


def test_a_day_is_of_the_news_where_nothing_but_the_publication_dates_it() -> None:
    met = extracted("Vladimir Putin met Min Aung Hlaing in Moscow on Tuesday.", "2025-03-05").reports[0]

    def news(when: When, span: Span = met.span) -> date | None:
        sourced = [Sourced(replace(met, when=when, span=span), "article 1", published=date(2025, 3, 5))]
        return Linkable.of("k", derive(sourced), sourced).news

    assert news(When.of("2025-03-05")) == date(2025, 3, 5)
    assert news(When.of("2025-03-05", words="on Wednesday")) is None
    assert news(When.of("2025-03-04")) is None
    assert news(When.of("2025-03")) is None
    assert news(When.of("2025-03-05"), Span(0, 0)) is None, "a row of a data set was dated by people"


def test_what_two_sources_tell_by_one_sentence_is_one() -> None:
    said = {"kind": "statement", "people": {"putin"}, "place": None, "countries": {"RUS"}, "told": {"said"}}
    words = {"words": {"nuclear", "plants"}}
    assert not joined(item("one", **said, **words), item("other", **said, **words))
    same = words | {"sentences": {"putin said that nuclear plants would follow"}}
    assert joined(item("one", **said, **same), item("other", **said, **same))


def test_a_body_is_founded_and_a_thing_launched_once() -> None:
    nobody: dict[str, Any] = {"people": set(), "place": None, "countries": set()}
    asean = nobody | {"kind": "founding", "bodies": {"asean"}, "targets": {"asean"}, "when": "1967"}
    assert joined(item("one", **asean), item("other", **(asean | {"when": "1967-08-08"})))
    assert joined(item("one", **asean), item("other", **asean))
    assert not joined(item("one", **asean), item("other", **(asean | {"targets": set()})))
    belt = nobody | {"kind": "launch", "things": {"thing:belt-and-road"}, "countries": {"CHN"}, "told": {"launched"}}
    dated, undated = item("one", **belt, when="2013-09-07"), item("other", **belt, when="../2020-08-09")
    assert at_once([dated, undated]).events == {frozenset({dated.key, undated.key})}
    again = item("third", **belt, when="2015-05-01")
    assert len(at_once([dated, undated, again]).events) == 3


def test_a_vague_year_joins_what_happens_once_when_more_speaks_for_it() -> None:
    army = {"bodies": {"army-of-myanmar"}, "told": {"coup"}}
    a, b = coup("one", when="2021", **army), coup("other", **army)
    assert joined(a, b)
    assert blocks(a) & blocks(b)


@pytest.mark.parametrize(
    "other",
    [
        {"when": "2025-03-06"},
        {"modality": Modality.PLANNED},
        {"kind": "visit"},
        {"people": {"xi"}},
        {"people": {"putin", "xi"}},
        {"countries": {"CHN"}},
        {"place": KHERSON},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_contradicts_is_never_one(other: dict[str, Any]) -> None:
    a, b = item("one"), item("other", **other)
    assert compare(a, b) is None
    assert differ(a, b)


@pytest.mark.parametrize(
    ("place", "same"),
    [(KHERSON, True), (KHERSON_OBLAST, True), (None, True), (ODESA, False), (MOSCOW, False)],
)
def test_places_of_one_level_differ_and_a_region_holds_its_cities(place: Place | None, same: bool) -> None:
    assert differ(strike("one"), strike("other", place=place)) != same


def test_a_site_lies_in_its_city() -> None:
    assert joined(item("one", place=KREMLIN), item("other", place=MOSCOW))


def test_who_strikes_is_not_who_is_struck() -> None:
    assert joined(strike("one"), strike("other"))
    assert compare(strike("one"), strike("other", doers={"UKR"}, targets={"RUS"})) is None


def test_two_strikes_of_a_war_in_one_day_need_more_than_the_day() -> None:
    bare = {"place": None, "words": set(), "names": set(), "told": set()}
    assert not joined(strike("one", **bare), strike("other", **bare))


def test_a_country_and_a_day_are_too_little() -> None:
    law = {"kind": "law", "people": set(), "countries": {"USA"}, "place": None}
    assert not joined(item("one", **law), item("other", **law))


def test_statements_of_a_day_are_one_only_in_the_same_words() -> None:
    said = {"kind": "statement", "people": {"putin"}, "place": None, "countries": {"RUS"}}
    words = {"nuclear", "plant", "elephants", "thanked", "general", "gift", "six", "energy"}
    assert not joined(item("one", **said, words={"nuclear"}), item("other", **said, words={"nuclear", "bank"}))
    assert joined(item("one", **said, words=words), item("other", **said, words=words))


def test_condemnations_by_two_are_two() -> None:
    said = {"kind": "condemnation", "people": set(), "countries": {"KEN"}, "place": None, "targets": {"KEN"}}
    words = {"words": {"Embassy", "Nairobi", "bombing"}, "names": {"Embassy", "Nairobi"}}
    cyprus, iran = item("one", **said, **words, doers={"CYP"}), item("other", **said, **words, doers={"IRN"})
    assert compare(cyprus, iran) is None


def test_an_acquittal_is_no_conviction() -> None:
    court: dict[str, Any] = {"people": {"suu kyi"}, "countries": {"MMR"}, "place": None}
    court["told"] = {"court"}
    assert joined(item("one", kind="sentence", **court), item("other", kind="sentence", **court))
    assert compare(item("one", kind="acquittal", **court), item("other", kind="conviction", **court)) is None


def test_what_one_source_tells_apart_stays_apart_but_for_two_extractors() -> None:
    assert compare(item("one", key="a"), item("one", key="b")) is None
    words = {"triggers": {Span(3, 9)}, "people": {"xi"}}
    twice = compare(item("one", key="a", triggers={Span(5, 7)}), item("one", key="b", reader="llm", **words))
    assert twice is not None
    assert twice.sure
    assert twice.reasons == ("the same words, read by two extractors",)
    assert compare(item("one", key="a", triggers={Span(11, 12)}), item("one", key="b", reader="llm", **words)) is None


@pytest.mark.parametrize(
    ("other", "one"),
    [
        ({}, True),
        ({"countries": set(), "beside": {"MMR"}}, True),
        ({"when": "2020-12"}, False),
        ({"when": "2020-11-09"}, False),
        ({"when": "2020"}, False),  # there may have been another one in the year: a person is asked
        ({"countries": {"USA"}}, False),
        ({"kind": "vote"}, False),
    ],
)
def test_a_country_hardly_has_two_elections_in_a_month(other: dict[str, Any], one: bool) -> None:
    base: dict[str, Any] = {"kind": "election", "people": set(), "countries": {"MMR"}, "place": None}
    base["told"] = {"electi"}
    told = item("other", **(base | {"when": "2020-11"} | other))
    assert joined(item("one", **base, when="2020-11-08"), told) is one


def test_what_happens_once_may_be_told_twice() -> None:
    assert joined(coup("one", key="a", people={"mah"}), coup("one", key="b", people={"suu kyi"}))
    assert compare(coup("one", key="a"), coup("one", key="b", when="2021-02")) is None


def killing(source: str = "one", **given: Any) -> Linkable:
    victim: dict[str, Any] = {"kind": "killing", "people": {"slepian"}, "targets": {"slepian"}, "countries": set()}
    return item(source, **(victim | {"place": None, "when": "1998-10-23", "told": {"killed"}} | given))


def test_a_coup_of_no_country_is_that_of_a_country_that_its_sentence_names() -> None:
    """ "Putin met Myanmar's ruler for the first time since the coup in February 2021"."""
    nameless = coup("other", when="2021-02", countries=set(), beside={"MMR", "RUS"})
    assert joined(coup(), nameless)
    assert compare(coup(countries={"NER"}), nameless) is None
    assert compare(coup("third", when="2021-02", countries=set(), beside={"MMR"}), nameless) is None
    meeting = item("other", countries=set(), people=set(), place=None, beside={"MMR", "RUS"})
    assert compare(item(people=set(), place=None), meeting) is None


def test_a_person_is_killed_once_even_if_only_the_year_is_told() -> None:
    last_fall = killing("other", when="1998")
    assert joined(killing("one"), last_fall)
    assert blocks(killing("one")) & blocks(last_fall)
    assert joined(killing("one"), killing("other", kind="death", targets=set(), doers={"slepian"}))
    assert not joined(killing("one", kind="shooting"), last_fall)
    assert not joined(killing("one", people={"kopp"}, targets=set(), doers={"kopp"}), killing("other", when="1998"))


def arrest(source: str = "one", **given: Any) -> Linkable:
    """Soldiers arrest a president of Myanmar's, in Myanmar."""
    base: dict[str, Any] = {"kind": "arrest", "people": {"wm"}, "targets": {"wm", "MMR"}, "countries": {"MMR"}}
    base |= {"place": None, "when": "2021-02-01", "doers": {"group:soldiers"}}
    return item(source, **(base | given))


STATE = arrest("row", doers={"MMR"})
HOME, ABROAD = (Place(name, code, exactness=PlaceExactness.CITY) for name, code in (("Bago", "MMR"), ("Delhi", "IND")))


@pytest.mark.parametrize(
    ("told", "one"),
    [
        ({}, True),
        ({"doers": {"group:riot-police", "group:soldiers"}}, True),
        ({"place": HOME}, True),
        ({"place": ABROAD, "countries": {"IND", "MMR"}}, False),
        ({"doers": {"group:protesters"}}, False),
        ({"doers": {"group:rebel-forces"}}, False),
        ({"doers": {"group:soldiers", "group:gunmen"}}, False),
        ({"doers": {"group:soldiers:IND", "IND"}}, False),
        ({"doers": {"someone"}}, False),
        ({"kind": "capture"}, False),
        ({"when": "2021-02"}, False),
        ({"people": {"assk"}, "targets": {"assk", "MMR"}}, False),
    ],
)
def test_soldiers_of_nobody_in_particular_may_be_those_of_the_state_that_does_it(
    told: dict[str, Any], one: bool
) -> None:
    forces = arrest(**told)
    assert joined(forces, STATE) is one
    assert joined(STATE, forces) is one


ALLIANCE, LEAGUE = ("alliance", "tl:three-brotherhood-alliance"), ("league", "tl:arakan-league")
REBELS, TRADERS = ("alliance", "group:alliance-of-rebels"), ("alliance", "group:alliance-of-traders")


def offensive(source: str = "one", **given: Any) -> Linkable:
    """An alliance of rebels attacks army posts in a region of Myanmar, described and not named."""
    base: dict[str, Any] = {"kind": "attack", "people": set(), "countries": {"MMR"}, "when": "2023-10-27"}
    base |= {"place": KHERSON_OBLAST, "doers": {REBELS[1]}, "bodies": {REBELS[1]}, "described": {REBELS}}
    return item(source, **(base | {"words": {"posts", "village"}, "told": {"offens"}} | given))


def named(*bodies: tuple[str, str], **given: Any) -> Linkable:
    keys = {key for _, key in bodies}
    return offensive("other", **({"doers": keys, "bodies": keys, "described": set(), "named": set(bodies)} | given))


@pytest.mark.parametrize(
    ("other", "one"),
    [
        (named(ALLIANCE), True),
        (named(ALLIANCE, LEAGUE), True),
        (named(LEAGUE), False),
        (named(ALLIANCE, ("alliance", "tl:a-third-alliance")), False),
        (offensive("other", described={TRADERS}, bodies={TRADERS[1]}, doers={TRADERS[1]}), False),
    ],
    ids=["the one that is named", "beside another", "no alliance", "two alliances", "described in other words"],
)
def test_a_body_that_is_described_may_be_the_one_that_another_source_names(other: Linkable, one: bool) -> None:
    for a, b in ((offensive(), other), (other, offensive())):
        link = compare(a, b)
        assert (link is not None and link.sure) is one
        assert (link is not None and f"{ALLIANCE[1]} may be called {REBELS[1]}" in link.reasons) is one


@pytest.mark.parametrize(
    ("text", "described", "named"),
    [
        ("An alliance of three ethnic armed groups attacked Mandalay on Friday.", {"alliance"}, set()),
        ("The Three Brotherhood Alliance attacked Mandalay on Friday.", set(), {"alliance"}),
        ("Rebel officials attacked the village of Bagan on Friday.", set(), set()),
        ("Gunmen attacked Mandalay on Friday.", set(), set()),
    ],
)
def test_one_body_is_described_by_the_noun_that_its_name_ends_in(
    text: str, described: set[str], named: set[str]
) -> None:
    told = _of(text, "attack")
    assert {noun for noun, _ in told.described} == described
    assert {noun for noun, _ in told.named} == named


def test_an_article_of_soldiers_and_a_row_of_their_country_are_one_event() -> None:
    text = "Soldiers arrested President Win Myint on 1 February 2021 and brought him to a barracks near the airport."
    told = _of(text, "arrest")
    assert told.doers == {"group:soldiers"}
    (victim,) = told.people
    row = {"people": {victim}, "targets": {victim, "MMR"}, "kind": told.kind}
    assert joined(told, arrest("row", doers={"MMR"}, **row))
    assert not joined(told, arrest("row", doers={"THA"}, countries={"MMR", "THA"}, **row))


def test_a_year_too_vague_to_link_one_keeps_no_others_apart() -> None:
    words = {"words": {"52", "sniper", "kitche"}, "names": {"52"}}
    shot = killing("two", kind="shooting", **words)
    assert len(at_once([killing("one", **words), shot, killing("three", when="1998")]).events) == 1


def test_words_are_numbers_names_and_long_words_that_no_actor_has() -> None:
    text = "On Tuesday, Vladimir Putin met Min Aung Hlaing in Moscow about 1,200 PhDs and 6 elephants from Bagan."
    first = _of(text, "meeting")
    assert {"1200", "phds", "bagan", "elepha"} <= first.words
    assert {"1200", "phds", "bagan"} == first.names
    assert not first.words & {"putin", "vladim", "hlaing", "moscow", "tuesda", "tuesday", "6"}
    assert first.told == {"met"}
    assert {first.called[key] for key in first.people} == {"Vladimir Putin", "Min Aung Hlaing"}


def _of(text: str, kind: str, source: str = "s") -> Linkable:
    reports = [Sourced(r, source=source) for r in extracted(text).reports if r.kind == kind]
    return Linkable.of("key", derive(reports), reports)


def test_a_group_that_is_no_more_than_people_is_nobody() -> None:
    people = Actor("people", ActorKind.GROUP)
    event = Event("t", "s", When.of("2021"), "OTHER", "death", Modality.ACTUAL, 0.5)
    report = extracted("Putin visited Myanmar on Monday.").reports[0]
    named = replace(event, actors=(Participation(people, Role.TARGET),))
    assert Linkable.of("k", named, [Sourced(report)]).bodies == frozenset()


# Groups.

POOL = st.fixed_dictionaries(
    {
        "source": st.sampled_from("abcdef"),
        "reader": st.sampled_from(["timeline-default", "timeline-default", "llm"]),
        "kind": st.sampled_from(["meeting", "talks", "coup", "air strike", "killing", "death", "launch", "statement"]),
        "when": st.sampled_from(
            [
                *("2021-02-01", "2021-02-01", "2021-02-02", "2021-02", "2021", "2021-02-01T23:00", "2021-02-02T02:00"),
                *("", "../2021-06-01", "../2021-02-01"),
            ]
        ),
        "modality": st.sampled_from([Modality.ACTUAL] * 5 + [Modality.PLANNED]),
        "people": st.sets(st.sampled_from(["p", "q", "r"]), max_size=2),
        "bodies": st.sets(st.sampled_from(["o"]), max_size=1),
        "described": st.sets(st.just(("front", "d")), max_size=1),
        "named": st.sets(st.sampled_from([("front", "o"), ("front", "n")]), max_size=2),
        "countries": st.sets(st.sampled_from(["RUS", "MMR"]), max_size=2),
        "beside": st.sets(st.sampled_from(["RUS", "MMR"]), max_size=2),
        "place": st.sampled_from([None, None, KHERSON, KHERSON_OBLAST, MOSCOW]),
        "words": st.sets(st.sampled_from(["17", "drone", "market", "killed"]), max_size=4),
        "doers": st.sets(st.sampled_from(["RUS", "p", "group:soldiers", "d", "o"]), max_size=1),
        "targets": st.sets(st.sampled_from(["RUS", "p"]), max_size=1),
        "told": st.sets(st.sampled_from(["met", "struck"]), max_size=1),
        "triggers": st.sets(st.sampled_from([Span(0, 3), Span(2, 5), Span(7, 9)]), max_size=1),
        "things": st.sets(st.sampled_from(["thing:t", "thing:u"]), max_size=1),
        "sentences": st.sets(st.sampled_from(["a drone struck the market and killed 17"]), max_size=1),
        "news": st.sampled_from([None, None, date(2021, 2, 2)]),
    }
)


@st.composite
def mixed(draw: st.DrawFn) -> list[Linkable]:
    drawn = draw(st.lists(POOL, min_size=2, max_size=12))
    names = draw(st.permutations(range(len(drawn))))
    return [item(**given, key=f"{name:02d}") for name, given in zip(names, drawn, strict=True)]


def crowd(seed: int) -> list[Linkable]:
    """Meetings that little but place, day, people and source tell apart: links abound, are equal, and quarrel."""
    random = Random(seed)  # noqa: S311  (no secret is made of it)
    return [_one_of_crowd(random, f"{number:02d}") for number in range(random.randint(4, 14))]


def _one_of_crowd(random: Random, key: str) -> Linkable:
    return item(
        random.choice("abcdefgh"),
        key=key,
        when=random.choice(["2021-02-01"] * 3 + ["2021-02-02", "2021-02"]),
        people=random.choice([{"p"}, {"p"}, {"p", "q"}, {"p", "r"}]),
        countries=random.choice([{"UKR"}, {"UKR", "RUS"}]),
        place=random.choice([None, None, KHERSON, ODESA, KHERSON_OBLAST]),
        words={word for word in ("drone", "market", "killed", "hospit") if random.random() < 0.5},
    )


def coups(seed: int) -> list[Linkable]:
    """Coups with and without a date: what could be one only, one of two, or none."""
    random = Random(seed)  # noqa: S311  (no secret is made of it)
    return [_one_of_coups(random, f"{number:02d}") for number in range(random.randint(3, 12))]


def _one_of_coups(random: Random, key: str) -> Linkable:
    return coup(
        random.choice("abcdefgh"),
        key=key,
        when=random.choice(
            ["2021-02-01", "2021-02", "2021-09-05", "2013-07", "../2022-01-01", "../2021-03-01", "../2015"]
        ),
        countries=random.choice([{"MMR"}, {"MMR"}, {"GIN"}, {"MMR", "GIN"}]),
        bodies=random.choice([set(), {"army"}, {"army"}, {"guard"}]),
        place=random.choice([None, None, None, KHERSON, ODESA]),
        words={word for word in ("power", "toppled", "tanks") if random.random() < 0.5},
    )


FEW = st.sampled_from([1, 2, 4, crowds.FEW])


def stores() -> st.SearchStrategy[list[Linkable]]:
    # Hypothesis draws short and alike lists, where ties hardly ever decide anything: a seed draws long ones.
    return st.one_of(mixed(), st.integers(0, 2**32).map(crowd), st.integers(0, 2**32).map(coups))


class Shelf:
    """What the store does: items by row, those that share a block or an article, and the events as they are now."""

    def __init__(self) -> None:
        self.items: dict[int, Linkable] = {}
        self.event: dict[int, frozenset[int]] = {}

    def load(self, wanted: Iterable[int]) -> Mapping[int, Linkable]:
        return {row: self.items[row] for row in wanted if row in self.items}

    def near(self, rows: Sequence[int]) -> Mapping[int, Sequence[int]]:
        speak = {block: crowds.speaking(ranks) for block, ranks in self.ranks().items()}
        kept = {row: blocks(each) for row, each in self.items.items()}

        def meet(row: int, other: int) -> bool:
            return any({row, other} & speak[block] for block in kept[row] & kept[other]) or self._beside(row, other)

        return {row: [other for other in kept if other != row and meet(row, other)] for row in rows}

    def ranks(self) -> dict[int, dict[int, crowds.Rank]]:
        """Of all that stand under a key; "e" and "f" are data sets."""
        found: dict[int, dict[int, crowds.Rank]] = defaultdict(dict)
        for row, each in self.items.items():
            dataset = " ef".find(each.source) + 1
            for block in blocks(each):
                found[block][row] = (-1 - dataset if each.days is None else dataset, each.key)
        return found

    def _beside(self, row: int, other: int) -> bool:
        return self.items[row].source == self.items[other].source and self.items[row].reader != self.items[other].reader

    def add(self, rows: Mapping[int, Linkable]) -> None:
        before, items = self.ranks(), self.items
        self.items = items | rows
        after, self.items = self.ranks(), items
        coming = {block: {row: ranks[row] for row in ranks.keys() & rows.keys()} for block, ranks in after.items()}
        gone = {row for block, ranks in before.items() for row in crowds.silenced(ranks, coming[block])}
        seeds = set(linking.reach(gone, self.load, self.near).items)
        self.items = items | rows
        self.derive(set(rows) | seeds)

    def remove(self, rows: set[int]) -> None:
        touched = set(linking.reach(rows, self.load, self.near).items) | {m for row in rows for m in self.event[row]}
        touched.update(row for ranks in self.ranks().values() for row in crowds.heard(ranks, rows))
        for row in rows:
            del self.items[row], self.event[row]
        self.derive(touched - rows)

    def derive(self, seeds: set[int]) -> None:
        for group in linking.linked(seeds, self.load, self.near):
            self.event.update(dict.fromkeys(group.members, group.members))

    @property
    def events(self) -> set[frozenset[str]]:
        assert all(row in members for row, members in self.event.items())
        return {frozenset(self.items[row].key for row in members) for members in self.event.values()}


@contextmanager
def a_crowd_from(few: int) -> Iterator[None]:
    """Within, so few under one key are no crowd yet."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(crowds, "FEW", few)
        yield


def at_once(items: Collection[Linkable]) -> Shelf:
    shelf = Shelf()
    shelf.add(dict(enumerate(items)))
    return shelf


@given(POOL, POOL)
def test_evidence_is_the_same_from_both_sides_and_stands_in_one_block(one: Any, other: Any) -> None:
    a, b = item(**one, key="a"), item(**other, key="b")
    there, back = compare(a, b), compare(b, a)
    assert there == back
    assert differ(a, b) == differ(b, a)
    vague = compare_undated(a, b)
    assert vague == compare_undated(b, a)
    assert vague is None or blocks(a) & blocks(b)
    if there is not None:
        assert back is not None
        assert there.reasons == back.reasons
        assert there.reasons
        assert blocks(a) & blocks(b) or (a.source == b.source and a.reader != b.reader)


@given(POOL, POOL, POOL)
def test_who_takes_the_same_stance_contradicts_the_same_others(one: Any, two: Any, other: Any) -> None:
    a, b, third = item(**one, key="a"), item(**(two | {n: one[n] for n in STANCE}), key="b"), item(**other, key="c")
    assert stance(a) == stance(b)
    assert differ(a, third) == differ(b, third)


STANCE = ("kind", "when", "modality", "people", "bodies", "countries", "place", "doers", "targets", "things", "news")


@given(st.lists(POOL, min_size=2, max_size=8))
def test_many_are_compared_as_two_are(drawn: list[Any]) -> None:
    comparer = Comparer()
    items = [item(**given, key=f"{number}") for number, given in enumerate(drawn)]
    for a, b in combinations(items, 2):
        link = compare(a, b)
        assert comparer.points(a, b) == (link and link.points)
        if link is not None and a.source != b.source and link.points != NEARLY:
            assert link.points == points(evidence(a, b))


def test_in_a_crowd_all_meet_those_who_speak_and_each_data_set_speaks_for_itself() -> None:
    few = {row: (0, f"{99 - row:02d}") for row in range(crowds.FEW)}
    assert crowds.speaking(few) == few.keys()
    many = {row: (0, f"{99 - row:02d}") for row in range(crowds.FEW + 9)}
    assert crowds.speaking(many) == set(range(9, crowds.FEW + 9))
    assert crowds.silenced(few, {row: many[row] for row in range(crowds.FEW, crowds.FEW + 9)}) == set(range(9))
    assert crowds.heard(many, {40, 2}) == {8}
    rows = {100 + row: (7, f"{row:04d}") for row in range(500)}
    assert crowds.speaking(few | rows) == few.keys() | set(range(100, 100 + crowds.FEW))


def test_a_happening_that_many_tell_in_their_own_words_is_compared_with_few() -> None:
    words = ["drone", "market", "killed", "hospit", "station", "buses", "rescue", "terror", "governor", "curfew"]
    random, shelf = Random(1), Shelf()  # noqa: S311  (no secret is made of it)
    for row in range(200):
        said = set(random.sample(words, 6))
        shelf.items[row] = strike(f"source {row}", key=f"{random.getrandbits(64):016x}", words=said)
    met = shelf.near(range(200))
    assert sum(map(len, met.values())) <= 2 * 200 * crowds.FEW
    (group,) = linking.linked([0], shelf.load, lambda rows: {row: met[row] for row in rows})
    assert len(group.members) == 200


@settings(max_examples=300, deadline=None)
@given(stores(), st.randoms(use_true_random=False), st.data())
def test_any_order_batching_and_numbering_give_the_same_events(items: list[Linkable], random: Any, data: Any) -> None:
    rows = random.sample(range(100), len(items))
    shuffled = random.sample(items, len(items))
    with a_crowd_from(data.draw(FEW)):
        shelf, rest = Shelf(), list(zip(rows, shuffled, strict=True))
        while rest:
            size = data.draw(st.integers(1, len(rest)))
            shelf.add(dict(rest[:size]))
            rest = rest[size:]
        assert shelf.events == at_once(items).events


@settings(max_examples=300, deadline=None)
@given(stores(), st.data())
def test_what_is_taken_out_leaves_the_store_that_never_had_it(items: list[Linkable], data: Any) -> None:
    gone = data.draw(st.sets(st.integers(0, len(items) - 1), max_size=3))
    with a_crowd_from(data.draw(FEW)):
        shelf = at_once(items)
        shelf.remove(gone)
        assert shelf.events == at_once([each for row, each in enumerate(items) if row not in gone]).events


@given(stores(), FEW)
def test_no_event_holds_what_contradicts_or_what_a_source_tells_apart(items: list[Linkable], few: int) -> None:
    with a_crowd_from(few):
        shelf = at_once(items)
    for members in set(shelf.event.values()):
        for one in members:
            for other in members - {one}:
                a, b = items[one], items[other]
                assert a.source == b.source or not differ(a, b)
                assert (a.source, a.reader) != (b.source, b.reader) or compare(a, b) is not None


PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] != p[1]), max_size=3)


@given(stores(), PAIRS, PAIRS)
def test_a_persons_judgement_holds(items: list[Linkable], together: list[Any], apart: list[Any]) -> None:
    inside = range(len(items))
    together = [pair for pair in together if pair[0] in inside and pair[1] in inside]
    shelf = at_once(items)
    found = linking.linked(inside, shelf.load, shelf.near, together, apart)
    event = {row: group.members for group in found for row in group.members}
    assert all(event[one] == event[other] for one, other in together)
    if not together:
        assert all(event[one] != event[other] for one, other in apart if one in event and other in event)
    assert linking.linked(inside, shelf.load, shelf.near) == linking.linked(inside, shelf.load, shelf.near, (), ())


def test_a_judgement_reaches_what_no_evidence_reaches() -> None:
    shelf = at_once([item("one"), strike("other"), coup("third")])
    found = linking.linked([0], shelf.load, shelf.near, together=[(0, 1)])
    assert [sorted(group.members) for group in found] == [[0, 1]]


def test_a_vague_date_that_fits_two_joins_neither_until_a_person_says_which() -> None:
    shelf = at_once([item("one", when="2025-03-04"), item("two", when="2025-03-20"), item("three", when="2025-03")])
    assert len(shelf.events) == 3
    group = next(g for g in linking.linked([2], shelf.load, shelf.near) if 2 in g.members)
    assert {link.other(2) for link in group.unsure} == {0, 1}
    told = linking.linked([2], shelf.load, shelf.near, apart=[(2, 1)])
    assert {frozenset({0, 2}), frozenset({1})} == {g.members for g in told}


def test_a_vague_date_does_not_chain_two_days() -> None:
    first = item("one", when="2025-03-04", words={"elephants", "nuclear", "gift"})
    second = item("two", when="2025-03-20")
    vague = item("three", when="2025-03", words={"elephants", "nuclear", "gift", "bank"})
    shelf = at_once([first, second, vague])
    assert shelf.events == {frozenset({first.key, vague.key}), frozenset({second.key})}


LOOSE = {"when": "../2023-10-27", "bodies": {"army"}}


def _coup_with(*others: Linkable, **given: Any) -> bool:
    """Whether a coup of another day, told without a date, joins the first of some others, however they come."""
    loose = coup("loose", **(LOOSE | given))
    found = at_once([loose, *others])
    back = Shelf()
    for row, each in enumerate([*others, loose][::-1]):
        back.add({row: each})
    assert back.events == found.events
    return frozenset({loose.key, others[0].key}) in found.events


def test_a_coup_told_without_a_date_is_the_only_one_that_is_known() -> None:
    known = coup("one", bodies={"army"})
    assert _coup_with(known)
    assert not _coup_with(known, coup("two", when="2021-09-05"))
    assert _coup_with(known, coup("two", when="2021-09-05", countries={"GIN"}))
    assert _coup_with(known, coup("two", when="2024-09-05"))  # after it was told
    assert _coup_with(known, coup("two", when="1988-09-18"))  # longer ago than readers remember
    assert not _coup_with(coup("one", bodies={"army"}, when="1988-09-18"))
    assert not _coup_with(coup("loose", bodies={"army"}))  # one source tells them apart
    assert not _coup_with(known, bodies=set())  # too little says so
    assert not _coup_with(known, when="")  # nothing says by when it was
    assert not _coup_with(known, modality=Modality.PLANNED)
    assert not _coup_with(known, when="../2020-12-31")


def test_it_says_why_and_falls_out_again_when_there_are_two() -> None:
    items = [coup("one", bodies={"army"}), coup("loose", **LOOSE), coup("two", when="2021-09-05")]
    shelf = Shelf()
    shelf.add(dict(enumerate(items[:2])))
    (group,) = linking.linked([0], shelf.load, shelf.near)
    assert "told without a date, and no other is known that it could be" in group.links[0].link.reasons
    shelf.add({2: items[2]})
    assert len(shelf.events) == 3
    shelf.remove({2})
    assert len(shelf.events) == 1


def test_of_one_person_a_killing_without_a_date_is_the_killing() -> None:
    shot = {"kind": "killing", "people": {"doctor"}, "countries": set(), "place": None, "targets": {"doctor"}}
    shelf = at_once([item("one", **shot, when="1998-10-23"), item("two", **shot, when="../1998-11-21")])
    assert len(shelf.events) == 1
    shelf = at_once(
        [item("one", **shot, when="1998-10-23"), item("two", **(shot | {"targets": set()}), when="../1998-11-21")]
    )
    assert len(shelf.events) == 2


def test_what_a_person_put_together_still_takes_new_reports() -> None:
    shelf = at_once([item("one"), item("two", when="2025-03-05"), item("three"), item("four", when="2025-03-06")])
    found = linking.linked(range(4), shelf.load, shelf.near, together=[(0, 1)])
    assert {frozenset({0, 1, 2}), frozenset({3})} == {group.members for group in found}


def test_a_group_tells_the_links_that_made_it() -> None:
    shelf = at_once([item("one"), item("two"), item("three")])
    (group,) = linking.linked([0], shelf.load, shelf.near)
    assert len(group.links) == 2
    assert all("same day 2025-03-04" in link.link.reasons for link in group.links)
    assert group.unsure == ()


def test_an_exact_day_stands_under_few_keys() -> None:
    assert len(blocks(item())) == 9  # two people and a place, on the day and the next; two countries, the pair of them
    assert len(blocks(item(when="2025-03"))) == 4 * 31  # a country alone is too little for a month
    assert blocks(item(when="")) == frozenset()
    assert len(blocks(coup(when="../2023-10-27"))) == 11  # the years that readers remember
    assert all(-(2**63) <= key < 2**63 for key in blocks(item()))


def test_dates_at_the_ends_of_the_calendar_stand_under_keys_too() -> None:
    assert blocks(item(when="9999-12-31T23:00"))
    assert blocks(item(when="0001-01-01T01:00"))
    assert blocks(item(when="9999-12-30/..", modality=Modality.PLANNED))


@settings(max_examples=20)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_is_one_with_its_month(day: date) -> None:
    a, b = item("one", when=day.isoformat()), item("other", when=f"{day:%Y-%m}")
    assert joined(a, b)
    assert blocks(a) & blocks(b)
