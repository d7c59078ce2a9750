"""An ask begins: its positions, its clock, and whether a doctor has to look at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.access import Role, Scope
from backend.benefits import queries as benefits
from backend.errors import RuleRefused
from backend.guarantees import clocks, people, pricing, queries, words
from backend.guarantees.models import GuaranteeAsk, GuaranteeLetter
from backend.guarantees.rules.admission import Care
from backend.guarantees.rules.asks import ASK_OPEN, AskKind, AskState, needs_doctor
from backend.guarantees.told import Told
from backend.kit import clock, ids
from backend.kit.money import Money


def begin(scope: Scope, letter: GuaranteeLetter, kind: AskKind, told: Told, *, days: int = 0) -> GuaranteeAsk:
    """Write down what is asked; raises RuleRefused ``guarantees.ask_open`` while an earlier ask is unanswered."""
    if queries.open_ask(scope, letter.id) is not None:
        raise RuleRefused(ASK_OPEN)
    total = told.total or _unasked(scope, letter, kind)
    ask = GuaranteeAsk(
        client_id=scope.client_id,
        id=ids.new_id(),
        letter_id=letter.id,
        kind=kind,
        state=AskState.WAITING,
        days=days,
        asked_minor=total.amount_minor,
        lines=positions_for(scope, letter, told.rows(), total, letter.days if kind is AskKind.ADMISSION else days),
        for_doctor=False,
        asked_at=clock.now(),
        asked_by=scope.actor.role.value,
        worked_seconds=0,
        told=[],
        papers=[],
    )
    words.seal(ask, {"diagnosis": told.diagnosis, "reason": told.reason})
    clocks.start(scope, ask)
    scope.session.add(ask)
    scope.session.flush()
    return ask


def positions_for(
    scope: Scope, letter: GuaranteeLetter, given: Sequence[dict[str, Any]], total: Money, days: int
) -> list[dict[str, Any]]:
    """The positions under the benefits of the patient's plan; none without a plan or without an amount."""
    cover = benefits.cover_on(scope, letter.member_id, letter.admission_on)
    if cover is None or (not given and not total):
        return []
    return pricing.completed(scope, cover.plan.id, Care(letter.care), given, total=total, days=days)


def send_to_doctor(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk, promised: Money, asked: Money) -> bool:
    """Once the promise reaches the contract's amount the ask is the doctors', and they know; answers whether it is."""
    if not ask.for_doctor and needs_doctor(promised, asked, clocks.terms_now(scope).guarantee_review_minor):
        ask.for_doctor = True
        clocks.start(scope, ask)
        scope.session.flush()
        people.tell_doctors(scope, letter, ask)
    return ask.for_doctor


def by_doctor(scope: Scope) -> bool:
    """Whether whoever acts is a doctor."""
    return scope.actor.role is Role.DOCTOR


def _unasked(scope: Scope, letter: GuaranteeLetter, kind: AskKind) -> Money:
    """What an initial letter promises when the hospital has not said anything; an extension of days alone: nothing."""
    initial = clocks.terms_now(scope).initial_guarantee_minor if kind is AskKind.ADMISSION else 0
    return Money(initial, letter.currency)
