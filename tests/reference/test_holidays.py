"""Holidays: the days that public calendars give, and names that several countries share."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.reference import holidays
from timeline.reference.tables import plain_rows

# name, country or "", year, first day, last day
FACTS = [
    ("Easter", "", 2024, "2024-03-31", ""),
    ("Easter Sunday", "", 2000, "2000-04-23", ""),
    ("Good Friday", "", 2025, "2025-04-18", ""),
    ("Ash Wednesday", "", 2024, "2024-02-14", ""),
    ("Pentecost", "", 2023, "2023-05-28", ""),
    ("Holy Week", "", 2024, "2024-03-24", "2024-03-30"),
    ("Orthodox Easter", "", 2024, "2024-05-05", ""),
    ("Orthodox Easter", "", 2025, "2025-04-20", ""),
    ("Orthodox Easter", "", 2016, "2016-05-01", ""),
    ("Orthodox Christmas", "", 2023, "2023-01-07", ""),
    ("Christmas Day", "", 1989, "1989-12-25", ""),
    ("Thanksgiving", "", 1999, "1999-11-25", ""),
    ("Thanksgiving Day", "CAN", 2021, "2021-10-11", ""),
    ("Black Friday", "", 2024, "2024-11-29", ""),
    ("Labor Day", "", 2023, "2023-09-04", ""),
    ("Memorial Day", "", 2022, "2022-05-30", ""),
    ("Martin Luther King Jr. Day", "", 2025, "2025-01-20", ""),
    ("Election Day", "", 2024, "2024-11-05", ""),
    ("Election Day", "", 2016, "2016-11-08", ""),
    ("Inauguration Day", "", 2021, "2021-01-20", ""),
    ("Victoria Day", "CAN", 2024, "2024-05-20", ""),
    ("Bastille Day", "", 2016, "2016-07-14", ""),
    ("Independence Day", "UKR", 2022, "2022-08-24", ""),
    ("Independence Day", "IND", 1997, "1997-08-15", ""),
    ("Independence Day", "MMR", 2024, "2024-01-04", ""),
    ("Independence Day", "ISR", 2024, "2024-05-14", ""),
    ("National Day", "CHN", 2019, "2019-10-01", ""),
    ("Armed Forces Day", "MMR", 2021, "2021-03-27", ""),
    ("Thingyan", "", 2024, "2024-04-13", "2024-04-16"),
    ("Nowruz", "", 2024, "2024-03-20", ""),
    ("Ramadan", "", 2024, "2024-03-11", "2024-04-09"),
    ("Eid al-Fitr", "", 2024, "2024-04-10", ""),
    ("Eid al-Adha", "", 2024, "2024-06-16", ""),
    ("Ashura", "", 2023, "2023-07-28", ""),
    ("Passover", "", 2024, "2024-04-22", "2024-04-30"),
    ("Rosh Hashanah", "", 2023, "2023-09-15", "2023-09-17"),
    ("Yom Kippur", "", 1973, "1973-10-06", ""),
    ("Purim", "", 2024, "2024-03-24", ""),
    ("Hanukkah", "", 2023, "2023-12-07", "2023-12-15"),
    ("Lunar New Year", "", 2021, "2021-02-12", ""),
    ("Tet", "", 2024, "2024-02-10", ""),
    ("Mid-Autumn Festival", "", 2023, "2023-09-29", ""),
    ("Diwali", "", 2023, "2023-11-12", ""),
    ("Holi", "", 2023, "2023-03-08", ""),
    ("Vesak", "", 2024, "2024-05-22", ""),
]


@pytest.mark.parametrize(("name", "country", "year", "first", "last"), FACTS)
def test_a_holiday_falls_on_the_days_of_the_public_calendar(
    name: str, country: str, year: int, first: str, last: str
) -> None:
    found = holidays.days(name, year, country)
    assert found is not None
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last or first))


def test_a_name_of_several_countries_is_not_guessed() -> None:
    assert holidays.is_shared("Independence Day")
    assert holidays.days("Independence Day", 2024) is None
    assert not holidays.is_shared("Thanksgiving")
    assert len(holidays.countries_of("Independence Day")) > 100


def test_a_name_means_one_day_in_one_country() -> None:
    seen: set[tuple[str, str]] = set()
    for name, aliases, country, *_ in plain_rows("holidays.csv"):
        for each in {holidays.key(n) for n in (name, *aliases.split("|")) if n}:
            assert (each, country) not in seen, (each, country)
            seen.add((each, country))


def test_every_holiday_has_days_in_order_in_the_years_of_today() -> None:
    for name, _, country, rule, _, _ in plain_rows("holidays.csv"):
        found = [holidays.days(name, year, country) for year in range(2001, 2036)]
        assert sum(day is None for day in found) <= (28 if rule in ("election", "inauguration") else 2), (name, country)
        assert all(day.first <= day.last for day in found if day)


@pytest.mark.parametrize("year", [1, 1582, 4100, 9999])
def test_a_year_outside_what_is_known_has_no_easter(year: int) -> None:
    assert holidays.days("Easter", year) is None


def test_a_day_that_the_moon_decides_is_approximate() -> None:
    found = holidays.days("Eid-ul-Fitr", 2025)
    assert found is not None
    assert found.approximate
