"""Care away from home, asked for in writing and on the telephone."""

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.helpline.models import HelplineCase


def _case(helpline) -> HelplineCase:
    with working_for(helpline.client.id) as scope:
        return scope.session.scalars(
            select(HelplineCase).where(HelplineCase.client_id == scope.client_id, HelplineCase.reason == "travel")
        ).one()


@pytest.fixture
def stopped(bot):
    bot.running = False


@pytest.mark.requirement("S2-15", "S2-18", "S2-19", "S2-20")
@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize(
    ("words", "named", "asks"),
    [
        ("tolong pesankan tiket, penginapan dan penerjemah ke Penang", "penginapan", "Ke kota dan rumah sakit mana"),
        (
            "please arrange tickets, a hotel and an interpreter for Penang",
            "a place to stay",
            "To which city and hospital",
        ),
        ("podem reservar bilhetes, hotel e intérprete para Joanesburgo", "alojamento", "Para que cidade e hospital"),
    ],
)
def test_what_is_needed_becomes_a_case_and_one_question_is_asked_without_the_bot(helpline, phone, words, named, asks):
    helpline.writes(phone, words)

    said = "\n".join(helpline.outbox(phone))
    assert named in said.lower()
    assert asks in said
    assert set(_case(helpline).filled["travel"]["needs"]) == {"tickets", "lodging", "translator"}


@pytest.mark.requirement("S2-15")
def test_the_next_words_are_where_when_and_who(helpline, bot, phone):
    helpline.writes(phone, "please arrange transport and a hotel for my operation")
    helpline.writes(phone, "Gleneagles in Penang, 3 to 9 December, my husband comes along")

    assert "Our team arranges it" in helpline.said(phone)
    assert _case(helpline).filled["travel"]["told"] == ["Gleneagles in Penang, 3 to 9 December, my husband comes along"]


def test_a_question_in_between_is_answered_by_the_bot(helpline, bot, phone):
    helpline.writes(phone, "please arrange a hotel")
    helpline.writes(phone, "is my mother covered too?")
    assert bot.turns[-1].message == "is my mother covered too?"


def test_a_second_need_joins_the_same_journey(helpline, bot, phone):
    helpline.writes(phone, "please arrange a hotel")
    helpline.writes(phone, "we also need a wheelchair please")
    assert set(_case(helpline).filled["travel"]["needs"]) == {"lodging", "mobility"}


@pytest.mark.requirement("S2-15", "S2-21")
def test_on_the_telephone_the_same(caller, bot, helpline):
    caller.send()
    caller.keys("2")
    said = caller.says("please arrange transport to the hospital in Penang")
    assert "Local transport" in said
    assert "who travels along" in said
    assert "transport" in _case(helpline).filled["travel"]["needs"]
