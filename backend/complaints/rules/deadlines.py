"""Until when a complaint is acknowledged and resolved, and what may happen to it next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.kit.refusal import Refusal

WRONG_STATUS = "complaints.wrong_status"
ALREADY_EXTENDED = "complaints.already_extended"
PAST_DEADLINE = "complaints.past_deadline"
REOPEN_TOO_LATE = "complaints.reopen_too_late"

WorkingDaysAfter = Callable[[date, int], date]
"""The n-th working day after a date, in the calendar of the client's contract."""


class Category(StrEnum):
    """What a complaint is about."""

    SERVICE = "service"
    PROVIDER = "provider"
    CLAIM_DECISION = "claim_decision"
    PAYMENT = "payment"
    AGENT = "agent"
    DATA = "data"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The days of one regulation, between two dates; see ``rule_sets.yml`` for each field and its source."""

    code: str
    valid_from: date
    valid_until: date | None
    source: str
    acknowledge_days: int
    oral_days: int
    written_days: int
    extension_days: int
    information_days: int
    reopen_calendar_days: int
    countries: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None

    def belongs_to(self, country: str) -> bool:
        """Whether the set may be used for a client of this country (ISO 3166)."""
        return not self.countries or country in self.countries

    def days_to_resolve(self, spoken: bool) -> int:
        """Working days from the complete complaint to its answer."""
        return self.oral_days if spoken else self.written_days


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days of a complaint, at the client's seat."""

    acknowledge_by: date
    resolve_by: date


def rule_set_for(sets: Mapping[str, RuleSet], named: str, country: str, received_on: date) -> RuleSet:
    """The set in force on the day a complaint came in (POJK 18/2018 until 21 December 2023, then POJK 22/2023).

    Starts from the one the contract names and follows ``before`` and ``after``; days before the first set of a
    chain use that first one. Raises KeyError for a name that is not there.
    """
    chosen = sets[named]
    if not chosen.belongs_to(country):
        own = [each for each in sets.values() if country in each.countries]
        chosen = (own or [each for each in sets.values() if not each.countries])[0]
    while received_on < chosen.valid_from and chosen.before:
        chosen = sets[chosen.before]
    while chosen.valid_until and received_on > chosen.valid_until and chosen.after:
        chosen = sets[chosen.after]
    return chosen


def deadlines(rules: RuleSet, spoken: bool, received_on: date, after: WorkingDaysAfter) -> Deadlines:
    """The deadlines of a complaint that is complete when it comes in (S0-94)."""
    resolve_by = after(received_on, rules.days_to_resolve(spoken))
    return Deadlines(min(after(received_on, rules.acknowledge_days), resolve_by), resolve_by)


def while_waiting(rules: RuleSet, asked_on: date, after: WorkingDaysAfter) -> tuple[date, date]:
    """The member's last day to send what was asked for, and our last day should it come only then."""
    information_by = after(asked_on, rules.information_days)
    return information_by, after(information_by, rules.written_days)


def extended(
    rules: RuleSet, resolve_by: date, already_extended: bool, today: date, after: WorkingDaysAfter
) -> date | Refusal:
    """The new last day; refused a second time, and once the first one has passed."""
    if already_extended:
        return Refusal(ALREADY_EXTENDED)
    if today > resolve_by:
        return Refusal(PAST_DEADLINE, {"resolve_by": resolve_by.isoformat()})
    return after(resolve_by, rules.extension_days)


def may_reopen(rules: RuleSet, resolved_on: date, today: date) -> Refusal | None:
    """Refuses to reopen what was answered long ago; a new complaint can always be lodged."""
    last_day = resolved_on + timedelta(days=rules.reopen_calendar_days)
    return None if today <= last_day else Refusal(REOPEN_TOO_LATE, {"last_day": last_day.isoformat()})


def is_overdue(resolve_by: date, today: date) -> bool:
    """Whether the last day is over without an answer; the last day itself is in time."""
    return today > resolve_by
