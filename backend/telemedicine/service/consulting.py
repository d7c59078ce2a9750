"""The doctor's side: take, begin, call, give back, end; and the member's: join, cancel (S0-84, S0-92)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.conversations.telephone import callback
from backend.errors import RuleRefused
from backend.helpline import queries as cases
from backend.helpline import service as helpline
from backend.helpline.models import CaseState, Desk, Priority
from backend.helpline.service import Caller
from backend.kit import clock
from backend.members import queries as members
from backend.notifications.service import notify
from backend.telemedicine import queries, sealed
from backend.telemedicine.models import Teleconsultation
from backend.telemedicine.refusals import refuse
from backend.telemedicine.rules import states
from backend.telemedicine.rules.certificates import follow_up_problem
from backend.telemedicine.rules.states import Move
from backend.telemedicine.service.moves import begin_move, consume, moved, release, settle_no_show
from backend.telemedicine.thread import say
from backend.telemedicine.video import link_of

REASON = "telemedicine"
"""The reason of the case in which doctor and member write to each other."""

NO_TELEPHONE = "telemedicine.no_telephone"
NOT_WITH_A_DOCTOR = "telemedicine.not_with_a_doctor"


def take(scope: Scope, consultation_id: UUID) -> Teleconsultation:
    """The actor is the doctor from now on and the member is told; one doctor gets it, the other hears who was first.

    From here on what the member writes reaches the doctor and the bot keeps still. Raises NotFound, RuleRefused.
    """
    row = queries.consultation(scope, consultation_id, lock=True)
    if states.is_said_again(row.standing, Move.TAKE, states.Mover("doctor", scope.actor.id)):
        return row
    refusal = states.may(Move.TAKE, row.standing, states.Mover("doctor", scope.actor.id), clock.now())
    if refusal is not None and refusal.reason == states.TAKEN_BY_OTHER and row.doctor_id:
        names = accounts.display_names(scope, [row.doctor_id])
        raise RuleRefused(refusal.reason, {"name": names.get(row.doctor_id, "")})
    refuse(refusal)
    caller = Caller(row.member_id, row.language, row.channel)
    summary = f"Teleconsultation {row.number}"
    case = helpline.open_case(
        scope, row.conversation_id, REASON, Priority.HIGH, summary, caller=caller, desk=Desk.DOCTOR
    )
    helpline.take(scope, case.id)
    row.case_id, row.doctor_id = case.id, scope.actor.id
    row.queued_at = row.queued_at or clock.now()
    row.called_at = clock.now()
    moved(scope, row, Move.TAKE)
    name = next(iter(accounts.display_names(scope, [scope.actor.id] if scope.actor.id else []).values()), "")
    link = link_of(scope, row)
    if link:
        say(scope, row, "telemedicine_ready_video", name=name, link=link)
    else:
        say(scope, row, "telemedicine_ready", name=name)
    notify(scope, "teleconsultation_ready", row.asked_by, {})
    return row


def join(scope: Scope, consultation_id: UUID) -> Teleconsultation:
    """The member is there; said again it changes nothing. Raises NotFound, RuleRefused."""
    return _begin(scope, consultation_id, Move.JOIN)


def begin(scope: Scope, consultation_id: UUID) -> Teleconsultation:
    """The doctor sees that the member is there: they write, or picked up. Raises NotFound, RuleRefused."""
    return _begin(scope, consultation_id, Move.BEGIN)


def put_back(scope: Scope, consultation_id: UUID, why: str) -> Teleconsultation:
    """The doctor cannot go on: the next one goes on, before everybody who came later. Raises NotFound, RuleRefused."""
    row = begin_move(scope, consultation_id, Move.PUT_BACK)
    if row is None:
        return queries.consultation(scope, consultation_id)
    _let_go(scope, row)
    return_to_queue(scope, row, why)
    return row


def return_to_queue(scope: Scope, row: Teleconsultation, why: str) -> None:
    """Back into the queue at its old place, nobody's, in front of those who wait for the first time."""
    row.doctor_id = row.called_at = row.began_at = None
    row.rank = 0
    moved(scope, row, Move.PUT_BACK, why)
    say(scope, row, "telemedicine_next_doctor")


def miss(scope: Scope, consultation_id: UUID) -> Teleconsultation:
    """The member did not come in time. Raises NotFound, RuleRefused ``telemedicine.still_time``."""
    row = begin_move(scope, consultation_id, Move.MISS)
    if row is None:
        return queries.consultation(scope, consultation_id)
    missed(scope, row)
    return row


def missed(scope: Scope, row: Teleconsultation) -> None:
    """A doctor waited for nothing: it is over, and whether it counts is the contract's word."""
    moved(scope, row, Move.MISS)
    settle_no_show(scope, row)
    _close_case(scope, row, "The member did not come.")
    say(scope, row, "telemedicine_missed")


def cancel(scope: Scope, consultation_id: UUID) -> Teleconsultation:
    """The member does not need it any more; what was held is free again. Raises NotFound, RuleRefused."""
    row = begin_move(scope, consultation_id, Move.CANCEL)
    if row is None:
        return queries.consultation(scope, consultation_id)
    moved(scope, row, Move.CANCEL)
    release(scope, row)
    _close_case(scope, row, "Cancelled by the member.")
    return row


def end(scope: Scope, consultation_id: UUID, *, advice: str, follow_up_on: Any = None) -> Teleconsultation:
    """It took place: it counts against the benefit by itself, and the member reads the result (S0-84).

    Raises NotFound, RuleRefused ``telemedicine.no_diagnosis``, ``follow_up_past``, ``follow_up_far``.
    """
    row = begin_move(scope, consultation_id, Move.END)
    if row is None:
        return queries.consultation(scope, consultation_id)
    if follow_up_on is not None:
        refuse(follow_up_problem(follow_up_on, clock.today(client_by_id(scope.client_id).timezone)))
        row.follow_up_on = follow_up_on
    row.advice = sealed.seal(advice, "teleconsultation.advice", row.id)
    moved(scope, row, Move.END)
    consume(scope, row)
    _close_case(scope, row, "The consultation took place.", ask=True)
    say(scope, row, "telemedicine_result")
    notify(scope, "teleconsultation_result", row.asked_by, {})
    return row


def call(scope: Scope, consultation_id: UUID, phone: str | None) -> dict[str, Any]:
    """Ring the doctor's own telephone, then the member's, through the helpline's lines.

    Raises NotFound, RuleRefused ``telemedicine.no_telephone``, and those of a call-back.
    """
    row = queries.consultation(scope, consultation_id, lock=True)
    if row.state not in states.WITH_A_DOCTOR or row.case_id is None:
        raise RuleRefused(NOT_WITH_A_DOCTOR)
    if row.doctor_id != scope.actor.id:
        raise RuleRefused(states.NOT_YOURS)
    number = members.member(scope, row.member_id).phone or members.member(scope, row.asked_by).phone
    if not number:
        raise RuleRefused(NO_TELEPHONE)
    asked = callback.ask(scope, row.conversation_id, row.case_id, number, row.language)
    return callback.attempt(scope, asked.id, phone)


def doctor_notes(scope: Scope, consultation_id: UUID) -> dict[str, Any]:
    """What doctors wrote in the consultation; doctors only, the look is recorded. Raises NotFound, Forbidden."""
    row = queries.consultation(scope, consultation_id)
    if row.case_id is not None:
        return helpline.medical_notes(scope, row.case_id)
    audit.record_look(scope, "medical_note", row.id, member_id=row.member_id)
    return {"items": []}


def write_note(scope: Scope, consultation_id: UUID, text: str) -> dict[str, Any]:
    """A sealed note that only doctors read. Raises NotFound, Forbidden, RuleRefused."""
    row = queries.consultation(scope, consultation_id)
    if row.case_id is None:
        raise RuleRefused(NOT_WITH_A_DOCTOR)
    return helpline.write_medical_note(scope, row.case_id, text)


def _begin(scope: Scope, consultation_id: UUID, move: Move) -> Teleconsultation:
    row = begin_move(scope, consultation_id, move)
    if row is None:
        return queries.consultation(scope, consultation_id)
    row.began_at = clock.now()
    moved(scope, row, move)
    return row


def _let_go(scope: Scope, row: Teleconsultation) -> None:
    """The case behind it is nobody's any more, when it still is the actor's."""
    if row.case_id is None:
        return
    case = cases.case(scope, row.case_id)
    if case.state == CaseState.TAKEN and case.assigned_to == scope.actor.id:
        helpline.release(scope, case.id)


def _close_case(scope: Scope, row: Teleconsultation, outcome: str, *, ask: bool = False) -> None:
    """The thread is the bot's again."""
    if row.case_id is not None:
        helpline.close_as_over(scope, row.case_id, outcome, ask=ask)
        audit.record(scope, "update", "helpline_case", row.case_id, member_id=row.member_id)
