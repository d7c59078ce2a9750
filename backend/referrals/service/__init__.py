"""What can be done with a letter of guarantee; other domains use these names."""

from backend.referrals.service.letters import confirm, issue, lapse_due, request, void
from backend.referrals.service.read import letter_answer, letter_pdf, list_letters

__all__ = [
    "confirm",
    "issue",
    "lapse_due",
    "letter_answer",
    "letter_pdf",
    "list_letters",
    "request",
    "void",
]
