"""Pure decisions about cases and about what a person filled in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from backend.kit.amounts_in_words import amount_in
from backend.kit.dates_in_words import date_in
from backend.kit.refusal import Refusal

RANK = {"urgent": 0, "high": 1, "normal": 2}
"""Order of the queue (S0-91): an emergency before everything, then what a hospital waits for."""

CASE_CLOSED = "helpline.case_closed"
CASE_TAKEN = "helpline.case_taken"
DATE_UNCLEAR = "helpline.date_unclear"
DATE_FUTURE = "helpline.date_future"
AMOUNT_UNCLEAR = "helpline.amount_unclear"
SHORTEST_COMPLAINT = 12
"""Characters below which a complaint says too little to be looked into."""


def more_urgent(first: str, second: str) -> str:
    """The more urgent of two priorities."""
    return first if RANK[first] <= RANK[second] else second


def may_take(state: str, assigned_to: object | None, taker: object) -> Refusal | None:
    """A case is taken by one person at a time; taking one's own again changes nothing (S0-95)."""
    if state == "closed":
        return Refusal(CASE_CLOSED)
    if assigned_to is not None and assigned_to != taker:
        return Refusal(CASE_TAKEN)
    return None


def may_write(state: str) -> Refusal | None:
    """A closed case is answered by opening another one."""
    return Refusal(CASE_CLOSED) if state == "closed" else None


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
