"""Coordination of benefits: source 004 and domain.md 2.7."""

from __future__ import annotations

from datetime import date

from backend.adjudication.rules.coordination import OtherPayer, Way
from tests.second_oracle.arithmetic import percent

PERMENKES_3_2023, KMK_1366_2024 = date(2023, 1, 9), date(2024, 9, 1)
"""From when they hold (0041: domain.md only says 2023 and September 2024)."""
ABOVE_CLASS_ONE = 0
"""How ``OtherPayer.occupied`` writes VIP."""


def paid_and_forbidden(payer: OtherPayer, bill: int, on: date) -> tuple[int, int]:
    """What the first payer pays of a bill, and what nobody may be charged (S4-7, S4-8)."""
    way = in_force(payer.way, on)
    if way is Way.BALANCE:
        return balance(payer, bill), 0
    if way is Way.DIFFERENCE:
        return difference_of_cost(payer, bill)
    return shares_of_tariff(payer, bill)


def in_force(agreed: Way, on: date) -> Way:
    """No regulation before its first day: then the one before it, and before both the balance of the bill."""
    if agreed is Way.SHARES and on < KMK_1366_2024:
        agreed = Way.DIFFERENCE
    return Way.BALANCE if agreed is Way.DIFFERENCE and on < PERMENKES_3_2023 else agreed


def balance(payer: OtherPayer, bill: int) -> int:
    """S4-10: "BPJS will only cover the bill of second class while the balance difference ... by the private insurance".

    S4-8: "the total ... for all the plans will not exceed 100% of the real costs".
    """
    return min(payer.paid.amount_minor if payer.paid is not None else 0, bill)


def difference_of_cost(payer: OtherPayer, bill: int) -> tuple[int, int]:
    """Permenkes 3/2023 art. 48: "A <= tariff of entitled class: 0"; above it the difference has a ceiling by class."""
    assert payer.tariff is not None
    upgraded = payer.executive_clinic or rank(payer.occupied) < rank(payer.entitled)
    if upgraded and not payer.may_upgrade:
        return not_allowed_to_upgrade()
    paid = min(payer.tariff.amount_minor, bill)
    chargeable = min(bill - paid, ceiling_of_difference(payer))
    return paid, bill - paid - chargeable


def rank(jkn_class: int) -> int:
    """1, 2, 3 downwards; what lies above class 1 comes first."""
    return 0 if jkn_class == ABOVE_CLASS_ONE else jkn_class


def not_allowed_to_upgrade() -> tuple[int, int]:
    """Permenkes 3/2023: "upgrade makes them pasien umum: BPJS pays nothing"."""
    return 0, 0


def ceiling_of_difference(payer: OtherPayer) -> int:
    """Executive clinic: at most Rp 400,000. 2 to 1: T1 - T2. 1 to VIP: 75 % x T1. 2 to VIP: (T1 - T2) + 75 % x T1."""
    if payer.executive_clinic:
        return payer.scheme.executive_clinic_minor
    if rank(payer.occupied) >= rank(payer.entitled):
        return 0
    assert payer.tariff is not None
    own = payer.tariff.amount_minor
    one = own if payer.class_one_tariff is None else payer.class_one_tariff.amount_minor
    to_class_one = 0 if payer.entitled == 1 else one - own
    if payer.occupied == ABOVE_CLASS_ONE:
        return to_class_one + percent(one, payer.scheme.above_class_one_percent)
    return to_class_one


def shares_of_tariff(payer: OtherPayer, bill: int) -> tuple[int, int]:
    """KMK 1366/2024: "BPJS pays 75% of INA-CBG tariff of entitled class, AKT the rest", under a ceiling."""
    assert payer.tariff is not None
    tariff = payer.tariff.amount_minor
    paid = min(bill, percent(tariff, payer.scheme.own_class_percent))
    if payer.scheme.ceiling_percent is None:
        return paid, 0
    return paid, bill - max(paid, min(bill, percent(tariff, payer.scheme.ceiling_percent)))
