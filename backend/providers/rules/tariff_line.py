"""Reads one line of a price list: amounts as people write them, packages with their contents. Pure (S2-40)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from backend.kit.money import minor_exponent
from backend.providers.rules.file_columns import TARIFF_REQUIRED, Problem

MISSING_VALUE = "providers.import.missing_value"
UNREADABLE = "providers.import.unreadable"
CONTAINS_ITSELF = "providers.import.contains_itself"

_AMOUNT = re.compile(r"\d+(?:[.,]\d+)*")
_CONTENT = re.compile(r"(\S+?)(?::(\d{1,4}))?$")
_MOST_MINOR = 10**15


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A line that can be read; an unread one has a problem instead of an amount."""

    country: str
    code: str
    service_code: str
    room_class: str
    name: str
    currency: str
    amount_minor: int | None
    contents: Mapping[str, int]
    problems: tuple[Problem, ...]


def read_price(row: Mapping[str, str], country: str, currency: str) -> PriceLine:
    """What a line says; ``country`` and ``currency`` are meant where it names none."""
    problems = [Problem(MISSING_VALUE, {"column": column}) for column in TARIFF_REQUIRED if not row.get(column)]
    written = row.get("currency", "").upper() or currency
    amount = None
    if row.get("amount"):
        amount = amount_minor(row["amount"], written)
        if amount is None:
            problems.append(Problem(UNREADABLE, {"column": "amount"}))
    contents = _contents(row.get("contents", ""))
    if contents is None:
        problems.append(Problem(UNREADABLE, {"column": "contents"}))
    elif row.get("service_code") in contents:
        problems.append(Problem(CONTAINS_ITSELF))
    return PriceLine(
        row.get("country", "").upper() or country,
        row.get("code", ""),
        row.get("service_code", ""),
        row.get("room_class", "").lower(),
        row.get("name", ""),
        written,
        amount,
        contents or {},
        tuple(problems),
    )


def amount_minor(text: str, currency: str) -> int | None:
    """``1.500.000``, ``1,500,000.50`` or ``1500000`` in minor units; None when it cannot be read.

    A last group of three digits after a single kind of sign is thousands; one or two digits are decimals.
    """
    plain = text.replace("\xa0", "").replace(" ", "").removeprefix("Rp").removeprefix(currency)
    if not _AMOUNT.fullmatch(plain):
        return None
    groups, signs = re.split(r"[.,]", plain), re.findall(r"[.,]", plain)
    whole, decimals = groups, ""
    if signs and (len(groups[-1]) != 3 or signs[-1] != signs[0] or len(groups[0]) > 3):
        whole, decimals, last = groups[:-1], groups[-1], signs.pop()
        if last in signs:
            return None
    if len(set(signs)) > 1 or (signs and len(whole[0]) > 3) or any(len(group) != 3 for group in whole[1:]):
        return None
    try:
        scaled = Decimal(f"{''.join(whole)}.{decimals or 0}").scaleb(minor_exponent(currency))
    except (InvalidOperation, KeyError):
        return None
    return int(scaled) if scaled == scaled.to_integral_value() and scaled <= _MOST_MINOR else None


def _contents(text: str) -> dict[str, int] | None:
    """``GP:1 LAB:2`` as codes with how many of each; None when it cannot be read."""
    found: dict[str, int] = {}
    for part in re.split(r"[\s;,]+", text):
        if not part:
            continue
        match = _CONTENT.match(part)
        if not match or match[2] == "0":
            return None
        found[match[1]] = found.get(match[1], 0) + int(match[2] or 1)
    return found
