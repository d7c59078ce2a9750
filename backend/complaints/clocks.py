"""The rule sets and words as data, and the calendars they are counted in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.access import Scope
from backend.clients.queries import calendar_changes, contracts
from backend.clients.registry import client_by_id
from backend.clients.rules import CalendarChanges, EscalationLevel, Terms, governing_contract
from backend.complaints.rules import RuleSet, rule_set_for
from backend.complaints.rules.priority import Words
from backend.kit.deadlines import WorkCalendar, local_date, working_days_after, working_days_between

_HERE = Path(__file__).parent


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Every rule set by its code."""
    listed = yaml.safe_load((_HERE / "rule_sets.yml").read_text(encoding="utf-8"))
    return {each["code"]: RuleSet(**{name: _fixed(value) for name, value in each.items()}) for each in listed}


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def priority_words() -> Words:
    """The words of all languages together: people mix them."""
    by_language: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(
        (_HERE / "priority_words.yml").read_text(encoding="utf-8")
    )
    return Words(
        *(frozenset(word for each in by_language.values() for word in each[kind]) for kind in ("urgent", "vulnerable"))
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """One complaint's rule set, calendars and time zone."""

    rules: RuleSet
    calendar: WorkCalendar
    timezone: str
    theirs: WorkCalendar | None = None
    """The complainant's own days: joint leave is free in it whatever the contract says."""
    warn_days: tuple[int, ...] = ()
    ladder: tuple[EscalationLevel, ...] = ()

    def after(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``."""
        return working_days_after(start, days, self.calendar)

    def after_for_them(self, start: date, days: int) -> date:
        """The same in the complainant's calendar."""
        return working_days_after(start, days, self.theirs or self.calendar)

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``."""
        return working_days_between(start, end, self.calendar)

    def date_of(self, moment: datetime) -> date:
        """The date at the client's seat."""
        return local_date(moment, self.timezone)


class Clocks:
    """Makes the clocks of many complaints of one client; contracts and calendar are read once."""

    def __init__(self, scope: Scope) -> None:
        self._client = client_by_id(scope.client_id)
        self._contracts = contracts(scope)
        self._changes: CalendarChanges = calendar_changes(scope)

    def terms(self, received_at: datetime) -> Terms:
        """The contract's terms on the day a complaint came in."""
        found = governing_contract(self._contracts, local_date(received_at, self._client.timezone))
        return found.terms if found else Terms()

    def of(self, received_at: datetime, rule_set: str | None = None) -> Clock:
        """By the contract of the day a complaint came in, or by the rule set it was given then."""
        terms = self.terms(received_at)
        received_on = local_date(received_at, self._client.timezone)
        chosen = (
            rule_sets()[rule_set]
            if rule_set
            else rule_set_for(rule_sets(), terms.complaint_rule_set, self._client.country, received_on)
        )
        return Clock(
            chosen,
            self._calendar(joint_leave_free=not terms.joint_leave_counts),
            self._client.timezone,
            self._calendar(joint_leave_free=True),
            terms.complaint_warning_days,
            terms.escalation(),
        )

    def _calendar(self, *, joint_leave_free: bool) -> WorkCalendar:
        return self._changes.calendar(self._client.country, joint_leave_free=joint_leave_free)


def clock_for(scope: Scope, received_at: datetime, rule_set: str | None = None) -> Clock:
    """The clock of one complaint."""
    return Clocks(scope).of(received_at, rule_set)
