"""The quarter's report to the regulator: its figures, its file, when it is due and that it went out."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.queries import contracts
from backend.clients.registry import client_by_id
from backend.complaints import queries
from backend.complaints.clocks import Clock, clock_for
from backend.complaints.colleagues import Colleagues
from backend.complaints.models import RegulatorReport
from backend.complaints.rules.regulator_report import (
    NO_REGULATOR,
    NOT_A_QUARTER,
    QUARTER_RUNS,
    Line,
    Quarter,
    due_on,
    figures_part,
    reminder_due,
    report_of,
)
from backend.errors import InvalidShape, RuleRefused
from backend.kit import clock, ids
from backend.kit.deadlines import end_of_day
from backend.kit.spreadsheet import written

COUNTS = (
    "received",
    "reopened",
    "resolved_in_time",
    "resolved_late",
    "closed_without_answer",
    "open_at_end",
    "overdue_at_end",
    "extended",
    "to_dispute_body",
)


def regulator_report(scope: Scope, quarter: str) -> dict[str, Any]:
    """The figures of a quarter, its last day, and whether it went out; a running quarter shows what there is.

    Raises InvalidShape ``complaints.not_a_quarter``.
    """
    wanted, timing = _quarter(quarter), clock_for(scope, clock.now())
    row = queries.report(scope, quarter)
    audit.record(scope, "read", "regulator_report", row.id if row else None)
    return {
        "quarter": quarter,
        "regulator": timing.rules.regulator,
        "due_on": _due_on(wanted, timing),
        "sent_on": row.sent_on if row else None,
        "reference": row.reference if row else None,
        "lines": [
            {"breakdown": line.breakdown, "value": line.value, **_counts(line), "average_days": _average(line)}
            for line in _lines(scope, wanted, timing)
        ],
    }


def regulator_file(scope: Scope, quarter: str) -> str:
    """The same as comma-separated text. Raises InvalidShape ``complaints.not_a_quarter``."""
    wanted, timing = _quarter(quarter), clock_for(scope, clock.now())
    audit.record(scope, "export", "regulator_report", None)
    name = client_by_id(scope.client_id).name
    last = _due_on(wanted, timing)
    rows = [
        (name, quarter, last.isoformat() if last else None, line.breakdown, line.value)
        + (*figures_part(line.figures), _average(line))
        for line in _lines(scope, wanted, timing)
    ]
    return written(("client", "quarter", "due_on", "breakdown", "value", *COUNTS, "average_days"), rows)


def record_sent(scope: Scope, quarter: str, reference: str, sent_on: date | None = None) -> dict[str, Any]:
    """The report went out; nobody is reminded of it any more. A second time corrects reference and day.

    Raises InvalidShape, RuleRefused ``complaints.quarter_runs`` or ``complaints.no_regulator``.
    """
    wanted, timing = _quarter(quarter), clock_for(scope, clock.now())
    today = timing.date_of(clock.now())
    last = _due_on(wanted, timing)
    if last is None:
        raise RuleRefused(NO_REGULATOR)
    if today <= wanted.last_day:
        raise RuleRefused(QUARTER_RUNS, {"from_day": wanted.following().first_day.isoformat()})
    row = _row(scope, wanted, last)
    row.sent_on, row.reference, row.sent_by = sent_on or today, reference, scope.actor.id
    scope.session.flush()
    audit.record(scope, "update", "regulator_report", row.id, fields=["sent_on", "reference"])
    return regulator_report(scope, quarter)


def remind_of_report(scope: Scope) -> int:
    """Tell the client's admins of the last quarter's report while it is not sent; how many were told.

    Only where a regulator asks for one and the client was with us then. Twice a day tells nobody twice.
    """
    timing = clock_for(scope, clock.now())
    today = timing.date_of(clock.now())
    wanted = Quarter.containing(today).before()
    last = _due_on(wanted, timing)
    if last is None or not any(one.starts_on <= wanted.last_day for one in contracts(scope)):
        return 0
    row = _row(scope, wanted, last)
    if row.sent_on is not None or not reminder_due(row.reminded_on, last, today, timing.between):
        return 0
    row.reminded_on = today
    scope.session.flush()
    colleagues = Colleagues(scope)
    told = colleagues.supervisors()
    colleagues.tell(told, "regulator_report_due", {"quarter": str(wanted), "due_by": last})
    return len(told)


def _row(scope: Scope, quarter: Quarter, last: date) -> RegulatorReport:
    """The quarter's row, locked until the transaction ends."""
    made = insert(RegulatorReport).values(
        client_id=scope.client_id, id=ids.new_id(), created_at=clock.now(), quarter=str(quarter), due_on=last
    )
    scope.session.execute(made.on_conflict_do_nothing())
    return queries.report_to_change(scope, str(quarter))


def _lines(scope: Scope, quarter: Quarter, timing: Clock) -> list[Line]:
    return report_of(queries.book(scope, end_of_day(quarter.last_day, timing.timezone), timing.date_of), quarter)


def _quarter(written_as: str) -> Quarter:
    found = Quarter.of(written_as)
    if found is None:
        raise InvalidShape(NOT_A_QUARTER)
    return found


def _due_on(quarter: Quarter, timing: Clock) -> date | None:
    return due_on(quarter, timing.rules.report_day) if timing.rules.report_day else None


def _counts(line: Line) -> dict[str, int]:
    return dict(zip(COUNTS, figures_part(line.figures), strict=True))


def _average(line: Line) -> str | None:
    tenths = line.figures.average_days_tenths
    return None if tenths is None else f"{tenths // 10}.{tenths % 10}"
