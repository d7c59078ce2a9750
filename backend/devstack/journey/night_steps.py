"""At night, at a hospital's reception, without the card: a call that ends with the letter of guarantee asked for."""

from __future__ import annotations

import uuid
from typing import Any

from backend.devstack.journey.member_steps import staff_token
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import expect

_WISH = {
    "id": "saya mau rawat inap tapi tidak bawa kartu, minta surat jaminan",
    "en": "I need a letter of guarantee for the hospital, I do not have my card with me",
    "pt": "preciso de uma carta de garantia para o hospital, não tenho o cartão comigo",
}
_HOSPITAL = {"id": "RS Harapan Bunda", "en": "Harapan Bunda Hospital", "pt": "Hospital Privado de Maputo"}


def call_without_card(person: Person) -> dict[str, Any]:
    """Wish by speech, date of birth by keys, hospital by speech; gives the letter that waits for a person."""
    _nothing_waits(person)
    call = person.call()
    call.dial()
    languages = person.client["languages"]
    call.press(str(languages.index(person.language) + 1))
    heard = call.speak(_WISH[person.language])
    heard = call.press(person.birth_digits)
    call.speak(_HOSPITAL[person.language])
    letters = [one for one in person.get("/api/v1/guarantee-letters")["items"] if one["state"] == "requested"]
    expect(len(letters) == 1, f"{len(letters)} letters wait after hearing: {heard}")
    agent = staff_token(person.stack, "agent", person.client["slug"])
    mine = person.get("/api/v1/me")["member_id"]
    queue = person.stack.call("GET", "/api/v1/cases?limit=100", token=agent)["items"]
    found = [one for one in queue if one["reason"] == "guarantee_letter" and (one["member"] or {}).get("id") == mine]
    expect(found, f"no case for the letter in the queue after hearing: {heard}")
    case = person.stack.call("GET", f"/api/v1/cases/{found[0]['id']}", token=agent)
    expect(case["filled"].get("admission") == _HOSPITAL[person.language], f"the hospital is not on the case: {case}")
    return dict(letters[0])


def _nothing_waits(person: Person) -> None:
    """An earlier journey's letter is voided first, so that this one's can be told from it."""
    agent = staff_token(person.stack, "agent", person.client["slug"])
    for letter in person.get("/api/v1/guarantee-letters")["items"]:
        if letter["state"] in {"requested", "issued"}:
            headers = {"Idempotency-Key": str(uuid.uuid4())}
            body = {"reason": "The journey begins again."}
            path = f"/api/v1/guarantee-letters/{letter['id']}/void"
            person.stack.call("POST", path, token=agent, json=body, headers=headers)
