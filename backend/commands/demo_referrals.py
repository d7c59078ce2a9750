"""A short chain in the demo: a specialist treats somebody and refers on; the next code waits to be used."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import SYSTEM, Actor, Role, working_for
from backend.clients.registry import ClientFacts
from backend.kit import ids
from backend.providers import queries as providers
from backend.referrals import queries, service
from backend.referrals.rules import Kind
from backend.referrals.service import NewReferral


def bring(client: ClientFacts, employee_id: UUID, family: dict[str, Any], country: str) -> None:
    """The chain of this family, only where there is none yet."""
    facts = family.get("referral")
    if facts is None:
        return
    with working_for(client.id, SYSTEM) as scope:
        if queries.all_of(scope, employee_id):
            return
        place = providers.by_code(scope, country, [facts["facility"]])[facts["facility"]].id
        first = NewReferral(
            employee_id,
            specialty=facts["specialty"],
            diagnosis=facts["diagnosis"],
            to_provider_id=place,
            doctor=facts["doctor"],
        )
        code = service.issue(scope, first).code
    with working_for(client.id, Actor(Role.PROVIDER, id=ids.new_id(), provider_id=place)) as scope:
        service.accept(scope, code)
        service.issue(scope, NewReferral(employee_id, Kind.ONWARD, facts["onward"], earlier_code=code))
