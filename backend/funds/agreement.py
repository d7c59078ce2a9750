"""What the client's contract and calendar say about money, read once for a use case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.access import Scope
from backend.clients.queries import calendar_changes, terms_on
from backend.clients.registry import ClientFacts, client_by_id
from backend.clients.rules import Terms
from backend.kit import clock
from backend.kit.deadlines import WorkCalendar, working_days_after


@dataclass(frozen=True, slots=True)
class Agreement:
    """The client, today there, the terms in force and the days that are worked."""

    client: ClientFacts
    today: date
    terms: Terms
    calendar: WorkCalendar

    def settle_by(self) -> date:
        """The day by which something approved today is paid (S1-29)."""
        return working_days_after(self.today, self.terms.settlement_working_days, self.calendar)


def agreement_of(scope: Scope) -> Agreement:
    """As of now."""
    client = client_by_id(scope.client_id)
    today = clock.today(client.timezone)
    terms = terms_on(scope, today)
    calendar = calendar_changes(scope).calendar(client.country, joint_leave_free=not terms.joint_leave_counts)
    return Agreement(client, today, terms, calendar)
