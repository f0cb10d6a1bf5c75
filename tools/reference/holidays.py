"""Build holidays.csv and holiday_days.csv in timeline/reference/data; run it again when our list or a calendar changes.

    python -m venv refvenv && refvenv/bin/pip install holidays convertdate
    refvenv/bin/python tools/reference/holidays.py

Names, countries and rules are our own list, holidays.csv beside this script. A line has a name, its aliases, "yes" if
its days are approximate, and `days`, joined by "|": a country ("*" for every country; "!" after the one that the name
means by default), its rule (see timeline/reference/holidays.py; "table" alone is the feast of that name) and the years
in which it holds ("@1986-", "@-1970").
The days of the feasts that follow the moon are computed with the calendars of holidays and convertdate (both MIT).
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != HERE]  # this script bears the name of one

from convertdate import coptic, hebrew  # noqa: E402
from holidays.calendars.balinese_saka import _BalineseSakaLunar  # noqa: E402
from holidays.calendars.buddhist import _BuddhistLunisolar  # noqa: E402
from holidays.calendars.burmese import _BurmeseLunisolar  # noqa: E402
from holidays.calendars.chinese import _ChineseLunisolar  # noqa: E402
from holidays.calendars.hindu import _HinduLunisolar  # noqa: E402
from holidays.calendars.islamic import _IslamicLunar  # noqa: E402
from holidays.calendars.mongolian import _MongolianLunisolar  # noqa: E402
from holidays.calendars.persian import _Persian  # noqa: E402
from holidays.calendars.sinhala import _SinhalaLunar  # noqa: E402
from holidays.calendars.thai import _ThaiLunisolar  # noqa: E402
from holidays.calendars.tibetan import _TibetanLunisolar  # noqa: E402

TARGET = HERE.parents[1] / "timeline" / "reference" / "data"
FIRST, LAST = 1950, 2050
KNOWN = range(FIRST - 1, LAST + 2)
Spans = list[tuple[date, date]]

HINDU = {
    "Buddha Purnima": "BUDDHA_PURNIMA",
    "Holi": "HOLI",
    "Ganesh Chaturthi": "GANESH_CHATURTHI",
    "Janmashtami": "JANMASHTAMI",
    "Raksha Bandhan": "RAKSHA_BANDHAN",
    "Ram Navami": "RAM_NAVAMI",
    "Hanuman Jayanti": "HANUMAN_JAYANTI",
    "Maha Shivaratri": "MAHA_SHIVARATRI",
    "Mahavir Jayanti": "MAHAVIR_JAYANTI",
    "Guru Nanak Jayanti": "GURU_NANAK_JAYANTI",
    "Karva Chauth": "KARWA_CHAUTH",
    "Rath Yatra": "RATH_YATRA",
    "Onam": "ONAM",
    "Basant Panchami": "BASANT_PANCHAMI",
    "Ugadi": "GUDI_PADWA",
    "Chhath Puja": "CHHATH_PUJA",
    "Thaipusam": "THAIPUSAM",
}
SUN = (("Makar Sankranti", "MAKAR_SANKRANTI", 1, 14), ("Pongal", "PONGAL", 1, 15), ("Vaisakhi", "VAISAKHI", 4, 13))
ISLAMIC = {
    "Eid al-Fitr": "EID_AL_FITR",
    "Eid al-Adha": "EID_AL_ADHA",
    "Islamic New Year": "HIJRI_NEW_YEAR",
    "Arbaeen": "ARBAEEN",
    "Mawlid": "MAWLID",
    "Isra and Mi'raj": "ISRA_AND_MIRAJ",
    "Shab-e-Barat": "IMAM_MAHDI_BIRTHDAY",
    "Quds Day": "JUMUATUL_WIDA",
}


def main() -> None:
    feasts = {
        name: [span for span in sorted(set(spans)) if FIRST <= span[0].year <= LAST]
        for name, spans in {**jewish(), **islamic(), **chinese(), **indian(), **buddhist(), **solar()}.items()
    }
    lines = list(rows())
    used = {feast for line in lines if (feast := referred(line[3]))}
    if unknown := used ^ set(feasts):
        raise SystemExit(f"computed but not used, or used but not computed: {sorted(unknown)}")
    write("holidays.csv", "name,aliases,country,rule,since,until,approximate,default", lines)
    write("holiday_days.csv", "name,year,days", cells(feasts))


def rows() -> Iterable[list[str]]:
    """The rows of holidays.csv: one for a name, a country and the years of a rule, sorted."""
    with (HERE / "holidays.csv").open(encoding="utf-8", newline="") as file:
        for line in sorted(csv.DictReader(file), key=lambda row: row["name"]):
            for part in line["days"].split("|"):
                found = re.fullmatch(r"(\*|[A-Z]{3})(!?) ([^@%]+)(?:@(\d*)-?(\d*))?( ?%\S+)?", part)
                if not found:
                    raise SystemExit(f"{line['name']}: not a country and a rule: {part!r}")
                country, default, rule, since, until, years = found.groups()
                rule = f"table {line['name']}" if rule == "table" else rule.strip()
                yield [
                    line["name"],
                    line["aliases"],
                    country.replace("*", ""),
                    rule + (f" {years.strip()}" if years else ""),
                    since or "",
                    until or "",
                    line["approximate"],
                    "yes" if default else "",
                ]


def referred(rule: str) -> str:
    """The feast of the table that a rule refers to, "" for another rule."""
    found = re.fullmatch(r"table (.+?)(?: [+-]\d+(?:/[+-]\d+)?)?", rule)
    return found[1] if found else ""


def cells(feasts: dict[str, Spans]) -> Iterable[list[str]]:
    """A row a feast and decade, with a word a year: see `_table` of the reader."""
    for name, spans in sorted(feasts.items()):
        by_year = {
            year: "+".join(word(*s) for s in spans if s[0].year == year) or "-" for year in range(FIRST, LAST + 1)
        }
        for decade in range(FIRST, LAST + 1, 10):
            words = [by_year[year] for year in range(decade, min(decade + 10, LAST + 1))]
            if set(words) != {"-"}:
                yield [name, str(decade), " ".join(words)]


def word(first: date, last: date) -> str:
    return f"{first:%m%d}" if first == last else f"{first:%m%d}-{last:%m%d}"


def write(name: str, head: str, lines: Iterable[Iterable[object]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head.split(","))
        out.writerows(lines)


def table(calendar: object, holiday: str) -> Spans:
    """The days of a table of the holidays package: a month and day a year, or several."""
    found: Spans = []
    for year, days in getattr(calendar, f"{holiday}_DATES").items():
        several = days if isinstance(days[0], tuple) else (days,)
        found += [(day, day) for month_and_day in several for day in [date(year, *month_and_day)]]
    return found


def computed(day: Callable[[int], date | None], length: int = 1, before: int = 0) -> Spans:
    """The spans of a day reckoned year by year, `length` days long, that begin `before` days earlier."""
    days = [found for year in KNOWN if (found := day(year))]
    return [(first - timedelta(before), first + timedelta(length - 1)) for first in days]


def gregorian(year: int, month: int, day: int) -> date:
    return date(*hebrew.to_gregorian(year, month, day))


def jewish() -> dict[str, Spans]:
    """A feast of several days from the evening before, one of a day on its full day.

    Months count from Nisan; years of the Jewish calendar are 3760 ahead in spring.
    """
    return {
        "Passover": computed(lambda year: gregorian(year + 3760, 1, 15), 8, 1),
        "Hanukkah": computed(lambda year: gregorian(year + 3761, 9, 25), 8, 1),
        "Tu BiShvat": computed(lambda year: gregorian(year + 3760, 11, 15)),
        "Tisha B'Av": computed(lambda year: postponed(gregorian(year + 3760, 5, 9))),
        "Yom Ha'atzmaut": computed(israels_independence),
        "Yom HaShoah": computed(holocaust_day),
        "Jerusalem Day": computed(lambda year: gregorian(year + 3760, 2, 28) if year > 1967 else None),
    }


def postponed(day: date) -> date:
    """A fast does not fall on the Sabbath."""
    return day + timedelta(day.weekday() == 5)


def israels_independence(year: int) -> date | None:
    """5 Iyar; on a Thursday where that is a Friday or Saturday, since 2004 on the Tuesday where it is a Monday."""
    if year < 1949:
        return None
    day = gregorian(year + 3760, 2, 5)
    return day + timedelta({4: -1, 5: -2, 0: int(year >= 2004)}.get(day.weekday(), 0))


def holocaust_day(year: int) -> date | None:
    """27 Nisan; the day before where that is a Friday, since 1997 the day after where it is a Sunday."""
    if year < 1951:
        return None
    day = gregorian(year + 3760, 1, 27)
    return day + timedelta(-1 if day.weekday() == 4 else day.weekday() == 6 and year >= 1997)


def islamic() -> dict[str, Spans]:
    """By the calendar of Umm al-Qura, which Saudi Arabia follows; months last until the next one begins."""
    found = {name: table(_IslamicLunar, holiday) for name, holiday in ISLAMIC.items()}
    feasts = sorted(day for day, _ in found["Eid al-Fitr"])
    safar = sorted(day - timedelta(20) for day, _ in found["Arbaeen"])
    opens = [day for day, _ in table(_IslamicLunar, "RAMADAN_BEGINNING")]
    found["Ramadan"] = [(day, next(f for f in feasts if f > day) - timedelta(1)) for day in opens if day < feasts[-1]]
    new_years = [day for day, _ in found["Islamic New Year"]]
    found["Muharram"] = [(day, next(s for s in safar if s > day)) for day in new_years if day < safar[-1]]
    return found


def chinese() -> dict[str, Spans]:
    calendar = _ChineseLunisolar()
    korean, vietnamese = _ChineseLunisolar("KOREAN_CALENDAR"), _ChineseLunisolar("VIETNAMESE_CALENDAR")
    return {
        "Lunar New Year": computed(lambda year: calendar.lunar_new_year_date(year)[0]),
        "Qingming Festival": computed(lambda year: calendar.qingming_date(year)[0]),
        "Dragon Boat Festival": computed(lambda year: calendar.dragon_boat_date(year)[0]),
        "Mid-Autumn Festival": computed(lambda year: calendar.mid_autumn_date(year)[0]),
        "Double Ninth Festival": computed(lambda year: calendar.double_ninth_date(year)[0]),
        "Buddha's Birthday": computed(lambda year: calendar.buddha_birthday_date(year)[0]),
        "Seollal": computed(lambda year: korean.lunar_new_year_date(year)[0]),
        "Chuseok": computed(lambda year: korean.mid_autumn_date(year)[0]),
        "Seokgatansinil": computed(lambda year: korean.buddha_birthday_date(year)[0]),
        "Tet": computed(lambda year: vietnamese.lunar_new_year_date(year)[0]),
        "Hung Kings Commemoration Day": computed(lambda year: vietnamese.hung_kings_date(year)[0]),
        "Tsagaan Sar": table(_MongolianLunisolar, "TSAGAAN_SAR"),
        "Losar": table(_TibetanLunisolar, "LOSAR"),
    }


def indian() -> dict[str, Spans]:
    """By the almanac for 2001 to 2035; Diwali and the feasts that keep their distance from it in other years too."""
    found = {name: table(_HinduLunisolar, holiday) for name, holiday in HINDU.items()}
    almanac = {day.year: day for day, _ in table(_HinduLunisolar, "DIWALI_INDIA")}
    diwali = {day.year: day for day, _ in table(_HinduLunisolar, "DIWALI")} | almanac
    for name, holiday, month, day in SUN:
        usual = [(date(year, month, day), date(year, month, day)) for year in KNOWN]
        found[name] = completed(table(_HinduLunisolar, holiday), usual)
    found["Diwali"] = [(day, day) for day in diwali.values()]
    found["Dussehra"] = counted(table(_HinduLunisolar, "DUSSEHRA"), diwali, -20)
    found["Chhath Puja"] = counted(found["Chhath Puja"], diwali, 6)
    starts = {day.year: day for day, _ in table(_HinduLunisolar, "SHARAD_NAVRATRI")}
    victories = {day.year: day for day, _ in found["Dussehra"]}
    found["Navratri"] = [(starts.get(year, day - timedelta(9)), day - timedelta(1)) for year, day in victories.items()]
    return found


def completed(known: Spans, others: Spans) -> Spans:
    """The known days, and the others in years without one."""
    years = {first.year for first, _ in known}
    return known + [span for span in others if span[0].year not in years]


def counted(almanac: Spans, diwali: dict[int, date], distance: int) -> Spans:
    """A feast by the almanac, in other years by its usual distance from Diwali."""
    known = {day.year: day for day, _ in almanac}
    days = [known.get(year, day + timedelta(distance)) for year, day in diwali.items()]
    return [(day, day) for day in days]


def buddhist() -> dict[str, Spans]:
    burmese, thai = _BurmeseLunisolar(), _ThaiLunisolar()
    lent = {day.year: day for year in KNOWN if (day := thai.khao_phansa_date(year))}
    return {
        "Vesak": table(_BuddhistLunisolar, "VESAK"),
        "Vesak Poya": completed(table(_SinhalaLunar, "VESAK_POYA"), table(_BuddhistLunisolar, "VESAK_MAY")),
        "Nyepi": table(_BalineseSakaLunar, "NYEPI"),
        "Poson": table(_SinhalaLunar, "POSON_POYA"),
        "Thingyan": [
            (first - timedelta(1), last)
            for year in KNOWN
            for first, last in [burmese.thingyan_dates(year)]
            if first and last
        ],
        "Myanmar New Year": computed(lambda year: burmese.thingyan_dates(year)[1], 2, -1),
        "Full Moon Day of Tabaung": computed(burmese.tabaung_full_moon_date),
        "Full Moon Day of Kason": computed(burmese.kason_full_moon_date),
        "Full Moon Day of Waso": computed(burmese.waso_full_moon_date),
        "Thadingyut": computed(burmese.thadingyut_full_moon_date),
        "Tazaungdaing": computed(burmese.tazaungmon_full_moon_date),
        "Myanmar National Day": computed(burmese.tazaungmon_full_moon_date, 11, -10),
        "Kayin New Year": computed(burmese.pyatho_waxing_moon_date),
        "Buddhist Lent": [(day, end) for year, day in lent.items() if (end := thai.ok_phansa_date(year))],
        "Makha Bucha": computed(thai.makha_bucha_date),
        "Visakha Bucha": computed(thai.visakha_bucha_date),
        "Asalha Bucha": computed(thai.asarnha_bucha_date),
        "Khao Phansa": computed(thai.khao_phansa_date),
        "Ok Phansa": computed(thai.ok_phansa_date),
        "Loy Krathong": computed(thai.loy_krathong_date),
        "Pchum Ben": computed(thai.pchum_ben_date, 2, 1),
    }


def solar() -> dict[str, Spans]:
    persian = _Persian()
    return {
        "Nowruz": computed(persian.new_year_date),
        "Yalda Night": computed(lambda year: persian.persian_to_gregorian(year, 9, 30)),
        "Islamic Revolution anniversary": computed(
            lambda year: persian.persian_to_gregorian(year - 1, 11, 22) if year > 1979 else None
        ),
        "Enkutatash": computed(lambda year: date(*coptic.to_gregorian(year - 283, 1, 1))),
        "Meskel": computed(lambda year: date(*coptic.to_gregorian(year - 283, 1, 17))),
    }


if __name__ == "__main__":
    main()
