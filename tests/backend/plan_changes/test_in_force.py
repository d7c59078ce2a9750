"""A change in force: from its day on, for everybody in the plan, and never for a visit before it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from backend.access import Actor, Role, working_for
from backend.benefits import queries as benefits
from backend.claims import service as claims
from backend.errors import Forbidden, RuleRefused
from backend.kit import clock, ids
from backend.members import queries as members
from backend.members.service import registration
from backend.members.service.cards import card_json
from backend.plan_changes import preview_work, service
from tests.factories.benefits import limit, make_plan
from tests.factories.claims import Household, make_claim
from tests.factories.members import enrol, make_card, make_member
from tests.factories.plan_changes import (
    administrator,
    look,
    make_change,
    make_decided,
    neighbour,
    preview,
    put_in_force,
    rp,
    visits_pay,
)

TODAY, TOMORROW = date(2026, 10, 20), date(2026, 10, 21)


def plan_on(home: Household, day: date, member_id: UUID | None = None) -> UUID:
    with working_for(home.client.id) as scope:
        found = benefits.cover_on(scope, member_id or home.employee_id, day)
    assert found is not None
    return found.plan.id


def tries(home: Household, change, who: Actor) -> None:
    with working_for(home.client.id, who) as scope:
        service.put_in_force(scope, change.id)


def test_until_it_is_in_force_nothing_changes_for_anybody(home):
    change = make_change(home)
    preview(home, change)
    assert plan_on(home, TOMORROW) == home.plan_id
    with working_for(home.client.id) as scope:
        assert [row.id for row in benefits.plans(scope)] == [home.plan_id]


def test_each_day_is_read_by_the_version_of_that_day(home):
    new = put_in_force(home, make_change(home))
    assert (plan_on(home, TODAY), plan_on(home, TOMORROW)) == (home.plan_id, new)
    assert plan_on(home, TOMORROW, home.child_id) == new
    with working_for(home.client.id) as scope:
        assert benefits.plan(scope, new).valid_from == TOMORROW


def test_a_change_may_take_effect_today(home):
    new = put_in_force(home, make_change(home, effective_on=TODAY))
    assert (plan_on(home, TODAY - timedelta(days=1)), plan_on(home, TODAY)) == (home.plan_id, new)


def test_nobody_puts_their_own_proposal_in_force(home):
    proposer = administrator(home)
    change = make_change(home, by=proposer)
    preview(home, change)
    look(home, change, proposer)
    with pytest.raises(Forbidden) as refused:
        tries(home, change, proposer)
    assert refused.value.reason == "plan_changes.same_person"
    assert plan_on(home, TOMORROW) == home.plan_id


def test_nobody_puts_in_force_what_was_not_previewed(home):
    with pytest.raises(RuleRefused) as refused:
        tries(home, make_change(home), administrator(home))
    assert refused.value.reason == "plan_changes.not_previewed"


def test_nobody_puts_in_force_whose_preview_they_have_not_looked_at(home):
    change = make_change(home)
    preview(home, change)
    with pytest.raises(RuleRefused) as refused:
        tries(home, change, administrator(home))
    assert refused.value.reason == "plan_changes.not_seen"


def test_a_look_at_a_preview_that_still_runs_is_no_look(home):
    change, second = make_change(home), administrator(home)
    with working_for(home.client.id, second) as scope:
        row = service.start_preview(scope, change.id, 3)
    look(home, change, second)
    preview_work.run(home.client.id, row.id)
    with pytest.raises(RuleRefused) as refused:
        tries(home, change, second)
    assert refused.value.reason == "plan_changes.not_seen"


def test_a_new_preview_has_to_be_looked_at_again(home):
    change, second = make_change(home), administrator(home)
    preview(home, change)
    look(home, change, second)
    preview(home, change, 12)
    with pytest.raises(RuleRefused) as refused:
        tries(home, change, second)
    assert refused.value.reason == "plan_changes.not_seen"


def test_of_two_proposals_the_second_is_overtaken_by_the_first(home):
    one, other = make_change(home), make_change(home, visits_pay(300_000))
    put_in_force(home, one)
    preview(home, other)
    second = administrator(home)
    look(home, other, second)
    with pytest.raises(RuleRefused) as refused:
        tries(home, other, second)
    assert refused.value.reason == "plan_changes.overtaken"


def test_it_is_put_in_force_once(home):
    change, second = make_change(home), administrator(home)
    put_in_force(home, change)
    with pytest.raises(RuleRefused) as refused:
        tries(home, change, second)
    assert refused.value.reason == "plan_changes.not_open"


def test_what_waited_until_its_day_had_passed_is_refused(home):
    change, second = make_change(home), administrator(home)
    preview(home, change)
    look(home, change, second)
    with clock.at(clock.now() + timedelta(days=2)), pytest.raises(RuleRefused) as refused:
        tries(home, change, second)
    assert refused.value.reason == "plan_changes.in_the_past"


def test_a_withdrawn_proposal_cannot_be_put_in_force(home):
    change, second = make_change(home), administrator(home)
    preview(home, change)
    look(home, change, second)
    with working_for(home.client.id, second) as scope:
        service.withdraw(scope, change.id)
    with pytest.raises(RuleRefused) as refused:
        tries(home, change, second)
    assert refused.value.reason == "plan_changes.not_open"


@pytest.mark.requirement("S2-34", "S2-35")
def test_a_visit_from_the_day_on_is_judged_by_the_new_terms_and_one_before_by_the_old(home):
    """350.000 a visit until today, 200.000 from tomorrow on; both claims come in a week later."""
    put_in_force(home, make_change(home))
    with clock.at(clock.now() + timedelta(days=8)):
        before, after = make_decided(home, 400_000, days_ago=8), make_decided(home, 400_000, days_ago=3)
    assert (paid(home, before), paid(home, after)) == (rp(350_000), rp(200_000))


def test_an_appeal_of_an_earlier_visit_is_judged_by_the_old_terms(home):
    claim = make_decided(home, 400_000)
    put_in_force(home, make_change(home))
    with clock.at(clock.now() + timedelta(days=3)):
        with working_for(home.client.id, home.actor) as scope:
            claims.appeal_claim(scope, claim.id, "Ada kuitansi lain")
        with working_for(home.client.id, Actor(Role.CLAIMS, id=ids.new_id())) as scope:
            claims.decide_claim(scope, claim.id)
    assert paid(home, claim) == rp(350_000)


def paid(home: Household, claim) -> object:
    with working_for(home.client.id, home.actor, language="en") as scope:
        return claims.claim_answer(scope, claim.id)["decision"]["receipt"]["totals"]["plan"]


@pytest.mark.requirement("S2-35")
def test_what_was_used_before_counts_against_the_new_limit(home):
    """700.000 of a year's 1.000.000 used; from tomorrow on the year gives 800.000, so that 100.000 are left."""
    for days_ago in (9, 7):
        make_decided(home, 350_000, days_ago=days_ago)

    def less(benefit):
        benefit["limits"][1]["amount"] = 800_000

    put_in_force(home, make_change(home, less))
    with clock.at(clock.now() + timedelta(days=8)):
        claim = make_decided(home, 350_000, days_ago=3)
    assert paid(home, claim) == rp(100_000)


def test_who_is_enrolled_later_in_the_old_version_goes_on_in_the_new_one(home):
    """Dated back into a day that the old version holds for: a new employee, and a newborn of an insured one."""
    new = put_in_force(home, make_change(home))
    with working_for(home.client.id) as scope:
        code = benefits.plan(scope, home.plan_id).code
        joined = registration.register_employee(
            scope,
            plan=code,
            starts_on=TODAY - timedelta(days=20),
            employee_number="LATE-1",
            full_name="Rahmat Hidayat",
            birth_date=date(1991, 3, 4),
            sex="male",
        ).member.id
        newborn = registration.add_dependant(
            scope, home.employee_id, relationship="child", full_name="Bayi Baru", birth_date=TODAY, sex="female"
        ).member.id
    for member_id in (joined, newborn):
        assert (plan_on(home, TODAY, member_id), plan_on(home, TOMORROW, member_id)) == (home.plan_id, new)


def test_an_enrolment_that_begins_later_begins_in_the_new_version(home):
    new = put_in_force(home, make_change(home))
    with working_for(home.client.id) as scope:
        member_id = make_member(scope).id
        enrol(scope, member_id, home.plan_id, TOMORROW + timedelta(days=30))
    assert plan_on(home, TOMORROW + timedelta(days=31), member_id) == new


def test_a_late_enrolment_goes_through_every_version_since(home):
    first = put_in_force(home, make_change(home))
    later = TOMORROW + timedelta(days=10)
    second = put_in_force(home, make_change(home, visits_pay(100_000), later))
    with working_for(home.client.id) as scope:
        member_id = make_member(scope, plan_id=home.plan_id).id
        ending = make_member(scope).id
        enrol(scope, ending, home.plan_id, TODAY, later - timedelta(days=1))
        periods = {(row.plan_id, row.starts_on) for row in members.enrolments_of(scope, member_id)}
        ended = [(row.plan_id, row.ends_on) for row in members.enrolments_of(scope, ending)]
    assert {plan for plan, _ in periods} == {home.plan_id, first, second}
    assert [plan_on(home, day, member_id) for day in (TODAY, TOMORROW, later)] == [home.plan_id, first, second]
    assert ended == [(first, later - timedelta(days=1)), (home.plan_id, TODAY)]


def test_another_plan_and_another_client_are_not_touched(home):
    with working_for(home.client.id) as scope:
        other = make_plan(scope, {"code": "OP", "limits": [limit("year", 1)]}).id
    theirs = neighbour(home, other)
    put_in_force(home, make_change(home))
    assert plan_on(theirs, TOMORROW) == other


def test_who_left_before_the_day_stays_in_the_old_version(home):
    with working_for(home.client.id) as scope:
        gone = make_member(scope).id
        enrol(scope, gone, home.plan_id, TODAY - timedelta(days=300), TODAY)
    put_in_force(home, make_change(home))
    with working_for(home.client.id) as scope:
        assert [(row.plan_id, row.ends_on) for row in members.enrolments_of(scope, gone)] == [(home.plan_id, TODAY)]


@pytest.mark.requirement("S0-56")
def test_a_card_does_not_say_that_cover_ends_where_it_goes_on(home):
    with working_for(home.client.id) as scope:
        make_card(scope, home.employee_id)
    put_in_force(home, make_change(home, effective_on=TOMORROW + timedelta(days=10)))
    with working_for(home.client.id) as scope:
        card = card_json(scope, home.employee_id)
    assert b'"valid_until" : null' in card or b'"valid_until":null' in card


def test_a_claim_that_waits_is_decided_by_the_terms_of_its_visit(home):
    waiting = make_claim(home, submitted=True, claimed=rp(400_000))
    put_in_force(home, make_change(home))
    with working_for(home.client.id, Actor(Role.CLAIMS, id=ids.new_id())) as scope:
        claims.complete_claim(scope, waiting.id)
        claims.decide_claim(scope, waiting.id)
    assert paid(home, waiting) == rp(350_000)
