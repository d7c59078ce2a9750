"""What a hospital asks of a letter, who may answer, and until when: the clock that it sees (S2-36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.kit.working_hours import WorkingHours

DOCTOR_DECIDES = "guarantees.doctor_decides"
ANSWERED = "guarantees.answered"
ASK_OPEN = "guarantees.ask_open"
NOTHING_MORE = "guarantees.nothing_more"
NO_PAPERS_WANTED = "guarantees.no_papers_wanted"


class AskKind(StrEnum):
    """An admission, more days or more money for it, or the bill at its end."""

    ADMISSION = "admission"
    EXTENSION = "extension"
    DISCHARGE = "discharge"


class AskState(StrEnum):
    """Where an ask stands; ``papers_wanted`` lies with the hospital, and our clock stands still."""

    WAITING = "waiting"
    PAPERS_WANTED = "papers_wanted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


UNANSWERED = frozenset([AskState.WAITING, AskState.PAPERS_WANTED])


class Notice(StrEnum):
    """What colleagues are told about an ask that nobody has answered."""

    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Turnaround:
    """How long an answer has taken: ``worked`` before the last pause, and since when the clock runs, if it does."""

    worked: timedelta
    running_since: datetime | None

    def answer_by(self, hours: WorkingHours, target: timedelta) -> datetime | None:
        """Until when the answer is owed; None while papers are awaited. What was used before a pause stays used."""
        if self.running_since is None:
            return None
        return hours.after(self.running_since, max(target - self.worked, timedelta(0)))

    def paused(self, hours: WorkingHours, at: datetime) -> Turnaround:
        """The clock stands from ``at`` on: papers are asked for."""
        if self.running_since is None:
            return self
        return Turnaround(self.worked + hours.between(self.running_since, at), None)

    def resumed(self, at: datetime) -> Turnaround:
        """The papers are there."""
        return self if self.running_since is not None else Turnaround(self.worked, at)


def needs_doctor(promised: Money, asked: Money, threshold_minor: int) -> bool:
    """A doctor decides once the whole promise reaches the contract's amount; 0 means that no amount does (S2-36).

    The whole and not the single ask: ten small extensions are one large promise.
    """
    return threshold_minor > 0 and (promised + asked).amount_minor >= threshold_minor


def may_answer(state: AskState, *, for_doctor: bool, by_doctor: bool) -> Refusal | None:
    """May this person approve, refuse or ask for papers? None means yes."""
    if state not in UNANSWERED:
        return Refusal(ANSWERED, {"state": state.value})
    return Refusal(DOCTOR_DECIDES) if for_doctor and not by_doctor else None


def may_extend(days: int, amount: Money | None) -> Refusal | None:
    """An extension extends something: the days, the amount or both."""
    return None if days or amount else Refusal(NOTHING_MORE)


def may_bring_papers(state: AskState) -> Refusal | None:
    """Papers are taken while they are wanted."""
    return None if state is AskState.PAPERS_WANTED else Refusal(NO_PAPERS_WANTED)


def due_notice(answer_by: datetime | None, now: datetime, warn: timedelta, told: frozenset[Notice]) -> Notice | None:
    """What is to be told now, once each: shortly before the target, and when it has passed (S2-36)."""
    if answer_by is None:
        return None
    if answer_by <= now:
        return None if Notice.OVERDUE in told else Notice.OVERDUE
    soon = answer_by - now <= warn
    return Notice.SOON if soon and not told else None
