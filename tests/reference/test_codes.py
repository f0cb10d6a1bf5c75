"""Codes of event data sets: CAMEO's events, countries in every scheme, actors that are no countries."""

from __future__ import annotations

import pytest

from timeline.reference import cameo, codes, countries, kinds, organisations


@pytest.mark.parametrize(
    ("code", "scheme", "iso3"),
    [
        ("MMR", "cameo", "MMR"),
        ("ROM", "cameo", "ROU"),
        ("BM", "fips", "MMR"),
        ("AU", "fips", "AUT"),
        ("AS", "fips", "AUS"),
        ("GM", "fips", "DEU"),
        ("CH", "fips", "CHN"),
        ("775", "gw", "MMR"),
        ("260", "gw", "DEU"),
        ("255", "cow", "DEU"),
        ("678", "gw", "YEM"),
        ("679", "cow", "YEM"),
        ("365", "gw", "RUS"),
        ("mm", "iso2", "MMR"),
        ("QQQ", "cameo", ""),
        ("", "fips", ""),
    ],
)
def test_a_code_is_a_country_in_its_own_scheme(code: str, scheme: str, iso3: str) -> None:
    assert codes.country(code, scheme) == iso3


def test_states_that_follow_one_another_are_told_apart_by_the_year() -> None:
    assert [codes.country("365", "gw", year) for year in (1980, 1991, 1992)] == ["SUN", "SUN", "RUS"]
    assert [codes.country("345", "cow", year) for year in (1980, 2010)] == ["YUG", "SRB"]


def test_every_state_of_today_has_a_code_in_every_scheme() -> None:
    """The microstates have no numbers in the list of Gleditsch and Ward's larger states."""
    gw = {codes.country(str(number), "gw") for number in range(1000)}
    lacking = {"PSE", "VAT", "ESH", "HKG", "MAC", "PRI", "GRL", "FRO"}
    first = [iso3 for iso3, country in list(countries.all_countries().items())[:200] if not country.end]
    assert {iso3 for iso3 in first if iso3 not in gw} <= lacking


def test_every_cameo_code_has_a_kind_a_phrase_and_a_root() -> None:
    for code in cameo.all_codes().values():
        assert code.kind.name in kinds.all_kinds()
        assert code.phrase.count("{}") == 1
        assert code.root in cameo.all_codes()
        assert code.name[0].islower()


@pytest.mark.parametrize(
    ("written", "found"),
    [("042", "042"), ("42", "042"), ("0429", "042"), ("149", "14"), ("1411", "1411"), ("20", "20"), (" 173 ", "173")],
)
def test_a_code_is_found_by_itself_or_its_base(written: str, found: str) -> None:
    code = cameo.find(written)
    assert code is not None
    assert code.code == found


@pytest.mark.parametrize("written", ["", "---", "999", "x42", "²³", "7"])
def test_what_is_no_code_is_none(written: str) -> None:
    found = cameo.find(written)
    assert found is None or found.code == "07"


def test_the_quad_class_is_that_of_the_root() -> None:
    found = [cameo.all_codes()[code].quad for code in ("010", "057", "084", "112", "139", "141", "203")]
    assert found == [
        "verbal cooperation",
        "verbal cooperation",
        "material cooperation",
        "verbal conflict",
        "verbal conflict",
        "material conflict",
        "material conflict",
    ]


def test_organisations_of_actor_codes_are_ours() -> None:
    for code in codes.actor_codes().values():
        if code.sort == "organisation":
            assert organisations.get(code.id).name == code.name
