"""Which error a refused file becomes."""

from __future__ import annotations

from backend.documents import rules
from backend.errors import CareError, InvalidShape, RuleRefused, TooLarge
from backend.kit.refusal import Refusal

_TOO_MUCH = {rules.TOO_LARGE, rules.TOO_MANY_PIXELS, rules.TOO_MANY_PAGES}


def refused(refusal: Refusal) -> CareError:
    """The error for a file that is not accepted: 413 for too much of it, 409 for the rest."""
    if refusal.reason in _TOO_MUCH:
        return TooLarge(refusal.reason, refusal.figures)
    if refusal.reason in {rules.NO_FILE, rules.BROKEN_UPLOAD}:
        return InvalidShape(refusal.reason, refusal.figures)
    return RuleRefused.of(refusal)
