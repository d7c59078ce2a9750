"""Telephone numbers in E.164, and the masked form for people who need not see them."""

from __future__ import annotations

import phonenumbers

_REGION_OF_CURRENCY = {"IDR": "ID", "MZN": "MZ", "AOA": "AO"}


class InvalidPhone(ValueError):
    """The text is not a telephone number anybody can be reached at."""


def normalise(text: str, region: str = "ID") -> str:
    """``0811…``, ``62811…`` or ``+62 811-…`` as ``+62811…``; raises InvalidPhone.

    ``region`` is the ISO 3166 country assumed for national numbers.
    """
    raw = text.strip()
    if raw.isdigit() and not raw.startswith("0"):
        code = str(phonenumbers.country_code_for_region(region))
        raw = f"+{raw}" if raw.startswith(code) else raw
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException as error:
        raise InvalidPhone(text) from error
    if not phonenumbers.is_possible_number(number):
        raise InvalidPhone(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def masked(e164: str) -> str:
    """Only the country code and the last three digits: ``+62 ••• 001``."""
    return f"{e164[:3]} ••• {e164[-3:]}"
