"""What an analyst told about a treatment, kept as plain JSON, in the form the rules take it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from backend.adjudication.rules.coordination import OtherPayer, Way
from backend.adjudication.rules.facts import Accident
from backend.adjudication.rules.glasses import Glasses, Refraction
from backend.adjudication.rules.medicines import Dispensing
from backend.adjudication.rules.rooms import Night, Stay
from backend.kit.money import Money

Told = Mapping[str, Any]


def plain(told: Any) -> Any:
    """The same with days as text, as a row keeps it."""
    if isinstance(told, Mapping):
        return {name: plain(value) for name, value in told.items()}
    if isinstance(told, list):
        return [plain(value) for value in told]
    return told.isoformat() if isinstance(told, date) else told


def glasses_of(told: Told) -> Glasses | None:
    """What the papers of spectacles say (S1-23..S1-27)."""
    spectacles = told.get("glasses")
    if spectacles is None:
        return None
    earlier = spectacles.get("earlier")
    return Glasses(
        refraction=_refraction(spectacles["refraction"]),
        earlier=_refraction(earlier) if earlier else None,
        prescribed=spectacles.get("prescribed", True),
        approved=spectacles.get("approved", False),
        specialist_letter=spectacles.get("specialist_letter", False),
        other_conditions=spectacles.get("other_conditions", False),
    )


def stay_of(told: Told, currency: str) -> Stay | None:
    """The nights of a stay in their order, each kind of night as often as it was slept (S1-63..S1-71)."""
    stay = told.get("stay")
    if stay is None:
        return None
    nights = [
        Night(Money(each["rate_minor"], currency), each.get("entitled_free", True))
        for each in stay["nights"]
        for _ in range(each.get("count", 1))
    ]
    return Stay(tuple(nights), own_request=stay.get("own_request", False))


def other_payer_of(told: Told, currency: str) -> OtherPayer | None:
    """JKN or another plan that pays a part of the same bill, and the way its part is found (S4-5..S4-11)."""
    other = told.get("other")
    if other is None:
        return None

    def amount(name: str) -> Money | None:
        minor = other.get(f"{name}_minor")
        return None if minor is None else Money(minor, currency)

    plainly = ("entitled", "occupied", "executive_clinic", "may_upgrade", "first")
    return OtherPayer(
        name=other["name"],
        way=Way(other["way"]),
        paid=amount("paid"),
        tariff=amount("tariff"),
        class_one_tariff=amount("class_one_tariff"),
        **{name: other[name] for name in plainly if name in other},
    )


def dispensing_of(told: Told) -> Dispensing | None:
    """Which repeat of a prescription was dispensed, and when the first one was (*iter*, S1-73)."""
    given = told.get("dispensing")
    if given is None:
        return None
    return Dispensing(given["number"], date.fromisoformat(given["first_on"]), given.get("written_approval", False))


def accident_of(told: Told) -> Accident | None:
    """Something sudden from outside (S1-11)."""
    happened = told.get("accident")
    if happened is None:
        return None
    return Accident(
        date.fromisoformat(happened["happened_on"]),
        date.fromisoformat(happened["hurt_on"]),
        happened.get("inhaled_or_swallowed", False),
    )


def _refraction(told: Told) -> Refraction:
    return Refraction(Decimal(told.get("sphere", "0")), Decimal(told.get("cylinder", "0")))
