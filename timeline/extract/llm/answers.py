"""From the bytes of an answer to drafts of reports: every value of the type and range that the schema asks for.

What a server or a model sends is not trusted: wrong shapes are refused one by one, each with its reason; only an
answer that is no JSON at all is an error.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from timeline.model import ActorKind, Modality, Role
from timeline.model.errors import InputError
from timeline.reference import kinds

MOST_EVENTS = 200  # of one article
_MOST_ACTORS = 20  # of one event
_LONGEST = {"quote": 1200, "trigger": 100, "date": 40, "date_words": 120, "place": 120, "words": 120}
_MOST_TOKENS = 10**9  # of one request: a count beyond it is a slip of the server's
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)


class Refusal(StrEnum):
    """Why an answer, or a value of one, was not taken."""

    SHAPE = "not of the schema"
    KIND = "of no known kind"
    MANY = f"beyond {MOST_EVENTS} events"
    QUOTE = "quote not in the text"
    TRIGGER = "trigger not in its quote"
    DOUBLE = "given twice"
    DATE = "date not borne out"
    ACTOR = "actor not named in the text"
    PLACE = "place not named in the text"


# The event stays without the value; the other reasons refuse the whole event.
OF_VALUES = frozenset({Refusal.DATE, Refusal.ACTOR, Refusal.PLACE})


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's words and what they took; `cut` when the server stopped it before its end."""

    content: str
    tokens_in: int
    tokens_out: int
    cut: bool


@dataclass(frozen=True, slots=True)
class DraftActor:
    words: str
    role: Role
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class Draft:
    """One event as the model tells it: of the right types, not yet held against the article."""

    quote: str
    trigger: str
    kind: kinds.Kind
    modality: Modality
    date: str
    date_words: str
    place: str
    actors: tuple[DraftActor, ...]
    happening: int


def reply_of(body: bytes) -> Reply:
    """A chat completion. Raises InputError when the body is none."""
    found = _json(body, "the endpoint's answer")
    try:
        choice = found["choices"][0]
        content = choice["message"]["content"]
    except (LookupError, TypeError) as error:
        raise InputError("the endpoint's answer is no chat completion") from error
    if not isinstance(content, str):
        raise InputError("the model declined to answer")
    used = found.get("usage")
    used = used if isinstance(used, dict) else {}
    return Reply(content, _count(used.get("prompt_tokens")), _count(used.get("completion_tokens")), _cut(choice))


def drafts_of(reply: Reply) -> tuple[list[Draft], list[Refusal]]:
    """The events of a reply, and a reason for each one that is not of the schema. Raises InputError for no JSON."""
    fenced = _FENCE.fullmatch(reply.content)
    try:
        found = _json(fenced[1] if fenced else reply.content, "the model's answer")
    except InputError as error:
        raise InputError("the model's answer was cut off before its end") if reply.cut else error from error
    events = found.get("events") if isinstance(found, dict) else None
    if not isinstance(events, list):
        raise InputError('the model\'s answer holds no list of "events"')
    drafts: list[Draft] = []
    refused = [Refusal.MANY] * (len(events) - MOST_EVENTS)
    for event in events[:MOST_EVENTS]:
        draft = _draft(event)
        if isinstance(draft, Draft):
            drafts.append(draft)
        else:
            refused.append(draft)
    return drafts, refused


def _draft(event: Any) -> Draft | Refusal:
    try:
        kind = kinds.all_kinds().get(_text(event, "kind", 60))
        if kind is None:
            return Refusal.KIND
        actors = event["actors"]
        happening = event["happening"]
        if not isinstance(actors, list) or len(actors) > _MOST_ACTORS or type(happening) is not int:
            return Refusal.SHAPE
        return Draft(
            quote=_text(event, "quote"),
            trigger=_text(event, "trigger"),
            kind=kind,
            modality=Modality(_text(event, "modality", 20)),
            date=_text(event, "date"),
            date_words=_text(event, "date_words"),
            place=_text(event, "place"),
            actors=tuple(_actor(each) for each in actors),
            happening=happening,
        )
    except (LookupError, TypeError, ValueError):
        return Refusal.SHAPE


def _actor(actor: Any) -> DraftActor:
    return DraftActor(_text(actor, "words"), Role(_text(actor, "role", 20)), ActorKind(_text(actor, "kind", 20)))


def _text(holder: Any, key: str, longest: int = 0) -> str:
    value = holder[key]
    if not isinstance(value, str) or len(value) > (longest or _LONGEST[key]):
        raise TypeError(key)
    return value.strip()


def _json(text: str | bytes, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{what} is no JSON") from error


def _count(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= _MOST_TOKENS else 0


def _cut(choice: Any) -> bool:
    return isinstance(choice, dict) and choice.get("finish_reason") == "length"
