"""Asking for a dossier, making it, answering about it, fetching it, forgetting it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.complaints import queries as complaints
from backend.complaints.dossier import archive, queries, rules
from backend.complaints.dossier.answers import shown
from backend.complaints.dossier.making import Finished
from backend.complaints.dossier.models import Dossier, DossierState
from backend.complaints.dossier.rules import Reader
from backend.complaints.dossier.story import complainant
from backend.complaints.models import Complaint
from backend.documents.vault import Vault
from backend.errors import Conflict, Forbidden, NotFound
from backend.jobs import enqueue, jobs
from backend.kit import clock, ids

MAKE = "complaints.make_dossier"
"""The job that makes one; it stands in the domain's tasks, we only name it."""
FORMS = ("pdf", "zip")
_LISTED = 50
_FORGET_AT_ONCE = 200


def ask(scope: Scope, complaint_id: UUID, reader: str, language: str) -> Dossier:
    """Have a dossier made; one that is being made already comes back. Raises NotFound, Forbidden."""
    complaint = _visible(scope, complaint_id, Reader(reader))
    told_by = scope.actor.own_member_id if scope.actor.role is Role.MEMBER else complainant(scope, complaint)
    assert told_by is not None, "who is signed in as a member is one"
    found = queries.waiting_one(scope, complaint.id, Reader(reader), language, told_by)
    if found is None:
        found = _new(scope, complaint, Reader(reader), language, told_by)
        audit.record(
            scope, "create", "complaint_dossier", found.id, member_id=complaint.member_id, fields=[reader, language]
        )
    # Asked again, a job that was lost or gave up gets another try; one that waits is not doubled.
    lock = f"{MAKE}:{found.id}"
    enqueue(
        scope,
        jobs.tasks[MAKE],
        queueing_lock=lock,
        client_id=str(scope.client_id),
        dossier_id=str(found.id),
    )
    return found


def _new(scope: Scope, complaint: Complaint, reader: Reader, language: str, told_by: UUID) -> Dossier:
    row = Dossier(
        client_id=scope.client_id,
        id=ids.new_id(),
        complaint_id=complaint.id,
        reader=reader,
        language=language,
        told_by_id=told_by,
        requested_role=scope.actor.role.value,
        requested_by=scope.actor.id,
        keep_until=rules.keep_until(reader, clock.now().date()),
    )
    try:
        with scope.session.begin_nested():
            scope.session.add(row)
    except IntegrityError:  # somebody asked in the same moment
        found = queries.waiting_one(scope, complaint.id, reader, language, told_by)
        if found is None:
            raise Conflict() from None
        return found
    return row


def dossier_answer(scope: Scope, complaint_id: UUID, dossier_id: UUID) -> dict[str, Any]:
    """How far a dossier is. Raises NotFound."""
    row = _found(scope, complaint_id, dossier_id)
    audit.record_look(scope, "complaint_dossier", row.id, member_id=complaints.complaint(scope, complaint_id).member_id)
    return shown(row)


def list_dossiers(scope: Scope, complaint_id: UUID) -> dict[str, Any]:
    """The dossiers of a complaint that the actor may have, the newest first. Raises NotFound."""
    complaint = complaints.complaint(scope, complaint_id)
    readers = [reader for reader in Reader if rules.may_have(scope.actor.role.value, reader)]
    rows = queries.dossiers_of(scope, complaint.id, readers, _LISTED)
    audit.record_look(scope, "complaint_dossier", None, member_id=complaint.member_id)
    return {"items": [shown(row) for row in rows if _is_for(scope, row)]}


def fetch(scope: Scope, vault: Vault, complaint_id: UUID, dossier_id: UUID, form: str) -> bytes:
    """The file; whoever takes one is on record. Raises NotFound, Conflict while it is being made."""
    row = _found(scope, complaint_id, dossier_id)
    if row.state != DossierState.READY:
        raise Conflict(rules.NOT_READY)
    member_id = complaints.complaint(scope, complaint_id).member_id
    if scope.actor.role is not Role.MEMBER:
        audit.record(scope, "export", "complaint_dossier", row.id, member_id=member_id, fields=[form, row.reader])
    return vault.get(archive.stored_name(scope.client_id, row.id, form))


def keep(scope: Scope, vault: Vault, dossier_id: UUID, finished: Finished) -> None:
    """Store both files and let them be fetched; a dossier that was made meanwhile stays as it is."""
    row = queries.dossier_to_make(scope, dossier_id)
    if row is None:
        return
    for form, data in (("pdf", finished.pdf), ("zip", finished.zip)):
        vault.store(vault.seal(archive.stored_name(scope.client_id, row.id, form), data))
    row.state, row.made_at = DossierState.READY, finished.made_at
    row.entries, row.head = finished.entries, finished.head
    row.pdf_bytes, row.zip_bytes = len(finished.pdf), len(finished.zip)
    scope.session.flush()


def forget_expired(scope: Scope, vault: Vault) -> int:
    """Delete what was kept long enough, at most 200; returns how many."""
    over = queries.expired(scope, clock.now().date(), _FORGET_AT_ONCE)
    for row in over:
        scope.session.delete(row)
        for form in FORMS:
            vault.objects.delete(archive.stored_name(scope.client_id, row.id, form))
    scope.session.flush()
    return len(over)


def reseal(scope: Scope, vault: Vault, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """Put the keys of the next ``limit`` dossiers under the newest master key; where to go on, how many files."""
    batch = queries.next_dossiers(scope, after, limit)
    names = [archive.stored_name(scope.client_id, row.id, form) for row in batch for form in FORMS]
    changed = sum(vault.reseal(name) for name in names)
    return (batch[-1].id if len(batch) == limit else None), changed


def file_names_of(scope: Scope, member_id: UUID) -> list[str]:
    """Where the files of every dossier lie that tells of a member."""
    found = queries.about_member(scope, member_id)
    return [archive.stored_name(scope.client_id, one, form) for one in found for form in FORMS]


def _found(scope: Scope, complaint_id: UUID, dossier_id: UUID) -> Dossier:
    complaints.complaint(scope, complaint_id)
    row = queries.dossier(scope, complaint_id, dossier_id)
    if not rules.may_have(scope.actor.role.value, Reader(row.reader)) or not _is_for(scope, row):
        raise NotFound()
    return row


def _is_for(scope: Scope, row: Dossier) -> bool:
    """The thread of one member is not read by another of the family."""
    return scope.actor.role is not Role.MEMBER or row.told_by_id == scope.actor.own_member_id


def _visible(scope: Scope, complaint_id: UUID, reader: Reader) -> Complaint:
    complaint = complaints.complaint(scope, complaint_id)
    if not rules.may_have(scope.actor.role.value, reader):
        raise Forbidden(rules.NOT_FOR_THIS_ROLE)
    return complaint
