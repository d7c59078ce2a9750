"""The referral on paper."""

from __future__ import annotations

from backend import diagnoses
from backend.access import Scope
from backend.audit import service as audit
from backend.branding import loader as branding
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.members import queries as members
from backend.referrals import codes, queries, referral_letter, sealing
from backend.referrals.referral_letter import ReferralFace
from backend.referrals.rules import OPEN
from backend.referrals.service.steps import today_of

_ENGLISH = "en"


def referral_pdf(scope: Scope, code: str) -> bytes:
    """The referral on the client's paper, in its first language and in English.

    Raises NotFound, RuleRefused ``referrals.not_in_force`` for one that opens no door any more.
    """
    row = queries.referral(scope, codes.code_in(scope, code))
    if row.link.at(today_of(scope)) not in OPEN:
        raise RuleRefused("referrals.not_in_force")
    client = client_by_id(scope.client_id)
    person = members.member(scope, row.member_id)
    audit.record_look(scope, "referral", row.id, member_id=person.id)
    names = queries.provider_names(scope, [row.to_provider_id, row.from_provider_id, row.accepted_by])
    place = row.accepted_by or row.to_provider_id
    facility = names[place] if place else None
    said = sealing.unseal("referral", row.id, row.diagnosis_cipher)
    face = ReferralFace(
        code=row.code,
        kind=row.kind,
        tier=row.to_tier,
        facility=facility,
        from_facility=names[row.from_provider_id] if row.from_provider_id else None,
        patient=person.full_name,
        birth_date=person.birth_date,
        member_number=person.number,
        specialty=row.specialty,
        diagnosis=diagnoses.known(said) if said else None,
        condition=row.condition,
        doctor=row.doctor,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        visits=row.visits_allowed,
        review_on=row.review_on,
        emergency=row.emergency,
        qr=codes.qr_of(row, client, person.full_name, facility),
    )
    languages = tuple(dict.fromkeys([client.default_language, _ENGLISH]))
    return referral_letter.draw(face, branding.brand_for(client), languages)
