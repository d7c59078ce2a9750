"""Background work on documents. Every job loads by id, may run twice, and holds no transaction while it works."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.clients import registry as clients
from backend.documents.develop import develop
from backend.documents.read import read_pages
from backend.documents.rules import LIMITS
from backend.documents.service import process_document, purge_documents
from backend.documents.vault import vault_of
from backend.integrations import registry
from backend.jobs import RETRY, enqueue, jobs
from backend.kit import clock


@jobs.task(name="documents.develop", retry=RETRY)
def develop_document(client_id: str, document_id: str) -> None:
    """Make the clean copies that may be shown, then leave the reading to the next job."""
    vault, document = vault_of(registry.current()), UUID(document_id)
    with working_for(UUID(client_id)) as scope:
        name = process_document.original_to_develop(scope, document)
    if name is None:
        return
    outcome = develop(vault.get(name), LIMITS)
    with working_for(UUID(client_id)) as scope:
        if process_document.keep_developed(scope, vault, document, outcome):
            enqueue(scope, read_document, client_id=client_id, document_id=document_id)


@jobs.task(name="documents.read", retry=RETRY)
def read_document(client_id: str, document_id: str) -> None:
    """Recognise the print and propose provider, number, date, total and lines."""
    vault, document = vault_of(registry.current()), UUID(document_id)
    with working_for(UUID(client_id)) as scope:
        names = process_document.pages_to_read(scope, document)
    if not names:
        return
    client = clients.client_by_id(UUID(client_id))
    copies = [vault.get(name) for name in names]
    reading = read_pages(copies, currency=client.currency, today=clock.today(client.timezone))
    with working_for(UUID(client_id)) as scope:
        process_document.keep_reading(scope, document, reading)


@jobs.task(name="documents.forget_content", retry=RETRY)
def forget_content(client_id: str, fingerprint: str, pages: int) -> None:
    """Delete the bytes of a content whose last row is gone."""
    with working_for(UUID(client_id)) as scope:
        purge_documents.forget_content(scope, vault_of(registry.current()), fingerprint, pages)


@jobs.periodic(cron="41 2 * * *")
@jobs.task(name="documents.purge_expired", queueing_lock="documents.purge_expired")
def purge_expired(timestamp: int) -> None:
    """Every night: forget what was kept long enough, client by client."""
    for client in clients.all_clients():
        with working_for(client.id) as scope:
            for fingerprint, pages in purge_documents.forget_expired(scope).items():
                enqueue(scope, forget_content, client_id=str(client.id), fingerprint=fingerprint, pages=pages)
