"""Files of what answers a question, made while they are sent."""

from __future__ import annotations

from timeline.exports import formats
from timeline.model.errors import NotFoundError
from timeline.serving.answers import Download
from timeline.serving.api import Request
from timeline.serving.questions import question

# Formats that are written as events come, with their media types.
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl; charset=utf-8",
    "geojson": "application/geo+json",
}


def download(request: Request) -> Download:
    """The file of the format that the path names."""
    if request.name not in TYPES:
        raise NotFoundError(f"there is no export.{request.name[:20]}", hint=f"There are {', '.join(TYPES)}")
    asked = question(request.store, request.pairs)
    wanted = formats.find(request.name)
    found = request.store.flat_events(asked.query) if wanted.rows else request.store.events(asked.query)
    pieces = wanted.exporter().write(found)
    return Download(next(pieces, b""), pieces, TYPES[request.name], f"timeline{wanted.suffix}")
