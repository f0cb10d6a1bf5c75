"""Write docs/types.md from the tables of the types and kinds: python -m tools.types"""

from __future__ import annotations

from pathlib import Path

from timeline.reference.kinds import Kind
from timeline.reference.types import EventType, all_types, contexts, kinds_of, scale

PAGE = Path(__file__).parents[1] / "docs" / "types.md"
HEAD = """\
# Event types and kinds
An event has a *type*, one of the 16 of PLOVER (manual of 2021, the field's successor of CAMEO) or OTHER, and a *kind*
of ours below it. `timeline types` lists the kinds, `timeline types coup` prints all about one, `timeline types CONSULT`
about a type. This page is written by `python -m tools.types` from `timeline/reference/data/types.toml` and
`kinds.toml`, whose heads name the sources: names, quad classes, scale values and CAMEO codes are facts of PLOVER's,
definitions are our own words.

## Where we differ from the manual
1. **A plan keeps the type of what is planned** and has the modality `planned`. The manual folds it: planned
   consultation, support, cooperation and aid are AGREE, a planned retreat is CONCEDE, a planned act of conflict
   THREATEN. `timeline export --plover` codes so; the filters of that command still ask for our types.
2. **Plain public statements are kept**, with the kind `statement`, the type OTHER and a low weight, so that
   `timeline show` hides most of them. The manual leaves them out, and so does `--plover`, with all else of type OTHER.

Besides, damage to property is COERCE with us, as CAMEO's code 171 is mapped, where the manual has a mode of ASSAULT;
and an `exercise` is COOPERATE until `--plover` sees that only one country takes part (MOBILIZE).

*Scale* runs from -10 (conflict) to 10 (cooperation), in the manner of Goldstein: PLOVER's value of the kind's mode,
else of its type. *Weight* (0 to 1) is our own: how much a timeline wants such a happening.

`timeline types KIND --json` has the keys `kind`, `type`, `mode`, `definition`, `quad`, `scale`, `contexts`, `cameo`,
`weight`, `family`, `symmetric`, `title`, `example`, `also`; of a type it has `type`, `quad`, `scale`, `definition`,
`notes`, `modes`, `kinds`.
"""


def page() -> str:
    """The whole page."""
    types = all_types().values()
    links = "\n".join(f"- [{each.name}](#{each.name.lower()}): {len(kinds_of(each.name))} kinds" for each in types)
    named = "\n".join(f"- `{name}`: {meaning}" for name, meaning in contexts().items())
    return "\n".join([HEAD, links, "", *(_section(each) for each in types), "## Contexts", named, ""])


def _section(type_: EventType) -> str:
    about = ". ".join(
        part
        for part in (
            type_.quad.capitalize(),
            f"Scale {type_.scale:g}" if type_.scale is not None else "",
        )
        if part
    )
    lines = [f"## {type_.name}", type_.definition, *([f"{about}."] if about else []), ""]
    lines += [f"- {note}" for note in type_.notes]
    if type_.modes:
        told = (f"`{m.name}` {m.meaning}{f' ({m.scale:g})' if m.scale is not None else ''}" for m in type_.modes)
        lines += ["", f"Modes: {'; '.join(told)}."]
    names = ["Kind", "Definition", "Mode", "Scale", "Weight", "Contexts", "CAMEO", "Example"]
    lines += [
        "",
        _line(names),
        _line(["---"] * len(names)),
        *(_line(_cells(kind)) for kind in kinds_of(type_.name)),
        "",
    ]
    return "\n".join(lines)


def _cells(kind: Kind) -> list[str]:
    value = scale(kind)
    also = f" (also: {', '.join(kind.also)})" if kind.also else ""
    return [
        f"`{kind.name}`",
        f"{kind.definition}{also}",
        f"`{kind.mode}`" if kind.mode else "",
        f"{value:g}" if value is not None else "",
        f"{kind.weight:g}",
        ", ".join(kind.contexts),
        " ".join(kind.cameo),
        kind.example,
    ]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
