"""A hospital, a patient with a plan, and people who ask and answer over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.clients.registry import ClientFacts
from backend.kit import clock
from backend.members import queries as members
from tests.factories.accounts import headers_for
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.funds import rupiah
from tests.factories.members import make_member
from tests.factories.providers import make_provider, make_room

PATH = "/api/v1/guarantee-letters"
ROOMS = {"2": 700_000_00, "1": 1_000_000_00, "VIP": 1_500_000_00}
ROOM = {
    "code": "IP-ROOM",
    "benefit_group": "inpatient",
    "room_class": "1",
    "room_rate_minor": 1_000_000_00,
    "limits": [limit("day", 1_000_000_00), limit("year", 300_000_000_00, pool="annual")],
}
CARE = {
    "code": "IP-CARE",
    "benefit_group": "inpatient",
    "limits": [limit("year", 300_000_000_00, pool="annual")],
    "exclusions": [
        {"code": "cosmetic", "names": {"en": "Cosmetic", "id": "Kosmetik", "pt": "Cosmético"}, "conditions": ["Z41"]}
    ],
}


@dataclass(frozen=True)
class Ward:
    """A hospital of the network, a patient, and people who are signed in."""

    http: FlaskClient
    client: ClientFacts
    member: UUID
    hospital: UUID

    def headers(self, role: Role) -> dict[str, str]:
        if role is Role.MEMBER:
            return headers_for(role, self.client, (self.member,))
        return headers_for(role, self.client, provider_id=self.hospital if role is Role.PROVIDER else None)

    def ask(self, role: Role = Role.PROVIDER, **facts):
        body = {"member_id": str(self.member), "provider_id": str(self.hospital), "sent_by_doctor": True, **facts}
        return self.http.post(PATH, json=body, headers=self.headers(role))

    def do(self, letter, verb: str, role: Role = Role.PROVIDER, **body):
        where = f"{PATH}/{letter['id']}/{verb}"
        return self.http.post(where, json=body, headers=self.headers(role))

    def read(self, letter, role: Role = Role.PROVIDER):
        return self.http.get(f"{PATH}/{letter['id']}", headers=self.headers(role)).json

    def card(self) -> str:
        with working_for(self.client.id) as scope:
            return members.card_of(scope, self.member).number


def money(rupiahs: int) -> dict[str, object]:
    return rupiah(rupiahs).as_json()


def make_ward(http: FlaskClient, *, terms=None, provider=None, rooms=None) -> Ward:
    client = make_client(terms=terms or {})
    with working_for(client.id) as scope:
        plan = make_plan(scope, ROOM, CARE, network="main")
        member = make_member(scope, plan_id=plan.id, card=True, full_name="Budi Santoso").id
        hospital = make_provider(
            scope, kind="hospital", tier="ppk2", name="RS Sehat", network="main", **(provider or {})
        )
        for rank, (code, rate) in enumerate((rooms or ROOMS).items(), start=1):
            make_room(scope, hospital, code, rank, rate)
        return Ward(http, client, member, hospital.id)


STAY = {
    "days": 3,
    "positions": [
        {"item": "room", "amount": money(3_000_000), "quantity": 3, "benefit": "IP-ROOM"},
        {"item": "treatment", "amount": money(6_000_000), "benefit": "IP-CARE"},
    ],
    "room": {"room_class": "1"},
    "diagnosis": "A91",
    "reason": "Dengue, platelets fall",
}


def admitted(ward: Ward, **facts):
    """A letter with the card, issued, the patient in bed for four days."""
    letter = ward.ask(card_number=ward.card(), **{**STAY, **facts}).json
    letter = ward.do(letter, "issue", Role.AGENT).json
    began = clock.now() - timedelta(days=4)
    return ward.do(letter, "admission", admitted_at=began.isoformat()).json


def noted(ward: Ward) -> list[str]:
    """The reasons of refusals that the record keeps."""
    with working_for(ward.client.id) as scope:
        rows = scope.session.scalars(
            select(AuditRecord).where(AuditRecord.client_id == ward.client.id, AuditRecord.action == "refused")
        )
        return [reason for row in rows for reason in row.fields]
