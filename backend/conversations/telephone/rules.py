"""Pure decisions about waiting, answering, calling back and keeping."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.kit.refusal import Refusal

FEWEST_TALKS = 5
"""An estimate from fewer finished talks would be a number nobody knows (S0-90)."""
RECENT = timedelta(hours=3)
"""Talks older than this say nothing about the desk of today."""
LONGEST_SAID = 30
"""Minutes; beyond it only "longer than" is said."""

RINGS_FOR = timedelta(seconds=45)
"""How long an agent's telephone may ring for a caller before others may take the call."""
SILENT_AFTER = timedelta(minutes=3)
"""A call in the queue asks for its music every half minute; after this silence it is gone (S0-93)."""
LONGEST_TALK = timedelta(hours=4)
MOST_ATTEMPTS = 3
ATTEMPT_LASTS = timedelta(minutes=2)
KEEP_RECORDINGS = timedelta(days=180)
SECONDS_OF_A_MESSAGE = 120

GONE = "calls.gone"
TAKEN_BY_OTHER = "calls.taken_by_other"
FOR_A_DOCTOR = "calls.for_a_doctor"
NO_TELEPHONE = "calls.no_telephone"
CALLBACK_OVER = "calls.callback_over"
CALLBACK_RUNNING = "calls.callback_running"

_TALKED = frozenset(["bridged", "redirected-from-bridged"])


@dataclass(frozen=True, slots=True)
class Estimate:
    """Whole minutes to wait; ``longer`` when it is more than we say."""

    minutes: int
    longer: bool = False


def estimated_wait(position: int, people: int, talks: Sequence[timedelta]) -> Estimate | None:
    """How long the caller at ``position`` (1 is next) waits, from the mean of recent ``talks`` (S0-90).

    With everybody speaking, somebody is free every mean/people; the caller needs that ``position`` times. None when
    nobody is there or too few talks say how long one takes: a number we cannot know is not said.
    """
    if people < 1 or position < 1 or len(talks) < FEWEST_TALKS:
        return None
    mean = sum((talk.total_seconds() for talk in talks), 0.0) / len(talks)
    minutes = max(1, math.ceil(position * mean / people / 60))
    return Estimate(LONGEST_SAID, longer=True) if minutes > LONGEST_SAID else Estimate(minutes)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What decides about a call in the queue."""

    desk: str
    rank: int
    over: bool
    claimed_by: UUID | None
    claimed_at: datetime | None


def may_answer(call: Waiting, worker: UUID | None, role: str, now: datetime) -> Refusal | None:
    """One telephone rings for a caller at a time; what waits for a doctor is answered by doctors, an emergency by
    whoever is there (S0-92, S0-93).
    """
    if call.over:
        return Refusal(GONE)
    if call.desk == "doctor" and call.rank > 0 and role != "doctor":
        return Refusal(FOR_A_DOCTOR)
    if call.claimed_at is not None and call.claimed_by != worker and now - call.claimed_at < RINGS_FOR:
        return Refusal(TAKEN_BY_OTHER)
    return None


def rank_of(*, urgent: bool, doctor: bool) -> int:
    """An emergency before everybody, then who asks for a doctor (helpline/rules/cases.py: RANK)."""
    return 0 if urgent else 1 if doctor else 2


def outcome_of(queue_result: str) -> str | None:
    """What Twilio's ``QueueResult`` means when we had promised nothing else; None when it decides nothing."""
    if queue_result in _TALKED:
        return "answered"
    return None if queue_result == "bridging-in-process" else "abandoned"


@dataclass(frozen=True, slots=True)
class Promise:
    """Where a call-back stands."""

    state: str
    desk: str
    attempted_by: UUID | None
    attempted_at: datetime | None


def may_call_back(promise: Promise, worker: UUID | None, role: str, now: datetime) -> Refusal | None:
    """One attempt at a time; what is over stays over."""
    if promise.state in {"done", "failed"}:
        return Refusal(CALLBACK_OVER)
    if promise.desk == "doctor" and role != "doctor":
        return Refusal(FOR_A_DOCTOR)
    running = promise.state == "calling" and promise.attempted_at is not None
    if running and promise.attempted_at is not None and now - promise.attempted_at < ATTEMPT_LASTS:
        return Refusal(CALLBACK_RUNNING)
    return None


def after_attempt(attempts: int, *, reached: bool) -> str:
    """Where a call-back stands after ``attempts`` calls, the last of them ``reached`` or not (S0-93)."""
    if reached:
        return "done"
    return "failed" if attempts >= MOST_ATTEMPTS else "due"
