"""Tables of the rules: what may follow from what, what a desk may do, what a visit needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.reference_numbers import Kind as NumberKind
from backend.kit.reference_numbers import new_number, read_number
from backend.kit.refusal import Refusal
from backend.providers.rules import Tier
from backend.referrals import vocabulary
from backend.referrals.rules import (
    TRANSITIONS,
    Act,
    Basis,
    Desk,
    Kind,
    Link,
    Proposal,
    State,
    Supply,
    Visit,
    VisitCover,
    after,
    condition_of,
    judge_visit,
    may_accept,
    may_dispense,
    may_issue,
    return_until,
    valid_until,
)
from backend.referrals.rules.chronic import Certificate, may_leave_programme, may_send_back, review_on
from backend.referrals.rules.paid_visits import PaidVisit, may_lead_to_code
from backend.referrals.rules.path import Move, options, where_now

TODAY = date(2026, 6, 15)
CLINIC, HEART, NERVES, TOP = (UUID(int=number) for number in range(1, 5))
USED = Link(
    code="4264-0000-0001",
    kind=Kind.TIERED,
    state=State.ACCEPTED,
    to_tier=Tier.SECOND,
    specialty="JAN",
    valid_until=TODAY + timedelta(days=30),
    facility=HEART,
    visits_allowed=6,
    visits_used=1,
    last_visit_on=TODAY - timedelta(days=3),
    return_until=TODAY + timedelta(days=87),
)
NEW = replace(USED, state=State.ISSUED, facility=None, visits_used=0, last_visit_on=None, return_until=None)


def _reason(answer: object) -> str | None:
    return answer.reason if isinstance(answer, Refusal) else None


def test_every_state_is_reached_from_an_issued_referral_and_only_by_the_table():
    reached, border = {State.ISSUED}, [State.ISSUED]
    while border:
        here = border.pop()
        following = {to for (start, _), to in TRANSITIONS.items() if start is here} - reached
        reached |= following
        border += following
    assert reached == set(State)
    for state in State:
        for act in Act:
            answered = after(state, act)
            assert answered is TRANSITIONS[state, act] if (state, act) in TRANSITIONS else _reason(answered)


def test_what_has_ended_stays_ended():
    assert {start for start, _ in TRANSITIONS} == {State.ISSUED, State.ACCEPTED}


@pytest.mark.requirement("S0-21")
@pytest.mark.requirement("S0-29")
@pytest.mark.requirement("S0-34")
@pytest.mark.requirement("S0-38")
@pytest.mark.parametrize(
    ("kind", "start", "to", "path", "reason"),
    [
        (Kind.TIERED, Tier.FIRST, Tier.SECOND, [], None),
        (Kind.TIERED, Tier.FIRST, Tier.THIRD, [], "referrals.tier_skipped"),
        (Kind.TIERED, Tier.FIRST, Tier.FIRST, [], "referrals.tier_wrong"),
        (Kind.TIERED, Tier.SECOND, Tier.THIRD, [], "referrals.needs_earlier"),
        (Kind.TIERED, Tier.SECOND, Tier.THIRD, [USED], None),
        (Kind.ONWARD, Tier.SECOND, Tier.SECOND, [], "referrals.needs_earlier"),
        (Kind.ONWARD, Tier.SECOND, Tier.SECOND, [USED], None),
        (Kind.ONWARD, Tier.SECOND, Tier.THIRD, [USED], None),
        (Kind.ONWARD, Tier.SECOND, Tier.FIRST, [USED], "referrals.tier_wrong"),
        (Kind.ONWARD, Tier.FIRST, Tier.SECOND, [USED], "referrals.tier_wrong"),
        (Kind.ONWARD, Tier.SECOND, Tier.SECOND, [NEW], "referrals.never_used"),
        (Kind.CONTINUATION, Tier.SECOND, Tier.SECOND, [USED], "referrals.still_good"),
        (Kind.CONTINUATION, Tier.SECOND, Tier.SECOND, [replace(USED, state=State.COMPLETED)], None),
        (Kind.CONTINUATION, Tier.SECOND, Tier.SECOND, [replace(USED, visits_used=6)], None),
        (Kind.CONTINUATION, Tier.SECOND, Tier.SECOND, [replace(USED, state=State.CANCELLED)], "referrals.not_in_use"),
        (Kind.BACK, Tier.SECOND, Tier.FIRST, [USED], None),
        (Kind.BACK, Tier.SECOND, Tier.SECOND, [USED], "referrals.tier_wrong"),
        (Kind.BACK, Tier.SECOND, Tier.FIRST, [], "referrals.needs_earlier"),
    ],
)
def test_what_may_follow_from_what(kind, start, to, path, reason):
    wanted = Proposal(kind, start, to, "SAR")
    assert _reason(may_issue(wanted, path, [], TODAY, emergency_bypasses=True)) == reason


@pytest.mark.requirement("S0-24")
def test_the_right_to_come_back_ends_on_its_day():
    over = replace(USED, state=State.COMPLETED, return_until=TODAY)
    wanted = Proposal(Kind.CONTINUATION, Tier.SECOND, Tier.SECOND, "JAN")
    assert may_issue(wanted, [over], [], TODAY, emergency_bypasses=True) is None
    late = may_issue(wanted, [over], [], TODAY + timedelta(days=1), emergency_bypasses=True)
    assert _reason(late) == "referrals.return_over"


@pytest.mark.requirement("S0-24")
def test_a_continuation_never_makes_the_right_longer():
    right = TODAY + timedelta(days=10)
    assert return_until(Kind.TIERED, TODAY, 90, None) == TODAY + timedelta(days=90)
    assert return_until(Kind.CONTINUATION, TODAY, 90, right) == right
    assert valid_until(TODAY, 90, right) == right


@pytest.mark.requirement("S0-35")
@pytest.mark.parametrize(("bypasses", "reason"), [(True, None), (False, "referrals.tier_skipped")])
def test_an_emergency_skips_a_tier_where_the_contract_lets_it(bypasses, reason):
    wanted = Proposal(Kind.TIERED, Tier.FIRST, Tier.THIRD, "SAR", emergency=True)
    assert _reason(may_issue(wanted, [], [], TODAY, emergency_bypasses=bypasses)) == reason


@pytest.mark.requirement("S0-25")
def test_nobody_is_sent_in_a_circle():
    round_again = Proposal(Kind.ONWARD, Tier.SECOND, Tier.SECOND, "JAN", NERVES, HEART)
    nerves = replace(USED, specialty="SAR", facility=NERVES)
    assert _reason(may_issue(round_again, [USED, nerves], [], TODAY, emergency_bypasses=True)) == "referrals.circle"
    another = replace(round_again, specialty="PAR")
    assert may_issue(another, [USED, nerves], [], TODAY, emergency_bypasses=True) is None


def test_a_second_code_for_the_same_is_not_given_out():
    wanted = Proposal(Kind.TIERED, Tier.FIRST, Tier.SECOND, "JAN")
    refused = may_issue(wanted, [], [NEW], TODAY, emergency_bypasses=True)
    assert (_reason(refused), refused.figures["code"]) == ("referrals.already_open", NEW.code)
    assert may_issue(wanted, [], [NEW], NEW.valid_until + timedelta(days=1), emergency_bypasses=True) is None


AT_HEART = Desk(HEART, Tier.SECOND, in_network=True)


@pytest.mark.requirement("S0-28")
@pytest.mark.parametrize(
    ("shown", "desk", "covered", "answer"),
    [
        (NEW, AT_HEART, True, Act.ACCEPT),
        (USED, AT_HEART, True, Act.VISIT),
        (NEW, Desk(TOP, Tier.THIRD, True), True, "referrals.wrong_tier"),
        (NEW, Desk(CLINIC, None, True), True, "referrals.wrong_tier"),
        (replace(NEW, named=NERVES), AT_HEART, True, "referrals.other_facility"),
        (replace(NEW, named=TOP), Desk(TOP, Tier.THIRD, True), True, Act.ACCEPT),
        (USED, Desk(NERVES, Tier.SECOND, True), True, "referrals.used_elsewhere"),
        (replace(USED, visits_used=6), AT_HEART, True, "referrals.no_visits_left"),
        (replace(NEW, valid_until=TODAY), AT_HEART, True, Act.ACCEPT),
        (replace(NEW, valid_until=TODAY - timedelta(days=1)), AT_HEART, True, "referrals.expired"),
        (replace(USED, state=State.COMPLETED), AT_HEART, True, "referrals.completed"),
        (replace(NEW, state=State.CANCELLED), AT_HEART, True, "referrals.cancelled"),
        (NEW, AT_HEART, False, "referrals.not_covered"),
        (NEW, Desk(HEART, Tier.SECOND, False), True, "referrals.not_in_network"),
        (NEW, Desk(HEART, Tier.SECOND, False, TODAY - timedelta(days=1)), True, "referrals.contract_ended"),
    ],
)
def test_what_a_desk_may_do_with_a_code(shown, desk, covered, answer):
    decided = may_accept(shown, desk, [], TODAY, covered=covered)
    assert (decided if isinstance(decided, Act) else decided.reason) == answer


def test_an_open_code_does_not_lead_back_to_where_the_patient_was_sent_before():
    assert _reason(may_accept(NEW, AT_HEART, [USED], TODAY, covered=True)) == "referrals.circle"
    assert may_accept(replace(NEW, kind=Kind.CONTINUATION), AT_HEART, [USED], TODAY, covered=True) is Act.ACCEPT


def _visit(desk: Desk = AT_HEART, **facts) -> Visit:
    return Visit(**{"desk": desk, "on": TODAY, "specialty": "JAN", "covered": True, "plan_has_tiers": True} | facts)


@pytest.mark.requirement("S0-21")
@pytest.mark.requirement("S0-35")
@pytest.mark.requirement("S4-2")
@pytest.mark.parametrize(
    ("visit", "links", "answer"),
    [
        (_visit(Desk(CLINIC, Tier.FIRST, True)), [], Basis.FIRST_TIER),
        (_visit(Desk(CLINIC, None, True)), [], Basis.NOT_TIERED),
        (_visit(plan_has_tiers=False), [], Basis.NO_TIERS),
        (_visit(emergency=True), [], Basis.EMERGENCY),
        (_visit(emergency=True, emergency_bypasses=False), [], "referrals.needed_from"),
        (_visit(covered=False, emergency=True), [], "referrals.not_covered"),
        (_visit(), [], "referrals.needed_from"),
        (_visit(), [NEW], Basis.REFERRAL),
        (_visit(), [USED], Basis.REFERRAL),
        (_visit(specialty="SAR"), [NEW], "referrals.needed_from"),
        (_visit(specialty=None), [NEW], Basis.REFERRAL),
        (_visit(), [replace(USED, state=State.COMPLETED)], "referrals.continue_first"),
        (_visit(on=TODAY + timedelta(days=88)), [replace(USED, state=State.COMPLETED)], "referrals.needed_from"),
        (_visit(), [replace(USED, facility=NERVES)], "referrals.needed_from"),
        (_visit(), [replace(NEW, kind=Kind.BACK)], "referrals.needed_from"),
    ],
)
def test_what_a_visit_needs(visit, links, answer):
    judged = judge_visit(visit, links, "Klinik Melati")
    assert (judged.basis if isinstance(judged, VisitCover) else judged.reason) == answer


def test_a_code_in_use_goes_before_a_new_one():
    fresh = replace(NEW, code="new", valid_until=TODAY + timedelta(days=1))
    assert judge_visit(_visit(), [fresh, USED], None).referral is USED


def test_the_programme_takes_nine_illnesses():
    assert [one.code for one in vocabulary.conditions()] == [f"{number:02}" for number in range(1, 10)]


@pytest.mark.parametrize(
    ("code", "diagnosis", "on", "reason"),
    [
        ("01", "E11.9", TODAY, None),
        ("01", None, TODAY, None),
        ("01", "I10", TODAY, "referrals.other_diagnosis"),
        ("10", "E11.9", TODAY, "referrals.not_chronic"),
        ("01", "E11.9", date(2013, 12, 31), "referrals.not_chronic"),
    ],
)
def test_an_illness_belongs_to_the_programme_on_its_days(code, diagnosis, on, reason):
    assert _reason(condition_of(vocabulary.conditions(), code, diagnosis, on)) == reason


def test_only_a_stable_patient_goes_home_and_only_once():
    stable = Certificate(True, "dr. Sari, Sp.PD", TODAY)
    assert may_send_back(stable, [], "01") is None
    assert _reason(may_send_back(None, [], "01")) == "referrals.not_stable"
    assert _reason(may_send_back(replace(stable, stable=False), [], "01")) == "referrals.not_stable"
    assert _reason(may_send_back(stable, ["01"], "01")) == "referrals.already_back"


@pytest.mark.parametrize(
    ("days", "after_days", "reason"),
    [
        (30, 30, None),
        (31, 30, "referrals.supply_too_long"),
        (30, 29, "referrals.supply_too_early"),
        (7, 100, None),
        (7, 106, "referrals.review_due"),
    ],
)
def test_medicine_is_handed_out_a_month_at_a_time_until_the_review(days, after_days, reason):
    held = [Supply(TODAY, 30)]
    on = TODAY + timedelta(days=after_days)
    review = TODAY + timedelta(days=105)
    assert _reason(may_dispense(held, days, on, most_days=30, review_until=review)) == reason


@pytest.mark.parametrize(
    ("held", "review_in", "emergency", "reason"),
    [
        (None, 60, False, None),
        (TODAY, 60, False, "referrals.holds_supply"),
        (TODAY, 60, True, None),
        (TODAY, 14, False, None),
        (TODAY, 15, False, "referrals.holds_supply"),
    ],
)
def test_whoever_holds_programme_medicine_is_not_referred(held, review_in, emergency, reason):
    review = TODAY + timedelta(days=review_in)
    assert _reason(may_leave_programme(held, review, TODAY, window_days=14, emergency=emergency)) == reason


@pytest.mark.parametrize(
    ("sent", "review"),
    [
        (date(2026, 1, 15), date(2026, 4, 15)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2026, 12, 1), date(2027, 3, 1)),
    ],
)
def test_the_specialist_sees_the_patient_again_after_three_months(sent, review):
    assert review_on(sent, 3) == review


@pytest.mark.requirement("S0-27")
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"papers_complete": False}, "referrals.claim_incomplete"),
        ({"over": True}, "referrals.claim_refused"),
        ({"partner": "RS Harapan"}, "referrals.claim_at_partner"),
        ({"led_to": "4264-0000-0001"}, "referrals.claim_used"),
        ({"visit_on": TODAY - timedelta(days=91)}, "referrals.claim_too_old"),
    ],
)
def test_when_a_paid_visit_leads_to_a_code(facts, reason):
    visit = PaidVisit(**{"papers_complete": True, "over": False, "visit_on": TODAY, "partner": None} | facts)
    assert _reason(may_lead_to_code(visit, TODAY, 90)) == reason


@pytest.mark.requirement("S0-24")
def test_the_path_says_where_one_is_and_every_way_that_leads_on():
    done = replace(USED, code="done", state=State.COMPLETED, facility=NERVES, specialty="SAR")
    ways = options([NEW, USED, done], TODAY)
    assert {(one.move, one.code) for one in ways} == {
        (Move.USE, NEW.code),
        (Move.AGAIN, USED.code),
        (Move.RETURN, "done"),
    }
    assert where_now([NEW]) is None
    assert where_now([NEW, USED]) is USED


def _code(body: int) -> str:
    """The code whose first ten digits say so."""
    fitting = [f"426{body:07}{check:02}" for check in range(100)]
    return next(one for one in reversed(fitting) if read_number(NumberKind.REFERRAL, one))


@pytest.mark.requirement("S0-28")
@given(st.integers(0, 10**7 - 1), st.integers(0, 11), st.integers(1, 9))
def test_a_slip_in_a_code_is_noticed(body, place, off):
    code = _code(body)
    wrong = str((int(code[place]) + off) % 10)
    assert read_number(NumberKind.REFERRAL, code[:place] + wrong + code[place + 1 :]) is None
    if place < 11 and code[place] != code[place + 1]:
        turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert read_number(NumberKind.REFERRAL, turned) is None


def test_a_code_has_twelve_digits_in_groups_that_are_read_out():
    code = new_number(NumberKind.REFERRAL, 2026)
    assert (len(code.replace("-", "")), [len(part) for part in code.split("-")]) == (12, [4, 4, 4])
    assert read_number(NumberKind.REFERRAL, code.replace("-", " ")) == code
