"""Which of the staff a level of escalation means, and how they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.accounts.queries import staff_of_client
from backend.complaints import queries
from backend.complaints.models import Complaint
from backend.complaints.rules.escalation import HANDLER, SUPERVISOR
from backend.complaints.rules.handling import has_conflict
from backend.notifications.service import notify_staff


class Colleagues:
    """Everybody who works at the client, read once for many complaints."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._posts = [(staff, post) for staff, post in staff_of_client(scope) if staff.active]

    def named(self, complaint: Complaint, names: Iterable[str]) -> list[UUID]:
        """The people behind ``handler``, ``supervisor``, a role or an e-mail address, each once.

        Without a handler, or where nobody answers to the names, the supervisors; never whom the complaint is about.
        """
        wanted: list[UUID] = []
        for name in names:
            if name == HANDLER and complaint.handler_id is not None:
                wanted.append(complaint.handler_id)
            else:
                wanted.extend(self._of(SUPERVISOR if name == HANDLER else name))
        free = self._without_conflict(complaint, wanted)
        return free or self._without_conflict(complaint, self._of(SUPERVISOR))

    def supervisors(self) -> list[UUID]:
        """The client's administrators, who supervise its helpline and complaints."""
        return self._of(SUPERVISOR)

    def tell(self, staff_ids: Iterable[UUID], event: str, facts: Mapping[str, Any]) -> None:
        """A mail to each of them; the text names the number and the day, never the member or the words."""
        for staff_id in staff_ids:
            notify_staff(self._scope, event, staff_id, facts)

    def _of(self, name: str) -> list[UUID]:
        role = Role.ADMIN.value if name == SUPERVISOR else name
        return [staff.id for staff, post in self._posts if role in {post.role, staff.email}]

    def _without_conflict(self, complaint: Complaint, wanted: Iterable[UUID]) -> list[UUID]:
        about = set(queries.respondents_of(self._scope, complaint.id))
        houses = {staff.id: post.provider_id for staff, post in self._posts}
        return [
            each
            for each in dict.fromkeys(wanted)
            if each in houses and not has_conflict(each, houses[each], about, complaint.provider_id)
        ]
