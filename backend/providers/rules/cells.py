"""What a cell of a file says: days, lists, yes and no; what cannot be read is noted by the name of its column. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_YES = {"", "1", "y", "yes", "ya", "sim", "s", "true"}
_NO = {"0", "n", "no", "tidak", "nao", "não", "false"}


def listed(row: Mapping[str, str], column: str) -> list[str]:
    """The words of a cell, small and each once."""
    parts = re.split(r"[\s,;|]+", row.get(column, "").lower())
    return list(dict.fromkeys(part for part in parts if part))


def day(row: Mapping[str, str], column: str, wrong: list[str]) -> date | None:
    """A date, with or without a time behind it; None for an empty cell."""
    text = row.get(column, "")[:10]
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong.append(column)
        return None


def flag(row: Mapping[str, str], column: str, wrong: list[str]) -> bool:
    """Yes unless somebody says no."""
    text = row.get(column, "").lower()
    if text not in _YES | _NO:
        wrong.append(column)
    return text not in _NO
