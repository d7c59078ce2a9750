"""Who could answer a call now: the client's hours, its roster, and the number for the hours without anybody."""

from __future__ import annotations

from datetime import datetime

from backend.access import Scope


def people_at(scope: Scope, at: datetime, desk: str) -> int | None:
    """How many work at a desk at ``at``; None when nobody plans a roster here."""
    return None


def is_staffed(scope: Scope, at: datetime, desk: str) -> bool:
    """Whether a call put through to a desk at ``at`` can find somebody."""
    people = people_at(scope, at, desk)
    return people is None or people > 0


def next_opening(scope: Scope, at: datetime, desk: str) -> datetime | None:
    """When somebody is at a desk again; ``at`` itself while it is open, None when nobody knows."""
    return at
