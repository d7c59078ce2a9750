"""When a doctor can be met: free times from the roster, a doctor for a time (S0-92)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.kit.refusal import Refusal

SLOT_GONE = "telemedicine.slot_gone"
STEP = timedelta(minutes=15)
LEAD = timedelta(minutes=30)
"""Whoever needs a doctor sooner asks for one now."""
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift of a doctor; no languages means that nobody said which."""

    doctor_id: UUID
    starts_at: datetime
    ends_at: datetime
    languages: tuple[str, ...] = ()


Booked = Collection[tuple[UUID, datetime]]
"""Whose time is taken: a doctor and the beginning of an appointment."""


def slots(duties: Iterable[Duty], booked: Booked, begin: datetime, end: datetime) -> dict[datetime, list[UUID]]:
    """Every quarter of an hour in which at least one doctor is on duty for all of it and free, with who is."""
    found: dict[datetime, list[UUID]] = {}
    for duty in duties:
        moment = _quarter_after(max(duty.starts_at, begin))
        while moment + STEP <= min(duty.ends_at, end):
            if (duty.doctor_id, moment) not in booked:
                found.setdefault(moment, []).append(duty.doctor_id)
            moment += STEP
    return dict(sorted(found.items()))


def doctor_for(
    duties: Sequence[Duty], booked: Booked, starts_at: datetime, now: datetime, language: str
) -> UUID | Refusal:
    """Who takes an appointment: free then, speaking the member's language, with the fewest others that day."""
    if not now + LEAD <= starts_at <= now + AHEAD:
        return Refusal(SLOT_GONE)
    free = slots(duties, booked, starts_at, starts_at + STEP).get(starts_at, [])
    if not free:
        return Refusal(SLOT_GONE)
    spoken: Mapping[UUID, tuple[str, ...]] = {duty.doctor_id: duty.languages for duty in duties}

    def order(doctor_id: UUID) -> tuple[bool, int, str]:
        speaks = not spoken[doctor_id] or language in spoken[doctor_id]
        return (not speaks, sum(who == doctor_id for who, _ in booked), str(doctor_id))

    return min(free, key=order)


def _quarter_after(moment: datetime) -> datetime:
    whole = moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)
    return whole if whole == moment else whole + STEP
