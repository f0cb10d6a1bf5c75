"""Where something happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from timeline.model.article import Span


class PlaceExactness(StrEnum):
    SITE = "site"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    AREA = "area"  # a sea, a strait, a continent: no country or several


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map; coordinates are WGS 84 degrees, `id` is that of the reference data ("geonames:<id>", or
    "tl:<name>" for a place of our own list), where known; `region` is the state or province it lies in, where the text
    or the reference data says so."""

    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    exactness: PlaceExactness = PlaceExactness.CITY
    id: str = ""
    words: str = ""
    span: Span | None = None
    reason: str = ""
    region: str = ""
