"""What is answered about excess claims, and their letter. HR hands it over and sees what each is for, no positions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend import languages
from backend.access import Role, Scope
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.funds import accounts, ledger, queries
from backend.funds.excess_clock import facts_of, open_amount
from backend.funds.models import BankLine, BankStatement, Excess, ExcessInstalment
from backend.funds.papers import drawing, written
from backend.funds.rules import excess as rules
from backend.kit.money import Money
from backend.kit.pages import Cursor, page_of
from backend.members.models import Member


def list_excess(scope: Scope, *, running: bool = False, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """A page of excess claims, the newest first; a member's own. Raises BadCursor."""
    found = queries.excesses(scope, running=running, after=Cursor.after(cursor), limit=limit + 1)
    shown, following = page_of(found, limit)
    parts = queries.instalments(scope, [row.id for row in shown])
    people = queries.employees_of(scope, [row.member_id for row in shown])
    audit.record_listing(scope, "excess", [row.member_id for row in shown])
    items = [_summary(scope, row, parts.get(row.id, []), people[row.member_id]) for row in shown]
    return {"items": items, "next_cursor": following}


def excess_answer(scope: Scope, excess_id: UUID) -> dict[str, Any]:
    """One excess with its positions; HR reads it without them. Raises NotFound."""
    row = queries.excess(scope, excess_id)
    parts = queries.instalments(scope, [row.id]).get(row.id, [])
    employee = queries.employees_of(scope, [row.member_id])[row.member_id]
    audit.record_look(scope, "excess", row.id, member_id=row.member_id)
    return {
        **_summary(scope, row, parts, employee),
        "dispute": None if scope.actor.role is Role.HR else row.dispute,
        "outcome": None if scope.actor.role is Role.HR else row.outcome,
        "items": _items(scope, row),
        "pay_to": _pay_to(scope),
    }


def _pay_to(scope: Scope) -> dict[str, str] | None:
    """The dedicated account in full: whoever owes has to write it into a transfer."""
    fund = queries.fund(scope)
    if fund is None:
        return None
    number = accounts.opened("fund", fund.id, fund.account_cipher)
    return {"bank": fund.bank, "account_number": number, "holder_name": fund.holder_name}


def _items(scope: Scope, row: Excess) -> list[dict[str, Any]]:
    if scope.actor.role is Role.HR:
        return []
    return [
        {
            "description": drawing.category_name(scope.language, item.description),
            "reason": item.reason,
            "why": _why(scope.language, item.reason),
            "amount": Money(item.amount_minor, row.currency),
        }
        for item in queries.items_of_excess(scope, row.id)
    ]


def _why(language: str, reason: str) -> str:
    known: dict[str, str] = drawing.words_in(language)["reasons"]
    return known.get(reason) or (languages.message(reason, language) if "." in reason else reason)


def _summary(scope: Scope, row: Excess, parts: list[ExcessInstalment], employee: Member) -> dict[str, Any]:
    facts = facts_of(row, parts)
    return {
        "id": row.id,
        "number": row.number,
        "member_id": row.member_id,
        "employee": {"name": employee.full_name, "number": employee.employee_number},
        "category": row.category,
        "amount": facts.amount,
        "paid": facts.paid,
        "open": open_amount(row),
        "letter_on": row.letter_on,
        "due_on": row.due_on,
        "next_due_on": rules.next_due(facts),
        "state": row.state,
        "overdue": rules.is_overdue(facts, ledger.today_of(scope)),
        "stopped_card": row.stopped_card,
        "instalments": [{"due_on": part.due_on, "amount": Money(part.amount_minor, row.currency)} for part in parts],
    }


def excess_letter(scope: Scope, excess_id: UUID) -> bytes:
    """The letter as PDF in the reader's language: itemised for the member, by kind of care for HR (S1-76, S1-79).

    Raises NotFound.
    """
    return written.excess_paper(excess_answer(scope, excess_id), brand_for(ledger.client_of(scope)), scope.language)


def statement_answer(scope: Scope, row: BankStatement) -> dict[str, Any]:
    """What a statement brought."""
    return {
        "id": row.id,
        "form": row.form,
        "lines": row.lines,
        "known_lines": row.known_lines,
        "closing": Money(row.closing_minor, ledger.currency_of(scope)) if row.closing_minor is not None else None,
    }


def line_answer(scope: Scope, line: BankLine) -> dict[str, Any]:
    """A movement; ``proposals`` are excess claims it may be for, the likeliest first."""
    return {
        "id": line.id,
        "booked_on": line.booked_on,
        "amount": Money(line.amount_minor, line.currency),
        "reference": line.reference,
        "text": line.text,
        "state": line.state,
        "became": line.became,
        "excess_id": line.excess_id,
        "proposals": line.proposals,
    }


def list_bank_lines(
    scope: Scope, *, state: str = "review", cursor: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """A page of movements, the newest first; raises BadCursor."""
    shown, following = page_of(queries.bank_lines(scope, state, after=Cursor.after(cursor), limit=limit + 1), limit)
    items = [line_answer(scope, line) for line in shown]
    return {"agreement": _agreement(scope), "items": items, "next_cursor": following}


def _agreement(scope: Scope) -> dict[str, Money | None]:
    """Whether the ledger's account holds what the real one does, less what nobody has explained yet."""
    sums, newest, currency = queries.balance(scope), queries.newest_statement(scope), ledger.currency_of(scope)
    closing = newest.closing_minor if newest else None
    return {
        "ledger": Money(sums.bank_minor if sums else 0, currency),
        "statement": Money(closing, currency) if closing is not None else None,
        "unexplained": Money(queries.unexplained_minor(scope), currency),
    }
