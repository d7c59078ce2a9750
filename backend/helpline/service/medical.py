"""The doctor on duty: notes that only doctors read, and what came of it (S0-92).

PostgreSQL shows the rows only to a transaction that ``app_open_medical`` opened for a doctor's sign-in, and their text
is sealed for the note it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from backend.access import Role, Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.errors import Forbidden
from backend.helpline import queries
from backend.helpline.models import CaseState, Desk, HelplineCase, MedicalNote
from backend.helpline.rules import cases as rules
from backend.helpline.rules.medical import follow_up_of
from backend.helpline.service.handling import hold
from backend.helpline.service.looking import detail
from backend.helpline.service.opening import Caller, open_case
from backend.helpline.service.steps import refuse_if, standing_of, write_step
from backend.integrations import registry
from backend.kit import ids
from backend.members import queries as members
from backend.members.rules.consents import Purpose


def medical_notes(scope: Scope, case_id: UUID) -> dict[str, Any]:
    """What doctors wrote about a case, oldest first; the look is recorded. Raises Forbidden, NotFound."""
    _as_doctor(scope)
    case = queries.case(scope, case_id)
    rows = queries.medical_notes(scope, case.id)
    names = accounts.display_names(scope, {row.doctor_id for row in rows})
    audit.record_look(scope, "medical_note", case.id, member_id=case.member_id)
    return {"items": [_shown(scope, row, names.get(row.doctor_id)) for row in rows]}


def write_medical_note(scope: Scope, case_id: UUID, text: str) -> dict[str, Any]:
    """Keep a note that only doctors read. Raises Forbidden, NotFound."""
    _as_doctor(scope)
    case = queries.case(scope, case_id, lock=True)
    row = _keep(scope, case, text)
    write_step(scope, case, "medical_noted")
    return _shown(scope, row, accounts.display_names(scope, [row.doctor_id]).get(row.doctor_id))


def medical_outcome(
    scope: Scope, case_id: UUID, outcome: str, note: str, *, begun: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the doctor decided: everybody sees that there is an outcome, doctors which and why.

    What others have to arrange becomes a case of the helpline that says what, not why; what the doctor has ``begun``
    nobody arranges, and doctors find it from here. Raises Forbidden, NotFound, RuleRefused when a colleague has the
    case or it is closed.
    """
    _as_doctor(scope)
    case = queries.case(scope, case_id, lock=True)
    refuse_if(scope, rules.may_take(*standing_of(scope, case)))
    if case.state == CaseState.OPEN:
        hold(scope, case)
        write_step(scope, case, "taken")
    _keep(scope, case, note, outcome)
    write_step(scope, case, "medical_outcome", facts=begun)
    wanted = None if begun else follow_up_of(outcome)
    if wanted is not None:
        caller = Caller(case.member_id, case.language, case.channel)
        summary = f"The doctor on duty asks for this: {case.number}."
        place = {"location": case.filled["location"]} if "location" in case.filled else None
        made = open_case(
            scope,
            case.conversation_id,
            wanted.reason,
            wanted.priority,
            summary,
            caller=caller,
            desk=Desk.HELPLINE,
            filled=place,
        )
        write_step(scope, case, "follow_up", facts={"case": made.number}, is_work=False)
    return detail(scope, case.id)


def disclosed_notes(scope: Scope, member_id: UUID, case_ids: Sequence[UUID]) -> list[tuple[MedicalNote, str]]:
    """What doctors wrote in these cases, each with its words, for an authority the member agreed to.

    Raises Forbidden for everybody but the system itself, and without the member's standing consent.
    """
    agreed = members.standing_consent(scope, member_id, Purpose.MEDICAL_DISCLOSURE.value)
    if scope.actor.role is not Role.SYSTEM or agreed is None:
        raise Forbidden()
    scope.session.execute(select(func.set_config("app.medical_client", str(scope.client_id), True)))  # noqa: FBT003
    rows = [row for case_id in case_ids for row in queries.medical_notes(scope, case_id)]
    scope.session.execute(select(func.set_config("app.medical_client", "", True)))  # noqa: FBT003
    ring = registry.current().settings.keys
    return [(row, ring.unseal(row.sealed, _context(row.id)).decode()) for row in rows]


def reseal_medical_notes(scope: Scope, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """After a rotation of the master key: the next ``limit`` notes under the newest one, by id after ``after``.

    Returns where to go on, None at the end, and how many were under an older key. Raises SealBroken, and Forbidden for
    everybody but the system itself.
    """
    if scope.actor.role is not Role.SYSTEM:
        raise Forbidden()
    scope.session.execute(select(func.set_config("app.medical_client", str(scope.client_id), True)))  # noqa: FBT003
    batch = queries.next_medical_notes(scope, after, limit)
    ring = registry.current().settings.keys
    old = [row for row in batch if not ring.is_current(row.sealed)]
    for row in old:
        row.sealed = ring.seal(ring.unseal(row.sealed, _context(row.id)), _context(row.id))
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), len(old)


def _as_doctor(scope: Scope) -> None:
    """Show medical notes to this transaction; raises Forbidden unless a doctor of this client is signed in."""
    opened = scope.actor.role is Role.DOCTOR and scope.session.scalar(
        select(func.app_open_medical(scope.actor.session_id))
    )
    if not opened:
        raise Forbidden()


def _keep(scope: Scope, case: HelplineCase, text: str, outcome: str | None = None) -> MedicalNote:
    note_id = ids.new_id()
    sealed = registry.current().settings.keys.seal(text.encode(), _context(note_id))
    row = MedicalNote(
        client_id=scope.client_id,
        id=note_id,
        case_id=case.id,
        doctor_id=scope.actor.id,
        sealed=sealed,
        outcome=outcome,
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "medical_note", row.id, member_id=case.member_id)
    return row


def _shown(scope: Scope, row: MedicalNote, name: str | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "text": registry.current().settings.keys.unseal(row.sealed, _context(row.id)).decode(),
        "outcome": row.outcome,
        "by": {"role": Role.DOCTOR.value, "name": name},
        "at": row.created_at,
    }


def _context(note_id: UUID) -> str:
    return f"medical_note:{note_id}"
