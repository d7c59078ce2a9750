"""A prescription on paper, for a pharmacy that wants to see one."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.kit.locales import FALLBACK
from backend.members import queries as members
from backend.telemedicine import papers, sealed
from backend.telemedicine.prescription_paper import PrescriptionFace, draw
from backend.telemedicine.rules.repeats import WITHDRAWN


def prescription_pdf(scope: Scope, prescription_id: UUID) -> bytes:
    """The prescription in the client's brand, in its first language and in English; the look is recorded.

    Raises NotFound, RuleRefused for one that was withdrawn.
    """
    paper = papers.prescription(scope, prescription_id)
    if paper.withdrawn_at is not None:
        raise RuleRefused(WITHDRAWN)
    brand = brand_for(client_by_id(scope.client_id))
    patient = members.member(scope, paper.member_id)
    face = PrescriptionFace(
        number=paper.number,
        written_on=paper.written_on,
        name=patient.full_name,
        birth_date=patient.birth_date,
        member_number=patient.number,
        doctor=accounts.display_names(scope, [paper.doctor_id]).get(paper.doctor_id, ""),
        items=sealed.unseal(paper.items, "prescription.items", paper.id),
    )
    audit.record_look(scope, "prescription", paper.id, member_id=paper.member_id)
    return draw(face, brand, tuple(dict.fromkeys((brand.default_language, FALLBACK))))
