"""The first clinic is asked for and changed by message, in three languages, by the rule that the app follows."""

import re
from datetime import date

import pytest

from backend.access import working_for
from backend.benefits.models import Plan
from backend.helpline.models import HelplineCase
from backend.providers import queries
from backend.providers.models import PrimaryProvider
from tests.factories.benefits import make_plan
from tests.factories.members import enrol
from tests.factories.providers import make_provider

WORDS = {"en": "please change my clinic", "id": "saya mau ganti klinik", "pt": "quero mudar de clínica"}
SHARED = {"Latitude": "-6.19", "Longitude": "106.82"}


@pytest.fixture(autouse=True)
def without_bot(bot):
    bot.running = False
    return bot


@pytest.fixture
def clinics(helpline, member):
    """Three first-tier clinics of the member's plan, the nearest first, and a hospital."""
    with working_for(helpline.client.id) as scope:
        scope.session.query(Plan).filter(Plan.client_id == helpline.client.id).update({"network": "main"})
        if queries.network_of(scope, member.id) is None:
            enrol(scope, member.id, make_plan(scope, network="main").id)
        make_provider(scope, name="RS Besar", kind="hospital", tier="ppk2", network="main", latitude=-6.19)
        names = ("Klinik Dekat", "Klinik Sedang", "Klinik Jauh")
        return [
            make_provider(scope, name=name, network="main", latitude=-6.19 - step / 100).id
            for step, name in enumerate(names)
        ]


def _proved(helpline, phone, words):
    helpline.writes(phone, words)
    helpline.writes(phone, "17-05-1990")


def _chosen(helpline, member):
    with working_for(helpline.client.id) as scope:
        return [one.provider_id for one in queries.primary_choices(scope, member.id)]


@pytest.mark.requirement("S0-22")
@pytest.mark.parametrize("language", ["en", "id", "pt"])
def test_the_nearest_are_offered_and_a_number_chooses(helpline, phone, member, clinics, language):
    _proved(helpline, phone, WORDS[language])
    helpline.writes(phone, "", **SHARED)
    said = helpline.said(phone)
    assert re.search("1 Klinik Dekat .*2 Klinik Sedang .*3 Klinik Jauh", said, re.DOTALL), said
    assert "RS Besar" not in said
    helpline.writes(phone, "2")
    assert "Klinik Sedang" in helpline.said(phone)
    assert _chosen(helpline, member) == [clinics[1]]


def test_who_has_a_clinic_hears_which_and_is_offered_others_near_it(helpline, phone, member, clinics):
    with working_for(helpline.client.id) as scope:
        scope.session.add(
            PrimaryProvider(
                client_id=helpline.client.id,
                member_id=member.id,
                provider_id=clinics[0],
                starts_on=date(2025, 1, 1),
                chosen_by="member",
                channel="app",
            )
        )
    _proved(helpline, phone, WORDS["en"])
    told = "\n".join(helpline.outbox(phone))
    assert "Your first clinic is Klinik Dekat" in told
    assert "1 Klinik Sedang" in told
    helpline.writes(phone, "3")
    assert "not on the list" in helpline.said(phone)
    helpline.writes(phone, WORDS["en"])
    helpline.writes(phone, "1")
    assert "Klinik Sedang is your first clinic from" in helpline.said(phone)
    assert _chosen(helpline, member) == [clinics[1], clinics[0]]


def test_a_plan_without_a_network_needs_no_first_clinic(helpline, phone, member):
    _proved(helpline, phone, WORDS["en"])
    assert "no first clinic" in helpline.said(phone)
    with working_for(helpline.client.id) as scope:
        assert scope.session.query(HelplineCase).filter_by(client_id=helpline.client.id).count() == 0
