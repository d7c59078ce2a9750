"""Deciding claims: by the rules alone, by an analyst, by two people, and again after an appeal."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Actor, Role, working_for
from backend.adjudication.models import KeptJudgement
from backend.benefits.queries import balances
from backend.claims import queries, service
from backend.claims.models import Claim, ClaimStatus
from backend.clients.models import Contract
from backend.errors import Conflict, Forbidden, RuleRefused
from backend.funds.models import Payable
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.notifications.models import Notification
from tests.factories.benefits import limit, make_benefit
from tests.factories.claims import Household, make_claim, make_household

ANALYST, SECOND, THIRD = (Actor(Role.CLAIMS, id=ids.new_id()) for _ in range(3))
DESK = Actor(Role.CLAIMS, id=ids.new_id())


def rp(amount: int) -> Money:
    return Money.of_major(amount, "IDR")


@dataclass
class Claims:
    """A household whose plan pays Rp 350.000 a visit and Rp 1.000.000 a year, and its claims."""

    home: Household

    def claim(self, **facts) -> Claim:
        """A complete claim of Rp 350.000, decided if the contract lets the rules do it."""
        claim = make_claim(self.home, submitted=True, **facts)
        with working_for(self.home.client.id, DESK) as scope:
            return service.complete_claim(scope, claim.id)

    def as_(self, actor: Actor, verb, claim: Claim, *args) -> Claim:
        with working_for(self.home.client.id, actor) as scope:
            return verb(scope, claim.id, *args)

    def seen(self, claim: Claim) -> dict:
        """What the member sees."""
        with working_for(self.home.client.id, self.home.actor, language="en") as scope:
            return service.claim_answer(scope, claim.id)

    def left_of_year(self) -> Money:
        with working_for(self.home.client.id) as scope:
            (line,) = [
                one for one in balances(scope, self.home.employee_id, self.home.today()) if one.benefit.code == "OP"
            ]
            return next(state.left.amount for state in line.limits if state.limit.basis == "year")

    def owed(self, claim: Claim) -> list[tuple[str, int]]:
        with working_for(self.home.client.id) as scope:
            wanted = select(Payable).where(Payable.claim_id == claim.id).order_by(Payable.created_at)
            return [(row.state, row.amount_minor) for row in scope.session.scalars(wanted)]


def a_client(**terms) -> Claims:
    home = make_household(sign_in=True)
    with working_for(home.client.id) as scope:
        limits = [limit("visit", 350_000_00), limit("year", 1_000_000_00)]
        make_benefit(scope, home.plan_id, code="OP", benefit_group="outpatient", limits=limits)
        contract = scope.session.scalars(select(Contract)).one()
        contract.terms = {**contract.terms, **terms}
    return Claims(home)


@pytest.fixture
def straight(app) -> Claims:
    return a_client(straight_through=True)


@pytest.fixture
def by_hand(app) -> Claims:
    return a_client()


@pytest.mark.requirement("S0-47", "S0-81", "S2-37")
def test_a_clean_small_claim_is_decided_by_the_rules_alone(straight):
    """350.000 within 350.000 a visit: approved, used, owed and told in the moment it is complete."""
    claim = straight.claim()
    assert claim.status == ClaimStatus.APPROVED
    assert straight.left_of_year() == rp(650_000)
    assert straight.owed(claim) == [("open", 350_000_00)]
    with working_for(straight.home.client.id) as scope:
        told = scope.session.scalars(select(Notification.event).where(Notification.event == "claim_decided")).all()
    assert told == ["claim_decided"]


@pytest.mark.requirement("S0-81", "S2-35")
def test_a_member_sees_every_line_with_its_reasons(straight):
    """500.000 under a limit of 350.000: 150.000 lie above, in a sentence with its sum and a way to a person."""
    claim = straight.claim(claimed=rp(500_000))
    seen = straight.seen(claim)
    assert seen["status"] == ClaimStatus.PARTLY_APPROVED
    assert seen["decision"]["kind"] == "automatic"
    receipt = seen["decision"]["receipt"]
    assert receipt["totals"]["plan"] == rp(350_000)
    (line,) = receipt["lines"]
    assert line["steps"][0]["rule"] == "over_limit"
    assert "Rp\xa0150,000 lie above" in line["steps"][0]["sentence"]
    assert receipt["person"]
    assert seen["payment"]["amount"] == rp(350_000)


def test_what_earlier_claims_used_is_counted(straight):
    """1.000.000 a year: three visits of 350.000 leave nothing but 300.000 for the third."""
    outcomes = [straight.claim().status for _ in range(3)]
    assert outcomes == [ClaimStatus.APPROVED, ClaimStatus.APPROVED, ClaimStatus.PARTLY_APPROVED]
    assert straight.left_of_year() == rp(0)


def test_the_rules_alone_refuse_nothing(straight):
    """The year is used up: a fourth claim would be paid nothing, so a person looks first."""
    for _ in range(3):
        straight.claim()
    claim = straight.claim()
    assert claim.status == ClaimStatus.IN_REVIEW
    assert straight.seen(claim)["history"][-1]["reason"] == "claims.review_refusal"
    assert straight.owed(claim) == []


def test_a_large_claim_waits_for_an_analyst(straight):
    """The contract lets the rules decide up to 1.000.000."""
    claim = straight.claim(claimed=rp(1_000_001))
    assert claim.status == ClaimStatus.IN_REVIEW
    assert straight.seen(claim)["history"][-1]["reason"] == "claims.review_amount"


def test_a_claim_with_a_flag_waits_for_an_analyst(straight):
    """The same receipt was sent before."""
    straight.claim(content="receipt")
    claim = straight.claim(content="receipt")
    assert claim.status == ClaimStatus.IN_REVIEW
    assert straight.seen(claim)["history"][-1]["reason"] == "claims.review_flags"


def test_without_the_switch_every_claim_waits(by_hand):
    assert by_hand.claim().status == ClaimStatus.COMPLETE


@pytest.mark.requirement("S2-38", "S2-41", "S2-43")
def test_an_analyst_reads_the_papers_and_decides(by_hand):
    """Two lines: a doctor at 150.000, medicine at 200.000 of which 80.000 are adequate. 230.000 are paid."""
    lines = [
        {"description": "Dokter", "amount": rp(150_000), "quantity": 1},
        {"description": "Obat", "amount": rp(200_000), "quantity": 10},
    ]
    claim = by_hand.claim(lines=lines)
    told = {
        "diagnosis": "J06.9",
        "lines": [{"position": 2, "item": "medicine", "accepted_minor": 80_000_00, "finding": "quantity"}],
    }
    by_hand.as_(ANALYST, service.assess_claim, claim, told)
    with working_for(by_hand.home.client.id, ANALYST, language="en") as scope:
        proposal = service.propose(scope, claim.id)
    assert proposal["uncoded"] == 0
    assert proposal["receipt"]["totals"]["plan"] == rp(230_000)
    assert by_hand.owed(claim) == []
    decided = by_hand.as_(ANALYST, service.decide_claim, claim, "Sepuluh kotak terlalu banyak")
    assert decided.status == ClaimStatus.PARTLY_APPROVED
    assert by_hand.owed(claim) == [("open", 230_000_00)]
    seen = by_hand.seen(claim)
    assert seen["decision"]["note"] == "Sepuluh kotak terlalu banyak"
    assert "the quantity is larger than recommended" in seen["decision"]["receipt"]["lines"][1]["steps"][0]["sentence"]


@pytest.mark.requirement("S2-42")
def test_a_diagnosis_that_does_not_fit_the_patient_is_a_flag_and_no_refusal(by_hand):
    """A disease of the prostate (N40) on a woman's claim: said, and still an analyst's to decide."""
    claim = by_hand.claim()
    changed = by_hand.as_(ANALYST, service.assess_claim, claim, {"diagnosis": "N40"})
    assert {"reason": "claims.unlikely_sex", "diagnosis": "N40"} in changed.flags
    assert by_hand.as_(ANALYST, service.decide_claim, claim).status == ClaimStatus.APPROVED


def test_a_large_decision_waits_for_a_second_pair_of_eyes(app):
    """From 300.000 on: nothing is used or owed until somebody else confirms."""
    claims = a_client(second_look_minor=300_000_00)
    claim = claims.claim()
    assert claims.as_(ANALYST, service.decide_claim, claim).status == ClaimStatus.CONFIRMING
    assert claims.owed(claim) == []
    assert claims.left_of_year() == rp(1_000_000)
    with pytest.raises(Forbidden, match="claims.same_person"):
        claims.as_(ANALYST, service.confirm_claim, claim)
    assert claims.as_(SECOND, service.confirm_claim, claim).status == ClaimStatus.APPROVED
    assert claims.owed(claim) == [("open", 350_000_00)]


def test_a_second_person_who_does_not_agree_sends_the_claim_back(app):
    claims = a_client(second_look_minor=0)
    claim = claims.claim()
    claims.as_(ANALYST, service.decide_claim, claim)
    with pytest.raises(Forbidden, match="claims.same_person"):
        claims.as_(ANALYST, service.send_back, claim, "My own")
    assert claims.as_(SECOND, service.send_back, claim, "Which doctor?").status == ClaimStatus.IN_REVIEW
    claims.as_(ANALYST, service.decide_claim, claim)
    assert claims.as_(SECOND, service.confirm_claim, claim).status == ClaimStatus.APPROVED


def test_what_changed_in_between_counts_when_a_decision_is_confirmed(app):
    """Decided while the whole year was free; another claim took 350.000 + 350.000 before the confirmation."""
    claims = a_client(second_look_minor=300_000_01)
    claim = claims.claim(claimed=rp(350_000))
    claims.as_(ANALYST, service.decide_claim, claim)
    for _ in range(2):
        other = claims.claim(claimed=rp(300_000))
        claims.as_(ANALYST, service.decide_claim, other)
    third = claims.claim(claimed=rp(250_000))
    claims.as_(ANALYST, service.decide_claim, third)
    assert claims.left_of_year() == rp(150_000)
    assert claims.as_(SECOND, service.confirm_claim, claim).status == ClaimStatus.PARTLY_APPROVED
    assert claims.owed(claim) == [("open", 150_000_00)]
    assert claims.left_of_year() == rp(0)


@pytest.mark.requirement("S1-29")
def test_an_appeal_is_decided_by_somebody_else_with_a_day_to_answer_by(by_hand):
    """The analyst accepted 80.000; after the appeal another one accepts 350.000: the money owed is that of the new."""
    claim = by_hand.claim(lines=[{"description": "Obat", "amount": rp(350_000), "quantity": 1}])
    less = {"lines": [{"position": 1, "accepted_minor": 80_000_00, "finding": "quality"}]}
    by_hand.as_(ANALYST, service.assess_claim, claim, less)
    by_hand.as_(ANALYST, service.decide_claim, claim)
    appealed = by_hand.as_(by_hand.home.actor, service.appeal_claim, claim, "Dokter menganjurkan semuanya")
    assert appealed.status == ClaimStatus.APPEALED
    (appeal,) = by_hand.seen(claim)["appeals"]
    assert appeal["answer_by"] > by_hand.home.today()
    assert appeal["answered_at"] is None
    with pytest.raises(Forbidden, match="claims.appeal_by_another"):
        by_hand.as_(ANALYST, service.decide_claim, claim)
    by_hand.as_(SECOND, service.assess_claim, claim, {"lines": [{"position": 1, "accepted_minor": None}]})
    assert by_hand.as_(SECOND, service.decide_claim, claim).status == ClaimStatus.APPROVED
    assert by_hand.owed(claim) == [("reversed", 80_000_00), ("open", 350_000_00)]
    assert by_hand.left_of_year() == rp(650_000)
    (appeal,) = by_hand.seen(claim)["appeals"]
    assert appeal["answered_at"] is not None
    with working_for(by_hand.home.client.id) as scope:
        binding = select(KeptJudgement.plan_minor).where(KeptJudgement.source_id == claim.id, KeptJudgement.binding)
        assert scope.session.scalars(binding).all() == [350_000_00]


@pytest.mark.requirement("S0-68")
@pytest.mark.parametrize(("again", "owed"), [(350_000_00, 270_000_00), (50_000_00, None)])
def test_what_was_paid_before_an_appeal_stays_paid_and_only_more_is_added(by_hand, again: int, owed: int | None):
    """80.000 were transferred. A better decision adds the difference; a worse one never makes the member owe."""
    claim = by_hand.claim(lines=[{"description": "Obat", "amount": rp(350_000), "quantity": 1}])
    less = {"lines": [{"position": 1, "accepted_minor": 80_000_00, "finding": "quality"}]}
    by_hand.as_(ANALYST, service.assess_claim, claim, less)
    by_hand.as_(ANALYST, service.decide_claim, claim)
    with working_for(by_hand.home.client.id) as scope:
        payable = scope.session.scalars(select(Payable).where(Payable.claim_id == claim.id)).one()
        payable.state, payable.paid_on = "paid", by_hand.home.today()
    by_hand.as_(by_hand.home.actor, service.appeal_claim, claim, "Dokter menganjurkan semuanya")
    more = {"lines": [{"position": 1, "accepted_minor": again, "finding": "quality"}]}
    by_hand.as_(SECOND, service.assess_claim, claim, more)
    by_hand.as_(SECOND, service.decide_claim, claim)
    expected = [("paid", 80_000_00)] + ([("open", owed)] if owed else [])
    assert by_hand.owed(claim) == expected


def test_an_appeal_comes_within_its_days(app):
    claims = a_client(straight_through=True, appeal_days=0)
    claim = claims.claim(claimed=rp(500_000))
    assert claims.as_(claims.home.actor, service.appeal_claim, claim, "Tidak setuju").status == ClaimStatus.APPEALED


def test_a_late_appeal_says_until_when_it_could_have_come(straight, time_machine):
    claim = straight.claim(claimed=rp(500_000))
    time_machine.move_to(clock.now() + timedelta(days=31))
    with pytest.raises(RuleRefused, match="claims.appeal_too_late"):
        straight.as_(straight.home.actor, service.appeal_claim, claim, "Tidak setuju")


def test_a_decided_claim_is_not_decided_twice(straight):
    claim = straight.claim()
    with pytest.raises(Conflict):
        straight.as_(ANALYST, service.decide_claim, claim)
    with pytest.raises(Conflict):
        straight.as_(ANALYST, service.assess_claim, claim, {"diagnosis": "J06.9"})


def test_the_receipt_comes_as_message_speech_and_paper(straight, http):
    claim = straight.claim(claimed=rp(500_000))
    with working_for(straight.home.client.id, straight.home.actor, language="id") as scope:
        words = service.receipt_words(scope, claim.id)
        paper = service.receipt_pdf(scope, claim.id)
    assert "kami ganti Rp\xa0350.000" in words["text"]
    assert "kami ganti Rp\xa0350.000" in words["speech"]
    assert paper.startswith(b"%PDF")
    answer = http.get(f"/api/v1/claims/{claim.id}/receipt.pdf", headers=straight.home.headers)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def test_what_is_decided_over_http_is_decided_by_two_people(by_hand, http):
    claim = by_hand.claim()
    staff = by_hand.home.staff()
    path = f"/api/v1/claims/{claim.id}"
    read = http.put(f"{path}/assessment", headers=staff, json={"diagnosis": "J06.9", "emergency": False})
    assert (read.status_code, read.json["receipt"]["totals"]["plan"]["amount_minor"]) == (200, 350_000_00)
    silent = {"lines": [{"position": 1, "accepted_minor": 1}]}
    assert http.put(f"{path}/assessment", headers=staff, json=silent).status_code == 422
    key = {"Idempotency-Key": "decide-once"}
    decided = http.post(f"{path}/decision", headers=staff | key, json={"note": "Sesuai"})
    assert (decided.status_code, decided.json["status"]) == (201, "approved")
    assert http.post(f"{path}/decision", headers=staff | key, json={"note": "Sesuai"}).json == decided.json
    appealed = http.post(
        f"{path}/appeal", headers=by_hand.home.headers | {"Idempotency-Key": "a"}, json={"text": "Kurang"}
    )
    assert (appealed.status_code, appealed.json["status"]) == (201, "appealed")
    assert http.get(path, headers=by_hand.home.headers).json["appeals"][0]["text"] == "Kurang"


def test_hr_sees_no_receipt(straight, http):
    """Lines and exclusions say what somebody suffers from."""
    claim = straight.claim()
    hr = straight.home.staff(Role.HR)
    for form in ("receipt", "receipt.pdf"):
        assert http.get(f"/api/v1/claims/{claim.id}/{form}", headers=hr).status_code == 403


def test_a_stored_decision_has_one_judgement_that_counts(straight):
    claim = straight.claim()
    with working_for(straight.home.client.id) as scope:
        decision = queries.decision_of(scope, claim.id, "in_force")
        kept = scope.session.get(KeptJudgement, (scope.client_id, decision.judgement_id))
        assert (kept.binding, kept.source_id, kept.plan_minor) == (True, claim.id, 350_000_00)


@pytest.mark.requirement("S2-35")
def test_the_same_illness_within_the_rejoin_days_is_one_case(app):
    """500.000 per illness: 350.000 in the first visit for J06, so 150.000 are left in the second and all for K29."""
    home = make_household()
    with working_for(home.client.id) as scope:
        limits = [limit("case", 500_000_00)]
        make_benefit(scope, home.plan_id, code="OP", benefit_group="outpatient", limits=limits)
    claims = Claims(home)
    paid = []
    for days_ago, diagnosis in ((9, "J06.9"), (5, "J06.0"), (3, "K29.7")):
        claim = claims.claim(visit_on=home.today() - timedelta(days=days_ago))
        claims.as_(ANALYST, service.assess_claim, claim, {"diagnosis": diagnosis})
        claims.as_(ANALYST, service.decide_claim, claim)
        paid.append(sum(amount for _, amount in claims.owed(claim)))
    assert paid == [350_000_00, 150_000_00, 350_000_00]


@pytest.mark.requirement("S2-35")
def test_claims_decided_at_the_same_moment_never_share_a_rupiah(by_hand):
    """Six claims of 350.000 against 1.000.000 a year, decided by six people at once: 1.000.000 are paid in all."""
    waiting = [by_hand.claim() for _ in range(6)]
    analysts = [Actor(Role.CLAIMS, id=ids.new_id()) for _ in waiting]
    with ThreadPoolExecutor(max_workers=6) as together:
        list(
            together.map(
                lambda pair: by_hand.as_(pair[0], service.decide_claim, pair[1]), zip(analysts, waiting, strict=True)
            )
        )
    assert sum(amount for claim in waiting for _, amount in by_hand.owed(claim)) == 1_000_000_00
    assert by_hand.left_of_year() == rp(0)
