"""What can be done with a letter of guarantee; other domains use these names."""

from backend.guarantees.holds import hand_over
from backend.guarantees.service.checking import verify
from backend.guarantees.service.deciding import approve, bring_papers, issue, refuse_ask, want_papers
from backend.guarantees.service.estimating import Plans, estimate
from backend.guarantees.service.holding import confirm, extend, lapse_due, void
from backend.guarantees.service.paper import letter_pdf
from backend.guarantees.service.read import letter_answer, list_asks, list_letters
from backend.guarantees.service.requesting import request
from backend.guarantees.service.settling import Discharge, admit, asked_back, collect, finalise, leave
from backend.guarantees.service.undischarged import watch_discharges
from backend.guarantees.service.watching import watch
from backend.guarantees.told import Told

__all__ = [
    "Discharge",
    "Plans",
    "Told",
    "admit",
    "approve",
    "asked_back",
    "bring_papers",
    "collect",
    "confirm",
    "estimate",
    "extend",
    "finalise",
    "hand_over",
    "issue",
    "lapse_due",
    "leave",
    "letter_answer",
    "letter_pdf",
    "list_asks",
    "list_letters",
    "refuse_ask",
    "request",
    "verify",
    "void",
    "want_papers",
    "watch",
    "watch_discharges",
]
