"""Rest certificates and follow-ups: which days a doctor may write down (S0-84)."""

from __future__ import annotations

from datetime import date

from backend.kit.deadlines import calendar_days_after
from backend.kit.refusal import Refusal

REST_BACKWARDS = "telemedicine.rest_backwards"
REST_TOO_LONG = "telemedicine.rest_too_long"
REST_TOO_EARLY = "telemedicine.rest_too_early"
FOLLOW_UP_PAST = "telemedicine.follow_up_past"
FOLLOW_UP_FAR = "telemedicine.follow_up_far"

_FAR_DAYS = 366


def rest_problem(first: date, last: date, today: date, most_days: int) -> Refusal | None:
    """Rest begins today or tomorrow and lasts as long as the contract lets a doctor certify from a distance.

    It never begins before the consultation: nobody certifies what nobody looked at.
    """
    if last < first:
        return Refusal(REST_BACKWARDS)
    if not today <= first <= calendar_days_after(today, 1):
        return Refusal(REST_TOO_EARLY)
    days = (last - first).days + 1
    return Refusal(REST_TOO_LONG, {"days": most_days}) if days > most_days else None


def follow_up_problem(on: date, today: date) -> Refusal | None:
    """A follow-up lies ahead, within a year."""
    if on <= today:
        return Refusal(FOLLOW_UP_PAST)
    return Refusal(FOLLOW_UP_FAR) if on > calendar_days_after(today, _FAR_DAYS) else None
