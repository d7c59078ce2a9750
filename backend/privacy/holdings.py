"""What every table holds of a person: how their rows are found, what a copy shows of them, what an erasure does.

The record of processing as data (UU 27/2022 Ps 31). A table that is neither here nor in ``NOBODYS`` fails a test, so
that nobody adds one without saying what becomes of it. ``whose`` may use the names of ``queries.Person.binds``; order
matters: what points at a row goes before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import text

from backend.privacy.rules.retention import Category

NAMELESS = "—"
"""Stands where a name was."""


class Way(Enum):
    """What an erasure does with rows when it does not clear columns or keep them for the law."""

    DELETE = "delete"
    BY_FUNCTION = "by_function"
    """Words of a record that only grows, taken out by the database's ``erase_words``."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """The columns that lose what they say, with what stands there afterwards."""

    values: Mapping[str, Any] = field(default_factory=dict)
    keeps: Category | None = None
    """Why the rest of the row stays, when a law is the reason."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of a person in one table. ``topic`` names the file of a copy, None when a copy does not show them."""

    table: str
    whose: str
    erasure: Way | Cleared | Category
    topic: str | None = None
    hidden: tuple[str, ...] = ()
    """Columns that a copy leaves out: keys of ours, and what staff noted for each other."""


_MEMBER = "member_id = :member"
_THREAD = "conversation_id = ANY(:threads)"
_CALL = "call_id = ANY(:calls)"
_CASE = "case_id = ANY(:cases)"
_IDENTITY = "identity_id = ANY(:identities)"
_CLAIM = "claim_id IN (SELECT id FROM claim WHERE client_id = :client AND member_id = :member)"
_DRAFT = "claim_id IN (SELECT id FROM claim WHERE client_id = :client AND member_id = :member AND status = 'draft')"
_COMPLAINT = "complaint_id IN (SELECT id FROM complaint WHERE client_id = :client AND member_id = :member)"
_LETTER = "letter_id IN (SELECT id FROM guarantee_letter WHERE client_id = :client AND member_id = :member)"
_BILL = "bill_id IN (SELECT id FROM provider_bill WHERE client_id = :client AND member_id = :member)"
_REFERRAL = "referral_id IN (SELECT id FROM referral WHERE client_id = :client AND member_id = :member)"
_TALK = "consultation_id IN (SELECT id FROM teleconsultation WHERE client_id = :client AND member_id = :member)"
_RECIPE = "prescription_id IN (SELECT id FROM prescription WHERE client_id = :client AND member_id = :member)"
_JUDGED = "judgement_id IN (SELECT id FROM judgement WHERE client_id = :client AND member_id = :member)"
_EXCESS = "excess_id IN (SELECT id FROM excess WHERE client_id = :client AND member_id = :member)"
_TOLD = "notification_id IN (SELECT id FROM notification WHERE client_id = :client AND member_id = :member)"
_PAID = (
    "payment_id IN (SELECT payment_id FROM payment_item WHERE client_id = :client AND payable_id IN "
    "(SELECT id FROM payable WHERE client_id = :client AND member_id = :member AND payee = 'member'))"
)
_PAPER = (
    "document_id IN (SELECT id FROM document WHERE client_id = :client AND member_id = :member"
    " AND id <> ALL(:vouchers))"
)
_ACCOUNT_PAID = "EXISTS (SELECT FROM payment AS p WHERE p.client_id = :client AND p.account_id = bank_account.id)"

_ACCOUNTING, _MEDICAL, _EVIDENCE = Category.ACCOUNTING, Category.MEDICAL, Category.EVIDENCE

_CONVERSATIONS = (
    Holding("verification", f"{_THREAD} OR {_MEMBER}", Way.DELETE),
    Holding("contact_identifier", _THREAD, Way.DELETE, "conversations"),
    Holding(
        "message",
        _THREAD,
        Cleared(
            {
                "text": "",
                "payload": None,
                "args": {},
                "buttons": [],
                "media": [],
                "location": None,
                "intent": None,
                "vendor_id": None,
            }
        ),
        "conversations",
        ("vendor_id", "send_state", "staff_id", "intent", "args", "buttons"),
    ),
    Holding(
        "inbound_event",
        "vendor_key = ANY(:sids) OR split_part(vendor_key, ':', 1) = ANY(:sids) OR payload->>'From' = ANY(:addresses)",
        Cleared({"payload": {}, "answer": None}),
    ),
    Holding("callback", _THREAD, Cleared({"phone": ""}), "conversations", ("agent_phone", "agent_sid")),
    Holding("voicemail", _THREAD, Way.DELETE),
    Holding("call_recording", _CALL, Cleared({"state": "forgotten"})),
    Holding("recording_consent", _CALL, _EVIDENCE, "consents"),
    Holding("call", _THREAD, Cleared({"state": {}}), "conversations", ("token", "state", "call_sid")),
    Holding("case_event", _CASE, Way.BY_FUNCTION),
    Holding("medical_note", _CASE, _MEDICAL),
    Holding("helpline_case", "id = ANY(:cases)", Cleared({"summary": "", "filled": {}}), "conversations", ("filled",)),
    Holding("conversation", "id = ANY(:threads)", Cleared({"state": {}}), "conversations", ("state",)),
)
_COMPLAINTS = (
    Holding("complaint_step", f"{_COMPLAINT} AND NOT internal", Way.BY_FUNCTION, "complaints"),
    Holding("complaint_document", _COMPLAINT, Way.DELETE, "complaints"),
    Holding("complaint_dossier", f"{_COMPLAINT} OR told_by_id = :member", Way.DELETE),
    Holding("complaint", _MEMBER, Cleared({"text": "", "redress": None}, _EVIDENCE), "complaints"),
)
_CLAIMS = (
    Holding("plan_preview_claim", _MEMBER, Way.DELETE),
    Holding("claim_document", _DRAFT, Way.DELETE),
    Holding("claim_line", _DRAFT, Cleared({"description": "", "diagnosis": None})),
    Holding(
        "claim",
        f"{_MEMBER} AND status = 'draft'",
        Cleared({"provider_name": None, "invoice_number": None, "diagnosis": None, "circumstances": {}, "flags": []}),
    ),
    Holding("claim", _MEMBER, _ACCOUNTING, "claims", ("flags", "assessment")),
    Holding("claim_line", _CLAIM, _ACCOUNTING, "claims"),
    Holding("claim_document", _CLAIM, _ACCOUNTING, "claims"),
    Holding("claim_event", _CLAIM, _ACCOUNTING, "claims"),
    Holding("claim_decision", _CLAIM, _ACCOUNTING, "claims", ("note",)),
    Holding("claim_appeal", _CLAIM, _ACCOUNTING, "claims"),
    Holding("judgement", _MEMBER, _ACCOUNTING, "claims"),
    Holding("judgement_line", _JUDGED, _ACCOUNTING, "claims", ("steps",)),
    Holding("payable", _MEMBER, _ACCOUNTING, "payments"),
    Holding("payment", _PAID.replace("payment_id IN", "id IN", 1), _ACCOUNTING, "payments"),
    Holding("payment_item", _PAID, _ACCOUNTING),
    Holding("excess", _MEMBER, _ACCOUNTING, "payments"),
    Holding("excess_item", _EXCESS, _ACCOUNTING, "payments"),
    Holding("excess_instalment", _EXCESS, _ACCOUNTING, "payments"),
)
_CARE = (
    Holding("guarantee_letter", _MEMBER, _ACCOUNTING, "guarantees"),
    Holding("guarantee_ask", _LETTER, _ACCOUNTING, "guarantees", ("told",)),
    Holding("visit", _MEMBER, _ACCOUNTING, "visits"),
    Holding("provider_bill", _MEMBER, _ACCOUNTING, "visits", ("findings",)),
    Holding("provider_bill_line", _BILL, _ACCOUNTING, "visits"),
    Holding("provider_bill_document", _BILL, _ACCOUNTING),
    Holding("provider_bill_event", _BILL, _ACCOUNTING),
    Holding("referral", _MEMBER, Cleared({"diagnosis_cipher": None, "doctor": None}, _ACCOUNTING), "referrals"),
    Holding("referral_step", _REFERRAL, _ACCOUNTING),
    Holding("referral_visit", _REFERRAL, _ACCOUNTING, "referrals"),
    Holding("chronic_supply", _MEMBER, _ACCOUNTING, "referrals"),
    Holding("referral_request", _MEMBER, Cleared({"reason_cipher": None, "note": None}), "referrals"),
    Holding("teleconsultation", _MEMBER, _MEDICAL, "consultations", ("room",)),
    Holding("teleconsultation_step", _TALK, _MEDICAL, "consultations"),
    Holding("prescription", _MEMBER, _MEDICAL, "consultations"),
    Holding("dispensing", _RECIPE, _MEDICAL, "consultations"),
    Holding("rest_certificate", _MEMBER, _MEDICAL, "consultations"),
)
_MESSAGES = (
    Holding("notification_attempt", _TOLD, Way.DELETE),
    Holding("notification", _MEMBER, Way.DELETE, "messages"),
    Holding("plan_change_told", _MEMBER, Way.DELETE),
    Holding("notification_preference", _MEMBER, Way.DELETE, "messages"),
    Holding("device_registration", _MEMBER, Way.DELETE, "devices", ("value",)),
    Holding("opt_out", "address = ANY(:addresses)", Way.DELETE, "messages"),
)
_DOCUMENTS = (
    Holding("page_likeness_piece", _PAPER, Way.DELETE),
    Holding("page_likeness", _PAPER, Way.DELETE),
    Holding("alike_paper", _PAPER, Way.DELETE),
    Holding("document", f"{_MEMBER} AND id <> ALL(:vouchers)", Way.DELETE),
    Holding(
        "document",
        _MEMBER,
        Cleared({"extracted": {}, "first_answer": {}, "uploaded_by": None, "upload_key": None}, _ACCOUNTING),
        "documents",
        ("fingerprint", "key_id", "upload_key", "first_answer"),
    ),
)
_SIGN_IN = (
    Holding("idempotency_record", "actor_key = ANY(:actor_keys)", Way.DELETE),
    Holding("sign_in_session", _IDENTITY, Way.DELETE, "devices"),
    Holding("calendar_feed", _IDENTITY, Way.DELETE),
    Holding("device", _IDENTITY, Way.DELETE, "devices"),
    Holding("identity", "id = ANY(:identities)", Way.DELETE, "devices"),
)
_PERSON = (
    Holding("audit_record", _MEMBER, _EVIDENCE),
    Holding(
        "privacy_step",
        "request_id IN (SELECT id FROM privacy_request WHERE client_id = :client AND member_id = :member)",
        _EVIDENCE,
    ),
    Holding("privacy_request", _MEMBER, Cleared({"words": None}, _EVIDENCE), "requests", ("told",)),
    Holding("consent", _MEMBER, _EVIDENCE, "consents"),
    Holding("card", _MEMBER, Cleared({"qr_payload": None, "loss_reason": None}, _ACCOUNTING), "cards", ("qr_payload",)),
    Holding("enrolment", _MEMBER, _ACCOUNTING, "cover"),
    Holding("utilisation_entry", _MEMBER, _ACCOUNTING, "cover", ("key",)),
    Holding("primary_provider", _MEMBER, _ACCOUNTING, "cover"),
    Holding(
        "enrolment_request",
        "created_member_id = :member OR (employee_id = :member AND created_member_id IS NULL)",
        Cleared({"full_name": NAMELESS, "note": None}),
        "cover",
    ),
    Holding("census_row", _MEMBER, Cleared({"employee_number": None})),
    Holding("bank_account", f"{_MEMBER} AND NOT {_ACCOUNT_PAID}", Way.DELETE),
    Holding("bank_account", _MEMBER, _ACCOUNTING, "profile"),
    Holding(
        "member",
        "id = :member",
        Cleared(
            {
                "full_name": NAMELESS,
                "birth_date": text("make_date(extract(year FROM birth_date)::int, 1, 1)"),
                "phone": None,
                "email": None,
                "postal_address": None,
                "employee_number": None,
                "national_id_cipher": None,
                "national_id_fingerprint": None,
            },
            _ACCOUNTING,
        ),
        "profile",
    ),
)
HOLDINGS = (
    *_CONVERSATIONS,
    *_COMPLAINTS,
    *_CLAIMS,
    *_CARE,
    *_MESSAGES,
    *_DOCUMENTS,
    *_SIGN_IN,
    *_PERSON,
)

ERASED = ("profile", "conversations", "complaints", "documents", "messages", "devices")
"""Topics of which an erasure leaves no word; of documents those that are no voucher."""

NAMED_IN_RECORDS = frozenset({"payment", "bank_line", "claim", "claim_line", "claim_event", "claim_appeal"})
"""Vouchers that may still name the person in words of their own: who was paid, what a receipt or a note says."""

NOBODYS = frozenset(
    {
        # Rows of the client, its plan, its money as a whole, its network and its staff.
        "api_key",
        "bank_line",
        "bank_statement",
        "benefit",
        "benefit_limit",
        "brand_asset",
        "brand_preview",
        "brand_version",
        "calendar_day",
        "census_import",
        "client",
        "client_code",
        "closed_day",
        "contract",
        "doctor",
        "doctor_practice",
        "fund",
        "fund_balance",
        "fund_deposit",
        "fund_hold_step",
        "fund_notice",
        "hr_contact",
        "launch",
        "launch_task",
        "ledger_entry",
        "ledger_line",
        "market_price",
        "message_content",
        "message_template",
        "network_provider",
        "opening_hours",
        "payee_account",
        "payment_run",
        "plan",
        "plan_change",
        "plan_preview",
        "plan_year",
        "presence",
        "provider",
        "provider_contract",
        "provider_import",
        "provider_import_part",
        "provider_import_row",
        "provider_pattern",
        "provider_pattern_rest",
        "regulator_report",
        "room_rate",
        "shift",
        "staff",
        "staff_client",
        "staff_phone",
        "staff_skill",
        "tariff_line",
        "tariff_version",
        # Numbers, digests and ids of a person's matters, without a word of theirs.
        "case_watch",
        "complaint_notice",
        "complaint_referral",
        "complaint_respondent",
        "file_to_erase",
        "one_time_code",
        "queued_call",
        "satisfaction",
        "sign_in_attempt",
        # The demo's stand-in for vendors: what was sent is no longer in our house.
        "rehearsal_message",
    }
)
