"""Whoever stands at the desk: read by QR, by number, without a card; and every code that does not count."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.clients.models import Contract
from backend.integrations import registry
from backend.kit import clock
from backend.members import card_qr
from backend.members import queries as members
from backend.members import service as member_service
from backend.members.service import registration
from backend.visits.service import identify
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.visits import INPATIENT, OUTPATIENT, SPECIALIST, Desk, end_contract, make_desk, make_visit

PATH = "/eligibility"


def qr_of(http: FlaskClient, desk: Desk) -> str:
    own = headers_for(Role.MEMBER, desk.client, (desk.member_id,))
    return http.get(f"/api/v1/members/{desk.member_id}/card", headers=own).json["qr"]


def refusals(desk: Desk) -> list[tuple[str, list[str]]]:
    """What the audit record says was refused, with the reason."""
    with working_for(desk.client.id) as scope:
        rows = scope.session.execute(
            select(AuditRecord.object_type, AuditRecord.fields)
            .where(AuditRecord.client_id == desk.client.id, AuditRecord.action == "refused")
            .order_by(AuditRecord.at, AuditRecord.id)
        )
        return [(row.object_type, row.fields) for row in rows]


@pytest.mark.requirement("S4-22")
@pytest.mark.requirement("S1-17")
def test_a_card_tells_who_it_is_and_what_is_covered_here_in_plain_words(http, ask):
    desk = make_desk(OUTPATIENT, SPECIALIST, INPATIENT)
    told = ask(desk, PATH, {"qr": qr_of(http, desk)}).json
    assert told["eligible"]
    assert told["member"]["name"] == "Budi Santoso"
    by_code = {one["code"]: one for one in told["benefits"]}
    assert by_code["OP-GP"]["sentences"] == ["The patient pays 10% here, at most Rp\xa050,000."]
    assert (by_code["OP-SP"]["needs"], by_code["IP-ROOM"]["needs"]) == (["referral"], ["letter"])
    assert "A referral from the first-tier doctor is needed, except in an emergency." in by_code["OP-SP"]["sentences"]


@pytest.mark.parametrize(
    ("language", "said"), [("id", "Dijamin."), ("en", "Covered."), ("pt", "Coberto.")], ids=["id", "en", "pt"]
)
def test_the_desk_reads_it_in_its_own_language(http, desk, language, said):
    body = {"card_number": desk.card_number()}
    answer = http.post(f"/api/v1{PATH}", json=body, headers=desk.headers(language=language)).json
    assert answer["message"].startswith(said)


def test_typing_the_number_of_the_card_works_as_well(ask, desk):
    spaced = " ".join(desk.card_number()[start : start + 4] for start in range(0, 12, 4))
    assert ask(desk, PATH, {"card_number": spaced}).json["member"]["id"] == str(desk.member_id)


@pytest.mark.requirement("S1-21")
def test_without_a_card_the_number_and_the_date_of_birth_are_asked(ask, desk):
    with working_for(desk.client.id) as scope:
        patient = members.member(scope, desk.member_id)
        number, born = patient.number, patient.birth_date
    assert ask(desk, PATH, {"member_number": number, "birth_date": str(born)}).json["eligible"]
    wrong = ask(desk, PATH, {"member_number": number, "birth_date": "1999-01-01"}).json
    assert (wrong["reason"], wrong["member"]) == ("visits.not_recognised", None)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"qr": "x", "card_number": "123"},
        {"member_number": "M1"},
        {"card_number": "123456", "birth_date": "1990-01-01"},
    ],
)
def test_one_way_of_asking_at_a_time(ask, desk, body):
    assert ask(desk, PATH, body).status_code == 422


@pytest.mark.parametrize(
    ("allowed", "said"),
    [("hidden", None), ("yes_no", "Something is left."), ("amount", "Rp\xa010,000,000 left.")],
)
def test_what_is_left_is_told_as_the_contract_allows(app, ask, allowed, said):
    desk = make_desk(client=make_client(terms={"remaining_at_desk": allowed}))
    told = ask(desk, PATH, {"card_number": desk.card_number()}).json
    assert told["benefits"][0]["remaining"] == said


def test_a_visit_that_goes_on_is_named(ask, desk):
    visit = make_visit(desk)
    assert ask(desk, PATH, {"card_number": desk.card_number()}).json["open_visit_id"] == str(visit.id)


def test_the_member_can_read_that_a_desk_looked(http, ask, desk):
    ask(desk, PATH, {"card_number": desk.card_number()})
    with working_for(desk.client.id) as scope:
        looked = scope.session.scalars(
            select(AuditRecord.object_type).where(AuditRecord.member_id == desk.member_id, AuditRecord.action == "read")
        )
        assert "benefits" in list(looked)


def test_a_sign_in_without_a_facility_is_told_so(http, desk):
    lost = headers_for(Role.PROVIDER, desk.client)
    answer = http.post(f"/api/v1{PATH}", json={"card_number": desk.card_number()}, headers=lost)
    assert (answer.status_code, answer.json["reason"]) == (403, "visits.no_facility")


class TestCodesThatDoNotCount:
    """Issue 4, bad input: each has its message at the desk and its audit row."""

    def refused(self, ask, desk: Desk, body: dict, reason: str) -> dict:
        before = len(refusals(desk))
        answer = ask(desk, PATH, body)
        assert answer.status_code == 200
        assert (answer.json["eligible"], answer.json["reason"]) == (False, reason)
        assert answer.json["message"] not in {"", reason}
        assert [fields for _, fields in refusals(desk)[before:]] == [[reason]]
        return answer.json

    def test_an_expired_qr(self, http, ask, desk):
        qr = qr_of(http, desk)
        with clock.at(clock.now() + card_qr.LIFE + timedelta(seconds=1)):
            told = self.refused(ask, desk, {"qr": qr}, "cards.qr_expired")
        assert told["member"] is None

    def test_a_foreign_code(self, ask, desk):
        self.refused(ask, desk, {"qr": "https://somewhere.example/menu"}, "cards.qr_foreign")

    def test_a_code_somebody_else_signed(self, ask, desk):
        now = clock.now().replace(microsecond=0)
        claims = card_qr.CardClaims(desk.client.slug, "1", "2", "Eve", "GOLD", now, now + card_qr.LIFE)
        forged = card_qr.sign(hashlib.sha256(b"not ours").digest(), claims)
        self.refused(ask, desk, {"qr": forged}, "cards.qr_foreign")

    def test_a_tampered_qr(self, http, ask, desk):
        qr = qr_of(http, desk)
        swapped = qr[:-9] + ("A" if qr[-9] != "A" else "B") + qr[-8:]
        assert ask(desk, PATH, {"qr": swapped}).json["reason"] in {"cards.qr_tampered", "cards.qr_unreadable"}
        assert [fields[0] in {"cards.qr_tampered", "cards.qr_unreadable"} for _, fields in refusals(desk)] == [True]

    def test_a_replayed_qr_of_a_card_that_was_lost_since(self, http, ask, desk):
        qr = qr_of(http, desk)
        with working_for(desk.client.id) as scope:
            member_service.report_card_loss(scope, desk.member_id, "stolen")
        self.refused(ask, desk, {"qr": qr}, "cards.lost")
        self.refused(ask, desk, {"card_number": desk.card_number()}, "cards.lost")

    def test_a_card_of_a_member_who_left(self, http, ask, desk):
        qr = qr_of(http, desk)
        with working_for(desk.client.id) as scope:
            registration.terminate(scope, desk.member_id, clock.today(desk.client.timezone) - timedelta(days=1))
        answer = ask(desk, PATH, {"qr": qr}).json
        assert not answer["eligible"]
        assert answer["reason"] in {"visits.not_covered", "cards.ended"}
        assert refusals(desk)

    def test_a_card_of_another_client_says_which_one_and_nothing_else(self, http, ask, desk):
        stranger = make_desk()
        told = self.refused(ask, desk, {"qr": qr_of(http, stranger)}, "cards.other_client")
        assert (told["client"], told["member"]) == (stranger.client.slug, None)

    def test_a_facility_whose_contract_ended_yesterday(self, ask, desk):
        end_contract(desk)
        told = self.refused(ask, desk, {"card_number": desk.card_number()}, "providers.contract_ended")
        yesterday = clock.today(desk.client.timezone) - timedelta(days=1)
        assert str(yesterday.year) in told["message"]

    def test_a_facility_whose_contract_ends_today_still_treats(self, ask, desk):
        end_contract(desk, days_ago=0)
        assert ask(desk, PATH, {"card_number": desk.card_number()}).json["eligible"]

    def test_numbers_of_nobody_are_slowed_down(self, ask, desk, monkeypatch):
        monkeypatch.setattr(identify, "_GUESSES", type(identify._GUESSES)(2, seconds=300))
        headers = desk.headers()
        answers = [ask(desk, PATH, {"card_number": f"000{n}"}, **headers).status_code for n in range(3)]
        assert answers == [200, 200, 429]
        assert len(refusals(desk)) == 3


def test_an_old_key_still_reads_what_it_signed(http, ask, desk, monkeypatch):
    qr = qr_of(http, desk)
    current = registry.current()
    rotated = replace(
        current.settings, card_key=hashlib.sha256(b"next").digest(), old_card_keys=(current.settings.card_key,)
    )
    monkeypatch.setattr(registry, "_current", replace(current, settings=rotated))
    assert ask(desk, PATH, {"qr": qr}).json["eligible"]


def test_the_terms_of_the_contract_are_kept_where_the_others_are(app):
    client = make_client(terms={"remaining_at_desk": "amount"})
    with working_for(client.id) as scope:
        assert scope.session.scalars(select(Contract)).one().terms == {"remaining_at_desk": "amount"}
