"""The slow half, in three steps so that no transaction is open while pixels are worked on: load, work, keep."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from backend.access import Scope
from backend.documents import queries, rules
from backend.documents.answers import proposals, quality_answer
from backend.documents.develop import Developed
from backend.documents.models import AlikePaper, DocumentState, PageLikeness, PageLikenessPiece
from backend.documents.reading.receipt import Reading
from backend.documents.vault import Vault, original_name, page_name
from backend.kit import clock
from backend.kit.refusal import Refusal


def original_to_develop(scope: Scope, document_id: UUID) -> str | None:
    """The stored name of a document that is still to be developed; None when that is done or it is gone."""
    found = queries.document(scope, document_id)
    if found is None or found.state != DocumentState.RECEIVED:
        return None
    return original_name(scope.client_id, found.fingerprint)


def keep_developed(scope: Scope, vault: Vault, document_id: UUID, outcome: Developed | Refusal) -> bool:
    """Store the clean copies and let the document be shown, or refuse it; returns whether it can be read now."""
    found = queries.document(scope, document_id)
    if found is None or found.state != DocumentState.RECEIVED:
        return False
    if isinstance(outcome, Refusal):
        found.state, found.refusal = DocumentState.REFUSED, outcome.reason
        return False
    for number, copy in enumerate(outcome.copies, start=1):
        vault.store(vault.seal(page_name(scope.client_id, found.fingerprint, number), copy))
    found.pages = len(outcome.copies)
    found.quality = quality_answer(outcome.measures)
    found.marks = outcome.marks
    found.state = DocumentState.READY
    keep_likenesses(scope, found.id, outcome.likenesses)
    return True


def keep_likenesses(scope: Scope, document_id: UUID, likenesses: Sequence[Sequence[str]]) -> None:
    """What each page looks like, and which other papers look like it: whoever judges a claim only reads that."""
    of_page = {"client_id": scope.client_id, "document_id": document_id}
    for page, turns in enumerate(likenesses, start=1):
        for turn, bits in enumerate(turns):
            scope.session.add(PageLikeness(**of_page, page=page, turn=turn, bits=bits))
        for piece in rules.pieces(turns[0]) if turns else ():
            scope.session.add(PageLikenessPiece(**of_page, page=page, piece=piece))
    scope.session.flush()
    for other, apart in queries.look_alikes(scope, document_id).items():
        for one, two in ((document_id, other), (other, document_id)):
            scope.session.add(AlikePaper(client_id=scope.client_id, document_id=one, other_id=two, apart=apart))


def pages_to_read(scope: Scope, document_id: UUID) -> list[str]:
    """Names of the clean copies that nobody has read yet; empty when there is nothing to do."""
    found = queries.document(scope, document_id)
    if found is None or found.state != DocumentState.READY or found.read_at is not None:
        return []
    pages = range(1, (found.pages or 0) + 1)
    return [page_name(scope.client_id, found.fingerprint, page) for page in pages]


def keep_reading(scope: Scope, document_id: UUID, reading: Reading | None) -> None:
    """Store the proposals; an unreadable document counts as read, with none."""
    found = queries.document(scope, document_id)
    if found is None:
        return
    found.extracted = proposals(reading) if reading else {}
    if reading is not None:
        found.read_number = rules.plain_number(reading.number.value) if reading.number else None
        found.read_on = reading.issued_on.value if reading.issued_on else None
        found.read_total = reading.total_minor.value if reading.total_minor else None
    found.marks = {**found.marks, **(reading.marks if reading else {})}
    found.read_at = clock.now()
