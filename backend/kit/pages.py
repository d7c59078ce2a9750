"""Keyset pages: a cursor names the last row seen, so a page costs the same at any depth."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

MAX_LIMIT = 100

Row = TypeVar("Row")


class BadCursor(ValueError):
    """The cursor was not made by this API."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of the page before: its moment and its id (ties break by id)."""

    moment: datetime
    id: UUID

    def encode(self) -> str:
        """An opaque, URL-safe string."""
        return base64.urlsafe_b64encode(f"{self.moment.isoformat()}|{self.id}".encode()).decode()

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Back from ``encode``; raises BadCursor."""
        try:
            moment, _, row = base64.urlsafe_b64decode(text.encode()).decode().partition("|")
            return cls(datetime.fromisoformat(moment), UUID(row))
        except (ValueError, binascii.Error) as error:
            raise BadCursor(text) from error

    @classmethod
    def after(cls, text: str | None) -> Cursor | None:
        """Where a page begins: nowhere in particular without a cursor; raises BadCursor."""
        return cls.decode(text) if text else None


def made(row: Any) -> Cursor:
    """The place of a row among others ordered by when they were made."""
    return Cursor(row.created_at, row.id)


def page_of(rows: Sequence[Row], limit: int, place: Callable[[Row], Cursor] = made) -> tuple[list[Row], str | None]:
    """The ``limit`` rows of a page and the cursor that leads on, None at the end; ``rows`` holds one more if any."""
    shown = list(rows[:limit])
    return shown, place(shown[-1]).encode() if len(rows) > limit else None
