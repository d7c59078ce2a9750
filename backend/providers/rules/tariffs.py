"""The agreed price beside the billed one, line by line, packages included: pure (S0-23, S2-40)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from backend.kit.money import Money

ANY_ROOM = ""


class Verdict(StrEnum):
    """How a billed line stands beside what was agreed."""

    AS_AGREED = "as_agreed"
    ABOVE = "above"
    BELOW = "below"
    IN_PACKAGE = "in_package"
    NOT_AGREED = "not_agreed"


@dataclass(frozen=True, slots=True)
class Agreed:
    """The price of one of a service, and the version of the price list that says so.

    ``room_class`` is empty when the price is the same in every class; ``contents`` of a package are the codes it
    pays for and how many of each.
    """

    service_code: str
    name: str
    amount: Money
    version_id: UUID
    version: int
    valid_from: date
    room_class: str = ANY_ROOM
    contents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Billed:
    """A line of a bill: ``amount`` is what is asked for all ``quantity`` together."""

    service_code: str
    quantity: int
    amount: Money
    room_class: str = ANY_ROOM

    def __post_init__(self) -> None:
        if self.quantity < 1 or self.amount.amount_minor < 0:
            raise ValueError("a bill counts from one and asks for nothing or more")


@dataclass(frozen=True, slots=True)
class Compared:
    """What of a line may be asked: ``allowed`` and ``excess`` are together what was billed.

    ``expected`` is the agreed price of the line, None when nothing was agreed; ``package`` names the package that
    pays for some of it.
    """

    billed: Billed
    verdict: Verdict
    expected: Money | None
    allowed: Money
    excess: Money
    agreed: Agreed | None
    package: str | None = None


def price_of(agreed: Mapping[tuple[str, str], Agreed], service_code: str, room_class: str) -> Agreed | None:
    """The price in that room class, else the one for every class."""
    return agreed.get((service_code, room_class)) or agreed.get((service_code, ANY_ROOM))


def compare(bill: Sequence[Billed], agreed: Mapping[tuple[str, str], Agreed]) -> tuple[Compared, ...]:
    """Each line beside its agreed price (S0-23): no more than agreed is allowed, and never more than billed.

    ``agreed`` is keyed by code and room class. What a billed package contains is paid with it, up to the number in
    the package; more of the same has its own price. A line nobody agreed on stands as billed, marked so.
    Raises CurrencyMismatch.
    """
    included: dict[str, tuple[int, str]] = {}
    for line in bill:
        found = price_of(agreed, line.service_code, line.room_class)
        for code, number in (found.contents if found else {}).items():
            left, _ = included.get(code, (0, ""))
            included[code] = (left + number * line.quantity, line.service_code)
    return tuple(_compared(line, price_of(agreed, line.service_code, line.room_class), included) for line in bill)


def _compared(line: Billed, price: Agreed | None, included: dict[str, tuple[int, str]]) -> Compared:
    left, package = included.get(line.service_code, (0, ""))
    within = min(left, line.quantity)
    if within:
        included[line.service_code] = (left - within, package)
    apart = line.quantity - within
    if price is not None:
        expected = price.amount.times(apart)
    elif within:
        expected = line.amount.share(apart, line.quantity)
    else:
        return Compared(line, Verdict.NOT_AGREED, None, line.amount, Money.zero(line.amount.currency), None)
    allowed = min(line.amount, expected)
    verdict = Verdict.IN_PACKAGE if within else _verdict(line.amount, expected)
    return Compared(line, verdict, expected, allowed, line.amount - allowed, price, package or None)


def _verdict(billed: Money, expected: Money) -> Verdict:
    if billed > expected:
        return Verdict.ABOVE
    return Verdict.BELOW if billed < expected else Verdict.AS_AGREED
