"""A member in the app: sign-in, card, benefits, a claim with three receipts."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from backend.devstack.journey.talk import Stack, eventually, expect
from backend.devstack.receipts import receipt_photo

_FORMATS = (("jpeg", "image/jpeg"), ("heic", "image/heic"), ("pdf", "application/pdf"))


def sign_in(stack: Stack, slug: str, phone: str) -> dict[str, Any]:
    """Ask for a code, take it from the outbox, exchange it."""
    before = {message["id"] for message in stack.outbox(phone)}
    stack.call("POST", "/api/v1/sign-in/code", json={"client": slug, "phone": phone}, status=202)
    code = stack.code_for(phone, before)
    body = {"client": slug, "phone": phone, "code": code}
    return dict(stack.call("POST", "/api/v1/sign-in", json=body, status=201))


def staff_token(stack: Stack, role: str, slug: str, place: int = 0) -> str:
    """Sign in as a demo member of staff: the first of the role, or the one at ``place``."""
    person = stack.staff(role, slug, place)
    body = {"email": person["email"], "password": person["password"]}
    return str(stack.call("POST", "/api/v1/staff/sign-in", json=body, status=201)["access_token"])


def card_verified(stack: Stack, token: str, member_id: str, slug: str) -> dict[str, Any]:
    """The card as JSON, PNG and PDF; its QR is believed by a front desk and refused when one character differs."""
    card = stack.call("GET", f"/api/v1/members/{member_id}/card", token=token)
    expect(card["status"] == "active", f"the card is {card['status']}")
    png = stack.call("GET", f"/api/v1/members/{member_id}/card.png", token=token)
    expect(png.startswith(b"\x89PNG"), "card.png is no PNG")
    expect(
        stack.call("GET", f"/api/v1/members/{member_id}/card.pdf", token=token).startswith(b"%PDF"),
        "card.pdf is no PDF",
    )
    desk = staff_token(stack, "provider", slug)
    verdict = stack.call("POST", "/api/v1/cards/verify", token=desk, json={"qr": card["qr"]})
    expect(verdict["genuine"] is True, f"the desk does not believe the card: {verdict}")
    middle = len(card["qr"]) // 2
    forged = card["qr"][:middle] + ("A" if card["qr"][middle] != "A" else "B") + card["qr"][middle + 1 :]
    verdict = stack.call("POST", "/api/v1/cards/verify", token=desk, json={"qr": forged})
    expect(verdict["genuine"] is False, "a forged card was believed")
    return dict(card)


def claim_with_receipts(stack: Stack, token: str, member_id: str, currency: str) -> dict[str, Any]:
    """A draft, three receipts (JPEG, HEIC, PDF), read by the worker, sent."""
    visit = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    _, truth = receipt_photo(11, "ID", "jpeg")
    total = {"amount_minor": truth.total_minor, "currency": currency}
    facts = {
        "member_id": member_id,
        "benefit": "outpatient",
        "visit_on": visit,
        "provider_name": truth.provider,
        "claimed": total,
    }
    claim = _create(stack, token, "/api/v1/claims", facts)
    needed = stack.call("GET", f"/api/v1/claims/requirements?benefit=outpatient&visit_on={visit}", token=token)
    codes = [document["code"] for document in needed["documents"] if document["required"]]
    for at, (kind, media_type) in enumerate(_FORMATS):
        data, _ = receipt_photo(11 + at, "ID", kind)
        document = _upload(stack, token, f"receipt-{at}.{kind}", data, media_type)
        requirement = codes[at % len(codes)]
        body = {"document_id": document["id"], "requirement": requirement}
        stack.call("POST", f"/api/v1/claims/{claim['id']}/documents", token=token, json=body, status=201)
        _await_reading(stack, token, str(document["id"]), kind)
    sent = stack.call("POST", f"/api/v1/claims/{claim['id']}/submit", token=token, json={})
    again = stack.call("POST", f"/api/v1/claims/{claim['id']}/submit", token=token, json={})
    expect(sent["number"] == again["number"] and again["status"] != "draft", "sending twice is not the same as once")
    return dict(stack.call("GET", f"/api/v1/claims/{claim['id']}", token=token))


def claim_with_photo(
    stack: Stack, token: str, facts: dict[str, Any], photo: tuple[bytes, str], written: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A claim whose every required paper is one photo, read by the worker before it is sent.

    With ``written``, the total on the paper, the claim has none yet: the one that was read is accepted, or put right.
    """
    claim = _create(stack, token, "/api/v1/claims", facts)
    needed = stack.call("GET", f"/api/v1/claims/requirements?benefit={facts['benefit']}", token=token)
    data, media_type = photo
    document = _upload(stack, token, "receipt.jpg", data, media_type)
    for paper in needed["documents"]:
        if paper["required"] and not paper["automatic"]:
            body = {"document_id": document["id"], "requirement": paper["code"]}
            stack.call("POST", f"/api/v1/claims/{claim['id']}/documents", token=token, json=body, status=201)
    await_text(stack, token, str(document["id"]))
    if written is not None:
        _accept_total(stack, token, claim["id"], str(document["id"]), written)
    stack.call("POST", f"/api/v1/claims/{claim['id']}/submit", token=token, json={})
    return dict(stack.call("GET", f"/api/v1/claims/{claim['id']}", token=token))


def _accept_total(stack: Stack, token: str, claim_id: str, document_id: str, written: dict[str, Any]) -> None:
    """The member takes over the total that was read where it is the one on the paper, and corrects it where not."""
    read = stack.call("GET", f"/api/v1/documents/{document_id}", token=token)["extracted"].get("total")
    accepted = read["value"] if read and read["value"] == written else written
    path = f"/api/v1/claims/{claim_id}"
    changed = stack.call("PATCH", path, token=token, json={"claimed": accepted})
    expect(changed["claimed"] == written, f"the claim is of {changed['claimed']}, the paper of {written}")


def with_new_paper(stack: Stack, token: str, claim: dict[str, Any], photo: tuple[bytes, str]) -> dict[str, Any]:
    """One more paper, for the first thing the claim needs papers for."""
    document = _upload(stack, token, "paper.jpg", *photo)
    body = {"document_id": document["id"], "requirement": claim["documents"][0]["requirement"]}
    stack.call("POST", f"/api/v1/claims/{claim['id']}/documents", token=token, json=body, status=201)
    return dict(stack.call("GET", f"/api/v1/claims/{claim['id']}", token=token))


def await_text(stack: Stack, token: str, document_id: str) -> None:
    """The worker has read what stands on a photo."""

    def read() -> bool:
        return bool(stack.call("GET", f"/api/v1/documents/{document_id}", token=token)["read"])

    eventually(read, "the worker reading the text", 120)


def _create(stack: Stack, token: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    key = str(uuid.uuid4())
    first = stack.call("POST", path, token=token, json=body, status=201, headers={"Idempotency-Key": key})
    retry = stack.call("POST", path, token=token, json=body, status=201, headers={"Idempotency-Key": key})
    expect(first["id"] == retry["id"], f"a retry of {path} made a second one")
    return dict(first)


def _upload(stack: Stack, token: str, name: str, data: bytes, media_type: str) -> dict[str, Any]:
    key = str(uuid.uuid4())
    answers = [
        stack.call(
            "POST", "/api/v1/documents", token=token, status=201, headers={"Idempotency-Key": key},
            files={"file": (name, data, media_type)},
        )
        for _ in range(2)
    ]  # fmt: skip
    expect(answers[0]["id"] == answers[1]["id"], "a retried upload made a second document")
    return dict(answers[0])


def _await_reading(stack: Stack, token: str, document_id: str, kind: str) -> None:
    def ready() -> bool:
        return bool(stack.call("GET", f"/api/v1/documents/{document_id}", token=token)["state"] == "ready")

    eventually(ready, f"the worker reading the {kind}", 120)


def benefit_line(benefit: dict[str, Any]) -> str:
    """A benefit in one line: its name and what is left of its first limit."""
    limits = [limit for limit in benefit["limits"] if limit["remaining"]]
    if not limits:
        return str(benefit["name"])
    left = limits[0]["remaining"]
    return f"{benefit['name']}: {left['amount_minor'] / 100:,.0f} {left['currency']} left"


def complaint_listed(stack: Stack, token: str, number: str) -> dict[str, Any]:
    """The complaint of that number as the member sees it, with its deadline."""
    found = stack.call("GET", "/api/v1/complaints", token=token)["items"]
    mine = next((complaint for complaint in found if complaint["number"] == number), None)
    expect(mine, f"complaint {number} is not among {[complaint['number'] for complaint in found]}")
    assert mine is not None
    expect(mine["resolve_by"], "the complaint has no deadline")
    return dict(mine)
