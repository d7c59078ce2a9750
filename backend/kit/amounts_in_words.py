"""Amounts of money the way people write and say them: ``Rp 350.000``, ``350 ribu``, ``1,5 juta``, ``3.500,50 MT``."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from backend.kit import locales


@locales.kept
def _scales() -> dict[str, int]:
    return {word: scale for each in locales.every() for word, scale in each.amounts.items()}


@locales.kept
def _amount() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_scales(), key=len, reverse=True))
    return re.compile(rf"(\d[\d.,\s]*)({words})?\b", re.IGNORECASE)


def amount_in(text: str) -> Decimal | None:
    """The amount in main units (rupiah, meticais), or None when there is none or more than one."""
    found = [(digits.strip(), scale.lower()) for digits, scale in _amount().findall(text)]
    if len(found) != 1:
        return None
    digits, scale = found[0]
    try:
        value = Decimal(_plain(digits, scaled=bool(scale)))
    except InvalidOperation:
        return None
    return value * _scales().get(scale, 1)


def _plain(digits: str, *, scaled: bool) -> str:
    """Thousands separators out, a decimal point in: the last separator is decimal with other than three digits."""
    compact = "".join(digits.split()).strip(".,")
    last = max(compact.rfind("."), compact.rfind(","))
    if last < 0:
        return compact
    whole, rest = compact[:last], compact[last + 1 :]
    whole = whole.replace(".", "").replace(",", "")
    both = "." in compact and "," in compact
    return f"{whole}.{rest}" if both or len(rest) != 3 or scaled else whole + rest
