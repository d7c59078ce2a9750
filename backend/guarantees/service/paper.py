"""The letter on paper, with a code that proves it."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries as benefits
from backend.benefits.rules import BenefitGroup
from backend.branding import loader as branding
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.guarantees import guarantee_letter, letter_qr, queries, rules
from backend.guarantees.guarantee_letter import LetterFace
from backend.guarantees.rules import LetterState
from backend.integrations import registry
from backend.kit import clock
from backend.members import queries as members
from backend.members.service import cover_state

_ENGLISH = "en"


def letter_pdf(scope: Scope, letter_id: UUID) -> bytes:
    """The letter on the client's paper, in its first language and in English.

    Raises NotFound, RuleRefused ``guarantees.not_in_force`` for a letter nobody can rely on.
    """
    letter = queries.letter(scope, letter_id)
    now = clock.now()
    if letter.standing.at(now) not in rules.GOOD or letter.issued_at is None:
        raise RuleRefused("guarantees.not_in_force")
    client = client_by_id(scope.client_id)
    person = members.member(scope, letter.member_id)
    audit.record_look(scope, "guarantee_letter", letter.id, member_id=person.id)
    plan_id = cover_state(scope, person.id, letter.admission_on).plan_id
    seed = registry.current().settings.card_key
    face = LetterFace(
        number=letter.number,
        kind=letter.kind,
        issued_at=letter.issued_at,
        valid_until=letter.valid_until if letter.state == LetterState.ISSUED else None,
        confirmed_by=letter.confirmed_by,
        hospital=letter.provider_name,
        admission_on=letter.admission_on,
        days=letter.days,
        patient=person.full_name,
        birth_date=person.birth_date,
        member_number=person.number,
        plan_names=benefits.plan(scope, plan_id).names if plan_id else {},
        room_class=(letter.room or {}).get("room_class") or _room_class(scope, plan_id),
        promised=letter.promised,
        settled=letter.settled,
        claim_due_on=letter.claim_due_on,
        qr=letter_qr.sign(seed, client.slug, letter, person.full_name, zone=client.timezone, now=now),
        qr_expires_at=letter_qr.expires_at(letter, client.timezone),
    )
    languages = tuple(dict.fromkeys([client.default_language, _ENGLISH]))
    return guarantee_letter.draw(face, branding.brand_for(client), languages, client.timezone)


def _room_class(scope: Scope, plan_id: UUID | None) -> str | None:
    lines = benefits.benefits_of(scope, plan_id) if plan_id else []
    return next((line.room_class for line in lines if line.benefit_group == BenefitGroup.INPATIENT), None)
