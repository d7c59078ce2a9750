"""Who is covered on a day, who may join a family, and who reads their own data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from backend.kit.refusal import Refusal

NOT_AN_EMPLOYEE = "members.not_an_employee"
EMPLOYEE_LEFT = "members.employee_left"
SPOUSE_ALREADY_THERE = "members.spouse_already_there"
ALREADY_IN_FAMILY = "members.already_in_family"
CHILD_TOO_OLD = "members.child_too_old"
CHILD_OLDER_THAN_PARENT = "members.child_older_than_parent"
BORN_IN_FUTURE = "members.born_in_future"
SPOUSE_TOO_YOUNG = "members.spouse_too_young"

CHILD_AGE_LIMIT = 25
"""Years. The sources name no limit; until its last day before this birthday a child can join a family."""
SPOUSE_AGE_LEAST = 16
"""Years; younger is taken for a mistyped date, not for a marriage."""


@dataclass(frozen=True, slots=True)
class Period:
    """An enrolment as rules see it: both days count, an open end means until further notice."""

    plan_id: UUID
    starts_on: date
    ends_on: date | None = None

    def holds(self, on: date) -> bool:
        """Does the period contain the day?"""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class CoverState:
    """Whether a member is covered on a day, by which plan, from when until when."""

    state: Literal["covered", "not_yet", "ended", "none"]
    plan_id: UUID | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def is_covered(self) -> bool:
        """Covered on the day that was asked about."""
        return self.state == "covered"


def cover_state(periods: Sequence[Period], left_on: date | None, on: date) -> CoverState:
    """The enrolment that counts on ``on``: the current one, else the latest past, else the next (S2-3).

    One that goes on in another version of the plan the day after ends with that one. ``left_on`` is the member's last
    day and cuts every period.
    """
    if not periods:
        return CoverState("none")
    begun = [period for period in periods if period.starts_on <= on]
    period = max(begun, key=lambda one: one.starts_on) if begun else min(periods, key=lambda one: one.starts_on)
    ends = [day for day in (_unbroken_until(period, periods), left_on) if day is not None]
    until = min(ends) if ends else None
    if not begun:
        return CoverState("not_yet", period.plan_id, period.starts_on, until)
    covered = until is None or on <= until
    return CoverState("covered" if covered else "ended", period.plan_id, period.starts_on, until)


def _unbroken_until(period: Period, periods: Sequence[Period]) -> date | None:
    following = {one.starts_on: one for one in periods}
    while period.ends_on is not None and period.ends_on + timedelta(days=1) in following:
        period = following[period.ends_on + timedelta(days=1)]
    return period.ends_on


def is_covered(periods: Sequence[Period], left_on: date | None, on: date) -> bool:
    """Is there an enrolment on this day, before or on the member's last one? (S2-3)"""
    return cover_state(periods, left_on, on).is_covered


def age_on(birth_date: date, on: date) -> int:
    """Completed years; somebody born on 29 February has the birthday on 1 March in other years."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def has_own_access(birth_date: date, on: date, own_access_age: int) -> bool:
    """From ``own_access_age`` years on only the member reads their own data; the age is a term of the contract."""
    return age_on(birth_date, on) >= own_access_age


@dataclass(frozen=True, slots=True)
class Relative:
    """A person of a family as the rule about dependants sees one."""

    relationship: str
    full_name: str
    birth_date: date
    left_on: date | None = None

    def gone(self, on: date) -> bool:
        """No longer in the plan on this day."""
        return self.left_on is not None and self.left_on < on


def may_add_dependant(employee: Relative, family: Sequence[Relative], new: Relative, on: date) -> Refusal | None:
    """May ``new`` join the employee's family on this day? None means yes (S2-3, S2-4)."""
    present = [relative for relative in family if not relative.gone(on)]
    if employee.relationship != "employee":
        return Refusal(NOT_AN_EMPLOYEE)
    if employee.gone(on):
        return Refusal(EMPLOYEE_LEFT, {"left_on": employee.left_on})
    if new.birth_date > on:
        return Refusal(BORN_IN_FUTURE, {"birth_date": new.birth_date})
    if any(_same_person(relative, new) for relative in [employee, *present]):
        return Refusal(ALREADY_IN_FAMILY, {"full_name": new.full_name})
    return _may_be_spouse(present, new, on) if new.relationship == "spouse" else _may_be_child(employee, new, on)


def _may_be_spouse(present: Sequence[Relative], new: Relative, on: date) -> Refusal | None:
    if any(relative.relationship == "spouse" for relative in present):
        return Refusal(SPOUSE_ALREADY_THERE)
    age = age_on(new.birth_date, on)
    return Refusal(SPOUSE_TOO_YOUNG, {"age": age}) if age < SPOUSE_AGE_LEAST else None


def _may_be_child(employee: Relative, new: Relative, on: date) -> Refusal | None:
    if new.birth_date <= employee.birth_date:
        return Refusal(CHILD_OLDER_THAN_PARENT)
    age = age_on(new.birth_date, on)
    return Refusal(CHILD_TOO_OLD, {"age": age, "limit": CHILD_AGE_LIMIT}) if age >= CHILD_AGE_LIMIT else None


def _same_person(one: Relative, other: Relative) -> bool:
    return (one.full_name.casefold().split(), one.birth_date) == (other.full_name.casefold().split(), other.birth_date)
