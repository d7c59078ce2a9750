"""Amounts as receipts print them: `Rp 462.500`, `Rp1.250.000,-`, `1.234,56 MT`, `MZN 1,234.56`, `15 000,00 Kz`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.kit.money import minor_exponent

_SYMBOLS = (
    ("IDR", r"Rp\.?|IDR"),
    ("MZN", r"MZN|MTn|MT|Mts\.?"),
    ("AOA", r"AOA|Kz\.?"),
    ("USD", r"USD|US\$"),
    ("EUR", r"EUR|€"),
)
_SYMBOL = "|".join(f"(?P<{code}>{pattern})" for code, pattern in _SYMBOLS)
# One way of grouping per amount, so that two amounts side by side stay two.
_FIGURES = (
    r"\d{1,3}(?:\.\s?\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\s?\d{3})+(?:\.\d{1,2})?|\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?"
    r"|\d+[.,]\d{1,2}|\d+"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?:(?:{_SYMBOL})\s*)?(?P<figures>{_FIGURES})(?:,-|\.-|,--)?"
    rf"(?:\s*(?P<after>Rp|IDR|MZN|MTn|MT|Mts|AOA|Kz|USD|EUR|€))?(?![\w/%-]|[.,]\d)",
    re.IGNORECASE,
)
_AFTER = {"rp": "IDR", "mt": "MZN", "mtn": "MZN", "mts": "MZN", "kz": "AOA", "€": "EUR"}
_SEPARATORS = re.compile(r"[ .,]")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount found in a text. `currency` is None when no symbol stands beside it; `start` its place."""

    minor: int
    currency: str | None
    start: int
    grouped: bool


def find_amounts(text: str, currency: str) -> list[Amount]:
    """Every amount in `text`, left to right, in minor units of its own or the given `currency`."""
    return [_amount(match, currency) for match in _AMOUNT.finditer(text)]


def last_amount(text: str, currency: str) -> Amount | None:
    """The rightmost amount: the column where receipts add up."""
    found = find_amounts(text, currency)
    return found[-1] if found else None


def _amount(match: re.Match[str], currency: str) -> Amount:
    own = next((code for code, _ in _SYMBOLS if match.group(code)), None)
    after = (match.group("after") or "").lower()
    own = own or (_AFTER.get(after, after.upper()) if after else None)
    figures = re.sub(r"(?<=[.,])\s", "", match.group("figures"))
    return Amount(_minor(figures, own or currency), own, match.start(), bool(_SEPARATORS.search(figures)))


def _minor(figures: str, currency: str) -> int:
    """Minor units. The last separator is a decimal one when fewer than three digits follow it."""
    separators = _SEPARATORS.findall(figures)
    groups = _SEPARATORS.split(figures)
    decimals = ""
    if separators and len(groups[-1]) < 3:
        decimals = groups.pop()
    exponent = minor_exponent(currency)
    whole = int("".join(groups))
    return whole * 10**exponent + (int(decimals.ljust(exponent, "0")[:exponent]) if decimals and exponent else 0)
