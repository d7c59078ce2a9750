"""How a complaint's row and its steps move together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.complaints.models import Complaint, ComplaintStatus, ComplaintStep, StepKind
from backend.complaints.rules import WRONG_STATUS
from backend.errors import Conflict
from backend.kit import clock
from backend.notifications.service import notify

OPEN = frozenset({ComplaintStatus.RECEIVED, ComplaintStatus.ACKNOWLEDGED, ComplaintStatus.INFORMATION_REQUESTED})


def add_step(
    scope: Scope,
    complaint: Complaint,
    kind: StepKind,
    note: str | None = None,
    *,
    internal: bool = False,
    **facts: str | int,
) -> None:
    """Add a step with the deadlines as they stand now; what staff do is on the member's access record too."""
    scope.session.add(
        ComplaintStep(
            client_id=scope.client_id,
            complaint_id=complaint.id,
            kind=kind,
            actor_role=scope.actor.role.value,
            actor_id=scope.actor.id,
            note=note,
            internal=internal,
            figures={
                "acknowledge_by": complaint.acknowledge_by.isoformat(),
                "resolve_by": complaint.resolve_by.isoformat(),
                **facts,
            },
        )
    )
    scope.session.flush()
    if scope.actor.role not in {Role.MEMBER, Role.SYSTEM}:
        audit.record(scope, "update", "complaint", complaint.id, member_id=complaint.member_id, fields=[kind.value])


def check_status(complaint: Complaint, allowed: Collection[ComplaintStatus]) -> None:
    """Raises Conflict ``complaints.wrong_status`` unless the complaint is in one of the ``allowed`` states."""
    if complaint.status not in allowed:
        raise Conflict(WRONG_STATUS, {"status": complaint.status})


def mark_overdue(scope: Scope, complaint: Complaint) -> bool:
    """Write down that our last day has passed; False when it was written down before."""
    if complaint.overdue_at is not None:
        return False
    complaint.overdue_at = clock.now()
    add_step(scope, complaint, StepKind.OVERDUE)
    return True


def tell_member(scope: Scope, complaint: Complaint, event: str, **facts: date | str) -> None:
    """News of the complaint, with its number and what else the event's words name."""
    notify(scope, event, complaint.member_id, {"complaint_number": complaint.number, **facts})
