"""Who may have a complaint, and from whom it is kept."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from backend.kit.refusal import Refusal

WRONG_STATUS = "complaints.wrong_status"
CONFLICT_OF_INTEREST = "complaints.conflict_of_interest"
NOT_A_HANDLER = "complaints.not_a_handler"
TAKEN_BY_ANOTHER = "complaints.taken_by_another"
TAKE_IT_FIRST = "complaints.take_it_first"
REFERRED_WHEN = "complaints.referred_when"
TOP_LEVEL = "complaints.top_level"

HANDLERS = frozenset({"agent", "claims", "admin"})
SUPERVISOR_ROLE = "admin"


def has_conflict(
    staff_id: UUID, works_for: UUID | None, respondents: Collection[UUID], provider_id: UUID | None
) -> bool:
    """Whether a complaint is about this person, or about the provider whose front desk they are (S0-94)."""
    return staff_id in respondents or (works_for is not None and works_for == provider_id)


def may_assign(
    actor_id: UUID | None,
    actor_role: str,
    candidate_id: UUID,
    candidate_role: str,
    *,
    handler_id: UUID | None,
    conflicted: bool,
) -> Refusal | None:
    """Whether the actor may give a complaint to the candidate.

    A supervisor gives it to anybody who handles complaints; others take what nobody has and hand over what is theirs.
    Nobody gets a complaint about themselves.
    """
    if candidate_role not in HANDLERS:
        return Refusal(NOT_A_HANDLER)
    if conflicted:
        return Refusal(CONFLICT_OF_INTEREST)
    if actor_role == SUPERVISOR_ROLE or handler_id == actor_id:
        return None
    if handler_id is not None:
        return Refusal(TAKEN_BY_ANOTHER)
    return None if candidate_id == actor_id else Refusal(TAKE_IT_FIRST)
