"""A reimbursement on WhatsApp that life gets in the way of: a question in between, an emergency, photos too early."""

from __future__ import annotations

from dataclasses import dataclass

from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import WhatsApp, expect


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language, and the word by which the next question is known."""

    language: str
    claim: str
    benefit: str
    day: str
    question: str
    clinic: str
    emergency: str
    safe: str
    amount: str
    done: str
    asked_for: str


WORDS = {
    "id": Words(
        "bahasa indonesia", "mau klaim reimburse", "rawat jalan", "kemarin", "nomor hotline berapa?", "Klinik Melati",
        "istri saya pingsan dan tidak bernapas", "sudah aman", "325000", "sudah semua", "total",
    ),
    "en": Words(
        "english please", "I want to claim", "outpatient", "yesterday", "what is your phone number?", "Melati Clinic",
        "my husband collapsed and is not breathing", "he is fine now", "325000", "that is all", "total",
    ),
    "pt": Words(
        "português", "quero pedir um reembolso", "consulta", "ontem", "qual é o número da linha de apoio?",
        "Clínica da Sommerschield", "o meu filho não respira", "já está tudo bem", "3200 meticais", "é tudo", "total",
    ),
}  # fmt: skip

_BORN = {"id": "lahir", "en": "birth", "pt": "nascimento"}


def reimbursement(person: Person) -> str:
    """From the wish to the claim in the app, with a question, an emergency and photos in the middle; gives what
    was answered to the last message."""
    chat, words = person.chat(), WORDS[person.language]
    chat.say(words.language)
    _begin(chat, person, words)
    chat.say(words.benefit)
    _expect_in(chat.say(words.day), "?")
    _expect_in(chat.say(words.question), person.client["whatsapp_number"], "?")
    _expect_in(chat.say(words.clinic).lower(), words.asked_for)
    number = person.get(f"/api/v1/clients/{person.client['slug']}/branding")["emergency_number"]
    alarmed = chat.say(words.emergency)
    expect(number in alarmed.splitlines()[0], f"the emergency number {number} is not in the first line of: {alarmed}")
    _expect_in(chat.say(words.safe).lower(), words.asked_for)
    _expect_in(chat.say("", media=person.photos(2)).lower(), "2", words.asked_for)
    chat.say(words.amount)
    told = chat.say(words.done)
    newest = person.get("/api/v1/claims")["items"][0]
    expect(newest["number"] in told, f"the newest claim {newest['number']} is not in: {told}")
    expect(newest["status"] != "draft", "the claim was not handed in")
    return told


def _begin(chat: WhatsApp, person: Person, words: Words) -> None:
    answer = chat.say(words.claim)
    if _BORN[person.language] in answer:
        answer = chat.say(person.birth_digits)
    expect(answer.strip().endswith("?") or "1." in answer, f"not asked for the treatment: {answer}")


def _expect_in(answer: str, *parts: str) -> None:
    for part in parts:
        expect(part in answer, f"{part!r} is not in: {answer}")
