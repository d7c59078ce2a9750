"""Whether a change may be proposed, and whether it may be put in force: each a question to facts with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.kit.refusal import Refusal
from backend.providers.rules.first_choice import months_after

IN_THE_PAST = "plan_changes.in_the_past"
UNKNOWN_PLAN = "plan_changes.unknown_plan"
VERSION_THERE = "plan_changes.version_there"
NOTHING_CHANGES = "plan_changes.nothing_changes"
NOT_OPEN = "plan_changes.not_open"
SAME_PERSON = "plan_changes.same_person"
NOT_PREVIEWED = "plan_changes.not_previewed"
NOT_SEEN = "plan_changes.not_seen"
OVERTAKEN = "plan_changes.overtaken"
NOBODY_IN_IT = "plan_changes.nobody_in_it"

WINDOWS = (3, 6, 12)
"""Months of past claims that a preview can look at."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a plan as the rules see it."""

    id: UUID
    valid_from: date
    digest: str


def effective_day(day: date, today: date) -> Refusal | None:
    """A change takes effect today or later, never in the past: what was decided was decided by what held then."""
    return Refusal(IN_THE_PAST, {"effective_on": day, "today": today}) if day < today else None


def may_propose(effective_on: date, today: date, sold: Version | None, digest: str) -> Refusal | None:
    """May a file become a proposal?

    ``sold`` is the version of the plan that would hold on the day without it; ``digest`` is the file's, read as if it
    were valid from that version's day, so that a new date alone is no change.
    """
    refusal = effective_day(effective_on, today)
    if refusal is not None:
        return refusal
    if sold is None:
        return Refusal(UNKNOWN_PLAN)
    if sold.valid_from == effective_on:
        return Refusal(VERSION_THERE, {"effective_on": effective_on})
    return Refusal(NOTHING_CHANGES) if digest == sold.digest else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is known of a change when somebody wants it in force. ``sold_id`` is the version that holds without it."""

    is_open: bool
    effective_on: date
    proposed_by: UUID
    replaces_id: UUID | None
    sold_id: UUID | None
    digest: str
    previewed_digest: str | None
    """Of the file that the finished preview was made of; None while there is no finished one."""
    seen_by: frozenset[UUID]
    introduces: bool = False
    """Nobody is in the plan yet: it is new on that day, or corrects a version that nobody was enrolled in."""
    in_use: bool = False
    """Somebody has been enrolled in the version that holds without it."""


def may_put_in_force(proposal: Proposal, actor_id: UUID | None, today: date) -> Refusal | None:
    """May this person put the change in force today?

    Two people, and the second one has looked at what exactly this file does to past claims. A plan that nobody is in
    has no past claims and owes nobody anything: there the second person is enough, and its day may have passed.
    """
    if not proposal.is_open:
        return Refusal(NOT_OPEN)
    if actor_id is None or actor_id == proposal.proposed_by:
        return Refusal(SAME_PERSON)
    if proposal.introduces:
        return Refusal(OVERTAKEN) if proposal.sold_id != proposal.replaces_id or proposal.in_use else None
    refusal = effective_day(proposal.effective_on, today)
    if refusal is not None:
        return refusal
    if proposal.sold_id != proposal.replaces_id:
        return Refusal(OVERTAKEN)
    if proposal.previewed_digest != proposal.digest:
        return Refusal(NOT_PREVIEWED)
    return None if actor_id in proposal.seen_by else Refusal(NOT_SEEN)


def window(months: int, today: date) -> tuple[date, date]:
    """First and last day of the past ``months`` months, today included."""
    return months_after(today, -months), today
