"""Lines of a GDELT 2.0 event file that never was: the same for the same seed.

    python -m benchmarks.gdelt_rows SIZE > events.export.CSV

Spread as real files are: actors and countries by Zipf's law, one side missing in one of five rows, codes as often as
in news (statements, visits and appeals most), five of six events at a city, four of a hundred dated back, three rows to
an article. One line in a thousand is broken: cut short, a column too many, a date that is none, a NUL.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from benchmarks.synthetic import _SYLLABLES, _zipf
from timeline.reference import cameo, countries
from timeline.reference.tables import plain_rows, rows

FIRST = datetime(2021, 2, 1, tzinfo=UTC)
_POOL = 1 << 15
_DAILY = 100_000  # rows of a day
_OFTEN = {
    "010": 80, "020": 60, "036": 60, "040": 90, "042": 90, "043": 85, "051": 50, "046": 25, "050": 25,
    "057": 15, "070": 15, "071": 8, "073": 8, "080": 8, "084": 6, "090": 20, "100": 8, "110": 20, "111": 25, "112": 30,
    "120": 15, "130": 10, "141": 10, "173": 40, "172": 8, "180": 10, "190": 45, "193": 15, "195": 5, "060": 10,
}  # fmt: skip
_ROLES = ("", "", "", "GOV", "GOV", "MIL", "COP", "OPP", "CVL", "MED", "BUS", "JUD", "LEG", "REB", "EDU", "CRM")
_DATED_BACK = (7, 30, 365, 3650)
BROKEN = 0.001


def lines(size: int, seed: int = 1) -> Iterator[bytes]:
    """`size` lines with their ends."""
    rng = random.Random(seed)
    pools = _Pools(rng)
    for number in range(size):
        cells = _cells(number, rng, pools)
        line = "\t".join(cells).encode()
        yield (_broken(line, rng) if rng.random() < BROKEN else line) + b"\n"


def _broken(line: bytes, rng: random.Random) -> bytes:
    how = rng.randrange(4)
    if how == 0:
        return line[: len(line) // 2]
    if how == 1:
        return line + b"\tmore"
    cells = line.split(b"\t")
    cells[1] = b"20210231" if how == 2 else b"2021\x000201"
    return b"\t".join(cells)


def _cells(number: int, rng: random.Random, pools: _Pools) -> list[str]:
    chance = rng.random
    added = FIRST + timedelta(seconds=number * 86_400 // _DAILY // 900 * 900)
    day = added - timedelta(days=rng.choice(_DATED_BACK) if chance() < 0.04 else 0)
    code = rng.choice(pools.codes)
    first = pools.nobody if chance() < 0.1 else rng.choice(pools.actors)
    second = pools.nobody if chance() < 0.25 else rng.choice(pools.actors)
    place = rng.choice(pools.places) if chance() < 0.95 else ["0", *[""] * 7]
    article = number // 3
    return [
        str(960_000_000 + number), f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{day.year + day.month / 12:.4f}",
        *first, *second, "1" if chance() < 0.6 else "0", code, code[:3], code[:2], str(pools.quads[code]),
        f"{rng.randrange(-100, 101) / 10}", str(rng.choice(pools.mentions)), str(1 + rng.randrange(3)),
        str(rng.choice(pools.mentions)), f"{rng.gauss(-2, 4):.14f}",
        *rng.choice(pools.places), *rng.choice(pools.places), *place, f"{added:%Y%m%d%H%M%S}",
        f"https://news{article % 5000}.example/{added:%Y/%m/%d}/{pools.word(rng)}-{pools.word(rng)}-{article}",
    ]  # fmt: skip


class _Pools:
    def __init__(self, rng: random.Random) -> None:
        lands = sorted(countries.all_countries())
        rng.shuffle(lands)
        drawn = rng.choices(lands, _zipf(len(lands)), k=_POOL)
        self.nobody = [""] * 10
        self._called = [self.word(rng).upper() for _ in range(12)]  # a dictionary has some ten names for a role
        self.actors = [self._actor(iso3, rng) for iso3 in drawn]
        self.codes = rng.choices(
            list(cameo.all_codes()),
            [_OFTEN.get(code, 1) if len(code) > 2 else 0 for code in cameo.all_codes()],
            k=_POOL,
        )
        classes = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
        self.quads = {code.code: 1 + classes.index(code.quad) for code in cameo.all_codes().values()}
        self.mentions = rng.choices(range(1, 200), _zipf(199), k=_POOL)
        self.places = self._places(rng, set(drawn))

    def word(self, rng: random.Random) -> str:
        return "".join(rng.choice(_SYLLABLES) for _ in range(3))

    def _actor(self, iso3: str, rng: random.Random) -> list[str]:
        role = rng.choice(_ROLES)
        if rng.random() < 0.15:
            return [role or "GOV", (role or "GOV") + "S", "", "", "", "", "", role, "", ""]
        name = f"{rng.choice(self._called)} {role}" if role else countries.name_of(iso3).upper()
        return [iso3 + role, name, iso3, "", "", "", "", role, "", ""]

    @staticmethod
    def _places(rng: random.Random, drawn: set[str]) -> list[list[str]]:
        fips = {row["iso3"]: row["code"] for row in rows("country_codes.csv") if row["scheme"] == "fips"}
        cities = [
            [
                "4",
                f"{name}, {name} Province, {countries.name_of(iso3)}",
                fips[iso3],
                f"{fips[iso3]}01",
                "1",
                lat,
                lon,
                id_,
            ]
            for id_, name, iso3, lat, lon, exactness, *_ in plain_rows("places.csv")
            if exactness == "city" and iso3 in fips and iso3 in drawn
        ]
        whole = [
            ["1", countries.name_of(iso3), fips[iso3], fips[iso3], "", "12.5", "41.5", fips[iso3]]
            for iso3 in drawn
            if iso3 in fips
        ]
        return [*rng.choices(cities, k=_POOL), *rng.choices(whole, k=_POOL // 5)]


def main() -> None:
    for line in lines(int(sys.argv[1])):
        sys.stdout.buffer.write(line)


if __name__ == "__main__":
    main()
