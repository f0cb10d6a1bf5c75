"""The table of organisations: what it holds, that its names are theirs alone, and that usual names are found."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from timeline.model.actor import fold
from timeline.reference import countries, organisations, seats
from timeline.reference.tables import plain_rows

LISTS = Path(__file__).parents[2] / "tools" / "reference"
FAMILIES = sorted((LISTS / "organisations").glob("*.csv"))
# What the press calls an organisation, its canonical name and country.
USUAL = {
    "SCO": ("Shanghai Cooperation Organisation", ""),
    "ECOWAS": ("ECOWAS", ""),
    "UNIFIL": ("UNIFIL", ""),
    "U.N. Security Council": ("UN Security Council", ""),
    "UN Interim Force in Lebanon": ("UNIFIL", ""),
    "MONUSCO": ("MONUSCO", ""),
    "CSTO": ("Collective Security Treaty Organization", ""),
    "AUKUS": ("AUKUS", ""),
    "OPCW": ("Organisation for the Prohibition of Chemical Weapons", ""),
    "Quad": ("Quad", ""),
    "RSF": ("Rapid Support Forces", "SDN"),
    "SAC": ("State Administration Council", "MMR"),
    "NUG": ("National Unity Government", "MMR"),
    "BJP": ("Bharatiya Janata Party", "IND"),
    "AfD": ("Alternative for Germany", "DEU"),
    "ZANU-PF": ("ZANU-PF", "ZWE"),
    "Likud": ("Likud", "ISR"),
    "Kuomintang": ("Kuomintang", "TWN"),
    "Fidesz": ("Fidesz", "HUN"),
    "AKP": ("Justice and Development Party", "TUR"),
    "KCNA": ("KCNA", "PRK"),
    "Fars": ("Fars", "IRN"),
    "AFP": ("Agence France-Presse", ""),
    "WAFA": ("WAFA", "PSE"),
    "Anadolu": ("Anadolu Agency", "TUR"),
    "Itar-Tass": ("TASS", "RUS"),
    "RFE/RL": ("Radio Free Europe/Radio Liberty", ""),
    "Bundesbank": ("Bundesbank", "DEU"),
    "PBOC": ("People's Bank of China", "CHN"),
    "SEC": ("Securities and Exchange Commission", "USA"),
    "MI6": ("MI6", "GBR"),
    "Shin Bet": ("Shin Bet", "ISR"),
    "ISI": ("Inter-Services Intelligence", "PAK"),
    "Quds Force": ("Quds Force", "IRN"),
    "IRGC": ("Islamic Revolutionary Guard Corps", "IRN"),
    "SBU": ("Security Service of Ukraine", "UKR"),
    "U.S. Navy": ("US Navy", "USA"),
    "US Navy": ("US Navy", "USA"),
    "Ukrainian Defence Contact Group": (None, ""),
    "Amnesty International": ("Amnesty International", ""),
    "B'Tselem": ("B'Tselem", "ISR"),
    "ISW": ("Institute for the Study of War", ""),
    "TSMC": ("TSMC", "TWN"),
    "Gazprom": ("Gazprom", "RUS"),
    "Saudi Aramco": ("Saudi Aramco", "SAU"),
    "Huawei": ("Huawei", "CHN"),
    "ISWAP": ("Islamic State West Africa Province", "NGA"),
    "JNIM": ("JNIM", "MLI"),
    "TTP": ("Tehreek-e-Taliban Pakistan", "PAK"),
    "TPLF": ("Tigray People's Liberation Front", "ETH"),
    "CJNG": ("Jalisco New Generation Cartel", "MEX"),
    "Lashkar-e-Tayyiba": ("Lashkar-e-Taiba", "PAK"),
    "al Qaeda in the Islamic Maghreb": ("al-Qaeda in the Islamic Maghreb", "DZA"),
    "Houthi": ("Houthis", "YEM"),
    "Islamic Emirate": ("Taliban", "AFG"),
    "Kokang army": ("Myanmar National Democratic Alliance Army", "MMR"),
    "Who": (None, ""),
    "Let": (None, ""),
    "Aldo Moro": (None, ""),
    "Kofi Annan": (None, ""),
    "21 June": (None, ""),
}


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _listed() -> list[dict[str, str]]:
    return [row for path in (LISTS / "organisations.csv", *FAMILIES) for row in _rows(path)]


def _names(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["names"].split("|"))]


def test_our_own_lists_are_as_large_as_promised() -> None:
    kinds = Counter(row["kind"] for row in _listed())
    assert kinds["organisation"] >= 2500
    assert kinds["group"] >= 450
    assert [path.stem for path in FAMILIES if len(_rows(path)) < 200] == []


def test_parties_of_at_least_ninety_countries_are_known() -> None:
    assert len({row["country"] for row in _rows(LISTS / "organisations" / "parties.csv")}) >= 90


def test_an_id_is_one_organisation_s() -> None:
    ids = Counter(row[0] for row in plain_rows("organisations.csv"))
    assert [i for i, count in ids.items() if count > 1] == []


def test_every_organisation_has_a_known_kind_and_country() -> None:
    table = organisations.all_organisations().values()
    assert {o.kind.value for o in table} == {"organisation", "group"}
    assert {o.country for o in table} - {""} <= set(countries.all_countries())


def test_no_name_of_an_organisation_is_a_country_or_its_people() -> None:
    table = organisations.all_organisations().values()
    assert [n for o in table for n in (o.name, *o.names) if countries.lookup(n) is not None] == []


def test_every_acronym_of_our_lists_is_found() -> None:
    acronyms = {(n, row["name"]) for row in _listed() for n in _names(row) if re.fullmatch(r"[A-Z]{2,7}", n)}
    assert len(acronyms) > 800
    assert [a for a in acronyms if a[1] not in [o.name for o in organisations.lookup(a[0])]] == []


@pytest.mark.parametrize(("words", "expected"), USUAL.items())
def test_a_usual_name_means_the_organisation_that_the_press_means(words: str, expected: tuple[str | None, str]) -> None:
    found = organisations.lookup(words)
    assert ((found[0].name, found[0].country) if found else (None, "")) == expected


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("U.N. Security Council", "UN Security Council"),
        ("World Health Organisation", "World Health Organization"),
        ("Australian Defense Force", "Australian Defence Force"),
        ("World Food Program", "World Food Programme"),
        ("Centre for Strategic and International Studies", "Center for Strategic and International Studies"),
    ],
)
def test_both_spellings_of_english_name_one_organisation(words: str, name: str) -> None:
    assert [o.name for o in organisations.lookup(words)] == [name]


def test_a_correction_speaks_of_a_name_once_and_says_why() -> None:
    rows = _rows(LISTS / "corrections.csv")
    assert max(Counter(fold(row["name"]) for row in rows).values()) == 1
    assert all(row["reason"] for row in rows)


def test_what_a_correction_drops_names_no_organisation_of_the_dictionaries() -> None:
    dropped = {fold(row["name"]) for row in _rows(LISTS / "corrections.csv") if not row["kind"]}
    own = {fold(name) for row in _listed() for name in _names(row)}
    table = organisations.all_organisations().values()
    assert dropped
    assert {fold(n) for o in table for n in (o.name, *o.names)} & dropped <= own


def test_a_seat_is_of_an_organisation_of_the_table_and_in_a_country() -> None:
    found = [seats.lookup(row[0]) for row in plain_rows("seats.csv")]
    assert [organisations.get(seat.organisation).name for seat in found if seat]
    assert all(seat is not None and countries.get(seat.country) for seat in found)
    assert [seat.name for seat in found if seat and seat.words] == [s.name for s in found if s and s.of_government]
    assert seats.lookup("pentagon") is None
