"""What a member can agree to, and who is asked."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """The closed list; each has its wording in ``consent_wordings.yml``."""

    FAMILY_ACCESS = "family_access"
    """The employee acts for an adult dependant: sees their claims, sends papers for them."""
    WHATSAPP = "whatsapp_messages"
    """We write first on WhatsApp; Meta's rule asks for it."""
    MEDICAL_DISCLOSURE = "medical_disclosure"
    """Medical notes and papers go along when a complaint's dossier goes to an authority."""


NOT_OFFERED = "members.consent_not_offered"
WORDING_CHANGED = "members.consent_wording_changed"
ONLY_ONESELF = "members.consent_only_oneself"


def offered_to(relationship: str) -> tuple[Purpose, ...]:
    """The purposes a member of this relationship is asked about; an employee is nobody's dependant."""
    everybody = (Purpose.WHATSAPP, Purpose.MEDICAL_DISCLOSURE)
    return everybody if relationship == "employee" else (Purpose.FAMILY_ACCESS, *everybody)
