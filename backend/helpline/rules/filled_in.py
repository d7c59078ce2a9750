"""Pure decisions about what a person filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

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


_OF_A_FORM = ("claim_", "complaint_")


def filled_after(before: Mapping[str, Any], sent: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a form has collected after one more of its questions (S0-93).

    ``sent`` is what the person said, ``kept`` the form we keep of it; what was refused or emptied is gone.
    """
    told = {name: kept.get(name, value) for name, value in sent.items() if name.startswith(_OF_A_FORM)}
    emptied = {name: value for name, value in kept.items() if name.startswith(_OF_A_FORM)}
    return {name: value for name, value in {**before, **told, **emptied}.items() if value is not None}


def handed_over(state: Mapping[str, Any]) -> dict[str, Any]:
    """What a thread knows that a person need not ask again: the form and its answers, photos, the place (S0-93)."""
    form = {"form": state["form"], **(state.get("filled") or {})} if state.get("form") else {}
    more = {name: state[name] for name in ("photos", "location") if state.get(name)}
    return {**form, **more}
