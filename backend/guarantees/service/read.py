"""What is answered about letters of guarantee, and the letter itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.benefits import queries as benefits
from backend.benefits.rules import BenefitGroup
from backend.branding import loader as branding
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.guarantees import guarantee_letter, queries, rules
from backend.guarantees.guarantee_letter import LetterFace
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import LetterState
from backend.kit import clock
from backend.kit.pages import Cursor, page_of
from backend.members import queries as members
from backend.members.service import cover_state

_ENGLISH = "en"


def letter_answer(scope: Scope, letter_id: UUID) -> dict[str, Any]:
    """One letter; raises NotFound."""
    letter = queries.letter(scope, letter_id)
    audit.record_look(scope, "guarantee_letter", letter.id, member_id=letter.member_id)
    return _shown(scope, letter)


def list_letters(
    scope: Scope,
    *,
    member_id: UUID | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """A page of letters, the newest first; raises NotFound for somebody else's, BadCursor for a foreign one."""
    wanted = LetterState(state) if state else None
    found = queries.letters_of(scope, member_id, state=wanted, after=Cursor.after(cursor), limit=limit + 1)
    audit.record_look(scope, "guarantee_letter", None, member_id=member_id)
    shown, following = page_of(found, limit)
    return {"items": [_shown(scope, letter) for letter in shown], "next_cursor": following}


def letter_pdf(scope: Scope, letter_id: UUID) -> bytes:
    """The letter on the client's paper, in its first language and in English.

    Raises NotFound, RuleRefused ``guarantees.not_in_force`` for a letter nobody can rely on.
    """
    letter = queries.letter(scope, letter_id)
    if letter.standing.at(clock.now()) not in rules.GOOD or letter.issued_at is None:
        raise RuleRefused("guarantees.not_in_force")
    client = client_by_id(scope.client_id)
    person = members.member(scope, letter.member_id)
    audit.record_look(scope, "guarantee_letter", letter.id, member_id=person.id)
    plan_id = cover_state(scope, person.id, letter.admission_on).plan_id
    face = LetterFace(
        number=letter.number,
        issued_at=letter.issued_at,
        valid_until=letter.valid_until if letter.state == LetterState.ISSUED else None,
        confirmed_by=letter.confirmed_by,
        hospital=letter.provider_name,
        admission_on=letter.admission_on,
        patient=person.full_name,
        birth_date=person.birth_date,
        member_number=person.number,
        plan_names=benefits.plan(scope, plan_id).names if plan_id else {},
        room_class=_room_class(scope, plan_id),
    )
    languages = tuple(dict.fromkeys([client.default_language, _ENGLISH]))
    return guarantee_letter.draw(face, branding.brand_for(client), languages, client.timezone)


def _room_class(scope: Scope, plan_id: UUID | None) -> str | None:
    lines = benefits.benefits_of(scope, plan_id) if plan_id else []
    return next((line.room_class for line in lines if line.benefit_group == BenefitGroup.INPATIENT), None)


def _shown(scope: Scope, letter: GuaranteeLetter) -> dict[str, Any]:
    is_staff = scope.actor.role not in {Role.MEMBER, Role.PROVIDER}
    return {
        "id": letter.id,
        "number": letter.number,
        "member_id": letter.member_id,
        "member_name": members.member(scope, letter.member_id).full_name,
        "kind": letter.kind,
        "state": letter.standing.at(clock.now()),
        "provider_id": letter.provider_id,
        "provider_name": letter.provider_name,
        "admission_on": letter.admission_on,
        "case_id": letter.case_id if is_staff else None,
        "requested_at": letter.requested_at,
        "issued_at": letter.issued_at,
        "valid_until": letter.valid_until,
        "confirmed_at": letter.confirmed_at,
        "confirmed_by": letter.confirmed_by,
        "statement": letter.statement if is_staff else None,
        "void_reason": letter.void_reason,
    }
