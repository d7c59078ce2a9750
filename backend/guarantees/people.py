"""Who is told what became of a letter: the patient, the hospital's desk, HR, doctors and supervisors.

Colleagues, hospitals and HR get a number and a day; nobody gets a name or an illness.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.access import Role, Scope
from backend.accounts.queries import staff_of_client
from backend.clients.registry import client_by_id
from backend.guarantees.models import GuaranteeAsk, GuaranteeLetter
from backend.kit.deadlines import local_date
from backend.notifications.service import notify, notify_staff


def tell_patient(scope: Scope, letter: GuaranteeLetter, event: str, **facts: Any) -> None:
    """The patient, or whoever acts for them."""
    notify(scope, event, letter.member_id, {"letter_number": letter.number, **facts})


def tell_hospital(scope: Scope, letter: GuaranteeLetter) -> None:
    """The desk the letter is made out to: something was answered; what, it reads after signing in."""
    if letter.provider_id is not None:
        _tell(scope, Role.PROVIDER, "guarantee_answered", {"letter_number": letter.number}, letter.provider_id)


def ask_for_discharge(scope: Scope, letter: GuaranteeLetter, leaves_on: date) -> None:
    """The desk of the hospital: the stay is over by the letter, and its bill has not come."""
    if letter.provider_id is not None:
        facts = {"letter_number": letter.number, "leaves_on": leaves_on}
        _tell(scope, Role.PROVIDER, "guarantee_discharge_wanted", facts, letter.provider_id)


def raise_to_claims(scope: Scope, letter: GuaranteeLetter, leaves_on: date) -> None:
    """Claims staff settle with the hospital what became of the stay, or withdraw the letter."""
    facts = {"letter_number": letter.number, "leaves_on": leaves_on}
    _tell(scope, Role.CLAIMS, "guarantee_discharge_missing", facts)


def tell_hr(scope: Scope, letter: GuaranteeLetter) -> None:
    """The employer's HR: a letter was given, extended or settled. Why somebody is in hospital it never reads."""
    _tell(scope, Role.HR, "guarantee_for_hr", {"letter_number": letter.number})


def tell_doctors(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk) -> None:
    """The doctors who decide: an ask above the contract's amount waits."""
    _tell(scope, Role.DOCTOR, "guarantee_for_review", _due(scope, letter, ask))


def warn(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk, event: str) -> None:
    """Whoever can answer, and once it is late the supervisors too."""
    facts = _due(scope, letter, ask)
    _tell(scope, Role.DOCTOR if ask.for_doctor else Role.AGENT, event, facts)
    if event == "guarantee_overdue":
        _tell(scope, Role.ADMIN, event, facts)


def _due(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk) -> dict[str, Any]:
    assert ask.answer_by is not None, "only what waits is due"
    zone = client_by_id(scope.client_id).timezone
    return {
        "letter_number": letter.number,
        "due_by": local_date(ask.answer_by, zone),
        "due_time": ask.answer_by.astimezone(ZoneInfo(zone)).strftime("%H:%M"),
    }


def _tell(scope: Scope, role: Role, event: str, facts: Mapping[str, Any], provider_id: UUID | None = None) -> None:
    for staff, post in staff_of_client(scope):
        if staff.active and post.role == role.value and (provider_id is None or post.provider_id == provider_id):
            notify_staff(scope, event, staff.id, facts)
