"""What a change would have done to past claims: amounts, people, reasons, in order, and nothing written elsewhere."""

from datetime import date

import pytest

from backend.access import working_for
from backend.errors import NotFound
from backend.kit import ids
from backend.plan_changes import preview_work, queries, service
from tests.factories.benefits import limit, make_plan
from tests.factories.claims import Household, make_claim
from tests.factories.plan_changes import (
    administrator,
    affected,
    everything_else,
    make_change,
    make_decided,
    make_insured,
    neighbour,
    preview,
    rp,
    visits_pay,
)


def unlimited_visits(benefit: dict) -> None:
    benefit["limits"].pop(0)


def sums(home: Household, change, months: int = 3) -> dict:
    return preview(home, change, months)["total"]


@pytest.mark.requirement("S2-34", "S2-35")
def test_a_lower_limit_is_shown_with_both_amounts_and_the_step_that_differs(home):
    """350.000 and 150.000 under a visit limit of 350.000, then of 200.000: only the first changes, by 150.000."""
    large, small = make_decided(home, 350_000), make_decided(home, 150_000, days_ago=4)
    change = make_change(home, visits_pay(200_000))
    total = sums(home, change)
    assert (total["claims"], total["members"]) == (2, 1)
    assert (total["affected_claims"], total["affected_members"]) == (1, 1)
    assert (total["plan_before"], total["plan_after"]) == (rp(500_000), rp(350_000))
    assert (total["member_before"], total["member_after"]) == (rp(0), rp(150_000))
    (found,) = affected(home, change)
    assert (found["claim_id"], found["claim_number"]) == (large.id, large.number)
    assert (found["plan_before"], found["plan_after"]) == (rp(350_000), rp(200_000))
    assert found["before"]["rule"] == "plan_pays"
    assert found["after"]["rule"] == "over_limit"
    assert "Rp\xa0150,000 lie above" in found["after"]["sentence"]
    assert small.number != large.number


def test_the_same_terms_under_another_name_change_nothing(home):
    make_decided(home, 350_000)
    change = make_change(home, lambda benefit: benefit.update(names={**benefit["names"], "en": "Doctor's visits"}))
    total = sums(home, change)
    assert (total["affected_claims"], total["plan_before"], total["plan_after"]) == (0, rp(350_000), rp(350_000))
    assert affected(home, change) == []


@pytest.mark.requirement("S2-35")
def test_what_an_earlier_claim_would_have_used_is_carried_on_to_the_later_ones(home):
    """1.000.000 a year. Three visits of 350.000 fit but for 50.000; of 600.000 one, then 400.000, then 0.

    Old: 350 + 350 + 300. New: 600 + 400 + 0.
    """
    for days_ago in (9, 7, 5):
        make_decided(home, 600_000, days_ago=days_ago)
    change = make_change(home, unlimited_visits)
    total = sums(home, change)
    assert (total["plan_before"], total["plan_after"]) == (rp(1_000_000), rp(1_000_000))
    by_day = sorted(affected(home, change), key=lambda one: one["visit_on"])
    assert [(one["plan_before"], one["plan_after"]) for one in by_day] == [
        (rp(350_000), rp(600_000)),
        (rp(350_000), rp(400_000)),
        (rp(300_000), rp(0)),
    ]


def test_claims_are_judged_in_the_order_of_their_days_and_not_of_their_decisions(home):
    """The later visit was decided first; with 500.000 a year it is the later one that goes short."""
    later, earlier = make_decided(home, 350_000, days_ago=3), make_decided(home, 350_000, days_ago=9)

    def half(benefit):
        benefit["limits"][1]["amount"] = 500_000

    change = make_change(home, half)
    preview(home, change)
    (found,) = affected(home, change)
    assert (found["claim_id"], found["plan_after"]) == (later.id, rp(150_000))
    assert found["claim_id"] != earlier.id


def test_a_deductible_of_the_year_is_borne_once(home):
    for days_ago in (9, 5):
        make_decided(home, 300_000, days_ago=days_ago)
    change = make_change(home, lambda benefit: benefit.update(deductible={"amount": 100_000, "per": "year"}))
    total = sums(home, change)
    assert total["plan_before"] - total["plan_after"] == rp(100_000)
    (found,) = affected(home, change)
    assert found["after"]["rule"] == "deductible"


def test_a_limit_of_the_family_is_drawn_from_by_all_of_it(app):
    home = make_insured([limit("year", 1_000_000_00, shared_by="family")])
    make_decided(home, 400_000, days_ago=9)
    childs = make_decided(home, 400_000, days_ago=5, member_id=home.child_id)

    def half(benefit):
        benefit["limits"][0]["amount"] = 500_000

    change = make_change(home, half)
    total = sums(home, change)
    assert (total["members"], total["affected_members"]) == (2, 1)
    (found,) = affected(home, change)
    assert (found["claim_id"], found["plan_after"]) == (childs.id, rp(100_000))


def test_use_before_the_window_counts_in_both(home):
    """700.000 were used four months ago: of the 1.000.000 a year 300.000 are left, before and after."""
    for days_ago in (130, 128):
        make_decided(home, 350_000, days_ago=days_ago)
    make_decided(home, 350_000)
    total = sums(home, make_change(home, unlimited_visits))
    assert (total["claims"], total["plan_before"], total["plan_after"]) == (1, rp(300_000), rp(300_000))


def test_only_decided_claims_of_this_plan_in_the_window_are_looked_at(home):
    make_decided(home, 350_000, days_ago=5)
    make_decided(home, 350_000, days_ago=200)
    make_claim(home, submitted=True)
    with working_for(home.client.id) as scope:
        other_plan = make_plan(scope).id
    make_decided(neighbour(home, other_plan), 350_000)
    change = make_change(home)
    assert sums(home, change, 3)["claims"] == 1
    assert sums(home, change, 12)["claims"] == 2


def test_a_preview_begins_and_ends_within_its_months(home):
    shown = preview(home, make_change(home), 6)
    assert (shown["first_on"], shown["last_on"]) == (date(2026, 4, 20), date(2026, 10, 20))


def test_the_benefit_groups_add_up_to_the_total(home):
    make_decided(home, 350_000)
    shown = preview(home, make_change(home))
    (group,) = shown["groups"]
    assert group["group"] == "outpatient"
    assert {name: group[name] for name in shown["total"]} == shown["total"]


@pytest.mark.requirement("S2-35")
def test_a_preview_writes_nothing_but_itself(home):
    for days_ago in (9, 5):
        make_decided(home, 600_000, days_ago=days_ago)
    change = make_change(home)
    with working_for(home.client.id, administrator(home)) as scope:
        row = service.start_preview(scope, change.id, 3)
    with working_for(home.client.id) as scope:
        before = everything_else(scope)
    preview_work.run(home.client.id, row.id)
    with working_for(home.client.id) as scope:
        assert everything_else(scope) == before
    assert before["claim"] is not None


def test_a_preview_goes_on_after_a_worker_died(home, monkeypatch):
    monkeypatch.setattr(preview_work, "FAMILIES_AT_ONCE", 1)
    for family in (home, neighbour(home), neighbour(home)):
        make_decided(family, 350_000)
    change = make_change(home)
    with working_for(home.client.id, administrator(home)) as scope:
        row = service.start_preview(scope, change.id, 3)
    kept, count = preview_work._kept, []

    def dies_at_the_second(*args):
        count.append(args)
        if len(count) == 2:
            raise MemoryError
        return kept(*args)

    monkeypatch.setattr(preview_work, "_kept", dies_at_the_second)
    with pytest.raises(MemoryError):
        preview_work.run(home.client.id, row.id)
    with working_for(home.client.id) as scope:
        half = queries.preview_of(scope, change.id)
        assert (half.state, half.done_claims, half.total_claims) == ("running", 1, 3)
    preview_work.run(home.client.id, row.id)
    with working_for(home.client.id) as scope:
        whole = queries.preview_of(scope, change.id)
        assert (whole.state, whole.done_claims, whole.sums["total"]["affected_members"]) == ("done", 3, 3)
    assert len(affected(home, change)) == 3


def test_running_a_finished_preview_again_changes_nothing(home):
    make_decided(home, 350_000)
    change = make_change(home)
    first = preview(home, change)
    with working_for(home.client.id) as scope:
        row = queries.preview_of(scope, change.id)
    preview_work.run(home.client.id, row.id)
    with working_for(home.client.id) as scope:
        assert queries.preview_of(scope, change.id).done_claims == first["done_claims"] == 1


def test_a_preview_that_another_one_replaced_ends_quietly(home):
    make_decided(home, 350_000)
    change = make_change(home)
    with working_for(home.client.id, administrator(home)) as scope:
        old = service.start_preview(scope, change.id, 3)
        new = service.start_preview(scope, change.id, 12)
    preview_work.run(home.client.id, old.id)
    with working_for(home.client.id) as scope:
        assert queries.preview_of(scope, change.id).id == new.id
        assert queries.preview_of(scope, change.id).state == "waiting"
    preview_work.run(home.client.id, ids.new_id())


def test_the_job_of_a_preview_runs_in_the_worker(home, run_jobs):
    make_decided(home, 350_000)
    change = make_change(home)
    with working_for(home.client.id, administrator(home)) as scope:
        service.start_preview(scope, change.id, 3)
    run_jobs()
    with working_for(home.client.id) as scope:
        assert queries.preview_of(scope, change.id).state == "done"


def test_a_claim_that_cannot_be_judged_any_more_is_counted_and_the_others_go_on(home, monkeypatch):
    make_decided(home, 350_000, days_ago=9)
    gone = make_decided(home, 350_000, days_ago=5)
    bill_of = preview_work.bill_of

    def without_its_place(scope, claim, cover):
        if claim.id == gone.id:
            raise NotFound()
        return bill_of(scope, claim, cover)

    monkeypatch.setattr(preview_work, "bill_of", without_its_place)
    shown = preview(home, make_change(home))
    assert (shown["not_judged"], shown["done_claims"], shown["total"]["claims"]) == (1, 2, 1)
