"""Who asks for a person in the middle of a form need not tell it all again."""

import pytest

from backend.access import Role
from tests.factories.accounts import headers_for

CHECK, SECRET = "/internal/helpline/actions/validate_reimbursement_form", "X-Careline-Actions-Secret"


@pytest.mark.usefixtures("member")
@pytest.mark.requirement("S0-93")
def test_a_case_opened_in_the_middle_of_a_form_has_its_answers(app, settings, helpline, bot, phone):
    def as_the_form_does(turn) -> None:
        """The bot's own action, before it answers: the slots of this turn are checked by the backend."""
        slots = {"a dentist": {"claim_benefit": "dental"}, "14-08-2026": {"claim_treatment_date": "14-08-2026"}}
        if turn.message in slots:
            body = {"conversation": turn.slots["conversation"], "slots": slots[turn.message]}
            checked = app.test_client().post(CHECK, json=body, headers={SECRET: settings.actions_secret})
            assert checked.status_code == 200

    bot.during = as_the_form_does
    bot.says("reimbursement", "utter_ask_claim_benefit", form="reimbursement_form", asked="claim_benefit")
    bot.says("a dentist", "utter_ask_claim_treatment_date", form="reimbursement_form", asked="claim_treatment_date")
    bot.says("14-08-2026", "utter_ask_claim_provider", form="reimbursement_form", asked="claim_provider")
    for words in ("reimbursement", "17-05-1990", "a dentist", "14-08-2026", "I want to talk to a person please"):
        helpline.writes(phone, words)
    agent = headers_for(Role.AGENT, helpline.client)
    (case,) = helpline.http.get("/api/v1/cases", headers=agent).json["items"]
    filled = helpline.http.get(f"/api/v1/cases/{case['id']}", headers=agent).json["filled"]
    assert filled == {
        "form": "reimbursement_form",
        "claim_benefit": "dental",
        "claim_treatment_date": "2026-08-14",
    }
