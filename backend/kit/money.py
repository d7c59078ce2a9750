"""Money: whole minor units of an ISO 4217 currency, and the only arithmetic on them.

Exponents follow ISO 4217 (IDR has two, although nobody pays sen), so an amount means the
same to every system it is exchanged with. Floats are refused when an amount is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency

from backend.kit import locales

_EXPONENT = {"IDR": 2, "MZN": 2, "AOA": 2, "USD": 2, "EUR": 2, "SGD": 2, "MYR": 2, "JPY": 0}
_PATTERN = {"IDR": "¤\xa0#,##0", "MZN": "#,##0.00\xa0¤", "AOA": "#,##0.00\xa0¤"}
_SYMBOL = {"IDR": "Rp", "MZN": "MT", "AOA": "Kz"}


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies met in one sum."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """``amount_minor`` minor units (sen, centavos) of ``currency``; immutable and hashable."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.amount_minor, bool) or not isinstance(self.amount_minor, int):
            raise TypeError("amount_minor is a whole number of minor units")
        if self.currency not in _EXPONENT:
            raise ValueError(f"unknown currency {self.currency!r}")

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in ``currency``."""
        return cls(0, currency)

    @classmethod
    def of_major(cls, amount: int | str | Decimal, currency: str) -> Money:
        """From whole rupiah, meticais or kwanza; a string may carry decimals with a point.

        Raises ValueError when the amount is finer than the currency's minor unit.
        """
        if isinstance(amount, float):
            raise TypeError("floats cannot carry money")
        scaled = Decimal(amount).scaleb(_EXPONENT[currency])
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} is finer than the minor unit of {currency}")
        return cls(int(scaled), currency)

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.amount_minor

    def __add__(self, other: Money) -> Money:
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount_minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount_minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount_minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount_minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount_minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def times(self, factor: int) -> Money:
        """This amount a whole number of times."""
        return Money(self.amount_minor * factor, self.currency)

    def share(self, numerator: int, denominator: int) -> Money:
        """``numerator/denominator`` of this amount, rounded half up to the minor unit."""
        exact = Decimal(self.amount_minor) * numerator / denominator
        return Money(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)), self.currency)

    def percent(self, percent: Decimal | int | str) -> Money:
        """``percent`` per cent of this amount, rounded half up to the minor unit."""
        exact = Decimal(self.amount_minor) * Decimal(percent) / 100
        return Money(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)), self.currency)

    def as_json(self) -> dict[str, object]:
        """The form of the API: ``{"amount_minor": …, "currency": …}``."""
        return {"amount_minor": self.amount_minor, "currency": self.currency}

    def major(self) -> Decimal:
        """The amount in the currency's main unit."""
        return Decimal(self.amount_minor).scaleb(-_EXPONENT[self.currency])

    def display(self, language: str) -> str:
        """As a person of that language reads it, e.g. ``Rp 1.234.567`` or ``1 234,50 MT``."""
        locale = locales.locale(language).babel
        text = format_currency(
            self.major(),
            self.currency,
            format=_PATTERN.get(self.currency),
            locale=locale,
            currency_digits=self.currency not in _PATTERN,
        )
        symbol = _SYMBOL.get(self.currency)
        return text.replace(self.currency, symbol).replace("MTn", "MT") if symbol else text


def minor_exponent(currency: str) -> int:
    """How many decimals the minor unit of ``currency`` has."""
    return _EXPONENT[currency]
