"""A chain of referrals: its kinds and states, and which next step may be issued (S0-21, S0-24, S0-25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from backend.kit.deadlines import calendar_days_after
from backend.kit.refusal import Refusal
from backend.providers.rules import Tier

NEEDS_EARLIER = "referrals.needs_earlier"
NOT_IN_USE = "referrals.not_in_use"
STILL_GOOD = "referrals.still_good"
NEVER_USED = "referrals.never_used"
RETURN_OVER = "referrals.return_over"
TIER_SKIPPED = "referrals.tier_skipped"
TIER_WRONG = "referrals.tier_wrong"
CIRCLE = "referrals.circle"
ALREADY_OPEN = "referrals.already_open"
WRONG_STATE = "referrals.wrong_state"


class Kind(StrEnum):
    """What a referral is for.

    ``tiered`` goes one tier up (S0-21), ``onward`` from one specialist to the next without a new first-level visit
    (S0-25), ``continuation`` returns to where somebody was treated before (S0-24), ``back`` hands a stable chronic
    patient to the first tier.
    """

    TIERED = "tiered"
    ONWARD = "onward"
    CONTINUATION = "continuation"
    BACK = "back"


class Origin(StrEnum):
    """Where a referral was written: at a facility, in a teleconsultation (S0-26), from a paid visit (S0-27)."""

    FACILITY = "facility"
    TELEMEDICINE = "telemedicine"
    REIMBURSED_VISIT = "reimbursed_visit"
    HELPLINE = "helpline"


class State(StrEnum):
    """Where a referral stands."""

    ISSUED = "issued"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What can be done to a referral; ``visit`` is another visit where it was accepted."""

    ACCEPT = "accept"
    VISIT = "visit"
    COMPLETE = "complete"
    EXPIRE = "expire"
    CANCEL = "cancel"


TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.ISSUED, Act.ACCEPT): State.ACCEPTED,
        (State.ISSUED, Act.EXPIRE): State.EXPIRED,
        (State.ISSUED, Act.CANCEL): State.CANCELLED,
        (State.ACCEPTED, Act.VISIT): State.ACCEPTED,
        (State.ACCEPTED, Act.COMPLETE): State.COMPLETED,
        (State.ACCEPTED, Act.EXPIRE): State.EXPIRED,
        (State.ACCEPTED, Act.CANCEL): State.CANCELLED,
    }
)
"""The only ways from state to state; what is not in it is refused."""

OPEN = frozenset([State.ISSUED, State.ACCEPTED])
_STEPS = {Tier.FIRST: 1, Tier.SECOND: 2, Tier.THIRD: 3}


@dataclass(frozen=True, slots=True)
class Link:
    """A referral as the rules see it.

    ``facility`` is who accepted it, ``named`` whom it is made out to (empty: any of that tier and specialty);
    ``return_until`` is the last day on which its patient may come back without a new first-level visit.
    """

    code: str
    kind: Kind
    state: State
    to_tier: Tier
    specialty: str
    valid_until: date
    named: UUID | None = None
    facility: UUID | None = None
    visits_allowed: int = 1
    visits_used: int = 0
    last_visit_on: date | None = None
    return_until: date | None = None

    def at(self, today: date) -> State:
        """The state on a day: after its last day an open referral is over, noted or not."""
        return State.EXPIRED if self.state in OPEN and today > self.valid_until else self.state

    @property
    def visits_left(self) -> int:
        """How often it can still be used."""
        return self.visits_allowed - self.visits_used


@dataclass(frozen=True, slots=True)
class Proposal:
    """A referral somebody wants to write; ``from_facility`` is where the patient is now."""

    kind: Kind
    from_tier: Tier
    to_tier: Tier
    specialty: str
    from_facility: UUID | None = None
    to_facility: UUID | None = None
    emergency: bool = False


def after(state: State, act: Act) -> State | Refusal:
    """The state that an act leads to."""
    following = TRANSITIONS.get((state, act))
    return following or Refusal(WRONG_STATE, {"state": state.value})


def valid_until(issued_on: date, days: int, right_until: date | None = None) -> date:
    """The last day of a referral; a continuation never outlives the right it rests on."""
    last = calendar_days_after(issued_on, days)
    return last if right_until is None else min(last, right_until)


def return_until(kind: Kind, last_visit_on: date, days: int, inherited: date | None) -> date:
    """Until when one may come back without a new first-level visit (S0-24).

    Counted from the last visit. A continuation hands on the right it rests on and never makes it longer: else nobody
    would see a first-level doctor again.
    """
    if kind is Kind.CONTINUATION and inherited is not None:
        return inherited
    return calendar_days_after(last_visit_on, days)


def may_issue(
    wanted: Proposal, path: Sequence[Link], open_links: Sequence[Link], today: date, *, emergency_bypasses: bool
) -> Refusal | None:
    """May this next step be written? None means yes.

    ``path`` is the chain from its first referral to the one this follows from (empty: a new chain);
    ``open_links`` are the patient's issued referrals, which a second one must not double.
    """
    bypass = wanted.emergency and emergency_bypasses
    issued = [one for one in open_links if one.at(today) is State.ISSUED]
    double = next((one for one in issued if _same_matter(one, wanted)), None)
    if double is not None:
        return Refusal(ALREADY_OPEN, {"code": double.code, "until": double.valid_until})
    return _chain_problem(wanted, path, today) or _tier_problem(wanted, path, bypass) or _circle(wanted, path)


def is_circle(path: Sequence[Link], facility: UUID | None, specialty: str) -> bool:
    """Whether the patient was already sent to that specialty of that facility on this very path."""
    if facility is None:
        return False
    treated = {(one.facility or one.named, one.specialty) for one in path if one.kind is not Kind.BACK}
    return (facility, specialty) in treated


def _same_matter(known: Link, wanted: Proposal) -> bool:
    return Kind.BACK not in {known.kind, wanted.kind} and known.specialty == wanted.specialty


def _chain_problem(wanted: Proposal, path: Sequence[Link], today: date) -> Refusal | None:
    """Every kind but the first step up follows from a referral that was really used."""
    if not path:
        starts = wanted.kind is Kind.TIERED and wanted.from_tier is Tier.FIRST
        return None if starts or wanted.emergency else Refusal(NEEDS_EARLIER, {"kind": wanted.kind.value})
    last = path[-1]
    if last.last_visit_on is None:
        return Refusal(NEVER_USED, {"code": last.code})
    if wanted.kind is Kind.CONTINUATION and last.at(today) is State.ACCEPTED and last.visits_left > 0:
        return Refusal(STILL_GOOD, {"code": last.code, "until": last.valid_until, "visits_left": last.visits_left})
    if last.state is State.CANCELLED:
        return Refusal(NOT_IN_USE, {"code": last.code})
    if last.at(today) is not State.ACCEPTED and (last.return_until is None or today > last.return_until):
        return Refusal(RETURN_OVER, {"until": last.return_until or last.valid_until})
    return None


def _tier_problem(wanted: Proposal, path: Sequence[Link], bypass: bool) -> Refusal | None:
    step = _STEPS[wanted.to_tier] - _STEPS[wanted.from_tier]
    figures = {"from_tier": wanted.from_tier.value.upper(), "to_tier": wanted.to_tier.value.upper()}
    wrong = Refusal(TIER_WRONG, figures)
    if path and wanted.from_tier is not path[-1].to_tier and wanted.kind is not Kind.CONTINUATION:
        return wrong
    if wanted.kind is Kind.CONTINUATION:
        return None if path and wanted.to_tier is path[-1].to_tier else wrong
    if wanted.kind is Kind.BACK:
        return None if wanted.to_tier is Tier.FIRST and step < 0 else wrong
    if step > 1:
        return None if bypass else Refusal(TIER_SKIPPED, figures)
    if step == 1:
        return None
    sideways = wanted.kind is Kind.ONWARD and step == 0 and wanted.from_tier is not Tier.FIRST
    return None if sideways else wrong


def _circle(wanted: Proposal, path: Sequence[Link]) -> Refusal | None:
    if wanted.kind not in {Kind.TIERED, Kind.ONWARD}:
        return None
    return (
        Refusal(CIRCLE, {"specialty": wanted.specialty})
        if is_circle(path, wanted.to_facility, wanted.specialty)
        else None
    )
