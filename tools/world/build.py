"""Build timeline/exports/page/world.json, the outline of the world, from Natural Earth.

    pip download --no-deps geopandas==0.14.4         it carries "Admin 0 - Countries" at 1:110,000,000, public domain
    python tools/world/build.py geopandas-0.14.4-py3-none-any.whl

Where two countries meet each has the border with its ends the other way round; what stands alone is coast. So the
borders fall away and with them every opinion about them. Coasts keep the points that matter to a tenth of a degree.
The file is a list of rings; a ring is longitude and latitude of its first point and then steps, all in tenths of a
degree: [1201, -85, 3, 10, …] starts at 120.1° E, 8.5° S.
"""

from __future__ import annotations

import json
import struct
import sys
import zipfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).parents[2] / "timeline" / "exports" / "page" / "world.json"
SHAPES = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp"
TOLERANCE = 0.06  # degrees that a coast may be off
SMALLEST = 1.0  # square degrees of an island that is drawn
SOUTHERNMOST = -60.0  # Antarctica is left out

Point = tuple[float, float]
Ring = list[Point]


def rings(shapes: bytes) -> list[Ring]:
    """The rings of all polygons of an ESRI shapefile, each closed: its first point is its last."""
    found, at = [], 100
    while at < len(shapes):
        (words,) = struct.unpack_from(">i", shapes, at + 4)
        body, at = at + 8, at + 8 + 2 * words
        parts, points = struct.unpack_from("<2i", shapes, body + 36)
        starts = [*struct.unpack_from(f"<{parts}i", shapes, body + 44), points]
        numbers = struct.unpack_from(f"<{2 * points}d", shapes, body + 44 + 4 * parts)
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        found += [pairs[a:b] for a, b in pairwise(starts)]
    return found


def coasts(countries: list[Ring]) -> list[Ring]:
    """The rings around the land: edges that no second country shares, put end to end."""
    edges = set()
    for ring in countries:
        line = [(round(x, 6), round(y, 6)) for x, y in ring]
        for edge in pairwise(line):
            if edge[::-1] in edges:
                edges.discard(edge[::-1])
            else:
                edges.add(edge)
    onward: dict[Point, list[Point]] = defaultdict(list)
    for start, end in sorted(edges):
        onward[start].append(end)
    found = []
    while onward:
        ring = [next(iter(onward))]
        while ring[-1] in onward:
            ends = onward[ring[-1]]
            ring.append(ends.pop())
            if not ends:
                del onward[ring[-2]]
        found.append(ring)
    return found


def simplified(line: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker: the points without which the line would be off by more than `tolerance`."""
    kept, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        far, where = max(((_off(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0, 0))
        if far > tolerance:
            kept.add(where)
            todo += [(first, where), (where, last)]
    return [line[i] for i in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if not length else min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / length))
    return float(((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2) ** 0.5)


def area(ring: Ring) -> float:
    """Square degrees."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


def steps(ring: Ring) -> list[int]:
    """The ring in tenths of a degree: its first point, then the step to each next, without its closing point."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in ring[:-1]]
    found = [*tenths[0]]
    for (ax, ay), (bx, by) in pairwise(tenths):
        if (ax, ay) != (bx, by):
            found += [bx - ax, by - ay]
    return found


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as file:
        land = coasts(rings(file.read(SHAPES)))
    drawn = [r for r in land if area(r) >= SMALLEST and min(y for _, y in r) > SOUTHERNMOST]
    drawn.sort(key=area, reverse=True)
    outline = [steps(simplified(ring, TOLERANCE)) for ring in drawn]
    TARGET.write_text(json.dumps(outline, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(outline)} rings, {sum(map(len, outline)) // 2} points, {TARGET.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
