"""What a member agrees to, in their own name only, and takes back whenever they like."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.audit import service as audit
from backend.branding.loader import Brand, brand_for
from backend.clients.registry import client_by_id
from backend.errors import Conflict, Forbidden, RuleRefused
from backend.kit import clock, ids
from backend.members import queries
from backend.members.consent_wordings import language_of, version, wording
from backend.members.models import Consent, Member
from backend.members.rules import consents as rules
from backend.members.rules.consents import Purpose


def list_consents(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """Everything the member ever agreed to, the latest first, and what they can be asked. Raises NotFound."""
    member = queries.member(scope, member_id)
    given, brand = queries.consents_of(scope, member.id), _brand(scope)
    standing = {row.purpose: row for row in given if row.withdrawn_at is None}
    return {
        "items": [_shown(row) for row in given],
        "offers": [
            {
                "purpose": purpose.value,
                "wording": wording(purpose, scope.language, brand),
                "language": brand.speaks(scope.language) if purpose in rules.LEGAL else scope.language,
                "version": version(purpose, brand),
                "given": purpose.value in standing and _still_stands(standing[purpose.value], purpose, brand),
            }
            for purpose in rules.offered_to(member.relationship)
        ],
    }


def _brand(scope: Scope) -> Brand:
    return brand_for(client_by_id(scope.client_id))


def give_consent(scope: Scope, member_id: UUID, purpose: Purpose, shown: str) -> dict[str, Any]:
    """The member agrees to ``purpose`` in the words that were ``shown``; who agreed already changes nothing.

    Who agreed to an earlier version of a legal text agrees to today's: the earlier one ends, and stays in the list.

    Raises NotFound, Forbidden ``members.consent_only_oneself`` for somebody one acts for, RuleRefused
    ``members.consent_not_offered``, Conflict ``members.consent_wording_changed`` when the words are not ours.
    """
    member = _oneself(scope, member_id)
    if purpose not in rules.offered_to(member.relationship):
        raise RuleRefused(rules.NOT_OFFERED)
    brand = _brand(scope)
    language = language_of(purpose, shown, brand)
    if language is None:
        raise Conflict(rules.WORDING_CHANGED)
    moment = clock.now()
    before = queries.standing_consent(scope, member.id, purpose.value)
    if before is not None and not _still_stands(before, purpose, brand):
        before.withdrawn_at = moment
        scope.session.flush()
    made = scope.session.execute(
        insert(Consent)
        .values(
            client_id=scope.client_id,
            id=ids.new_id(),
            created_at=moment,
            member_id=member.id,
            purpose=purpose.value,
            wording=shown,
            language=language,
            version=version(purpose, brand),
            channel=scope.channel,
            given_at=moment,
        )
        .on_conflict_do_nothing()
        .returning(Consent.id)
    ).first()
    row = queries.standing_consent(scope, member.id, purpose.value)
    assert row is not None  # just written, or there before
    if made is not None:
        audit.record(scope, "create", "consent", row.id, member_id=member.id, fields=[purpose.value])
    return _shown(row)


def _still_stands(row: Consent, purpose: Purpose, brand: Brand) -> bool:
    today = wording(purpose, row.language, brand) if row.language in brand.languages else None
    return rules.still_stands(row.version, version(purpose, brand), row.wording, today)


def withdraw_consent(scope: Scope, member_id: UUID, purpose: Purpose) -> None:
    """From now on the member does not agree; nothing happens when they never did. Raises like ``give_consent``.

    Who acted for them loses sight of them at the next refresh of their sign-in, within minutes.
    """
    member = _oneself(scope, member_id)
    row = queries.standing_consent(scope, member.id, purpose.value)
    if row is not None:
        row.withdrawn_at = clock.now()
        scope.session.flush()
        audit.record(scope, "update", "consent", row.id, member_id=member.id, fields=[purpose.value])


def _oneself(scope: Scope, member_id: UUID) -> Member:
    member = queries.member(scope, member_id)
    if scope.actor.own_member_id != member.id:
        raise Forbidden(rules.ONLY_ONESELF)
    return member


def _shown(row: Consent) -> dict[str, Any]:
    return {
        "purpose": row.purpose,
        "wording": row.wording,
        "language": row.language,
        "version": row.version,
        "channel": row.channel,
        "given_at": row.given_at,
        "withdrawn_at": row.withdrawn_at,
    }
