"""Before you go: who would pay what, why, and what would change it, by the very engine that decides the claim."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from backend.access import Role, working_for
from backend.adjudication import service as adjudication
from backend.adjudication.rules import Bill, Item, Line, Place
from backend.adjudication.rules.rooms import Night, Stay
from backend.benefits import queries as benefits
from backend.benefits.models import UtilisationEntry
from backend.kit import clock
from tests.factories.accounts import headers_for
from tests.factories.benefits import limit, make_benefit
from tests.factories.funds import rupiah
from tests.factories.members import make_member
from tests.factories.providers import make_contract, make_membership, make_provider, make_tariff
from tests.factories.wards import Ward, make_ward, money

PATH = "/api/v1/estimates"


@pytest.fixture
def ward(http, app) -> Ward:
    ward = make_ward(http, terms={"own_request_cashless": True})
    with working_for(ward.client.id) as scope:
        hospital = scope.session.get_one(type(make_provider(scope)), ward.hospital)
        make_tariff(scope, make_contract(scope, hospital), {"LAB-1": 250_000_00, "XRAY": 400_000_00})
    return ward


def ask(ward: Ward, role: Role = Role.MEMBER, *, language: str = "en", **facts):
    body = {"member_id": str(ward.member), "provider_id": str(ward.hospital), "sent_by_doctor": True, **facts}
    return ward.http.post(PATH, json=body, headers=ward.headers(role) | {"Accept-Language": language})


@pytest.mark.requirement("S2-6")
def test_the_member_sees_the_split_the_rule_behind_it_and_what_would_change_it(ward):
    told = ask(ward, days=3, room_class="VIP", own_request=True, positions=[{"service": "LAB-1", "benefit": "IP-CARE"}])
    answer = told.json
    totals = answer["receipt"]["totals"]
    assert (totals["billed"], totals["plan"]) == (money(4_750_000), money(3_250_000))
    assert totals["excess_cost"] == money(1_500_000)
    room, lab = answer["receipt"]["lines"]
    assert [step["rule"] for step in room["steps"]].count("room_own_request") == 3
    assert all(step["sentence"] and step["clause"] for step in room["steps"])
    assert lab["totals"]["plan"] == money(250_000)
    cheaper = {(one["change"], one["value"]): one["own_part"] for one in answer["changes"]}
    assert cheaper[("room_class", "1")] == money(0)
    assert cheaper[("room_class", "2")] == money(0)


@pytest.mark.parametrize(("language", "word"), [("id", "Program Anda"), ("en", "plan"), ("pt", "plano")])
def test_the_reasons_are_in_the_readers_language(ward, language, word):
    said = ask(ward, language=language, room_class="1").json["receipt"]
    text = " ".join([*said["summary"], *[step["sentence"] for line in said["lines"] for step in line["steps"]]])
    assert word in text


def test_nothing_is_kept_and_nothing_is_held(ward):
    ask(ward, room_class="1", days=2)
    with working_for(ward.client.id) as scope:
        kept = select(func.count()).select_from(UtilisationEntry).where(UtilisationEntry.client_id == ward.client.id)
        assert scope.session.execute(kept).scalar_one() == 0


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "guarantees.nothing_chosen"),
        ({"room_class": "PRESIDENT"}, "guarantees.class_unknown"),
        ({"positions": [{"service": "UNKNOWN"}]}, "guarantees.price_unknown"),
    ],
)
def test_no_figure_is_made_up(ward, facts, reason):
    refused = ask(ward, **facts)
    assert (refused.status_code, refused.json["reason"]) == (409, reason)
    assert refused.json["message"] != reason


def test_one_asks_for_whom_one_acts(ward):
    with working_for(ward.client.id) as scope:
        stranger = make_member(scope).id
        other = make_provider(scope, kind="hospital").id
    assert ask(ward, member_id=str(stranger), room_class="1").status_code == 404
    assert ask(ward, Role.AGENT, room_class="1").status_code == 200
    assert ask(ward, Role.PROVIDER, room_class="1").status_code == 200
    desk = headers_for(Role.PROVIDER, ward.client, provider_id=other)
    body = {"member_id": str(ward.member), "provider_id": str(ward.hospital), "room_class": "1"}
    assert ward.http.post(PATH, json=body, headers=desk).status_code == 403


@pytest.mark.requirement("S2-6")
def test_outside_the_network_the_plan_answers_too(ward):
    with working_for(ward.client.id) as scope:
        outside = make_provider(scope, kind="hospital").id
    told = ask(ward, provider_id=str(outside), positions=[{"amount": money(800_000), "benefit": "IP-CARE"}])
    assert told.json["receipt"]["totals"]["plan"] == money(800_000)


def test_without_a_doctors_word_the_answer_says_that_one_would_help(http, app):
    ward = make_ward(http)
    _needs_referral(ward)
    told = ask(ward, sent_by_doctor=False, positions=[{"amount": money(500_000), "benefit": "IP-REF"}]).json
    assert told["receipt"]["totals"]["plan"] == money(0)
    assert told["changes"] == [{"change": "referral", "value": None, "own_part": money(0)}]


def _needs_referral(ward: Ward) -> None:
    with working_for(ward.client.id) as scope:
        plan = benefits.cover_on(scope, ward.member, clock.today(ward.client.timezone)).plan
        make_benefit(
            scope,
            plan.id,
            code="IP-REF",
            benefit_group="inpatient",
            position=9,
            referral_required=True,
            limits=[limit("year", 5_000_000_00)],
        )


_POSITIONS = st.lists(
    st.tuples(st.sampled_from(["treatment", "doctor", "medicine", "non_medical"]), st.integers(1, 400)),
    min_size=1,
    max_size=4,
)


@pytest.mark.requirement("S2-36")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(positions=_POSITIONS, days=st.integers(1, 5), room=st.sampled_from(["2", "1", "VIP"]), free=st.booleans())
def test_the_claim_is_decided_as_the_estimate_said(ward, positions, days, room, free):
    """Asked as an estimate over HTTP, and as the bill that a claim judges: every share is the same."""
    rates = {"2": 700_000, "1": 1_000_000, "VIP": 1_500_000}
    given_ = [{"item": item, "amount": money(tens * 10_000), "benefit": "IP-CARE"} for item, tens in positions]
    told = ask(ward, days=days, room_class=room, entitled_free=free, positions=given_).json["receipt"]["totals"]
    lines = [Line("room", "IP-ROOM", rupiah(rates[room] * days), Item.ROOM, quantity=days, count=days)]
    lines += [
        Line(str(number), "IP-CARE", rupiah(tens * 10_000), Item(item)) for number, (item, tens) in enumerate(positions)
    ]
    bill = Bill(
        member_id=ward.member,
        source_type="claim",
        source_id=uuid4(),
        visit_on=clock.today(ward.client.timezone),
        currency="IDR",
        lines=tuple(lines),
        place=Place(ward.hospital),
        cashless=True,
        referral=True,
        approved=True,
        stay=Stay((Night(rupiah(rates[room]), free),) * days),
    )
    with working_for(ward.client.id) as scope:
        shares = adjudication.judge(scope, bill).shares
    decided = {name: getattr(shares, name).as_json() for name in told if name != "billed"}
    assert decided | {"billed": shares.total.as_json()} == told


def test_where_one_pays_first_the_summary_says_so(ward):
    with working_for(ward.client.id) as scope:
        hospital = make_provider(scope, kind="hospital")
        make_membership(scope, hospital, contract_id=make_contract(scope, hospital, cashless=False).id)
    told = ask(ward, provider_id=str(hospital.id), positions=[{"amount": money(800_000), "benefit": "IP-CARE"}])
    assert told.status_code == 200
    assert (
        told.json["receipt"]["summary"] != ask(ward, positions=[{"amount": money(800_000)}]).json["receipt"]["summary"]
    )
