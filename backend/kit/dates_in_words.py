"""Dates the way people write, say and key them in, in every language of ``locales``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from backend.kit import locales

_YEAR_FIRST = re.compile(r"\b(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})\b")
_KEYED = re.compile(r"\b(\d{2})(\d{2})(\d{4})\b")
_DAY_MONTH = re.compile(r"\b(\d{1,2})[-./](\d{1,2})\b")
_NAMED = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|º)?\s+(?:of\s+|de\s+)?([^\W\d_]+)\.?,?(?:\s+(?:de\s+)?(\d{4}|\d{2}))?\b"
)
_NAMED_FIRST = re.compile(r"\b([^\W\d_]+)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")


@locales.kept
def _months() -> dict[str, int]:
    return {
        name: number for each in locales.every() for number, names in enumerate(each.months, start=1) for name in names
    }


@locales.kept
def _days_ago() -> list[tuple[re.Pattern[str], int]]:
    """The longest words first: "the day before yesterday" is not yesterday."""
    found = {words: days for each in locales.every() for words, days in each.days_ago.items()}
    return [(re.compile(rf"\b{words}\b"), found[words]) for words in sorted(found, key=len, reverse=True)]


@locales.kept
def _day_only() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for each in locales.every() for word in each.day_words)
    return re.compile(rf"\b(?:{words})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b")


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
        month = _months().get(found[2])
        if month:
            year = found[3]
            return (
                _made(_full_year(year, today), month, int(found[1])) if year else _latest(int(found[1]), month, today)
            )
    for found in _NAMED_FIRST.finditer(text):
        if month := _months().get(found[1]):
            return _made(int(found[3]), month, int(found[2]))
    return None


def _relative(text: str, today: date) -> date | None:
    for words, days in _days_ago():
        if words.search(text):
            return today - timedelta(days=days)
    return None


def _by_day(text: str, today: date) -> date | None:
    found = _day_only().search(text)
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
