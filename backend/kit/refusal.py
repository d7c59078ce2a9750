"""What a rule answers when it says no: a stable reason and the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """``reason`` is stable (``claims.past_deadline``); ``figures`` fill the message and the answer."""

    reason: str
    figures: Mapping[str, Any] = field(default_factory=dict)
