"""What a facility is, what it does, and on which level of care that stands (S0-21, S0-29..S0-40)."""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class Kind(StrEnum):
    """What a provider is."""

    CLINIC = "clinic"
    HOSPITAL = "hospital"
    LABORATORY = "laboratory"
    PHARMACY = "pharmacy"
    OPTICIAN = "optician"
    DENTIST = "dentist"


class Tier(StrEnum):
    """Place in tiered managed care: first level, specialist, sub-specialist (S0-21)."""

    FIRST = "ppk1"
    SECOND = "ppk2"
    THIRD = "ppk3"


class Level(StrEnum):
    """Levels of care: first-level outpatient, advanced outpatient, advanced inpatient (S0-29, S0-34, S0-38)."""

    FIRST_OUTPATIENT = "rjtp"
    ADVANCED_OUTPATIENT = "rjtl"
    INPATIENT = "ritl"


class Service(StrEnum):
    """What members go to a facility for (S0-30..S0-33, S0-35..S0-37, S0-39, S0-40)."""

    GENERAL_PRACTICE = "general_practice"
    GENERAL_DENTISTRY = "general_dentistry"
    LABORATORY = "laboratory"
    PHARMACY = "pharmacy"
    EMERGENCY = "emergency"
    SPECIALIST = "specialist"
    PREGNANCY = "pregnancy"
    INPATIENT = "inpatient"
    AFTER_HOSPITAL = "after_hospital"
    OPTICAL = "optical"


_LEVELS = {
    Service.GENERAL_PRACTICE: Level.FIRST_OUTPATIENT,
    Service.GENERAL_DENTISTRY: Level.FIRST_OUTPATIENT,
    Service.LABORATORY: Level.FIRST_OUTPATIENT,
    Service.PHARMACY: Level.FIRST_OUTPATIENT,
    Service.OPTICAL: Level.FIRST_OUTPATIENT,
    Service.EMERGENCY: Level.ADVANCED_OUTPATIENT,
    Service.SPECIALIST: Level.ADVANCED_OUTPATIENT,
    Service.PREGNANCY: Level.ADVANCED_OUTPATIENT,
    Service.INPATIENT: Level.INPATIENT,
    Service.AFTER_HOSPITAL: Level.INPATIENT,
}
_USUAL = {
    Kind.CLINIC: (Service.GENERAL_PRACTICE,),
    Kind.DENTIST: (Service.GENERAL_DENTISTRY,),
    Kind.LABORATORY: (Service.LABORATORY,),
    Kind.PHARMACY: (Service.PHARMACY,),
    Kind.OPTICIAN: (Service.OPTICAL,),
    Kind.HOSPITAL: (
        Service.EMERGENCY,
        Service.SPECIALIST,
        Service.PREGNANCY,
        Service.INPATIENT,
        Service.AFTER_HOSPITAL,
        Service.LABORATORY,
        Service.PHARMACY,
    ),
}
_MOST_ADVANCED = {
    Tier.FIRST: (Level.FIRST_OUTPATIENT,),
    Tier.SECOND: (Level.FIRST_OUTPATIENT, Level.ADVANCED_OUTPATIENT, Level.INPATIENT),
    Tier.THIRD: (Level.FIRST_OUTPATIENT, Level.ADVANCED_OUTPATIENT, Level.INPATIENT),
}


def level_of(service: Service) -> Level:
    """The level of care a service belongs to."""
    return _LEVELS[service]


def usual_services(kind: Kind) -> tuple[Service, ...]:
    """What a facility of a kind does when its file does not say."""
    return _USUAL[kind]


def within_tier(service: Service, tier: Tier | None) -> bool:
    """Whether a facility of a tier may do it: a first-tier clinic gives no advanced care; without a tier all goes."""
    return tier is None or level_of(service) in _MOST_ADVANCED[tier]


def needs_referral(service: Service) -> bool:
    """Whether managed care sends one there from the first tier; an emergency goes straight (S0-35)."""
    return level_of(service) is not Level.FIRST_OUTPATIENT and service is not Service.EMERGENCY


def search_name(text: str) -> str:
    """A name as it is compared: lower case, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).lower().split())
