"""Teleconsultations as tests need them, moved along by their own verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from backend.access import Actor, Role, working_for
from backend.benefits.models import Benefit
from backend.kit import clock
from backend.telemedicine import service
from backend.telemedicine.models import Prescription, RestCertificate, Teleconsultation
from tests.factories.accounts import actor_for, make_staff
from tests.factories.benefits import limit, make_benefit
from tests.factories.claims import Household, make_household

HARMLESS: dict[str, Any] = {
    "breathing": False,
    "chest_pain": False,
    "consciousness": False,
    "stroke": False,
    "bleeding": False,
    "self_harm": False,
    "days": 2,
    "told": "Sore throat since Monday",
    "pregnant": False,
}
"""Answers to the questions about something else, for anybody."""

ITEM = {"name": "Paracetamol 500 mg", "quantity": "10 tablets", "directions": "3 x 1 when feverish", "repeats": 0}


def cover_doctors(household: Household, *, amount: int = 1_000_000_00) -> None:
    """Give the household's plan a line for doctors and one for specialists, once."""
    with working_for(household.client.id) as scope:
        known = scope.session.scalar(
            select(Benefit.id).where(Benefit.client_id == scope.client_id, Benefit.plan_id == household.plan_id)
        )
        if known is None:
            make_benefit(scope, household.plan_id, code="OP", limits=[limit("year", amount)])
            specialist = {"code": "OP-SPECIALIST", "referral_required": True, "position": 1}
            make_benefit(scope, household.plan_id, **specialist, limits=[limit("year", amount)])


def covered_household(*, amount: int = 1_000_000_00, **facts: Any) -> Household:
    """A household whose plan pays for outpatients."""
    household = make_household(**facts)
    cover_doctors(household, amount=amount)
    return household


def a_doctor(household: Household, name: str = "dr. Ayu Lestari") -> Actor:
    """A doctor who is signed in."""
    return actor_for(Role.DOCTOR, household.client, staff_id=make_staff(household.client, Role.DOCTOR, name=name))


def make_consultation(household: Household, member_id: UUID | None = None, **facts: Any) -> Teleconsultation:
    """The employee asks for a doctor now and waits."""
    cover_doctors(household)
    values: dict[str, Any] = {"complaint": "other", "answers": HARMLESS, **facts}
    with working_for(household.client.id, household.actor, channel="app") as scope:
        return service.request(scope, member_id or household.employee_id, **values)


def make_talk(household: Household, doctor: Actor | None = None, **facts: Any) -> tuple[Teleconsultation, Actor]:
    """A consultation that is going on, and its doctor."""
    who = doctor or a_doctor(household)
    row = make_consultation(household, **facts)
    with working_for(household.client.id, who, channel="app") as scope:
        if row.doctor_id is None:
            service.take(scope, row.id)
        return service.begin(scope, row.id), who


def end_talk(household: Household, row: Teleconsultation, doctor: Actor, **facts: Any) -> Teleconsultation:
    """The doctor ends it with a diagnosis and a word of advice."""
    with working_for(household.client.id, doctor, channel="app") as scope:
        service.diagnose(scope, row.id, ["J06.9"])
        return service.end(scope, row.id, **({"advice": "Rest, and drink plenty."} | facts))


def make_prescription(
    household: Household, repeats: Sequence[int] = (0,), doctor: Actor | None = None
) -> tuple[Prescription, Actor]:
    """A prescription with an item for each number of repeats."""
    row, who = make_talk(household, doctor)
    with working_for(household.client.id, who, channel="app") as scope:
        return service.prescribe(scope, row.id, [ITEM | {"repeats": each} for each in repeats]), who


def make_certificate(household: Household) -> tuple[RestCertificate, Actor]:
    """A rest certificate from today to tomorrow."""
    row, who = make_talk(household)
    today = clock.today(household.client.timezone)
    with working_for(household.client.id, who, channel="app") as scope:
        return service.certify(scope, row.id, today, today), who


def ended_prescription(household: Household) -> UUID:
    """A prescription of a consultation that is over: the next one can begin."""
    paper, doctor = make_prescription(household)
    end_talk(household, _consultation_of(household, paper.consultation_id), doctor)
    return paper.id


def ended_certificate(household: Household) -> UUID:
    """The same for a certificate."""
    paper, doctor = make_certificate(household)
    end_talk(household, _consultation_of(household, paper.consultation_id), doctor)
    return paper.id


def _consultation_of(household: Household, consultation_id: UUID) -> Teleconsultation:
    with working_for(household.client.id) as scope:
        return scope.session.get_one(Teleconsultation, (scope.client_id, consultation_id))
