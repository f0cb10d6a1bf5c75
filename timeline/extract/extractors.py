"""Finding an extractor by name. A new one is offered under the entry point group "timeline.extractors"."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.extract.pipeline import Extractor

DEFAULT = "default"


def extractor(name: str = DEFAULT) -> Extractor:
    """The installed extractor of a name. Raises UsageError where there is none, and what making it raises."""
    found = {entry.name: entry for entry in entry_points(group="timeline.extractors")}
    if name not in found:
        raise UsageError(f"no extractor is called {name!r}", hint=f"Say {', '.join(sorted(found))}")
    made: Extractor = found[name].load()()
    return made


def signature(made: Extractor) -> str:
    """What is kept with every report: name and version."""
    return f"{made.name} {made.version}"
