"""What a desk may open and what it is told, as tables."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.benefits.rules import BenefitGroup, CoPayment
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.providers.rules import standing
from backend.visits.rules import attendance, bills, eligibility, keys
from backend.visits.rules.attendance import Facility, VisitState
from backend.visits.rules.bills import BilledLine, BilledVisit
from backend.visits.rules.eligibility import Line, Need, Standing

TODAY = date(2026, 11, 28)
_ENDED = Refusal(standing.CONTRACT_ENDED, {"last_day": TODAY})


def facility(
    *,
    kind: str = "hospital",
    tier: str | None = "ppk3",
    problem: str | Refusal | None = None,
    cashless: bool = True,
    terminal: bool = True,
) -> Facility:
    said = Refusal(problem) if isinstance(problem, str) else problem
    where = standing.Standing(said is None, said is None and cashless, said is None and terminal, tier, None, said)
    return Facility(kind, where)


HOSPITAL = facility()
OUTSIDE = facility(problem=standing.NOT_IN_NETWORK)
INDEMNITY = facility(problem=standing.NO_NETWORK)


def line(group: str = "outpatient", **changes: object) -> Line:
    facts = {
        "code": "X",
        "group": BenefitGroup(group),
        "name": "Care",
        "network_only": False,
        "reimbursable": True,
        "referral_required": False,
        "approval_required": False,
    }
    return Line(**(facts | changes))  # type: ignore[arg-type]


def judged(one: Line, place: Facility = HOSPITAL) -> eligibility.Here:
    return eligibility.covered_here([one], place, TODAY)[0]


@pytest.mark.requirement("S0-45")
@pytest.mark.parametrize(
    ("kind", "group", "treats"),
    [
        ("hospital", "inpatient", True),
        ("clinic", "outpatient", True),
        ("clinic", "inpatient", False),
        ("laboratory", "medical_checkup", True),
        ("laboratory", "dental", False),
        ("pharmacy", "pharmacy", True),
        ("pharmacy", "outpatient", False),
        ("optician", "optical", True),
        ("dentist", "dental", True),
        ("dentist", "optical", False),
    ],
)
def test_each_kind_of_facility_treats_its_own(kind: str, group: str, treats: bool):
    assert attendance.treats(kind, BenefitGroup(group)) is treats
    shown = eligibility.covered_here([line(group)], facility(kind=kind, tier=None), TODAY)
    assert bool(shown) is treats


@pytest.mark.requirement("S1-17")
@pytest.mark.requirement("S1-22")
@pytest.mark.requirement("S2-7")
@pytest.mark.parametrize(
    ("one", "place", "paid", "said"),
    [
        (line(), HOSPITAL, Standing.CASHLESS, "visits.no_share"),
        (line(), facility(terminal=False), Standing.REIMBURSED, "visits.paid_first"),
        (line("dental"), facility(terminal=False), Standing.REIMBURSED, "visits.paid_first"),
        (line("inpatient"), facility(terminal=False), Standing.CASHLESS, "visits.needs_letter"),
        (line("inpatient"), facility(cashless=False), Standing.REIMBURSED, "visits.paid_first"),
        (line(reimbursable=False), facility(terminal=False), Standing.NOT_COVERED, "visits.not_given_back"),
        (line(), OUTSIDE, Standing.REIMBURSED, "visits.paid_first"),
        (line(), INDEMNITY, Standing.REIMBURSED, "visits.paid_first"),
        (line(network_only=True), OUTSIDE, Standing.NOT_COVERED, "visits.network_only"),
        (
            line("emergency", network_only=True),
            OUTSIDE,
            Standing.REIMBURSED,
            "visits.paid_first",
        ),
        (line(waiting_until=TODAY + timedelta(days=1)), HOSPITAL, Standing.NOT_COVERED, "visits.waiting"),
        (line(waiting_until=TODAY), HOSPITAL, Standing.CASHLESS, "visits.no_share"),
        (line(left=Money(0, "IDR")), HOSPITAL, Standing.NOT_COVERED, "visits.used_up"),
        (line(left_count=0), HOSPITAL, Standing.NOT_COVERED, "visits.used_up"),
        (line(left=Money(1, "IDR"), left_count=1), HOSPITAL, Standing.CASHLESS, "visits.no_share"),
        (line(co_payment=CoPayment(Decimal(10))), HOSPITAL, Standing.CASHLESS, "visits.co_payment"),
        (
            line(co_payment=CoPayment(Decimal(10), Money(5, "IDR"))),
            HOSPITAL,
            Standing.CASHLESS,
            "visits.co_payment_capped",
        ),
        (line(deductible=Money(100, "IDR")), HOSPITAL, Standing.CASHLESS, "visits.deductible"),
    ],
)
def test_how_a_benefit_is_paid_at_a_desk(one: Line, place: Facility, paid: Standing, said: str):
    here = judged(one, place)
    assert here.standing is paid
    assert said in [sentence.reason for sentence in here.sentences]


@pytest.mark.requirement("S0-28")
@pytest.mark.requirement("S1-21")
@pytest.mark.parametrize(
    ("one", "tier", "needs"),
    [
        (line(referral_required=True), "ppk1", ()),
        (line(referral_required=True), "ppk2", (Need.REFERRAL,)),
        (line(referral_required=True), "ppk3", (Need.REFERRAL,)),
        (line("emergency", referral_required=True), "ppk3", ()),
        (line("inpatient"), "ppk3", (Need.LETTER,)),
        (line("maternity"), "ppk3", (Need.LETTER,)),
        (line(approval_required=True), "ppk3", (Need.LETTER,)),
        (line("inpatient", referral_required=True), "ppk3", (Need.REFERRAL, Need.LETTER)),
        (line(), "ppk3", ()),
    ],
)
def test_what_a_desk_needs_before_treatment(one: Line, tier: str, needs: tuple[Need, ...]):
    assert judged(one, facility(tier=tier)).needs == needs


@pytest.mark.parametrize(
    ("one", "outlook", "said"),
    [
        (line(left=Money(100, "IDR")), "hidden", None),
        (line(left=Money(100, "IDR")), "yes_no", "visits.left_something"),
        (line(left=Money(100, "IDR")), "amount", "visits.left_amount"),
        (line(left_count=3), "amount", "visits.left_count"),
        (line(left=Money(100, "IDR"), left_count=3), "amount", "visits.left_both"),
        (line(), "amount", "visits.left_without_limit"),
    ],
)
def test_what_is_left_is_shown_only_as_the_contract_allows(one: Line, outlook, said: str | None):
    shown = eligibility.shown_remaining(one, outlook)
    assert (shown.reason if shown else None) == said
    if shown and outlook == "yes_no":
        assert not shown.figures


@pytest.mark.parametrize(
    ("place", "group", "covered", "emergency", "reason"),
    [
        (HOSPITAL, "outpatient", True, False, None),
        (HOSPITAL, "outpatient", False, False, "visits.not_covered"),
        (HOSPITAL, "outpatient", False, True, "visits.not_covered"),
        (facility(problem=standing.CLOSED), "outpatient", True, True, "providers.closed"),
        (OUTSIDE, "outpatient", True, False, "providers.not_in_network"),
        (OUTSIDE, "emergency", True, True, None),
        (INDEMNITY, "outpatient", True, False, None),
        (facility(problem=_ENDED), "outpatient", True, False, "providers.contract_ended"),
        (facility(kind="pharmacy"), "outpatient", True, False, "visits.not_here"),
        (facility(kind="pharmacy"), "pharmacy", True, False, None),
    ],
)
def test_when_a_visit_may_be_opened(place: Facility, group: str, covered: bool, emergency: bool, reason: str | None):
    refusal = attendance.may_open(place, BenefitGroup(group), covered=covered, on=TODAY, emergency=emergency)
    assert (refusal.reason if refusal else None) == reason


@pytest.mark.parametrize("state", VisitState)
def test_only_an_open_visit_ends(state: VisitState):
    assert (attendance.may_end(state) is None) is (state is VisitState.OPEN)


def _billed(*units: int, day: date = TODAY, currency: str = "IDR", **facts: object) -> list[BilledLine]:
    return [BilledLine(day, 2, Money(unit, currency), **facts) for unit in units]  # type: ignore[arg-type]


@pytest.mark.requirement("S0-46")
@pytest.mark.parametrize(
    ("state", "lines", "total", "reason"),
    [
        (VisitState.CLOSED, _billed(100, 50), 300, None),
        (VisitState.OPEN, _billed(100), 200, "visits.bill_before_end"),
        (VisitState.CANCELLED, _billed(100), 200, "visits.bill_for_nothing"),
        (VisitState.CLOSED, _billed(100, currency="USD"), 200, "visits.bill_currency"),
        (VisitState.CLOSED, _billed(100, day=TODAY + timedelta(days=1)), 200, "visits.bill_outside_visit"),
        (VisitState.CLOSED, _billed(100, day=TODAY - timedelta(days=3)), 200, "visits.bill_outside_visit"),
        (VisitState.CLOSED, _billed(0), 0, "visits.bill_is_zero"),
        (VisitState.CLOSED, _billed(100), 199, "visits.bill_total"),
    ],
)
def test_what_a_bill_must_be(state: VisitState, lines: list[BilledLine], total: int, reason: str | None):
    visit = BilledVisit(state, TODAY - timedelta(days=2), TODAY)
    refusal = bills.may_bill(visit, lines, Money(total, "IDR"), "IDR")
    assert (refusal.reason if refusal else None) == reason


@given(
    st.lists(
        st.tuples(st.integers(0, 10**9), st.integers(1, 50), st.none() | st.integers(0, 10**9)), min_size=1, max_size=20
    )
)
def test_findings_name_exactly_what_lies_above_the_agreed_tariff(positions):
    lines = [
        BilledLine(TODAY, quantity, Money(unit, "IDR"), "C", None, None if agreed is None else Money(agreed, "IDR"))
        for unit, quantity, agreed in positions
    ]
    above = [found for found in bills.findings(lines) if found.reason == bills.ABOVE_TARIFF]
    difference = sum(found.difference.amount_minor for found in above if found.difference)
    assert difference == sum(max(0, u - a) * q for u, q, a in positions if a is not None)
    without = {found.position for found in bills.findings(lines)} - {found.position for found in above}
    assert without == {place for place, (_, _, agreed) in enumerate(positions, start=1) if agreed is None}


def test_a_position_without_a_code_is_no_finding():
    assert bills.findings(_billed(100)) == []


@pytest.mark.requirement("S4-27")
def test_a_key_lives_until_it_is_revoked_or_ends_and_does_only_what_it_was_let():
    now = datetime(2026, 11, 28, tzinfo=UTC)
    assert keys.is_live(keys.KeyFacts((), None, None), now)
    assert not keys.is_live(keys.KeyFacts((), now, None), now)
    assert keys.is_live(keys.KeyFacts((), now + timedelta(seconds=1), None), now)
    assert not keys.is_live(keys.KeyFacts((), None, now), now)
    assert keys.may(keys.KeyFacts(["visits"], None, None), keys.KeyScope.VISITS)
    assert not keys.may(keys.KeyFacts(["visits"], None, None), keys.KeyScope.BILLS)
