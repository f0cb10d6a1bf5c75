"""Public holidays, feasts and festivals as English news names them, and their days in a given year.

Tables: `data/holidays.csv` (names, countries and rules) and `data/holiday_days.csv` (days of the feasts that follow the
moon), built by tools/reference/holidays.py. A rule of the first table is one of

    03-08              that day every year                    04-13/04-16       from the one day to the other
    easter -2          days from Western Easter Sunday        orthodox -48/-1   a span counted from Orthodox Easter
    11 3 4             nth weekday of a month: 4th Thursday (Monday is 0; -1 is the last)
    05-18 0            the first such weekday on or after a day
    table Passover +50 days from a feast of the second table
    varies             held on different days within the country

`+N` or `+N/+M` after any of them counts days from its first one; `%4=1` at the end keeps the years that leave 1 when
divided by 4.
Jewish and Islamic days begin on the evening before: a feast of one day stands here on its full day; a Jewish one of
several days from its first evening ("Hanukkah began on Sunday evening"), an Islamic one from its first full day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache

from timeline.reference.tables import plain_rows, split

FIRST_EASTER, LAST_EASTER = 1583, 4099  # the years for which the Gregorian computus is valid


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of a year, with its first and last day (the same for one of a day).

    `country` is the alpha-3 code of the row it was found in, "" for one that is the same everywhere. `approximate` days
    hang on the sighting of the moon or on local custom: a day earlier or later is as likely in another country.
    """

    name: str
    first: date
    last: date
    approximate: bool
    country: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a holiday of a country ("" for every country) and the rule of its days.

    `since` and `until` are the first and last year of the rule; `default` says that the name means this country's
    unless another is named.
    """

    name: str
    aliases: tuple[str, ...]
    country: str
    rule: str
    since: int
    until: int
    approximate: bool
    default: bool


@cache
def names() -> frozenset[str]:
    """Every name and alias in lower case with straight apostrophes; also without apostrophes and hyphens.

    Some are ordinary words as well ("lent", "advent", "carnival"): a text means the feast when it writes a capital.
    """
    written = {name.lower() for name in spellings()}
    bare = {name.replace("'", "") for name in written}
    return frozenset(written | bare | {name.replace("-", " ") for name in written | bare})


@cache
def spellings() -> frozenset[str]:
    """Every name and alias as it is written, with straight apostrophes."""
    return frozenset(name for row in plain_rows("holidays.csv") for name in (row[0], *split(row[1])))


def countries_of(name: str) -> frozenset[str]:
    """The alpha-3 codes of the countries that have a day of this name of their own."""
    return frozenset(row.country for row in rows_of(name) if row.country)


def is_shared(name: str) -> bool:
    """Whether countries have a day of this name, and it means none of them unless one is named."""
    rows = rows_of(name)
    return bool(rows) and all(row.country and not row.default for row in rows)


def days(name: str, year: int, country: str = "") -> Holiday | None:
    """The holiday of that name in a year, by the year of its first day.

    With a country: its own row, else the row that is the same everywhere. Without one: the row that the name means in
    international news unless a country is named, else the one that is the same everywhere. None where there is no such
    row, where the year is beyond what is known, and where the feast falls twice or not at all in the year (see
    `occurrences`).
    """
    found = occurrences(name, year, country)
    return found[0] if len(found) == 1 else None


def occurrences(name: str, year: int, country: str = "") -> tuple[Holiday, ...]:
    """Every day or span of `days` in a year: two for a feast of the Islamic year in some years, mostly one or none."""
    if not MINYEAR <= year < MAXYEAR:
        return ()
    rows = [row for row in rows_of(name) if row.since <= year <= row.until]
    row = _chosen(rows, country)
    if row is None:
        return ()
    return tuple(Holiday(row.name, first, last, row.approximate, row.country) for first, last in spans(row.rule, year))


def _chosen(rows: list[Row], country: str) -> Row | None:
    """The row that a name means: the country's own (without a country: the default one), else the one of everywhere."""
    own = [row for row in rows if (row.country == country if country else row.default)]
    choices = (own, [row for row in rows if not row.country])
    choice = next((choice for choice in choices if choice), [])
    return choice[0] if len(choice) == 1 else None


def all_rows() -> tuple[Row, ...]:
    """Every row of the table, in its order."""
    return tuple(_row(cells) for cells in plain_rows("holidays.csv"))


@cache
def rows_of(name: str) -> tuple[Row, ...]:
    """The rows that have this name or alias, in any case and with or without apostrophes and hyphens."""
    return tuple(_row(cells) for cells in _by_key().get(key(name), ()))


def _row(cells: list[str]) -> Row:
    name, aliases, country, rule, since, until, approximate, default = cells
    first, last = int(since or MINYEAR), int(until or MAXYEAR)
    return Row(name, split(aliases), country, rule, first, last, approximate == "yes", default == "yes")


@cache
def _by_key() -> dict[str, list[list[str]]]:
    """The cells of the rows by the key of each name; values are made of them when a name is asked for."""
    found: dict[str, list[list[str]]] = {}
    keys: tuple[str, ...] = ()
    named = ""
    for cells in plain_rows("holidays.csv"):
        if (written := f"{cells[0]}|{cells[1]}") != named:
            named, keys = written, tuple(dict.fromkeys(key(name) for name in split(written)))
        for each in keys:
            found.setdefault(each, []).append(cells)
    return found


def key(name: str) -> str:
    """What the spellings of a name have in common: no case, apostrophes, full stops, hyphens or article."""
    return " ".join(name.lower().translate(_SAME).split()).removeprefix("the ")


_SAME = str.maketrans({"'": None, "’": None, "‘": None, "`": None, ".": None, "-": " ", "–": " "})


@cache
def spans(rule: str, year: int) -> tuple[tuple[date, date], ...]:
    """First and last days of a rule of the table that begin in a year, in order. Raises ValueError for no rule."""
    words = rule.split()
    if words[-1].startswith("%"):
        divisor, _, rest = words.pop()[1:].partition("=")
        if year % int(divisor) != int(rest or 0):
            return ()
    shift: tuple[timedelta, timedelta] | None = None
    if words[-1][0] in "+-" and not (len(words) == 3 and words[0].isdecimal()):
        first, _, last = words.pop().partition("/")
        shift = timedelta(int(first)), timedelta(int(last or first))
    found = []
    for near in range(max(year - 1, MINYEAR), min(year + 1, MAXYEAR - 1) + 1):
        for opens, closes in _base(words, near):
            try:
                moved = (opens + shift[0], opens + shift[1]) if shift else (opens, closes)
            except OverflowError:
                continue
            if moved[0].year == year:
                found.append(moved)
    return tuple(sorted(found))


def _base(words: list[str], year: int) -> Iterator[tuple[date, date]]:
    """The spans of a rule without its shift and its years."""
    match words:
        case ["varies"]:
            return
        case ["easter" | "orthodox" as kind]:
            day = easter(year) if kind == "easter" else orthodox_easter(year)
            if day:
                yield day, day
        case ["table", *name]:
            yield from _table(" ".join(name)).get(year, ())
        case [month, weekday, nth] if month.isdecimal():
            day = _nth(year, int(month), int(weekday), int(nth))
            yield day, day
        case [day_of_year, weekday] if _is_day(day_of_year):
            day = _fixed(year, day_of_year)
            day += timedelta(days=(int(weekday) - day.weekday()) % 7)
            yield day, day
        case [span]:
            opens, _, closes = span.partition("/")
            first, last = _fixed(year, opens), _fixed(year, closes or opens)
            yield first, last if last >= first else _fixed(year + 1, closes)
        case _:
            raise ValueError(f"no rule of a holiday: {' '.join(words)!r}")


def _is_day(word: str) -> bool:
    return len(word) == 5 and word[2] == "-"


def _fixed(year: int, month_and_day: str) -> date:
    return date(year, int(month_and_day[:2]), int(month_and_day[3:]))


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


@cache
def _cells() -> dict[str, list[tuple[int, str]]]:
    """The rows of the second table by name, unread: the first year of a decade and its days."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, first, cell in plain_rows("holiday_days.csv"):
        found.setdefault(name, []).append((int(first), cell))
    return found


@cache
def _table(name: str) -> dict[int, tuple[tuple[date, date], ...]]:
    """The spans of a feast of the second table by year. A cell has a word a year: "0330", "0301-0329", "-" for none,
    and two joined by "+" where the feast falls twice."""
    found = {}
    for decade, cell in _cells()[name]:
        for year, word in enumerate(cell.split(), decade):
            if word != "-":
                found[year] = tuple(_read(year, part) for part in word.split("+"))
    return found


def _read(year: int, word: str) -> tuple[date, date]:
    first = date(year, int(word[:2]), int(word[2:4]))
    if len(word) == 4:
        return first, first
    last = date(year, int(word[5:7]), int(word[7:]))
    return first, last if last >= first else last.replace(year=year + 1)


def easter(year: int) -> date | None:
    """Western Easter Sunday, by the anonymous Gregorian computus; None outside the years 1583 to 4099."""
    if not FIRST_EASTER <= year <= LAST_EASTER:
        return None
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month_and_day = moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) // 451) + 114
    return date(year, month_and_day // 31, month_and_day % 31 + 1)


def orthodox_easter(year: int) -> date | None:
    """Easter Sunday of the Orthodox churches in the Gregorian calendar; None outside the years 1583 to 4099.

    The Julian full moon falls 0 to 29 days after 21 March, by the year's place in the cycle of 19; Easter is the Sunday
    after it. A Julian date is 10 days behind in the 16th century, one more for each century year that is no leap year.
    """
    if not FIRST_EASTER <= year <= LAST_EASTER:
        return None
    behind = year // 100 - year // 400 - 2
    full_moon = date(year, 3, 21) + timedelta(days=(19 * (year % 19) + 15) % 30 + behind)
    return full_moon + timedelta(days=7 - (full_moon.weekday() + 1) % 7)
