"""Which regions, seas and sites of the news are known, and that none of them hides a person, a country or a city."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from timeline.model.actor import fold
from timeline.model.place import PlaceExactness
from timeline.reference import countries, organisations, people, places
from timeline.reference.tables import rows, split

LISTS = Path(__file__).parents[2] / "tools" / "reference"
# A middle lies at most so many degrees outside the box around its country's cities, but for islands and deserts.
MARGIN = 3.0
FAR = {
    "Aleutian Islands", "Aouzou Strip", "Bikini Atoll", "Easter Island", "Enewetak", "Franz Josef Land",
    "Galápagos Islands", "Jan Mayen", "Kwajalein", "Mururoa", "Northern Sea Route", "Novaya Zemlya", "Nunavut",
    "Okinotorishima", "Pituffik Space Base", "Socotra", "Svalbard archipelago", "Taoudenni", "Tibesti",
    "Wrangel Island", "Kirkenes border", "Ny-Alesund", "Sandy Cay", "Christmas Island detention centre", "Fangataufa",
    "Chuuk", "Prudhoe Bay", "Ascension Island", "Mahbes", "Madama",
}  # fmt: skip
# Regions that the news means, though a large city elsewhere has their name.
MEANT = {"Ontario", "Orkney"}
NAMES = {
    "Crimea": ("UKR", "region"), "Rakhine State": ("MMR", "region"), "Idlib province": ("SYR", "region"),
    "Donetsk region": ("UKR", "region"), "Luhansk Oblast": ("UKR", "region"), "Khuzestan": ("IRN", "region"),
    "Xinjiang Uyghur Autonomous Region": ("CHN", "region"), "Uttar Pradesh": ("IND", "region"),
    "Kandahar province": ("AFG", "region"), "North Darfur": ("SDN", "region"), "Sinaloa": ("MEX", "region"),
    "Fukushima Prefecture": ("JPN", "region"), "State of Georgia": ("USA", "region"),
    "Golan Heights": ("SYR", "region"), "Nagorno Karabakh": ("AZE", "region"), "Transdniester": ("MDA", "region"),
    "Indian-administered Kashmir": ("IND", "region"),
    "Natanz": ("IRN", "site"), "Tiananmen Square": ("CHN", "site"), "Guantánamo Bay": ("CUB", "site"),
    "Bab-el-Mandeb": ("", "area"), "the Strait of Hormuz": ("", "area"), "Evin Prison": ("IRN", "site"),
    "Insein Prison": ("MMR", "site"), "Cox’s Bazar district": ("BGD", "region"), "Chernobyl": ("UKR", "site"),
    "Nova Kakhovka dam": ("UKR", "site"), "Al-Hol camp": ("SYR", "site"), "Davos": ("CHE", "city"),
    "Chasiv Yar": ("UKR", "city"), "Baikonur Cosmodrome": ("KAZ", "site"), "Al-Aqsa compound": ("", "site"),
}  # fmt: skip


def _listed(name: str) -> list[dict[str, str]]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _ours() -> list[dict[str, str]]:
    """The rows of the regions' and sites' lists; some only add names to a place of the first list."""
    return [*_listed("regions"), *_listed("sites")]


def _names(row: dict[str, str]) -> tuple[str, ...]:
    return (row["name"], *split(row["names"]))


@cache
def _cities() -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows("places.csv"):
        if int(row["population"]):
            found[row["country"]].append(row)
    return found


@pytest.mark.parametrize(("words", "expected"), NAMES.items())
def test_a_region_or_site_of_the_news_is_found_by_its_usual_names(words: str, expected: tuple[str, str]) -> None:
    entry = places.lookup(words)[0]
    assert (entry.country, entry.exactness) == expected


@pytest.mark.parametrize(
    "city", ["Donetsk", "Kabul", "Herat", "Kirkuk", "Idlib", "Madrid", "São Paulo", "Puebla", "Osaka"]
)
def test_a_region_hides_no_city_of_its_name(city: str) -> None:
    assert places.lookup(city)[0].exactness is PlaceExactness.CITY
    assert places.lookup(city)[0].population > 100_000


@pytest.mark.parametrize(
    ("words", "country"),
    [("Bogota", "COL"), ("Kandahar", "AFG"), ("Lodz", "POL"), ("Sao Paulo", "BRA"), ("Rafah", "PSE"), ("Xi’an", "CHN"),
     ("Xi'an", "CHN"), ("Malmö", "SWE"), ("Malmo", "SWE"), ("Diyarbakir", "TUR"), ("Avdiivka", "UKR"),
     ("Nizhny Novgorod", "RUS"), ("Deir Ezzor", "SYR"), ("Samarra", "IRQ"), ("Beit Hanoun", "PSE")],
)  # fmt: skip
def test_a_city_is_found_as_english_news_spells_it(words: str, country: str) -> None:
    assert places.lookup(words)[0].country == country


def test_regions_and_sites_are_as_many_as_promised() -> None:
    kept = {row["id"] for row in rows("places.csv")}
    assert len(_listed("regions")) >= 1200
    assert len(_listed("sites")) >= 900
    assert all("tl:" + fold(row["name"]).replace(" ", "-") in kept for row in _ours())


def test_every_middle_lies_in_its_country() -> None:
    outside = []
    for row in _ours():
        towns = _cities()[row["country"]] if row["country"] else []
        if not towns or row["name"] in FAR:
            continue
        for axis in ("latitude", "longitude"):
            degrees = [float(town[axis]) for town in towns]
            if not min(degrees) - MARGIN <= float(row[axis]) <= max(degrees) + MARGIN:
                outside.append((row["name"], axis))
    assert not outside


def test_every_row_is_on_the_globe_in_a_known_country_and_of_a_known_exactness() -> None:
    known = {country["iso3"] for country in rows("countries.csv")}
    for row in _ours():
        assert -90 <= float(row["latitude"]) <= 90
        assert -180 <= float(row["longitude"]) <= 180
        assert not row["country"] or row["country"] in known, row["name"]
        assert PlaceExactness(row["exactness"]) is not PlaceExactness.COUNTRY


def test_no_name_is_a_country_an_organisation_a_person_or_a_given_name() -> None:
    table = files("timeline.extract.who").joinpath("data/given_names.toml").read_text(encoding="utf-8")
    given = {fold(name) for each in tomllib.loads(table).values() for name in each}
    before = {row["name"] for row in _listed("places")}
    clashes = [
        name
        for row in _ours()
        for name in {*_names(row)} - before
        if (fold(name) in given and not name.isupper())
        or ((match := countries.lookup(name)) and not _is_its_seat(match, row))
        or organisations.lookup(name)
        or people.lookup(name)
    ]
    assert not clashes


def _is_its_seat(match: countries.CountryMatch, row: Mapping[str, str]) -> bool:
    """A seat that speaks for its country's government is a place as well, where somebody is in it."""
    return match.how == "metonym" and match.country.iso3 == row["country"]


def test_no_name_means_two_of_our_places() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for row in rows("places.csv"):
        if not int(row["population"]):
            for name in _names(row):
                homes[fold(name)].add(row["id"])
    assert not {name for name, ids in homes.items() if len(ids) > 1}


def test_no_name_hides_a_large_city_of_another_country() -> None:
    large = {fold(city["name"]): city["country"] for each in _cities().values() for city in each if _is_large(city)}
    hidden = {
        name
        for row in _ours()
        for name in _names(row)
        if large.get(fold(name), row["country"]) not in ("", row["country"])
    }
    assert hidden == MEANT


def _is_large(city: dict[str, str]) -> bool:
    return int(city["population"]) >= 100_000
