"""The dated sets of days and reasons, and which of them a complaint is counted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


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
    extension_reasons: tuple[str, ...]
    countries: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None
    regulator: str | None = None
    report_day: int | None = None

    def belongs_to(self, country: str) -> bool:
        """Whether the set may be used for a client of this country (ISO 3166)."""
        return not self.countries or country in self.countries

    def days_to_resolve(self, spoken: bool) -> int:
        """Working days from the complete complaint to its answer."""
        return self.oral_days if spoken else self.written_days


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
