"""A rest certificate on paper, with a QR that says whether it is genuine (S0-84)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.integrations import registry
from backend.kit import clock, signed_codes
from backend.kit.deadlines import calendar_days_after, end_of_day
from backend.kit.locales import FALLBACK
from backend.kit.signed_codes import CodeType, SignedCode
from backend.members import queries as members
from backend.telemedicine import papers
from backend.telemedicine.certificate_paper import CertificateFace, draw
from backend.telemedicine.models import RestCertificate

UNREADABLE = "telemedicine.certificate_unreadable"
_CHECKED_FOR_DAYS = 366
"""How long after its last day an employer may still check a certificate."""


def certificate_pdf(scope: Scope, certificate_id: UUID) -> bytes:
    """The certificate in the client's brand, in its first language and in English; the look is recorded."""
    paper = papers.certificate(scope, certificate_id)
    client = client_by_id(scope.client_id)
    brand = brand_for(client)
    patient = members.member(scope, paper.member_id)
    face = CertificateFace(
        number=paper.number,
        issued_at=paper.issued_at,
        from_on=paper.from_on,
        until_on=paper.until_on,
        name=patient.full_name,
        birth_date=patient.birth_date,
        member_number=patient.number,
        doctor=accounts.display_names(scope, [paper.doctor_id]).get(paper.doctor_id, ""),
        qr=_signed(scope, paper, patient.full_name),
    )
    audit.record_look(scope, "rest_certificate", paper.id, member_id=paper.member_id)
    return draw(face, brand, tuple(dict.fromkeys((brand.default_language, FALLBACK))), client.timezone)


def certificate_qr(scope: Scope, certificate_id: UUID) -> str:
    """The text of a certificate's QR, for who shows it on a screen. Raises NotFound."""
    paper = papers.certificate(scope, certificate_id)
    return _signed(scope, paper, members.member(scope, paper.member_id).full_name)


def verify_certificate(scope: Scope, qr: str) -> dict[str, Any]:
    """What a QR says, and whether it still counts; the look is recorded. Raises RuleRefused when it is not ours."""
    client = client_by_id(scope.client_id)
    code = signed_codes.read(registry.current().settings.card_keys, qr.strip(), clock.now()).code
    if code is None or code.type is not CodeType.CERTIFICATE or code.client != client.slug:
        raise RuleRefused(UNREADABLE)
    paper = papers.certificate_by_number(scope, code.number)
    if paper is None:
        raise RuleRefused(UNREADABLE)
    audit.record_look(scope, "rest_certificate", paper.id, member_id=paper.member_id)
    return {
        "number": code.number,
        "name": code.facts.get("name", ""),
        "from_on": date.fromisoformat(code.facts["from"]),
        "until_on": date.fromisoformat(code.facts["until"]),
        "issued_at": paper.issued_at,
        "withdrawn": paper.withdrawn_at is not None,
    }


def _signed(scope: Scope, paper: RestCertificate, name: str) -> str:
    client = client_by_id(scope.client_id)
    facts = {"name": name, "from": paper.from_on.isoformat(), "until": paper.until_on.isoformat()}
    ends = end_of_day(calendar_days_after(paper.until_on, _CHECKED_FOR_DAYS), client.timezone)
    code = SignedCode(CodeType.CERTIFICATE, client.slug, paper.number, paper.issued_at, ends, facts=facts)
    return signed_codes.sign(registry.current().settings.card_key, code)
