"""GEXF and GraphML: the network of actors, for Gephi, Cytoscape and igraph, by networkx."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from timeline.exports.options import DEFAULT, Options
from timeline.exports.safety import visible
from timeline.model import Actor, Event, Role
from timeline.model.actor import acting

if TYPE_CHECKING:
    import networkx as nx

_STAMP = re.compile(rb' lastmodifieddate="[^"]*"')


@dataclass(slots=True)
class _Tie:
    """What ties two actors: how many events, of which types, from when to when."""

    types: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None

    def add(self, event: Event) -> None:
        self.types[event.type] += 1
        first, last = event.when.earliest, event.when.latest
        self.first = min(filter(None, (self.first, first)), default=None)
        self.last = max(filter(None, (self.last, last)), default=None)

    @property
    def attributes(self) -> dict[str, Any]:
        types = sorted(self.types.items(), key=lambda each: (-each[1], each[0]))
        return {
            "weight": self.types.total(),
            "types": visible("; ".join(f"{name} {many}" for name, many in types)),
            "first": str(self.first or ""),
            "last": str(self.last or ""),
        }


def network(events: Iterable[Event]) -> nx.MultiDiGraph:
    """A node an actor, and an edge for who did something to whom (relation "to") and who took part with whom ("with",
    from the lesser id to the greater): weighted by events, with their types and days.
    """
    import networkx as nx

    actors: dict[str, Actor] = {}
    many: Counter[str] = Counter()
    ties: dict[tuple[str, str, str], _Tie] = {}
    for event in events:
        sides: dict[Role, list[str]] = {role: [] for role in Role}
        for each in acting(event.actors):
            key = visible(each.actor.key)
            actors.setdefault(key, each.actor)
            many[key] += 1
            sides[each.role].append(key)
        done = [(*pair, "to") for pair in product(sides[Role.SOURCE], sides[Role.TARGET])]
        shared = [(*pair, "with") for pair in combinations(sorted(sides[Role.PARTICIPANT]), 2)]
        for pair in done + shared:
            ties.setdefault(pair, _Tie()).add(event)
    graph = nx.MultiDiGraph()
    for key in sorted(actors):
        graph.add_node(key, **_attributes(actors[key], many[key]))
    for (one, other, relation), tie in sorted(ties.items()):
        graph.add_edge(one, other, key=relation, relation=relation, **tie.attributes)
    return graph


def _attributes(actor: Actor, events: int) -> dict[str, Any]:
    return {"label": visible(actor.name), "kind": actor.kind.value, "country": visible(actor.country), "events": events}


class GexfExporter:
    """GEXF 1.2."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        import networkx as nx

        file = io.BytesIO()
        nx.write_gexf(network(events), file)
        yield _STAMP.sub(b"", file.getvalue(), count=1)  # the day of writing: the same events give the same bytes
        yield b"\n"


class GraphMlExporter:
    """GraphML."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:  # noqa: ARG002 - part of the protocol
        import networkx as nx

        file = io.BytesIO()
        nx.write_graphml_xml(network(events), file, named_key_ids=True)
        yield file.getvalue()
