"""What a member can agree to, and who is asked."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """The closed list; each has its wording in ``consent_wordings.yml``, a legal text in the client's brand."""

    FAMILY_ACCESS = "family_access"
    """The employee acts for an adult dependant: sees their claims, sends papers for them."""
    WHATSAPP = "whatsapp_messages"
    """We write first on WhatsApp; Meta's rule asks for it."""
    MEDICAL_DISCLOSURE = "medical_disclosure"
    """Medical notes and papers go along when a complaint's dossier goes to an authority."""

    TERMS = "terms"
    """The client's terms of use, in the version that is shown."""
    PRIVACY = "privacy"
    """The client's privacy notice, in the version that is shown."""


LEGAL = (Purpose.TERMS, Purpose.PRIVACY)
"""Texts of the client that have versions; a new version asks everybody anew."""

NOT_OFFERED = "members.consent_not_offered"
WORDING_CHANGED = "members.consent_wording_changed"
ONLY_ONESELF = "members.consent_only_oneself"


def offered_to(relationship: str) -> tuple[Purpose, ...]:
    """The purposes a member of this relationship is asked about; an employee is nobody's dependant."""
    everybody = (Purpose.WHATSAPP, Purpose.MEDICAL_DISCLOSURE, *LEGAL)
    return everybody if relationship == "employee" else (Purpose.FAMILY_ACCESS, *everybody)


def still_stands(agreed: int | None, version: int | None, words: str, today: str | None) -> bool:
    """Whether a consent to the version ``agreed`` in ``words`` holds for ``version``; what has none holds for good.

    ``today`` is what the text says now in the language that was agreed in, None when it is shown in it no longer. An
    earlier brand that is put in force again brings back an earlier number: a higher one was given to other words.
    """
    if version is None:
        return True
    return agreed == version and (today is None or today.split() == words.split())
