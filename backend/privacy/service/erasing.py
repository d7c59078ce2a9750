"""Erasing a person: every row in one transaction, then the files one by one; whatever dies goes on where it stopped."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, text, update
from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.complaints.dossier import service as dossiers
from backend.conversations.telephone import recording
from backend.conversations.telephone.models import RecordingState
from backend.database import Base
from backend.documents.service.purge_documents import forget_content
from backend.documents.vault import Vault
from backend.jobs import enqueue, jobs
from backend.kit import clock, ids
from backend.notifications import service as notifications
from backend.privacy import queries
from backend.privacy.history import copy_name, note_step
from backend.privacy.holdings import HOLDINGS, Cleared, Holding, Way
from backend.privacy.models import FileToErase, PrivacyRequest
from backend.privacy.queries import Person
from backend.privacy.retained import kept_of, sentences
from backend.privacy.rules import requests as rules
from backend.privacy.rules.requests import State

_FILES_AT_ONCE = 20
_ERASE_WORDS = text("SELECT erase_words(:client, :request)")


def erase(scope: Scope, request_id: UUID) -> bool:
    """Erase the rows of whoever asked; returns whether files are left to erase. A second run finds nothing to do.

    When something was opened since the decision, the request goes back to the desk instead.
    """
    request = queries.request(scope, request_id, lock=True)
    if request.state != State.APPROVED or request.erased_at is not None:
        return request.state == State.APPROVED
    today = clock.today(client_by_id(scope.client_id).timezone)
    if rules.may_erase(queries.matters_of(scope, request.member_id, today)) is not None:
        request.state, request.decided_by, request.decided_at = State.ASKED, None, None
        note_step(scope, request, "came_back")
        return False
    found = queries.person(scope, request.member_id)
    request.kept = kept_of(scope, request.member_id)
    _say_goodbye(scope, request, found)
    _list_files(scope, request, found)
    for one in HOLDINGS:
        _apply(scope, one, found)
    scope.session.execute(_ERASE_WORDS, {"client": scope.client_id, "request": request.id})
    request.erased_at = clock.now()
    note_step(scope, request, "erased")
    audit.record(scope, "erase", "member", request.member_id, member_id=request.member_id)
    return True


def erase_some_files(scope: Scope, vault: Vault, request_id: UUID) -> bool:
    """Delete the next files of an erased person; returns whether more are left. The last one ends the request."""
    request = queries.request(scope, request_id, lock=True)
    if request.state != State.APPROVED or request.erased_at is None:
        return False
    batch = queries.files_to_erase(scope, request.id, _FILES_AT_ONCE)
    for row in batch:
        if row.pages is None:
            vault.objects.delete(row.place)
        else:
            forget_content(scope, vault, row.place, row.pages)
        scope.session.delete(row)
    if len(batch) == _FILES_AT_ONCE:
        return True
    request.state, request.done_at = State.DONE, clock.now()
    note_step(scope, request, "done")
    return False


def _apply(scope: Scope, holding: Holding, found: Person) -> None:
    """Delete or clear the person's rows of one table; what the law keeps stays."""
    table, way = Base.metadata.tables[holding.table], holding.erasure
    theirs = (table.c.client_id == scope.client_id, text(f"({holding.whose})"))
    if way is Way.DELETE:
        scope.session.execute(delete(table).where(*theirs), found.binds)
    elif isinstance(way, Cleared):
        scope.session.execute(
            update(table).where(*theirs).values({table.c[name]: value for name, value in way.values.items()}),
            found.binds,
        )


def _list_files(scope: Scope, request: PrivacyRequest, found: Person) -> None:
    """Write down every file that has to go, in the transaction that takes away the rows that name it."""
    places: dict[str, int | None] = {}
    for paper in queries.papers_of(scope, found, vouchers=False):
        places[paper.fingerprint] = max(paper.pages or 0, places.get(paper.fingerprint) or 0)
    for row in queries.recordings_of(scope, found):
        places[recording.stored_name(scope.client_id, row.id)] = None
        if row.state in {RecordingState.THERE, RecordingState.STORED}:
            task = jobs.tasks[recording.FORGET_THERE]
            enqueue(scope, task, client_id=str(scope.client_id), recording_id=str(row.id))
    places.update(dict.fromkeys(dossiers.file_names_of(scope, found.member.id)))
    places.update({copy_name(scope.client_id, copy.id): None for copy in queries.copies_of(scope, found.member.id)})
    shared = {"client_id": scope.client_id, "created_at": clock.now(), "request_id": request.id}
    rows = [shared | {"id": ids.new_id(), "place": place, "pages": pages} for place, pages in places.items()]
    if rows:
        scope.session.execute(insert(FileToErase).on_conflict_do_nothing(), rows)


def _say_goodbye(scope: Scope, request: PrivacyRequest, found: Person) -> None:
    """Tell the person what was done and what stays; afterwards nobody knows how to reach them."""
    member = found.member
    if member.phone is None and member.email is None:
        return
    reader = scope.speaking(member.language)
    facts = {"request_number": request.number, "kept": sentences(request.kept, member.language)}
    address = {"mail": member.email} if member.email else {"phone": member.phone}
    notifications.tell_address(reader, "erasure_done", member.full_name, facts=facts, **address)
