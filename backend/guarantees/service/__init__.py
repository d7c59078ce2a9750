"""What can be done with a letter of guarantee; other domains use these names."""

from backend.guarantees.service.letters import confirm, issue, lapse_due, request, void
from backend.guarantees.service.read import letter_answer, letter_pdf, list_letters

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
