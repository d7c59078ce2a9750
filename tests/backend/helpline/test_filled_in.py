"""What forms had collected comes to the person with the case."""

import pytest

from backend.helpline.rules import filled_after, handed_over

ASKED = [
    pytest.param({}, {"claim_benefit": "outpatient"}, {}, {"claim_benefit": "outpatient"}, id="as it was said"),
    pytest.param(
        {"claim_benefit": "dental"},
        {"claim_treatment_date": "yesterday"},
        {"claim_treatment_date": "2026-11-22"},
        {"claim_benefit": "dental", "claim_treatment_date": "2026-11-22"},
        id="in the form we keep",
    ),
    pytest.param({}, {"claim_amount": "lots"}, {"claim_amount": None}, {}, id="refused, so not kept"),
    pytest.param({"claim_benefit": "dental"}, {}, {"claim_benefit": None}, {}, id="emptied when it was sent"),
    pytest.param({}, {"language": "id"}, {}, {}, id="what the session knows is no answer"),
]


@pytest.mark.parametrize(("before", "sent", "kept", "after"), ASKED)
def test_a_form_collects(before, sent, kept, after):
    assert filled_after(before, sent, kept) == after


@pytest.mark.requirement("S0-93")
def test_an_open_form_is_handed_over_with_photos_and_place():
    state = {"form": "reimbursement_form", "filled": {"claim_amount": "350000"}, "photos": ["1"], "last": []}
    assert handed_over(state) == {"form": "reimbursement_form", "claim_amount": "350000", "photos": ["1"]}


def test_what_an_ended_form_had_collected_is_not():
    assert handed_over({"filled": {"claim_amount": "350000"}, "location": {"latitude": 1.0}}) == {
        "location": {"latitude": 1.0}
    }
