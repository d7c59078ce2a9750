"""The cockpit of HR and finance, and the month's statement as PDF and as a workbook (S0-7, S0-48, S0-69)."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook

from backend.access import Scope
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.errors import RuleRefused
from backend.funds import ledger, queries
from backend.funds.agreement import agreement_of
from backend.funds.papers import drawing, written
from backend.funds.papers.written import MOVED
from backend.funds.queries import cockpit as figures
from backend.funds.rules import cockpit as rules
from backend.funds.rules import deposits
from backend.funds.rules.bank import BANKS_OWN
from backend.funds.rules.deposits import MONTH_AHEAD
from backend.funds.service.deposits import standing_of
from backend.funds.service.read import fund_answer
from backend.kit.money import Money
from backend.kit.spreadsheet import safe_cell

_PACE_DAYS, _MONTHS = 90, 12
_LINE_OF = {
    "deposit": "deposits",
    "excess_received": "excess_received",
    "unidentified": "unclear",
    "returned": "unclear",
    "paid": "payments",
    "payment_returned": "payments",
    **dict.fromkeys(BANKS_OWN, "charges"),
}


def cockpit(scope: Scope) -> dict[str, Any]:
    """Balance, promised, paid, the pace of ninety days, the next top-up with an interval. Raises ``funds.not_open``."""
    fund, agreed = fund_answer(scope), agreement_of(scope)
    currency, today = agreed.client.currency, agreed.today
    first = today - timedelta(days=_PACE_DAYS - 1)
    by_day = figures.approved_by_day(scope, first, today)
    days = [Money(by_day.get(first + timedelta(days=each), 0), currency) for each in range(_PACE_DAYS)]
    standing = standing_of(scope)
    used = deposits.usage(standing, agreed.terms)
    threshold = used.base.percent(agreed.terms.top_up_percent)
    expected = rules.forecast(threshold - used.committed, days)
    groups = rules.shown_groups(figures.approved_by_category(scope, first, today, currency))
    paid = figures.paid_by_month(scope, _months_before(today, _MONTHS - 1))
    return {
        "fund": fund,
        "pace": {"days": _PACE_DAYS, "per_day": Money(sum(by_day.values()), currency).share(1, _PACE_DAYS)},
        "top_up": {
            name: today + timedelta(days=inside) if inside is not None else None
            for name, inside in (
                ("likely_on", expected.likely),
                ("earliest_on", expected.earliest),
                ("latest_on", expected.latest),
            )
        },
        "categories": [_group(scope, group) for group in groups],
        "paid_by_month": [{"month": month, "paid": Money(minor, currency)} for month, minor in sorted(paid.items())],
    }


def _group(scope: Scope, group: rules.Group) -> dict[str, Any]:
    words = drawing.words_in(scope.language)
    named = words["other"] if group.category == rules.OTHER else drawing.category_name(scope.language, group.category)
    return {
        "category": group.category,
        "name": named,
        "people": group.people,
        "approvals": group.approvals,
        "amount": group.amount,
    }


def _months_before(day: date, months: int) -> date:
    """The first of the month so many months earlier."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, 1)


def month_figures(scope: Scope, month: date) -> dict[str, Any]:
    """A month of the account: from the opening to the closing balance, and what was approved by kind of care.

    Raises RuleRefused ``funds.not_open``, ``funds.month_ahead``.
    """
    fund = queries.open_fund(scope)
    first = month.replace(day=1)
    if first > ledger.today_of(scope):
        raise RuleRefused(MONTH_AHEAD)
    last = _months_before(first, -1) - timedelta(days=1)
    moved = dict.fromkeys(MOVED, 0)
    for reason, minor in figures.bank_by_reason(scope, first, last).items():
        moved[_LINE_OF[reason]] += minor
    opening = figures.bank_before(scope, first)
    groups = rules.shown_groups(figures.approved_by_category(scope, first, last, fund.currency))
    return {
        "month": first,
        "opening": Money(opening, fund.currency),
        **{name: Money(minor, fund.currency) for name, minor in moved.items()},
        "closing": Money(opening + sum(moved.values()), fund.currency),
        "categories": [_group(scope, group) for group in groups],
    }


def statement_pdf(scope: Scope, month: date) -> bytes:
    """The month's statement on the client's paper; taking it is on record."""
    shown = month_figures(scope, month)
    audit.record(scope, "export", "fund_statement", None, fields=["pdf"])
    return written.statement_paper(shown, brand_for(ledger.client_of(scope)), scope.language)


def statement_workbook(scope: Scope, month: date) -> bytes:
    """The same as a workbook with numbers that can be calculated with; taking it is on record."""
    shown, words = month_figures(scope, month), drawing.words_in(scope.language)
    audit.record(scope, "export", "fund_statement", None, fields=["xlsx"])
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = f"{shown['month']:%Y-%m}"
    names = {"opening": "opening_balance", "closing": "closing_balance"}
    for name in ("opening", *MOVED, "closing"):
        sheet.append([words[names.get(name, name)], shown[name].major(), shown[name].currency])
    sheet.append([])
    sheet.append([words["category"], words["people"], words["claims"], words["amount"]])
    for group in shown["categories"]:
        sheet.append([safe_cell(group["name"]), group["people"], group["approvals"], group["amount"].major()])
    sheet.column_dimensions["A"].width = 44
    for column in "BCD":
        sheet.column_dimensions[column].width = 18
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
