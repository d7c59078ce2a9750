"""After a rotation of the master key: the keys of files under the newest one; the files stay as they are."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from backend.access import Scope
from backend.documents import queries
from backend.documents.models import Document
from backend.documents.vault import Vault, content_lock, original_name, page_name


def reseal_documents(scope: Scope, vault: Vault, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """Seal the keys of the next ``limit`` documents anew, originals and page copies, by id after ``after``.

    Returns where to go on, None at the end, and how many files were under an older key. Raises SealBroken when a
    key is missing.
    """
    batch = queries.next_documents(scope, after, limit)
    changed = sum(_reseal(scope, vault, document) for document in batch)
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), changed


def _reseal(scope: Scope, vault: Vault, document: Document) -> int:
    # The content's place is also written by who receives or purges the same content.
    scope.session.execute(select(func.pg_advisory_xact_lock(content_lock(document.fingerprint))))
    original = original_name(scope.client_id, document.fingerprint)
    pages = [page_name(scope.client_id, document.fingerprint, page) for page in range(1, (document.pages or 0) + 1)]
    changed = sum(vault.reseal(name) for name in (original, *pages))
    if vault.objects.has(original):
        document.key_id = vault.key_of(original)
    return changed
