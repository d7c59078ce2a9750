"""What a letter promises is reckoned from what the member bore before, as a claim is."""

import pytest

from backend.access import working_for
from backend.adjudication import service as adjudication
from backend.adjudication.rules import Bill, Line
from backend.guarantees import pricing
from backend.guarantees.rules.admission import Care
from backend.kit import clock, ids
from tests.factories.benefits import make_plan
from tests.factories.bills import rp, split_of
from tests.factories.clients import make_client
from tests.factories.members import make_member

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.requirement("S2-36", "S2-35")
def test_a_letter_does_not_ask_again_for_a_yearly_deductible_that_a_claim_has_borne():
    """1.000.000 a year: a claim of 700.000 bore 700.000 of it, so of a stay of 5.000.000 the member bears 300.000."""
    client = make_client()
    today = clock.today(client.timezone)
    deductible = {"amount_minor": 1_000_000_00, "basis": "year"}
    with working_for(client.id) as scope:
        plan = make_plan(scope, {"code": "CARE", "benefit_group": "inpatient", "deductible": deductible})
        member = make_member(scope, plan_id=plan.id)
        earlier = Bill(member.id, "claim", ids.new_id(), today, "IDR", (Line("1", "CARE", rp(700_000)),))
        adjudication.keep(scope, earlier, adjudication.judge(scope, earlier), {}, binding=True)
        stayed = pricing.Stayed(ids.new_id(), member.id, Care.SURGERY, today, "IDR")
        positions = [{"benefit": "CARE", "amount_minor": 5_000_000_00, "item": "treatment"}]
        judgement = pricing.judged(scope, stayed, positions)
    assert split_of(judgement) == {"plan": 4_700_000, "member": 300_000}
