"""The helpline in three languages: WhatsApp, a call, a complaint, a switch of language, bad webhooks."""

from __future__ import annotations

import secrets
import string
import uuid
from datetime import date
from typing import Any

from backend.devstack.journey.talk import PhoneCall, Stack, WhatsApp, expect

_ENGLISH = {"the", "your", "you", "i", "we", "card"}


def claim_status_on_whatsapp(chat: WhatsApp, born: date, number: str) -> str:
    """Asked in Indonesian; personal, so the birth date is asked first; the answer names the claim."""
    chat.wait_for_quiet()
    answer = chat.say("halo, klaim saya sudah sampai mana ya?")
    if number not in answer:
        expect("lahir" in answer.lower(), f"neither the claim nor the question for the birth date: {answer}")
        answer = chat.say(born.strftime("%d%m%Y"))
    expect(number in answer, f"the claim {number} is not in: {answer}")
    return answer


def claim_status_by_phone(call: PhoneCall, born: date) -> list[str]:
    """A call in English: language by speech, the question by speech, the birth date by keys."""
    heard = [call.dial()]
    heard.append(call.speak("English"))
    heard.append(call.speak("what is the status of my claim"))
    if "birth" in heard[-1].lower():
        heard.append(call.press(born.strftime("%d%m%Y")))
    expect("claim" in heard[-1].lower(), f"no word about the claim: {heard}")
    return heard


def complaint_in_portuguese(chat: WhatsApp, born: date) -> str:
    """A complaint on WhatsApp at the other client: proved by birth date, described, confirmed; it gets its
    number and its deadline."""
    if "nascimento" in chat.say("Bom dia, em que ponto está o meu reembolso?").lower():
        chat.say(born.strftime("%d%m%Y"))
    answer = chat.say("quero fazer uma reclamação")
    for reply in ("A clínica fez-me esperar quatro horas e ninguém me explicou porquê", "sim", "sim"):
        if _number(answer):
            break
        answer = chat.say(reply)
    number = _number(answer)
    expect(number, f"no complaint number in: {answer}")
    return str(number)


def _number(answer: str) -> str | None:
    words = [word.strip(".,:;!*()") for word in answer.split()]
    return next(
        (word for word in words if "-" in word and any(sign.isdigit() for sign in word) and len(word) > 7), None
    )


def language_switched(chat: WhatsApp) -> str:
    """In the middle of an Indonesian conversation: English, please."""
    chat.say("kartu saya hilang, gimana?")
    answer = chat.say("English please")
    expect(_ENGLISH & set(answer.lower().split()), f"not English: {answer}")
    return answer


def duplicate_webhook(stack: Stack, chat: WhatsApp, token: str) -> int:
    """The same message delivered five times stands in the thread once; gives how often it was sent."""
    marker = "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))  # a digit could be a birth date
    words = f"terima kasih {marker}"
    sid = "SM" + uuid.uuid4().hex
    for _ in range(5):
        chat.send(words, sid=sid)
    chat.say("nomor hotline berapa?")
    times = sum(1 for message in _whole_thread(stack, token) if message["text"] == words)
    expect(times == 1, f"the message stands in the thread {times} times")
    return 5


def _whole_thread(stack: Stack, token: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = stack.call("GET", f"/api/v1/conversations/messages{f'?after={after}' if after else ''}", token=token)
        found += page["items"]
        if not page["items"] or not page.get("next_cursor") or page["next_cursor"] == after:
            return found
        after = page["next_cursor"]


def wrong_signature(stack: Stack, chat: WhatsApp) -> None:
    """A webhook that Twilio did not sign is refused, whatever it says."""
    form = {"MessageSid": "SM" + uuid.uuid4().hex, "From": f"whatsapp:{chat.phone}", "To": f"whatsapp:{chat.number}"}
    stack.twilio("/twilio/messages", {**form, "Body": "klaim"}, signature="not-a-signature", status=403)
    stack.twilio("/twilio/voice", {"CallSid": "CA" + uuid.uuid4().hex}, signature="not-a-signature", status=403)
