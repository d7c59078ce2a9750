"""The benefit table over HTTP: its figures are those of the pure rules, and it tells nobody too much."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backend import database
from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.benefits import queries
from backend.benefits.models import UtilisationEntry
from backend.benefits.rules import Basis, BenefitGroup, EntryKind
from backend.kit import clock, ids
from tests.factories.accounts import headers_for
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_dependant, make_member


@pytest.fixture
def client(app):
    return make_client()


def family(client, *benefits, **facts):
    with working_for(client.id) as scope:
        plan = make_plan(scope, *benefits, **facts)
        employee = make_member(scope, plan_id=plan.id)
        return employee.id, make_dependant(scope, employee, plan_id=plan.id).id


def read(http, client, member_id, role=Role.MEMBER, **more) -> Any:
    headers = headers_for(role, client, (member_id,) if role is Role.MEMBER else (), **more)
    return http.get(f"/api/v1/members/{member_id}/benefits", headers=headers)


def amount(money):
    return money and money["amount_minor"]


@pytest.mark.parametrize("seed", range(6))
def test_the_database_counts_as_the_rules_do(http, client, seed):
    dice = random.Random(seed)  # noqa: S311
    pool = {"pool": "annual", "shared_by": "family"}
    lines = [
        {
            "code": f"B{number}",
            "limits": [
                limit("year", dice.randrange(1, 5000), years=dice.choice([1, 1, 2])),
                limit("year", 9000, **pool),
                limit("lifetime", 7000, shared_by=dice.choice(["person", "family"]), count=dice.randrange(1, 20)),
                limit(dice.choice([Basis.DAY, Basis.VISIT, Basis.CASE]), 400),
            ][dice.randrange(2) :],
        }
        for number in range(4)
    ]
    members = family(client, *lines)
    today = clock.today(client.timezone)
    with working_for(client.id) as scope:
        plan = queries.cover_on(scope, members[0], today).plan
        for line in queries.benefits_of(scope, plan.id):
            for number in range(12):
                scope.session.add(
                    UtilisationEntry(
                        client_id=client.id,
                        benefit_id=line.id,
                        benefit_code=line.code,
                        member_id=dice.choice(members),
                        employee_id=members[0],
                        kind=dice.choice(list(EntryKind)).value,
                        amount_minor=dice.randrange(900),
                        count=dice.randrange(3),
                        happened_on=today - timedelta(days=dice.randrange(900)),
                        source_type="claim",
                        source_id=ids.new_id(),
                        key=f"{line.code}-{number}",
                    )
                )
    for member_id in members:
        with working_for(client.id) as scope:
            expected = [
                (
                    balance.benefit.code,
                    state.usage.used_minor,
                    state.usage.held_minor,
                    None if state.left.amount is None else state.left.amount.amount_minor,
                    state.usage.used_count,
                    state.left.count,
                )
                for balance in queries.balances(scope, member_id, today)
                for state in balance.limits
            ]
        shown = [
            (
                benefit["code"],
                amount(row["used"]),
                amount(row["held"]),
                amount(row["remaining"]),
                row["used_count"],
                row["remaining_count"],
            )
            for benefit in read(http, client, member_id).json["benefits"]
            for row in benefit["limits"]
        ]
        assert shown == expected


def test_the_table_says_everything_about_a_benefit(http, client):
    member_id, _ = family(
        client,
        {
            "code": "IP",
            "benefit_group": "inpatient",
            "limits": [limit("day", 50000, count=90)],
            "room_class": "1",
            "co_payment": {"percent": 10, "cap_minor": 30000},
            "deductible": {"amount_minor": 5000, "basis": "visit"},
            "waiting_days": 400,
            "exclusions": [{"code": "cosmetic", "names": {"id": "Kosmetik", "en": "Cosmetic"}, "conditions": ["Z41"]}],
            "referral_required": True,
        },
        names={"id": "Prima", "en": "Prime", "pt": "Primeiro"},
    )
    table = read(http, client, member_id, language="id").json
    assert table["plan"]["name"] == "Prima"
    benefit = table["benefits"][0]
    today = clock.today(client.timezone)
    assert benefit["waiting_until"] == str(today - timedelta(days=365) + timedelta(days=400))
    assert benefit["co_payment"] == {"percent": 10, "cap": {"amount_minor": 30000, "currency": "IDR"}}
    assert benefit["deductible"] == {"amount": {"amount_minor": 5000, "currency": "IDR"}, "basis": "visit"}
    assert benefit["exclusions"] == ["Kosmetik"]
    assert (benefit["room_class"], benefit["referral_required"], benefit["network_only"]) == ("1", True, False)
    assert benefit["limits"][0]["remaining"] == {"amount_minor": 50000, "currency": "IDR"}


@pytest.mark.requirement("S0-11")
@pytest.mark.requirement("S0-12")
@pytest.mark.requirement("S0-13")
@pytest.mark.requirement("S0-14")
@pytest.mark.requirement("S0-15")
@pytest.mark.requirement("S0-16")
@pytest.mark.requirement("S0-17")
@pytest.mark.requirement("S0-18")
@pytest.mark.requirement("S0-19")
@pytest.mark.requirement("S0-20")
def test_all_ten_groups_can_be_in_a_plan_and_are_shown_in_its_order(http, client):
    groups = [group.value for group in BenefitGroup]
    member_id, _ = family(
        client,
        *[{"code": group.upper(), "benefit_group": group, "limits": [limit("year", 100)]} for group in groups],
    )
    assert [benefit["group"] for benefit in read(http, client, member_id).json["benefits"]] == groups


def test_without_cover_the_table_is_empty(http, client):
    with working_for(client.id) as scope:
        member_id = make_member(scope).id
    table = read(http, client, member_id).json
    assert (table["plan"], table["benefits"]) == (None, [])


def test_an_ended_enrolment_shows_nothing_any_more(http, client):
    member_id, _ = family(client)
    with clock.at(clock.now() - timedelta(days=800)):
        assert read(http, client, member_id).json["plan"] is None


def test_somebody_elses_table_is_not_found(http, client):
    member_id, _ = family(client)
    stranger, _ = family(client)
    headers = headers_for(Role.MEMBER, client, (stranger,))
    assert http.get(f"/api/v1/members/{member_id}/benefits", headers=headers).status_code == 404


def test_another_clients_member_is_not_found_by_staff(http, client):
    member_id, _ = family(make_client())
    assert read(http, client, member_id, Role.AGENT).status_code == 404


def test_an_employer_sees_limits_and_pool_totals_but_not_what_was_spent_on_what(http, client):
    pool = limit("year", 900, pool="annual", shared_by="family")
    member_id, _ = family(client, {"code": "MAT", "limits": [limit("year", 500), pool]})
    own, shared = read(http, client, member_id, Role.HR).json["benefits"][0]["limits"]
    assert amount(own["limit"]) == 500
    assert (own["used"], own["held"], own["remaining"], own["used_count"]) == (None, None, None, None)
    assert amount(shared["remaining"]) == 900


@pytest.mark.parametrize("role", [Role.AGENT, Role.HR])
def test_a_look_by_staff_is_recorded(http, client, role):
    member_id, _ = family(client)
    read(http, client, member_id, role)
    with working_for(client.id) as scope:
        seen = scope.session.execute(
            select(AuditRecord.actor_role, AuditRecord.object_type).where(AuditRecord.member_id == member_id)
        ).all()
    assert seen == [(role.value, "benefits")]


def test_a_signed_out_member_reads_nothing(http, client):
    member_id, _ = family(client)
    headers = headers_for(Role.MEMBER, client, (member_id,))
    with working_for(client.id) as scope:
        scope.unit.raw().execute("UPDATE sign_in_session SET ended_at = now()")
    answer = http.get(f"/api/v1/members/{member_id}/benefits", headers=headers)
    assert (answer.status_code, answer.json["reason"]) == (401, "access.session_ended")


def test_a_member_reads_in_one_statement(http, client, monkeypatch):
    member_id, _ = family(client)
    headers = headers_for(Role.MEMBER, client, (member_id,))
    monkeypatch.setattr(database.Database, "unit", lambda *_: pytest.fail("opened a unit of work"))
    monkeypatch.setattr("backend.api.scopes.open_scope", _scope_without_unit)
    assert http.get(f"/api/v1/members/{member_id}/benefits", headers=headers).status_code == 200


def _scope_without_unit(client_id, actor, **_):
    from backend.access import Scope

    return Scope(None, client_id, actor, language="en")  # type: ignore[arg-type]
