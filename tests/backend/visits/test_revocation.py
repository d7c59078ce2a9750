"""The list that a desk keeps: who is on it, who is not, and that it says nothing personal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from backend.access import Actor, Role, working_for
from backend.guarantees.service import void
from backend.kit import clock, ids
from backend.kit.signed_codes import CodeType, revocation_mark
from backend.members import card_qr
from backend.members.service import cards, registration
from backend.referrals.service import cancel
from backend.visits import revocation
from tests.factories.guarantees import make_letter, make_patient
from tests.factories.referrals import accept, make_referral, make_region
from tests.factories.visits import Desk

PATH = "/.well-known/careline-revoked-codes.json"


@pytest.fixture(autouse=True)
def fresh_list():
    revocation.forget()
    yield
    revocation.forget()


def mark_of(desk: Desk) -> str:
    return revocation_mark(CodeType.CARD, desk.client.slug, desk.card_number())


def marks(http: FlaskClient) -> list[str]:
    revocation.forget()
    return http.get(PATH).json["marks"]


def lose(desk: Desk) -> None:
    with working_for(desk.client.id) as scope:
        cards.report_card_loss(scope, desk.member_id, "lost")


def suspend(desk: Desk) -> None:
    with working_for(desk.client.id) as scope:
        cards.suspend_card(scope, desk.member_id, suspended=True)


def leave(desk: Desk) -> None:
    with working_for(desk.client.id) as scope:
        registration.terminate(scope, desk.member_id, clock.today(desk.client.timezone) - timedelta(days=1))


@pytest.mark.parametrize("stop", [lose, suspend, leave])
def test_a_card_that_was_stopped_is_on_the_list(http, desk, stop):
    mark = mark_of(desk)
    assert mark not in marks(http)
    stop(desk)
    assert mark in marks(http)


def test_the_card_in_place_of_a_lost_one_is_not(http, desk):
    lose(desk)
    old = mark_of(desk)
    with working_for(desk.client.id) as scope:
        cards.replace_card(scope, desk.member_id)
    assert old in marks(http)
    assert mark_of(desk) not in marks(http)


def test_what_has_run_out_by_itself_leaves_the_list(http, desk):
    lose(desk)
    mark = mark_of(desk)
    with clock.at(clock.now() + card_qr.LIFE + timedelta(minutes=1)):
        assert mark not in marks(http)


def test_the_list_says_nothing_personal(http, desk):
    lose(desk)
    told = http.get(PATH)
    assert all(re.fullmatch(r"[0-9a-f]{16}", mark) for mark in told.json["marks"])
    assert desk.client.slug not in told.text
    assert desk.card_number() not in told.text


def test_whoever_has_the_list_already_is_told_so(http, desk):
    first = http.get(PATH)
    again = http.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    lose(desk)
    revocation.forget()
    changed = http.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_a_referral_is_on_the_list_once_it_is_used_up_or_withdrawn(http, app):
    region = make_region()
    open_one, used, withdrawn = (make_referral(region, specialty=one, visits=1) for one in ("JAN", "MAT", "SAR"))
    accept(region, used.code)
    with working_for(region.client.id, Actor(Role.DOCTOR, id=ids.new_id())) as scope:
        cancel(scope, withdrawn.code, "written for the wrong person")
    listed = marks(http)
    expected = {open_one.code: False, used.code: True, withdrawn.code: True}
    for code, stopped in expected.items():
        assert (revocation_mark(CodeType.REFERRAL, region.client.slug, code) in listed) is stopped


def test_a_letter_is_on_the_list_once_it_is_withdrawn(http, app):
    client, member_id = make_patient()
    letter = make_letter(client, member_id, issued=True)
    mark = revocation_mark(CodeType.LETTER, client.slug, letter.number)
    assert mark not in marks(http)
    with working_for(client.id, Actor(Role.AGENT, id=ids.new_id())) as scope:
        void(scope, letter.id, "admitted elsewhere")
    assert mark in marks(http)
