"""Claims are decided: by the rules alone up to the bank file, beside JKN by an analyst, and again after an appeal."""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from backend.devstack.journey import member_steps
from backend.devstack.journey.member_steps import staff_token
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import expect
from backend.devstack.receipts import receipt_photo

_RUPIAH = 100
_SMALL = 900_000 * _RUPIAH
"""Below what the demo's contract lets the rules decide alone."""
_LARGE = 1_200_000 * _RUPIAH
_JKN_TARIFF = 1_000_000 * _RUPIAH
_JKN_PERCENT = 75


def straight_through(person: Person) -> dict[str, Any]:
    """A photo of a pharmacy's receipt. What a machine read without doubt needs nobody; else the desk looks at it."""
    claim = complete(person, sent(person, "pharmacy", None))
    decision = claim["decision"]
    expect(decision and decision["kind"] == "automatic", f"nobody decided: {claim['status']}")
    expect(claim["status"] == "approved", f"the claim is {claim['status']}")
    words = person.get(f"/api/v1/claims/{claim['id']}/receipt")
    expect(words["text"] and words["speech"], "the receipt has no words")
    paper = person.get(f"/api/v1/claims/{claim['id']}/receipt.pdf")
    expect(paper.startswith(b"%PDF"), "the receipt is no PDF")
    return claim


def on_the_bank_file(person: Person, claim: dict[str, Any]) -> dict[str, Any]:
    """Finance prepares the next run, somebody else approves it, and the bank's file has the transfer."""
    stack, slug = person.stack, person.client["slug"]
    finance, admin = (staff_token(stack, role, slug) for role in ("finance", "admin"))
    key = {"Idempotency-Key": str(uuid.uuid4())}
    run = stack.call("POST", "/api/v1/payment-runs", token=finance, json={}, status=201, headers=key)
    paying = [one for one in run["payments"] if claim["number"] in {item["reference"] for item in one["items"]}]
    expect(paying, f"no transfer of {run['number']} pays claim {claim['number']}")
    path = f"/api/v1/payment-runs/{run['id']}"
    stack.call("POST", f"{path}/approve", token=finance, status=409)
    stack.call("POST", f"{path}/approve", token=admin)
    sent = stack.call("POST", f"{path}/send", token=finance)
    file = stack.call("GET", f"{path}/file?form=pain001", token=finance)
    expect(paying[0]["reference"].encode() in file, "the bank's file lacks the transfer")
    seen = person.get(f"/api/v1/claims/{claim['id']}")["payment"]
    expect(seen and seen["expected_on"], f"the member does not see when the money comes: {seen}")
    return dict(sent)


def beside_jkn(person: Person) -> dict[str, Any]:
    """KMK 1366/2024: JKN pays 75 % of its tariff, the plan what is left of the bill; together the bill."""
    claim = complete(person, sent(person, "pharmacy", _LARGE))
    expect(claim["status"] == "in_review", f"a large claim is {claim['status']}")
    jkn = {"name": "JKN", "way": "kmk_1366_2024", "tariff_minor": _JKN_TARIFF}
    proposal = _at_the_desk(person, claim, "PUT", "assessment", {"diagnosis": "J06.9", "other": jkn})
    totals = {payer: money["amount_minor"] for payer, money in proposal["receipt"]["totals"].items()}
    expect(totals["other"] == _JKN_TARIFF * _JKN_PERCENT // 100, f"JKN pays {totals['other']}")
    together = sum(totals[payer] for payer in ("plan", "other", "member", "provider"))
    expect(together == totals["billed"] == _LARGE, f"the payers add up to {together}")
    expect(totals["plan"] == _LARGE - totals["other"], f"the plan pays {totals['plan']}")
    return _decided(person, claim)


def appealed(person: Person) -> dict[str, Any]:
    """The share one bears of dental care is cut by the rules; the member objects and a person decides anew."""
    claim = complete(person, sent(person, "dental", _SMALL))
    expect(claim["status"] == "partly_approved", f"the claim is {claim['status']}")
    key = {"Idempotency-Key": str(uuid.uuid4())}
    body = {"text": "Perawatan ini darurat"}
    path = f"/api/v1/claims/{claim['id']}/appeal"
    after = person.stack.call("POST", path, token=person.token, json=body, status=201, headers=key)
    expect(after["status"] == "appealed" and after["appeals"][0]["answer_by"], f"the appeal is {after['status']}")
    _at_the_desk(person, claim, "PUT", "assessment", {"diagnosis": "K04.0"})
    again = _decided(person, claim)
    expect(again["decision"]["kind"] == "appeal" and again["appeals"][0]["answered_at"], "the appeal has no answer")
    return again


def shown(claim: dict[str, Any]) -> str:
    """A decision in a line for each sentence of its receipt."""
    return "\n".join((f"{claim['number']}: {claim['status']}", *claim["decision"]["receipt"]["summary"]))


def sent(person: Person, benefit: str, claimed: int | None) -> dict[str, Any]:
    """A claim with a new photo; of what stands on it, or of ``claimed``."""
    while True:
        data, truth = receipt_photo(1000 + secrets.randbelow(100_000), "ID", "jpeg")
        if truth.total_minor <= _SMALL:
            break
    today = datetime.now(UTC).date()
    facts = {
        "member_id": person.get("/api/v1/me")["member_id"],
        "benefit": benefit,
        "visit_on": (today - timedelta(days=2)).isoformat(),
        "provider_name": truth.provider,
        "place_region": "3171",
        "claimed": {"amount_minor": claimed or truth.total_minor, "currency": "IDR"},
    }
    return member_steps.claim_with_photo(person.stack, person.token, facts, (data, "image/jpeg"))


def complete(person: Person, claim: dict[str, Any]) -> dict[str, Any]:
    """The intake desk looks at the papers that do not speak for themselves."""
    return _at_the_desk(person, claim, "POST", "complete", {}) if claim["status"] == "submitted" else claim


def _at_the_desk(person: Person, claim: dict[str, Any], method: str, verb: str, body: dict[str, Any]) -> dict[str, Any]:
    token = staff_token(person.stack, "claims", person.client["slug"])
    path = f"/api/v1/claims/{claim['id']}/{verb}"
    return dict(person.stack.call(method, path, token=token, json=body))


def _decided(person: Person, claim: dict[str, Any]) -> dict[str, Any]:
    """An analyst decides; the member reads it."""
    token = staff_token(person.stack, "claims", person.client["slug"])
    key = {"Idempotency-Key": str(uuid.uuid4())}
    path = f"/api/v1/claims/{claim['id']}"
    person.stack.call("POST", f"{path}/decision", token=token, json={"note": None}, status=201, headers=key)
    return dict(person.get(path))
