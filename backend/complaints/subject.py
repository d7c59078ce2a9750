"""What a complaint disputes: each thing exists, belongs to the same client and concerns the same member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.claims.queries import claim
from backend.complaints import queries
from backend.errors import NotFound
from backend.guarantees.queries import letter
from backend.kit.money import Money
from backend.providers.queries import provider


@dataclass(frozen=True, slots=True)
class Subject:
    """Ids of what is disputed, and the amount; without one the amount of the line or claim counts."""

    claim_id: UUID | None = None
    claim_line_id: UUID | None = None
    letter_id: UUID | None = None
    call_id: UUID | None = None
    provider_id: UUID | None = None
    amount: Money | None = None

    def columns(self, scope: Scope, member_id: UUID) -> dict[str, Any]:
        """The columns of a complaint; raises NotFound for anything that is not there or concerns somebody else."""
        claim_id, amount = self._claim(scope, member_id)
        if self.letter_id is not None and letter(scope, self.letter_id).member_id != member_id:
            raise NotFound()
        if self.call_id is not None and queries.member_of_call(scope, self.call_id) != member_id:
            raise NotFound()
        if self.provider_id is not None:
            provider(scope, self.provider_id)
        return {
            "claim_id": claim_id,
            "claim_line_id": self.claim_line_id,
            "letter_id": self.letter_id,
            "call_id": self.call_id,
            "provider_id": self.provider_id,
            "amount_minor": amount.amount_minor if amount else None,
            "currency": amount.currency if amount else None,
        }

    def _claim(self, scope: Scope, member_id: UUID) -> tuple[UUID | None, Money | None]:
        claim_id, minor = self.claim_id, None
        if self.claim_line_id is not None:
            claim_id, minor = queries.line_and_claim(scope, self.claim_line_id)
            if self.claim_id not in {None, claim_id}:
                raise NotFound()
        if claim_id is None:
            return None, self.amount
        disputed = claim(scope, claim_id)
        if disputed.member_id != member_id:
            raise NotFound()
        minor = disputed.claimed_minor if minor is None else minor
        return claim_id, self.amount or (None if minor is None else Money(minor, disputed.currency))
