"""Which names mean which country, person, organisation and place, and which mean none."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.reference import countries, organisations, people, places
from timeline.reference.titles import strip_title

COUNTRIES = {
    "Burma": "MMR", "Myanmar": "MMR", "Burmese": "MMR", "Naypyitaw": "MMR", "Ivory Coast": "CIV", "Türkiye": "TUR",
    "Turkey": "TUR", "turkey": None, "Chad": "TCD", "chad": None, "US": "USA", "us": None, "U.S.": "USA",
    "the Kremlin": "RUS", "White House": "USA", "Downing Street": "GBR", "Zhongnanhai": "CHN", "Blue House": "KOR",
    "Brussels": None, "The Hague": None, "USSR": "SUN", "Soviet": "SUN", "Yugoslavia": "YUG", "East Germany": "DDR",
    "Czechoslovakia": "CSK", "Kosovo": "XKX", "Taiwan": "TWN", "Palestinian": "PSE", "Niger": "NER", "Nigerien": "NER",
    "Nigeria": "NGA", "Nigerian": "NGA", "Mali": "MLI", "Malian": "MLI", "Georgia": "GEO", "Jordan": "JOR",
    "Congo": None, "Congolese": None, "DR Congo": "COD", "Congo-Brazzaville": "COG", "Korea": None, "Korean": None,
    "North Korea": "PRK", "South Korean": "KOR", "Guinea": "GIN", "Guinea-Bissau": "GNB", "Equatorial Guinea": "GNQ",
    "Papua New Guinea": "PNG", "Swaziland": "SWZ", "Eswatini": "SWZ", "May": None, "March": None,
}  # fmt: skip
PEOPLE = {
    "Min Aung Hlaing": ["Min Aung Hlaing"], "Suu Kyi": ["Aung San Suu Kyi"], "Aung San": [], "Hlaing": [],
    "Daw Aung San Suu Kyi": ["Aung San Suu Kyi"], "MBS": ["Mohammed bin Salman"], "Xi": ["Xi Jinping"],
    "Lula": ["Luiz Inácio Lula da Silva"], "Kim Jong-un": ["Kim Jong Un"], "Kim Jong Il": ["Kim Jong Il"], "Kim": [],
    "George W. Bush": ["George W. Bush"], "George H.W. Bush": ["George H. W. Bush"], "May": [], "Major": [],
    "Jordan": [], "George Bush": ["George W. Bush", "George H. W. Bush"], "Sergey Lavrov": ["Sergei Lavrov"],
    "Bush Administration": [],
}  # fmt: skip


@pytest.mark.parametrize(("words", "iso3"), COUNTRIES.items())
def test_words_name_the_country_they_mean_or_none(words: str, iso3: str | None) -> None:
    match = countries.lookup(words)
    assert (match.country.iso3 if match else None) == iso3


@pytest.mark.parametrize(("words", "names"), PEOPLE.items())
def test_words_name_the_people_they_mean_or_nobody(words: str, names: list[str]) -> None:
    assert [person.name for person in people.lookup(words)] == names


@pytest.mark.parametrize("name", ["Korea", "congo", "Congolese"])
def test_a_name_of_two_countries_is_ambiguous_for_a_user(name: str) -> None:
    with pytest.raises(AmbiguousError):
        countries.find(name)


def test_a_surname_of_several_people_lists_them() -> None:
    with pytest.raises(AmbiguousError) as raised:
        people.find("Bush")
    assert "George W. Bush" in str(raised.value.hint)
    assert "George H. W. Bush" in str(raised.value.hint)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFoundError) as raised:
        people.find("Min Aung Hlang")
    assert "Min Aung Hlaing" in str(raised.value.hint)


@pytest.mark.parametrize(
    ("country", "role", "day", "name"),
    [
        ("RUS", "head_of_state", date(2010, 6, 1), "Dmitry Medvedev"),
        ("RUS", "head_of_state", date(2014, 6, 1), "Vladimir Putin"),
        ("USA", "head_of_state", date(1991, 6, 1), "George H. W. Bush"),
        ("USA", "head_of_state", date(2005, 6, 1), "George W. Bush"),
        ("MMR", "de_facto_leader", date(2022, 6, 1), "Min Aung Hlaing"),
        ("PRK", "de_facto_leader", date(2005, 6, 1), "Kim Jong Il"),
    ],
)
def test_an_office_is_held_by_who_held_it_that_day(country: str, role: str, day: date, name: str) -> None:
    assert [person.name for person in people.holders(country, role, day)] == [name]


def test_terms_that_touch_a_stretch_are_all_listed() -> None:
    terms = people.terms("RUS", "head_of_state", date(2008, 1, 1), date(2008, 12, 31))
    assert {people.get(term.person).name for term in terms} == {"Vladimir Putin", "Dmitry Medvedev"}
    assert [term.held_through(date(2008, 1, 1), date(2008, 12, 31)) for term in terms] == [False, False]


def test_the_heads_of_an_organisation_are_found_by_its_name() -> None:
    terms = people.terms("United Nations", "organisation_head", date(2022, 4, 1), date(2022, 4, 30))
    assert [people.get(term.person).name for term in terms] == ["António Guterres"]


@pytest.mark.parametrize(("name", "codes"), [("Congo", ("COD", "COG")), ("congo", ()), ("Mali", ())])
def test_a_name_that_countries_share_lists_them(name: str, codes: tuple[str, ...]) -> None:
    assert countries.sharing(name) == codes


def test_an_acronym_is_no_ordinary_word() -> None:
    assert organisations.lookup("WHO")
    assert not organisations.lookup("Who")


@pytest.mark.parametrize("word", ["Youth", "Zero", "Lightning", "Tigers", "Foundation", "Organization"])
def test_an_ordinary_word_is_no_organisation(word: str) -> None:
    assert not organisations.lookup(word)


@pytest.mark.parametrize(
    ("name", "country"),
    [("Vladivostok", "RUS"), ("Donbas", "UKR"), ("South China Sea", ""), ("Kyiv", "UKR"), ("Rangoon", "MMR")],
)
def test_a_place_lies_in_its_country(name: str, country: str) -> None:
    assert places.lookup(name)[0].country == country


@pytest.mark.parametrize("words", ["Senior Gen. Min Aung Hlaing", "Snr Gen Min Aung Hlaing", "Gen. Min Aung Hlaing"])
def test_ranks_are_no_part_of_a_name(words: str) -> None:
    assert strip_title(words)[1] == "Min Aung Hlaing"


def test_the_tables_are_as_large_as_promised() -> None:
    kinds = [organisation.kind.value for organisation in organisations.all_organisations().values()]
    assert len(people.all_people()) >= 3000
    assert kinds.count("organisation") >= 1500
    assert kinds.count("group") >= 500


def test_every_office_is_held_by_a_known_person_in_a_known_country() -> None:
    terms = [office for person in people.all_people() for office in people.offices(person)]
    assert terms
    assert all(not t.country or t.country in countries.all_countries() for t in terms)
