"""Codes at a desk that are not what they should be: each has its message, its audit row, and changes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select

from backend import languages
from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.integrations import registry
from backend.kit import clock, signed_codes
from backend.kit.reference_numbers import Kind, new_number
from backend.members import service as members
from backend.providers.models import NetworkProvider
from backend.referrals import queries, service
from backend.referrals.codes import qr_of
from tests.factories.providers import make_provider
from tests.factories.referrals import Region, accept, make_referral, make_region

PATH = "/api/v1/referrals"


@pytest.fixture
def region(app) -> Region:
    return make_region()


def _show(http, region: Region, code: str, desk: UUID | None = None, language: str = "en"):
    headers = region.desk(desk or region.specialist, language)
    return http.post(f"{PATH}/{code}/accept", json={}, headers=headers)


def _refusals(region: Region) -> list[tuple[str, list[str]]]:
    with working_for(region.client.id) as scope:
        wanted = select(AuditRecord.object_type, AuditRecord.fields).where(
            AuditRecord.client_id == region.client.id, AuditRecord.action == "refused"
        )
        return [(row.object_type, row.fields) for row in scope.session.execute(wanted.order_by(AuditRecord.at))]


def _state(region: Region, code: str) -> str:
    with working_for(region.client.id) as scope:
        return queries.referral(scope, code).state


def _qr(region: Region, code: str) -> str:
    with working_for(region.client.id) as scope:
        return qr_of(queries.referral(scope, code), client_by_id(region.client.id), "Budi Santoso", None)


def test_an_expired_code_says_when_it_ended_and_what_to_do(http, region):
    code = make_referral(region).code
    with clock.at(clock.now() + timedelta(days=91)):
        late = _show(http, region, code)
    assert (late.status_code, late.json["reason"]) == (409, "referrals.expired")
    assert (region.today() + timedelta(days=90)).isoformat() in late.json["message"]
    assert _refusals(region) == [("referral", ["referrals.expired"])]


def test_a_mistyped_code_is_told_to_be_one(http, region):
    code = make_referral(region).code
    slip = code[:-1] + str((int(code[-1]) + 1) % 10)
    answer = _show(http, region, slip)
    assert (answer.status_code, answer.json["reason"]) == (404, "referrals.code_mistyped")
    assert _refusals(region) == [("referral_code", ["referrals.code_mistyped"])]


def test_a_code_of_another_client_is_not_there(http, region):
    foreign = make_referral(make_region()).code
    answer = _show(http, region, foreign)
    assert (answer.status_code, answer.json["reason"]) == (404, "referrals.code_unknown")
    assert http.get(f"{PATH}/{foreign}", headers=region.staff()).status_code == 404
    assert _refusals(region) == [("referral_code", ["referrals.code_unknown"])]


def test_a_replayed_code_opens_nothing_at_a_second_facility(http, region):
    code = accept(region, make_referral(region).code).code
    answer = _show(http, region, code, region.other_specialist)
    assert (answer.status_code, answer.json["reason"]) == (409, "referrals.used_elsewhere")
    assert _refusals(region) == [("referral", ["referrals.used_elsewhere"])]


def test_the_same_desk_on_the_same_day_counts_once(http, region):
    code = make_referral(region).code
    left = [_show(http, region, code).json["visits_left"] for _ in range(3)]
    assert left == [5, 5, 5]
    with clock.at(clock.now() + timedelta(days=1)):
        assert _show(http, region, code).json["visits_left"] == 4


def test_a_code_is_used_as_often_as_it_allows(http, region):
    code = make_referral(region, visits=2).code
    for day in range(2):
        with clock.at(clock.now() + timedelta(days=day)):
            assert _show(http, region, code).status_code == 200
    with clock.at(clock.now() + timedelta(days=2)):
        over = _show(http, region, code)
    assert (over.status_code, over.json["reason"], over.json["errors"]) == (
        409,
        "referrals.no_visits_left",
        {"visits": 2},
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda qr: qr[:-6] + ("AAAAAA" if not qr.endswith("AAAAAA") else "BBBBBB"), "referrals.qr_tampered"),
        (lambda qr: "CL1:nothing that can be read", "referrals.qr_unreadable"),
        (lambda qr: "https://example.org/", "referrals.code_mistyped"),
    ],
)
def test_a_qr_that_was_changed_is_told_to_be(http, region, change, reason):
    qr = change(_qr(region, make_referral(region).code))
    verdict = http.post(f"{PATH}/scan", json={"qr": qr}, headers=region.desk(region.specialist)).json
    assert (verdict["genuine"], verdict["usable"], verdict["reason"]) == (False, False, reason)
    assert verdict["message"] == languages.message(reason, "en")
    assert _refusals(region) == [("referral_code", [reason])]


def test_a_qr_of_another_client_names_nothing(http, region):
    elsewhere = make_region()
    qr = _qr(elsewhere, make_referral(elsewhere).code)
    verdict = http.post(f"{PATH}/scan", json={"qr": qr}, headers=region.desk(region.specialist)).json
    assert (verdict["genuine"], verdict["code"], verdict["reason"]) == (False, None, "referrals.code_unknown")


def test_the_qr_verifies_without_a_connection_until_its_last_day(http, region):
    row = make_referral(region)
    qr = http.get(f"{PATH}/{row.code}", headers=region.patient()).json["qr"]
    keys = registry.current().settings.card_keys
    read = signed_codes.read(keys, qr, clock.now())
    assert (read.problem, read.code.number, read.code.type) == (None, row.code, signed_codes.CodeType.REFERRAL)
    assert "I25" not in str(read.code.facts)
    late = signed_codes.read(keys, qr, clock.now() + timedelta(days=92))
    assert late.problem is signed_codes.Problem.EXPIRED


def test_somebody_who_left_cannot_use_their_code(http, region):
    code = make_referral(region).code
    with working_for(region.client.id) as scope:
        members.terminate(scope, region.member_id, region.today() - timedelta(days=1))
    answer = _show(http, region, code)
    assert (answer.status_code, answer.json["reason"]) == (409, "referrals.not_covered")
    assert _refusals(region) == [("referral", ["referrals.not_covered"])]


def _end_membership(region: Region, provider_id: UUID, last_day: date) -> None:
    with working_for(region.client.id) as scope:
        wanted = select(NetworkProvider).where(
            NetworkProvider.client_id == region.client.id, NetworkProvider.provider_id == provider_id
        )
        scope.session.scalars(wanted).one().valid_until = last_day


def test_a_facility_whose_contract_ended_yesterday_accepts_nothing_and_is_sent_nobody(http, region):
    code = make_referral(region).code
    yesterday = region.today() - timedelta(days=1)
    _end_membership(region, region.specialist, yesterday)
    answer = _show(http, region, code)
    assert (answer.status_code, answer.json["reason"]) == (409, "referrals.contract_ended")
    assert yesterday.isoformat() in answer.json["message"]
    assert _refusals(region) == [("referral", ["referrals.contract_ended"])]
    assert _show(http, region, code, region.other_specialist).status_code == 200
    with pytest.raises(RuleRefused) as refused:
        make_referral(region, specialty="SAR", to_provider_id=region.specialist)
    assert refused.value.reason == "referrals.contract_ended"


def test_a_facility_outside_the_network_is_told_so(http, region):
    with working_for(region.client.id) as scope:
        stranger = make_provider(scope, kind="hospital", tier="ppk2").id
    assert _show(http, region, make_referral(region).code, stranger).json["reason"] == "referrals.not_in_network"


def test_a_desk_that_guesses_codes_is_stopped(http, region):
    code = make_referral(region).code
    desk = region.desk(region.specialist)
    year = region.today().year
    for _ in range(20):
        http.post(f"{PATH}/{new_number(Kind.REFERRAL, year)}/accept", json={}, headers=desk)
    stopped = http.post(f"{PATH}/{code}/accept", json={}, headers=desk)
    assert (stopped.status_code, stopped.json["reason"]) == (429, "referrals.too_many_codes")
    assert _state(region, code) == "issued"


@pytest.mark.requirement("S0-28")
def test_two_hospitals_in_the_same_second_one_wins_and_both_are_on_record(app, region):
    code = make_referral(region).code
    together = Barrier(2)

    def show(place: UUID):
        headers = region.desk(place)
        together.wait()
        return app.test_client().post(f"{PATH}/{code}/accept", json={}, headers=headers)

    with ThreadPoolExecutor(2) as hands:
        answers = list(hands.map(show, [region.specialist, region.other_specialist]))
    assert sorted(one.status_code for one in answers) == [200, 409]
    lost = next(one for one in answers if one.status_code == 409)
    assert lost.json["reason"] == "referrals.used_elsewhere"
    assert _refusals(region) == [("referral", ["referrals.used_elsewhere"])]
    with working_for(region.client.id) as scope:
        row = queries.referral(scope, code)
        accepted = scope.session.scalars(
            select(AuditRecord.actor_id).where(
                AuditRecord.client_id == region.client.id,
                AuditRecord.object_id == row.id,
                AuditRecord.action == "update",
            )
        ).all()
    assert (row.visits_used, len(accepted)) == (1, 1)


def test_a_refusal_is_worded_in_three_languages(http, region):
    code = accept(region, make_referral(region).code).code
    said = {
        language: _show(http, region, code, region.other_specialist, language).json["message"]
        for language in ("id", "en", "pt")
    }
    assert "rujukan lanjutan" in said["id"]
    assert "onward referral" in said["en"]
    assert len(set(said.values())) == 3


def test_a_facility_reads_only_its_own(http, region):
    named = make_referral(region, to_provider_id=region.specialist).code
    assert http.get(f"{PATH}/{named}", headers=region.desk(region.other_specialist)).status_code == 404
    assert http.get(f"{PATH}/{named}", headers=region.desk(region.specialist)).status_code == 200
    listed = http.get(PATH, headers=region.desk(region.other_specialist)).json["items"]
    assert listed == []


def test_whoever_helps_the_plan_accepts_for_the_facility_they_name(http, region):
    code = make_referral(region).code
    nowhere = http.post(f"{PATH}/{code}/accept", json={}, headers=region.staff(Role.AGENT))
    assert (nowhere.status_code, nowhere.json["reason"]) == (409, "referrals.name_facility")
    body = {"provider_id": str(region.specialist)}
    named = http.post(f"{PATH}/{code}/accept", json=body, headers=region.staff(Role.AGENT))
    assert named.json["accepted_by"]["id"] == str(region.specialist)


def test_a_withdrawn_code_opens_nothing_and_its_member_reads_why(http, region):
    code = make_referral(region).code
    http.post(f"{PATH}/{code}/cancel", json={"reason": "Written twice"}, headers=region.staff())
    assert _show(http, region, code).json["reason"] == "referrals.cancelled"
    seen = http.get(f"{PATH}/{code}", headers=region.patient()).json
    assert (seen["end_reason"], seen["qr"]) == ("Written twice", None)
    with working_for(region.client.id) as scope, pytest.raises(RuleRefused):
        service.cancel(scope, code, "again")
