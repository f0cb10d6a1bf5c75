"""GeoJSON for maps: QGIS, Leaflet, kepler.gl."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from timeline.exports.options import DEFAULT, Options
from timeline.exports.pieces import listed
from timeline.exports.safety import json_text
from timeline.exports.tables import EVENTS
from timeline.model import Event

_NAMES = [column.name for column in EVENTS.columns]


class GeoJsonExporter:
    """RFC 7946: a feature an event, its properties named as the columns of CSV; without coordinates its geometry is
    null."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        told = (dict(zip(_NAMES, row, strict=True)) for row in EVENTS.rows(events))
        return listed('{"type": "FeatureCollection", "features": ', map(json_text, map(_feature, told)))


def _feature(told: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = told["latitude"], told["longitude"]
    known = latitude is not None and longitude is not None
    return {
        "type": "Feature",
        "id": told["id"],
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if known else None,
        "properties": told,
    }
