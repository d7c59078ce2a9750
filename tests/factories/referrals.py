"""A managed-care member with a clinic, specialists and a top hospital of the network, and referrals between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.access import Actor, Role, Scope, working_for
from backend.clients.registry import ClientFacts
from backend.kit import clock, ids
from backend.kit.reference_numbers import Kind, new_number
from backend.referrals import queries, rules, service
from backend.referrals.models import Referral, ReferralRequest
from backend.referrals.service import NewReferral
from tests.factories.accounts import headers_for
from tests.factories.benefits import limit, make_plan
from tests.factories.claims import Household
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.providers import make_provider

NETWORK = "main"
SPECIALIST_LINE = {
    "code": "OP-SPECIALIST",
    "benefit_group": "outpatient",
    "referral_required": True,
    "limits": [limit("year", 1_000_000_000)],
}


@dataclass(frozen=True)
class Region:
    """A client with its network and one patient."""

    client: ClientFacts
    member_id: UUID
    plan_id: UUID
    clinic: UUID
    specialist: UUID
    other_specialist: UUID
    top: UUID

    def today(self) -> date:
        """The date at the client's seat."""
        return clock.today(self.client.timezone)

    def desk(self, provider_id: UUID, language: str = "en") -> dict[str, str]:
        """Headers of the front desk of a facility."""
        return headers_for(Role.PROVIDER, self.client, provider_id=provider_id, language=language)

    def staff(self, role: Role = Role.DOCTOR, language: str = "en") -> dict[str, str]:
        """Headers of somebody who works for the plan."""
        return headers_for(role, self.client, language=language)

    def patient(self, language: str = "en") -> dict[str, str]:
        """Headers of the patient."""
        return headers_for(Role.MEMBER, self.client, (self.member_id,), language=language)

    def at(self, provider_id: UUID) -> Actor:
        """Somebody at the front desk of a facility."""
        return Actor(Role.PROVIDER, id=ids.new_id(), provider_id=provider_id)


def make_region(client: ClientFacts | None = None, **client_facts: Any) -> Region:
    """A clinic, two specialist hospitals and a top hospital in the network of a plan that asks for referrals."""
    at = client or make_client(**client_facts)
    with working_for(at.id) as scope:
        plan = make_plan(scope, SPECIALIST_LINE, network=NETWORK)
        member = make_member(scope, plan_id=plan.id, card=True, full_name="Budi Santoso")
        places = [_hospital(scope, tier) for tier in ("ppk2", "ppk2", "ppk3")]
        clinic = make_provider(scope, network=NETWORK, name="Klinik Melati")
        return Region(at, member.id, plan.id, clinic.id, *places)


def _hospital(scope: Scope, tier: str) -> UUID:
    return make_provider(scope, network=NETWORK, kind="hospital", tier=tier, name=f"RS {ids.new_id().hex[-6:]}").id


def make_referral(region: Region, **facts: Any) -> Referral:
    """A referral of the patient, to a cardiologist unless told otherwise, written by the doctor on duty."""
    values: dict[str, Any] = {"member_id": region.member_id, "specialty": "JAN", "diagnosis": "I25.1", **facts}
    with working_for(region.client.id) as scope:
        return service.issue(scope, NewReferral(**values))


def accept(region: Region, code: str, provider_id: UUID | None = None) -> Referral:
    """The code shown at the desk of a facility, the first specialist's unless told otherwise."""
    with working_for(region.client.id, region.at(provider_id or region.specialist)) as scope:
        return service.accept(scope, code)


def referral_of(household: Household) -> str:
    """The code of a referral of a household's employee that any facility of its tier may accept."""
    row_id, today = ids.new_id(), household.today()
    row = Referral(
        client_id=household.client.id,
        id=row_id,
        code=new_number(Kind.REFERRAL, today.year),
        member_id=household.employee_id,
        kind="tiered",
        origin="facility",
        chain_id=row_id,
        from_tier="ppk1",
        to_tier="ppk2",
        specialty="INT",
        valid_from=today,
        valid_until=today + timedelta(days=90),
        visits_allowed=6,
    )
    with working_for(household.client.id) as scope:
        scope.session.add(row)
    return row.code


def referral_request_of(household: Household) -> UUID:
    """Something that a household's employee asks for; an open request comes back."""
    with working_for(household.client.id) as scope:
        known = queries.open_request(scope, household.employee_id, rules.Kind.TIERED, "INT")
        row = known or ReferralRequest(
            client_id=household.client.id, member_id=household.employee_id, kind="tiered", specialty="INT"
        )
        scope.session.add(row)
        scope.session.flush()
        return row.id
