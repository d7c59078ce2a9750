"""One's own phone, e-mail, address and bank account: changed by the member, with a code from the phone on file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.errors import RuleRefused, TooManyRequests
from backend.helpline.asker import Answer, Asker, case_for
from backend.members.service import details

CHANGE = "change"
"""In a thread's state: what is being changed, by whom, and what is awaited next."""

KINDS = ("phone", "email", "postal_address", "bank_account")


def update(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Ask what is to change, then send the code. On the telephone the app is named, and a person helps."""
    if asker.channel == "voice":
        return by_a_person(scope, asker, "update_data_voice")
    what = slots.get("what")
    if what not in KINDS:
        return Answer.of("update_data_ask")
    try:
        sent_to = details.send_codes(asker.acting(scope), asker.proved())
    except RuleRefused:
        return by_a_person(scope, asker, "case_update_data")
    except TooManyRequests:
        return Answer.of("update_data_wait")
    awaited = {"what": what, "step": "code", "member": str(asker.proved()), "tries": 0}
    return Answer(Answer.of("update_data_code", phone=sent_to).replies, state={CHANGE: awaited})


def by_a_person(scope: Scope, asker: Asker, reply_id: str) -> Answer:
    """A person of the helpline makes the change after asking who it is."""
    case = case_for(scope, asker, "update_data")
    return Answer.of(reply_id, case=case.number)
