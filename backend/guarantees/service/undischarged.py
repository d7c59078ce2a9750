"""Stays under a letter whose discharge does not come."""

from __future__ import annotations

from backend.access import Scope
from backend.clients.registry import client_by_id
from backend.guarantees import clocks, people, queries
from backend.guarantees.ending import note
from backend.guarantees.rules.overdue import Missing, Patience, last_day, missing
from backend.kit import clock

_AT_ONCE = 500


def watch_discharges(scope: Scope) -> dict[str, int]:
    """Ask hospitals for discharges that are late, and raise those that never came to claims; each once."""
    today, terms = clock.today(client_by_id(scope.client_id).timezone), clocks.terms_now(scope)
    patience = Patience(terms.discharge_reminder_days, terms.discharge_raised_days)
    first = min(patience.ask_days, patience.raise_days)
    done = dict.fromkeys(Missing, 0)
    for letter in queries.without_discharge(scope, today, first, _AT_ONCE):
        leaves_on = last_day(letter.admission_on, letter.days)
        wanted = letter.discharge_wanted_at is not None
        due = missing(leaves_on, today, patience, wanted=wanted, raised=letter.discharge_raised_at is not None)
        if due is Missing.WANTED:
            letter.discharge_wanted_at = clock.now()
            people.ask_for_discharge(scope, letter, leaves_on)
            note(scope, letter, "discharge_wanted_at")
        elif due is Missing.RAISED:
            letter.discharge_raised_at = clock.now()
            people.raise_to_claims(scope, letter, leaves_on)
            note(scope, letter, "discharge_raised_at")
        if due is not None:
            done[due] += 1
    return {due.value: number for due, number in done.items() if number}
