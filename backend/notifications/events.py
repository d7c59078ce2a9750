"""The closed list of what members are told. Who adds one adds its words for every channel and language."""

from __future__ import annotations

from dataclasses import dataclass

from backend.notifications.rules import Channel

_DOORBELL_FIRST = (Channel.PUSH, Channel.WHATSAPP, Channel.SMS, Channel.MAIL)
_AT_ONCE = (Channel.PUSH, Channel.SMS, Channel.MAIL)
_AT_WORK = (Channel.MAIL,)
_AT_ONCE_EVERYWHERE = (Channel.PUSH, Channel.WHATSAPP, Channel.SMS)
_QUIETLY = (Channel.PUSH, Channel.WHATSAPP, Channel.MAIL)


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of message.

    ``topic`` is what a member can mute (security cannot be); ``facts`` are the names its words may use;
    ``urgent`` ignores quiet hours; ``link`` is where it leads in the member app.
    """

    name: str
    topic: str
    facts: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = _DOORBELL_FIRST
    urgent: bool = False
    link: str = "/inbox"


TO_STAFF = "work"
"""The topic of what only staff are told; it is no member's to mute."""
TOPICS = ("security", "card", "plan", "claims", "complaints", "helpline")
CANNOT_BE_MUTED = frozenset(["security"])

_ALL = (
    Event("sign_in_code", "security", ("code", "minutes"), (Channel.SMS, Channel.WHATSAPP), urgent=True),
    Event("new_sign_in", "security", (), urgent=True, link="/settings"),
    Event("contact_changed", "security", (), _AT_ONCE, urgent=True, link="/settings"),
    Event("bank_account_changed", "security", (), _AT_ONCE, urgent=True, link="/settings"),
    Event("privacy_asked", "security", ("request_number", "due_by", "due_time"), _QUIETLY, link="/my-data"),
    Event("copy_ready", "security", ("request_number", "available_by"), link="/my-data"),
    Event("erasure_refused", "security", ("request_number", "refusal_reason"), link="/my-data"),
    Event("erasure_done", "security", ("request_number", "kept"), (Channel.SMS, Channel.MAIL), urgent=True),
    Event("card_lost", "card", ("card_ending",), urgent=True, link="/card"),
    Event("card_replaced", "card", ("card_ending",), link="/card"),
    Event("enrolled", "plan", ("plan_name", "starts_on"), _QUIETLY, link="/benefits"),
    Event("cover_ended", "plan", ("ends_on",), link="/benefits"),
    Event("plan_changed", "plan", ("plan_name", "starts_on", "plan_changes"), link="/benefits"),
    Event("primary_provider_changed", "plan", ("starts_on",), _QUIETLY, link="/providers"),
    Event("claim_submitted", "claims", ("claim_number",), _QUIETLY, link="/claims"),
    Event("claim_returned", "claims", ("claim_number", "resubmit_by"), link="/claims"),
    Event("claim_complete", "claims", ("claim_number",), _QUIETLY, link="/claims"),
    Event("claim_decided", "claims", ("claim_number",), link="/claims"),
    Event("claim_paid", "claims", ("claim_number", "paid_on"), link="/claims"),
    Event("excess_asked", "claims", ("excess_number", "due_by"), link="/excess"),
    Event("excess_reminder", "claims", ("excess_number", "due_by"), link="/excess"),
    Event("card_suspended", "card", (), urgent=True, link="/card"),
    Event("card_active_again", "card", (), link="/card"),
    Event("complaint_lodged", "complaints", ("complaint_number", "resolve_by"), link="/complaints"),
    Event("complaint_step", "complaints", ("complaint_number",), link="/complaints"),
    Event("complaint_information_wanted", "complaints", ("complaint_number", "information_by"), link="/complaints"),
    Event("complaint_reminder", "complaints", ("complaint_number", "information_by"), link="/complaints"),
    Event("complaint_unanswered", "complaints", ("complaint_number",), link="/complaints"),
    Event(
        "complaint_extended", "complaints", ("complaint_number", "resolve_by", "extension_reason"), link="/complaints"
    ),
    Event("complaint_converted", "complaints", ("complaint_number", "resolve_by"), link="/complaints"),
    Event("complaint_late", "complaints", ("complaint_number",), link="/complaints"),
    Event("complaint_resolved", "complaints", ("complaint_number",), link="/complaints"),
    Event("guarantee_issued", "helpline", ("letter_number", "show_card_by"), urgent=True, link="/letters"),
    Event("guarantee_given", "helpline", ("letter_number",), urgent=True, link="/letters"),
    Event("guarantee_extended", "helpline", ("letter_number",), urgent=True, link="/letters"),
    Event("guarantee_refused", "helpline", ("letter_number",), urgent=True, link="/letters"),
    Event("guarantee_final", "helpline", ("letter_number",), urgent=True, link="/letters"),
    Event("guarantee_lapsed", "helpline", ("letter_number",), urgent=True, link="/letters"),
    Event("referral_issued", "plan", ("code", "valid_until"), link="/referrals"),
    Event("referral_accepted", "plan", ("code", "facility"), link="/referrals"),
    Event("referral_cancelled", "plan", ("code",), link="/referrals"),
    Event("referral_ending", "plan", ("code", "valid_until"), link="/referrals"),
    Event("referral_review", "plan", ("review_on",), link="/referrals"),
    Event("referral_refused", "plan", (), link="/referrals"),
    Event("call_back_failed", "helpline", (), (Channel.PUSH, Channel.WHATSAPP, Channel.SMS), urgent=True, link="/chat"),
    Event("teleconsultation_ready", "helpline", (), _AT_ONCE_EVERYWHERE, urgent=True, link="/doctor"),
    Event("teleconsultation_reminder", "helpline", ("clock_time",), link="/doctor"),
    Event("teleconsultation_result", "helpline", (), _QUIETLY, link="/doctor"),
    Event("teleconsultation_follow_up", "helpline", ("planned_on",), link="/doctor"),
    Event("case_reply", "helpline", (), (Channel.PUSH, Channel.WHATSAPP, Channel.SMS), urgent=True, link="/chat"),
    Event("satisfaction_question", "helpline", (), (Channel.WHATSAPP, Channel.PUSH, Channel.MAIL), link="/chat"),
    Event("complaint_assigned", TO_STAFF, ("complaint_number", "due_by"), _AT_WORK),
    Event("complaint_unacknowledged", TO_STAFF, ("complaint_number", "due_by"), _AT_WORK),
    Event("complaint_warning", TO_STAFF, ("complaint_number", "due_by"), _AT_WORK),
    Event("complaint_overdue", TO_STAFF, ("complaint_number", "due_by"), _AT_WORK),
    Event("complaint_escalated", TO_STAFF, ("complaint_number", "due_by", "level"), _AT_WORK),
    Event("guarantee_for_review", TO_STAFF, ("letter_number", "due_by", "due_time"), _AT_WORK),
    Event("guarantee_due_soon", TO_STAFF, ("letter_number", "due_by", "due_time"), _AT_WORK),
    Event("guarantee_overdue", TO_STAFF, ("letter_number", "due_by", "due_time"), _AT_WORK),
    Event("guarantee_answered", TO_STAFF, ("letter_number",), _AT_WORK),
    Event("guarantee_discharge_wanted", TO_STAFF, ("letter_number", "leaves_on"), _AT_WORK),
    Event("guarantee_discharge_missing", TO_STAFF, ("letter_number", "leaves_on"), _AT_WORK),
    Event("guarantee_for_hr", TO_STAFF, ("letter_number",), _AT_WORK),
    Event("fund_half_promised", TO_STAFF, ("percent", "available", "top_up"), _AT_WORK),
    Event("fund_half_used", TO_STAFF, ("percent", "available", "top_up"), _AT_WORK),
    Event("payments_would_be_late", TO_STAFF, ("count", "due_by"), _AT_WORK),
    Event("payments_came_back", TO_STAFF, ("count", "run_number"), _AT_WORK),
    Event("ledger_mismatch", TO_STAFF, ("count",), _AT_WORK),
    Event("excess_letter_to_hr", TO_STAFF, ("excess_number", "due_by"), _AT_WORK),
    Event("erasure_wanted", TO_STAFF, ("request_number", "due_by", "due_time"), _AT_WORK),
    Event("privacy_due_soon", TO_STAFF, ("request_number", "due_by", "due_time"), _AT_WORK),
    Event("privacy_overdue", TO_STAFF, ("request_number", "due_by", "due_time"), _AT_WORK),
    Event("plan_changed_for_hr", TO_STAFF, ("plan_name", "starts_on", "plan_changes", "count"), _AT_WORK),
    Event("regulator_report_due", TO_STAFF, ("quarter", "due_by"), _AT_WORK),
)

EVENTS = {event.name: event for event in _ALL}
