"""Coordination of benefits: what another payer pays first, and what of the bill is left to pay (S4-5..S4-11).

JKN (run by BPJS Kesehatan) is first and its benefit is settled without looking at us (S4-7). Three dated ways
exist: the balance of the bill (S4-10), the difference of cost of Permenkes 3/2023 and the shares of KMK 1366/2024.
In every one the payers together never exceed the bill (S4-8). Amounts of INA-CBG tariffs are received, never grouped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backend.kit.money import Money


class Way(StrEnum):
    """How the other payer's part is found."""

    BALANCE = "balance"
    DIFFERENCE = "permenkes_3_2023"
    SHARES = "kmk_1366_2024"


_SINCE = ((date(2024, 9, 1), Way.SHARES), (date(2023, 1, 9), Way.DIFFERENCE))
"""From when a way may be agreed, the newest first; a scheme of an earlier day settles the balance of the bill."""

ABOVE_CLASS_ONE = 0
"""Rank of VIP and everything above class 1, as JKN numbers its classes 1, 2 and 3 from the top."""


@dataclass(frozen=True, slots=True)
class JknScheme:
    """The figures a scheme may set differently, with the dates in which they hold."""

    own_class_percent: Decimal = Decimal(75)
    """KMK 1366/2024: what JKN pays of the tariff of the entitled class."""
    above_class_one_percent: Decimal = Decimal(75)
    """Permenkes 3/2023: at most so much of the class 1 tariff comes on top above class 1."""
    ceiling_percent: Decimal | None = None
    """Of the tariff, for all payers together under KMK 1366/2024; disputed, so None until it is settled."""
    executive_clinic_minor: int = 400_000_00
    """The most an executive outpatient clinic may charge on top, per episode."""


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """Another payer of the same bill.

    ``paid`` is what it paid or promised under the balance of the bill. The tariffs are INA-CBG amounts of the
    care: of the entitled class (``tariff``) and, for an upgrade, of class 1. ``entitled`` and ``occupied`` are JKN
    classes (1, 2, 3; ``ABOVE_CLASS_ONE`` for what lies above), both 0 for an executive outpatient clinic.
    ``first`` is false when we are the first payer: then it pays from what we leave.
    """

    name: str
    way: Way
    paid: Money | None = None
    tariff: Money | None = None
    class_one_tariff: Money | None = None
    entitled: int = 3
    occupied: int = 3
    executive_clinic: bool = False
    may_upgrade: bool = True
    first: bool = True
    scheme: JknScheme = JknScheme()


@dataclass(frozen=True, slots=True)
class Split:
    """What the other payer pays and what the provider may not charge anybody; the rest is to be shared."""

    other: Money
    not_chargeable: Money


def way_on(on: date, agreed: Way) -> Way:
    """The way a scheme settles by on a day: what was agreed, as far as its rules were in force by then."""
    if agreed is Way.BALANCE:
        return agreed
    in_force = [way for since, way in _SINCE if since <= on]
    return agreed if agreed in in_force else (in_force[0] if in_force else Way.BALANCE)


def split(bill: Money, payer: OtherPayer, on: date) -> Split:
    """What the other payer pays of ``bill`` and what nobody owes; never more than the bill together."""
    zero = Money.zero(bill.currency)
    way = way_on(on, payer.way)
    if way is Way.BALANCE or payer.tariff is None:
        return Split(_at_most(payer.paid or zero, bill), zero)
    if way is Way.SHARES:
        return _by_shares(bill, payer)
    return _by_difference(bill, payer)


def difference(payer: OtherPayer) -> Money:
    """The most that comes on top of JKN's tariff for a dearer class (Permenkes 3/2023, article 48)."""
    assert payer.tariff is not None, "the difference is reckoned from a tariff"
    zero = Money.zero(payer.tariff.currency)
    if payer.executive_clinic:
        return Money(payer.scheme.executive_clinic_minor, zero.currency)
    if payer.occupied >= payer.entitled:
        return zero
    class_one = payer.class_one_tariff or payer.tariff
    if payer.occupied == ABOVE_CLASS_ONE:
        return (class_one - payer.tariff) + class_one.percent(payer.scheme.above_class_one_percent)
    return class_one - payer.tariff


def allot(total: Money, weights: Sequence[Money]) -> list[Money]:
    """``total`` over parts in proportion to ``weights``; sums to the last minor unit and gives no part more than it is.

    Raises ValueError when the total exceeds the weights.
    """
    whole = sum(weight.amount_minor for weight in weights)
    if total.amount_minor > whole:
        raise ValueError("more than there is")
    allotted, seen, given = [], 0, 0
    for weight in weights:
        seen += weight.amount_minor
        upto = seen * total.amount_minor // whole if whole else 0
        allotted.append(Money(upto - given, total.currency))
        given = upto
    return allotted


def _by_difference(bill: Money, payer: OtherPayer) -> Split:
    """JKN pays the tariff of the entitled class whatever the hospital reckons; beyond the difference nobody owes."""
    assert payer.tariff is not None, "asked for with a tariff"
    zero = Money.zero(bill.currency)
    upgraded = payer.executive_clinic or payer.occupied < payer.entitled
    if upgraded and not payer.may_upgrade:
        return Split(zero, zero)
    other = _at_most(payer.tariff, bill)
    rest = bill - other
    return Split(other, rest - _at_most(difference(payer), rest))


def _by_shares(bill: Money, payer: OtherPayer) -> Split:
    assert payer.tariff is not None, "asked for with a tariff"
    other = _at_most(payer.tariff.percent(payer.scheme.own_class_percent), bill)
    rest = bill - other
    if payer.scheme.ceiling_percent is None:
        return Split(other, Money.zero(bill.currency))
    room = payer.tariff.percent(payer.scheme.ceiling_percent) - other
    return Split(other, rest - _at_most(room, rest))


def _at_most(amount: Money, most: Money) -> Money:
    """``amount`` held between nothing and ``most``."""
    return max(Money.zero(most.currency), min(amount, most, key=_minor), key=_minor)


def _minor(amount: Money) -> int:
    return amount.amount_minor
