"""Somebody is in danger: what is said first, who gets it, and where help is sent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.branding import loader as branding
from backend.helpline.models import CaseEvent, HelplineCase
from backend.kit import clock
from tests.factories.accounts import headers_for
from tests.factories.providers import make_provider

JAKARTA = {"Latitude": "-6.19", "Longitude": "106.82"}
LONG = (
    "Good evening, member number 10023. I was going to ask about my dental claim and whether the receipt has to be "
    "stamped, but my husband who sits next to me has just gone grey and says something is pressing on his chest. "
    "What should I do?"
)


@pytest.fixture
def with_crisis_line(helpline, monkeypatch):
    """The client's country has a line for people in despair: a number, and a key after it answers."""
    known = dict(branding.brands())
    known[helpline.client.slug] = replace(known[helpline.client.slug], crisis_line={"number": "119", "press": "8"})
    monkeypatch.setattr(branding, "brands", lambda: known)


def _cases(helpline):
    with working_for(helpline.client.id) as scope:
        rows = scope.session.scalars(
            select(HelplineCase).where(HelplineCase.client_id == scope.client_id).order_by(HelplineCase.created_at)
        )
        return {row.reason: row for row in rows}


def _steps(helpline, case):
    with working_for(helpline.client.id) as scope:
        return scope.session.scalars(select(CaseEvent.text).where(CaseEvent.case_id == case.id)).all()


@pytest.mark.requirement("S2-14", "S0-90")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("bapak saya pingsan tidak bangun", "telepon 119 SEKARANG"),
        ("my father is not breathing", "call 119 NOW"),
        ("o meu pai não respira", "ligue JÁ para 119"),
    ],
)
def test_a_stranger_hears_the_number_of_the_country_first_in_the_language_of_the_cry(helpline, bot, phone, words, said):
    helpline.writes(phone, words)

    first = helpline.outbox(phone)[0]
    assert said in first.splitlines()[0]
    assert bot.turns == []


@pytest.mark.requirement("S2-13", "S0-92")
def test_the_case_waits_in_the_doctors_queue_before_all_others(helpline, bot, phone):
    helpline.writes(phone, "I want to talk to a person please")
    helpline.writes(phone, "my wife is having a seizure")

    doctor = headers_for(Role.DOCTOR, helpline.client)
    queue = helpline.http.get("/api/v1/cases?desk=doctor", headers=doctor).json["items"]
    assert [(case["reason"], case["priority"]) for case in queue] == [("emergency", "urgent")]


@pytest.mark.requirement("S2-14")
@pytest.mark.parametrize("bot_runs", [True, False])
@pytest.mark.parametrize("form", [None, "complaint_form", "reimbursement_form"])
def test_an_emergency_is_heard_within_any_form_and_without_the_bot(helpline, bot, phone, bot_runs, form):
    if form:
        bot.says("let us begin", "complaint_ask", form=form, asked="complaint_description")
        helpline.writes(phone, "let us begin")
    asked = len(bot.turns)
    bot.running = bot_runs

    helpline.writes(phone, "she is choking and turning blue")

    assert "119" in helpline.said(phone)
    assert len(bot.turns) == asked
    assert _cases(helpline)["emergency"].desk == "doctor"


def test_an_emergency_at_the_end_of_a_long_message_about_a_claim_is_heard(helpline, bot, phone):
    helpline.writes(phone, LONG)
    assert "emergency" in _cases(helpline)


def test_an_emergency_is_heard_while_an_agent_has_the_thread(helpline, bot, phone):
    agent = headers_for(Role.AGENT, helpline.client)
    helpline.writes(phone, "I want to talk to a person please")
    case = helpline.http.get("/api/v1/cases", headers=agent).json["items"][0]
    helpline.http.post(f"/api/v1/cases/{case['id']}/take", headers=agent)

    helpline.writes(phone, "my son collapsed, he is not responding")

    assert "119" in helpline.said(phone)
    assert _cases(helpline)["emergency"].priority == "urgent"


def test_an_emergency_is_heard_while_the_helpline_waits_for_a_proof(helpline, bot, phone, member):
    bot.running = False
    helpline.writes(phone, "my card please")
    helpline.writes(phone, "17-05-1990 my father is not breathing")
    assert "119" in helpline.said(phone)


def test_an_emergency_in_the_app_is_answered_the_same(helpline, bot, member, http):
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,))
    made = http.post("/api/v1/conversations/messages", json={"text": "my wife is unconscious"}, headers=headers)
    assert "119" in made.json["messages"][1]["text"]


@pytest.mark.requirement("S2-12")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("please send an ambulance, my husband is bleeding heavily", "ambulance"),
        ("tolong kirim ambulans ke rumah saya", "ambulance"),
        ("we need an evacuation from the mine, a worker fell from the roof", "evacuation"),
        ("preciso de uma evacuação urgente, acidente grave", "evacuation"),
    ],
)
def test_who_asks_for_transport_has_it_arranged_as_a_case_of_its_own(helpline, bot, phone, words, reason):
    helpline.writes(phone, words)

    found = _cases(helpline)
    assert set(found) == {"emergency", reason}
    assert (found[reason].desk, found[reason].priority) == ("helpline", "urgent")


@pytest.mark.requirement("S2-12", "S2-15")
def test_a_pin_shared_right_after_reaches_the_doctor_and_whoever_sends_the_ambulance(helpline, bot, phone):
    helpline.writes(phone, "my father is not breathing")
    helpline.writes(phone, "", **JAKARTA)

    found = _cases(helpline)
    place = {"latitude": -6.19, "longitude": 106.82}
    assert found["emergency"].filled["location"] == place
    assert found["ambulance"].filled["location"] == place
    assert any("have it now" in said for said in helpline.outbox(phone))


@pytest.mark.requirement("S2-15")
def test_with_a_pin_the_nearest_hospital_of_the_network_is_named(helpline, bot, phone):
    with working_for(helpline.client.id) as scope:
        make_provider(scope, kind="hospital", name="RS Dekat", network="")
    helpline.writes(phone, "my father is not breathing")
    helpline.writes(phone, "", **JAKARTA)
    assert "RS Dekat" in "\n".join(helpline.outbox(phone)[-2:])


@pytest.mark.requirement("S2-15")
def test_an_address_written_right_after_is_on_the_case(helpline, bot, phone):
    helpline.writes(phone, "we need an ambulance now")
    helpline.writes(phone, "Jalan Melati 7, second floor, Depok, 0812345678")

    for case in _cases(helpline).values():
        assert case.filled["place"] == "Jalan Melati 7, second floor, Depok, 0812345678"
        assert "Jalan Melati 7, second floor, Depok, 0812345678" in _steps(helpline, case)
    assert bot.turns == []


def test_the_form_asks_again_once_the_place_is_told(helpline, bot, phone):
    question = "utter_ask_complaint_description"
    bot.says("let us begin", question, form="complaint_form", asked="complaint_description")
    helpline.writes(phone, "let us begin")
    helpline.writes(phone, "my father is not breathing")
    helpline.writes(phone, "Jalan Melati 7, Depok")

    assert "tell me what happened" in helpline.said(phone)
    assert len(bot.turns) == 1


def test_a_question_right_after_is_answered_and_still_on_the_case(helpline, bot, phone):
    helpline.writes(phone, "my father is not breathing")
    helpline.writes(phone, "do I need a referral?")

    assert bot.turns[-1].message == "do I need a referral?"
    assert "do I need a referral?" in _steps(helpline, _cases(helpline)["emergency"])


def test_a_place_shared_to_find_a_clinic_earlier_is_not_where_the_emergency_is(helpline, bot, phone):
    helpline.writes(phone, "", **JAKARTA)
    helpline.writes(phone, "my father is not breathing")
    assert "location" not in _cases(helpline)["emergency"].filled


def test_a_pin_the_next_day_is_a_clinic_again(helpline, bot, phone):
    helpline.writes(phone, "my father is not breathing")
    with clock.at(clock.now() + timedelta(hours=20)):
        helpline.writes(phone, "", **JAKARTA)
    assert "location" not in _cases(helpline)["emergency"].filled


def test_a_pin_for_a_doctor_who_has_the_thread_is_on_the_case_and_the_bot_keeps_still(helpline, bot, phone):
    doctor = headers_for(Role.DOCTOR, helpline.client)
    helpline.writes(phone, "my father is not breathing")
    case = _cases(helpline)["emergency"]
    assert helpline.http.post(f"/api/v1/cases/{case.id}/take", headers=doctor).status_code == 200
    said = len(helpline.outbox(phone))

    helpline.writes(phone, "", **JAKARTA)

    assert len(helpline.outbox(phone)) == said
    assert _cases(helpline)["emergency"].filled["location"] == {"latitude": -6.19, "longitude": 106.82}


def test_five_cries_are_one_case(helpline, bot, phone):
    for _ in range(5):
        helpline.writes(phone, "help, she is not breathing")
    assert list(_cases(helpline)) == ["emergency"]


@pytest.mark.requirement("S0-92", "S0-89")
@pytest.mark.usefixtures("bot", "with_crisis_line")
@pytest.mark.parametrize(
    ("words", "warm", "line"),
    [
        ("saya mau bunuh diri saja", "Terima kasih sudah menceritakan ini", "telepon 119, lalu tekan 8"),
        ("i want to kill myself", "I am glad you told us this", "call 119, then press 8"),
        ("já não aguento viver, quero morrer", "Ainda bem que nos contou isto", "ligue 119 e carregue no 8"),
    ],
)
def test_who_wants_to_die_hears_warm_words_a_doctor_and_the_countrys_line(helpline, phone, words, warm, line):
    helpline.writes(phone, words)

    said = "\n".join(helpline.outbox(phone))
    assert warm in said
    assert "119" in said
    assert line in said
    case = _cases(helpline)["emergency"]
    assert (case.desk, case.priority) == ("doctor", "urgent")


def test_a_country_without_a_crisis_line_names_none_and_calls_the_doctor(helpline, bot, phone):
    helpline.writes(phone, "I want to kill myself")
    said = "\n".join(helpline.outbox(phone))
    assert "I am glad you told us this" in said
    assert "at any hour" not in said
    assert _cases(helpline)["emergency"].desk == "doctor"


@pytest.mark.requirement("S0-92")
@pytest.mark.usefixtures("bot", "with_crisis_line")
@pytest.mark.parametrize(
    ("key", "words", "warm"),
    [
        ("1", "saya ingin bunuh diri", "Terima kasih sudah menceritakan ini"),
        ("2", "I want to end my life", "I am glad you told me this"),
        ("3", "quero acabar com a minha vida", "Ainda bem que me contou isto"),
    ],
)
def test_who_says_so_on_the_telephone_is_put_through_to_the_doctor_with_warm_words(helpline, caller, key, words, warm):
    caller.send()
    caller.keys(key)
    said = caller.says(words)

    assert warm in said
    assert "<Enqueue" in said
    assert _cases(helpline)["emergency"].desk == "doctor"


def test_who_waits_for_the_doctor_in_despair_is_answered_and_the_doctor_reads_it(helpline, bot, phone):
    helpline.writes(phone, "i want to kill myself")
    helpline.writes(phone, "nobody would understand what happened at home")

    assert "I am reading what you write" in helpline.said(phone)
    assert "nobody would understand what happened at home" in _steps(helpline, _cases(helpline)["emergency"])
    assert bot.turns == []


def test_a_plain_question_of_somebody_in_despair_is_answered_as_ever(helpline, bot, phone):
    helpline.writes(phone, "i want to kill myself")
    helpline.writes(phone, "what is the status of my claim")
    assert bot.turns[-1].message == "what is the status of my claim"
