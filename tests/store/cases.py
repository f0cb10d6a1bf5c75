"""How many cases a property of the store is tried on: few in the suite, TIMELINE_CASES for more."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

CASES = int(os.environ.get("TIMELINE_CASES", "40"))


def cases(share: float = 1.0) -> Any:
    """Settings for a property; `share` of the cases where each is dear."""
    return settings(
        max_examples=max(1, int(CASES * share)),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
    )
