"""Who is offered a waiting case: skill, room, fewest cases (S0-91, S0-92, S0-95)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

OFFER_LASTS = {"urgent": timedelta(minutes=1), "high": timedelta(minutes=5), "normal": timedelta(minutes=15)}
"""An offer that nobody takes goes to the next person, or back to everybody."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on duty: what they speak, whether they are a doctor, how many cases they can have and have."""

    staff_id: UUID
    languages: Collection[str]
    doctor: bool
    capacity: int
    open_cases: int

    @property
    def is_free(self) -> bool:
        """Whether one more case fits."""
        return self.open_cases < self.capacity


@dataclass(frozen=True, slots=True)
class Waiting:
    """What decides about a waiting case; ``passed`` are those who were offered it and did not take it."""

    desk: str
    language: str
    priority: str
    passed: Collection[UUID] = ()


def choose(case: Waiting, people: Sequence[Person]) -> UUID | None:
    """The person for a case, None to leave it in the queue.

    Doctors get the doctor's queue and agents the other. Whoever speaks the language comes first; only when nobody on
    duty does, anybody. Among those with room the one with the fewest cases, then with the most room; an emergency is
    offered even when everybody is full. Who let an offer pass is asked again only when nobody else is left.
    """
    able = [person for person in people if person.doctor == (case.desk == "doctor")]
    pool = [person for person in able if case.language in person.languages] or able
    free = [person for person in pool if person.is_free] or (pool if case.priority == "urgent" else [])
    fresh = [person for person in free if person.staff_id not in case.passed] or free
    if not fresh:
        return None
    return min(fresh, key=lambda one: (one.open_cases, one.open_cases - one.capacity, one.staff_id)).staff_id


def offer_has_passed(priority: str, offered_at: datetime, now: datetime) -> bool:
    """Whether somebody had long enough to take what they were offered."""
    return now - offered_at >= OFFER_LASTS[priority]


def needs_anybody(case: Waiting, doctors_on_duty: int) -> bool:
    """An emergency does not wait for a doctor who is not there: the helpline begins (S0-80)."""
    return case.desk == "doctor" and case.priority == "urgent" and doctors_on_duty == 0
