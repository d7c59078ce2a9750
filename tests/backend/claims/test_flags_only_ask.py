"""A flag makes somebody look. By itself it never refuses a claim and never changes an amount (S2-38, S2-45)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import languages
from backend.access import Actor, Role, working_for
from backend.claims import habits, plausibility, rules, service, suspicion
from backend.claims.models import ClaimStatus
from backend.claims.rules import FLAGGED, Straightness, review_reasons
from backend.clients.rules import Terms
from backend.kit import ids
from backend.kit.money import Money
from tests.factories.benefits import limit, make_benefit
from tests.factories.claims import make_claim, make_household

ANALYST = Actor(Role.CLAIMS, id=ids.new_id())
REASONS = (
    *(rules.SAME_PAPER, rules.SAME_RECEIPT, rules.ALTERED_PAPER, rules.EDITED_FILE, rules.REVISED_FILE),
    *(rules.WORDS_DIFFER, rules.LINES_DIFFER, rules.UNCLEAR_TOTAL, rules.READ_OTHERWISE, rules.ABOVE_AGREED),
    *(rules.ABOVE_MARKET, rules.SERVICE_SEX, rules.SERVICE_DIAGNOSIS, rules.TOO_MANY, rules.LONG_SUPPLY),
    *(rules.TOO_MANY_DAYS, rules.UNLIKELY_SEX, rules.UNLIKELY_AGE, rules.UNLIKELY_QUANTITY, rules.SAME_FILE),
    *(rules.SAME_INVOICE, habits.COST, habits.ONE_DIAGNOSIS, habits.PER_DAY, habits.CLOSED_DAYS),
    *(habits.UNDER_LIMIT, habits.SAME_TOTALS),
)


@given(flags=st.integers(1, 50), claimed=st.integers(1, 10**9), uncoded=st.integers(0, 5), refused=st.booleans())
def test_flags_add_one_reason_to_look_and_take_none_away(flags, claimed, uncoded, refused):
    def asked(number: int) -> list[str]:
        return review_reasons(Straightness(Money(claimed, "IDR"), number, uncoded, refused), Terms())

    assert set(asked(flags)) == {*asked(0), FLAGGED}


@pytest.fixture
def home(app):
    household = make_household(sign_in=True, terms={"straight_through": True})
    with working_for(household.client.id) as scope:
        make_benefit(
            scope, household.plan_id, code="OP", benefit_group="outpatient", limits=[limit("visit", 300_000_00)]
        )
    return household


@pytest.mark.requirement("S2-38", "S2-45")
@pytest.mark.parametrize("reason", REASONS)
def test_a_claim_with_a_flag_waits_for_a_person_and_is_paid_like_one_without(home, monkeypatch, reason):
    """350.000 of which 300.000 are covered: without a flag by the rules alone, with one by a person, the same sums."""

    def decided(flags: list[dict]) -> tuple[list[str], dict]:
        with monkeypatch.context() as patch:
            patch.setattr(suspicion, "odd_papers", lambda scope, claim: [])
            patch.setattr(plausibility, "pattern_flags", lambda scope, claim: flags)
            claim = make_claim(home, submitted=True)
            with working_for(home.client.id, ANALYST) as scope:
                service.complete_claim(scope, claim.id)
                if flags:
                    service.decide_claim(scope, claim.id)
                answer = service.claim_answer(scope, claim.id)
        return [step["status"] for step in answer["history"]], answer["decision"]["receipt"]["totals"]

    (alone, paid), (looked_at, paid_after) = decided([]), decided([{"reason": reason}])
    assert paid_after == paid
    assert alone[-1] == looked_at[-1] == ClaimStatus.PARTLY_APPROVED
    assert (ClaimStatus.IN_REVIEW in alone, ClaimStatus.IN_REVIEW in looked_at) == (False, True)


@pytest.mark.parametrize("language", languages.LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_flag_has_a_sentence_in_every_language(reason, language):
    assert languages.catalogue(language)[reason]
