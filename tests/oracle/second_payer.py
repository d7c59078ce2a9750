"""What JKN or another first payer gives of a bill by domain.md 2.7, and what nobody owes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor


def jkn_and_write_off(bill: int, payer, on: date) -> tuple[int, int]:
    """Sen of the other payer and sen written off, of the ``bill``'s medical sen."""
    way = payer.way.value
    if way == "kmk_1366_2024" and on < date(2024, 9, 1):
        way = "permenkes_3_2023"
    if way == "permenkes_3_2023" and on < date(2023, 1, 9):
        way = "balance"
    if way == "balance" or payer.tariff is None:
        return min(payer.paid.amount_minor if payer.paid else 0, bill), 0
    own = payer.tariff.amount_minor
    if way == "kmk_1366_2024":
        jkn = min(_percent(payer.scheme.own_class_percent, own), bill)
        if payer.scheme.ceiling_percent is None:
            return jkn, 0
        together = _percent(payer.scheme.ceiling_percent, own)
        return jkn, max(bill - max(together, jkn), 0)
    higher = payer.occupied < payer.entitled or payer.executive_clinic
    if higher and not payer.may_upgrade:
        return 0, 0
    jkn = min(own, bill)
    return jkn, max(bill - jkn - _on_top(payer, own), 0)


def _on_top(payer, own: int) -> int:
    one = payer.class_one_tariff.amount_minor if payer.class_one_tariff else own
    if payer.executive_clinic:
        return payer.scheme.executive_clinic_minor
    if payer.occupied >= payer.entitled:
        return 0
    to_class_one = one - own
    above = _percent(payer.scheme.above_class_one_percent, one) if payer.occupied == 0 else 0
    return to_class_one + above


def over_the_lines(total: int, lines: list[int]) -> list[int]:
    """In proportion, each line's part up to and with it rounded down, so that the last one closes the sum."""
    whole = sum(lines)
    upto = [floor(Fraction(total * sum(lines[: number + 1]), whole)) if whole else 0 for number in range(len(lines))]
    return [part - (upto[number - 1] if number else 0) for number, part in enumerate(upto)]


def _percent(percent, amount: int) -> int:
    return floor(Fraction(percent) * amount / 100 + Fraction(1, 2))
