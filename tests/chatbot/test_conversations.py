"""Conversations with the real bot: forms, interruptions, cancel, the way to a person."""

import uuid

import pytest
import requests

from tests.chatbot.test_dialogue_files import UNSPOKEN
from tests.chatbot.test_examples import INTENTS

pytestmark = pytest.mark.bot


QUESTIONS = {
    "claim_amount": ["mau klaim kacamata", "3 November 2026", "Optik Melati"],
    "claim_photos": ["mau klaim kacamata", "3 November 2026", "Optik Melati", "450000"],
    "complaint_confirmed": ["saya mau komplain", "kartu saya ditolak klinik dan petugasnya kasar"],
}
"""What is said until a question is asked."""


class Talk:
    """One conversation through the helpline's channel."""

    def __init__(self, bot):
        self._bot = bot
        self._sender = f"tests:whatsapp:{uuid.uuid4()}"

    def say(self, message, language="id"):
        turn = {"sender": self._sender, "channel": "whatsapp", "message": message}
        turn["metadata"] = {"slots": {"language": language, "member_verified": True, "unknown_fact": 1}}
        return requests.post(
            f"{self._bot.url}/webhooks/helpline/webhook",
            json=turn,
            headers={"X-Helpline-Secret": self._bot.token},
            timeout=20,
        ).json()

    def replies(self, message):
        return [reply["reply"] for reply in self.say(message)["replies"]]


@pytest.fixture
def talk(bot):
    return Talk(bot)


def test_a_question_is_answered_by_its_action(talk):
    turn = talk.say("klaim saya sudah sampai mana")
    assert turn["replies"] == [{"reply": "action_claim_status", "args": {"language": "id"}}]
    assert turn["intent"] == "ask_claim_status"
    assert turn["form"] is None


def test_the_language_follows_the_backend_within_a_conversation(talk):
    talk.say("status klaim saya", language="id")
    turn = talk.say("status of my claim", language="en")
    assert turn["replies"][0]["args"] == {"language": "en"}


def test_a_reimbursement_asks_its_questions_and_is_submitted(talk):
    assert talk.replies("mau reimburse") == ["utter_ask_claim_benefit"]
    assert talk.replies("kacamata") == ["utter_ask_claim_treatment_date"]
    assert talk.replies("3 November 2026") == ["utter_ask_claim_provider"]
    assert talk.replies("Optik Melati") == ["utter_ask_claim_amount"]
    assert talk.replies("450000") == ["utter_ask_claim_photos"]
    assert talk.replies("/affirm") == ["action_submit_reimbursement"]


@pytest.mark.parametrize("end", ["sudah semua", "itu saja", "tidak ada lagi", "cukup, terima kasih"])
def test_no_more_photos_hands_the_claim_in(talk, end):
    for words in QUESTIONS["claim_photos"]:
        talk.say(words)
    assert talk.replies(end) == ["action_submit_reimbursement"]


def test_the_benefit_named_at_the_start_is_not_asked_again(talk):
    assert talk.replies("mau klaim kacamata") == ["utter_ask_claim_treatment_date"]


def test_the_amount_may_be_skipped(talk):
    talk.say("mau klaim kacamata")
    talk.say("3 November 2026")
    assert talk.replies("/deny") == ["utter_ask_claim_amount"]
    assert talk.replies("/deny") == ["utter_ask_claim_photos"]


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(talk):
    talk.say("mau klaim kacamata")
    assert talk.replies("berapa nomor hotline") == ["action_contact", "utter_ask_claim_treatment_date"]
    assert talk.replies("3 November 2026") == ["utter_ask_claim_provider"]


def test_an_earlier_answer_is_corrected_and_the_question_asked_again(talk):
    talk.say("mau klaim kacamata")
    talk.say("3 November 2026")
    assert talk.replies('/correct_form{"treatment_date": "2026-11-02"}') == ["utter_ask_claim_provider"]


@pytest.mark.parametrize("asked", ["claim_amount", "complaint_confirmed"])
def test_nothing_that_is_said_at_a_question_silences_the_bot(talk, asked):
    silent = []
    at_the_question = False
    for intent in sorted(INTENTS | UNSPOKEN):
        if not at_the_question:
            talk.say("/cancel_form")
            for words in QUESTIONS[asked]:
                talk.say(words)
        turn = talk.say(f"/{intent}")
        if not turn["replies"]:
            silent.append(intent)
        at_the_question = turn["asked"] == asked and turn["form"] is not None
    assert silent == []


@pytest.mark.parametrize("start", ["mau reimburse", "mau klaim kacamata", "saya mau komplain"])
def test_a_form_is_cancelled_at_its_question(talk, start):
    talk.say(start)
    turn = talk.say("/cancel_form")
    assert ([reply["reply"] for reply in turn["replies"]], turn["form"]) == (["action_cancel_form"], None)


def test_a_no_cancels_the_form(talk):
    talk.say("mau klaim kacamata")
    turn = talk.say("batalkan saja")
    assert [reply["reply"] for reply in turn["replies"]] == ["action_cancel_form"]
    assert turn["form"] is None


@pytest.mark.parametrize(
    ("wish", "action"), [("/ask_human_agent", "action_handover"), ("/report_emergency", "action_emergency")]
)
def test_a_person_and_an_emergency_end_the_form(talk, wish, action):
    talk.say("saya mau komplain")
    turn = talk.say(wish)
    assert [reply["reply"] for reply in turn["replies"]] == [action]
    assert turn["form"] is None


def test_a_complaint_takes_any_words_as_its_description(talk):
    assert talk.replies("saya mau komplain") == ["utter_ask_complaint_description"]
    assert talk.replies("kartu saya ditolak klinik dan petugasnya kasar") == ["utter_ask_complaint_confirmed"]
    assert talk.replies("ya benar") == ["action_submit_complaint"]


def test_nonsense_reaches_the_fallback(talk):
    assert talk.replies("qqqq zzzz") == ["action_fallback"]


def test_the_channel_is_closed_without_the_secret(bot):
    answer = requests.post(f"{bot.url}/webhooks/helpline/webhook", json={}, timeout=20)
    assert (answer.status_code, answer.json()["reason"]) == (403, "bot.wrong_secret")


def test_an_incomplete_turn_is_refused(bot):
    answer = requests.post(
        f"{bot.url}/webhooks/helpline/webhook",
        json={"sender": "x"},
        headers={"X-Helpline-Secret": bot.token},
        timeout=20,
    )
    assert (answer.status_code, answer.json()["reason"]) == (422, "bot.incomplete_turn")


def test_the_parser_asks_for_the_token(bot):
    assert requests.post(f"{bot.url}/model/parse", json={"text": "halo"}, timeout=20).status_code == 401


_LONGEST_SESSION = 60


def _turns_in_session(bot, talk):
    """What Rasa reads and writes at every turn: the words said since the session began."""
    address = f"{bot.url}/conversations/{talk._sender}/tracker"
    events = requests.get(address, params={"token": bot.token}, timeout=20).json()["events"]
    return sum(event["event"] == "user" and not event["text"].startswith("/") for event in events)


def test_a_long_talk_does_not_make_its_turns_ever_slower(bot, talk):
    for _ in range(_LONGEST_SESSION + 5):
        talk.say("halo")
    assert _turns_in_session(bot, talk) <= 5
    assert talk.replies("klaim saya sudah sampai mana") == ["action_claim_status"]


def test_a_form_is_not_cut_by_a_long_talk(bot, talk):
    for _ in range(_LONGEST_SESSION - 2):
        talk.say("halo")
    for words in QUESTIONS["claim_amount"]:
        asked = talk.say(words)["asked"]
    assert asked == "claim_amount"
    assert talk.say("450000")["asked"] == "claim_photos"
