"""Distances and boxes on the globe, and what a provider's opening hours mean: pure answers."""

from __future__ import annotations

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
