"""What a run took from an outside extractor: summed over its articles, told to the user, kept with the run."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

from timeline.model import NO_USAGE, Extraction, Usage


@dataclass(slots=True)
class Spending:
    """The sum of a run in the making; `refused` counts refused answers by reason."""

    extractor: str = ""
    usage: Usage = NO_USAGE
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, extraction: Extraction) -> None:
        self.extractor = extraction.extractor
        self.usage += extraction.usage
        self.refused.update(extraction.refused)

    def line(self) -> str:
        """For the user; "" where nothing was asked of anybody outside."""
        used = self.usage
        if not used.requests:
            return ""
        cost = "" if used.cost is None else f", cost {used.cost:.4f}"
        requests = f"{used.requests} request{'s' if used.requests > 1 else ''}"
        return f"used {requests}, {used.tokens_in} tokens in, {used.tokens_out} tokens out{cost}"

    def record(self) -> str | None:
        """For the run's row, as JSON; None where nothing was asked of anybody outside."""
        used = self.usage
        if not used.requests:
            return None
        told = {
            "extractor": self.extractor,
            "requests": used.requests,
            "tokens_in": used.tokens_in,
            "tokens_out": used.tokens_out,
            "cost": None if used.cost is None else round(used.cost, 6),
            "refused": dict(sorted(self.refused.items())),
        }
        return json.dumps(told)
