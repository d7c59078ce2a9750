"""Verbs of the members domain; other domains use these names."""

from backend.members.service.cards import card_image, cover_state, issue_card, report_card_loss
from backend.members.service.consents import give_consent, list_consents, withdraw_consent
from backend.members.service.registration import add_dependant, register_employee, terminate

__all__ = [
    "add_dependant",
    "card_image",
    "cover_state",
    "give_consent",
    "issue_card",
    "list_consents",
    "register_employee",
    "report_card_loss",
    "terminate",
    "withdraw_consent",
]
