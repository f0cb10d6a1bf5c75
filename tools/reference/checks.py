"""Our terms of office against second sources, to the year."""

from __future__ import annotations

from collections.abc import Iterator

# By person: (source, role, first year, last year or ""); the role of PETRARCH2 is "government" for every office.
Spans = dict[str, list[tuple[str, str, str, str]]]
# A term without end ran still when the list was made; PETRARCH2 leaves ends out, so that only starts count.
MADE = {"wikidata": 2021, "petrarch2": 0}


def agrees(start: str, end: str, spans: list[tuple[str, str, str, str]]) -> bool:
    """Whether a second source has a term of this person with the same first and last year."""
    return any(start[:4] == first and _same_end(end, last, MADE[source]) for source, _, first, last in spans if start)


def _same_end(end: str, last: str, made: int) -> bool:
    return end[:4] == last if last else not end or int(end[:4]) >= made


def disagreements(posts: list[tuple[str, str, str, str, str]], second: Spans) -> Iterator[str]:
    """A line for each leader's term (name, person, role, start, end) for which a second source has other years only."""
    for name, person, role, start, end in posts:
        spans = second.get(person, [])
        if role not in ("head_of_state", "head_of_government") or not start or agrees(start, end, spans):
            continue
        near = [s for s in spans if s[1] in (role, "government") and abs(int(s[2] or 0) - int(start[:4])) <= 1]
        if near:
            have = ", ".join(f"{source} {first}-{last}" for source, _, first, last in near)
            yield f"{name}, {role}: ours {start}-{end}, {have}"
