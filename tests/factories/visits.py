"""A hospital with a front desk, its patient, and what happens between them, as tests need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update

from backend.access import Actor, Role, Scope, working_for
from backend.benefits.rules import BenefitGroup
from backend.clients.registry import ClientFacts
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.members import queries as members
from backend.providers.models import NetworkProvider
from backend.visits import service
from backend.visits.models import ProviderBill, Visit
from backend.visits.rules.bills import BilledLine, NewBill, NewLine
from backend.visits.service.attendance import Reception
from backend.visits.service.identify import Asked
from tests.factories.accounts import headers_for
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.providers import make_provider

NETWORK = "test-network"
OUTPATIENT = {
    "code": "OP-GP",
    "benefit_group": "outpatient",
    "limits": [limit("year", 1_000_000_000)],
    "co_payment": {"percent": "10", "cap_minor": 5_000_000},
}
SPECIALIST = {"code": "OP-SP", "benefit_group": "outpatient", "referral_required": True, "network_only": True}
INPATIENT = {"code": "IP-ROOM", "benefit_group": "inpatient", "approval_required": True, "room_class": "1"}


@dataclass(frozen=True)
class Desk:
    """A facility with a front desk and a member with a card."""

    client: ClientFacts
    provider_id: UUID
    member_id: UUID
    plan_id: UUID

    @property
    def actor(self) -> Actor:
        """Somebody at the desk, without a session of their own."""
        return Actor(Role.PROVIDER, id=ids.new_id(), provider_id=self.provider_id)

    def headers(self, role: Role = Role.PROVIDER, *, language: str = "en") -> dict[str, str]:
        """Headers of somebody at the desk, or of other staff of the client."""
        provider_id = self.provider_id if role is Role.PROVIDER else None
        return headers_for(role, self.client, provider_id=provider_id, language=language)

    def neighbour(self, **facts: Any) -> Desk:
        """Another facility of the same network with the same patient."""
        with working_for(self.client.id) as scope:
            other = make_provider(scope, network=NETWORK, **facts).id
        return Desk(self.client, other, self.member_id, self.plan_id)

    def card_number(self) -> str:
        """The number on the patient's card."""
        with working_for(self.client.id) as scope:
            card = members.card_of(scope, self.member_id)
            assert card is not None
            return card.number


def make_desk(*benefits: dict[str, Any], client: ClientFacts | None = None, **facility: Any) -> Desk:
    """A hospital of the network and a member whose plan has ``benefits`` (outpatient care unless named)."""
    chosen = client or make_client()
    with working_for(chosen.id) as scope:
        plan = make_plan(scope, *(benefits or (OUTPATIENT,)), currency=chosen.currency, network=NETWORK)
        values = {"kind": "hospital", "tier": "ppk3", "network": NETWORK}
        provider_id = make_provider(scope, **(values | facility)).id
        member_id = make_member(scope, plan_id=plan.id, card=True, full_name="Budi Santoso").id
    return Desk(chosen, provider_id, member_id, plan.id)


def make_visit(desk: Desk, *, closed: bool = False, group: BenefitGroup = BenefitGroup.OUTPATIENT) -> Visit:
    """A visit of the desk's patient, by the number of the card."""
    with working_for(desk.client.id, desk.actor) as scope:
        visit = service.open_visit(scope, Asked(card_number=desk.card_number()), Reception(group))
        return service.close_visit(scope, visit.id) if closed else visit


def new_bill(scope: Scope, visit: Visit, *, amount: int = 350_000, **facts: Any) -> NewBill:
    """What a facility writes after a consultation of the visit's day."""
    currency = "IDR"
    unit = Money.of_major(amount, currency)
    day = clock.today("Asia/Jakarta")
    line = NewLine("Consultation", BilledLine(day, 1, unit))
    return NewBill(**({"invoice_number": ids.new_id().hex[-10:], "total": unit, "lines": [line]} | facts))


def make_bill(desk: Desk, visit: Visit | None = None, **facts: Any) -> ProviderBill:
    """The bill of a visit that has ended."""
    ended = visit or make_visit(desk, closed=True)
    with working_for(desk.client.id, desk.actor) as scope:
        return service.send_bill(scope, ended.id, new_bill(scope, ended, **facts))


def end_contract(desk: Desk, *, days_ago: int = 1) -> None:
    """The facility's time in the network was over so many days ago."""
    last_day = clock.today(desk.client.timezone) - timedelta(days=days_ago)
    with working_for(desk.client.id) as scope:
        scope.session.execute(
            update(NetworkProvider)
            .where(NetworkProvider.client_id == desk.client.id, NetworkProvider.provider_id == desk.provider_id)
            .values(valid_until=last_day)
        )
