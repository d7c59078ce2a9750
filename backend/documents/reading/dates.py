"""Dates as receipts print them: `12/08/2026`, `12-08-26`, `2026-08-12`, `12 Agustus 2026`, `3 de Março de 2026`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_MONTHS = {
    "jan": 1, "january": 1, "januari": 1, "janeiro": 1,
    "feb": 2, "february": 2, "februari": 2, "fev": 2, "fevereiro": 2,
    "mar": 3, "march": 3, "maret": 3, "marco": 3,
    "apr": 4, "april": 4, "abr": 4, "abril": 4,
    "may": 5, "mei": 5, "mai": 5, "maio": 5,
    "jun": 6, "june": 6, "juni": 6, "junho": 6,
    "jul": 7, "july": 7, "juli": 7, "julho": 7,
    "aug": 8, "august": 8, "agu": 8, "ags": 8, "agt": 8, "agustus": 8, "ago": 8, "agosto": 8,
    "sep": 9, "sept": 9, "september": 9, "set": 9, "setembro": 9,
    "oct": 10, "october": 10, "okt": 10, "oktober": 10, "out": 10, "outubro": 10,
    "nov": 11, "november": 11, "nopember": 11, "novembro": 11,
    "dec": 12, "december": 12, "des": 12, "desember": 12, "dez": 12, "dezembro": 12,
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(20\d{2}|\d{2})(?!\d)")
_SPELLED = re.compile(r"(?<!\d)(\d{1,2})\s*(?:de|-|/)?\s*([a-z]{3,9})\.?,?\s*(?:de|-|/)?\s*(20\d{2}|\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"(?<![a-z])([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(20\d{2})(?!\d)")


def find_dates(text: str) -> list[date]:
    """Every real calendar date in `text`; day before month, as both countries write. Order of appearance."""
    plain = without_accents(text).lower()
    found: dict[int, date] = {}
    for match in _YEAR_FIRST.finditer(plain):
        _add(found, match.start(), match[1], match[2], match[3])
    for match in _DAY_FIRST.finditer(plain):
        _add(found, match.start(), match[3], match[2], match[1])
    for match in _SPELLED.finditer(plain):
        _add(found, match.start(), match[3], _MONTHS.get(match[2], 0), match[1])
    for match in _MONTH_FIRST.finditer(plain):
        _add(found, match.start(), match[3], _MONTHS.get(match[1], 0), match[2])
    return [found[at] for at in sorted(found)]


def without_accents(text: str) -> str:
    """`Março` → `Marco`: recognisers drop and invent accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _add(found: dict[int, date], at: int, year: str, month: str | int, day: str) -> None:
    full_year = int(year) + (2000 if int(year) < 100 else 0)
    try:
        found.setdefault(at, date(full_year, int(month), int(day)))
    except ValueError:
        return
