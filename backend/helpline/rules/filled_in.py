"""Pure decisions about what a person filled in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from backend.kit.amounts_in_words import amount_in
from backend.kit.dates_in_words import date_in
from backend.kit.refusal import Refusal

DATE_UNCLEAR = "helpline.date_unclear"
DATE_FUTURE = "helpline.date_future"
AMOUNT_UNCLEAR = "helpline.amount_unclear"
SHORTEST_COMPLAINT = 12
"""Characters below which a complaint says too little to be looked into."""


def treatment_date(text: str, today: date) -> date | Refusal:
    """The day of treatment a person named; never one to come."""
    found = date_in(text, today)
    if found is None:
        return Refusal(DATE_UNCLEAR)
    return Refusal(DATE_FUTURE) if found > today else found


def claimed_amount(text: str) -> Decimal | Refusal:
    """The amount a person named, in main units, more than nothing."""
    found = amount_in(text)
    return found if found else Refusal(AMOUNT_UNCLEAR)


def benefit_group(text: str, groups: Collection[str]) -> str | None:
    """The benefit group that a slot names, if it is one of ours."""
    wanted = text.strip().lower()
    return wanted if wanted in groups else None
