"""The path of care at the desks: referred, accepted, referred on, admitted on a letter, home, and back to tier one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from backend.devstack.journey.member_steps import staff_token
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import eventually, expect

_CHRONIC = {"02": "I10", "01": "E11.9", "03": "J45.9", "04": "I25.1", "05": "J44.9", "06": "F20.9", "07": "I64"}
"""Illnesses of the back-referral programme with a diagnosis of each: one patient is handed back once for each."""
_SPECIALTY, _ONWARD = "INT", "JAN"
_EVERYTHING = ["eligibility", "visits", "referrals", "letters", "bills"]


@dataclass(frozen=True, slots=True)
class Hospital:
    """A facility's way in: its desk's token, or the key of its own system."""

    person: Person
    id: str
    name: str
    credential: dict[str, str]

    def ask(self, method: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        """One request of the desk or the system."""
        headers = {**self.credential, "Idempotency-Key": str(uuid.uuid4())}
        more = {} if body is None else {"json": body}
        language = self.person.language
        return self.person.stack.call(
            method, f"/api/v1{path}", headers=headers, status=status, language=language, **more
        )


def front_desk(person: Person) -> Hospital:
    """The demo's front desk, signed in as its receptionist."""
    token = staff_token(person.stack, "provider", person.client["slug"])
    place = person.stack.call("GET", "/api/v1/front-desk", token=token)
    return Hospital(person, place["id"], place["name"], {"Authorization": f"Bearer {token}"})


def hospital_system(person: Person, name: str) -> Hospital:
    """Another hospital's own system, with a key that an administrator makes for it and that is shown once."""
    admin = staff_token(person.stack, "admin", person.client["slug"])
    found = person.stack.call("GET", f"/api/v1/providers?q={name}&network=all&limit=1", token=admin)["items"][0]
    body = {"provider_id": found["id"], "label": "HIS", "scopes": _EVERYTHING}
    made = person.stack.call("POST", "/api/v1/api-keys", token=admin, status=201, json=body)
    listed = person.stack.call("GET", "/api/v1/api-keys", token=admin)["items"]
    expect(all("key" not in one for one in listed), "the text of a key is shown again")
    return Hospital(person, found["id"], found["name"], {"X-Api-Key": made["key"]})


def chronic_illness(person: Person) -> tuple[str, str]:
    """A condition the patient was not handed back for yet, and a diagnosis of it."""
    member_id = person.get("/api/v1/me")["member_id"]
    known = person.get(f"/api/v1/referrals?member_id={member_id}&limit=100")["items"]
    back = {one["condition"] for one in known if one["kind"] == "back"}
    free = [(condition, code) for condition, code in _CHRONIC.items() if condition not in back]
    expect(bool(free), "the patient has been handed back for every illness of the list")
    return free[0]


def referred(person: Person, diagnosis: str) -> dict[str, Any]:
    """A doctor sends the patient to a specialist; the patient sees the code."""
    doctor = staff_token(person.stack, "doctor", person.client["slug"])
    member_id = person.get("/api/v1/me")["member_id"]
    body = {"member_id": member_id, "specialty": _SPECIALTY, "diagnosis": diagnosis}
    code = person.stack.call("POST", "/api/v1/referrals", token=doctor, status=201, json=body)["code"]
    seen = person.get(f"/api/v1/referrals/{code}")
    expect(bool(seen["qr"]), "the patient has no QR to show")
    return dict(seen)


def seen_by(hospital: Hospital, code: str) -> dict[str, Any]:
    """The card is read, a visit opened and closed, the referral accepted for it."""
    person = hospital.person
    member_id = person.get("/api/v1/me")["member_id"]
    card = person.get(f"/api/v1/members/{member_id}/card")
    told = hospital.ask("POST", "/eligibility", {"qr": card["qr"]})
    expect(told["eligible"], f"the desk says: {told['message']}")
    verdict = hospital.ask("POST", "/referrals/scan", {"qr": person.get(f"/api/v1/referrals/{code}")["qr"]})
    expect(verdict["usable"], f"the referral cannot be used: {verdict['message']}")
    visit = hospital.ask("POST", "/visits", {"qr": card["qr"], "benefit_group": "outpatient"}, status=201)
    visit = hospital.ask("POST", f"/visits/{visit['id']}/referrals/{code}/accept")
    expect(visit["referral_code"] == code, "the visit does not know its referral")
    hospital.ask("POST", f"/visits/{visit['id']}/close")
    return _billed(hospital, visit)


def _billed(hospital: Hospital, visit: dict[str, Any]) -> dict[str, Any]:
    unit = {"amount_minor": 35_000_000, "currency": "IDR"}
    line = {"description": "Konsultasi spesialis", "service_on": visit["first_day"], "unit": unit}
    body = {"invoice_number": f"INV-{uuid.uuid4().hex[:10]}", "total": unit, "lines": [line]}
    return dict(hospital.ask("POST", f"/visits/{visit['id']}/bill", body, status=201))


def referred_on(hospital: Hospital, referral: dict[str, Any], diagnosis: str) -> dict[str, Any]:
    """To another specialist, without starting again at the first tier."""
    body = {"specialty": _ONWARD, "diagnosis": diagnosis}
    onward = hospital.ask("POST", f"/referrals/{referral['code']}/onward", body, status=201)
    expect(onward["chain_id"] == referral["chain_id"], "the chain was lost")
    return dict(onward)


def admitted(hospital: Hospital) -> dict[str, Any]:
    """A visit, a letter asked for it, granted, confirmed by the card, and the patient is in bed."""
    person = hospital.person
    member_id = person.get("/api/v1/me")["member_id"]
    number = person.get(f"/api/v1/members/{member_id}/card")["card_number"]
    visit = hospital.ask("POST", "/visits", {"card_number": number, "benefit_group": "inpatient"}, status=201)
    asked = {
        "member_id": member_id,
        "provider_id": hospital.id,
        "sent_by_doctor": True,
        "expected_hours": 48,
        "days": 2,
        "estimate": {"amount_minor": 600_000_000, "currency": "IDR"},
        "card_number": number,
    }
    letter = hospital.ask("POST", "/guarantee-letters", asked, status=201)
    hospital.ask("PUT", f"/visits/{visit['id']}/letters/{letter['id']}")
    waits = [one for one in letter["asks"] if one["answered_at"] is None]
    if waits:
        expect(bool(waits[0]["answer_by"]), "no clock runs for the hospital")
        doctor = staff_token(person.stack, "doctor", person.client["slug"])
        person.stack.call("POST", f"/api/v1/guarantee-letters/{letter['id']}/approval", token=doctor)
    letter = hospital.ask("GET", f"/guarantee-letters/{letter['id']}")
    if letter["state"] == "issued":
        confirmed = {"evidence": "card", "text": number}
        letter = hospital.ask("POST", f"/guarantee-letters/{letter['id']}/confirm", confirmed)
    hospital.ask("POST", f"/guarantee-letters/{letter['id']}/admission", {})
    return dict(hospital.ask("GET", f"/guarantee-letters/{letter['id']}")) | {"visit_id": visit["id"]}


def gone_home(hospital: Hospital, letter: dict[str, Any]) -> dict[str, Any]:
    """The bill, the final letter with who pays what, the excess collected, and home."""
    path = f"/guarantee-letters/{letter['id']}"
    body = {
        "positions": [{"item": "treatment", "amount": {"amount_minor": 90_000_000, "currency": "IDR"}}],
        "discharged_at": datetime.now(UTC).isoformat(),
    }
    final = hospital.ask("POST", f"{path}/discharge", body, status=201)
    if final["state"] != "final":
        doctor = staff_token(hospital.person.stack, "doctor", hospital.person.client["slug"])
        hospital.person.stack.call("POST", f"/api/v1{path}/approval", token=doctor)
        final = eventually(lambda: _final(hospital, path), "the final letter")
    due = final["settled"]["cost"]["amount_minor"] - final["collected"]["amount_minor"]
    if due > 0:
        amount = {"amount_minor": due, "currency": "IDR"}
        hospital.ask("POST", f"{path}/excess", {"amount": amount}, status=201)
    left = hospital.ask("POST", f"{path}/departure")
    expect(left["left_at"] is not None, "the patient is still there")
    hospital.ask("POST", f"/visits/{letter['visit_id']}/close")
    return dict(left)


def _final(hospital: Hospital, path: str) -> Any:
    letter = hospital.ask("GET", path)
    return letter if letter["state"] == "final" else None


def handed_back(hospital: Hospital, code: str, condition: str) -> dict[str, Any]:
    """The specialist certifies a stable illness and hands the patient back to the first tier."""
    body = {"condition": condition, "stable": True, "certified_by": "dr. Rina, Sp.JP"}
    back = hospital.ask("POST", f"/referrals/{code}/back", body, status=201)
    expect(back["to_tier"] == "ppk1", f"handed back to {back['to_tier']}")
    return dict(back)
