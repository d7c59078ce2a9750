"""An excess from the letter to the last rupiah: itemised, due in fourteen days, disputed, paid in parts, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import Conflict, RuleRefused
from backend.funds import ledger, people, queries
from backend.funds.agreement import agreement_of
from backend.funds.excess_clock import facts_of, open_amount
from backend.funds.models import Excess, ExcessInstalment, ExcessItem, ExcessState, Payable
from backend.funds.rules import excess as rules
from backend.funds.rules.chart import Account, Line, Source, credit, debit
from backend.funds.rules.excess import Move, Part
from backend.funds.rules.payments import ALREADY_PAID
from backend.funds.service.posting import post
from backend.kit import ids
from backend.kit.money import Money
from backend.members import queries as members
from backend.members.models import CardStatus
from backend.members.service.cards import suspend_card
from backend.notifications.service import notify


@dataclass(frozen=True, slots=True)
class ExcessLine:
    """A position of the bill that the plan does not bear, and the stable reason why."""

    description: str
    reason: str
    amount: Money


def ask_for(scope: Scope, payable: Payable, member_id: UUID, amount: Money, items: Sequence[ExcessLine] = ()) -> Excess:
    """Write the letter: dated today, through HR, itemised (S1-76, S1-77); the member is told as well.

    Raises ValueError when the positions do not add up to the amount: a mistake of the caller.
    """
    agreed = agreement_of(scope)
    listed = items or [ExcessLine(payable.category, "excess", amount)]
    if sum((item.amount for item in listed), start=Money.zero(amount.currency)) != amount:
        raise ValueError("the positions of an excess add up to it")
    row = Excess(
        client_id=scope.client_id,
        id=ids.new_id(),
        payable_id=payable.id,
        number=payable.reference,
        member_id=member_id,
        category=payable.category,
        amount_minor=amount.amount_minor,
        paid_minor=0,
        currency=amount.currency,
        letter_on=agreed.today,
        due_on=rules.due_on(agreed.today, agreed.terms),
    )
    scope.session.add(row)
    scope.session.flush()
    for position, item in enumerate(listed, 1):
        scope.session.add(
            ExcessItem(
                client_id=scope.client_id,
                excess_id=row.id,
                position=position,
                description=item.description,
                reason=item.reason,
                amount_minor=item.amount.amount_minor,
            )
        )
    facts = {"excess_number": row.number, "due_by": row.due_on.isoformat()}
    people.tell(scope, people.HR, "excess_letter_to_hr", facts)
    notify(scope, "excess_asked", member_id, facts)
    return row


def withdraw(scope: Scope, payable_id: UUID) -> None:
    """The decision behind an excess is taken back: nobody owes it. Raises Conflict when something was paid."""
    row = queries.excess_of_payable(scope, payable_id)
    if row is None or row.state == ExcessState.WAIVED:
        return
    if row.paid_minor:
        raise Conflict(ALREADY_PAID)
    row.state, row.days_left = ExcessState.WAIVED, None
    _free_the_card(scope, row)


def dispute(scope: Scope, excess_id: UUID, words: str) -> Excess:
    """Somebody does not agree: the clock waits until that is answered. Raises NotFound, Conflict."""
    row = _in(scope, excess_id, ExcessState.OPEN)
    row.state, row.dispute = ExcessState.DISPUTED, words
    row.days_left = rules.paused(row.due_on, ledger.today_of(scope))
    _free_the_card(scope, row)
    audit.record(scope, "update", "excess", row.id, member_id=row.member_id, fields=["state"])
    return row


def answer_dispute(scope: Scope, excess_id: UUID, *, upheld: bool, words: str) -> Excess:
    """Upheld, the plan bears it; else what was left of the time goes on from today. Raises NotFound, Conflict."""
    row = _in(scope, excess_id, ExcessState.DISPUTED)
    row.outcome = words
    if upheld:
        waived = open_amount(row)
        lines = [debit(Account.DEPOSIT, waived), credit(Account.RECEIVABLE_EXCESS, waived, row.member_id)]
        entry_id = ledger.entry_id_of(scope, "waive", row.id)
        post(scope, entry_id, lines, "excess_waived", Source("excess", row.id))
        row.state = ExcessState.WAIVED
    else:
        row.state = ExcessState.OPEN
        row.due_on = rules.resumed(row.days_left or 0, ledger.today_of(scope))
        row.reminded_on = None
    row.days_left = None
    scope.session.flush()
    audit.record(scope, "update", "excess", row.id, member_id=row.member_id, fields=["state", "due_on"])
    return row


def agree_instalments(scope: Scope, excess_id: UUID, parts: Sequence[Part]) -> Excess:
    """Pay what is open in parts; a card that was stopped works again while they are kept.

    Raises NotFound, Conflict, RuleRefused ``funds.instalments_differ``, ``funds.instalments_past``.
    """
    row = _in(scope, excess_id, ExcessState.OPEN)
    refusal = rules.check_instalments(parts, open_amount(row), ledger.today_of(scope))
    if refusal is not None:
        raise RuleRefused.of(refusal)
    for old in queries.instalments(scope, [row.id]).get(row.id, []):
        scope.session.delete(old)
    scope.session.flush()
    # What was paid before counts as a first part, so that the parts always add up to the whole.
    on_days = {part.due_on: part.amount.amount_minor for part in parts}
    if row.paid_minor:
        on_days[row.letter_on] = on_days.get(row.letter_on, 0) + row.paid_minor
    for day, minor in on_days.items():
        part = ExcessInstalment(client_id=scope.client_id, excess_id=row.id, due_on=day, amount_minor=minor)
        scope.session.add(part)
    row.due_on = max(part.due_on for part in parts)
    row.reminded_on = None
    _free_the_card(scope, row)
    audit.record(scope, "update", "excess", row.id, member_id=row.member_id, fields=["instalments"])
    return row


def receive(scope: Scope, row: Excess, amount: Money, entry_id: UUID, on: date, *, from_suspense: bool = False) -> None:
    """Money for an excess arrived and is known for what it is; the card works again by itself when it is due no more.

    Raises RuleRefused ``funds.more_than_owed``, Conflict when it is settled or waived.
    """
    if row.state not in {ExcessState.OPEN, ExcessState.DISPUTED}:
        raise Conflict(rules.WRONG_EXCESS_STATE)
    if amount > open_amount(row):
        raise RuleRefused(rules.MORE_THAN_OWED, {"open": open_amount(row), "amount": amount})
    origin = Account.SUSPENSE if from_suspense else Account.BANK
    lines: list[Line] = [debit(origin, amount), credit(Account.RECEIVABLE_EXCESS, amount, row.member_id)]
    post(scope, entry_id, lines, "excess_received", Source("excess", row.id), on=on)
    row.paid_minor += amount.amount_minor
    if row.paid_minor == row.amount_minor:
        row.state, row.settled_on, row.days_left = ExcessState.SETTLED, on, None
    scope.session.flush()
    parts = queries.instalments(scope, [row.id]).get(row.id, [])
    if not rules.is_overdue(facts_of(row, parts), ledger.today_of(scope)):
        _free_the_card(scope, row)


def watch_excess(scope: Scope) -> dict[str, int]:
    """Remind of what is due, and stop the card of whoever was reminded and let the day pass (S1-78)."""
    running = queries.running_excesses(scope, lock=True)
    parts = queries.instalments(scope, [row.id for row in running])
    today, done = ledger.today_of(scope), {"reminded": 0, "cards_stopped": 0}
    for row in running:
        facts = facts_of(row, parts.get(row.id, []))
        move = rules.move_due(facts, today)
        if move is Move.REMIND:
            row.reminded_on = today
            due_by = max(rules.next_due(facts), today).isoformat()
            notify(scope, "excess_reminder", row.member_id, {"excess_number": row.number, "due_by": due_by})
            done["reminded"] += 1
        elif move is Move.STOP_CARD and _stop_the_card(scope, row):
            done["cards_stopped"] += 1
    scope.session.flush()
    return done if any(done.values()) else {}


def _stop_the_card(scope: Scope, row: Excess) -> bool:
    card = members.card_in_use(scope, row.member_id)
    if card is None or card.status != CardStatus.ACTIVE.value:
        return False
    suspend_card(scope, row.member_id, suspended=True)
    row.stopped_card = True
    notify(scope, "card_suspended", row.member_id, {})
    return True


def _free_the_card(scope: Scope, row: Excess) -> None:
    """A card that this excess stopped works again, unless another one that is overdue stops it too."""
    if not row.stopped_card:
        return
    row.stopped_card = False
    scope.session.flush()
    others = [one for one in queries.running_of_member(scope, row.member_id) if one.id != row.id]
    parts = queries.instalments(scope, [one.id for one in others])
    today = ledger.today_of(scope)
    for other in others:
        if rules.is_overdue(facts_of(other, parts.get(other.id, [])), today):
            other.stopped_card = True
            return
    card = members.card_in_use(scope, row.member_id)
    if card is not None and card.status == CardStatus.SUSPENDED.value:
        suspend_card(scope, row.member_id, suspended=False)
        notify(scope, "card_active_again", row.member_id, {})


def _in(scope: Scope, excess_id: UUID, state: ExcessState) -> Excess:
    row = queries.excess(scope, excess_id)
    if row.state != state:
        raise Conflict(rules.WRONG_EXCESS_STATE)
    return row
