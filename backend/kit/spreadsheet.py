"""Comma-separated text that a spreadsheet opens as it was meant: no cell becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | None

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet calculate (OWASP, CSV injection), also in full width."""


def safe_cell(value: Cell) -> Cell:
    """The cell as text: an apostrophe stands before what a spreadsheet would calculate. Numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


def written(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A file with its header, lines ending as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([[safe_cell(cell) for cell in row] for row in rows])
    return out.getvalue()
