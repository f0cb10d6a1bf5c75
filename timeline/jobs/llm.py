"""The extractor "llm" as its entry point makes it: settings from the environment, the client, the pure rest."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit, urlunsplit

from timeline.extract.llm.extractor import LlmExtractor, Prices
from timeline.jobs.endpoint import Endpoint
from timeline.model.errors import UsageError

_PATH = "/chat/completions"
_TIMEOUT, _LONGEST_TIMEOUT = 120.0, 3600.0  # seconds
_HELP = "docs/extractors.md lists the settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user says of an endpoint; `timeout` in seconds, prices per million tokens."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = _TIMEOUT
    prices: Prices | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        """From TIMELINE_LLM_URL, _MODEL, _KEY, _TIMEOUT, _PRICE_IN and _PRICE_OUT. Raises UsageError."""

        def said(name: str) -> str:
            return environment.get(f"TIMELINE_LLM_{name}", "").strip()

        if not said("URL") or not said("MODEL"):
            hint = f"Set TIMELINE_LLM_URL and TIMELINE_LLM_MODEL; {_HELP}"
            raise UsageError("the extractor llm needs an endpoint and a model", hint=hint)
        key = said("KEY")
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise UsageError("TIMELINE_LLM_KEY: a key is one word of plain characters", hint="Copy it again")
        price_in, price_out = _number("PRICE_IN", said("PRICE_IN")), _number("PRICE_OUT", said("PRICE_OUT"))
        if (price_in is None) != (price_out is None):
            raise UsageError("TIMELINE_LLM_PRICE_IN and TIMELINE_LLM_PRICE_OUT go together", hint=_HELP)
        timeout = _number("TIMEOUT", said("TIMEOUT"))
        if timeout is not None and not 1 <= timeout <= _LONGEST_TIMEOUT:
            raise UsageError(f"TIMELINE_LLM_TIMEOUT: {timeout:g} is not between 1 and 3600", hint="Give seconds")
        return cls(
            url=_address(said("URL"), bool(key)),
            model=said("MODEL"),
            key=key,
            timeout=timeout or _TIMEOUT,
            prices=Prices(price_in, price_out) if price_in is not None and price_out is not None else None,
        )


def extractor() -> LlmExtractor:
    """The extractor that the environment describes; nothing is sent before it is given an article.

    Raises UsageError for settings that are missing or wrong.
    """
    settings = Settings.of(os.environ)
    return LlmExtractor(settings.model, Endpoint(settings.url, settings.key, settings.timeout), settings.prices)


def _address(url: str, has_key: bool) -> str:
    """The address of chat completions under a base address. Raises UsageError, which shows no part of a secret."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises for what is no port
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), ""
    if parts.scheme not in ("http", "https") or not host or not url.isprintable() or " " in url:
        raise UsageError("TIMELINE_LLM_URL is no address", hint="Write https://HOST/v1")
    if parts.username is not None or parts.password is not None:
        raise UsageError("TIMELINE_LLM_URL holds a password", hint="Put the key into TIMELINE_LLM_KEY")
    if parts.scheme == "http" and has_key and not _is_loopback(host):
        hint = "Use https, or leave TIMELINE_LLM_KEY empty"
        raise UsageError("TIMELINE_LLM_URL: the key would travel unencrypted", hint=hint)
    path = parts.path.rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, path if path.endswith(_PATH) else path + _PATH, parts.query, ""))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _number(name: str, words: str) -> float | None:
    if not words:
        return None
    try:
        value = float(words)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise UsageError(f"TIMELINE_LLM_{name}: {words[:40]!r} is no number", hint=_HELP)
    return value
