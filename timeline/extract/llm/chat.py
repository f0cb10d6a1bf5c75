"""What the extractor asks of a chat-completions endpoint: the one effect in this room, given from outside."""

from __future__ import annotations

from typing import Protocol

from timeline.model.errors import TimelineError


class Chat(Protocol):
    """Sends one request and gives the body of the answer."""

    def ask(self, request: bytes) -> bytes:
        """The JSON that answers a JSON request.

        Raises DeclinedError when the endpoint does not take this request, UnansweredError when it gives no answer
        to it though it was asked several times, and any other TimelineError when no other request would fare better.
        """
        ...


class DeclinedError(TimelineError):
    """The endpoint does not take the request as it is."""


class UnansweredError(TimelineError):
    """The endpoint gave no usable answer to this request; the next one may fare better."""
