"""Choosing and changing the first-tier provider by the contract's rule (S0-22): pure.

The sources say both "closed provider" and "chosen freely and flexibly": a member chooses freely, from the panel of
the network. How often, and from which day a change counts, each contract says (``clients.rules.Terms``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from backend.kit.refusal import Refusal
from backend.providers.rules.facilities import Kind, Tier
from backend.providers.rules.standing import CLOSED, Standing

NOT_FIRST_TIER = "providers.not_first_tier"
ALREADY_CHOSEN = "providers.already_chosen"
TOO_SOON = "providers.change_too_soon"
NO_CHOICE = "providers.no_first_choice"


@dataclass(frozen=True, slots=True)
class ChoiceTerms:
    """What a contract says: from the network's panel or from any first-tier clinic, counting from when, how often."""

    panel: Literal["network", "any"]
    counts_from: Literal["next_month", "at_once"]
    months: int


@dataclass(frozen=True, slots=True)
class Held:
    """A choice that counts today or will; ``open_`` says that its provider still treats members of the plan."""

    provider_id: UUID
    starts_on: date
    open_: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provider as it would stand on the day the choice counts from."""

    id: UUID
    kind: str
    tier: str | None
    active: bool
    standing: Standing


def first_day(now: Held | None, terms: ChoiceTerms, today: date) -> date | Refusal:
    """The day from which a choice made today would count, or why none can be made yet.

    A first choice, and one after the provider left the network or closed, counts at once and is never too soon.
    """
    if now is None or not now.open_:
        return today
    free_from = months_after(now.starts_on, terms.months)
    if terms.months and today < free_from:
        return Refusal(TOO_SOON, {"from_day": free_from, "months": terms.months})
    return today if terms.counts_from == "at_once" else months_after(today.replace(day=1), 1)


def may_choose(
    candidate: Candidate, now: Held | None, planned: Held | None, terms: ChoiceTerms, *, network: str | None
) -> Refusal | None:
    """Why this provider cannot be the member's first one; None when it can."""
    if network is None:
        return Refusal(NO_CHOICE)
    if not candidate.active:
        return Refusal(CLOSED)
    if candidate.kind != Kind.CLINIC or candidate.tier != Tier.FIRST:
        return Refusal(NOT_FIRST_TIER)
    if terms.panel == "network" and candidate.standing.problem is not None:
        return candidate.standing.problem
    wanted = planned or now
    return Refusal(ALREADY_CHOSEN) if wanted is not None and wanted.provider_id == candidate.id else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)
