"""A place, region or dissolved state that a user names is found, or said to be ambiguous in one line."""

from __future__ import annotations

import pytest

from timeline.model import PlaceExactness
from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.reference import countries, places, regions
from timeline.reference.tables import rows


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Vladivostok", "Vladivostok, RU (43.11,131.87)"),
        ("vladivostok", "Vladivostok, RU (43.11,131.87)"),
        ("Rangoon", "Yangon, MM (16.80,96.16)"),
        ("Paris", "Paris, FR (48.85,2.35)"),
        ("Paris, Texas", "Paris, US (33.66,-95.56)"),
        ("Tripoli, Lebanon", "Tripoli, LB (34.43,35.84)"),
        ("Cordoba, Spain", "Córdoba, ES (37.89,-4.77)"),
        ("Springfield, Illinois", "Springfield, US (39.80,-89.64)"),
        ("Springfield, Ill.", "Springfield, US (39.80,-89.64)"),
        ("Lashkar Gah, Helmand", "Lashkar Gāh, AF (31.59,64.37)"),
        ("Goma, North Kivu", "Goma, CD (-1.67,29.23)"),
        ("Springfield, US (37.22,-93.30)", "Springfield, US (37.22,-93.30)"),
        ("Gaza", "Gaza Strip, PS (31.40,34.40)"),
        ("Gulf", "Persian Gulf (27.00,51.00)"),
    ],
)
def test_a_place_is_found_as_users_name_it(name: str, told: str) -> None:
    assert places.told(places.find(name)) == told


@pytest.mark.parametrize("name", ["Springfield", "Springfield, US", "Tripoli", "Birmingham", "cordoba"])
def test_a_name_of_several_places_gives_candidates_that_are_accepted(name: str) -> None:
    with pytest.raises(AmbiguousError) as caught:
        places.find(name)
    assert "\n" not in str(caught.value)
    said = caught.value.hint.removeprefix("Say which: ").split("; ")
    assert len(said) > 1
    for candidate in said:
        assert places.told(places.find(candidate)) == candidate


@pytest.mark.parametrize("name", ["Yangoon", "", "%", ",", "Springfield, Atlantis", "x" * 500])
def test_an_unknown_place_is_said_so(name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        places.find(name)
    assert caught.value.hint


def test_accents_count_only_where_they_are_written() -> None:
    assert {e.name for e in places.lookup("Cordoba")} >= {"Córdoba"}
    assert all("é" in e.name for e in places.lookup("San José"))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Illinois", "Illinois"),
        ("georgia, US", "Georgia"),
        ("Rakhine State, Myanmar", "Rakhine State"),
        ("Georgia", ""),
        ("Georgia, Russia", ""),
    ],
)
def test_a_state_is_no_country(name: str, found: str) -> None:
    region = regions.find(name)
    assert (region.name if region else "") == found


def test_parts_of_a_country_are_known_by_the_names_that_it_shares_with_them() -> None:
    palestine, britain = countries.get("PSE"), countries.get("GBR")
    for name, country in (("Gaza", palestine), ("West Bank", palestine), ("Scotland", britain)):
        part = places.part_of(name, country)
        assert part is not None
        assert part.exactness is PlaceExactness.REGION
    assert places.part_of("Palestine", palestine) is None
    assert places.part_of("Britain", britain) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("Myanmar", "MMR"), ("burma", "MMR"), ("US", "USA"), ("mmr", "MMR"), ("Burmese", ""), ("Moscow", ""), ("x", "")],
)
def test_a_country_is_named_by_its_names_and_codes_alone(name: str, code: str) -> None:
    country = countries.named(name)
    assert (country.iso3 if country else "") == code


def test_states_and_their_successors_are_countries_and_say_their_source() -> None:
    for row in rows("successors.csv"):
        assert countries.get(row["state"]).end
        assert not countries.get(row["successor"]).end
        assert row["source"]
    assert countries.predecessors("RUS") == ("SUN",)
    assert countries.predecessors("MMR") == ()


def test_neighbours_border_on_each_other() -> None:
    assert set(countries.neighbours("LBN")) == {"ISR", "SYR"}
    assert "RUS" in countries.neighbours("GEO")
