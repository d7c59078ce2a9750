"""Pure rules of the helpline: cases and their queue, who gets them, satisfaction, what a person filled in."""

from backend.helpline.rules.filled_in import (
    AMOUNT_UNCLEAR,
    DATE_FUTURE,
    DATE_UNCLEAR,
    SHORTEST_COMPLAINT,
    benefit_group,
    claimed_amount,
    filled_after,
    handed_over,
    treatment_date,
)

__all__ = [
    "AMOUNT_UNCLEAR",
    "DATE_FUTURE",
    "DATE_UNCLEAR",
    "SHORTEST_COMPLAINT",
    "benefit_group",
    "claimed_amount",
    "filled_after",
    "handed_over",
    "treatment_date",
]
