"""A letter is shown at a desk: genuine or not, and what is wrong with it; every try is noted, whatever came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import update

from backend.access import Role, working_for
from backend.clients.registry import client_by_id
from backend.guarantees import letter_qr, queries
from backend.integrations import registry
from backend.kit import clock, signed_codes
from backend.kit.signed_codes import CodeType, SignedCode
from backend.members import queries as members
from backend.members.models import Enrolment, Member
from backend.providers.models import NetworkProvider
from tests.factories.accounts import headers_for
from tests.factories.providers import make_provider
from tests.factories.wards import PATH, STAY, Ward, admitted, make_ward, noted


@pytest.fixture
def ward(http, app) -> Ward:
    return make_ward(http)


def issued(ward: Ward, **facts: Any):
    asked = ward.ask(**{**STAY, **facts}).json
    return ward.do(asked, "issue", Role.AGENT).json


def code_of(ward: Ward, letter) -> str:
    settings = registry.current().settings
    with working_for(ward.client.id) as scope:
        row = queries.letter(scope, UUID(letter["id"]))
        name = members.member(scope, row.member_id).full_name
    facts = client_by_id(ward.client.id)
    return letter_qr.sign(settings.card_key, facts.slug, row, name, zone=facts.timezone, now=clock.now())


def show(ward: Ward, code: str, headers=None):
    answer = ward.http.post(f"{PATH}/verify", json={"qr": code}, headers=headers or ward.headers(Role.PROVIDER))
    assert answer.status_code == 200
    return answer.json


@pytest.mark.requirement("S1-21")
def test_a_genuine_letter_is_known_at_the_desk_it_is_made_out_to(ward):
    letter = issued(ward)
    shown = show(ward, code_of(ward, letter))
    assert (shown["genuine"], shown["problem"], shown["letter"]["number"]) == (True, None, letter["number"])


def test_the_code_names_no_illness_and_ends_with_the_letter(ward):
    letter = issued(ward)
    reading = letter_qr.read(registry.current().settings.card_keys, code_of(ward, letter), clock.now())
    assert reading.code is not None
    assert set(reading.code.facts) <= {"name", "facility", "room_class", "from", "service"}
    assert abs(reading.code.expires_at - clock.now() - timedelta(hours=48)) < timedelta(minutes=1)


def test_the_paper_of_a_confirmed_letter_can_be_checked_until_a_week_after_its_days(ward):
    letter = issued(ward, card_number=ward.card())
    reading = letter_qr.read(registry.current().settings.card_keys, code_of(ward, letter), clock.now())
    assert timedelta(days=9) < reading.code.expires_at - clock.now() < timedelta(days=12)


def _tampered(ward: Ward, letter) -> str:
    code = code_of(ward, letter)
    return code[:-3] + ("AAA" if code[-3:] != "AAA" else "BBB")


def _foreign_client(ward: Ward, letter) -> str:
    settings, now = registry.current().settings, clock.now()
    code = SignedCode(CodeType.LETTER, "another-client", letter["number"], now, now + timedelta(days=1))
    return signed_codes.sign(settings.card_key, code)


def _card(ward: Ward, letter) -> str:
    settings, now = registry.current().settings, clock.now()
    code = SignedCode(CodeType.CARD, ward.client.slug, "M-1", now, now + timedelta(days=1))
    return signed_codes.sign(settings.card_key, code)


def _foreign_key(ward: Ward, letter) -> str:
    now = clock.now()
    code = SignedCode(CodeType.LETTER, ward.client.slug, letter["number"], now, now + timedelta(days=1))
    return signed_codes.sign(bytes(range(100, 132)), code)


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        pytest.param(_tampered, {"guarantees.qr_tampered", "guarantees.qr_unreadable"}, id="tampered"),
        pytest.param(_foreign_client, {"guarantees.qr_foreign"}, id="of another client"),
        pytest.param(_card, {"guarantees.qr_foreign"}, id="a card"),
        pytest.param(_foreign_key, {"guarantees.qr_foreign", "guarantees.qr_tampered"}, id="signed by somebody else"),
        pytest.param(lambda ward, letter: "hello", {"guarantees.qr_foreign"}, id="no code at all"),
    ],
)
def test_what_is_not_genuine_shows_nothing_and_is_noted(ward, forge, reason):
    shown = show(ward, forge(ward, issued(ward)))
    assert (shown["genuine"], shown["letter"]) == (False, None)
    assert {shown["problem"]} <= reason
    assert shown["message"]
    assert noted(ward) == [shown["problem"]]


def _worth(ward: Ward, letter, code: str, problem: str, headers=None) -> None:
    shown = show(ward, code, headers)
    assert shown["problem"] == problem
    assert shown["message"] not in {None, problem}
    assert noted(ward)[-1] == problem


@pytest.mark.requirement("S1-56")
def test_a_letter_that_ran_out_is_worth_nothing(ward):
    letter = issued(ward)
    code = code_of(ward, letter)
    with clock.at(clock.now() + timedelta(hours=49)):
        _worth(ward, letter, code, "guarantees.lapsed")


def test_an_old_paper_of_a_letter_that_holds_is_too_old_to_prove_it(ward):
    letter = issued(ward)
    code = code_of(ward, letter)
    ward.do(letter, "confirm", evidence="card", text=ward.card())
    with clock.at(clock.now() + timedelta(hours=49)):
        _worth(ward, letter, code, "guarantees.qr_expired")


def test_a_letter_is_used_once(ward):
    letter = admitted(ward)
    _worth(ward, letter, code_of(ward, letter), "guarantees.used")
    again = ward.do(letter, "admission")
    assert (again.status_code, again.json["reason"]) == (409, "guarantees.already_admitted")


def test_a_withdrawn_letter_says_so(ward):
    letter = issued(ward)
    code = code_of(ward, letter)
    ward.do(letter, "void", Role.CLAIMS, reason="Wrong patient")
    _worth(ward, letter, code, "guarantees.withdrawn")


def test_a_letter_made_out_to_another_hospital_shows_nothing_of_the_patient(ward):
    letter = issued(ward)
    with working_for(ward.client.id) as scope:
        other = make_provider(scope, kind="hospital").id
    stranger = headers_for(Role.PROVIDER, ward.client, provider_id=other)
    _worth(ward, letter, code_of(ward, letter), "guarantees.made_out_elsewhere", stranger)
    assert show(ward, code_of(ward, letter), stranger)["letter"] is None


def test_a_member_who_left_is_not_admitted_on_an_old_letter(ward):
    letter = issued(ward)
    yesterday = clock.today(ward.client.timezone) - timedelta(days=1)
    with working_for(ward.client.id) as scope:
        scope.session.execute(
            update(Enrolment)
            .where(Enrolment.client_id == ward.client.id, Enrolment.member_id == ward.member)
            .values(ends_on=yesterday)
        )
        scope.session.execute(
            update(Member).where(Member.client_id == ward.client.id, Member.id == ward.member).values(left_on=yesterday)
        )
    _worth(ward, letter, code_of(ward, letter), "guarantees.patient_left")


def test_a_hospital_whose_contract_ended_yesterday_gets_no_letter(ward):
    yesterday = clock.today(ward.client.timezone) - timedelta(days=1)
    with working_for(ward.client.id) as scope:
        scope.session.execute(
            update(NetworkProvider)
            .where(NetworkProvider.client_id == ward.client.id, NetworkProvider.provider_id == ward.hospital)
            .values(valid_until=yesterday)
        )
    refused = ward.ask(**STAY)
    assert (refused.status_code, refused.json["reason"]) == (409, "providers.contract_ended")
    assert noted(ward) == ["providers.contract_ended"]


def test_a_letter_asked_for_before_the_contract_ended_is_not_issued_after_it(ward):
    asked = ward.ask(**STAY).json
    yesterday = clock.today(ward.client.timezone) - timedelta(days=1)
    with working_for(ward.client.id) as scope:
        scope.session.execute(
            update(NetworkProvider)
            .where(NetworkProvider.client_id == ward.client.id, NetworkProvider.provider_id == ward.hospital)
            .values(valid_until=yesterday)
        )
    assert ward.do(asked, "issue", Role.AGENT).json["reason"] == "providers.contract_ended"
    assert noted(ward) == ["providers.contract_ended"]


def test_a_member_who_left_asks_for_nothing_and_it_is_noted(ward):
    yesterday = clock.today(ward.client.timezone) - timedelta(days=1)
    with working_for(ward.client.id) as scope:
        scope.session.execute(
            update(Enrolment)
            .where(Enrolment.client_id == ward.client.id, Enrolment.member_id == ward.member)
            .values(ends_on=yesterday)
        )
    assert ward.ask(**STAY).json["reason"] == "guarantees.not_covered"
    assert noted(ward) == ["guarantees.not_covered"]


def test_a_desk_asks_for_its_own_house_only(ward):
    with working_for(ward.client.id) as scope:
        other = make_provider(scope, kind="hospital").id
    assert ward.ask(provider_id=str(other)).status_code == 403


def test_a_second_hospital_does_not_get_the_letter_of_the_first(ward):
    ward.ask(**STAY)
    with working_for(ward.client.id) as scope:
        other = make_provider(scope, kind="hospital", network="main").id
    stranger = headers_for(Role.PROVIDER, ward.client, provider_id=other)
    asked = ward.http.post(PATH, json={"member_id": str(ward.member)}, headers=stranger)
    assert (asked.status_code, asked.json["reason"]) == (409, "guarantees.open_elsewhere")


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.requirement("S0-20")
def test_the_final_letter_on_paper_shows_the_split_in_two_languages(ward):
    letter = admitted(ward)
    ward.do(
        letter,
        "discharge",
        discharged_at=clock.now().isoformat(),
        positions=[
            {"item": "treatment", "amount": {"amount_minor": 400_000_000, "currency": "IDR"}, "benefit": "IP-CARE"},
            {"item": "non_medical", "amount": {"amount_minor": 15_000_000, "currency": "IDR"}, "benefit": "IP-CARE"},
        ],
    )
    where = f"{PATH}/{letter['id']}/letter.pdf"
    text = _text(ward.http.get(where, headers=ward.headers(Role.PROVIDER)).data)
    for words in ("Surat Jaminan Akhir", "Final Guarantee Letter", "Rp 4.000.000", "Rp 150.000", "Please collect"):
        assert words in text.replace("\xa0", " ")
    assert "A91" not in text
