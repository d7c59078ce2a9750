"""A doctor at home: asked for in the app, taken at the desk, and back come diagnosis, prescription, referral, rest."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from backend.devstack.journey.member_steps import staff_token
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import WrongAnswer, expect

_URL = "/api/v1/teleconsultations"
_YES_NO, _NUMBER = "yes_no", "number"


def danger_never_waits(person: Person) -> dict[str, Any]:
    """An answer that means danger: emergency care at once, whatever else was answered."""
    answer = _asked(person, {"chest_pain": True})
    expect(answer["state"] == "diverted", f"danger was put into a queue: {answer['state']}")
    expect(bool(answer["emergency"]["number"]), "nobody is named to call")
    return answer


def at_home(person: Person) -> dict[str, Any]:
    """From the question to the papers; gives the finished consultation as the member reads it."""
    member_id = person.get("/api/v1/me")["member_id"]
    before = _outpatient(person, member_id)
    waiting = _asked(person, _harmless(person, member_id))
    expect(waiting["state"] == "waiting", f"not in the queue but {waiting['state']}")
    expect(waiting["queue"]["position"] >= 1, "no place in the queue")
    doctor = staff_token(person.stack, "doctor", person.client["slug"])
    one = f"{_URL}/{waiting['id']}"
    seen = person.stack.call("GET", f"{_URL}/desk", token=doctor)["items"]
    expect(any(row["id"] == waiting["id"] for row in seen), "the doctors' desk does not show who waits")
    _post(person, f"{one}/take", doctor)
    expect(_post(person, f"{one}/join", person.token)["state"] == "in_progress", "the member could not join")
    found = person.stack.call("GET", "/api/v1/diagnoses?q=sakit+pinggang", token=doctor, language="id")["items"]
    expect(found[0]["code"] == "M54.5", f"low back pain was not found but {found[0]['code']}")
    person.stack.call("PUT", f"{one}/diagnoses", token=doctor, json={"codes": [found[0]["code"]]})
    item = {"name": "Ibuprofen 400 mg", "quantity": "10", "directions": "3 x 1", "repeats": 1}
    _post(person, f"{one}/prescriptions", doctor, 201, items=[item])
    today = date.fromisoformat(waiting["requested_at"][:10])
    _certified(person, one, doctor, today)
    _post(person, f"{one}/referral", doctor, 201, specialty="ORT")
    ending = {"advice": "Rest, and keep moving.", "follow_up_on": (today + timedelta(days=14)).isoformat()}
    _post(person, f"{one}/end", doctor, 200, **ending)
    result = person.get(one)
    expect(result["diagnoses"][0]["code"] == "M54.5", "the diagnosis did not come back")
    expect(len(result["prescriptions"]) == 1, "the prescription did not come back")
    expect(bool(result["referral_code"]), "no referral code came back")
    paper = person.stack.call(
        "GET", f"/api/v1/rest-certificates/{result['certificate']['id']}/certificate.pdf", token=person.token
    )
    expect(bytes(paper).startswith(b"%PDF"), "the certificate is no PDF")
    used = _outpatient(person, member_id) - before
    expect(used == result["fee"]["amount_minor"], f"the benefit was charged {used}")
    return dict(result)


def _certified(person: Person, one: str, doctor: str, today: date) -> None:
    """Rest from today at the client's seat, which may be the day after the one in UTC."""
    days = [(today + timedelta(days=each)).isoformat() for each in range(3)]
    try:
        _post(person, f"{one}/certificate", doctor, 201, from_on=days[0], until_on=days[1])
    except WrongAnswer:
        _post(person, f"{one}/certificate", doctor, 201, from_on=days[1], until_on=days[2])


def _asked(person: Person, answers: dict[str, Any]) -> dict[str, Any]:
    body = {"member_id": person.get("/api/v1/me")["member_id"], "complaint": "other", "answers": answers}
    return dict(_post(person, _URL, person.token, 201, **body))


def _harmless(person: Person, member_id: str) -> dict[str, Any]:
    """No to every question of danger, and the rest answered."""
    offered = person.get(f"{_URL}/questions?member_id={member_id}")["items"]
    questions = next(one for one in offered if one["code"] == "other")["questions"]
    by_kind: dict[str, Any] = {_YES_NO: False, _NUMBER: 3}
    return {one["code"]: by_kind.get(one["kind"], "-") for one in questions if not one["optional"]}


def _outpatient(person: Person, member_id: str) -> int:
    """What the member has used of the benefits for outpatients, in minor units."""
    lines = person.get(f"/api/v1/members/{member_id}/benefits")["benefits"]
    used = [
        limit["used"]["amount_minor"]
        for line in lines
        if line["group"] == "outpatient"
        for limit in line["limits"]
        if limit.get("used") and limit["basis"] == "year"
    ]
    return max(used, default=0)


def _post(person: Person, path: str, token: str, status: int = 200, **body: Any) -> Any:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    return person.stack.call("POST", path, token=token, status=status, headers=headers, json=body)
