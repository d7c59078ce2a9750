"""A conversation goes to a person: the agent sees the thread and answers, and the member reads it on every channel."""

from __future__ import annotations

import uuid
from typing import Any

from backend.devstack.journey.member_steps import staff_token
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import eventually, expect

WISH = {
    "id": "saya mau bicara dengan petugas",
    "en": "I want to speak with a person please",
    "pt": "quero falar com uma pessoa",
}
REPLY = {
    "id": "Selamat siang, saya Sari. Saya bantu sekarang.",
    "en": "Good afternoon, this is Sari. I am on it.",
    "pt": "Boa tarde, fala a Sara. Trato disso agora.",
}


def handover(person: Person) -> dict[str, Any]:
    """A wish on WhatsApp becomes a case; the agent takes it with the thread before them and answers; the answer
    arrives on WhatsApp and stands in the app; gives the closed case."""
    told = person.chat().say(WISH[person.language])
    slug = person.client["slug"]
    agent = staff_token(person.stack, "agent", slug)

    def desk(method: str, path: str, status: int = 200, **body: Any) -> Any:
        headers = {"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {}
        json = body or None
        return person.stack.call(method, f"/api/v1{path}", token=agent, status=status, headers=headers, json=json)

    waiting = desk("GET", "/cases?state=open&limit=100")["items"] + desk("GET", "/cases?state=taken&limit=100")["items"]
    case = next((one for one in waiting if one["number"] in told), None)
    expect(case, f"no case of the queue is named in: {told}")
    assert case is not None
    desk("POST", f"/cases/{case['id']}/take")
    thread = desk("GET", f"/cases/{case['id']}/thread")["items"]
    expect(any(one["text"] == WISH[person.language] for one in thread), "the agent does not see what was written")
    panel = desk("GET", f"/cases/{case['id']}/member")
    expect(person.phone not in str(panel), "the telephone number is not masked")
    before = {one["id"] for one in person.stack.outbox(person.phone)}
    desk("POST", f"/cases/{case['id']}/reply", 201, text=REPLY[person.language])

    def arrived() -> bool:
        return any(one["text"] == REPLY[person.language] for one in person.stack.outbox(person.phone, before))

    eventually(arrived, "the agent's answer on WhatsApp")
    said = person.get("/api/v1/conversations/messages?limit=100")
    expect(_has(person, said), "the agent's answer is not in the app's thread")
    return dict(desk("POST", f"/cases/{case['id']}/close", outcome="Answered."))


def _has(person: Person, page: dict[str, Any]) -> bool:
    while True:
        if any(one["text"] == REPLY[person.language] for one in page["items"]):
            return True
        following = page.get("next_cursor")
        if not following or not page["items"]:
            return False
        page = person.get(f"/api/v1/conversations/messages?limit=100&after={following}")
