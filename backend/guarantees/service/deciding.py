"""An ask is answered: approved, refused with a reason, or sent back for papers. Above a threshold a doctor does it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from backend.access import Role, Scope
from backend.clients.registry import client_by_id
from backend.documents.service.open_document import check_usable
from backend.errors import NotFound, RuleRefused
from backend.guarantees import asking, clocks, holds, people, pricing, queries, rules, stays, words
from backend.guarantees.asking import by_doctor
from backend.guarantees.ending import end, note
from backend.guarantees.models import GuaranteeAsk, GuaranteeLetter
from backend.guarantees.rules import LetterState
from backend.guarantees.rules.admission import Admission, Care
from backend.guarantees.rules.asks import (
    DOCTOR_DECIDES,
    AskKind,
    AskState,
    may_answer,
    may_bring_papers,
)
from backend.guarantees.service.settling import settle
from backend.guarantees.standing import refusal_of, refuse, refuse_and_note
from backend.kit import clock
from backend.kit.deadlines import last_day_before
from backend.kit.money import Money

NOTHING_ASKED = "guarantees.nothing_asked"
NOTHING_LEFT = "guarantees.nothing_left"


def issue(
    scope: Scope,
    letter_id: UUID,
    *,
    provider_name: str | None = None,
    provider_id: UUID | None = None,
    estimate: Money | None = None,
) -> GuaranteeLetter:
    """Issue a requested letter for the hours of the contract and hold what it promises (S1-55, S1-56).

    The hospital and the estimate can still be named or corrected here. With the card shown before, the letter holds
    for the whole stay at once. Raises NotFound, RuleRefused like ``rules.may_issue``, ``guarantees.hospital_unknown``,
    ``guarantees.doctor_decides``, ``guarantees.nothing_left``, ``funds.insufficient``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    if letter.state != LetterState.REQUESTED:
        raise RuleRefused(rules.WRONG_STATE, {"state": letter.state})
    if provider_id or provider_name:
        letter.provider_id = provider_id
        letter.provider_name = queries.hospital_name(scope, provider_id) if provider_id else provider_name or ""
    if not letter.provider_name:
        raise RuleRefused("guarantees.hospital_unknown")
    admission = Admission(Care(letter.care), letter.sent_by_doctor, letter.expected_hours)
    problem = refusal_of(scope, letter.member_id, admission, letter.admission_on, letter.provider_id)
    refuse_and_note(scope, problem, letter.member_id, letter.id)
    ask = _to_answer(scope, letter)
    if estimate is not None:
        ask.asked_minor = estimate.amount_minor
        ask.lines = asking.positions_for(scope, letter, [], estimate, letter.days)
    _promise(scope, letter, ask)
    now = clock.now()
    until = rules.valid_until(now, clocks.terms_now(scope).initial_guarantee_hours)
    letter.issued_at, letter.valid_until = now, until
    letter.state = LetterState.CONFIRMED if letter.confirmed_by else LetterState.ISSUED
    letter.confirmed_at = now if letter.confirmed_by else None
    _approve(scope, letter, ask)
    _tell_issued(scope, letter)
    return letter


def approve(scope: Scope, letter_id: UUID) -> GuaranteeLetter:
    """Say yes to what the letter's hospital asked last: the admission, the longer stay, the bill.

    Raises NotFound, RuleRefused ``guarantees.nothing_asked``, ``guarantees.doctor_decides`` and like ``issue``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    ask = _to_answer(scope, letter)
    if ask.kind == AskKind.ADMISSION:
        return issue(scope, letter_id)
    refuse(rules.must_promise(letter.standing, clock.now()))
    if ask.kind == AskKind.DISCHARGE:
        refuse(may_answer(AskState(ask.state), for_doctor=ask.for_doctor, by_doctor=by_doctor(scope)))
        settle(scope, letter, ask)
    else:
        before = letter.promised
        _promise(scope, letter, ask)
        if ask.asked_minor and letter.promised <= before:
            raise RuleRefused(NOTHING_LEFT, {"promised": before})
        ask.granted_minor = letter.promised_minor - before.amount_minor
        letter.days += ask.days
        people.tell_patient(scope, letter, "guarantee_extended")
    _approve(scope, letter, ask)
    return letter


def refuse_ask(scope: Scope, letter_id: UUID, reason: str) -> GuaranteeLetter:
    """Say no and why, in words that hospital and member read; an admission that is refused ends the letter.

    Raises NotFound, RuleRefused ``guarantees.nothing_asked``, ``guarantees.doctor_decides``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    ask = _to_answer(scope, letter)
    refuse(may_answer(AskState(ask.state), for_doctor=ask.for_doctor, by_doctor=by_doctor(scope)))
    ask.answer, ask.answered_by = reason, scope.actor.id
    clocks.stop(ask, AskState.REFUSED)
    if ask.kind == AskKind.ADMISSION:
        end(scope, letter, LetterState.REFUSED)
    else:
        note(scope, letter, "ask")
    people.tell_patient(scope, letter, "guarantee_refused")
    people.tell_hospital(scope, letter)
    return letter


def want_papers(scope: Scope, letter_id: UUID, which: str) -> GuaranteeLetter:
    """Ask the hospital for papers; the clock stands until they come.

    Raises NotFound, RuleRefused ``guarantees.nothing_asked``, ``guarantees.doctor_decides``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    ask = _to_answer(scope, letter)
    refuse(may_answer(AskState(ask.state), for_doctor=ask.for_doctor, by_doctor=by_doctor(scope)))
    ask.answer = which
    clocks.pause(scope, ask)
    note(scope, letter, "ask")
    people.tell_hospital(scope, letter)
    return letter


def bring_papers(scope: Scope, letter_id: UUID, said: str, document_ids: Sequence[UUID] = ()) -> GuaranteeLetter:
    """What was asked for is there, and the clock goes on with what was left of it.

    Raises NotFound for a paper that is not the actor's or another member's, RuleRefused
    ``guarantees.no_papers_wanted``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    ask = _to_answer(scope, letter)
    refuse(may_bring_papers(AskState(ask.state)))
    found = check_usable(scope, document_ids) if document_ids else []
    if scope.actor.role is not Role.MEMBER and any(one.member_id not in {None, letter.member_id} for one in found):
        raise NotFound()
    ask.papers = [*ask.papers, *[str(one.id) for one in found]]
    words.seal(ask, {"note": said})
    clocks.start(scope, ask)
    note(scope, letter, "ask")
    if ask.for_doctor:
        people.tell_doctors(scope, letter, ask)
    return letter


def _to_answer(scope: Scope, letter: GuaranteeLetter) -> GuaranteeAsk:
    ask = queries.open_ask(scope, letter.id)
    if ask is None:
        raise RuleRefused(NOTHING_ASKED)
    return ask


def _promise(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk) -> None:
    """Price the whole stay anew and hold it; what reaches the threshold here goes to the doctor instead."""
    judgement, positions = stays.judged_promise(scope, letter, ask)
    parts = pricing.parts_of(judgement, positions)
    whole = sum((part.amount for part in parts), start=Money.zero(letter.currency))
    for_doctor = asking.send_to_doctor(scope, letter, ask, Money.zero(letter.currency), whole)
    refusal = may_answer(AskState(ask.state), for_doctor=for_doctor, by_doctor=by_doctor(scope))
    if refusal is not None:
        raise RuleRefused(refusal.reason, refusal.figures, keeps_changes=refusal.reason == DOCTOR_DECIDES)
    before = letter.promised_minor
    parts = stays.keep(scope, letter, ask, positions, judgement)
    held = holds.promise(scope, letter, parts, f"guarantee/{letter.id}/{ask.id}")
    if ask.asked_minor and not held:
        raise RuleRefused(NOTHING_LEFT, {"promised": held})
    letter.promised_minor = held.amount_minor
    letter.room = stays.decided_room(letter.room, judgement)
    ask.granted_minor = max(held.amount_minor - before, 0)


def _approve(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk) -> None:
    ask.answered_by, ask.answer = scope.actor.id, None
    clocks.stop(ask, AskState.APPROVED)
    note(scope, letter)
    people.tell_hospital(scope, letter)
    people.tell_hr(scope, letter)


def _tell_issued(scope: Scope, letter: GuaranteeLetter) -> None:
    """The last day on which the card can still be shown: a letter that ends at midnight ends the day before."""
    if letter.confirmed_by:
        people.tell_patient(scope, letter, "guarantee_given")
    elif letter.valid_until is not None:
        last_day = last_day_before(letter.valid_until, client_by_id(scope.client_id).timezone)
        people.tell_patient(scope, letter, "guarantee_issued", show_card_by=last_day)
