"""Members, papers and claims as an app would leave them, for the measurements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.claims import service as claims
from backend.documents.models import Document
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.members.models import Card, Enrolment, Member


def a_member(scope: Scope, plan_id: UUID, since: date, **facts: Any) -> UUID:
    """An employee with a plan and a card; ``facts`` are columns of the member."""
    values: dict[str, Any] = {
        "number": f"T{ids.new_secret(6)}",
        "relationship": "employee",
        "full_name": "Peserta",
        "birth_date": date(1990, 1, 1),
        "sex": "female",
        "phone": None,
        "language": "id",
        "employee_number": None,
    }
    member = Member(client_id=scope.client_id, **(values | facts))
    scope.session.add(member)
    scope.session.flush()
    scope.session.add(Enrolment(client_id=scope.client_id, member_id=member.id, plan_id=plan_id, starts_on=since))
    scope.session.add(
        Card(
            client_id=scope.client_id, member_id=member.id, number=f"K{member.number}", status="active", issued_on=since
        )
    )
    scope.session.flush()
    return member.id


def a_paper(scope: Scope, member_id: UUID, read: Mapping[str, Any], *, content: str | None = None) -> UUID:
    """A stored photo with what was read on it; the same ``content`` is the same file."""
    document = Document(
        client_id=scope.client_id,
        kind="jpeg",
        media_type="image/jpeg",
        bytes=250_000,
        fingerprint=content or ids.new_secret(),
        key_id="bench",
        uploaded_by=member_id,
        member_id=member_id,
        channel="app",
        state="ready",
        pages=1,
        extracted=dict(read),
        keep_until=clock.now().date() + timedelta(days=3650),
    )
    scope.session.add(document)
    scope.session.flush()
    return document.id


def surely_read(minor: int, on: date, *, doubtful: bool = False, currency: str = "IDR") -> dict[str, Any]:
    """Total and day as the reader keeps them."""
    confidence = 0.5 if doubtful else 0.97
    return {
        "total": {
            "value": {"amount_minor": minor, "currency": currency},
            "confidence": confidence,
            "doubtful": doubtful,
        },
        "date": {"value": on.isoformat(), "confidence": confidence, "doubtful": doubtful},
    }


def a_draft(
    scope: Scope,
    member_id: UUID,
    *,
    visit_on: date,
    claimed_minor: int,
    benefit: str = "pharmacy",
    papers: Sequence[str] = ("prescription_copy", "pharmacy_receipt"),
    lines: Sequence[tuple[str, int]] | None = None,
    read: Mapping[str, Any] | None = None,
    content: str | None = None,
    **facts: Any,
) -> UUID:
    """A claim with its papers, not handed in yet; ``lines`` are what stands on the bill, by default one position."""
    currency = facts.pop("currency", "IDR")
    named = lines if lines is not None else [("Obat resep", claimed_minor)]
    claim = claims.start_claim(
        scope,
        member_id,
        benefit,
        visit_on=visit_on,
        claimed=Money(claimed_minor, currency),
        lines=[
            {"description": words, "quantity": 1, "amount": Money(minor, currency), "proposed_by_document_id": None}
            for words, minor in named
        ],
        **{
            "provider_name": "Apotek Melati",
            "place_region": "3171",
            "invoice_number": f"INV/{ids.new_secret(6)}",
            **facts,
        },
    )
    total = surely_read(claimed_minor, visit_on, currency=currency) if read is None else read
    for place, requirement in enumerate(papers):
        paper = a_paper(
            scope, member_id, total if place == len(papers) - 1 else {}, content=content and f"{content}/{place}"
        )
        claims.add_document(scope, claim.id, paper, requirement)
    return claim.id
