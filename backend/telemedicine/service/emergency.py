"""Danger in a teleconsultation: the helpline's emergency path has it at once, the consultation is over."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.clients.registry import client_by_id
from backend.helpline import service as helpline
from backend.helpline.models import Desk, HelplineCase, Priority
from backend.helpline.service import Caller
from backend.telemedicine import queries
from backend.telemedicine.models import Teleconsultation
from backend.telemedicine.rules.states import Move
from backend.telemedicine.service.moves import begin_move, moved, release
from backend.telemedicine.thread import say

PLACE = {"awaits": "emergency_place"}
"""In the thread: the next words are where somebody is in danger (as after an emergency in the conversation)."""

_IN_TRIAGE = "Danger signs in the answers before a teleconsultation."
_BY_DOCTOR = "A doctor sends this teleconsultation to emergency care."


def send_to_emergency_care(scope: Scope, row: Teleconsultation, interrupted: Teleconsultation | None = None) -> None:
    """Before all others in the doctors' queue, with instructions in the thread (S0-80, S0-92).

    ``interrupted`` is a consultation the member was still waiting for: the emergency takes its place.
    """
    case = _emergency(scope, row, _IN_TRIAGE)
    if interrupted is not None:
        moved(scope, interrupted, Move.DIVERT)
        release(scope, interrupted)
    row.case_id = row.case_id or case.id
    _instruct(scope, row, case)


def divert(scope: Scope, consultation_id: UUID) -> Teleconsultation:
    """A doctor sends somebody to emergency care; said again it changes nothing. Raises NotFound, RuleRefused."""
    row = begin_move(scope, consultation_id, Move.DIVERT)
    if row is None:
        return queries.consultation(scope, consultation_id)
    case = _emergency(scope, row, _BY_DOCTOR)
    moved(scope, row, Move.DIVERT)
    release(scope, row)
    _instruct(scope, row, case)
    return row


def _emergency(scope: Scope, row: Teleconsultation, summary: str) -> HelplineCase:
    caller = Caller(row.member_id, row.language, row.channel)
    case = helpline.open_case(
        scope, row.conversation_id, "emergency", Priority.URGENT, summary, caller=caller, desk=Desk.DOCTOR
    )
    audit.record(scope, "create", "helpline_case", case.id, member_id=row.member_id)
    return case


def _instruct(scope: Scope, row: Teleconsultation, case: HelplineCase) -> None:
    number = brand_for(client_by_id(scope.client_id)).emergency_number
    say(scope, row, "emergency", remember=PLACE, number=number, case=case.number)
