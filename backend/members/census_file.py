"""Opens a census file, CSV or XLSX, and gives its lines one by one without trusting it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any, Literal

import openpyxl

from backend.errors import RuleRefused

FileFormat = Literal["csv", "xlsx"]

MOST_BYTES = 16_000_000
MOST_LINES = 100_000
_MOST_UNPACKED = 400_000_000
_MOST_COLUMNS = 60
_MOST_HEADER_LINES = 10
_MARKS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "old"}


def format_of(data: bytes) -> FileFormat:
    """By the first bytes, not by the name; raises RuleRefused ``census.format``."""
    mark = _MARKS.get(data[:4])
    if mark == "xlsx":
        return "xlsx"
    if mark == "old" or not data.strip() or b"\x00" in data[:4096]:
        raise RuleRefused("census.format")
    return "csv"


def lines(data: bytes, file_format: str) -> Iterator[tuple[int, list[Any]]]:
    """Line number as people count and its cells, the header first; empty lines are left out.

    Raises RuleRefused ``census.format`` or ``census.too_long``.
    """
    rows = _xlsx(data) if file_format == "xlsx" else _csv(data)
    for number, cells in enumerate(rows, start=1):
        if number > MOST_LINES + _MOST_HEADER_LINES:
            raise RuleRefused("census.too_long", {"most": MOST_LINES})
        shown = list(cells)[:_MOST_COLUMNS]
        if any(cell not in (None, "") for cell in shown):
            yield number, shown


def _csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t|", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _xlsx(data: bytes) -> Iterator[tuple[Any, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise RuleRefused("census.too_long", {"most": MOST_LINES})
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise RuleRefused("census.format") from error
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)
    book.close()
