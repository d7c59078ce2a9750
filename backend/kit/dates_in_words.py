"""Dates the way people write, say and key them in, in Indonesian, English and Portuguese."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    ("januari", "january", "janeiro", "jan"),
    ("februari", "february", "fevereiro", "feb", "fev"),
    ("maret", "march", "marco", "março", "mar"),
    ("april", "abril", "apr", "abr"),
    ("mei", "may", "maio", "mai"),
    ("juni", "june", "junho", "jun"),
    ("juli", "july", "julho", "jul"),
    ("agustus", "august", "agosto", "agu", "aug", "ago", "ags"),
    ("september", "setembro", "sep", "sept", "set"),
    ("oktober", "october", "outubro", "okt", "oct", "out"),
    ("november", "novembro", "nov", "nop"),
    ("desember", "december", "dezembro", "des", "dec", "dez"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_DAYS_AGO = {
    "hari ini": 0,
    "tadi": 0,
    "today": 0,
    "hoje": 0,
    "kemarin lusa": 2,
    "day before yesterday": 2,
    "anteontem": 2,
    "kemarin": 1,
    "kmrn": 1,
    "yesterday": 1,
    "ontem": 1,
}
_YEAR_FIRST = re.compile(r"\b(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})\b")
_KEYED = re.compile(r"\b(\d{2})(\d{2})(\d{4})\b")
_DAY_MONTH = re.compile(r"\b(\d{1,2})[-./](\d{1,2})\b")
_NAMED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|º)?\s+(?:of\s+|de\s+)?([a-zç]+)\.?,?(?:\s+(?:de\s+)?(\d{4}|\d{2}))?\b")
_DAY_ONLY = re.compile(r"\b(?:tanggal|tgl|the|dia)\s+(\d{1,2})(?:st|nd|rd|th)?\b")
_NAMED_FIRST = re.compile(r"\b([a-zç]+)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")


def date_in(text: str, today: date) -> date | None:
    """The one date that ``text`` means, or None; a date without its year, or a day ("tanggal 19") without
    its month, is the latest one not after ``today``.
    """
    lowered = " ".join(text.lower().split())
    return (
        _by_numbers(lowered, today) or _by_name(lowered, today) or _relative(lowered, today) or _by_day(lowered, today)
    )


def _by_numbers(text: str, today: date) -> date | None:
    if found := _YEAR_FIRST.search(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(text) or _KEYED.search(text):
        return _made(_full_year(found[3], today), int(found[2]), int(found[1]))
    if found := _DAY_MONTH.search(text):
        return _latest(int(found[1]), int(found[2]), today)
    return None


def _by_name(text: str, today: date) -> date | None:
    for found in _NAMED.finditer(text):
        month = _MONTH_OF.get(found[2])
        if month:
            year = found[3]
            return (
                _made(_full_year(year, today), month, int(found[1])) if year else _latest(int(found[1]), month, today)
            )
    for found in _NAMED_FIRST.finditer(text):
        if month := _MONTH_OF.get(found[1]):
            return _made(int(found[3]), month, int(found[2]))
    return None


def _relative(text: str, today: date) -> date | None:
    for words, days in _DAYS_AGO.items():
        if re.search(rf"\b{words}\b", text):
            return today - timedelta(days=days)
    return None


def _by_day(text: str, today: date) -> date | None:
    found = _DAY_ONLY.search(text)
    if not found:
        return None
    last_month = today.replace(day=1) - timedelta(days=1)
    months = ((today.year, today.month), (last_month.year, last_month.month))
    made = (_made(year, month, int(found[1])) for year, month in months)
    return next((day for day in made if day and day <= today), None)


def _full_year(written: str, today: date) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year


def _latest(day: int, month: int, today: date) -> date | None:
    this_year = _made(today.year, month, day)
    return this_year if this_year and this_year <= today else _made(today.year - 1, month, day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
