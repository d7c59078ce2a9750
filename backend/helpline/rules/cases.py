"""Whose turn a case is, until when, and who may do what with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.kit.refusal import Refusal
from backend.kit.working_hours import NeverOpen, WorkingHours

RANK = {"urgent": 0, "high": 1, "normal": 2}
"""Order of the queue (S0-91): an emergency before everything, then what a hospital waits for."""

WAIT = {"urgent": timedelta(minutes=2), "high": timedelta(minutes=15), "normal": timedelta(hours=1)}
"""How long a word of the member may stay without a person's answer (S0-90)."""

LOOKS_FOR = timedelta(seconds=20)
"""A desk says every few seconds that a case is open on it; after this silence it is not (S0-95)."""

CASE_CLOSED = "helpline.case_closed"
TAKEN_BY_OTHER = "helpline.taken_by_other"
STALE = "helpline.stale"
FOR_A_DOCTOR = "helpline.for_a_doctor"
NOT_TAKEN = "helpline.not_taken"
CANNOT_RECEIVE = "helpline.cannot_receive"

NOBODYS_WORK = frozenset(
    ["opened", "joined", "member_wrote", "revealed", "offered", "returned", "no_doctor", "rated", "follow_up"]
)
"""Steps that do not change what a colleague was about to write."""

_REASONS_FOR_A_DOCTOR = frozenset(["doctor"])


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about a case: its state, whose it is, in which queue, how urgent."""

    state: str
    assigned_to: UUID | None
    desk: str
    priority: str = "normal"


@dataclass(frozen=True, slots=True)
class Worker:
    """Who acts: staff id and role."""

    id: UUID | None
    role: str

    @property
    def supervises(self) -> bool:
        """Whether they may move what others work on."""
        return self.role == "admin"


def more_urgent(first: str, second: str) -> str:
    """The more urgent of two priorities."""
    return first if RANK[first] <= RANK[second] else second


def desk_for(reason: str, wished: str) -> str:
    """The queue of a new case: whoever asks for a doctor waits for one (S0-92)."""
    return "doctor" if reason in _REASONS_FOR_A_DOCTOR else wished


def due_at(priority: str, waiting_since: datetime, hours: WorkingHours | None = None) -> datetime:
    """Until when somebody answers (S0-90): counted by the hours of the desk, an emergency by the stopwatch.

    A desk that never opens counts by the stopwatch too: the case is then overdue, and somebody sees it.
    """
    if hours is None or priority == "urgent":
        return waiting_since + WAIT[priority]
    try:
        return hours.after(waiting_since, WAIT[priority])
    except NeverOpen:
        return waiting_since + WAIT[priority]


def queue_place(priority: str, waiting_since: datetime) -> tuple[int, datetime]:
    """What the queue is sorted by: the priority, then how long somebody has been waiting (S0-90)."""
    return RANK[priority], waiting_since


def may_take(case: Standing, worker: Worker) -> Refusal | None:
    """A case is worked on by one person at a time; an offer to somebody else may still be taken by whoever is quicker.

    What waits for a doctor is taken by doctors (S0-92), an emergency by whoever is there; taking one's own again
    changes nothing (S0-95).
    """
    if case.state == "closed":
        return Refusal(CASE_CLOSED)
    if case.state == "taken" and case.assigned_to != worker.id:
        return Refusal(TAKEN_BY_OTHER)
    if case.desk == "doctor" and worker.role != "doctor" and case.priority != "urgent":
        return Refusal(FOR_A_DOCTOR)
    return None


def may_release(case: Standing, worker: Worker) -> Refusal | None:
    """One's own case, or anybody's for who supervises."""
    if case.state != "taken":
        return Refusal(CASE_CLOSED if case.state == "closed" else NOT_TAKEN)
    if case.assigned_to != worker.id and not worker.supervises:
        return Refusal(TAKEN_BY_OTHER)
    return None


def may_transfer(case: Standing, worker: Worker) -> Refusal | None:
    """One's own case or one nobody works on, or anybody's for who supervises."""
    if case.state == "closed":
        return Refusal(CASE_CLOSED)
    if case.state == "taken" and case.assigned_to != worker.id and not worker.supervises:
        return Refusal(TAKEN_BY_OTHER)
    return None


def may_receive(desk: str, role: str) -> Refusal | None:
    """Agents and doctors get cases handed; what is for a doctor goes to doctors only (S0-92)."""
    fits = role == "doctor" or (desk == "helpline" and role == "agent")
    return None if fits else Refusal(CANNOT_RECEIVE)


def may_reply(case: Standing, worker: Worker) -> Refusal | None:
    """Whoever may take a case may answer in it; a closed case is answered by opening another one."""
    return may_take(case, worker)


def may_close(case: Standing, worker: Worker) -> Refusal | None:
    """Like moving it; closing a closed one changes nothing, so it is allowed."""
    return None if case.state == "closed" else may_transfer(case, worker)


def is_stale(known_version: int | None, versions_of_others: list[int]) -> bool:
    """Whether colleagues did something after the version that the writer saw; without one nobody asks (S0-95)."""
    return known_version is not None and any(version > known_version for version in versions_of_others)
