"""The JSON schema of an answer, in the strict subset that endpoints enforce; `answers` checks all of it again."""

from __future__ import annotations

from typing import Any

from timeline.model import ActorKind, Modality, Role
from timeline.reference import kinds

Schema = dict[str, Any]


def answer_schema() -> Schema:
    """The schema of the whole answer: {"events": [...]}."""
    actor = _object(
        words=_text("The name exactly as the article writes it, without titles; one actor only."),
        role=_one_of(Role),
        kind=_one_of(ActorKind),
    )
    event = _object(
        quote=_text("The sentence or clause of the article that tells of it, copied exactly."),
        trigger=_text("The word or words inside the quote that name what happened, copied exactly."),
        kind=_one_of(kinds.all_kinds()),
        modality=_one_of(Modality),
        date=_text('EDTF, no more exact than the article: "2021-02-01", "2021-02", "2021/2023"; "" when unknown.'),
        date_words=_text('The words of the article that give the date, copied exactly; "" when none do.'),
        place=_text('The place where it happened, exactly as the article writes it; "" when unknown.'),
        actors={"type": "array", "items": actor},
        happening={"type": "integer", "description": "The same number for entries that tell of one happening."},
    )
    return _object(events={"type": "array", "items": event})


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _one_of(values: Any) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}
