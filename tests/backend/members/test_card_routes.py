import struct
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from backend.access import Role, working_for
from backend.clients import service as clients
from backend.kit import clock, ids
from backend.members import card_qr, queries
from backend.members.models import Enrolment
from tests.backend.members.conftest import Workplace
from tests.factories.clients import make_client
from tests.factories.members import make_card, make_member

KEY = bytes(range(32, 64))


def card(http: FlaskClient, place: Workplace, member, language: str = "en"):
    answer = http.get(f"/api/v1/members/{member}/card", headers=place.headers(Role.MEMBER, member, language=language))
    assert answer.status_code == 200, answer.json
    return answer.json


@pytest.mark.requirement("S0-56")
def test_a_member_sees_the_card(http: FlaskClient, workplace: Workplace):
    member = workplace.insured(full_name="Budi Santoso")
    shown = card(http, workplace, member)
    assert shown["name"] == "Budi Santoso"
    assert shown["status"] == "active"
    assert shown["plan"] == {"code": "GOLD", "name": "Gold"}
    assert shown["client"] == {"slug": workplace.client.slug, "name": workplace.client.name}
    assert shown["replacement_fee"] == {"amount_minor": 2500000, "currency": "IDR"}
    assert shown["valid_until"] is None


def test_the_plan_is_named_in_the_readers_language(http: FlaskClient, workplace: Workplace):
    assert card(http, workplace, workplace.insured(), "id")["plan"]["name"] == "Sehat Emas"


def test_a_stranger_and_nobody_are_answered_alike(http: FlaskClient, workplace: Workplace):
    headers = workplace.headers(Role.MEMBER, workplace.insured())
    strangers = http.get(f"/api/v1/members/{workplace.insured()}/card", headers=headers)
    nobodys = http.get(f"/api/v1/members/{ids.new_id()}/card", headers=headers)
    assert strangers.status_code == nobodys.status_code == 404
    assert strangers.json == nobodys.json


def test_staff_of_another_client_do_not_find_the_card(http: FlaskClient, workplace: Workplace):
    elsewhere = Workplace(make_client(), ids.new_id())
    answer = http.get(f"/api/v1/members/{workplace.insured()}/card", headers=elsewhere.headers(Role.HR))
    assert answer.status_code == 404


def test_the_qr_is_signed_once_and_kept(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    assert card(http, workplace, member)["qr"] == card(http, workplace, member)["qr"]


def test_the_qr_is_signed_anew_when_half_its_life_is_used(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    first = card(http, workplace, member)
    with clock.at(clock.now() + card_qr.LIFE / 2 + timedelta(minutes=1)):
        again = card(http, workplace, member)
        assert again["qr"] != first["qr"]
        assert card(http, workplace, member)["qr"] == again["qr"]


@pytest.mark.parametrize("status", ["suspended", "lost", "ended"])
def test_a_card_that_may_not_be_used_has_no_qr(http: FlaskClient, workplace: Workplace, status: str):
    with working_for(workplace.client.id) as scope:
        member = make_member(scope, plan_id=workplace.plan_id).id
        make_card(scope, member, status=status)
    shown = card(http, workplace, member)
    assert (shown["status"], shown["qr"]) == (status, None)


def test_a_card_ends_with_the_cover(http: FlaskClient, workplace: Workplace):
    member = workplace.insured(left_on=clock.today("Asia/Jakarta") - timedelta(days=1))
    assert card(http, workplace, member)["status"] == "ended"


def test_cover_that_has_not_begun_gives_no_card_yet(http: FlaskClient, workplace: Workplace):
    tomorrow = clock.today("Asia/Jakarta") + timedelta(days=1)
    with working_for(workplace.client.id) as scope:
        member = make_member(scope, card=True).id
        scope.session.add(
            Enrolment(client_id=scope.client_id, member_id=member, plan_id=workplace.plan_id, starts_on=tomorrow)
        )
    shown = card(http, workplace, member)
    assert (shown["status"], shown["valid_from"]) == ("none", tomorrow.isoformat())


@pytest.mark.parametrize("language", ["id", "en", "pt"])
@pytest.mark.requirement("S0-75")
def test_the_card_is_drawn_in_the_shape_of_a_bank_card(http: FlaskClient, workplace: Workplace, language: str):
    member = workplace.insured()
    answer = http.get(
        f"/api/v1/members/{member}/card.png?language={language}", headers=workplace.headers(Role.MEMBER, member)
    )
    width, height = struct.unpack(">II", answer.data[16:24])
    assert answer.mimetype == "image/png"
    assert width / height == pytest.approx(85.6 / 53.98, abs=0.01)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.requirement("S0-75")
def test_the_card_can_be_printed(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    answer = http.get(f"/api/v1/members/{member}/card.pdf", headers=workplace.headers(Role.MEMBER, member))
    assert answer.data.startswith(b"%PDF")


@pytest.mark.requirement("S1-59")
def test_a_lost_card_is_refused_at_once(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    qr = card(http, workplace, member)["qr"]
    report = http.post(f"/api/v1/members/{member}/card/loss", json={}, headers=workplace.headers(Role.MEMBER, member))
    assert report.json["status"] == "lost"
    assert report.json["card_desk"]["hours"]
    verdict = http.post("/api/v1/cards/verify", json={"qr": qr}).json
    assert (verdict["genuine"], verdict["valid"], verdict["reason"]) == (True, False, "cards.lost")


def test_reporting_a_loss_twice_answers_the_same(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    headers = workplace.headers(Role.MEMBER, member)
    path = f"/api/v1/members/{member}/card/loss"
    assert http.post(path, json={}, headers=headers).json == http.post(path, json={}, headers=headers).json


@pytest.mark.requirement("S1-59")
def test_hr_is_written_to_about_a_lost_card(http: FlaskClient, workplace: Workplace, run_jobs):
    mailbox = f"hr-{workplace.client.slug}@example.com"
    with working_for(workplace.client.id) as scope:
        clients.add_hr_contact(scope, name="Rina", email=mailbox)
    member = workplace.insured()
    http.post(f"/api/v1/members/{member}/card/loss", json={}, headers=workplace.headers(Role.MEMBER, member))
    run_jobs()
    (mail,) = workplace.ask("SELECT text FROM rehearsal_message WHERE address = :mailbox", mailbox=mailbox)
    assert "Rp\xa025.000" in mail[0]


@pytest.mark.requirement("S1-60")
def test_hr_requests_the_replacement_for_the_fee_of_the_contract(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    before = card(http, workplace, member)["card_number"]
    hr = workplace.headers(Role.HR)
    http.post(f"/api/v1/members/{member}/card/loss", json={"reason": "stolen"}, headers=hr)
    waiting = http.get("/api/v1/cards/lost", headers=hr).json["items"]
    made = http.post(f"/api/v1/members/{member}/card/replacement", headers=hr)
    assert [line["reason"] for line in waiting] == ["stolen"]
    assert made.status_code == 201
    assert made.json["fee"] == {"amount_minor": 2500000, "currency": "IDR"}
    assert made.json["card_number"] != before
    assert card(http, workplace, member)["status"] == "active"
    assert http.get("/api/v1/cards/lost", headers=hr).json["items"] == []


@pytest.mark.requirement("S1-60")
def test_a_member_cannot_request_the_replacement(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    path = f"/api/v1/members/{member}/card/replacement"
    assert http.post(path, headers=workplace.headers(Role.MEMBER, member)).status_code == 403


def test_a_card_that_is_not_lost_is_not_replaced(http: FlaskClient, workplace: Workplace):
    path = f"/api/v1/members/{workplace.insured()}/card/replacement"
    assert http.post(path, headers=workplace.headers(Role.HR)).json["reason"] == "cards.not_lost"


def test_a_suspended_card_can_work_again(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    path = f"/api/v1/members/{member}/card/suspension"
    hr = workplace.headers(Role.HR)
    assert http.put(path, json={"suspended": True}, headers=hr).json["status"] == "suspended"
    assert card(http, workplace, member)["qr"] is None
    assert http.put(path, json={"suspended": False}, headers=hr).json["status"] == "active"


def test_a_card_read_costs_one_round_trip(http: FlaskClient, workplace: Workplace, monkeypatch: pytest.MonkeyPatch):
    member = workplace.insured()
    headers = workplace.headers(Role.MEMBER, member)
    path = f"/api/v1/members/{member}/card"
    http.get(path, headers=headers)
    monkeypatch.setattr(queries, "member", None)  # whatever asks more than the hot read breaks
    monkeypatch.setattr("backend.database.UnitOfWork.session", property(lambda unit: 1 / 0))
    assert http.get(path, headers=headers).status_code == 200
