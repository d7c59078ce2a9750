"""When a letter of guarantee may be issued, how long it holds, and what makes it hold for the whole stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from backend.kit.deadlines import elapsed_hours_after
from backend.kit.refusal import Refusal

NOT_COVERED = "guarantees.not_covered"
NO_INPATIENT_BENEFIT = "guarantees.no_inpatient_benefit"
WRONG_STATE = "guarantees.wrong_state"
LAPSED = "guarantees.lapsed"
CARD_NOT_VALID = "guarantees.card_not_valid"


class LetterKind(StrEnum):
    """What a letter promises: an amount at the admission (S1-55), or the settled split at the discharge."""

    INITIAL = "initial"
    FINAL = "final"


class LetterState(StrEnum):
    """Where a letter stands. A hospital can rely on an issued, a confirmed and a final one."""

    REQUESTED = "requested"
    ISSUED = "issued"
    CONFIRMED = "confirmed"
    FINAL = "final"
    REFUSED = "refused"
    LAPSED = "lapsed"
    VOID = "void"


class Evidence(StrEnum):
    """What confirms an initial letter: the card (S1-56), or HR's written statement about it (S1-57)."""

    CARD = "card"
    HR_STATEMENT = "hr_statement"


OPEN = frozenset([LetterState.REQUESTED, LetterState.ISSUED])
GOOD = frozenset([LetterState.ISSUED, LetterState.CONFIRMED, LetterState.FINAL])
PROMISING = frozenset([LetterState.ISSUED, LetterState.CONFIRMED])
"""Letters that hold money: on the limits and on the client's fund."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the plan says about the patient on the day of admission."""

    admission_on: date
    covered: bool
    has_inpatient: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A letter as the rules see it; ``valid_until`` is empty before it is issued."""

    state: LetterState
    valid_until: datetime | None = None

    def at(self, now: datetime) -> LetterState:
        """The state at ``now``: an issued letter is over from the instant ``valid_until`` on, noted or not (S1-56)."""
        over = self.state is LetterState.ISSUED and self.valid_until is not None and self.valid_until <= now
        return LetterState.LAPSED if over else self.state


def may_guarantee(cover: Cover) -> Refusal | None:
    """May an inpatient letter be asked for and issued for this admission? None means yes (S1-55)."""
    if not cover.covered:
        return Refusal(NOT_COVERED, {"on": cover.admission_on})
    return None if cover.has_inpatient else Refusal(NO_INPATIENT_BENEFIT)


def may_issue(letter: Standing, cover: Cover) -> Refusal | None:
    """May a requested letter be issued? Cover is looked at again: days may lie between (S1-55)."""
    if letter.state is not LetterState.REQUESTED:
        return Refusal(WRONG_STATE, {"state": letter.state.value})
    return may_guarantee(cover)


def valid_until(issued_at: datetime, hours: int) -> datetime:
    """The first instant at which an initial letter no longer holds: elapsed hours, not days of a calendar (S1-56)."""
    return elapsed_hours_after(issued_at, hours)


def may_confirm(letter: Standing, now: datetime, *, card_is_good: bool | None = None) -> Refusal | None:
    """May the letter be confirmed at ``now``? ``card_is_good`` is None when HR's statement is shown instead.

    The card has to be the patient's own and in use (S1-56); a statement stands for one that is not (S1-57). A letter
    that has lapsed is not brought back to life: a new one is requested.
    """
    state = letter.at(now)
    if state is LetterState.LAPSED:
        return Refusal(LAPSED, {"valid_until": letter.valid_until})
    if state is not LetterState.ISSUED:
        return Refusal(WRONG_STATE, {"state": state.value})
    return Refusal(CARD_NOT_VALID) if card_is_good is False else None


def may_void(letter: Standing) -> Refusal | None:
    """May the letter be withdrawn? What has ended has ended, and a final letter was relied on."""
    standing = letter.state in OPEN | PROMISING
    return None if standing else Refusal(WRONG_STATE, {"state": letter.state.value})


def must_promise(letter: Standing, now: datetime) -> Refusal | None:
    """Does the hospital rely on the letter now, so that it can be extended or settled?"""
    state = letter.at(now)
    if state is LetterState.LAPSED:
        return Refusal(LAPSED, {"valid_until": letter.valid_until})
    return None if state in PROMISING else Refusal(WRONG_STATE, {"state": state.value})
