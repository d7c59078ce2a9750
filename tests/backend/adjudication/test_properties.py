"""What holds for every judgement, whatever the bill: sums, limits, order, sameness."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.adjudication.rules import VERSION, Excess, Judgement, Payer, Rule, judge
from backend.bench.bill_book import Case, bills
from backend.benefits.rules import Basis, remaining, usage_of
from backend.kit.money import Money


@st.composite
def cases(draw) -> Case:
    """Any bill of the book, from every-day ones to difficult ones."""
    seed = draw(st.integers(0, 2**32))
    return next(bills(seed, 1, awkward=draw(st.sampled_from((1, 2)))))


def judgement_of(case: Case) -> Judgement:
    return judge(case.bill, case.cover, case.accumulators, case.tariffs, case.calendar)


@pytest.mark.requirement("S4-8")
@given(cases())
@settings(max_examples=400, deadline=None)
def test_what_everybody_pays_adds_up_to_the_bill_to_the_last_sen(case: Case):
    judgement = judgement_of(case)
    for line in judgement.lines:
        assert line.shares.total == line.billed
    assert judgement.shares.total.amount_minor == sum(line.amount.amount_minor for line in case.bill.lines)


@given(cases())
@settings(max_examples=200, deadline=None)
def test_nobody_pays_less_than_nothing(case: Case):
    for line in judgement_of(case).lines:
        shares = line.shares
        for part in (shares.plan, shares.other, shares.member, shares.provider):
            assert part.amount_minor >= 0
        assert shares.excess_cost.amount_minor >= 0
        assert shares.excess_claim.amount_minor >= 0


@pytest.mark.requirement("S1-13", "S1-14")
@given(cases())
@settings(max_examples=200, deadline=None)
def test_the_members_part_is_excess_cost_and_excess_claim(case: Case):
    for line in judgement_of(case).lines:
        assert line.shares.excess_cost + line.shares.excess_claim == line.shares.member


@given(cases())
@settings(max_examples=200, deadline=None)
def test_the_trace_is_the_sum_of_what_it_says(case: Case):
    """Every step leaves what the one before left less what it moved, and the last one leaves nothing."""
    for line in judgement_of(case).lines:
        left = line.billed
        for step in line.steps:
            taken = step.inputs.get("of_plan", step.moved) if step.rule is Rule.OTHER_PAYER else step.moved
            if step.rule is not Rule.OTHER_PAYER_AFTER:
                left -= taken
            assert step.result == left
        assert not left
        assert [step.payer for step in line.steps].count(Payer.PLAN) == (1 if line.shares.plan else 0)


@given(cases())
@settings(max_examples=200, deadline=None)
def test_whoever_pays_something_finds_a_step_that_says_why(case: Case):
    for line in judgement_of(case).lines:
        payers = {step.payer for step in line.steps}
        shares = line.shares
        for payer, part in (
            (Payer.PLAN, shares.plan),
            (Payer.OTHER, shares.other),
            (Payer.MEMBER, shares.member),
            (Payer.PROVIDER, shares.provider),
        ):
            assert not part or payer in payers
        if shares.member:
            assert line.reasons


@pytest.mark.requirement("S2-35")
@given(cases())
@settings(max_examples=300, deadline=None)
def test_no_limit_is_ever_exceeded(case: Case):
    """What the plan pays of a bill fits into what was left of every limit over a year or a lifetime."""
    judgement = judgement_of(case)
    for benefit in case.cover.benefits.values():
        for shared in benefit.limits:
            if shared.limit.basis not in {Basis.YEAR, Basis.LIFETIME}:
                continue
            year = case.calendar.policy_year
            usage = usage_of(
                case.accumulators.entries, shared.limit, shared.codes, case.cover.member_id, policy_year=year
            )
            left = remaining(shared.limit, usage)
            drawn = [line for line in judgement.lines if line.benefit in shared.codes]
            if left.amount is not None:
                assert sum(line.shares.plan.amount_minor for line in drawn) <= left.amount.amount_minor
            if left.count is not None:
                assert sum(line.count for line in drawn) <= left.count


@given(cases())
@settings(max_examples=100, deadline=None)
def test_the_same_facts_give_the_same_judgement(case: Case):
    before = repr(case)
    first, second = judgement_of(case), judgement_of(case)
    assert first == second
    assert first.version == VERSION
    assert repr(case) == before


@given(cases(), st.integers(0, 2**16))
@settings(max_examples=100, deadline=None)
def test_who_paid_for_something_before_is_never_paid_more_for_it(case: Case, seed: int):
    """Taking earlier use away never makes the plan pay less."""
    coin = Random(seed)
    fewer = [entry for entry in case.accumulators.entries if coin.random() < 0.5]
    fresh = replace(case, accumulators=replace(case.accumulators, entries=fewer))
    if case.bill.other is None and not case.cover.terms.own_request_maximum_minor:
        assert judgement_of(fresh).shares.plan >= judgement_of(case).shares.plan


@given(cases())
@settings(max_examples=100, deadline=None)
def test_every_step_knows_its_clause_and_how_a_members_part_is_collected(case: Case):
    for line in judgement_of(case).lines:
        for step in line.steps:
            assert step.clause
            assert (step.excess in Excess) if step.payer is Payer.MEMBER else step.excess is None
            for name in ("open", "limit", "already"):
                if f"{{{name}}}" in step.arithmetic:
                    assert isinstance(step.inputs[name], Money)
