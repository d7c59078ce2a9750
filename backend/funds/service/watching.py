"""What nobody has to watch: deposits that run out, promises that the calendar would break."""

from __future__ import annotations

from backend.access import Scope
from backend.funds import people, queries
from backend.funds.agreement import agreement_of
from backend.funds.invariants import Finding, findings
from backend.funds.rules import deposits as rules
from backend.funds.rules.payments import Promise, next_run_on, would_be_late
from backend.funds.service.deposits import standing_of
from backend.kit.money import Money

_EVENTS = {"promised": "fund_half_promised", "paid": "fund_half_used"}


def watch_deposit(scope: Scope) -> list[str]:
    """Ask finance and HR for a top-up when half is used, by each of the two counts once a deposit (S0-49)."""
    fund, latest = queries.fund(scope), queries.latest_deposit(scope)
    if fund is None or latest is None:
        return []
    agreed, standing = agreement_of(scope), standing_of(scope)
    used = rules.usage(standing, agreed.terms)
    percent = {"promised": used.committed_percent, "paid": used.paid_percent}
    wanted = rules.top_up_amount(standing, Money(fund.target_minor, fund.currency))
    told = []
    for notice in rules.notices_due(used, agreed.terms):
        facts = {
            "percent": percent[notice],
            "available": standing.available.as_json(),
            "top_up": wanted.as_json(),
        }
        if people.tell_once(scope, people.FINANCE_AND_HR, _EVENTS[notice], str(latest.id), facts):
            told.append(notice)
    return told


def watch_promises(scope: Scope) -> int:
    """Tell finance once a day how many amounts the calendar's next run would pay too late (S1-29); returns how many."""
    waiting = queries.open_payables(scope)
    if not waiting:
        return 0
    agreed = agreement_of(scope)
    next_on = next_run_on(agreed.today, agreed.terms, agreed.calendar)
    late = would_be_late((Promise(row.id, row.settle_by) for row in waiting), next_on)
    if late:
        facts = {"count": len(late), "due_by": min(promise.settle_by for promise in late).isoformat()}
        people.tell_once(scope, people.FINANCE, "payments_would_be_late", agreed.today.isoformat(), facts)
    return len(late)


def check_books(scope: Scope) -> list[Finding]:
    """Look whether the books agree, and tell finance and the administrators when they do not."""
    found = findings(scope)
    if found:
        people.tell(scope, people.BOOKS, "ledger_mismatch", {"count": len(found)})
    return found
