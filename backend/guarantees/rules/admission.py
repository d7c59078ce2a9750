"""Which admissions a guarantee is given for: what kind of care, how long, sent by whom, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.benefits.rules import BenefitGroup
from backend.kit.refusal import Refusal
from backend.providers.rules.standing import NO_NETWORK, NOT_IN_NETWORK

OUTPATIENT_PAYS = "guarantees.outpatient_pays"
SHORT_STAY = "guarantees.short_stay"
NOT_SENT_BY_DOCTOR = "guarantees.not_sent_by_doctor"
ABROAD = "guarantees.abroad"
NOT_CASHLESS = "guarantees.not_cashless"


class Care(StrEnum):
    """What the patient comes for."""

    INPATIENT = "inpatient"
    SURGERY = "surgery"
    MATERNITY = "maternity"
    OUTPATIENT = "outpatient"
    DENTAL = "dental"


PAID_FIRST = frozenset([Care.OUTPATIENT, Care.DENTAL])
_GROUPS = {
    Care.MATERNITY: (BenefitGroup.MATERNITY, BenefitGroup.INPATIENT),
    Care.OUTPATIENT: (BenefitGroup.OUTPATIENT,),
    Care.DENTAL: (BenefitGroup.DENTAL,),
}
GUARANTEED = tuple(care for care in Care if care not in PAID_FIRST)


@dataclass(frozen=True, slots=True)
class Admission:
    """What the hospital says about it; None is what it does not know yet."""

    care: Care
    sent_by_doctor: bool | None = None
    expected_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Hospital:
    """Where: abroad or not, and why it is not in the plan's network, when it is not."""

    abroad: bool
    cashless: bool
    problem: Refusal | None = None


def may_admit(admission: Admission, minimum_hours: int) -> Refusal | None:
    """Is a guarantee given for this kind of stay? None means yes.

    Whoever comes without being admitted is treated as a public patient, pays and is reimbursed (S1-22, S1-58). An
    inpatient stays at least so many hours and is sent by a doctor, which surgery does not need (S1-61).
    """
    if admission.care in PAID_FIRST:
        return Refusal(OUTPATIENT_PAYS)
    if admission.care is Care.SURGERY:
        return None
    if admission.expected_hours is not None and admission.expected_hours < minimum_hours:
        return Refusal(SHORT_STAY, {"hours": admission.expected_hours, "minimum": minimum_hours})
    return Refusal(NOT_SENT_BY_DOCTOR) if admission.sent_by_doctor is False else None


def may_treat(hospital: Hospital, *, network_only: bool) -> Refusal | None:
    """May the letter be made out to this hospital? None means yes.

    Treatment abroad is reimbursed, never guaranteed (S1-62). A hospital whose contract has ended, or that never had
    one, says its own reason where the plan pays in the network only; else the plan answers for it there too (S2-6).
    One with a contract that settles by reimbursement takes no letter (S1-17).
    """
    if hospital.abroad:
        return Refusal(ABROAD)
    if hospital.problem is not None:
        never_had_one = hospital.problem.reason in {NOT_IN_NETWORK, NO_NETWORK}
        return None if never_had_one and not network_only else hospital.problem
    return None if hospital.cashless else Refusal(NOT_CASHLESS)


def benefit_groups(care: Care) -> tuple[BenefitGroup, ...]:
    """The groups of a plan that pay for this care, the closest first."""
    return _GROUPS.get(care, (BenefitGroup.INPATIENT,))
