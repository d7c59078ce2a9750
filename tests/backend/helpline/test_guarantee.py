"""Who asks the helpline for a letter of guarantee has a case at once, and the letter waits in it."""

from __future__ import annotations

from uuid import UUID

import pytest

from backend.access import working_for
from backend.branding import loader as branding
from backend.clients.registry import ClientFacts
from backend.conversations.models import Conversation
from backend.guarantees import queries as letters
from backend.guarantees.models import GuaranteeLetter
from backend.helpline import queries as cases
from backend.helpline.answers import admissions
from backend.helpline.asker import Asker
from backend.members import queries as members
from tests.factories.guarantees import make_patient
from tests.factories.members import make_dependant, make_member


def _ask(client: ClientFacts, member_id: UUID | None, *, times: int = 1) -> tuple[list[GuaranteeLetter], UUID]:
    """The letters of the client, and the case, after somebody asked for one."""
    with working_for(client.id) as scope:
        thread = Conversation(client_id=client.id, member_id=member_id, language="en", channel="whatsapp")
        scope.session.add(thread)
        scope.session.flush()
        asker = Asker(thread.id, client, branding.brand_for(client), "en", "whatsapp", member_id)
        for _ in range(times):
            admissions.guarantee_letter(scope, asker, {})
        case = cases.open_case_of(scope, thread.id, "guarantee_letter")
        return letters.letters_of(scope), case.id


@pytest.mark.requirement("S1-55")
def test_a_proved_member_has_a_letter_waiting_in_the_case(app):
    client, member = make_patient()
    (letter,), case_id = _ask(client, member)
    assert (letter.member_id, letter.state, letter.case_id) == (member, "requested", case_id)


def test_asking_five_times_waits_for_one_letter(app):
    client, member = make_patient()
    waiting, _ = _ask(client, member, times=5)
    assert len(waiting) == 1


def test_where_the_patient_may_be_a_relative_a_person_asks_first(app):
    client, member = make_patient()
    with working_for(client.id) as scope:
        make_dependant(scope, members.member(scope, member), "child")
    assert _ask(client, member)[0] == []


def test_somebody_who_is_not_proved_has_a_case_and_no_letter(app):
    client, _ = make_patient()
    assert _ask(client, None)[0] == []


def test_somebody_without_cover_has_a_case_and_no_letter(app):
    client, _ = make_patient()
    with working_for(client.id) as scope:
        uncovered = make_member(scope).id
    assert _ask(client, uncovered)[0] == []
