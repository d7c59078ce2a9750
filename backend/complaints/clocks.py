"""The rule sets as data, and the calendar they are counted in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml

from backend.access import Scope
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.complaints.rules import RuleSet, rule_set_for
from backend.kit.deadlines import WorkCalendar, local_date, working_days_after

_FILE = Path(__file__).with_name("rule_sets.yml")


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Every rule set by its code."""
    listed = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {each["code"]: RuleSet(**{**each, "countries": tuple(each["countries"])}) for each in listed}


@dataclass(frozen=True, slots=True)
class Clock:
    """One complaint's rule set, calendar and time zone."""

    rules: RuleSet
    calendar: WorkCalendar
    timezone: str

    def after(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``."""
        return working_days_after(start, days, self.calendar)

    def date_of(self, moment: datetime) -> date:
        """The date at the client's seat."""
        return local_date(moment, self.timezone)


def clock_for(scope: Scope, received_at: datetime, rule_set: str | None = None) -> Clock:
    """The clock of a complaint: by the contract of the day it came in, or by the rule set it was given then."""
    client = client_by_id(scope.client_id)
    received_on = local_date(received_at, client.timezone)
    terms = terms_on(scope, received_on)
    chosen = (
        rule_sets()[rule_set]
        if rule_set
        else rule_set_for(rule_sets(), terms.complaint_rule_set, client.country, received_on)
    )
    return Clock(chosen, WorkCalendar(client.country, joint_leave_free=not terms.joint_leave_counts), client.timezone)
