"""Who could answer a call now: the hours of a desk and its roster."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.access import Scope
from backend.staffing import queries as rosters
from backend.staffing import service as staffing

_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)


def people_at(scope: Scope, at: datetime, desk: str) -> int | None:
    """How many work at a desk at ``at``: nobody while it is closed; None when it is open and nobody plans rosters."""
    if not staffing.is_open(scope, at, desk):
        return 0
    there = len(staffing.on_duty(scope, at, desk))
    return there if there or rosters.shifts(scope, at - _A_DAY, at + _A_WEEK) else None


def is_staffed(scope: Scope, at: datetime, desk: str) -> bool:
    """Whether a call put through to a desk at ``at`` can find somebody; without a roster the hours decide."""
    people = people_at(scope, at, desk)
    return people is None or people > 0


def next_opening(scope: Scope, at: datetime, desk: str) -> datetime | None:
    """When a desk opens again; ``at`` itself while it is open, None when nobody knows."""
    return staffing.next_opening(scope, at, desk)
