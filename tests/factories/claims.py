"""A family with a plan, papers and claims, as the tests of claims and complaints need them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from backend.access import Actor, Role, Scope, working_for
from backend.benefits.models import Plan
from backend.claims import service
from backend.claims.models import Claim
from backend.clients.registry import ClientFacts
from backend.documents.models import Document
from backend.kit import clock, ids
from backend.kit.money import Money
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.members import make_dependant, make_member

_serial = count(1)


@dataclass
class Household:
    """An employee and a child with a plan since a year ago, and how to sign in for both."""

    client: ClientFacts
    employee_id: UUID
    child_id: UUID
    plan_id: UUID
    headers: dict[str, str] = field(default_factory=dict)
    provider_id: UUID | None = None
    """Where its front desk sits, once something happened there."""

    @property
    def actor(self) -> Actor:
        """The employee, acting for the child too."""
        return Actor(Role.MEMBER, id=self.employee_id, member_ids=(self.employee_id, self.child_id))

    def today(self) -> date:
        """The date at the client's seat."""
        return clock.today(self.client.timezone)

    def signs_in_as(self, identity_id: UUID) -> None:
        """Sign the employee in as this identity: for what belongs to an identity and not to a member."""
        self.headers = headers_for(Role.MEMBER, self.client, (self.employee_id, self.child_id), identity_id=identity_id)

    def staff(self, role: Role = Role.CLAIMS, language: str = "en") -> dict[str, str]:
        """Headers of somebody who works for this client."""
        sits_at = self.provider_id if role is Role.PROVIDER else None
        return headers_for(role, self.client, provider_id=sits_at, language=language)


def make_household(*, sign_in: bool = True, language: str = "en", **client_facts: Any) -> Household:
    """A client of its own with one family; ``client_facts`` go to ``make_client``."""
    client = make_client(**client_facts)
    with working_for(client.id) as scope:
        plan_id = make_plan(scope, client.currency)
        employee = make_member(scope, plan_id=plan_id)
        child = make_dependant(scope, employee, "child", plan_id=plan_id, birth_date=date(2018, 4, 1))
    household = Household(client, employee.id, child.id, plan_id)
    if sign_in:
        household.headers = headers_for(Role.MEMBER, client, (employee.id, child.id), language=language)
    return household


def make_plan(scope: Scope, currency: str) -> UUID:
    """A plan without a benefit table: intake looks at cover, not at limits."""
    plan = Plan(
        client_id=scope.client_id,
        code=f"P{next(_serial)}",
        names={"id": "Rawat Dasar", "en": "Basic Care", "pt": "Básico"},
        product="managed_care",
        currency=currency,
        valid_from=date(2020, 1, 1),
        source="test",
        digest="0" * 64,
    )
    scope.session.add(plan)
    scope.session.flush()
    return plan.id


def make_paper(scope: Scope, member_id: UUID, *, content: str | None = None, **facts: Any) -> UUID:
    """A stored document that ``member_id`` sent; the same ``content`` means the same file."""
    values: dict[str, Any] = {
        "kind": "jpeg",
        "media_type": "image/jpeg",
        "bytes": 250_000,
        "fingerprint": content or ids.new_secret(),
        "key_id": "test",
        "uploaded_by": member_id,
        "member_id": member_id,
        "channel": "app",
        "state": "ready",
        "pages": 1,
        "keep_until": clock.now().date() + timedelta(days=3650),
    }
    document = Document(client_id=scope.client_id, **(values | facts))
    scope.session.add(document)
    scope.session.flush()
    return document.id


def facts_of_visit(household: Household, *, days_ago: int = 5, **facts: Any) -> dict[str, Any]:
    """What a member enters for an ordinary visit to the doctor in the capital."""
    values: dict[str, Any] = {
        "visit_on": household.today() - timedelta(days=days_ago),
        "provider_name": "Klinik Melati",
        "place_region": "3171",
        "invoice_number": f"INV/{next(_serial)}",
        "claimed": Money.of_major(350_000, household.client.currency),
    }
    return values | facts


OUTPATIENT_PAPERS = ("claim_form_outpatient", "original_receipt")


def make_claim(
    household: Household,
    *,
    benefit: str = "outpatient",
    papers: tuple[str, ...] = OUTPATIENT_PAPERS,
    submitted: bool = False,
    member_id: UUID | None = None,
    content: str | None = None,
    **facts: Any,
) -> Claim:
    """A claim of the employee with its papers, handed in when ``submitted``."""
    patient = member_id or household.employee_id
    with working_for(household.client.id, household.actor, channel="app") as scope:
        claim = service.start_claim(scope, patient, benefit, **facts_of_visit(household, **facts))
        for requirement in papers:
            paper = make_paper(scope, household.employee_id, content=content)
            service.add_document(scope, claim.id, paper, requirement)
        if submitted:
            service.submit_claim(scope, claim.id)
    return claim


def make_decided_claim(household: Household) -> Claim:
    """A claim that an analyst decided; without a benefit in the plan it is refused, with its receipt."""
    claim = make_claim(household, submitted=True)
    with working_for(household.client.id, Actor(Role.CLAIMS, id=ids.new_id())) as scope:
        service.complete_claim(scope, claim.id)
        return service.decide_claim(scope, claim.id, "Tidak termasuk manfaat")
