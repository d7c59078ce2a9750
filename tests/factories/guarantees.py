"""Letters of guarantee, and a family that may have one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access import working_for
from backend.clients.registry import ClientFacts
from backend.guarantees import service
from backend.guarantees.models import GuaranteeLetter
from backend.kit import clock, ids
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_member

INPATIENT = {
    "code": "IP",
    "benefit_group": "inpatient",
    "room_class": "1",
    "limits": [limit("year", 5_000_000_000)],
}


def make_patient(client: ClientFacts | None = None, **facts: Any) -> tuple[ClientFacts, UUID]:
    """A member with inpatient cover and a card, and the client."""
    at = client or make_client()
    with working_for(at.id) as scope:
        plan = make_plan(scope, INPATIENT, currency=at.currency)
        return at, make_member(scope, plan_id=plan.id, card=True, **facts).id


def make_letter(
    client: ClientFacts,
    member_id: UUID,
    *,
    issued: bool = False,
    provider_name: str = "RS Harapan Kita",
    provider_id: UUID | None = None,
) -> GuaranteeLetter:
    """A requested letter of a member, issued when told so."""
    with working_for(client.id) as scope:
        letter = service.request(scope, member_id, provider_name, provider_id=provider_id)
        return service.issue(scope, letter.id) if issued else letter


def make_waiting_letter(client: ClientFacts, member_id: UUID, **facts: Any) -> GuaranteeLetter:
    """An issued letter of a member whose plan may have no inpatient benefit, as a row."""
    now = clock.now()
    values: dict[str, Any] = {
        "number": ids.new_id().hex,
        "state": "issued",
        "provider_name": "RS Harapan Kita",
        "admission_on": clock.today(client.timezone),
        "requested_at": now,
        "issued_at": now,
        "valid_until": now + timedelta(hours=48),
        "currency": client.currency,
        **facts,
    }
    row = GuaranteeLetter(client_id=client.id, member_id=member_id, **values)
    with working_for(client.id) as scope:
        scope.session.add(row)
        scope.session.flush()
    return row
