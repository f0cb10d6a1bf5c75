"""Build timeline/reference/data/holidays.csv and holiday_days.csv: holidays, feasts and festivals, and their days.

    python -m venv refvenv && refvenv/bin/pip install holidays convertdate
    refvenv/bin/python tools/reference/build_holidays.py

Our own list is beside this script; national days and the days of lunisolar calendars come from the `holidays` package
(MIT), days of the Hebrew and the Persian calendar from `convertdate` (MIT).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from convertdate import hebrew, persian
from holidays import country_holidays, list_supported_countries
from holidays.calendars.buddhist import _BuddhistLunisolar
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar
from holidays.calendars.tibetan import _TibetanLunisolar

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "timeline" / "reference" / "data"
YEARS = range(1970, 2051)
NATIONAL = re.compile(
    r"(?:(?:Greek |Cyprus |Lao |Qatar |National |Cyprus National |Afghanistan )?)"
    r"(?P<name>Independence Day|National Day|Republic Day|Liberation Day|Unity Day|Constitution Day|Victory Day|"
    r"Armed Forces Day|Army Day|Revolution Day|Freedom Day)"
)
# Feasts whose day the sighting of the moon decides: a day more or less.
SIGHTED = {
    "ramadan",
    "eid-al-fitr",
    "eid-al-adha",
    "hajj",
    "ashura",
    "arbaeen",
    "mawlid",
    "hijri-new-year",
    "laylat-al-qadr",
}


def islamic(method: str, *, shift: int = 0, length: int = 1) -> Iterator[tuple[date, date]]:
    calendar = _IslamicLunar()
    for year in YEARS:
        for day, _ in getattr(calendar, f"{method}_dates")(year):
            if day.year == year:
                first = day + timedelta(days=shift)
                yield first, first + timedelta(days=length - 1)


def ramadan() -> Iterator[tuple[date, date]]:
    begun = sorted({day for day, _ in islamic("ramadan_beginning")})
    ended = sorted({day for day, _ in islamic("eid_al_fitr")})
    for first in begun:
        last = next((day for day in ended if day > first), None)
        if last:
            yield first, last - timedelta(days=1)


def quds() -> Iterator[tuple[date, date]]:
    """The last Friday of Ramadan."""
    for _, last in ramadan():
        friday = last - timedelta(days=(last.weekday() - 4) % 7)
        yield friday, friday


def jewish(month: int, day: int, *, before: int = 0, length: int = 1) -> Iterator[tuple[date, date]]:
    for year in range(YEARS[0] + 3759, YEARS[-1] + 3763):
        first = date(*hebrew.to_gregorian(year, month, day)) - timedelta(days=before)
        yield first, first + timedelta(days=length - 1)


def purim() -> Iterator[tuple[date, date]]:
    """14 Adar, in a leap year of the second Adar: thirty days before Passover."""
    for first, _ in jewish(hebrew.NISAN, 15):
        yield first - timedelta(days=30), first - timedelta(days=30)


def independence() -> Iterator[tuple[date, date]]:
    """Israel's: 5 Iyar, moved off the Sabbath and its neighbours."""
    found = country_holidays("IL", years=YEARS, language="en_US")
    for day, name in found.items():
        if "Independence Day" in name and "observed" not in name.lower():
            yield day, day
    observed = [day for day, name in found.items() if "Independence Day" in name and "observed" in name.lower()]
    yield from ((day, day) for day in observed)


def yearly(calendar: object, method: str, *, length: int = 1, shift: int = 0) -> Iterator[tuple[date, date]]:
    call = getattr(calendar, f"{method}_date")
    for year in YEARS:
        try:
            found = call(year)
        except (KeyError, ValueError):
            continue
        day = found[0] if isinstance(found, tuple) else found
        if day is not None:
            first = day + timedelta(days=shift)
            yield first, first + timedelta(days=length - 1)


def nowruz() -> Iterator[tuple[date, date]]:
    for year in YEARS:
        day = date(*persian.to_gregorian(year - 621, 1, 1))
        yield day, day


CHINESE, HINDU, BUDDHIST, TIBETAN = _ChineseLunisolar(), _HinduLunisolar(), _BuddhistLunisolar(), _TibetanLunisolar()
TABLES: dict[str, Callable[[], Iterator[tuple[date, date]]]] = {
    "ramadan": ramadan,
    "quds": quds,
    "eid-al-fitr": lambda: islamic("eid_al_fitr"),
    "eid-al-adha": lambda: islamic("eid_al_adha"),
    "hajj": lambda: islamic("eid_al_adha", shift=-2, length=6),
    "ashura": lambda: islamic("ashura"),
    "arbaeen": lambda: islamic("arbaeen"),
    "mawlid": lambda: islamic("mawlid"),
    "hijri-new-year": lambda: islamic("hijri_new_year"),
    "laylat-al-qadr": lambda: islamic("laylat_al_qadr"),
    # Jewish feasts begin on the evening before their first day.
    "passover": lambda: jewish(hebrew.NISAN, 15, before=1, length=9),
    "rosh-hashanah": lambda: jewish(hebrew.TISHRI, 1, before=1, length=3),
    "yom-kippur": lambda: jewish(hebrew.TISHRI, 10),
    "sukkot": lambda: jewish(hebrew.TISHRI, 15, before=1, length=8),
    "simchat-torah": lambda: jewish(hebrew.TISHRI, 22),
    "hanukkah": lambda: jewish(hebrew.KISLEV, 25, before=1, length=9),
    "purim": purim,
    "shavuot": lambda: jewish(hebrew.SIVAN, 6),
    "tisha-bav": lambda: jewish(hebrew.AV, 9),
    "lag-baomer": lambda: jewish(hebrew.IYYAR, 18),
    "jerusalem-day": lambda: jewish(hebrew.IYYAR, 28),
    "independence-isr": independence,
    "lunar-new-year": lambda: yearly(CHINESE, "lunar_new_year"),
    "qingming": lambda: yearly(CHINESE, "qingming"),
    "dragon-boat": lambda: yearly(CHINESE, "dragon_boat"),
    "mid-autumn": lambda: yearly(CHINESE, "mid_autumn"),
    "double-ninth": lambda: yearly(CHINESE, "double_ninth"),
    "vesak": lambda: yearly(BUDDHIST, "vesak"),
    "losar": lambda: yearly(TIBETAN, "losar"),
    "diwali": lambda: yearly(HINDU, "diwali_india"),
    "holi": lambda: yearly(HINDU, "holi"),
    "dussehra": lambda: yearly(HINDU, "dussehra"),
    "navratri": lambda: yearly(HINDU, "sharad_navratri", length=9),
    "ganesh-chaturthi": lambda: yearly(HINDU, "ganesh_chaturthi"),
    "janmashtami": lambda: yearly(HINDU, "janmashtami"),
    "maha-shivaratri": lambda: yearly(HINDU, "maha_shivaratri"),
    "raksha-bandhan": lambda: yearly(HINDU, "raksha_bandhan"),
    "onam": lambda: yearly(HINDU, "onam"),
    "pongal": lambda: yearly(HINDU, "pongal"),
    "thaipusam": lambda: yearly(HINDU, "thaipusam"),
    "vaisakhi": lambda: yearly(HINDU, "vaisakhi"),
    "nowruz": nowruz,
}


def national(known: set[tuple[str, str]], iso3: dict[str, str]) -> Iterator[list[str]]:
    """Days of states that fall on the same day each year, by the names that news gives them."""
    for code in sorted(list_supported_countries(include_aliases=False)):
        if code not in iso3:
            continue
        days: dict[str, set[str]] = defaultdict(set)
        for day, names in country_holidays(code, years=[2022, 2023, 2024], language="en_US").items():
            for name in names.split("; "):
                match = NATIONAL.fullmatch(name)
                if match:
                    days[match["name"]].add(f"{day:%m-%d}")
        for name, found in sorted(days.items()):
            if len(found) == 1 and (name, iso3[code]) not in known:
                yield [name, "", iso3[code], found.pop(), "", ""]


def main() -> None:
    with (HERE / "holidays.csv").open(encoding="utf-8", newline="") as file:
        own = list(csv.DictReader(file))
    with (HERE / "countries.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["iso3"] for row in csv.DictReader(file)}
    with (TARGET / "countries.csv").open(encoding="utf-8", newline="") as file:
        iso3 = {row["iso2"]: row["iso3"] for row in csv.DictReader(file) if row["iso3"] in codes}
    lines = [
        [row["name"], row["aliases"], row["country"], row["rule"],
         "yes" if row["rule"].startswith("table") and row["rule"].split()[1] in SIGHTED else "", row["default"]]
        for row in own
    ]  # fmt: skip
    known = {(row["name"], row["country"]) for row in own}
    lines += national(known, iso3)
    with (TARGET / "holidays.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "aliases", "country", "rule", "approximate", "default"])
        out.writerows(lines)
    with (TARGET / "holiday_days.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["table", "first", "last"])
        for name, days in TABLES.items():
            for first, last in sorted(set(days())):
                if first.year in YEARS:
                    out.writerow([name, first, last if last != first else ""])
    print(len(lines), "holidays")


if __name__ == "__main__":
    main()
