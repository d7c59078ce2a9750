"""Who among the staff answers for a client's personal data, and what they are told: a number and an hour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from backend.access import Role, Scope
from backend.accounts.queries import staff_of_client
from backend.clients.registry import client_by_id
from backend.notifications.service import notify_staff
from backend.privacy.models import PrivacyRequest


def tell(scope: Scope, event: str, facts: Mapping[str, Any]) -> None:
    """A mail to every administrator of the client; it never names the member."""
    for staff, post in staff_of_client(scope):
        if staff.active and post.role == Role.ADMIN.value:
            notify_staff(scope, event, staff.id, facts)


def due_facts(scope: Scope, request: PrivacyRequest) -> dict[str, Any]:
    """The number of a request and the end of its clock on the client's own wall."""
    local = request.due_at.astimezone(ZoneInfo(client_by_id(scope.client_id).timezone))
    return {"request_number": request.number, "due_by": local.date(), "due_time": f"{local:%H:%M}"}
