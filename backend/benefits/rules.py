"""What is left of a benefit, from when it counts, what it never covers (S0-11..S0-20, S2-34, S2-35)."""

from __future__ import annotations

from enum import StrEnum


class BenefitGroup(StrEnum):
    """The ten benefit groups of an employee health plan (S0-11..S0-20)."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    DENTAL = "dental"
    MATERNITY = "maternity"
    OPTICAL = "optical"
    PHARMACY = "pharmacy"
    MEDICAL_CHECKUP = "medical_checkup"
    EMERGENCY = "emergency"
    AMBULANCE = "ambulance"
    GUARANTEE = "guarantee"


class Basis(StrEnum):
    """Over what a limit counts: each day, each visit, each case, one or more policy years, a lifetime."""

    DAY = "day"
    VISIT = "visit"
    CASE = "case"
    YEAR = "year"
    LIFETIME = "lifetime"


class SharedBy(StrEnum):
    """Whether one person or the whole family draws from the limit."""

    PERSON = "person"
    FAMILY = "family"
