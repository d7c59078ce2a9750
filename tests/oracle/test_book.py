"""The book that both readings judge meets every rule there is."""

from backend.adjudication.rules import judge
from backend.bench.bill_book import bills
from tests.oracle.test_oracle import BOOK


def test_the_book_meets_every_rule():
    """A book that never met a rule would prove nothing about it."""
    met = set()
    for case in bills(20261128, BOOK, awkward=2):
        judgement = judge(case.bill, case.cover, case.accumulators, case.tariffs, case.calendar)
        met |= {step.rule.value for line in judgement.lines for step in line.steps}
        met |= {night.rule.value for night in judgement.nights}
    assert _EVERY_RULE - met == set()


_EVERY_RULE = {
    *("no_cover", "card_unusable", "not_in_plan", "non_medical", "excluded", "waiting", "wait_waived", "short_stay"),
    *("not_licensed", "abroad_pay_first", "own_request_pay_first", "outside_network", "no_referral"),
    *("referral_bypassed", "no_approval", "vitamins_in_cash", "too_many_repeats", "repeat_too_late"),
    *("glasses_not_prescribed", "glasses_not_approved", "glasses_no_child_letter", "glasses_too_weak"),
    *("glasses_unchanged", "agreed_tariff", "above_agreed_tariff", "above_market", "audited", "above_market_accepted"),
    *("room_entitled", "room_full", "room_full_too_high", "room_full_too_long", "room_refused", "room_lower_refused"),
    *("room_tolerated_member", "room_tolerated_plan", "room_above_tolerance", "room_own_request", "room_share"),
    *("own_request_maximum", "deductible", "co_payment", "co_payment_waived", "limit_fits", "over_limit", "over_count"),
    *("other_payer", "not_chargeable", "other_payer_after", "plan_pays"),
}
