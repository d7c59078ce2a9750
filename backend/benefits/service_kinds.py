"""The kinds of service that a benefit can stand for, as plan files name them and the lines of a bill are read."""

from __future__ import annotations

from enum import StrEnum


class ServiceKind(StrEnum):
    """What a line of a bill is a price for, as far as plans divide it over their benefits (S0-11..S0-20)."""

    GENERAL_PRACTITIONER = "general_practitioner"
    SPECIALIST = "specialist"
    REGISTRATION = "registration"
    TREATMENT = "treatment"
    THERAPY = "therapy"
    TEST = "test"
    MEDICINE = "medicine"
    VITAMIN = "vitamin"
    DENTAL = "dental"
    LENSES = "lenses"
    FRAME = "frame"
    BIRTH = "birth"
    ROOM = "room"
    INTENSIVE_CARE = "intensive_care"
    SURGERY = "surgery"
    AMBULANCE = "ambulance"
    CHECKUP = "checkup"
    VACCINATION = "vaccination"
