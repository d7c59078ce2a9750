"""The days that nobody has to count: referrals that end, reminders before they do, reviews that come near."""

from __future__ import annotations

from datetime import date

from backend.access import Scope
from backend.clients.queries import terms_on
from backend.kit import clock
from backend.kit.deadlines import calendar_days_after
from backend.notifications.service import notify
from backend.referrals import queries
from backend.referrals.models import StepKind
from backend.referrals.rules import State
from backend.referrals.service.steps import today_of, write_step

_AT_ONCE = 500


def expire_due(scope: Scope) -> int:
    """Note the referrals whose last day is over; returns how many."""
    today = today_of(scope)
    late = queries.run_out(scope, today, _AT_ONCE)
    for row in late:
        row.state, row.ended_at = State.EXPIRED, clock.now()
        write_step(scope, row, StepKind.EXPIRED, today)
    return len(late)


def remind_due(scope: Scope) -> int:
    """Remind of referrals that end, and of reviews, on the days of the contract; each day once. Returns how many."""
    today = today_of(scope)
    days = _ahead(today, terms_on(scope, today).referral_reminder_days)
    ending = queries.ending_on(scope, days, today)
    for row in ending:
        row.reminded_for = today
        notify(scope, "referral_ending", row.member_id, {"code": row.code, "valid_until": row.valid_until})
    reviews = queries.reviews_on(scope, days, today)
    for row in reviews:
        row.reminded_for = today
        notify(scope, "referral_review", row.member_id, {"review_on": row.review_on})
    scope.session.flush()
    return len(ending) + len(reviews)


def _ahead(today: date, days: tuple[int, ...]) -> list[date]:
    return [calendar_days_after(today, each) for each in days]
