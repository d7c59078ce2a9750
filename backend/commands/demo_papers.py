"""What goes on in the demo: a claim with photographed papers, a complaint, a case of the helpline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access import SYSTEM, Actor, Role, Scope, working_for
from backend.accounts import service as accounts
from backend.claims import queries as claims
from backend.claims import service as claim_service
from backend.clients.registry import ClientFacts
from backend.complaints import queries as complaints
from backend.complaints import service as complaint_service
from backend.conversations import threads
from backend.devstack.receipts import receipt_photo
from backend.documents.service import receive_document
from backend.documents.vault import vault_of
from backend.helpline import queries as helpline
from backend.helpline import service as helpline_service
from backend.integrations import registry
from backend.kit import clock
from backend.kit.money import Money
from backend.members import queries as members

_PAPERS = ("claim_form_outpatient", "original_receipt")
_REASON = "asked_for_person"


def bring(client: ClientFacts, employee_id: UUID, family: dict[str, Any]) -> None:
    """What this family has going on, each thing only where there is none yet."""
    with working_for(client.id) as scope:
        phone = members.member(scope, employee_id).phone
        assert phone is not None  # every employee of the cast has one
        identity_id = accounts.ensure_identity(scope, phone).id
        actor = Actor(Role.MEMBER, id=identity_id, member_ids=accounts.members_of_identity(scope, phone))
    with working_for(client.id, actor, channel="app") as scope:
        if "claim" in family and claims.latest(scope, employee_id) is None:
            _claim(scope, client, employee_id, family["claim"])
        if "complaint" in family and not complaints.complaints_of(scope, employee_id):
            complaint_service.lodge(scope, employee_id, **family["complaint"], channel="app", spoken=False)
        if "case" in family:
            _case(scope.as_actor(SYSTEM), employee_id, **family["case"])


def _claim(scope: Scope, client: ClientFacts, employee_id: UUID, facts: dict[str, Any]) -> None:
    country, amount = facts["country"], Money.of_major(facts["claimed"], client.currency)
    told = {name: facts[name] for name in ("provider_name", "place_region", "invoice_number")}
    visit = clock.today(client.timezone) - timedelta(days=6)
    claim = claim_service.start_claim(scope, employee_id, "outpatient", visit_on=visit, claimed=amount, **told)
    for seed, requirement in enumerate(_PAPERS, start=1):
        photo, _ = receipt_photo(seed, country, "jpeg")
        document_id = _document(scope, photo)
        claim_service.add_document(scope, claim.id, document_id, requirement)
    claim_service.submit_claim(scope, claim.id)


def _document(scope: Scope, photo: bytes) -> UUID:
    document_id: UUID = receive_document.receive(scope, vault_of(registry.current()), photo)["id"]
    return document_id


def _case(scope: Scope, employee_id: UUID, language: str, summary: str) -> None:
    thread = threads.of_member(scope, employee_id, language)
    if not helpline.cases_of(scope, thread.id):
        caller = helpline_service.Caller(employee_id, language, "app")
        helpline_service.open_case(scope, thread.id, _REASON, summary=summary, caller=caller)
