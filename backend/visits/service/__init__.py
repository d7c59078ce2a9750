"""Verbs of the front desk: who stands here, the visit, the bill, the keys of hospital systems."""

from backend.visits.service.attaching import attach_letter, take_referral
from backend.visits.service.attendance import cancel_visit, close_visit, open_visit
from backend.visits.service.bills import accept_bill, return_bill, send_bill
from backend.visits.service.eligibility import check_eligibility
from backend.visits.service.keys import list_keys, make_key, revoke_key
from backend.visits.service.read import bill_answer, list_bills, list_visits, visit_answer

__all__ = [
    "accept_bill",
    "attach_letter",
    "bill_answer",
    "cancel_visit",
    "check_eligibility",
    "close_visit",
    "list_bills",
    "list_keys",
    "list_visits",
    "make_key",
    "open_visit",
    "return_bill",
    "revoke_key",
    "send_bill",
    "take_referral",
    "visit_answer",
]
