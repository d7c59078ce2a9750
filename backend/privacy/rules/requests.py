"""Who may ask for what, until when it is answered, and what may be done with a request in which state."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from backend.kit.deadlines import calendar_days_after, elapsed_hours_after
from backend.kit.refusal import Refusal
from backend.members.rules.cover import has_own_access

HOURS = 72
"""3 x 24 hours on a stopwatch, weekends and holidays counted (UU 27/2022 Ps 32 and 41; domain.md §4)."""
WARN_HOURS = 24
AVAILABLE_DAYS = 7
"""How long a copy of everything lies ready; whoever missed it asks again."""

ONLY_ONESELF = "privacy.only_oneself"
CODE_WRONG = "privacy.code_wrong"
NO_PHONE = "privacy.no_phone"
WRONG_STATE = "privacy.wrong_state"
NOT_READY = "privacy.not_ready"
IN_THE_WAY = "privacy.in_the_way"
GROUND_UNTRUE = "privacy.ground_untrue"


class Kind(StrEnum):
    """What is asked for."""

    EXPORT = "export"
    ERASURE = "erasure"


class State(StrEnum):
    """The life of a request. ``approved``: the erasure is under way; ``expired``: the copy is no longer there."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    EXPIRED = "expired"
    APPROVED = "approved"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WAITING = frozenset([State.ASKED, State.MAKING, State.APPROVED])
"""States in which the clock runs."""


class RefusalGround(StrEnum):
    """Why an erasure is not done; each has its sentence in the messages."""

    COVERED = "covered"
    OPEN_MATTERS = "open_matters"
    LEGAL_CLAIM = "legal_claim"


class Notice(StrEnum):
    """What staff are told about a clock."""

    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Relative:
    """A member of a family as the question whose data goes along sees them."""

    id: UUID
    employee_id: UUID | None
    birth_date: date


def due_at(asked_at: datetime) -> datetime:
    """The instant by which a request is answered."""
    return elapsed_hours_after(asked_at, HOURS)


def hours_left(due: datetime, now: datetime) -> int:
    """Whole hours until ``due``; negative once it is past (-1 in the first hour after it)."""
    return int((due - now) // timedelta(hours=1))


def notice_due(due: datetime, now: datetime, told: Collection[str]) -> Notice | None:
    """What staff are to be told now and were not yet: a day before the end, and when it is past."""
    if now >= due:
        return None if Notice.OVERDUE in told else Notice.OVERDUE
    is_near = now >= elapsed_hours_after(due, -WARN_HOURS)
    return Notice.SOON if is_near and Notice.SOON not in told and Notice.OVERDUE not in told else None


def available_until(made_on: date) -> date:
    """The last day on which a copy can be fetched."""
    return calendar_days_after(made_on, AVAILABLE_DAYS)


def whose_data(asking_for: Relative, family: Sequence[Relative], on: date, own_access_age: int) -> list[UUID]:
    """Whose data a copy holds: the person's, and their children's until those read their own; never an adult's."""
    children = [
        one.id
        for one in family
        if one.employee_id == asking_for.id and not has_own_access(one.birth_date, on, own_access_age)
    ]
    return [asking_for.id, *children]


def may_ask(asking_for: Relative, own_id: UUID | None, on: date, own_access_age: int) -> Refusal | None:
    """Everybody asks for themselves, and the employee for a child that has no access of its own yet."""
    if asking_for.id == own_id:
        return None
    is_own_child = asking_for.employee_id is not None and asking_for.employee_id == own_id
    if is_own_child and not has_own_access(asking_for.birth_date, on, own_access_age):
        return None
    return Refusal(ONLY_ONESELF)


@dataclass(frozen=True, slots=True)
class Matters:
    """What is still going on between a person and us."""

    covered: bool = False
    claims: int = 0
    complaints: int = 0
    letters: int = 0
    payments: int = 0
    excesses: int = 0

    @property
    def open(self) -> dict[str, int]:
        """How many of each kind are open; kinds without any are left out."""
        counted = {
            "claims": self.claims,
            "complaints": self.complaints,
            "letters": self.letters,
            "payments": self.payments,
            "excesses": self.excesses,
        }
        return {name: number for name, number in counted.items() if number}


def may_erase(matters: Matters) -> Refusal | None:
    """Nobody who is covered or has something open with us can be forgotten: we still need to know who they are.

    The processing rests on the contract until then (UU 27/2022 Ps 20), so the right of Ps 43 does not reach it.
    """
    if matters.covered or matters.open:
        return Refusal(IN_THE_WAY, {"covered": int(matters.covered), "open": sum(matters.open.values())})
    return None


def grounds(matters: Matters) -> list[RefusalGround]:
    """The grounds of a refusal that are true; a pending legal claim nobody can see from the data."""
    found = [RefusalGround.COVERED] if matters.covered else []
    if matters.open:
        found.append(RefusalGround.OPEN_MATTERS)
    return [*found, RefusalGround.LEGAL_CLAIM]
