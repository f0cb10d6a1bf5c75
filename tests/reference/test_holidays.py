"""Holidays: the days that public calendars give, names that several countries share, and a table without slips."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from datetime import date

import pytest
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN
from dateutil.easter import easter as reckoned

from timeline.reference import holidays
from timeline.reference.countries import all_countries

# name, country or "", first day, last day or ""
FACTS = [
    ("New Year's Day", "", "2000-01-01", ""),
    ("Epiphany", "", "2021-01-06", ""),
    ("International Women's Day", "", "2017-03-08", ""),
    ("St. Patrick’s Day", "", "2022-03-17", ""),
    ("Easter Sunday", "", "2000-04-23", ""),
    ("Easter", "", "2024-03-31", ""),
    ("Easter", "GRC", "2024-05-05", ""),
    ("Good Friday", "", "1998-04-10", ""),
    ("Palm Sunday", "", "2025-04-13", ""),
    ("Ash Wednesday", "", "2024-02-14", ""),
    ("Lent", "", "2024-02-14", "2024-03-30"),
    ("Holy Week", "", "2024-03-24", "2024-03-30"),
    ("Ascension Day", "", "2023-05-18", ""),
    ("Pentecost", "", "2023-05-28", ""),
    ("Whit Monday", "", "2023-05-29", ""),
    ("Mardi Gras", "", "2005-02-08", ""),
    ("Mothering Sunday", "", "2024-03-10", ""),
    ("Advent Sunday", "", "2024-12-01", ""),
    ("Orthodox Easter", "", "2025-04-20", ""),
    ("Orthodox Easter", "", "2024-05-05", ""),
    ("Orthodox Easter", "", "2016-05-01", ""),
    ("Orthodox Christmas", "", "2023-01-07", ""),
    ("Maslenitsa", "", "2024-03-11", "2024-03-17"),
    ("Lunar New Year", "", "2025-01-29", ""),
    ("Chinese New Year", "", "2021-02-12", ""),
    ("Spring Festival", "", "2003-02-01", ""),
    ("Tet", "", "1985-01-21", ""),
    ("Seollal", "", "2024-02-10", ""),
    ("Qingming", "", "2024-04-04", ""),
    ("Dragon Boat Festival", "", "2024-06-10", ""),
    ("Mid-Autumn Festival", "", "2023-09-29", ""),
    ("Chuseok", "", "2022-09-10", ""),
    ("Losar", "", "2024-02-10", ""),
    ("Eid al-Fitr", "", "2025-03-30", ""),
    ("Eid-ul-Fitr", "", "2024-04-10", ""),
    ("Eid al-Adha", "", "2024-06-16", ""),
    ("Ramadan", "", "2025-03-01", "2025-03-29"),
    ("Ramadan", "", "2024-03-11", "2024-04-09"),
    ("Hajj", "", "2024-06-14", "2024-06-19"),
    ("Ashura", "", "2023-07-28", ""),
    ("Arbaeen", "", "2024-08-24", ""),
    ("Mawlid", "", "2024-09-15", ""),
    ("Quds Day", "", "2024-04-05", ""),
    ("Passover", "", "2025-04-12", "2025-04-20"),
    ("Rosh Hashanah", "", "2024-10-02", "2024-10-04"),
    ("Yom Kippur", "", "1973-10-06", ""),
    ("Sukkot", "", "2023-09-29", "2023-10-06"),
    ("Simchat Torah", "", "2023-10-07", ""),
    ("Hanukkah", "", "2023-12-07", "2023-12-15"),
    ("Purim", "", "2024-03-24", ""),
    ("Shavuot", "", "2024-06-12", ""),
    ("Lag BaOmer", "", "2021-04-30", ""),
    ("Tisha B'Av", "", "2022-08-07", ""),
    ("Yom HaShoah", "", "2024-05-06", ""),
    ("Independence Day", "ISR", "2024-05-14", ""),
    ("Memorial Day", "ISR", "2024-05-13", ""),
    ("Diwali", "", "2024-10-31", ""),
    ("Deepavali", "", "2023-11-12", ""),
    ("Holi", "", "2023-03-08", ""),
    ("Dussehra", "", "2018-10-19", ""),
    ("Vesak", "", "2024-05-22", ""),
    ("Thingyan", "", "2024-04-13", "2024-04-16"),
    ("Thadingyut", "", "2024-10-17", ""),
    ("National Day", "MMR", "2020-12-09", ""),
    ("Songkran", "", "2024-04-13", "2024-04-15"),
    ("Nowruz", "", "2024-03-20", ""),
    ("Norouz", "", "2023-03-21", ""),
    ("Islamic Revolution anniversary", "", "2025-02-10", ""),
    ("Armed Forces Day", "MMR", "2021-03-27", ""),
    ("Independence Day", "MMR", "2024-01-04", ""),
    ("Independence Day", "UKR", "2022-08-24", ""),
    ("Independence Day", "IND", "1997-08-15", ""),
    ("Martyrs' Day", "MMR", "1947-07-19", ""),
    ("National Day", "CHN", "2019-10-01", ""),
    ("Bastille Day", "", "2016-07-14", ""),
    ("Victory Day", "", "2022-05-09", ""),
    ("Victory Day", "UKR", "2023-05-08", ""),
    ("Golden Week", "", "2019-04-29", "2019-05-05"),
    ("Thanksgiving", "", "1999-11-25", ""),
    ("Thanksgiving Day", "CAN", "2021-10-11", ""),
    ("Black Friday", "", "2024-11-29", ""),
    ("Cyber Monday", "", "2024-12-02", ""),
    ("Labor Day", "", "2023-09-04", ""),
    ("Labour Day", "", "2023-05-01", ""),
    ("Labor Day", "FRA", "2023-05-01", ""),
    ("Memorial Day", "", "2022-05-30", ""),
    ("Presidents' Day", "", "2024-02-19", ""),
    ("Martin Luther King Jr. Day", "", "2025-01-20", ""),
    ("Election Day", "", "2016-11-08", ""),
    ("Election Day", "", "2022-11-08", ""),
    ("Inauguration Day", "", "2021-01-20", ""),
    ("Victoria Day", "", "2024-05-20", ""),
    ("Remembrance Sunday", "", "2024-11-10", ""),
    ("Kwanzaa", "", "2024-12-26", "2025-01-01"),
    ("Defenders' Day", "UKR", "2015-10-14", ""),
    ("Defenders' Day", "UKR", "2023-10-01", ""),
]
# Feasts whose table is shorter than 1990 to 2040, and those that some years lack.
SHORT = {
    "Holi", "Ganesh Chaturthi", "Janmashtami", "Raksha Bandhan", "Ram Navami", "Hanuman Jayanti", "Maha Shivaratri",
    "Mahavir Jayanti", "Guru Nanak Jayanti", "Karva Chauth", "Rath Yatra", "Onam", "Basant Panchami", "Ugadi",
    "Buddha Purnima", "Poson", "Tsagaan Sar", "Kayin New Year",
}  # fmt: skip


@pytest.mark.parametrize(("name", "country", "first", "last"), FACTS)
def test_a_holiday_falls_on_the_days_of_the_public_calendar(name: str, country: str, first: str, last: str) -> None:
    found = holidays.days(name, int(first[:4]), country)
    assert found is not None
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last or first))


def test_both_easters_are_those_of_the_known_reckoning() -> None:
    for year in range(holidays.FIRST_EASTER, holidays.LAST_EASTER + 1):
        assert holidays.easter(year) == reckoned(year, EASTER_WESTERN)
        assert holidays.orthodox_easter(year) == reckoned(year, EASTER_ORTHODOX)


@pytest.mark.parametrize("name", ["Independence Day", "National Day", "Republic Day", "Armed Forces Day", "Army Day"])
def test_a_name_of_several_countries_is_not_guessed(name: str) -> None:
    assert holidays.is_shared(name)
    assert holidays.days(name, 2024) is None
    assert holidays.occurrences(name, 2024) == ()
    assert len(holidays.countries_of(name)) > 20


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Thanksgiving", "USA"), ("Memorial Day", "USA"), ("Labor Day", "USA"), ("Fourth of July", "USA"),
        ("Veterans Day", "USA"), ("Martin Luther King Day", "USA"), ("Presidents Day", "USA"), ("Columbus Day", "USA"),
        ("Election Day", "USA"), ("Golden Week", "JPN"), ("Victory Day", "RUS"), ("Christmas", ""), ("Boxing Day", ""),
    ],
)  # fmt: skip
def test_a_name_that_news_uses_for_one_country_means_it(name: str, country: str) -> None:
    found = holidays.days(name, 2024)
    assert found is not None
    assert found.country == country
    assert not holidays.is_shared(name)


@pytest.mark.parametrize("name", ["Independence Day", "National Day"])
def test_the_day_is_known_for_most_countries(name: str) -> None:
    national = holidays.countries_of("Independence Day") | holidays.countries_of("National Day")
    assert len(national) >= 190
    assert len(holidays.countries_of(name)) >= 110


def test_a_name_that_a_country_does_not_have_is_not_another_countrys() -> None:
    assert holidays.days("Thanksgiving", 2024, "FRA") is None
    assert holidays.days("Labour Day", 2024, "AUS") is None  # each state has its own


def test_a_name_means_one_day_in_one_country_in_a_year() -> None:
    taken: dict[tuple[str, str], list[holidays.Row]] = defaultdict(list)
    for row in holidays.all_rows():
        for key in {holidays.key(name) for name in (row.name, *row.aliases)}:
            others = taken[key, row.country]
            clash = [o for o in others if o.since <= row.until and row.since <= o.until]
            assert not clash, (key, row, clash)
            others.append(row)


def test_a_name_has_one_country_that_it_means_by_default() -> None:
    for name in holidays.names():
        rows = [row for row in holidays.rows_of(name) if row.default]
        assert len({row.country for row in rows}) <= 1, name


def test_the_countries_are_those_of_the_table_of_countries() -> None:
    assert {row.country for row in holidays.all_rows()} <= {"", *all_countries()}


def test_every_rule_gives_days_in_order_in_each_year_from_1990_to_2040() -> None:
    for row in holidays.all_rows():
        feast = re.match(r"table (.+?)(?: [+-]\d.*)?$", row.rule)
        sparse = row.rule == "varies" or "%" in row.rule or bool(feast and feast[1] in SHORT)
        for year in range(max(row.since, 1990), min(row.until, 2040) + 1):
            spans = holidays.spans(row.rule, year)
            assert spans or sparse, (row, year)
            assert len(spans) <= (2 if feast else 1), (row, year)
            assert all(first <= last and first.year == year for first, last in spans)
            assert all((last - first).days < 100 for first, last in spans)


@pytest.mark.parametrize("rule", ["", "sometimes", "easter monday +1", "1 2 3 4 5", "table"])
def test_a_rule_outside_the_grammar_is_an_error(rule: str) -> None:
    with pytest.raises((ValueError, KeyError, IndexError)):
        holidays.spans(rule, 2024)


@pytest.mark.parametrize("year", [1, 2, 1582, 1583, 1949, 1950, 2050, 2051, 4099, 4100, 9998, 9999])
def test_no_year_is_an_error(year: int) -> None:
    for name in holidays.names():
        for country in ("", "MMR", "USA"):
            holidays.occurrences(name, year, country)


@pytest.mark.parametrize("year", [-1, 0, 1, 1582, 4100, 9999, 10000])
def test_a_year_outside_what_is_known_has_no_easter(year: int) -> None:
    assert holidays.days("Easter", year) is None
    assert holidays.days("Orthodox Easter", year) is None


def test_a_holiday_has_no_day_before_it_was_made() -> None:
    assert holidays.days("Martin Luther King Day", 1985) is None
    assert holidays.days("Independence Day", 2010, "SSD") is None
    assert holidays.days("Election Day", 2023) is None
    assert holidays.days("Inauguration Day", 2024) is None


def test_a_feast_that_falls_twice_in_a_year_is_not_guessed() -> None:
    found = holidays.occurrences("Eid al-Adha", 2006)
    assert [day.first for day in found] == [date(2006, 1, 10), date(2006, 12, 31)]
    assert holidays.days("Eid al-Adha", 2006) is None


def test_a_day_beyond_the_almanac_is_approximate() -> None:
    for year, approximate in ((1995, True), (2000, True), (2001, False), (2035, False), (2036, True)):
        found = holidays.days("Diwali", year)
        assert found is not None
        assert found.approximate is approximate


@pytest.mark.parametrize("word", ["Ramzan", "Corpus Christi", "Idaho", "Rakhi", "holiday", "national holiday", "May"])
def test_a_name_of_people_and_places_is_no_feast(word: str) -> None:
    assert holidays.rows_of(word) == ()


def test_a_day_that_the_moon_decides_is_approximate() -> None:
    for name, approximate in (("Eid-ul-Fitr", True), ("Diwali", False), ("Passover", False), ("Christmas", False)):
        found = holidays.days(name, 2025)
        assert found is not None
        assert found.approximate is approximate


@pytest.mark.parametrize(
    "written",
    ["eid al fitr", "EID AL-FITR", "Eid Al-Fitr", "St Patrick's Day", "St. Patricks Day", "the Lunar New Year",
     "presidents' day", "President’s Day", "tomb sweeping day", "Mid Autumn Festival"],
)  # fmt: skip
def test_case_apostrophes_and_hyphens_do_not_matter(written: str) -> None:
    assert holidays.days(written, 2024)


def test_every_name_is_listed_in_lower_case_and_found() -> None:
    names = holidays.names()
    assert len(names) > 1000
    assert {"eid al-fitr", "international women's day", "lunar new year", "may day", "st. patrick's day"} <= names
    assert all(name == name.lower() and "’" not in name and holidays.rows_of(name) for name in names)
    assert {name.lower() for name in holidays.spellings()} <= names


def test_the_table_is_read_without_any_calendar_package() -> None:
    code = (
        "import sys, time; from timeline.reference import holidays; start = time.process_time();"
        "holidays.days('Passover', 2024); took = time.process_time() - start;"
        "assert took < 0.1, took;"
        "assert not {'holidays', 'convertdate', 'dateparser', 'dateutil', 'spacy', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
