"""After a rotation of the master key: national ids and bank accounts under the newest one."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.members import bulk_queries, identity


def reseal_national_ids(scope: Scope, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """Seal the next ``limit`` national ids anew, by member id after ``after``.

    Returns where to go on, None at the end, and how many were under an older key. Raises SealBroken when a key is
    missing: better no rotation than a number that nobody can open.
    """
    batch = bulk_queries.with_national_id(scope, after, limit)
    changed = 0
    for person in batch:
        cipher = identity.resealed(person.id, person.national_id_cipher or b"")
        if cipher is not None:
            person.national_id_cipher = cipher
            changed += 1
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), changed


def reseal_bank_accounts(scope: Scope, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """The same for bank accounts, by the id of the row."""
    batch = bulk_queries.bank_accounts(scope, after, limit)
    changed = 0
    for row in batch:
        cipher = identity.resealed_account(row.id, row.number_cipher)
        if cipher is not None:
            row.number_cipher = cipher
            changed += 1
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), changed
