"""Before you go: what a visit will cost, and which choices would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.kit.money import Money
from backend.kit.refusal import Refusal

PRICE_UNKNOWN = "guarantees.price_unknown"
NOTHING_CHOSEN = "guarantees.nothing_chosen"
CLASS_UNKNOWN = "guarantees.class_unknown"


class Change(StrEnum):
    """A choice that is the patient's."""

    ROOM_CLASS = "room_class"
    REFERRAL = "referral"
    ENTITLED_ROOM = "entitled_room"


@dataclass(frozen=True, slots=True)
class Choice:
    """One other way to go, and what the patient would pay then."""

    change: Change
    value: str | None
    own_part: Money


def price(amount: Money | None, tariff: Money | None, quantity: int, service: str) -> Money | Refusal:
    """What the patient was told, else the agreed price; without either nothing is made up."""
    if amount is not None:
        return amount
    return tariff.times(quantity) if tariff is not None else Refusal(PRICE_UNKNOWN, {"service": service})


def worth_telling(choices: Sequence[Choice], own_part: Money) -> list[Choice]:
    """Choices by which the patient would pay something else, the cheapest first; the others are noise."""
    different = [one for one in choices if one.own_part != own_part]
    return sorted(different, key=lambda one: (one.own_part.amount_minor, one.change, one.value or ""))
