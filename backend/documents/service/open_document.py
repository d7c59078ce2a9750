"""Somebody looks: the state of a document, or the clean copy of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.documents import queries, rules
from backend.documents.answers import document_answer
from backend.documents.models import Document, DocumentState
from backend.documents.vault import Vault, page_name
from backend.errors import Conflict, NotFound


def describe(scope: Scope, document_id: UUID) -> dict[str, Any]:
    """State, quality and what was read of it, which is noted like a look at the picture.

    Raises NotFound for what the actor may not see.
    """
    found = _visible(scope, document_id)
    _note_the_look(scope, found)
    return document_answer(found)


def page(scope: Scope, vault: Vault, document_id: UUID, number: int) -> bytes:
    """The clean JPEG of page 1, 2, …; noted unless the uploader or the member looks.

    Raises NotFound, Conflict (`documents.not_ready`, `documents.refused`).
    """
    found = _visible(scope, document_id)
    if found.state == DocumentState.REFUSED:
        raise Conflict(rules.REFUSED)
    if found.state != DocumentState.READY:
        raise Conflict(rules.NOT_READY)
    if not 1 <= number <= (found.pages or 0):
        raise NotFound()
    _note_the_look(scope, found)
    return vault.get(page_name(scope.client_id, found.fingerprint, number))


def check_usable(scope: Scope, document_ids: Sequence[UUID]) -> list[Document]:
    """The documents, for a claim or a complaint that wants to use them.

    Raises NotFound when one is missing or not the actor's, Conflict when one was refused.
    """
    found = queries.documents(scope, document_ids)
    if len(found) != len(set(document_ids)):
        raise NotFound()
    for document in found:
        _check_visible(scope, document)
        if document.state == DocumentState.REFUSED:
            raise Conflict(document.refusal)
    return found


def _visible(scope: Scope, document_id: UUID) -> Document:
    found = queries.document(scope, document_id)
    if found is None:
        raise NotFound()
    _check_visible(scope, found)
    return found


def _note_the_look(scope: Scope, found: Document) -> None:
    actor = scope.actor
    sent_it = actor.id is not None and found.uploaded_by == actor.id
    own = actor.own_member_id is not None and found.member_id == actor.own_member_id
    if not (sent_it or own or actor.role is Role.SYSTEM):
        audit.record(scope, "read", "document", found.id, member_id=found.member_id)


def _check_visible(scope: Scope, document: Document) -> None:
    actor = scope.actor
    if not rules.may_open(actor.role, actor.id, actor.member_ids, document.uploaded_by, document.member_id):
        raise NotFound()
