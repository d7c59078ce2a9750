"""A chain of referrals: written, accepted once, onward, finished, back without a new first-level visit."""

from __future__ import annotations

import uuid
from typing import Any

from backend.devstack.journey import decision_steps
from backend.devstack.journey.member_steps import staff_token
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import expect

_URL = "/api/v1/referrals"


def chain(person: Person) -> dict[str, Any]:
    """From the doctor's code to the right to come back; gives the path as the member reads it."""
    slug, member_id = person.client["slug"], person.get("/api/v1/me")["member_id"]
    doctor, desk = (staff_token(person.stack, role, slug) for role in ("doctor", "provider"))
    body = {"member_id": member_id, "specialty": "JAN", "diagnosis": "I25.1"}
    made = _post(person, _URL, doctor, 201, **body)
    code = made["code"]
    expect(len(code.replace("-", "")) == 12, f"{code} is no code of twelve digits")
    _wrong_codes_are_told(person, desk, made)
    accepted = _post(person, f"{_URL}/{code}/accept", desk, 200)
    expect(accepted["state"] == "accepted", f"not accepted but {accepted['state']}")
    onward = _post(person, f"{_URL}/{code}/onward", desk, 201, specialty="SAR")
    _post(person, f"{_URL}/{code}/complete", desk, 200)
    again = _post(person, f"{_URL}/{code}/continuation", person.token, 201)
    path = person.get(f"{_URL}/path?member_id={member_id}")
    codes = {option["code"] for option in path["options"]}
    expect({onward["code"], again["code"]} <= codes, "the path does not show where one may go next")
    for left in (onward, again):  # so that the journey can be walked again
        _post(person, f"{_URL}/{left['code']}/cancel", doctor, 200, reason="The journey is over")
    return dict(path)


def from_paid_visit(person: Person) -> dict[str, Any]:
    """A visit that the member paid at a place of no network: its claim's papers lead to a code, and to one only."""
    claim = decision_steps.complete(person, decision_steps.sent(person, "outpatient", None))
    doctor = staff_token(person.stack, "doctor", person.client["slug"])
    asked = {"member_id": claim["member_id"], "claim_id": claim["id"], "specialty": "INT", "diagnosis": "E11.9"}
    made = _post(person, _URL, doctor, 201, **asked)
    again = _post(person, _URL, doctor, 409, **asked)
    expect(again["reason"] == "referrals.claim_used", f"a second code was answered with {again['reason']}")
    mine = person.get(f"{_URL}/{made['code']}")
    _post(person, f"{_URL}/{made['code']}/cancel", doctor, 200, reason="The journey is over")
    return dict(mine)


def _wrong_codes_are_told(person: Person, desk: str, made: dict[str, Any]) -> None:
    """A slip of one digit and a changed QR are each told to be one; the real QR is believed."""
    code, qr = made["code"], made["qr"]
    slip = code[:-1] + str((int(code[-1]) + 1) % 10)
    problem = _post(person, f"{_URL}/{slip}/accept", desk, 404)
    expect(problem["reason"] == "referrals.code_mistyped", f"a slip was answered with {problem['reason']}")
    middle = len(qr) // 2
    forged = qr[:middle] + ("A" if qr[middle] != "A" else "B") + qr[middle + 1 :]
    expect(not _post(person, f"{_URL}/scan", desk, 200, qr=forged)["genuine"], "a forged QR was believed")
    expect(_post(person, f"{_URL}/scan", desk, 200, qr=qr)["usable"], "the real QR was not believed")


def _post(person: Person, path: str, token: str, status: int, **body: Any) -> Any:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    return person.stack.call("POST", path, token=token, language=person.language, status=status, json=body, headers=key)
