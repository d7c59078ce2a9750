"""A copy of everything: gathered in one transaction, packed outside it, stored sealed, told to the person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.branding import loader as branding
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.database import Base
from backend.documents.models import Document
from backend.documents.vault import Vault, original_name
from backend.kit import clock
from backend.members import identity
from backend.members.models import Member
from backend.notifications import service as notifications
from backend.privacy import queries
from backend.privacy.archive import Paper, PersonCopy, pack
from backend.privacy.history import copy_name, note_step
from backend.privacy.holdings import HOLDINGS
from backend.privacy.models import PrivacyRequest
from backend.privacy.queries import Person
from backend.privacy.rules import requests as rules
from backend.privacy.rules.requests import Relative, State
from backend.privacy.summary import Occasion
from backend.referrals import sealing
from backend.telemedicine import sealed

_MOST_LOOKS = 10_000

_OPENERS: Mapping[str, Callable[[UUID, bytes], Any]] = {
    "member.national_id_cipher": identity.unsealed,
    "bank_account.number_cipher": identity.opened_account,
    "referral.diagnosis_cipher": lambda row, kept: sealing.unseal("referral", row, kept),
    "referral_request.reason_cipher": lambda row, kept: sealing.unseal("referral_request", row, kept),
    "teleconsultation.answers": lambda row, kept: sealed.unseal(kept, "teleconsultation.answers", row),
    "teleconsultation.diagnoses": lambda row, kept: sealed.unseal(kept, "teleconsultation.diagnoses", row),
    "teleconsultation.advice": lambda row, kept: sealed.unseal(kept, "teleconsultation.advice", row),
    "prescription.items": lambda row, kept: sealed.unseal(kept, "prescription.items", row),
}
"""Sealed columns that are the person's own to read; every other one is left out."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything of a copy that comes from the database; packing needs no transaction."""

    made: Occasion
    people: list[PersonCopy]

    def packed(self, vault: Vault) -> bytes:
        """The ZIP; a paper that is no longer in the store is named in it as missing."""
        return pack(self.people, vault, self.made)


def gather(scope: Scope, request_id: UUID) -> Gathered | None:
    """Everything about the person and the children without access of their own; None when it was made or ended."""
    request = queries.request(scope, request_id)
    if request.state != State.MAKING:
        return None
    client = client_by_id(scope.client_id)
    asking_for = queries.person(scope, request.member_id)
    family = {one.id: one for one in queries.family_of(scope, asking_for.member)}
    today = clock.today(client.timezone)
    whose = rules.whose_data(
        _relative(asking_for.member),
        [_relative(one) for one in family.values()],
        today,
        terms_on(scope, today).own_access_age,
    )
    people = [asking_for, *(queries.person(scope, one) for one in whose[1:])]
    made_at = clock.now().replace(microsecond=0)
    made = Occasion(branding.brand_for(client).name, request.number, request.language, client.timezone, made_at)
    return Gathered(made, [_copy_of(scope, one) for one in people])


def keep(scope: Scope, vault: Vault, request_id: UUID, packed: bytes) -> None:
    """Store the copy and tell the person; one that was made or ended meanwhile stays as it is."""
    request = queries.request(scope, request_id, lock=True)
    if request.state != State.MAKING:
        return
    vault.store(vault.seal(copy_name(scope.client_id, request.id), packed))
    today = clock.today(client_by_id(scope.client_id).timezone)
    request.state, request.done_at, request.zip_bytes = State.READY, clock.now(), len(packed)
    request.available_until = rules.available_until(today)
    note_step(scope, request, "ready")
    audit.record(scope, "make", "privacy_request", request.id, member_id=request.member_id)
    _tell(scope, request)


def _tell(scope: Scope, request: PrivacyRequest) -> None:
    facts = {"request_number": request.number, "available_by": request.available_until}
    notifications.notify(scope, "copy_ready", request.member_id, facts)


def _copy_of(scope: Scope, found: Person) -> PersonCopy:
    topics: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in HOLDINGS:
        if one.topic is not None:
            rows = [_opened(one.table, row) for row in queries.rows_of(scope, one, found)]
            topics.setdefault(one.topic, {})[one.table] = rows
    topics["looks"] = {"audit_record": _looks(scope, found.member.id)}
    papers = [
        *queries.papers_of(scope, found, vouchers=True),
        *queries.papers_of(scope, found, vouchers=False),
    ]
    folder = re.sub(r"[^\w-]+", "-", found.member.number)
    return PersonCopy(folder, topics, [_paper(scope, one) for one in papers])


def _opened(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row with its sealed columns opened or left out."""
    shown = {}
    for column, value in row.items():
        if not _is_sealed(table, column):
            shown[column] = value
        elif f"{table}.{column}" in _OPENERS:
            plain = column.removesuffix("_cipher")
            shown[plain] = None if value is None else _OPENERS[f"{table}.{column}"](row["id"], bytes(value))
    return shown


def _is_sealed(table: str, column: str) -> bool:
    """Whether a column holds bytes that nobody reads as they are."""
    return isinstance(Base.metadata.tables[table].c[column].type, LargeBinary)


def _looks(scope: Scope, member_id: UUID) -> list[dict[str, Any]]:
    rows = queries.looks_at(scope, member_id, _MOST_LOOKS)
    staff = {row.actor_id for row in rows if row.actor_id and row.actor_role != "member"}
    names = accounts.display_names(scope, staff)
    return [
        {
            "at": row.at,
            "role": row.actor_role,
            "name": names.get(row.actor_id) if row.actor_id else None,
            "action": row.action,
            "object_type": row.object_type,
            "object_id": row.object_id,
            "channel": row.channel,
        }
        for row in rows
    ]


def _paper(scope: Scope, document: Document) -> Paper:
    ending = document.media_type.partition("/")[2] or "bin"
    return Paper(f"{document.id}.{ending}", original_name(scope.client_id, document.fingerprint))


def _relative(member: Member) -> Relative:
    return Relative(member.id, member.employee_id, member.birth_date)
