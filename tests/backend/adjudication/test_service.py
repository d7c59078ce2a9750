"""Judging with the facts of the database."""

import pytest

from backend.access import working_for
from backend.adjudication import service
from backend.adjudication.rules import Bill, Line, Payer, Rule
from backend.kit import clock, ids
from backend.kit.money import Money
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_member

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.requirement("S2-35")
def test_a_bill_is_judged_by_the_members_own_plan():
    """A visit of Rp 500.000 under a limit of Rp 350.000 a visit: the plan pays 350.000, the member 150.000."""
    client = make_client()
    with working_for(client.id) as scope:
        plan = make_plan(scope, {"code": "OP", "limits": [limit("visit", 350_000_00)]})
        member = make_member(scope, plan_id=plan.id)
        asked = Line("1", "OP", Money.of_major(500_000, "IDR"))
        judgement = service.judge(
            scope, Bill(member.id, "quote", ids.new_id(), clock.today(client.timezone), "IDR", (asked,))
        )
    assert judgement.shares.plan == Money.of_major(350_000, "IDR")
    assert judgement.shares.member == Money.of_major(150_000, "IDR")
    assert [(step.rule, step.payer) for step in judgement.lines[0].steps] == [
        (Rule.OVER_LIMIT, Payer.MEMBER),
        (Rule.PLAN_PAYS, Payer.PLAN),
    ]
