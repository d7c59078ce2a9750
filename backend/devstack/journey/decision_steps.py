"""Claims are decided: by the rules alone, by one analyst or by two, beside JKN, and again after an appeal."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from backend.devstack.journey import member_steps
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import WhatsApp, expect
from backend.devstack.receipts import receipt_photo
from backend.devstack.receipts.content import Receipt

_RUPIAH = 100
_ASKED = "rincian keputusan klaim"
_WORDS_IN_THIRTY_SECONDS = 90
_SMALL = 900_000 * _RUPIAH
"""Below what the demo's contract lets the rules decide alone."""
_LARGE = 1_200_000 * _RUPIAH
_JKN_TARIFF = 1_000_000 * _RUPIAH
_JKN_PERCENT = 75
_JKN_PAID = 500_000 * _RUPIAH
_BEFORE_THE_DECREE = "2024-08-31"
_VERY_LARGE = 11_000_000 * _RUPIAH
_EMERGENCY_LIMIT = 10_000_000 * _RUPIAH
"""What the demo's plan pays of an emergency; from this on its contract asks for a second person."""
_DISPENSED = 1_100_000 * _RUPIAH
_VISIT_LIMIT = 1_000_000 * _RUPIAH
"""What the demo's plan pays of medicines at a time."""
_ACCEPTED = 400_000 * _RUPIAH
_TEN_WORKING_DAYS = timedelta(days=12)
"""At least so long, from a Sunday on."""
_SATURDAY = 5
_JPEG = "image/jpeg"
_PLACES = {"pharmacy": "pharmacy", "emergency": "hospital", "outpatient": "clinic"}
"""Whose receipts a benefit is claimed with: a dentist's would be read as a dentist's."""
_ASK_A_PERSON = ("Gigi", "Vitamin")
"""A dentist's work and vitamins are not for the rules alone under these benefits."""
_PAYERS = ("plan", "other", "member", "provider")


def straight_through(person: Person) -> dict[str, Any]:
    """A photo of a pharmacy's receipt. What a machine read without doubt needs nobody; else the desk looks at it."""
    claim = complete(person, sent(person, "pharmacy", None))
    decision = claim["decision"]
    expect(decision and decision["kind"] == "automatic", f"nobody decided: {claim['status']}")
    expect(claim["status"] == "approved", f"the claim is {claim['status']}")
    claimed = claim["claimed"]["amount_minor"]
    expect(_totals(claim) == {"plan": claimed, "member": 0, "other": 0}, f"{claimed} is divided as {_totals(claim)}")
    words = person.get(f"/api/v1/claims/{claim['id']}/receipt")
    expect(words["text"] and words["speech"], "the receipt has no words")
    paper = person.get(f"/api/v1/claims/{claim['id']}/receipt.pdf")
    expect(paper.startswith(b"%PDF"), "the receipt is no PDF")
    return claim


def told_on_every_channel(person: Person, claim: dict[str, Any], chat: WhatsApp) -> str:
    """The receipt as the app has it, on WhatsApp and by phone in about thirty seconds, with the same figures."""
    words = person.get(f"/api/v1/claims/{claim['id']}/receipt")
    chat.wait_for_quiet()
    answer = chat.say(_ASKED)
    if "lahir" in answer.lower():
        answer = chat.say(person.birth_digits)
    expect(words["text"] in answer, f"on WhatsApp the receipt is another: {answer}")
    call = person.call()
    call.dial()
    call.press(str(person.client["languages"].index(person.language) + 1))
    heard = call.speak(_ASKED)
    if "lahir" in heard.lower():
        heard = call.press(person.birth_digits)
    expect(words["speech"] in heard, f"on the telephone the receipt is another: {heard}")
    count = len(words["speech"].split())
    expect(count <= _WORDS_IN_THIRTY_SECONDS, f"the receipt takes {count} words")
    return words["speech"]  # type: ignore[no-any-return]


def by_two_people(person: Person) -> dict[str, Any]:
    """A large amount: an analyst decides, may not confirm it, and a second one does."""
    claim = complete(person, sent(person, "emergency", _VERY_LARGE))
    expect(claim["status"] == "in_review", f"a very large claim is {claim['status']}")
    first, second = person.as_staff("claims"), person.as_staff("claims", 1)
    path = f"/api/v1/claims/{claim['id']}/decision"
    waiting = first.do("POST", path, {"note": None}, status=201)
    expect(waiting["status"] == "confirming", f"a decision of this size is {waiting['status']}")
    refused = first.do("POST", f"{path}/confirmation", status=403)
    expect(refused["reason"] == "claims.same_person", f"refused with {refused['reason']}")
    second.do("POST", f"{path}/confirmation")
    decided = dict(person.get(f"/api/v1/claims/{claim['id']}"))
    expected = {"plan": _EMERGENCY_LIMIT, "member": _VERY_LARGE - _EMERGENCY_LIMIT, "other": 0}
    expect(_totals(decided) == expected, f"decided as {_totals(decided)}")
    return decided


def beside_jkn(person: Person) -> dict[str, Any]:
    """JKN pays first by the way that was agreed and in force: KMK 1366/2024 gives 75 % of its tariff, we the rest.

    Before September 2024 the decree did not exist, and JKN paid its whole tariff by Permenkes 3/2023.
    """
    claim = complete(person, sent(person, "pharmacy", _LARGE))
    expect(claim["status"] == "in_review", f"a large claim is {claim['status']}")
    jkn = {"name": "JKN", "way": "kmk_1366_2024", "tariff_minor": _JKN_TARIFF}
    analyst, path = person.as_staff("claims"), f"/api/v1/claims/{claim['id']}/assessment"
    told = {"diagnosis": "J06.9", "other": jkn}
    before = analyst.do("PUT", path, {**told, "visit_on": _BEFORE_THE_DECREE})["receipt"]["totals"]
    expect(before["other"]["amount_minor"] == _JKN_TARIFF, f"before the decree JKN pays {before['other']}")
    expect(_together(before) == _LARGE, f"before the decree the payers add up to {_together(before)}")
    balance = {"name": "JKN", "way": "balance", "paid_minor": _JKN_PAID}
    after = analyst.do("PUT", path, {"visit_on": claim["visit_on"], "other": balance})["receipt"]["totals"]
    expect(after["other"]["amount_minor"] == _JKN_PAID, f"by the balance JKN pays {after['other']}")
    expect(_together(after) == _LARGE, f"by the balance the payers add up to {_together(after)}")
    totals = analyst.do("PUT", path, told)["receipt"]["totals"]
    expect(totals["other"]["amount_minor"] == _JKN_TARIFF * _JKN_PERCENT // 100, f"JKN pays {totals['other']}")
    expect(_together(totals) == totals["billed"]["amount_minor"] == _LARGE, "the payers do not add up to the bill")
    decided = _decided(person, claim, 0)
    receipt = decided["decision"]["receipt"]
    expect(receipt["totals"] == totals, "decided otherwise than proposed")
    steps = {step["rule"]: step for line in receipt["lines"] for step in line["steps"]}
    expect(steps["other_payer"]["moved"] == totals["other"], f"the receipt moves {steps['other_payer']['moved']}")
    expect("JKN" in steps["other_payer"]["sentence"], f"the receipt says {steps['other_payer']['sentence']}")
    return decided


def cut(person: Person) -> dict[str, Any]:
    """An analyst accepts a part of what was dispensed and says why; the rest is the member's."""
    claim = complete(person, sent(person, "pharmacy", _DISPENSED))
    expect(claim["status"] == "in_review", f"a large claim is {claim['status']}")
    path = f"/api/v1/claims/{claim['id']}/assessment"
    line = {"description": "Obat", "quantity": 1, "amount_minor": _DISPENSED}
    analyst = person.as_staff("claims")
    analyst.do("PUT", path, {"diagnosis": "K29.7", "positions": [line]})
    accepted = {"position": 1, "accepted_minor": _ACCEPTED, "finding": "quantity"}
    analyst.do("PUT", path, {"lines": [accepted]})
    decided = _decided(person, claim, 0)
    expect(decided["status"] == "partly_approved", f"the claim is {decided['status']}")
    expect(_totals(decided) == {"plan": _ACCEPTED, "member": _DISPENSED - _ACCEPTED, "other": 0}, f"{_totals(decided)}")
    return decided


def appealed(person: Person, claim: dict[str, Any]) -> dict[str, Any]:
    """The member objects with a new paper; another analyst than the first decides anew, within the days promised."""
    path = f"/api/v1/claims/{claim['id']}"
    after = person.post(f"{path}/appeal", text="Resep dokter untuk tiga bulan terlampir")
    (appeal,) = after["appeals"]
    expect(after["status"] == "appealed" and not appeal["answered_at"], f"the appeal is {after['status']}")
    until = date.fromisoformat(appeal["answer_by"])
    expect(until - person.today >= _TEN_WORKING_DAYS and until.weekday() < _SATURDAY, f"answered by {until}")
    papers = len(after["documents"])
    with_paper = member_steps.with_new_paper(person.stack, person.token, after, _photo())
    expect(len(with_paper["documents"]) == papers + 1, "the new paper is not with the claim")
    first, second = person.as_staff("claims"), person.as_staff("claims", 1)
    refused = first.do("POST", f"{path}/decision", {"note": None}, status=403)
    expect(refused["reason"] == "claims.appeal_by_another", f"refused with {refused['reason']}")
    bench = second.get(f"{path}/workbench")["claim"]
    expect(len(bench["documents"]) == papers + 1, "the second analyst does not see the new paper")
    second.do("PUT", f"{path}/assessment", {"lines": [{"position": 1, "accepted_minor": None, "finding": None}]})
    again = _decided(person, claim, 1)
    expect(again["decision"]["kind"] == "appeal" and again["appeals"][0]["answered_at"], "the appeal has no answer")
    expect(
        _totals(again) == {"plan": _VISIT_LIMIT, "member": _DISPENSED - _VISIT_LIMIT, "other": 0}, f"{_totals(again)}"
    )
    return again


def shown(claim: dict[str, Any]) -> str:
    """A decision in a line for each sentence of its receipt."""
    return "\n".join((f"{claim['number']}: {claim['status']}", *claim["decision"]["receipt"]["summary"]))


def sent(person: Person, benefit: str, claimed: int | None) -> dict[str, Any]:
    """A claim with a new photo; of ``claimed``, or of what is read on it and accepted."""
    data, truth = _receipt(_PLACES[benefit])
    facts: dict[str, Any] = {
        "member_id": person.member_id,
        "benefit": benefit,
        "visit_on": (person.today - timedelta(days=2)).isoformat(),
        "provider_name": truth.provider,
        "place_region": "3171",
    }
    if claimed is not None:
        facts["claimed"] = {"amount_minor": claimed, "currency": "IDR"}
    written = None if claimed else {"amount_minor": truth.total_minor, "currency": "IDR"}
    return member_steps.claim_with_photo(person.stack, person.token, facts, (data, _JPEG), written)


def complete(person: Person, claim: dict[str, Any]) -> dict[str, Any]:
    """The intake desk looks at the papers that do not speak for themselves."""
    return _at_the_desk(person, claim, "POST", "complete", {}) if claim["status"] == "submitted" else claim


def _at_the_desk(person: Person, claim: dict[str, Any], method: str, verb: str, body: dict[str, Any]) -> dict[str, Any]:
    return dict(person.as_staff("claims").do(method, f"/api/v1/claims/{claim['id']}/{verb}", body))


def _decided(person: Person, claim: dict[str, Any], place: int) -> dict[str, Any]:
    """The analyst at ``place`` decides; the member reads it."""
    path = f"/api/v1/claims/{claim['id']}"
    person.as_staff("claims", place).do("POST", f"{path}/decision", {"note": None}, status=201)
    return dict(person.get(path))


def plan_part(claim: dict[str, Any]) -> int:
    """What the plan pays by the decision in force, in minor units."""
    return _totals(claim)["plan"]


def _totals(claim: dict[str, Any]) -> dict[str, int]:
    totals = claim["decision"]["receipt"]["totals"]
    return {payer: totals[payer]["amount_minor"] for payer in ("plan", "member", "other")}


def _together(totals: dict[str, Any]) -> int:
    return sum(totals[payer]["amount_minor"] for payer in _PAYERS)


def _photo() -> tuple[bytes, str]:
    return _receipt(_PLACES["pharmacy"])[0], _JPEG


def _receipt(kind: str) -> tuple[bytes, Receipt]:
    """A new receipt of such a place, of what the rules may decide alone."""
    while True:
        data, truth = receipt_photo(1000 + secrets.randbelow(100_000), "ID", "jpeg", kind=kind)
        told = " ".join([truth.provider, *(line.text for line in truth.lines)])
        if truth.total_minor <= _SMALL and not any(word in told for word in _ASK_A_PERSON):
            return data, truth
