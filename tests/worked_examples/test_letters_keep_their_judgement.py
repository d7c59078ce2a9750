"""What is borne and used under a letter of guarantee is seen by later bills, once, and no longer when the letter ends.

The plan: inpatient care with a deductible of Rp 500.000 a year and at most Rp 8.000.000 an illness. Every story asks
what a claim of a later day would be paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.access import Actor, Role, working_for
from backend.adjudication import queries as facts
from backend.adjudication import service as adjudication
from backend.adjudication.rules import Bill, Line
from backend.benefits import queries as benefits
from backend.benefits import service as use
from backend.benefits.service import Ask
from backend.clients.registry import ClientFacts
from backend.errors import RuleRefused
from backend.guarantees import queries as letters
from backend.guarantees import service
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.service.settling import Discharge
from backend.guarantees.told import Told
from backend.kit import clock, ids
from backend.kit.money import Money
from tests.factories.benefits import limit, make_plan
from tests.factories.bills import rp, split_of
from tests.factories.clients import make_client
from tests.factories.members import make_member

pytestmark = pytest.mark.usefixtures("app")

DENGUE, ASTHMA = "A91", "J45.9"
DOCTOR = Actor(Role.DOCTOR, id=ids.new_id())


@dataclass(frozen=True)
class Patient:
    """Somebody with the plan."""

    client: ClientFacts
    member: UUID

    def today(self) -> date:
        return clock.today(self.client.timezone)

    def letter(self, amount: int, diagnosis: str = DENGUE) -> UUID:
        """A letter with the card shown, issued, for treatment of so many rupiah."""
        with working_for(self.client.id, DOCTOR) as scope:
            told = Told(
                sent_by_doctor=True,
                expected_hours=48,
                positions=[_treatment(amount)],
                diagnosis=diagnosis,
                card_number=_card(scope, self.member),
            )
            letter = service.request(scope, self.member, "RS Bunda", told=told)
            return service.issue(scope, letter.id).id

    def discharge(self, letter_id: UUID, amount: int, diagnosis: str = DENGUE) -> GuaranteeLetter:
        """The stay ends with a bill of so many rupiah."""
        began = clock.now() - timedelta(days=2)
        with working_for(self.client.id, DOCTOR) as scope:
            bill = Discharge([_treatment(amount)], clock.now(), admitted_at=began, diagnosis=diagnosis)
            letter = service.finalise(scope, letter_id, bill)
            return letter if letter.settled else service.approve(scope, letter_id)

    def void(self, letter_id: UUID) -> None:
        with working_for(self.client.id, DOCTOR) as scope:
            service.void(scope, letter_id, "The patient went home")

    def claim(self, amount: int, diagnosis: str = DENGUE) -> dict[str, int]:
        """Who would pay a claim of so many rupiah today."""
        with working_for(self.client.id) as scope:
            case = facts.case_of(scope, self.member, diagnosis, self.today(), 90)
            line = Line("1", "CARE", rp(amount))
            about = (self.member, "claim", ids.new_id(), self.today(), "IDR", (line,))
            return split_of(adjudication.judge(scope, Bill(*about, diagnosis=diagnosis, case_key=case)))


def _treatment(amount: int) -> dict:
    return {"item": "treatment", "amount": rp(amount), "benefit": "CARE", "quantity": 1}


def _card(scope, member_id: UUID) -> str:
    from_card = facts.member_queries.card_in_use(scope, member_id)
    return from_card.number if from_card else ""


def make_patient(deductible: int = 500_000) -> Patient:
    client = make_client(terms={"guarantee_review_minor": 0})
    care = {
        "code": "CARE",
        "benefit_group": "inpatient",
        "deductible": {"amount_minor": deductible * 100, "basis": "year"} if deductible else None,
        "limits": [limit("case", 8_000_000_00), limit("year", 100_000_000_00)],
    }
    with working_for(client.id) as scope:
        plan = make_plan(scope, care)
        return Patient(client, make_member(scope, plan_id=plan.id, card=True).id)


@pytest.mark.requirement("S2-35", "S2-36")
def test_a_deductible_borne_under_a_final_letter_is_not_asked_for_again():
    """The stay cost 3.000.000: 500.000 the member's, 2.500.000 the plan's. A claim of 1.000.000 is paid in full."""
    patient = make_patient()
    final = patient.discharge(patient.letter(3_000_000), 3_000_000)
    assert (final.plan_minor, final.cost_minor) == (2_500_000_00, 500_000_00)
    assert patient.claim(1_000_000) == {"plan": 1_000_000}


@pytest.mark.requirement("S2-36")
def test_a_deductible_that_a_promise_counts_on_is_seen_while_it_is_promised():
    """Issued for 3.000.000, not billed yet: the 500.000 will be paid at that desk, and a claim does not ask again."""
    patient = make_patient()
    patient.letter(3_000_000)
    assert patient.claim(1_000_000) == {"plan": 1_000_000}


@pytest.mark.requirement("S2-36")
def test_a_letter_that_was_withdrawn_bore_nothing():
    """The same letter withdrawn: a claim of 1.000.000 leaves 500.000 to the member again."""
    patient = make_patient()
    patient.void(patient.letter(3_000_000))
    assert patient.claim(1_000_000) == {"plan": 500_000, "member": 500_000}


@pytest.mark.requirement("S2-35")
def test_a_smaller_bill_than_was_promised_bears_what_it_really_bore():
    """Promised on 3.000.000, billed 300.000: all of it under the deductible. 200.000 of it stay open for a claim."""
    patient = make_patient()
    final = patient.discharge(patient.letter(3_000_000), 300_000)
    assert (final.plan_minor, final.cost_minor) == (0, 300_000_00)
    assert patient.claim(1_000_000) == {"plan": 800_000, "member": 200_000}


@pytest.mark.requirement("S2-35")
def test_a_limit_per_illness_used_under_a_letter_is_used_for_the_same_illness_later():
    """Of 8.000.000 for dengue the stay used 5.500.000 - 500.000 = 5.000.000; of 4.000.000 more 3.000.000 are paid."""
    patient = make_patient()
    patient.discharge(patient.letter(5_500_000), 5_500_000)
    assert patient.claim(4_000_000) == {"plan": 3_000_000, "member": 1_000_000}


@pytest.mark.requirement("S2-35")
def test_another_illness_has_its_own_limit():
    """Asthma after dengue: 4.000.000 of its own 8.000.000."""
    patient = make_patient()
    patient.discharge(patient.letter(5_500_000), 5_500_000)
    assert patient.claim(4_000_000, ASTHMA) == {"plan": 4_000_000}


@pytest.mark.requirement("S2-35")
def test_what_is_held_for_an_illness_counts_like_what_is_used():
    """A promise of 5.000.000 for dengue: of a claim of 4.000.000 for it 3.000.000 are left."""
    patient = make_patient()
    patient.letter(5_500_000)
    assert patient.claim(4_000_000) == {"plan": 3_000_000, "member": 1_000_000}


@pytest.mark.requirement("S2-35", "S0-47")
def test_the_hospitals_bill_takes_the_place_of_the_letter_and_counts_once():
    """Handed over to the bill the same 5.000.000 are used, in the same illness."""
    patient = make_patient()
    letter = patient.discharge(patient.letter(5_500_000), 5_500_000)
    with working_for(patient.client.id) as scope:
        bill = ids.new_id()
        for part in service.hand_over(scope, letters.letter_to_change(scope, letter.id), f"bill/{bill}"):
            about = (patient.member, part.benefit, part.amount, letter.admission_on, "provider_bill", bill)
            use.consume_judged(scope, Ask(*about, count=part.count, case_key=part.case_key), f"bill/{bill}/use")
    assert patient.claim(4_000_000) == {"plan": 3_000_000, "member": 1_000_000}


def _letter_unless_nothing_is_left(patient: Patient, asked: int) -> UUID | None:
    try:
        return patient.letter(asked, ASTHMA)
    except RuleRefused as refusal:
        if refusal.reason == "guarantees.nothing_left":
            return None
        raise


AMOUNTS = st.integers(1, 9_000_000)


@pytest.mark.requirement("S2-35")
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(stays=st.lists(st.tuples(AMOUNTS, AMOUNTS, st.sampled_from(["open", "void", "final"])), min_size=1, max_size=3))
def test_holds_and_releases_never_count_twice(stays: list[tuple[int, int, str]]):
    """However letters come and go: what is held and used is what standing letters promise and final ones paid, and the
    deductible that later bills see is what was borne under them, at most once its amount."""
    patient = make_patient()
    promised = paid = borne = 0
    for asked, billed, end in stays:
        letter_id = _letter_unless_nothing_is_left(patient, asked)
        if letter_id is None:
            continue
        if end == "void":
            patient.void(letter_id)
        elif end == "final":
            final = patient.discharge(letter_id, billed, ASTHMA)
            paid += final.plan_minor or 0
            borne += min(500_000_00 - borne, billed * 100)
        else:
            with working_for(patient.client.id) as scope:
                promised = letters.letter(scope, letter_id).promised_minor
            borne += min(500_000_00 - borne, asked * 100)
            break  # one open letter at a time
    with working_for(patient.client.id) as scope:
        (care,) = benefits.balances(scope, patient.member, patient.today())
        year = next(state for state in care.limits if state.limit.basis == "year")
    assert (year.usage.held_minor, year.usage.used_minor) == (promised, paid)
    line = Line("1", "CARE", Money(100_000_000_00, "IDR"))
    with working_for(patient.client.id) as scope:
        bill = Bill(patient.member, "claim", ids.new_id(), patient.today(), "IDR", (line,))
        calendar = facts.calendar_of(scope, patient.today())
        assert facts.deductible_borne(scope, bill, "CARE", calendar.policy_year) == borne
