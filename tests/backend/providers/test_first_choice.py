"""Choosing the first-tier clinic: by the member, HR and the helpline, with its history and its rule."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.errors import RuleRefused
from backend.kit import clock
from backend.notifications.models import Notification
from backend.providers import service
from backend.providers.models import PrimaryProvider
from backend.providers.rules.first_choice import months_after
from tests.factories.accounts import headers_for
from tests.factories.benefits import make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_dependant, make_member
from tests.factories.providers import make_contract, make_membership, make_provider


class Household:
    """A client with two clinics and a hospital in the network, an employee and a child."""

    def __init__(self, **terms):
        self.client = make_client(terms=terms)
        with working_for(self.client.id) as scope:
            plan = make_plan(scope, network="main").id
            employee = make_member(scope, plan_id=plan)
            self.employee = employee.id
            self.child = make_dependant(scope, employee, "child", plan_id=plan).id
            self.here, self.there = (make_provider(scope, network="main").id for _ in range(2))
            self.hospital = make_provider(scope, network="main", kind="hospital", tier="ppk2").id
            self.outside = make_provider(scope).id
        self.headers = headers_for(Role.MEMBER, self.client, (self.employee, self.child))
        self.today = clock.today(self.client.timezone)
        self.next_month = months_after(self.today.replace(day=1), 1)

    def at(self, member=None):
        return f"/api/v1/members/{member or self.employee}/primary-provider"

    def had(self, provider, since):
        with working_for(self.client.id) as scope:
            row = PrimaryProvider(
                client_id=self.client.id,
                member_id=self.employee,
                provider_id=provider,
                starts_on=since,
                chosen_by="member",
                channel="app",
            )
            scope.session.add(row)


@pytest.fixture
def house(app):
    return Household()


def choose(http, house, provider, *, headers=None, member=None):
    return http.post(house.at(member), json={"provider_id": str(provider)}, headers=headers or house.headers)


@pytest.mark.requirement("S0-22")
@pytest.mark.requirement("S0-29")
def test_a_first_choice_counts_today_and_a_change_from_the_next_month(http, house):
    first = choose(http, house, house.here)
    assert (first.status_code, first.json["starts_on"]) == (201, house.today.isoformat())
    with working_for(house.client.id) as scope:
        scope.session.get(PrimaryProvider, (house.client.id, first.json["id"])).starts_on = date(2025, 1, 1)
    assert choose(http, house, house.there).json["starts_on"] == house.next_month.isoformat()
    shown = http.get(house.at(), headers=house.headers).json
    assert shown["now"]["provider"]["id"] == str(house.here)
    assert shown["now"]["ends_on"] == (house.next_month - timedelta(days=1)).isoformat()
    assert shown["planned"]["provider"]["id"] == str(house.there)
    with working_for(house.client.id) as scope:
        days = (house.today, house.next_month)
        found = [service.primary_provider_of(scope, house.employee, day).id for day in days]
    assert found == [house.here, house.there]


@pytest.mark.requirement("S0-22")
def test_a_contract_may_let_a_change_count_at_once_and_keeps_the_history(http, app):
    house = Household(primary_provider_counts_from="at_once")
    house.had(house.here, date(2025, 1, 1))
    assert choose(http, house, house.there).json["starts_on"] == house.today.isoformat()
    past = http.get(house.at(), headers=house.headers).json["past"]
    assert [(one["provider"]["id"], one["starts_on"]) for one in past] == [(str(house.here), "2025-01-01")]
    again = choose(http, house, house.here)
    assert again.status_code == 201
    with working_for(house.client.id) as scope:
        rows = scope.session.scalar(select(func.count()).where(PrimaryProvider.member_id == house.employee))
    assert rows == 3


@pytest.mark.requirement("S0-22")
def test_a_contract_may_bind_for_some_months(http, app):
    house = Household(primary_provider_months=3)
    house.had(house.here, house.today)
    refused = choose(http, house, house.there)
    assert (refused.status_code, refused.json["reason"]) == (409, "providers.change_too_soon")
    assert http.get(house.at(), headers=house.headers).json["too_soon"]["reason"] == "providers.change_too_soon"


def test_who_lost_the_clinic_chooses_another_at_once(http, app):
    house = Household(primary_provider_months=12)
    with working_for(house.client.id) as scope:
        left = make_provider(scope)
        ended = make_contract(scope, left, valid_until=house.today - timedelta(days=1))
        make_membership(scope, left, contract_id=ended.id)
    house.had(left.id, house.today - timedelta(days=30))
    assert http.get(house.at(), headers=house.headers).json["now"]["in_network"] is False
    assert choose(http, house, house.here).json["starts_on"] == house.today.isoformat()


def test_the_present_clinic_again_takes_a_planned_change_back(http, house):
    house.had(house.here, date(2025, 1, 1))
    choose(http, house, house.there)
    assert choose(http, house, house.here).json["ends_on"] is None
    assert http.get(house.at(), headers=house.headers).json["planned"] is None


@pytest.mark.requirement("S0-22")
def test_only_a_first_tier_clinic_of_the_network_can_be_chosen(http, house):
    for provider, reason in (
        (house.hospital, "providers.not_first_tier"),
        (house.outside, "providers.not_in_network"),
    ):
        assert choose(http, house, provider).json["reason"] == reason
    assert choose(http, house, house.employee).status_code == 404


def test_a_parent_chooses_for_a_child_and_nobody_for_a_stranger(http, house):
    assert choose(http, house, house.there, member=house.child).status_code == 201
    stranger = Household()
    assert choose(http, house, house.there, member=stranger.employee).status_code == 404
    assert http.get(house.at(stranger.employee), headers=house.headers).status_code == 404


@pytest.mark.parametrize("role", [Role.HR, Role.AGENT, Role.ADMIN])
def test_others_choose_in_the_members_name_and_the_member_is_told(http, house, role):
    made = choose(http, house, house.here, headers=headers_for(role, house.client))
    assert (made.status_code, made.json["chosen_by"]) == (201, role.value)
    with working_for(house.client.id) as scope:
        told = scope.session.scalars(select(Notification.event).where(Notification.member_id == house.employee)).all()
        noted = scope.session.scalars(
            select(AuditRecord.actor_role).where(
                AuditRecord.member_id == house.employee, AuditRecord.action == "update"
            )
        ).all()
    assert (told, noted) == (["primary_provider_changed"], [role.value])


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.FINANCE, Role.CLAIMS])
def test_nobody_else_chooses(http, house, role):
    assert choose(http, house, house.here, headers=headers_for(role, house.client)).status_code == 403


def test_two_choices_in_the_same_moment_leave_one_that_counts(house):
    def one(provider):
        with suppress(RuleRefused), working_for(house.client.id) as scope:
            service.choose(scope, house.employee, provider)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, [house.here, house.there] * 4))
    with working_for(house.client.id) as scope:
        rows = scope.session.scalars(
            select(PrimaryProvider).where(
                PrimaryProvider.member_id == house.employee, PrimaryProvider.replaced_at.is_(None)
            )
        ).all()
    assert len([row for row in rows if row.starts_on <= house.today]) == 1
    assert len(rows) <= 2


def test_the_same_key_chooses_once(http, house):
    headers = house.headers | {"Idempotency-Key": "choose-1"}
    first, second = (choose(http, house, house.here, headers=headers) for _ in range(2))
    assert (first.json, second.status_code) == (second.json, 201)
