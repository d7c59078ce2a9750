"""Numbers that people read out on the telephone or key in: digits only, with check digits.

Digits mean the same in every language and on a keypad. Two check digits (ISO 7064, mod 97-10) catch every
single wrong digit and every pair in the wrong order. The digits between are drawn by chance: a number says nothing
about how many there are, and the neighbour of a real number is almost never one.
"""

from __future__ import annotations

import re
import secrets
from enum import IntEnum

_BODY_DIGITS = 7
_LENGTH = 12
_REQUEST_DIGITS = 6
_NOT_A_DIGIT = re.compile(r"\D")


class Kind(IntEnum):
    """The first digit says what the number is of, so that one is never taken for another."""

    CLAIM = 1
    COMPLAINT = 2
    CASE = 3
    REFERRAL = 4
    GUARANTEE_LETTER = 5
    TELECONSULTATION = 6
    PRESCRIPTION = 7
    VISIT = 8
    PROVIDER_BILL = 9
    REST_CERTIFICATE = 0


def new_number(kind: Kind, year: int) -> str:
    """A number such as ``1264-0815-3297``: kind, two digits of the year, seven by chance, two to check."""
    body = f"{kind.value}{year % 100:02}{secrets.randbelow(10**_BODY_DIGITS):0{_BODY_DIGITS}}"
    return _grouped(body + _check_digits(body))


def new_request_number(year: int) -> str:
    """A number of what somebody asks about their own data, such as ``26-081532-41``: shorter than all the others.

    Two digits of the year, six by chance, two to check (ISO 7064, mod 97-10).
    """
    year_digits, drawn = f"{year % 100:02}", f"{secrets.randbelow(10**_REQUEST_DIGITS):0{_REQUEST_DIGITS}}"
    return f"{year_digits}-{drawn}-{_check_digits(year_digits + drawn)}"


def read_number(kind: Kind, text: str) -> str | None:
    """What a person said or typed, in the form it is kept; None when it cannot be a number of that kind."""
    digits = _NOT_A_DIGIT.sub("", text)
    if len(digits) != _LENGTH or not digits.isascii() or not digits.startswith(str(kind.value)):
        return None
    return _grouped(digits) if int(digits) % 97 == 1 else None


def _check_digits(body: str) -> str:
    return f"{98 - int(body) * 100 % 97:02}"


def _grouped(digits: str) -> str:
    return "-".join(digits[start : start + 4] for start in range(0, _LENGTH, 4))
