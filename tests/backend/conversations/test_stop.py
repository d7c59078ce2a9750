"""Stop means that nothing is sent to the number any more; whoever writes again is written to again."""

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.notifications.models import OptOut


def _refused(helpline, phone):
    with working_for(helpline.client.id) as scope:
        query = select(OptOut.channel).where(OptOut.client_id == scope.client_id, OptOut.address == phone)
        return scope.session.scalars(query).all()


@pytest.mark.parametrize("words", ["stop", "berhenti berlangganan", "parar"])
def test_a_stop_keeps_notifications_from_the_number(helpline, bot, phone, member, words):
    helpline.writes(phone, words)
    assert _refused(helpline, phone) == ["whatsapp"]


def test_a_later_message_from_the_person_lifts_it(helpline, bot, phone, member):
    helpline.writes(phone, "stop")
    helpline.writes(phone, "hello there")
    assert _refused(helpline, phone) == []


def test_a_stop_of_one_person_is_not_anothers(helpline, bot, phone, member):
    helpline.writes(phone, "stop")
    helpline.writes(f"{phone}9", "hello there")
    assert _refused(helpline, phone) == ["whatsapp"]
