"""What a rule answered, as the error of a request."""

from __future__ import annotations

from backend.errors import RuleRefused
from backend.kit.refusal import Refusal


def refuse(refusal: Refusal | None) -> None:
    """Raises RuleRefused for what a rule answered; nothing for None."""
    if refusal is not None:
        raise RuleRefused.of(refusal)
