"""What can be done with a claim, one file per use case."""

from backend.claims.service.appeal_claim import appeal_claim
from backend.claims.service.assess_claim import assess_claim
from backend.claims.service.decide_claim import confirm_claim, decide_claim, propose, send_back
from backend.claims.service.documents import add_document, remove_document
from backend.claims.service.draft import change_claim, start_claim, withdraw_claim
from backend.claims.service.intake import complete_claim, reinstate_claim, remind_returned, return_claim
from backend.claims.service.provider_patterns import compare_providers, list_patterns, set_aside
from backend.claims.service.read import claim_answer, list_claims, list_queue, requirements
from backend.claims.service.receipt import receipt_pdf, receipt_words
from backend.claims.service.submit import submit_claim
from backend.claims.service.workbench import workbench

__all__ = [
    "add_document",
    "appeal_claim",
    "assess_claim",
    "change_claim",
    "claim_answer",
    "compare_providers",
    "complete_claim",
    "confirm_claim",
    "decide_claim",
    "list_claims",
    "list_patterns",
    "list_queue",
    "propose",
    "receipt_pdf",
    "receipt_words",
    "reinstate_claim",
    "remind_returned",
    "remove_document",
    "requirements",
    "return_claim",
    "send_back",
    "set_aside",
    "start_claim",
    "submit_claim",
    "withdraw_claim",
    "workbench",
]
