"""The stay ends: the bill is split, the letter becomes final, and excess cost is paid before the patient leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.guarantees import asking, clocks, holds, people, queries, reckoning, rules, stays
from backend.guarantees.ending import note
from backend.guarantees.models import GuaranteeAsk, GuaranteeLetter
from backend.guarantees.rules import LetterKind, LetterState
from backend.guarantees.rules import discharge as leaving
from backend.guarantees.rules.asks import AskKind, AskState
from backend.guarantees.standing import refuse
from backend.guarantees.told import Told
from backend.kit import clock
from backend.kit.deadlines import local_date
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.members.queries import member

NOT_CONFIRMED = "guarantees.not_confirmed"


@dataclass(frozen=True, slots=True)
class Discharge:
    """The hospital's bill: positions, when the patient leaves the bed, the rooms night by night where they changed."""

    positions: Sequence[Mapping[str, Any]]
    discharged_at: datetime
    admitted_at: datetime | None = None
    nights: Sequence[Mapping[str, Any]] = ()
    diagnosis: str | None = None


def admit(scope: Scope, letter_id: UUID, admitted_at: datetime | None = None) -> GuaranteeLetter:
    """The patient is in bed: the letter is used, once. Raises NotFound, RuleRefused ``guarantees.already_admitted``."""
    letter = queries.letter_to_change(scope, letter_id)
    refuse(rules.must_promise(letter.standing, clock.now()))
    refuse(leaving.may_be_admitted(letter.admitted_at))
    letter.admitted_at = admitted_at or clock.now()
    note(scope, letter, "admitted_at")
    return letter


def finalise(scope: Scope, letter_id: UUID, bill: Discharge) -> GuaranteeLetter:
    """Split the bill between plan, other payer and member, and make the letter final (S1-13, S1-74).

    Within the promise at once; beyond it somebody looks first, a doctor above the contract's amount. Raises NotFound,
    RuleRefused ``guarantees.not_confirmed``, ``guarantees.not_admitted``, ``guarantees.left_before_admission``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    refuse(rules.must_promise(letter.standing, clock.now()))
    if letter.state != LetterState.CONFIRMED:
        raise RuleRefused(NOT_CONFIRMED)
    letter.admitted_at = letter.admitted_at or bill.admitted_at
    hours = _hours(letter.admitted_at, bill.discharged_at)
    letter.discharged_at = bill.discharged_at
    if bill.nights:
        letter.room = {**(letter.room or {}), "nights": [_night(one) for one in bill.nights]}
    told = Told(positions=bill.positions, diagnosis=bill.diagnosis)
    ask = asking.begin(scope, letter, AskKind.DISCHARGE, told, days=len(bill.nights) or leaving.days_of_stay(hours))
    split = stays.split_of(stays.judged_bill(scope, letter, ask, hours))
    if leaving.goes_beyond(split, letter.promised):
        asking.send_to_doctor(scope, letter, ask, Money.zero(letter.currency), split.plan)
        note(scope, letter, "ask")
        return letter
    settle(scope, letter, ask)
    clocks.stop(ask, AskState.APPROVED)
    note(scope, letter)
    people.tell_hospital(scope, letter)
    people.tell_hr(scope, letter)
    return letter


def settle(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk) -> None:
    """The bill as it is judged now becomes the final letter: limits are used, the fund keeps the plan's part."""
    assert letter.discharged_at is not None, "a discharge says when"
    judgement = stays.judged_bill(scope, letter, ask, _hours(letter.admitted_at, letter.discharged_at))
    split = stays.split_of(judgement)
    plan = stays.plan_lines(scope, letter)
    parts = stays.keep(scope, letter, ask, ask.lines, judgement)
    holds.use_up(scope, letter, parts, f"guarantee/{letter.id}/{ask.id}")
    for name in ("billed", "plan", "other", "cost", "claim", "provider"):
        setattr(letter, f"{name}_minor", getattr(split, name).amount_minor)
    letter.kind, letter.state = LetterKind.FINAL, LetterState.FINAL
    letter.reckoning = reckoning.kept(judgement, ask.lines, plan)
    letter.room = stays.decided_room(letter.room, judgement)
    if split.claim:
        day = local_date(letter.discharged_at, client_by_id(scope.client_id).timezone)
        letter.claim_due_on = leaving.claim_due_on(day, clocks.terms_now(scope).excess_payment_days)
    ask.granted_minor = split.plan.amount_minor
    people.tell_patient(scope, letter, "guarantee_final")


def asked_back(scope: Scope, letter: GuaranteeLetter) -> list[tuple[str, str, Money]]:
    """The positions of the excess claim in the patient's language, each with the rule behind it (S1-76)."""
    return reckoning.asked_back(letter.reckoning or {"lines": []}, member(scope, letter.member_id).language)


def collect(scope: Scope, letter_id: UUID, amount: Money) -> GuaranteeLetter:
    """The desk took excess cost from the patient (S1-13, S1-74, S1-75).

    Raises NotFound, RuleRefused ``guarantees.excess_too_much``, ``guarantees.wrong_state``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    due, collected = _due(letter)
    refuse(leaving.may_collect(due, collected, amount))
    letter.collected_minor += amount.amount_minor
    note(scope, letter, "collected_minor")
    return letter


def leave(scope: Scope, letter_id: UUID) -> GuaranteeLetter:
    """The patient goes home. Raises NotFound, RuleRefused ``guarantees.excess_unpaid`` (S1-74), ``wrong_state``."""
    letter = queries.letter_to_change(scope, letter_id)
    due, collected = _due(letter)
    refuse(leaving.may_leave(due, collected, letter.left_at))
    letter.left_at = clock.now()
    note(scope, letter, "left_at")
    return letter


def _due(letter: GuaranteeLetter) -> tuple[Money, Money]:
    settled = letter.settled
    if settled is None:
        raise RuleRefused(rules.WRONG_STATE, {"state": letter.state})
    return settled["cost"], Money(letter.collected_minor, letter.currency)


def _hours(admitted_at: datetime | None, discharged_at: datetime) -> int:
    hours = leaving.hours_of_stay(admitted_at, discharged_at)
    if isinstance(hours, Refusal):
        raise RuleRefused.of(hours)
    return hours


def _night(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"rate_minor": given["rate"].amount_minor, "entitled_free": given.get("entitled_free", True)}
