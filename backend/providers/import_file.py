"""A file of facilities or prices: taken in by pieces, kept packed, and read line by line without holding it."""

from __future__ import annotations

import csv
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import openpyxl
from sqlalchemy import delete, insert, select

from backend.access import Scope
from backend.errors import RuleRefused, TooLarge
from backend.providers.models import ProviderImportPart

MOST_BYTES = 300_000_000
MOST_LINES = 2_000_000
_PIECE = 1 << 20
_MOST_UNPACKED = 1_000_000_000
_MOST_COLUMNS = 60
_MARKS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "old"}


def keep(scope: Scope, import_id: UUID, stream: IO[bytes]) -> tuple[str, bytes]:
    """Store a file in packed pieces; answers its format (by the first bytes) and digest.

    Raises TooLarge, RuleRefused ``providers.import.format``.
    """
    digest, size, file_format = hashlib.sha256(), 0, ""
    number = 0
    while piece := stream.read(_PIECE):
        number += 1
        size += len(piece)
        if size > MOST_BYTES:
            raise TooLarge()
        file_format = file_format or _format_of(piece)
        digest.update(piece)
        scope.session.execute(
            insert(ProviderImportPart).values(
                client_id=scope.client_id, import_id=import_id, number=number, content=zlib.compress(piece, 1)
            )
        )
    if not number:
        raise RuleRefused("providers.import.format")
    return file_format, digest.digest()


def _format_of(data: bytes) -> str:
    mark = _MARKS.get(data[:4])
    if mark == "xlsx":
        return "xlsx"
    if mark == "old" or not data.strip() or b"\x00" in data[:4096]:
        raise RuleRefused("providers.import.format")
    return "csv"


def forget(scope: Scope, import_id: UUID) -> None:
    """The pieces are no longer needed."""
    scope.session.execute(
        delete(ProviderImportPart).where(
            ProviderImportPart.client_id == scope.client_id, ProviderImportPart.import_id == import_id
        )
    )


def unpack(scope: Scope, import_id: UUID, path: Path) -> None:
    """The file on disk, to be read from there."""
    with path.open("wb") as file:
        for number in _numbers(scope, import_id):
            content = scope.session.scalar(
                select(ProviderImportPart.content).where(
                    ProviderImportPart.client_id == scope.client_id,
                    ProviderImportPart.import_id == import_id,
                    ProviderImportPart.number == number,
                )
            )
            file.write(zlib.decompress(content or b""))


def _numbers(scope: Scope, import_id: UUID) -> list[int]:
    wanted = select(ProviderImportPart.number).where(
        ProviderImportPart.client_id == scope.client_id, ProviderImportPart.import_id == import_id
    )
    return list(scope.session.scalars(wanted.order_by(ProviderImportPart.number)))


def lines(path: Path, file_format: str) -> Iterator[tuple[int, list[Any]]]:
    """Line number as people count and its cells, the header first; empty lines are left out.

    Raises RuleRefused ``providers.import.format`` or ``providers.import.too_long``.
    """
    rows = _xlsx(path) if file_format == "xlsx" else _csv(path)
    for number, cells in enumerate(rows, start=1):
        if number > MOST_LINES:
            raise RuleRefused("providers.import.too_long", {"most": MOST_LINES})
        shown = list(cells)[:_MOST_COLUMNS]
        if any(cell not in (None, "") for cell in shown):
            yield number, shown


def _csv(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as raw:
        first = raw.readline()
    encoding = "utf-8-sig" if _is_utf8(path) else "cp1252"
    delimiter = max(";,\t|", key=first.decode("latin-1").count)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        yield from csv.reader(file, delimiter=delimiter)


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_PIECE):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _xlsx(path: Path) -> Iterator[tuple[Any, ...]]:
    with path.open("rb") as file:
        try:
            with zipfile.ZipFile(file) as packed:
                if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                    raise RuleRefused("providers.import.too_long", {"most": MOST_LINES})
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            raise RuleRefused("providers.import.format") from error
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            yield from sheet.iter_rows(values_only=True)
        finally:
            book.close()
