"""What happens by itself when a deadline comes near or passes; run as often as one likes, by as many as one likes.

Every warning, breach, escalation and reminder is a row that is unique for its complaint, deadline and step: whoever
inserts it tells, everybody else finds it there. A complaint that another worker holds is left to that worker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from backend.access import Scope
from backend.complaints import queries
from backend.complaints.clocks import Clock, Clocks
from backend.complaints.colleagues import Colleagues
from backend.complaints.history import mark_overdue, tell_member
from backend.complaints.models import Complaint, ComplaintStatus
from backend.complaints.rules.escalation import Notice, NoticeKind, Watched, notices_due, reminder_due
from backend.complaints.rules.timing import is_overdue
from backend.complaints.service.escalation import keep_notice, raise_level
from backend.complaints.service.handle import go_on_in_writing
from backend.complaints.service.information import close_unanswered
from backend.kit import clock

_AT_ONCE = 200
_HORIZON = timedelta(days=45)
"""How far ahead a deadline is looked at: longer than any warning, also over the longest holidays."""
_REMIND_DAYS = (2, 0)
"""Working days before the complainant's last day on which they are reminded."""

Page = Callable[[Scope, date, tuple[date, UUID] | None, int], list[Complaint]]


class Watch:
    """One round over the complaints of a client."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.done: Counter[str] = Counter()
        self._clocks = Clocks(scope)
        self._colleagues: Colleagues | None = None
        self._today = self._clocks.of(clock.now()).date_of(clock.now())

    def run(self) -> Counter[str]:
        """Look at everything that is near its deadline or past it; how often each thing happened."""
        self._each(queries.waiting_until, lambda one: one.information_by or one.resolve_by, self._waiting)
        self._each(queries.running_until, lambda one: one.resolve_by, self._running)
        return self.done

    def _each(self, page: Page, day: Callable[[Complaint], date], look: Callable[[Complaint, Clock], None]) -> None:
        after: tuple[date, UUID] | None = None
        while found := page(self.scope, self._today + _HORIZON, after, _AT_ONCE):
            after = (day(found[-1]), found[-1].id)
            for complaint in found:
                look(complaint, self._clocks.of(complaint.received_at, complaint.rule_set))

    def _waiting(self, complaint: Complaint, timing: Clock) -> None:
        assert complaint.information_by is not None
        if self._today > complaint.information_by:
            close_unanswered(self.scope, complaint)
            self.done["closed_unanswered"] += 1
            return
        step = reminder_due(complaint.information_by, self._today, _REMIND_DAYS, timing.between)
        notice = Notice(NoticeKind.REMINDER, complaint.information_by, step or 0)
        if step is not None and self._is_new(complaint, notice, []):
            tell_member(self.scope, complaint, "complaint_reminder", information_by=complaint.information_by)

    def _running(self, complaint: Complaint, timing: Clock) -> None:
        if complaint.spoken and is_overdue(complaint.resolve_by, self._today):
            go_on_in_writing(self.scope, complaint, timing)
            self.done["converted"] += 1
        watched = Watched(
            complaint.status != ComplaintStatus.RECEIVED,
            complaint.acknowledge_by,
            complaint.resolve_by,
            complaint.level,
        )
        for notice in notices_due(
            watched,
            self._today,
            warn_days=timing.warn_days,
            ladder=timing.ladder,
            after=timing.after,
            between=timing.between,
        ):
            told = self.colleagues.named(complaint, notice.to)
            if self._is_new(complaint, notice, told):
                self._act(complaint, timing, notice, told)

    def _act(self, complaint: Complaint, timing: Clock, notice: Notice, told: list[UUID]) -> None:
        facts = {"complaint_number": complaint.number, "due_by": notice.due_on}
        if notice.kind is NoticeKind.ESCALATION:
            raise_level(self.scope, complaint, self.colleagues, notice.step, told)
        elif notice.kind is NoticeKind.OVERDUE:
            mark_overdue(self.scope, complaint)
            self.colleagues.tell(told, "complaint_overdue", facts)
            tell_member(self.scope, complaint, "complaint_late")
        elif notice.kind is NoticeKind.WARNING:
            self.colleagues.tell(told, "complaint_warning", facts)
        else:
            self.colleagues.tell(told, "complaint_unacknowledged", facts)

    @property
    def colleagues(self) -> Colleagues:
        """Read when the first one is to be told: most rounds tell nobody."""
        if self._colleagues is None:
            self._colleagues = Colleagues(self.scope)
        return self._colleagues

    def _is_new(self, complaint: Complaint, notice: Notice, told: list[UUID]) -> bool:
        is_new = keep_notice(
            self.scope, complaint, notice.kind.value, due_on=notice.due_on, step=notice.step, told=told
        )
        self.done[notice.kind.value] += is_new
        return is_new


def check_deadlines(scope: Scope) -> dict[str, int]:
    """Convert, remind, close, warn, mark and escalate what is due at the client's own date; how often each."""
    return {kind: times for kind, times in Watch(scope).run().items() if times}
