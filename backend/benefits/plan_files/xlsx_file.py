"""Plans as a workbook: sheets Plan, Pools, Benefits, Limits, Waiting, Exclusions; the first row names columns.

``Plan`` has two columns, field and value. Lines of the other sheets name their benefit by its code.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from backend.benefits.plan_files.shape import PREFIX, Defect

_MAX_UNPACKED = 20_000_000
_MAX_ROWS = 2_000
_LISTS = frozenset({"conditions", "services"})

Cells = dict[tuple[str | int, ...], str]


def load(data: bytes) -> tuple[Any, list[Defect], Cells]:
    """What the workbook says, what cannot be read, and which cell each part of the plan came from."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                return None, [Defect((), f"{PREFIX}too_large")], {}
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return None, [Defect((), f"{PREFIX}not_a_workbook")], {}
    reader = _Reader(book)
    return reader.plan(), reader.defects, reader.cells


def place_of(path: tuple[str | int, ...], cells: Cells) -> str:
    """The cell of a part of the plan, or of the nearest thing around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in cells:
            return cells[path[:length]]
    return str(path[0]) if path else "workbook"


class _Reader:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.defects: list[Defect] = []
        self.cells: Cells = {}
        self.place_of_code: dict[str, int] = {}

    def plan(self) -> dict[str, Any]:
        plan: dict[str, Any] = {}
        for line, row in self._rows("Plan"):
            name = str(row.get("field", ""))
            self._put(plan, (), name, row.get("value"), f"Plan!B{line}")
        plan["pools"] = {}
        for line, row in self._rows("Pools"):
            name = str(row.pop("pool", ""))
            plan["pools"][name] = self._part(row, ("pools", name), "Pools", line)
        plan["benefits"] = []
        for line, row in self._rows("Benefits"):
            place = len(plan["benefits"])
            self.place_of_code.setdefault(str(row.get("code")), place)
            plan["benefits"].append(self._part(row, ("benefits", place), "Benefits", line))
        for sheet, part in (("Limits", "limits"), ("Waiting", "waiting_by_condition"), ("Exclusions", "exclusions")):
            self._lines_of(plan["benefits"], sheet, part)
        return plan

    def _lines_of(self, benefits: list[dict[str, Any]], sheet: str, part: str) -> None:
        for line, row in self._rows(sheet):
            code = str(row.pop("benefit", ""))
            place = self.place_of_code.get(code)
            if place is None:
                self.cells[sheet, line] = f"{sheet}!A{line}"
                self.defects.append(Defect((sheet, line), f"{PREFIX}unknown_benefit", {"value": code}))
                continue
            lines = benefits[place].setdefault(part, [])
            path = ("benefits", place, part, len(lines))
            lines.append(self._part(row, path, sheet, line))

    def _rows(self, sheet: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The filled lines of a sheet by column name; remembers the letters for the cells' names."""
        if sheet not in self.book.sheetnames:
            return
        self.letters: dict[str, str] = {}
        for line, values in enumerate(self.book[sheet].iter_rows(values_only=True, max_row=_MAX_ROWS), start=1):
            if line == 1:
                names = [str(value).strip() if value is not None else "" for value in values]
                self.letters = {name: get_column_letter(at) for at, name in enumerate(names, start=1) if name}
                continue
            row = {name: value for name, value in zip(names, values, strict=False) if name and value is not None}
            if row:
                yield line, row

    def _part(self, row: dict[str, Any], path: tuple[str | int, ...], sheet: str, line: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        self.cells[path] = f"{sheet}!A{line}"
        for name, value in row.items():
            self._put(made, path, name, value, f"{sheet}!{self.letters.get(name, 'A')}{line}")
        return made

    def _put(self, into: dict[str, Any], path: tuple[str | int, ...], column: str, value: Any, cell: str) -> None:
        """``name_en`` → names.en, ``co_payment_cap`` → co_payment.cap; lists are separated by commas."""
        plain = value.strip() if isinstance(value, str) else value
        if column in _LISTS:
            plain = [part.strip() for part in str(plain).split(",") if part.strip()]
        parent, key = _target(column)
        if parent:
            into = into.setdefault(parent, {})
            path = (*path, parent)
            self.cells.setdefault(path, cell)
        into[key] = plain
        self.cells[*path, key] = cell


def _target(column: str) -> tuple[str | None, str]:
    if column.startswith("name_"):
        return "names", column.removeprefix("name_")
    for parent in ("co_payment", "deductible"):
        if column.startswith(f"{parent}_"):
            return parent, column.removeprefix(f"{parent}_")
    return None, column
