"""``python -m backend.devstack.journey``: walks the main job over the running stack and prints each step."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from backend.devstack.journey import (
    complaint_steps,
    desk_steps,
    form_steps,
    front_desk_steps,
    guarantee_steps,
    helpline_steps,
    member_steps,
    money_chapter,
    network_steps,
    night_steps,
    referral_steps,
    telemedicine_steps,
)
from backend.devstack.journey.person import Person
from backend.devstack.journey.printing import step, steps_done
from backend.devstack.journey.talk import PhoneCall, Stack, WhatsApp, WrongAnswer
from backend.devstack.places import LOCAL


def walk(stack: Stack) -> None:
    """Every step in order; the first wrong answer raises WrongAnswer."""
    home, abroad = stack.demo["clients"][:2]
    person = stack.member(home["slug"])
    token, card, claim = _in_the_app(stack, home, person)
    _in_hospital(stack, home["slug"], str(claim["member_id"]), card)
    born = date.fromisoformat(card["birth_date"])
    chat = WhatsApp(stack, person["phone"], home["whatsapp_number"])
    step(
        "its status, on WhatsApp in Indonesian",
        lambda: helpline_steps.claim_status_on_whatsapp(chat, born, claim["number"]),
    )
    call = PhoneCall(stack, person["phone"], home["voice_number"])
    step("its status, by a call in English", lambda: helpline_steps.claim_status_by_phone(call, born), "\n".join)
    _abroad(stack, abroad, stack.member(abroad["slug"]))
    _in_three_languages(stack, home["slug"], abroad["slug"])
    money_chapter.photo_to_money(Person.signed_in(stack, home["slug"], 7, "id"))
    money_chapter.excess(Person.signed_in(stack, home["slug"], 6, "id"))
    _network(Person.signed_in(stack, home["slug"], 1, "id"))
    _path_of_care(Person.signed_in(stack, home["slug"], 4, "id"))
    step("another language in mid-conversation", lambda: helpline_steps.language_switched(chat))
    step(
        "a webhook delivered five times",
        lambda: helpline_steps.duplicate_webhook(stack, chat, token),
        lambda _: "in the thread once",
    )
    step("a webhook that nobody signed", lambda: helpline_steps.wrong_signature(stack, chat), lambda _: "403")


def _in_the_app(
    stack: Stack, client: dict[str, Any], person: dict[str, Any]
) -> tuple[str, dict[str, Any], dict[str, Any]]:
    token = step(
        "sign in with a code from the outbox",
        lambda: str(member_steps.sign_in(stack, client["slug"], person["phone"])["access_token"]),
        lambda found: f"an access token of {len(found)} characters",
    )
    me = step(
        "who is signed in, and for whom one may act",
        lambda: stack.call("GET", "/api/v1/me", token=token),
        lambda found: ", ".join(f"{one['name']} ({one['relationship']})" for one in found["members"]),
    )
    card = step(
        "the card is genuine, a forged one is not",
        lambda: member_steps.card_verified(stack, token, me["member_id"], client["slug"]),
        lambda found: f"{found['name']}, {found['card_number']}, {found['status']}",
    )
    step(
        "benefits and what is left of them",
        lambda: stack.call("GET", f"/api/v1/members/{me['member_id']}/benefits", token=token, language="id"),
        lambda found: "\n".join(member_steps.benefit_line(one) for one in found["benefits"][:4]),
    )
    claim = step(
        "a claim with three receipts: JPEG, HEIC, PDF",
        lambda: member_steps.claim_with_receipts(stack, token, me["member_id"], "IDR"),
        lambda found: f"{found['number']}: {found['status']}, missing {found['missing'] or 'nothing'}",
    )
    return token, card, claim


def _in_hospital(stack: Stack, slug: str, member_id: str, card: dict[str, Any]) -> None:
    stay = guarantee_steps.Stay(stack, slug, member_id, card["card_number"])
    step("a front desk asks for a letter of guarantee", stay.ask)
    step("the helpline issues it and the patient is admitted", stay.issue)
    step("the stay becomes longer and dearer, a doctor decides", stay.extend)
    step("the final letter: who pays what, paid before leaving", stay.discharge)


def _abroad(stack: Stack, client: dict[str, Any], person: dict[str, Any]) -> None:
    token = member_steps.sign_in(stack, client["slug"], person["phone"])["access_token"]
    me = stack.call("GET", "/api/v1/me", token=token)
    card = stack.call("GET", f"/api/v1/members/{me['member_id']}/card", token=token, language="pt")
    chat = WhatsApp(stack, person["phone"], client["whatsapp_number"])
    number = step(
        "a complaint in Portuguese at the other client",
        lambda: helpline_steps.complaint_in_portuguese(chat, date.fromisoformat(card["birth_date"])),
    )
    step(
        "the complaint stands in the app with its deadline",
        lambda: member_steps.complaint_listed(stack, token, number),
        lambda found: f"{found['number']}: {found['status']}, answered by {found['resolve_by']}",
    )
    step(
        "nobody answers it: overdue, and on the next level",
        lambda: complaint_steps.runs_out(Person.signed_in(stack, client["slug"], 0, "pt")),
        lambda found: f"{found['number']}: level {found['level']}",
    )


def _in_three_languages(stack: Stack, home: str, abroad: str) -> None:
    people = [
        Person.signed_in(stack, home, 2, "id"),
        Person.signed_in(stack, home, 3, "en"),
        Person.signed_in(stack, abroad, 1, "pt"),
    ]
    for person in people:
        step(
            f"[{person.language}] a reimbursement with photos, a question and an emergency in the middle",
            lambda who=person: form_steps.reimbursement(who),  # type: ignore[misc]
        )
    for person in people:
        step(
            f"[{person.language}] a call at night from a hospital, without the card",
            lambda who=person: night_steps.call_without_card(who),  # type: ignore[misc]
            lambda letter: f"{letter['number']}: {letter['state']}",
        )
    for person in people[:1]:
        step(
            "a doctor at home: danger never waits",
            lambda who=person: telemedicine_steps.danger_never_waits(who),  # type: ignore[misc]
            lambda found: f"{found['number']}: call {found['emergency']['number']}",
        )
        consultation = step(
            "a doctor at home: diagnosis, prescription, referral and rest come back, charged by itself",
            lambda who=person: telemedicine_steps.at_home(who),  # type: ignore[misc]
            lambda found: f"{found['number']}: {found['diagnoses'][0]['code']}, referral {found['referral_code']}",
        )
        step(
            "its referral is accepted at the specialist's desk",
            lambda who=person, code=consultation["referral_code"]: front_desk_steps.seen_by(  # type: ignore[misc]
                front_desk_steps.front_desk(who), code
            ),
            lambda bill: f"{bill['number']}: {bill['state']}",
        )
    step(
        "a referral: accepted once, onward, finished, and back without a new first-level visit",
        lambda: referral_steps.chain(Person.signed_in(stack, home, 4, "id")),
        lambda path: "\n".join(f"{one['move']} {one['code']} until {one['until']}" for one in path["options"]),
    )
    for person in people:
        step(
            f"[{person.language}] an agent takes over and answers",
            lambda who=person: desk_steps.handover(who),  # type: ignore[misc]
            lambda case: f"{case['number']}: {case['state']}",
        )


def _network(person: Person) -> None:
    chat = person.chat()
    step("the nearest clinic to a pin on WhatsApp", lambda: network_steps.nearest_clinic(person, chat))
    step(
        "another first clinic, from the day the contract says",
        lambda: network_steps.first_clinic_changed(person, chat),
    )
    step(
        "a contracted hospital abroad",
        lambda: network_steps.care_abroad(person),
        lambda found: f"{found['name']}, {found['city']}: cashless {found['cashless']}",
    )


def _path_of_care(person: Person) -> None:
    condition, diagnosis = front_desk_steps.chronic_illness(person)
    desk = step("a front desk signs in", lambda: front_desk_steps.front_desk(person), lambda found: found.name)
    referral = step(
        "a doctor refers to a specialist",
        lambda: front_desk_steps.referred(person, diagnosis),
        lambda found: f"{found['code']}: {found['specialty_name']}, until {found['valid_until']}",
    )
    step(
        "the specialist's desk reads the card, accepts the referral and sends its bill",
        lambda: front_desk_steps.seen_by(desk, referral["code"]),
        lambda bill: f"{bill['number']}: {bill['state']}",
    )
    onward = step(
        "onward to another specialist, without starting again",
        lambda: front_desk_steps.referred_on(desk, referral, diagnosis),
        lambda found: f"{found['code']}: {found['specialty_name']}",
    )
    other = step(
        "another hospital's own system gets a key",
        lambda: front_desk_steps.hospital_system(person, "RS Samudra Kasih"),
        lambda found: found.name,
    )
    step(
        "it accepts the onward referral",
        lambda: front_desk_steps.seen_by(other, onward["code"]),
        lambda bill: f"{bill['number']}: {bill['state']}",
    )
    letter = step(
        "admitted on a letter of guarantee",
        lambda: front_desk_steps.admitted(other),
        lambda found: f"{found['number']}: {found['state']}, next {found['next_step']}",
    )
    step(
        "discharged with the final letter",
        lambda: front_desk_steps.gone_home(other, letter),
        lambda found: f"plan {found['settled']['plan']}, patient {found['settled']['cost']}",
    )
    step(
        "stable: handed back to the first tier",
        lambda: front_desk_steps.handed_back(other, onward["code"], condition),
        lambda found: f"{found['code']}: {found['condition_name']}, seen again {found['review_on']}",
    )


def main() -> int:
    """0 when every step was right, 1 at the first wrong answer."""
    started = time.perf_counter()
    try:
        walk(Stack.of(Path(os.environ.get("CARELINE_STATE_DIR", LOCAL)) / "demo.json"))
    except WrongAnswer as wrong:
        print(f"✘ {wrong}", file=sys.stderr)
        return 1
    print(f"the journey is complete: {steps_done()} steps in {time.perf_counter() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
