"""The only source of the current time; tests and rehearsals move it, production never does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_offset = timedelta(0)
_rehearsed: ContextVar[timedelta | None] = ContextVar("rehearsed", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    rehearsed = _rehearsed.get()
    return datetime.now(UTC) + (_offset if rehearsed is None else rehearsed)


def today(zone: str) -> date:
    """The calendar date in an IANA time zone such as ``Asia/Jakarta``."""
    return now().astimezone(ZoneInfo(zone)).date()


def move(by: timedelta) -> None:
    """Shift the clock of this process; refused nowhere, so call it only from tests and rehearsals."""
    global _offset  # noqa: PLW0603 - one process, one clock
    _offset += by


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run a block as if it were ``moment`` (aware), for this thread only; the clock keeps ticking."""
    before = _rehearsed.set(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _rehearsed.reset(before)
