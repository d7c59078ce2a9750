"""A visit opens once, ends once, and is seen by its own facility only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.benefits.rules import BenefitGroup
from backend.members import queries as members
from backend.members import service as member_service
from backend.referrals.queries import referral
from backend.visits import service
from backend.visits.models import Visit
from backend.visits.service.attendance import Reception
from backend.visits.service.identify import Asked
from tests.factories.members import make_member
from tests.factories.referrals import make_referral, make_region
from tests.factories.visits import INPATIENT, Desk, end_contract, make_bill, make_desk, make_visit


def opens(desk: Desk, **facts: object) -> dict:
    return {"card_number": desk.card_number(), "benefit_group": "outpatient", **facts}


@pytest.mark.requirement("S2-10")
def test_a_visit_is_opened_and_closed(http, ask, desk):
    opened = ask(desk, "/visits", opens(desk))
    assert (opened.status_code, opened.json["state"], opened.json["shown"]) == (201, "open", "card_number")
    closed = ask(desk, f"/visits/{opened.json['id']}/close")
    assert (closed.json["state"], closed.json["ended_at"] is not None) == ("closed", True)
    again = ask(desk, f"/visits/{opened.json['id']}/close")
    assert again.json["ended_at"] == closed.json["ended_at"]


@pytest.mark.requirement("S2-10")
def test_a_member_has_one_open_visit_at_a_facility(ask, desk):
    first = ask(desk, "/visits", opens(desk)).json
    assert ask(desk, "/visits", opens(desk, benefit_group="dental")).json["id"] == first["id"]
    ask(desk, f"/visits/{first['id']}/close")
    assert ask(desk, "/visits", opens(desk)).json["id"] != first["id"]


def test_a_member_may_be_at_two_facilities_at_once(ask, desk):
    """A hospital sends blood to a laboratory while the patient waits."""
    assert make_visit(desk).id != make_visit(desk.neighbour(kind="laboratory", tier=None)).id


def test_ten_people_at_one_desk_open_one_visit(desk):
    barrier = Barrier(10)

    def open_it(_: int):
        barrier.wait()
        with working_for(desk.client.id, desk.actor) as scope:
            asked = Asked(card_number=number)
            return service.open_visit(scope, asked, Reception(BenefitGroup.OUTPATIENT)).id

    number = desk.card_number()
    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(open_it, range(10)))) == 1


def test_the_same_key_gives_the_same_visit(ask, desk):
    answers = [ask(desk, "/visits", opens(desk), **{"Idempotency-Key": "k"}) for _ in range(2)]
    assert answers[0].json["id"] == answers[1].json["id"]


def test_without_a_card_a_visit_can_be_opened_too(ask, desk):
    with working_for(desk.client.id) as scope:
        patient = members.member(scope, desk.member_id)
    body = {"member_number": patient.number, "birth_date": str(patient.birth_date), "benefit_group": "outpatient"}
    assert ask(desk, "/visits", body).json["shown"] == "nothing"


def _lose_card(desk: Desk) -> None:
    with working_for(desk.client.id) as scope:
        member_service.report_card_loss(scope, desk.member_id, "lost")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (end_contract, "providers.contract_ended"),
        (_lose_card, "cards.lost"),
    ],
    ids=["contract ended", "card lost"],
)
def test_a_visit_that_may_not_be_opened_leaves_its_audit_row(ask, desk, spoil, reason):
    number = desk.card_number()
    spoil(desk)
    refused = ask(desk, "/visits", {"card_number": number, "benefit_group": "outpatient"})
    assert (refused.status_code, refused.json["reason"]) == (409, reason)
    with working_for(desk.client.id) as scope:
        rows = scope.session.scalars(
            select(AuditRecord.fields).where(AuditRecord.action == "refused", AuditRecord.member_id == desk.member_id)
        )
        assert [reason] in list(rows)
        assert scope.session.scalars(select(Visit)).all() == []


def test_an_emergency_is_taken_in_although_the_contract_has_ended(ask, desk):
    end_contract(desk)
    taken = ask(desk, "/visits", opens(desk, benefit_group="emergency", emergency=True))
    assert (taken.status_code, taken.json["emergency"]) == (201, True)


def test_a_cancelled_visit_says_why_and_stays_so(ask, desk):
    visit = make_visit(desk)
    assert ask(desk, f"/visits/{visit.id}/cancel", {"reason": "Went home"}).json["end_reason"] == "Went home"
    assert ask(desk, f"/visits/{visit.id}/close").json["reason"] == "visits.ended"


@pytest.mark.parametrize("path", ["", "/close", "/cancel", "/bill"])
def test_another_facilitys_visit_is_not_there(http, desk, path):
    visit, other = make_visit(desk), desk.neighbour()
    method = "GET" if not path else "POST"
    body = {"reason": "no such"} if path == "/cancel" else _bill_body() if path == "/bill" else None
    answer = http.open(f"/api/v1/visits/{visit.id}{path}", method=method, json=body, headers=other.headers())
    assert answer.status_code == 404


def _bill_body() -> dict:
    unit = {"amount_minor": 100, "currency": "IDR"}
    line = {"description": "Care", "service_on": "2026-01-01", "unit": unit}
    return {"invoice_number": "1", "total": unit, "lines": [line]}


def test_a_desk_lists_its_own_visits_and_staff_all(http, desk):
    mine, other = make_visit(desk), desk.neighbour()
    theirs = make_visit(other)
    bill = make_bill(other, _closed(other, theirs))

    def listed(headers) -> dict[str, dict]:
        return {one["id"]: one for one in http.get("/api/v1/visits", headers=headers).json["items"]}

    assert set(listed(desk.headers())) == {str(mine.id)}
    everybody = listed(desk.headers(Role.CLAIMS))
    assert set(everybody) == {str(mine.id), str(theirs.id)}
    assert everybody[str(theirs.id)]["bill_id"] == str(bill.id)


def _closed(desk: Desk, visit: Visit) -> Visit:
    with working_for(desk.client.id, desk.actor) as scope:
        return service.close_visit(scope, visit.id)


def test_pages_of_visits_follow_one_another(http, ask):
    desk = make_desk()
    made = []
    for _ in range(3):
        visit = make_visit(desk, closed=True)
        made.append(str(visit.id))
    first = http.get("/api/v1/visits?limit=2", headers=desk.headers()).json
    rest = http.get(f"/api/v1/visits?limit=2&cursor={first['next_cursor']}", headers=desk.headers()).json
    assert [one["id"] for one in [*first["items"], *rest["items"]]] == made[::-1]
    assert rest["next_cursor"] is None


def test_the_head_of_the_page_names_the_facility(http, desk):
    here = http.get("/api/v1/front-desk", headers=desk.headers()).json
    assert (here["id"], here["kind"]) == (str(desk.provider_id), "hospital")


@pytest.mark.requirement("S0-28")
def test_a_referral_is_accepted_for_the_visit_of_its_patient(http, app):
    region = make_region()
    desk = Desk(region.client, region.specialist, region.member_id, region.plan_id)
    visit, code = make_visit(desk), make_referral(region).code
    path = f"/api/v1/visits/{visit.id}/referrals/{code}/accept"
    taken = http.post(path, headers=desk.headers())
    assert (taken.status_code, taken.json["referral_code"]) == (200, code)


def test_a_referral_of_somebody_else_is_not_used_up_by_the_wrong_visit(http, app):
    region = make_region()
    desk = Desk(region.client, region.specialist, region.member_id, region.plan_id)
    with working_for(region.client.id) as scope:
        other = make_member(scope, plan_id=region.plan_id, card=True).id
    visit = make_visit(Desk(region.client, region.specialist, other, region.plan_id))
    code = make_referral(region).code
    refused = http.post(f"/api/v1/visits/{visit.id}/referrals/{code}/accept", headers=desk.headers())
    assert (refused.status_code, refused.json["reason"]) == (409, "visits.another_patient")
    with working_for(region.client.id) as scope:
        assert referral(scope, code).accepted_by is None


@pytest.mark.requirement("S1-21")
def test_the_letter_that_was_asked_for_stays_with_the_visit(http, app):
    desk = make_desk(INPATIENT)
    visit = make_visit(desk, group=BenefitGroup.INPATIENT)
    body = {"member_id": str(desk.member_id), "provider_id": str(desk.provider_id)}
    letter = http.post("/api/v1/guarantee-letters", json=body, headers=desk.headers()).json
    kept = http.put(f"/api/v1/visits/{visit.id}/letters/{letter['id']}", headers=desk.headers())
    assert kept.json["letter_id"] == letter["id"]
