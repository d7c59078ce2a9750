"""A letter of guarantee over HTTP: the helpline issues it, the desk or HR confirm it, nobody else sees it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.clients.registry import ClientFacts
from backend.guarantees import service
from backend.guarantees.tasks import lapse_letters
from backend.kit import clock, ids
from backend.kit.deadlines import local_date
from backend.members import queries as members
from backend.members import service as member_service
from backend.notifications.models import Notification
from tests.factories.accounts import headers_for
from tests.factories.benefits import make_plan
from tests.factories.clients import make_client
from tests.factories.guarantees import make_letter, make_patient
from tests.factories.members import make_member
from tests.factories.providers import make_provider

PATH = "/api/v1/guarantee-letters"


@pytest.fixture
def patient(app) -> tuple[ClientFacts, UUID]:
    return make_patient(full_name="Budi Santoso")


def _ask(http: FlaskClient, client: ClientFacts, member_id: UUID, role: Role = Role.AGENT, **facts):
    who = headers_for(role, client, (member_id,) if role is Role.MEMBER else ())
    body = {"member_id": str(member_id), "provider_name": "RS Harapan Kita", **facts}
    return http.post(PATH, json=body, headers=who)


def _do(http: FlaskClient, client: ClientFacts, role: Role, letter, verb: str, *, body=None, **more):
    return http.post(f"{PATH}/{letter.id}/{verb}", json=body or {}, headers=headers_for(role, client, **more))


def _pages(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]


def _card(number: str) -> dict[str, str]:
    return {"evidence": "card", "text": number}


def _statement(words: str) -> dict[str, str]:
    return {"evidence": "hr_statement", "text": words}


def _card_number(client: ClientFacts, member_id: UUID) -> str:
    with working_for(client.id) as scope:
        return members.card_of(scope, member_id).number


@pytest.mark.requirement("S1-55")
@pytest.mark.requirement("S1-56")
def test_an_inpatient_without_the_card_gets_a_letter_for_two_times_24_hours(http, patient):
    client, member = patient
    with working_for(client.id) as scope:
        member_service.report_card_loss(scope, member, "lost")
    asked = _ask(http, client, member)
    assert (asked.status_code, asked.json["state"], asked.json["kind"]) == (201, "requested", "initial")
    issued = http.post(f"{PATH}/{asked.json['id']}/issue", json={}, headers=headers_for(Role.DOCTOR, client)).json
    assert issued["state"] == "issued"
    hours = datetime.fromisoformat(issued["valid_until"]) - datetime.fromisoformat(issued["issued_at"])
    assert hours == timedelta(hours=48)


def test_the_hours_are_a_term_of_the_contract(http, app):
    client, member = make_patient(make_client(terms={"initial_guarantee_hours": 24}))
    letter = make_letter(client, member, issued=True)
    assert letter.valid_until - letter.issued_at == timedelta(hours=24)


def test_a_member_may_ask_but_not_issue(http, patient):
    client, member = patient
    asked = _ask(http, client, member, Role.MEMBER)
    own = headers_for(Role.MEMBER, client, (member,))
    assert asked.status_code == 201
    assert http.post(f"{PATH}/{asked.json['id']}/issue", json={}, headers=own).status_code == 403


def test_asking_again_gives_the_letter_that_is_open(http, patient):
    client, member = patient
    assert _ask(http, client, member).json["id"] == _ask(http, client, member).json["id"]


def test_a_letter_that_ran_out_makes_room_for_a_new_one(http, patient):
    client, member = patient
    old = make_letter(client, member, issued=True)
    with clock.at(old.valid_until):
        new = _ask(http, client, member).json
        agent = headers_for(Role.AGENT, client)
        assert http.get(f"{PATH}/{old.id}", headers=agent).json["state"] == "lapsed"
    assert new["id"] != str(old.id)


def test_who_is_not_covered_gets_no_letter(http, patient):
    client, _ = patient
    with working_for(client.id) as scope:
        stranger = make_member(scope).id
    assert _ask(http, client, stranger).json["reason"] == "guarantees.not_covered"


def test_a_plan_without_inpatient_care_gives_no_letter(http, patient):
    client, _ = patient
    with working_for(client.id) as scope:
        outpatient = make_member(scope, plan_id=make_plan(scope).id).id
    assert _ask(http, client, outpatient).json["reason"] == "guarantees.no_inpatient_benefit"


def test_a_letter_to_nobody_is_not_issued(http, patient):
    client, member = patient
    letter = make_letter(client, member, provider_name="")
    assert _do(http, client, Role.AGENT, letter, "issue").json["reason"] == "guarantees.hospital_unknown"
    named = _do(http, client, Role.AGENT, letter, "issue", body={"provider_name": "RS Bunda"})
    assert named.json["provider_name"] == "RS Bunda"


@pytest.mark.requirement("S1-56")
def test_the_card_shown_in_time_makes_the_letter_hold(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    number = _card_number(client, member)
    answer = _do(http, client, Role.AGENT, letter, "confirm", body=_card(number)).json
    assert (answer["state"], answer["confirmed_by"]) == ("confirmed", "card")


@pytest.mark.requirement("S1-56")
def test_the_card_shown_too_late_confirms_nothing(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    number = _card_number(client, member)
    with clock.at(letter.valid_until):
        late = _do(http, client, Role.AGENT, letter, "confirm", body=_card(number))
    assert (late.status_code, late.json["reason"]) == (409, "guarantees.lapsed")


def test_somebody_elses_card_confirms_nothing(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    with working_for(client.id) as scope:
        make_member(scope, card=True)
    _, other = make_patient(client)
    answer = _do(http, client, Role.AGENT, letter, "confirm", body=_card(_card_number(client, other)))
    assert answer.json["reason"] == "guarantees.card_not_valid"


def test_a_lost_card_confirms_nothing(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    with working_for(client.id) as scope:
        member_service.report_card_loss(scope, member, "lost")
    answer = _do(http, client, Role.AGENT, letter, "confirm", body=_card(_card_number(client, member)))
    assert answer.json["reason"] == "guarantees.card_not_valid"


@pytest.mark.requirement("S1-57")
def test_hrs_written_statement_stands_for_a_card_that_cannot_be_shown(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    with working_for(client.id) as scope:
        member_service.report_card_loss(scope, member, "lost")
    words = "The card of this employee was lost on Monday; a new one is being made."
    answer = _do(http, client, Role.HR, letter, "confirm", body=_statement(words)).json
    assert (answer["state"], answer["confirmed_by"], answer["statement"]) == ("confirmed", "hr_statement", words)
    with clock.at(letter.valid_until + timedelta(days=3)):
        agent = headers_for(Role.AGENT, client)
        assert http.get(f"{PATH}/{letter.id}", headers=agent).json["state"] == "confirmed"


@pytest.mark.requirement("S1-57")
def test_only_hr_can_make_the_statement(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    body = _statement("The card is being printed.")
    assert _do(http, client, Role.AGENT, letter, "confirm", body=body).status_code == 403


def test_hr_does_not_vouch_with_a_card_number(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    body = _card(_card_number(client, member))
    assert _do(http, client, Role.HR, letter, "confirm", body=body).status_code == 403


def test_a_letter_needs_something_to_be_confirmed_by(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    assert _do(http, client, Role.HR, letter, "confirm", body={"evidence": "hr_statement"}).status_code == 422


def test_the_statement_is_not_shown_to_a_front_desk(http, patient):
    client, member = patient
    with working_for(client.id) as scope:
        hospital = make_provider(scope, kind="hospital")
    letter = make_letter(client, member, issued=True, provider_id=hospital.id)
    _do(
        http,
        client,
        Role.HR,
        letter,
        "confirm",
        body=_statement("The card is lost since Monday."),
    )
    desk = headers_for(Role.PROVIDER, client, provider_id=hospital.id)
    assert http.get(f"{PATH}/{letter.id}", headers=desk).json["statement"] is None


def test_a_front_desk_sees_and_confirms_only_letters_made_out_to_it(http, patient):
    client, member = patient
    with working_for(client.id) as scope:
        hospital, other = make_provider(scope, kind="hospital"), make_provider(scope, kind="hospital")
    letter = make_letter(client, member, issued=True, provider_id=hospital.id)
    stranger = headers_for(Role.PROVIDER, client, provider_id=other.id)
    assert http.get(f"{PATH}/{letter.id}", headers=stranger).status_code == 404
    assert http.get(PATH, headers=stranger).json["items"] == []
    body = _card(_card_number(client, member))
    refused = _do(http, client, Role.PROVIDER, letter, "confirm", body=body, provider_id=other.id)
    taken = _do(http, client, Role.PROVIDER, letter, "confirm", body=body, provider_id=hospital.id)
    assert (refused.status_code, taken.status_code) == (404, 200)


def test_a_withdrawn_letter_is_worth_nothing(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    gone = _do(http, client, Role.CLAIMS, letter, "void", body={"reason": "Wrong patient"}).json
    again = _do(http, client, Role.CLAIMS, letter, "void", body={"reason": "Wrong patient"})
    paper = http.get(f"{PATH}/{letter.id}/letter.pdf", headers=headers_for(Role.AGENT, client))
    assert (gone["state"], gone["void_reason"]) == ("void", "Wrong patient")
    assert again.json["reason"] == "guarantees.wrong_state"
    assert paper.json["reason"] == "guarantees.not_in_force"


@pytest.mark.requirement("S1-56")
def test_letters_that_ran_out_are_marked_once(app, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    with clock.at(letter.valid_until - timedelta(minutes=1)), working_for(client.id) as scope:
        assert service.lapse_due(scope) == 0
    with clock.at(letter.valid_until):
        lapse_letters(0)
        lapse_letters(1)
    with working_for(client.id) as scope:
        assert service.letter_answer(scope, letter.id)["state"] == "lapsed"
        noted = scope.session.scalars(
            select(AuditRecord).where(AuditRecord.object_id == letter.id, AuditRecord.action == "update")
        ).all()
    assert len(noted) == 2, "issued once, lapsed once"


def test_the_member_is_told_until_which_day_to_show_the_card(app, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    with working_for(client.id) as scope:
        told = scope.session.scalars(select(Notification).where(Notification.event == "guarantee_issued")).one()
    last_day = local_date(letter.valid_until, client.timezone)
    assert told.member_id == member
    assert told.facts["letter_number"] == letter.number
    assert str(told.facts["show_card_by"])[:10] == last_day.isoformat()


def test_another_client_does_not_find_the_letter(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    elsewhere = make_client()
    agent, hr = headers_for(Role.AGENT, elsewhere), headers_for(Role.HR, elsewhere)
    asked = [
        http.get(f"{PATH}/{letter.id}", headers=agent),
        http.get(f"{PATH}/{letter.id}/letter.pdf", headers=agent),
        http.post(f"{PATH}/{letter.id}/issue", json={}, headers=agent),
        http.post(f"{PATH}/{letter.id}/confirm", json=_statement("The card is lost."), headers=hr),
        http.post(f"{PATH}/{letter.id}/void", json={"reason": "no reason"}, headers=agent),
    ]
    assert [answer.status_code for answer in asked] == [404] * 5
    assert http.get(PATH, headers=agent).json["items"] == []


def test_another_member_does_not_find_the_letter(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    _, other = make_patient(client)
    headers = headers_for(Role.MEMBER, client, (other,))
    assert http.get(f"{PATH}/{letter.id}", headers=headers).status_code == 404
    assert http.get(PATH, headers=headers).json["items"] == []
    assert http.get(PATH, query_string={"member_id": member}, headers=headers).status_code == 404


@pytest.mark.parametrize("path", ["/{id}", "/{id}/letter.pdf", "?member_id={member}"])
def test_every_look_by_staff_is_kept(http, patient, path):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    staff = headers_for(Role.HR, client)
    assert http.get(PATH + path.format(id=letter.id, member=member), headers=staff).status_code == 200
    with working_for(client.id) as scope:
        looked = scope.session.scalars(
            select(AuditRecord).where(AuditRecord.action == "read", AuditRecord.object_type == "guarantee_letter")
        ).all()
    assert [(row.actor_role, row.member_id) for row in looked] == [("hr", member)]


@pytest.mark.parametrize(
    ("spoken", "titles"),
    [
        ({"languages": ("id", "en")}, ["Surat Jaminan Awal", "Initial Guarantee Letter"]),
        (
            {"languages": ("pt", "en"), "country": "MZ", "currency": "MZN", "timezone": "Africa/Maputo"},
            ["Carta de Garantia Inicial", "Initial Guarantee Letter"],
        ),
        ({"languages": ("en", "id")}, ["Initial Guarantee Letter"]),
    ],
    ids=["Indonesian first", "Portuguese first", "English only once"],
)
def test_the_paper_speaks_the_clients_language_and_english(http, app, spoken, titles):
    client, member = make_patient(make_client(**spoken), full_name="Ana Machava")
    letter = make_letter(client, member, issued=True)
    answer = http.get(f"{PATH}/{letter.id}/letter.pdf", headers=headers_for(Role.AGENT, client))
    pages = _pages(answer.data)
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(pages) == len(titles)
    for page, title in zip(pages, titles, strict=True):
        for words in (title, letter.number, "Ana Machava", "RS Harapan Kita"):
            assert words in page


def test_the_paper_of_a_confirmed_letter_names_no_end(http, patient):
    client, member = patient
    letter = make_letter(client, member, issued=True)
    _do(http, client, Role.AGENT, letter, "confirm", body=_card(_card_number(client, member)))
    answer = http.get(f"{PATH}/{letter.id}/letter.pdf", headers=headers_for(Role.AGENT, client))
    words = _pages(answer.data)[1]
    assert "The member card has been shown" in words
    assert "valid until" not in words


def test_a_letter_that_is_not_there_is_not_found(http, patient):
    client, _ = patient
    assert http.get(f"{PATH}/{ids.new_id()}", headers=headers_for(Role.AGENT, client)).status_code == 404
