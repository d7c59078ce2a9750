"""Reads one line of a file of standard prices, and finds the price that holds for a place and a day. Pure (S2-44)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from backend.kit.money import Money
from backend.providers.rules import cells
from backend.providers.rules.facilities import search_name
from backend.providers.rules.file_columns import MARKET_REQUIRED
from backend.providers.rules.tariff_line import amount_minor


class Unit(StrEnum):
    """What one price is for."""

    EACH = "each"
    DAY = "day"


_UNIT_WORDS = {
    Unit.EACH: (
        *("", "each", "piece", "pcs", "visit", "session", "package", "kali", "buah", "tindakan", "kunjungan", "paket"),
        *("unidade", "acto", "ato", "consulta", "sessao", "pacote", "unit"),
    ),
    Unit.DAY: ("day", "night", "hari", "malam", "dia", "diaria", "noite"),
}
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class MarketLine:
    """A line of the file; ``wrong`` names the columns that could not be read."""

    country: str
    region_code: str
    service_code: str
    unit: str
    name: str
    amount_minor: int | None
    currency: str
    details: Mapping[str, Any]
    wrong: tuple[str, ...]


def read_market_price(row: Mapping[str, str], country: str, currency: str, since: date) -> MarketLine:
    """What a line says; ``country``, ``currency`` and ``since`` are meant where it names none."""
    wrong = [column for column in MARKET_REQUIRED if not row.get(column)]
    written = row.get("currency", "").upper() or currency
    amount = amount_minor(row["amount"], written) if row.get("amount") else None
    if row.get("amount") and amount is None:
        wrong.append("amount")
    unit = _UNITS.get(search_name(row.get("unit", "")))
    if unit is None:
        wrong.append("unit")
    region = row.get("region_code", "")
    if region and not region.isalnum():
        wrong.append("region_code")
    begins = cells.day(row, "valid_from", wrong) or since
    ends = cells.day(row, "valid_until", wrong)
    if ends is not None and ends < begins:
        wrong.append("valid_until")
    return MarketLine(
        row.get("country", "").upper() or country,
        region,
        row.get("service_code", ""),
        (unit or Unit.EACH).value,
        row.get("name", ""),
        amount,
        written,
        {"valid_from": begins, "valid_until": ends, "source": row.get("source") or None},
        tuple(dict.fromkeys(wrong)),
    )


@dataclass(frozen=True, slots=True)
class StandardPrice:
    """The market's price of one ``unit`` of a service, where and from when to when (last day) it holds."""

    service_code: str
    unit: Unit
    amount: Money
    region_code: str
    valid_from: date
    valid_until: date | None = None

    def holds(self, region: str | None, on: date) -> bool:
        """Whether it is a price of that place on that day; a region is part of its province, and of its country."""
        in_time = self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
        return in_time and (region or "").startswith(self.region_code)


def standard_price(
    prices: Iterable[StandardPrice], service_code: str, unit: Unit, region: str | None, on: date
) -> StandardPrice | None:
    """The price of the smallest region that has one on the day, of two of the same region the later; None for none."""
    fitting = [
        price
        for price in prices
        if price.service_code == service_code and price.unit is unit and price.holds(region, on)
    ]
    return max(fitting, key=lambda price: (len(price.region_code), price.valid_from), default=None)
