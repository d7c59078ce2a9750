"""Amounts of money the way people write and say them: ``Rp 350.000``, ``350 ribu``, ``1,5 juta``, ``3.500,50 MT``."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_SCALES = {
    "rb": 1_000,
    "ribu": 1_000,
    "k": 1_000,
    "thousand": 1_000,
    "mil": 1_000,
    "jt": 1_000_000,
    "juta": 1_000_000,
    "million": 1_000_000,
    "milhao": 1_000_000,
    "milhão": 1_000_000,
    "milhoes": 1_000_000,
    "milhões": 1_000_000,
}
_AMOUNT = re.compile(r"(\d[\d.,\s]*)(rb|ribu|k|thousand|mil|jt|juta|million|milh[aã]o|milh[oõ]es)?\b", re.IGNORECASE)


def amount_in(text: str) -> Decimal | None:
    """The amount in main units (rupiah, meticais), or None when there is none or more than one."""
    found = [(digits.strip(), scale.lower()) for digits, scale in _AMOUNT.findall(text)]
    if len(found) != 1:
        return None
    digits, scale = found[0]
    try:
        value = Decimal(_plain(digits, scaled=bool(scale)))
    except InvalidOperation:
        return None
    return value * _SCALES.get(scale, 1)


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
