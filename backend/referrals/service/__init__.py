"""What can be done with referrals; other domains use these names."""

from backend.referrals.service.acceptance import accept, cancel, complete
from backend.referrals.service.coverage import covers_visit
from backend.referrals.service.drafting import NewReferral
from backend.referrals.service.following import ask, continuation, grant_request, onward, send_back, write
from backend.referrals.service.issue import issue
from backend.referrals.service.paid_visits import issue_from_claim
from backend.referrals.service.paper import referral_pdf
from backend.referrals.service.path import path_answer
from backend.referrals.service.reading import (
    list_referrals,
    list_requests,
    referral_answer,
    request_answer,
    vocabulary,
)
from backend.referrals.service.requests import decline, grant, request
from backend.referrals.service.resealing import reseal_referrals, reseal_requests
from backend.referrals.service.scanning import scan
from backend.referrals.service.supplies import record_supply
from backend.referrals.service.watch import expire_due, remind_due

__all__ = [
    "NewReferral",
    "accept",
    "ask",
    "cancel",
    "complete",
    "continuation",
    "covers_visit",
    "decline",
    "expire_due",
    "grant",
    "grant_request",
    "issue",
    "issue_from_claim",
    "list_referrals",
    "list_requests",
    "onward",
    "path_answer",
    "record_supply",
    "referral_answer",
    "referral_pdf",
    "remind_due",
    "request",
    "request_answer",
    "reseal_referrals",
    "reseal_requests",
    "scan",
    "send_back",
    "vocabulary",
    "write",
]
