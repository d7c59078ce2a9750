"""Without the bot: choices, keywords, complaints and people, with the same replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.helpline.asker import Asker
from backend.helpline.catalogue import Reply
from backend.helpline.rules import SHORTEST_COMPLAINT
from backend.helpline.understanding.keywords import guess_intent
from backend.helpline.understanding.loading import lexicons

ACTION_OF = {
    "ask_ecard": "action_show_card",
    "report_lost_card": "action_lost_card",
    "ask_benefit_coverage": "action_coverage",
    "ask_remaining_balance": "action_balance",
    "ask_room_entitlement": "action_room_entitlement",
    "find_provider": "action_nearest_provider",
    "change_primary_provider": "action_change_provider",
    "request_referral": "action_referral_request",
    "ask_referral_status": "action_referral_status",
    "request_back_referral": "action_back_referral",
    "request_guarantee_letter": "action_guarantee_letter",
    "ask_claim_documents": "action_claim_documents",
    "submit_reimbursement": "action_claim_documents",
    "ask_claim_status": "action_claim_status",
    "ask_claim_decision": "action_claim_decision",
    "ask_payment_schedule": "action_payment_date",
    "ask_excess": "action_excess",
    "ask_cob_bpjs": "action_cob",
    "update_member_data": "action_update_data",
    "ask_complaint_status": "action_complaint_status",
    "ask_contact": "action_contact",
    "ask_doctor": "action_doctor",
    "ask_human_agent": "action_handover",
    "report_emergency": "action_emergency",
    "choose_language": "action_choose_language",
    "repeat": "action_repeat",
}
"""Intents that a single answer serves; the form of a reimbursement needs the bot, so its papers are told."""

_SAID = {
    "send_photos": "degraded_menu",
    "cancel_form": "form_cancelled",
    "correct_form": "degraded_menu",
    "greet": "utter_greet",
    "thank": "utter_thank",
    "goodbye": "utter_goodbye",
    "bot_challenge": "utter_bot_challenge",
}
_COMPLAINING = "complaint"


@dataclass(frozen=True, slots=True)
class SimpleAnswer:
    """Replies, then the answer of ``action`` when there is one; ``state`` is for the thread to remember."""

    replies: tuple[Reply, ...] = ()
    action: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict)


def answer(asker: Asker, text: str, command: str | None = None) -> SimpleAnswer:
    """The best answer without the bot: a running complaint, a key word, else the menu.

    ``command`` is what was chosen for the bot (``/intent{...}``); its intent is known without guessing.
    """
    forget = {"degraded": None}
    if asker.state.get("degraded") == _COMPLAINING and text and not command:
        if len(text.strip()) < SHORTEST_COMPLAINT:
            return SimpleAnswer((Reply.of("complaint_too_short"),))
        slots = {"complaint_description": text, "complaint_confirmed": True}
        return SimpleAnswer(action="action_submit_complaint", slots=slots, state=forget)
    intent = command.lstrip("/").partition("{")[0] if command else _intent(text, asker.language)
    if intent == "file_complaint":
        return SimpleAnswer((Reply.of("complaint_ask"),), state={"degraded": _COMPLAINING})
    if intent in _SAID:
        return SimpleAnswer((Reply.of(_SAID[intent]),), state=forget)
    if intent in ACTION_OF:
        return SimpleAnswer(action=ACTION_OF[intent], state=forget)
    return SimpleAnswer((Reply.of("degraded_menu"),), state=forget)


def _intent(text: str, language: str) -> str | None:
    """A key word in the thread's language, else in any."""
    known = lexicons()
    own = guess_intent(text, known[language]) if language in known else None
    return own or next(filter(None, (guess_intent(text, lexicon) for lexicon in known.values())), None)
