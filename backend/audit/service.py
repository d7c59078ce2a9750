"""The one writer of the audit record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from backend.access import Role, Scope
from backend.audit.models import AuditRecord
from backend.kit import clock, ids

_NOBODYS_NEWS = frozenset([Role.MEMBER, Role.SYSTEM])
"""A member's own look, and a job that walks through a list without anybody reading it."""


def record(
    scope: Scope,
    action: str,
    object_type: str,
    object_id: UUID | None,
    *,
    member_id: UUID | None = None,
    fields: Sequence[str] = (),
) -> None:
    """Note that the scope's actor did ``action`` (read, listed, create, update, delete, export) to an object.

    ``member_id`` is whose data it was: that member can read the row. ``fields`` are names of changed
    fields, never values. Written in the scope's transaction: what is rolled back was not done.
    """
    about = {"id": ids.new_id(), "object_id": object_id, "member_id": member_id}
    scope.unit.insert(AuditRecord.__table__, _deed(scope, action, object_type, fields) | about)


def record_many(scope: Scope, action: str, object_type: str, member_ids: Iterable[UUID]) -> None:
    """The same for many members at once, who are object and person alike (an import, a run); one statement."""
    deed = _deed(scope, action, object_type, ())
    rows = [deed | {"id": ids.new_id(), "object_id": member, "member_id": member} for member in member_ids]
    if rows:
        scope.session.execute(insert(AuditRecord.__table__), rows)  # type: ignore[arg-type]


def _deed(scope: Scope, action: str, object_type: str, fields: Sequence[str]) -> dict[str, Any]:
    """What a row says of who did what, and when."""
    moment = clock.now()
    return {
        "client_id": scope.client_id,
        "created_at": moment,
        "at": moment,
        "actor_role": scope.actor.role.value,
        "actor_id": scope.actor.id,
        "action": action,
        "object_type": object_type,
        "request_id": scope.request_id,
        "channel": scope.channel,
        "fields": list(fields),
    }


def record_look(scope: Scope, object_type: str, object_id: UUID | None, *, member_id: UUID | None) -> None:
    """Note that staff read a member's data; a member's own look and a job's are nobody's news and leave no row."""
    if scope.actor.role not in {Role.MEMBER, Role.SYSTEM}:
        record(scope, "read", object_type, object_id, member_id=member_id)


def record_listing(scope: Scope, object_type: str, member_ids: Iterable[UUID | None]) -> None:
    """Note that staff saw these members on a list of ``object_type``: one ``listed`` row for each of them.

    A person who stands on the list three times was looked at once; entries of nobody (None) leave no row.
    """
    if scope.actor.role not in _NOBODYS_NEWS:
        record_many(scope, "listed", object_type, dict.fromkeys(one for one in member_ids if one is not None))
