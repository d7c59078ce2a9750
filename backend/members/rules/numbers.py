"""Member and card numbers: no two alike, no neighbour guessable from one's own, a typing error noticed."""

from __future__ import annotations

_MEMBER_PRIME = 99_999_989
_CARD_PRIME = 99_999_999_977
_MEMBER_STEP = 41_421_357
_CARD_STEP = 61_803_398_875


def member_number(serial: int) -> str:
    """Nine digits for the n-th member of the platform, the last one a check digit."""
    return _with_check_digit(f"{serial * _MEMBER_STEP % _MEMBER_PRIME:08}")


def card_number(serial: int) -> str:
    """Twelve digits for the n-th card of the platform, the last one a check digit."""
    return _with_check_digit(f"{serial * _CARD_STEP % _CARD_PRIME:011}")


def is_well_typed(number: str) -> bool:
    """Does the check digit (ISO/IEC 7812-1, Luhn) fit? One wrong digit, or two neighbours swapped, is seen."""
    return number.isascii() and number.isdigit() and _with_check_digit(number[:-1]) == number


def _with_check_digit(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{body}{-total % 10}"


def grouped(number: str) -> str:
    """In groups of four, as it stands on a card and is read out."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
