"""From twelve months of claims to a flag on the next one, and a person's word that there is a good reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from backend.access import Actor, Role, working_for
from backend.audit.models import AuditRecord
from backend.claims import habits, service
from backend.claims.models import Claim
from backend.errors import NotFound, RuleRefused
from backend.kit import clock, ids
from tests.factories.accounts import headers_for, make_staff
from tests.factories.claims import Household, make_claim, make_household
from tests.factories.clients import make_client
from tests.factories.providers import make_provider

PEERS = 9
VISITS = 24
WEEKDAYS = {day: ["08:00-16:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def visits(
    scope, home: Household, provider_id: UUID, totals: list[int], *, days: list[date], diagnosis: str = ""
) -> None:
    """Decided claims of the employee at a provider, a total of whole rupiah and a day for each."""
    now = clock.now()
    rows = [
        {
            "client_id": home.client.id,
            "id": ids.new_id(),
            "created_at": now,
            "number": f"P{ids.new_id().hex}",
            "member_id": home.employee_id,
            "benefit_group": "outpatient",
            "status": "approved",
            "visit_on": day,
            "provider_id": provider_id,
            "claimed_minor": total * 100,
            "currency": "IDR",
            "diagnosis": diagnosis or f"J{at % 8:02}.9",
            "channel": "app",
            "submitted_at": now,
            "circumstances": [],
            "missing": [],
            "requested": [],
            "flags": [],
            "assessment": {},
        }
        for at, (total, day) in enumerate(zip(totals, days, strict=True))
    ]
    scope.session.execute(insert(Claim.__table__), rows)


class Town:
    """Nine ordinary clinics around Rp 200.000 a visit, open on weekdays, and one more."""

    def __init__(self) -> None:
        self.home = make_household(sign_in=True)
        self.analyst = Actor(Role.CLAIMS, id=make_staff(self.home.client, Role.CLAIMS, name="Ratna Dewanti"))
        today = self.home.today()
        weekdays = [today - timedelta(days=ago) for ago in range(1, 120)]
        self.days = [day for day in weekdays if day.weekday() < 5][:VISITS]
        self.sundays = [day for day in weekdays if day.weekday() == 6]
        with working_for(self.home.client.id) as scope:
            for peer in range(PEERS):
                clinic = make_provider(scope, opening=WEEKDAYS)
                visits(scope, self.home, clinic.id, self.totals(peer), days=self.days)
            self.odd = make_provider(scope, name="Klinik Beda", opening=WEEKDAYS).id

    @staticmethod
    def totals(peer: int) -> list[int]:
        return [180_000 + peer * 5_000 + at * 1_000 for at in range(VISITS)]

    def bills(self, totals: list[int], **facts: Any) -> None:
        with working_for(self.home.client.id) as scope:
            visits(scope, self.home, self.odd, totals, **({"days": self.days} | facts))

    def compare(self) -> list[dict[str, Any]]:
        with working_for(self.home.client.id, language="en") as scope:
            service.compare_providers(scope)
            return service.list_patterns(scope)["items"]

    def set_aside(self, **words: Any) -> dict[str, Any]:
        told = {"reason": habits.COST, "until": self.home.today() + timedelta(days=90), "note": "Klinik gigi anak"}
        with working_for(self.home.client.id, self.analyst, language="en") as scope:
            return service.set_aside(scope, self.odd, **(told | words))

    def flags(self) -> list[str]:
        """Reasons about habits on a new claim of the odd clinic, as an analyst sees them."""
        claim = make_claim(self.home, provider_id=self.odd, provider_name=None, submitted=True)
        with working_for(self.home.client.id, self.analyst) as scope:
            service.complete_claim(scope, claim.id)
            service.assess_claim(scope, claim.id, {"diagnosis": "J06.9"})
            found = service.workbench(scope, claim.id)["flags"]
        return [flag["reason"] for flag in found if flag["provider_id"] == str(self.odd)]


@pytest.fixture
def town(app) -> Town:
    return Town()


@pytest.mark.requirement("S2-38", "S2-45")
def test_a_clinic_that_is_much_dearer_than_its_peers_is_named_with_its_figures(town):
    """640.000 to 663.000 a visit, 651.500 on average; the median of nine peers is 211.500: 308 %."""
    town.bills([640_000 + at * 1_000 for at in range(VISITS)])
    [found] = town.compare()
    assert (found["provider"]["id"], found["reason"]) == (town.odd, habits.COST)
    assert found["sentence"] == (
        "A visit to this provider costs Rp\xa0651,500 on average, 308 % of the median of 9 peers (Rp\xa0211,500); "
        "24 visits in twelve months."
    )


@pytest.mark.parametrize(
    ("bills", "reason"),
    [
        ({"totals": Town.totals(4), "diagnosis": "J06.9"}, habits.ONE_DIAGNOSIS),
        ({"totals": [211_000] * VISITS}, habits.SAME_TOTALS),
        ({"totals": Town.totals(4), "one_day": True}, habits.PER_DAY),
        ({"totals": Town.totals(4), "sundays": 10}, habits.CLOSED_DAYS),
    ],
)
def test_each_habit_is_read_from_the_claims(town, bills, reason):
    closed = bills.pop("sundays", 0)
    days = [*town.sundays[:closed], *town.days][:VISITS]
    town.bills(bills.pop("totals"), days=[town.days[0]] * VISITS if bills.pop("one_day", False) else days, **bills)
    assert [one["reason"] for one in town.compare() if one["provider"]["id"] == town.odd] == [reason]


def test_bills_just_under_the_limit_are_a_habit(town):
    """Nearly all between 900.000 and 1.000.000, the most that is decided without a person; and they are dear."""
    town.bills([950_000 + at * 1_000 for at in range(VISITS)])
    assert {one["reason"] for one in town.compare()} == {habits.COST, habits.UNDER_LIMIT}


def test_visits_of_more_than_a_year_ago_no_longer_count(town):
    before = [day - timedelta(days=366) for day in town.days]
    town.bills([640_000 + at * 1_000 for at in range(VISITS)], days=before)
    assert town.compare() == []


def test_a_habit_flags_new_claims_of_the_provider_until_somebody_sets_it_aside(town):
    town.bills([640_000 + at * 1_000 for at in range(VISITS)])
    town.compare()
    assert town.flags() == [habits.COST]
    [shown] = town.set_aside()["items"]
    assert (shown["rest"]["note"], shown["rest"]["by"]) == ("Klinik gigi anak", "Ratna Dewanti")
    assert town.flags() == []
    town.set_aside(until=town.home.today(), note="Hanya hari ini")
    with clock.at(clock.now() + timedelta(days=1)):
        assert town.flags() == [habits.COST]


def test_who_set_a_habit_aside_stands_in_the_audit_record(town):
    town.bills([640_000 + at * 1_000 for at in range(VISITS)])
    town.compare()
    town.set_aside()
    with working_for(town.home.client.id) as scope:
        kept = scope.session.scalars(
            select(AuditRecord).where(
                AuditRecord.client_id == town.home.client.id, AuditRecord.object_type == "provider_pattern_rest"
            )
        ).one()
    assert (kept.actor_id, kept.action) == (town.analyst.id, "create")


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_has_passed_or_lies_too_far_ahead_is_refused(town, days):
    town.bills([640_000 + at * 1_000 for at in range(VISITS)])
    town.compare()
    with pytest.raises(RuleRefused):
        town.set_aside(until=town.home.today() + timedelta(days=days))


def test_only_what_was_found_can_be_set_aside(town):
    with pytest.raises(NotFound):
        town.set_aside()


def test_comparing_again_keeps_the_first_day_and_forgets_what_is_over(town):
    town.bills([640_000 + at * 1_000 for at in range(VISITS)])
    first = town.compare()[0]["first_seen_on"]
    with clock.at(clock.now() + timedelta(days=30)):
        [again] = town.compare()
        assert (again["first_seen_on"], again["seen_on"]) == (first, first + timedelta(days=30))
    with clock.at(clock.now() + timedelta(days=500)):
        assert town.compare() == []


def test_a_member_never_reads_about_a_providers_habits(town):
    town.bills([640_000 + at * 1_000 for at in range(VISITS)])
    town.compare()
    claim = make_claim(town.home, provider_id=town.odd, provider_name=None, submitted=True)
    with working_for(town.home.client.id, town.analyst) as scope:
        service.complete_claim(scope, claim.id)
        service.assess_claim(scope, claim.id, {"diagnosis": "J06.9"})
        assert any(flag["reason"] == habits.COST for flag in service.claim_answer(scope, claim.id)["flags"])
    with working_for(town.home.client.id, town.home.actor) as scope:
        assert service.claim_answer(scope, claim.id)["flags"] == []


def test_another_client_sees_nothing_of_it(http, town):
    town.bills([640_000 + at * 1_000 for at in range(VISITS)])
    town.compare()
    own, other = (headers_for(Role.CLAIMS, client) for client in (town.home.client, make_client()))
    assert len(http.get("/api/v1/provider-patterns", headers=own).json["items"]) == 1
    assert http.get("/api/v1/provider-patterns", headers=other).json["items"] == []
    body = {"reason": habits.COST, "until": str(town.home.today()), "note": "Bukan urusan kami"}
    assert http.post(f"/api/v1/provider-patterns/{town.odd}/rest", headers=other, json=body).status_code == 404
