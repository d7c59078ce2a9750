"""Domain, rules and names of the dialogue, read as data."""

from pathlib import Path

import pytest
import yaml

from chatbot.actions import slots
from tests.chatbot.test_examples import INTENTS

BOT = Path(__file__).resolve().parents[2] / "chatbot"
FORMS = ("reimbursement_form", "complaint_form")


def _merged(part):
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((BOT / "domain").glob("*.yml"))]
    found = [file[part] for file in files if part in file]
    if isinstance(found[0], dict):
        return {key: value for section in found for key, value in section.items()}
    return [entry for section in found for entry in section]


UNSPOKEN = {"nlu_fallback", "send_photos", "cancel_form", "correct_form"}
"""What the backend or the bot itself says; nobody's words are trained for them."""


def _rules():
    for path in sorted((BOT / "data/rules").glob("*.yml")):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]:
            form = (rule.get("condition") or [{}])[0].get("active_loop")
            yield form, [(kind, value) for step in rule["steps"] for kind, value in step.items()]


def _steps(form, intent):
    return next(steps for where, steps in _rules() if where == form and steps[0] == ("intent", intent))


def test_the_domain_knows_every_intent_of_the_helpline():
    names = {next(iter(i)) if isinstance(i, dict) else i for i in _merged("intents")}
    assert names - UNSPOKEN == INTENTS


@pytest.mark.parametrize("intent", sorted(INTENTS | UNSPOKEN))
@pytest.mark.parametrize("form", [None, *FORMS])
def test_every_intent_is_answered_inside_and_outside_the_forms(form, intent):
    assert any(kind == "action" for kind, _ in _steps(form, intent))


@pytest.mark.parametrize("form", FORMS)
def test_no_form_is_asked_again_at_once(form):
    trapped = [steps[0][1] for where, steps in _rules() if where == form and steps[1] == ("action", form)]
    assert trapped == []


def test_every_action_and_reply_of_a_rule_is_declared():
    declared = {*_merged("actions"), *_merged("responses"), *_merged("forms"), "action_deactivate_loop"}
    used = {value for _, steps in _rules() for kind, value in steps if kind == "action"}
    assert used - declared == set()


@pytest.mark.parametrize("form", FORMS)
def test_every_question_of_a_form_has_a_reply_id(form):
    questions = {f"utter_ask_{slot}" for slot in _merged("forms")[form]["required_slots"]}
    assert questions <= _merged("responses").keys()


def test_the_bot_holds_no_words():
    assert {name: words for name, words in _merged("responses").items() if words} == {}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("intent", ["ask_human_agent", "report_emergency", "deny"])
def test_a_person_an_emergency_and_a_no_end_the_form_first(form, intent):
    assert _steps(form, intent)[1:3] == [("action", "action_deactivate_loop"), ("active_loop", None)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("intent", ["ask_claim_status", "ask_contact", "nlu_fallback", "choose_language", "ask_doctor"])
def test_a_question_inside_a_form_is_answered_and_the_form_asks_again(form, intent):
    assert _steps(form, intent)[-2:] == [("action", form), ("active_loop", form)]


def test_the_actions_know_the_slots_by_their_names():
    named = {value for name, value in vars(slots).items() if name.isupper() and isinstance(value, str)}
    assert named - {slots.AMOUNT_UNKNOWN, slots.PHOTOS_DONE} == _merged("slots").keys()


def test_the_readme_lists_every_action():
    readme = (BOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in _merged("actions") if f"`{name}`" not in readme] == []
