"""The life of a teleconsultation as one table, and who may move it (S0-26, S0-84, S0-92)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from backend.kit.refusal import Refusal

WRONG_STATE = "telemedicine.wrong_state"
TAKEN_BY_OTHER = "telemedicine.taken_by_other"
NOT_YOURS = "telemedicine.not_yours"
STILL_TIME = "telemedicine.still_time"
TOO_EARLY = "telemedicine.too_early"
NO_DIAGNOSIS = "telemedicine.no_diagnosis"

COMES_WITHIN = timedelta(minutes=10)
"""How long a doctor who is ready waits for the member."""
OPENS_BEFORE = timedelta(minutes=10)
"""How long before an appointment its doctor may begin."""


class State(StrEnum):
    """Where a teleconsultation stands."""

    WAITING = "waiting"
    SCHEDULED = "scheduled"
    CALLED = "called"
    """A doctor has taken it and waits for the member."""
    IN_PROGRESS = "in_progress"
    ENDED = "ended"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    DIVERTED = "diverted"
    """Sent to emergency care."""


class Move(StrEnum):
    """What can happen to one."""

    DUE = "due"
    TAKE = "take"
    JOIN = "join"
    BEGIN = "begin"
    MISS = "miss"
    PUT_BACK = "put_back"
    END = "end"
    CANCEL = "cancel"
    DIVERT = "divert"


TRANSITIONS: dict[tuple[State, Move], State] = {
    (State.SCHEDULED, Move.DUE): State.WAITING,
    (State.SCHEDULED, Move.TAKE): State.CALLED,
    (State.SCHEDULED, Move.CANCEL): State.CANCELLED,
    (State.SCHEDULED, Move.DIVERT): State.DIVERTED,
    (State.WAITING, Move.TAKE): State.CALLED,
    (State.WAITING, Move.CANCEL): State.CANCELLED,
    (State.WAITING, Move.DIVERT): State.DIVERTED,
    (State.CALLED, Move.JOIN): State.IN_PROGRESS,
    (State.CALLED, Move.BEGIN): State.IN_PROGRESS,
    (State.CALLED, Move.MISS): State.NO_SHOW,
    (State.CALLED, Move.PUT_BACK): State.WAITING,
    (State.CALLED, Move.CANCEL): State.CANCELLED,
    (State.CALLED, Move.DIVERT): State.DIVERTED,
    (State.IN_PROGRESS, Move.PUT_BACK): State.WAITING,
    (State.IN_PROGRESS, Move.END): State.ENDED,
    (State.IN_PROGRESS, Move.DIVERT): State.DIVERTED,
}
"""Everything that is not here cannot happen."""

OPEN = frozenset([State.WAITING, State.SCHEDULED, State.CALLED, State.IN_PROGRESS])
"""States in which somebody still has to do something; of these a member has one at a time."""
WITH_A_DOCTOR = frozenset([State.CALLED, State.IN_PROGRESS])

_BY_ITS_DOCTOR = frozenset([Move.BEGIN, Move.MISS, Move.PUT_BACK, Move.END])

_SAID_AGAIN = {
    Move.TAKE: WITH_A_DOCTOR,
    Move.JOIN: frozenset([State.IN_PROGRESS]),
    Move.BEGIN: frozenset([State.IN_PROGRESS]),
    Move.END: frozenset([State.ENDED]),
    Move.CANCEL: frozenset([State.CANCELLED]),
    Move.MISS: frozenset([State.NO_SHOW]),
    Move.DIVERT: frozenset([State.DIVERTED]),
}
"""The same word a second time changes nothing and is no mistake."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about one: its state, whose it is, when its appointment is, since when the doctor waits."""

    state: State
    doctor_id: UUID | None = None
    starts_at: datetime | None = None
    called_at: datetime | None = None
    has_diagnosis: bool = False


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves it: the id of a doctor, or nobody's for a member and for the clock."""

    role: str
    id: UUID | None = None


def after(state: State, move: Move) -> State | None:
    """The state that a move leads to; None when it cannot happen."""
    return TRANSITIONS.get((state, move))


def is_said_again(standing: Standing, move: Move, who: Mover) -> bool:
    """Whether a move has happened already, by the same person where that matters."""
    if standing.state not in _SAID_AGAIN.get(move, frozenset()):
        return False
    return who.role != "doctor" or move is Move.DIVERT or standing.doctor_id == who.id


def may(move: Move, standing: Standing, who: Mover, now: datetime) -> Refusal | None:
    """Whether somebody may do that now; the refusal says what is in the way."""
    if move is Move.TAKE and standing.state in WITH_A_DOCTOR and standing.doctor_id != who.id:
        return Refusal(TAKEN_BY_OTHER)
    if after(standing.state, move) is None:
        return Refusal(WRONG_STATE, {"state": standing.state.value})
    if who.role == "doctor" and move in _BY_ITS_DOCTOR and standing.doctor_id != who.id:
        return Refusal(NOT_YOURS)
    if move is Move.TAKE and standing.state is State.SCHEDULED:
        return _may_begin_early(standing, who, now)
    if move is Move.MISS and standing.called_at is not None and now < standing.called_at + COMES_WITHIN:
        left = standing.called_at + COMES_WITHIN - now
        return Refusal(STILL_TIME, {"minutes": -(-int(left.total_seconds()) // 60)})
    if move is Move.END and not standing.has_diagnosis:
        return Refusal(NO_DIAGNOSIS)
    return None


def _may_begin_early(standing: Standing, who: Mover, now: datetime) -> Refusal | None:
    if standing.doctor_id not in {None, who.id}:
        return Refusal(TAKEN_BY_OTHER)
    if standing.starts_at is not None and now < standing.starts_at - OPENS_BEFORE:
        return Refusal(TOO_EARLY, {"minutes": int(OPENS_BEFORE.total_seconds()) // 60})
    return None
