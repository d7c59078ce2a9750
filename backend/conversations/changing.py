"""A member changes their own details in writing: the code, then the new value, then it is done.

What is typed on the way (codes, numbers) does not stay readable in the thread.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import marshmallow as ma

from backend.conversations.models import Message
from backend.conversations.talk import Talk
from backend.errors import TooManyRequests
from backend.helpline.answers.details import CHANGE, by_a_person
from backend.helpline.catalogue import Reply
from backend.kit import phone as phones
from backend.kit.refusal import Refusal
from backend.members.rules.details import account
from backend.members.service import details

_CODE = re.compile(r"\b\d{6}\b")
_TRIES = 3
_TIME = timedelta(minutes=10)
"""After the code the new value is awaited for as long as a code lives."""

_ADDRESS = ma.validate.Length(min=10, max=300)
_MAIL = ma.validate.Email()
_ACCOUNT = re.compile(r"(?P<bank>\D+?)[\s,:]+(?P<number>\d[\d\s.-]{4,}\d)[\s,:]+(?P<holder>\D{2,})")


def heard(talk: Talk, message: Message) -> list[Reply] | None:
    """What follows from the words while something is being changed; None when they are about something else."""
    change: dict[str, Any] | None = talk.state.get(CHANGE)
    if change is None:
        return None
    if change["member"] != str(talk.member_id) or not _is_meant(change, message.text):
        talk.remember(**{CHANGE: None})
        return None
    text = message.text.strip()
    if change["step"] != "value" or change["what"] in {"phone", "bank_account"}:
        hide(message)
    return _STEPS[change["step"]](talk, change, text)


def hide(message: Message) -> None:
    """A code or a number does not stay readable in the thread that agents and the app show."""
    message.text = "•" * min(len(message.text), 12)


def _is_meant(change: dict[str, Any], text: str) -> bool:
    if change["step"] == "value":
        return bool(text.strip()) and not text.rstrip().endswith("?")
    return sum(sign.isdigit() for sign in text) >= 4 and len(text.split()) <= 6


def _code(talk: Talk, change: dict[str, Any], text: str) -> list[Reply]:
    code = _CODE.search("".join(text.split()))
    if code is None or not details.code_is_right(_acting(talk), _member(talk), code[0]):
        return _once_more(talk, change, "verify_wrong")
    until = (talk.now + _TIME).isoformat()
    talk.remember(**{CHANGE: {**change, "step": "value", "tries": 0, "until": until}})
    return [Reply.of(f"update_data_value_{change['what']}")]


def _value(talk: Talk, change: dict[str, Any], text: str) -> list[Reply]:
    if talk.now > datetime.fromisoformat(change["until"]):
        talk.remember(**{CHANGE: None})
        return [Reply.of("update_data_late")]
    if change["what"] == "phone":
        return _new_phone(talk, change, text)
    if change["what"] == "bank_account":
        found = _ACCOUNT.fullmatch(" ".join(text.split()))
        wanted = account(found["bank"], found["number"], found["holder"]) if found else None
        if wanted is None or isinstance(wanted, Refusal):
            return _once_more(talk, change, "update_data_value_bank_account")
        shown = details.set_bank_account(_acting(talk), _member(talk), wanted)
        return _done(talk, f"{shown['bank']} {shown['account_number']}")
    try:
        (_MAIL if change["what"] == "email" else _ADDRESS)(text)
    except ma.ValidationError:
        return _once_more(talk, change, f"update_data_value_{change['what']}")
    details.set_contact(_acting(talk), _member(talk), {change["what"]: text})
    return _done(talk, text)


def _new_phone(talk: Talk, change: dict[str, Any], text: str) -> list[Reply]:
    try:
        number = phones.normalise(text, talk.client.country)
        details.send_code_to_new_phone(_acting(talk), _member(talk), number)
    except phones.InvalidPhone:
        return _once_more(talk, change, "update_data_value_phone")
    except TooManyRequests:
        return [Reply.of("update_data_wait")]
    talk.remember(**{CHANGE: {**change, "step": "new_phone", "tries": 0, "phone": number}})
    return [Reply.of("update_data_code", phone=phones.masked(number))]


def _new_phone_code(talk: Talk, change: dict[str, Any], text: str) -> list[Reply]:
    code = _CODE.search("".join(text.split()))
    number = change["phone"]
    if code is None or not details.new_phone_is_proved(_acting(talk), _member(talk), number, code[0]):
        return _once_more(talk, change, "verify_wrong")
    details.set_contact(_acting(talk), _member(talk), {"phone": number})
    return _done(talk, phones.masked(number))


_STEPS = {"code": _code, "value": _value, "new_phone": _new_phone_code}


def _once_more(talk: Talk, change: dict[str, Any], reply_id: str) -> list[Reply]:
    """Three times at each step, then a person goes on."""
    tries = change["tries"] + 1
    if tries < _TRIES:
        talk.remember(**{CHANGE: {**change, "tries": tries}})
        return [Reply.of(reply_id)]
    talk.remember(**{CHANGE: None})
    return list(by_a_person(talk.scope, talk.asker(), "case_update_data").replies)


def _done(talk: Talk, value: str) -> list[Reply]:
    talk.remember(**{CHANGE: None})
    return [Reply.of("update_data_done", value=value)]


def _acting(talk: Talk) -> Any:
    return talk.asker().acting(talk.scope)


def _member(talk: Talk) -> Any:
    return talk.asker().proved()
