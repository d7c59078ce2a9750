"""Deductibles, co-payments and prices as stories: what the member bears of what is covered, what nobody owes.

Percentages round half up to the sen; a deductible comes before the co-payment.
"""

import pytest

from backend.adjudication.rules import Deductible, Rule, Tariff
from backend.clients.rules import Terms
from tests.factories.bills import a_benefit, a_cover, a_limit, bill, co_payment, judged, line, rp, split_of, used


def paid(amount: int, *, terms: Terms | None = None, limits=(), emergency=False, borne=0, entries=(), **benefit):
    """Who pays ``amount`` under an outpatient benefit; ``borne`` is what was borne of its deductible before."""
    cover = a_cover(a_benefit("OP", "outpatient", *limits, **benefit), terms=terms)
    before = {"OP": rp(borne)} if borne else {}
    return split_of(judged(bill(line(amount), emergency=emergency), cover, borne=before, entries=entries))


def test_ten_per_cent_of_a_visit_are_the_members():
    """10 % of 400.000 are 40.000."""
    assert paid(400_000, co_payment=co_payment(10)) == {"plan": 360_000, "member": 40_000}


def test_a_co_payment_ends_at_its_cap():
    """5 % of 80.000.000 would be 4.000.000; the cap is 3.000.000 (domain.md 3.1)."""
    assert paid(80_000_000, co_payment=co_payment(5, 3_000_000)) == {"plan": 77_000_000, "member": 3_000_000}


def test_a_co_payment_under_its_cap_is_the_percentage():
    """5 % of 4.000.000 are 200.000, under the cap of 300.000 (domain.md 3.1)."""
    assert paid(4_000_000, co_payment=co_payment(5, 300_000)) == {"plan": 3_800_000, "member": 200_000}


def test_the_cap_holds_for_all_lines_of_a_claim_together():
    """20 % of 1.000.000 twice would be 400.000; after 200.000 the cap of 300.000 leaves 100.000 for the second line."""
    op = a_benefit("OP", "outpatient", co_payment=co_payment(20, 300_000))
    judgement = judged(bill(line(1_000_000), line(1_000_000), line(1_000_000)), a_cover(op))
    assert [one.shares.member for one in judgement.lines] == [rp(200_000), rp(100_000), rp(0)]


def test_half_a_sen_is_rounded_up():
    """5 % of Rp 1.234,50 are 61,725: 61,73 the member, 1.172,77 the plan."""
    op = a_benefit("OP", "outpatient", co_payment=co_payment(5))
    judgement = judged(bill(line("1234.50")), a_cover(op))
    assert (judgement.shares.member, judgement.shares.plan) == (rp("61.73"), rp("1172.77"))


@pytest.mark.requirement("S1-10")
def test_a_contract_may_waive_the_co_payment_in_an_emergency():
    """By default 10 % of 400.000 stay also in an emergency; with the switch nothing does."""
    assert paid(400_000, co_payment=co_payment(10), emergency=True) == {"plan": 360_000, "member": 40_000}
    terms = Terms(co_payment_waived_in_emergency=True)
    assert paid(400_000, co_payment=co_payment(10), emergency=True, terms=terms) == {"plan": 400_000}
    assert paid(400_000, co_payment=co_payment(10), terms=terms) == {"plan": 360_000, "member": 40_000}


def test_a_deductible_is_borne_first():
    """The first 150.000 of 400.000."""
    assert paid(400_000, deductible=Deductible(rp(150_000), "visit")) == {"plan": 250_000, "member": 150_000}


def test_a_bill_under_the_deductible_is_the_members():
    """100.000 lie under 150.000."""
    assert paid(100_000, deductible=Deductible(rp(150_000), "visit")) == {"member": 100_000}


def test_what_was_borne_of_a_yearly_deductible_counts():
    """Of 1.000.000 a year 900.000 were borne: 100.000 of 400.000 are left to bear."""
    yearly = Deductible(rp(1_000_000), "year")
    assert paid(400_000, deductible=yearly, borne=900_000) == {"plan": 300_000, "member": 100_000}
    assert paid(400_000, deductible=yearly, borne=1_000_000) == {"plan": 400_000}


def test_the_lines_of_a_visit_bear_one_deductible_together():
    """100.000 and 100.000 under 150.000: the second line bears the last 50.000."""
    op = a_benefit("OP", "outpatient", deductible=Deductible(rp(150_000), "visit"))
    judgement = judged(bill(line(100_000), line(100_000)), a_cover(op))
    assert [one.deductible for one in judgement.lines] == [rp(100_000), rp(50_000)]


def test_the_co_payment_is_of_what_the_deductible_leaves():
    """400.000 - 150.000 = 250.000, of which 10 % are 25.000: the member 175.000."""
    split = paid(400_000, deductible=Deductible(rp(150_000), "visit"), co_payment=co_payment(10))
    assert split == {"plan": 225_000, "member": 175_000}


def test_by_default_a_limit_cuts_what_the_co_payment_leaves():
    """10 % of 1.000.000 leave 900.000; the limit of 500.000 is paid in full."""
    split = paid(1_000_000, co_payment=co_payment(10), limits=(a_limit("visit", 500_000),))
    assert split == {"plan": 500_000, "member": 500_000}


def test_a_contract_may_take_the_co_payment_of_what_the_limit_leaves():
    """The other reading: 500.000 within the limit, less 10 %: 450.000."""
    terms = Terms(co_payment_order="after_limits")
    split = paid(1_000_000, co_payment=co_payment(10), limits=(a_limit("visit", 500_000),), terms=terms)
    assert split == {"plan": 450_000, "member": 550_000}


def test_only_what_is_paid_is_taken_from_a_limit_in_the_other_reading_too():
    """Two lines of 500.000 under 900.000 a visit: 450.000 are used by the first, so the second finds 450.000.

    The second line: 450.000 within the limit, less 10 %: 405.000.
    """
    op = a_benefit("OP", "outpatient", a_limit("visit", 900_000), co_payment=co_payment(10))
    cover = a_cover(op, terms=Terms(co_payment_order="after_limits"))
    judgement = judged(bill(line(500_000), line(500_000)), cover)
    assert [one.shares.plan for one in judgement.lines] == [rp(450_000), rp(405_000)]


AGREED = {"GP": Tariff(rp(150_000), agreed=True, version="2026-1")}
MARKET = {"GP": Tariff(rp(150_000), agreed=False, version="2026")}


def priced(amount: int, tariffs: dict[str, Tariff], *, quantity: int = 1, terms: Terms | None = None):
    asked = bill(line(amount, service="GP", quantity=quantity), cashless=True)
    return judged(asked, a_cover(terms=terms), tariffs=tariffs)


@pytest.mark.requirement("S0-23", "S2-44")
def test_what_a_provider_asks_above_the_agreed_tariff_nobody_owes():
    """200.000 against 150.000: 150.000 the plan, 50.000 written off by the provider."""
    assert split_of(priced(200_000, AGREED)) == {"plan": 150_000, "provider": 50_000}


@pytest.mark.requirement("S0-23", "S2-44")
def test_the_agreed_tariff_is_for_each_piece():
    """Three visits at 150.000 are 450.000 of 500.000."""
    assert split_of(priced(500_000, AGREED, quantity=3)) == {"plan": 450_000, "provider": 50_000}


@pytest.mark.requirement("S0-23")
def test_a_bill_at_the_agreed_tariff_says_which_version_it_was_held_against():
    """Exactly 150.000: paid, and the step names the tariff of 2026-1."""
    judgement = priced(150_000, AGREED)
    step = judgement.lines[0].steps[0]
    assert split_of(judgement) == {"plan": 150_000}
    assert (step.rule, step.inputs["version"], step.inputs["tariff"]) == (Rule.AGREED_TARIFF, "2026-1", rp(150_000))


@pytest.mark.requirement("S2-44")
def test_what_is_above_the_markets_standard_is_the_members():
    """No agreement with this provider: 200.000 against a market of 150.000, 50.000 are the member's."""
    assert split_of(priced(200_000, MARKET)) == {"plan": 150_000, "member": 50_000}
    assert split_of(priced(150_000, MARKET)) == {"plan": 150_000}


@pytest.mark.requirement("S2-44")
def test_a_contract_may_bear_what_is_above_the_market():
    """The switch on ``plan``: 200.000, and a step that remarks on the price."""
    judgement = priced(200_000, MARKET, terms=Terms(above_market_borne_by="plan"))
    assert split_of(judgement) == {"plan": 200_000}
    assert judgement.lines[0].steps[0].rule is Rule.ABOVE_MARKET_ACCEPTED


@pytest.mark.requirement("S2-41", "S2-43", "S1-14")
def test_what_a_doctor_finds_not_adequate_is_the_providers_or_by_the_other_reading_the_members():
    """Ten days of medicine for 500.000, three found adequate at 150.000: 350.000 nobody owes, or the member does.

    Source 002 audits what a provider bills; source 001 calls what is not necessary "liability of the participant".
    """
    audited = bill(line(500_000, accepted=rp(150_000), finding="quantity"), cashless=True)
    assert split_of(judged(audited)) == {"plan": 150_000, "provider": 350_000}
    members = judged(audited, a_cover(terms=Terms(not_adequate_borne_by="member")))
    assert split_of(members) == {"plan": 150_000, "member": 350_000}
    assert members.shares.excess_claim == rp(350_000)


@pytest.mark.requirement("S2-44")
def test_a_service_without_a_price_is_taken_as_billed():
    """No tariff is known for it."""
    assert split_of(priced(200_000, {})) == {"plan": 200_000}


@pytest.mark.requirement("S0-23")
def test_a_refused_line_is_refused_at_the_agreed_price():
    """Not in the plan and 50.000 above the tariff: the member owes 150.000, the provider's 50.000 nobody."""
    asked = bill(line(200_000, "UNKNOWN", service="GP"))
    assert split_of(judged(asked, tariffs=AGREED)) == {"member": 150_000, "provider": 50_000}


def test_everything_at_once_adds_up():
    """Billed 1.000.000, tariff 900.000: 100.000 off. Deductible 100.000, co-payment 10 % of 800.000 = 80.000.

    720.000 against 600.000 left of the year (400.000 of 1.000.000 used): 120.000 over. Member 300.000, plan 600.000.
    """
    op = a_benefit(
        "OP",
        "outpatient",
        a_limit("year", 1_000_000),
        deductible=Deductible(rp(100_000), "visit"),
        co_payment=co_payment(10),
    )
    tariffs = {"CT": Tariff(rp(900_000), agreed=True)}
    judgement = judged(bill(line(1_000_000, service="CT")), a_cover(op), entries=(used(400_000),), tariffs=tariffs)
    assert split_of(judgement) == {"plan": 600_000, "member": 300_000, "provider": 100_000}
    assert [step.rule for step in judgement.lines[0].steps] == [
        Rule.ABOVE_AGREED_TARIFF,
        Rule.DEDUCTIBLE,
        Rule.CO_PAYMENT,
        Rule.OVER_LIMIT,
        Rule.PLAN_PAYS,
    ]
