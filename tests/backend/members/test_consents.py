"""A member agrees for themselves, in words that are kept, and takes it back whenever they like."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.access import Role, working_for
from backend.accounts import service as accounts
from backend.branding import loader
from backend.kit import clock
from backend.members.rules.consents import LEGAL, Purpose
from backend.notifications import addressing
from backend.notifications.events import EVENTS
from backend.notifications.rules import Channel
from tests.backend.members.conftest import Workplace
from tests.factories.members import make_dependant, make_member

PHONE = "+6281277770001"


@pytest.fixture
def couple(workplace):
    """An employee and the adult spouse, each with a telephone."""
    with working_for(workplace.client.id) as scope:
        employee = make_member(scope, plan_id=workplace.plan_id, phone=PHONE)
        spouse = make_dependant(scope, employee, phone="+6281277770002")
        return employee.id, spouse.id


@pytest.fixture
def spouse(workplace, couple):
    return workplace.headers(Role.MEMBER, couple[1])


def address(member_id, purpose=""):
    return f"/api/v1/members/{member_id}/consents{purpose and '/'}{purpose}"


def offered(http, member_id, headers, purpose):
    offers = http.get(address(member_id), headers=headers).json["offers"]
    return next(one for one in offers if one["purpose"] == purpose)


def agree(http, member_id, headers, purpose, words=None):
    words = words or offered(http, member_id, headers, purpose)["wording"]
    return http.put(address(member_id, purpose), json={"wording": words}, headers=headers)


def acted_for(workplace: Workplace):
    with working_for(workplace.client.id) as scope:
        return accounts.members_of_identity(scope, PHONE)


class TestAgreeing:
    def test_words_language_channel_and_time_are_kept(self, http, workplace, couple):
        own = workplace.headers(Role.MEMBER, couple[1], language="id")
        before = clock.now()
        agree(http, couple[1], own, Purpose.FAMILY_ACCESS)
        (kept,) = http.get(address(couple[1]), headers=own).json["items"]
        assert kept["wording"].startswith("Saya setuju karyawan")
        assert (kept["language"], kept["channel"], kept["withdrawn_at"]) == ("id", "app", None)
        assert kept["given_at"] >= before.isoformat()[:19]

    def test_from_then_on_the_employee_acts_for_the_spouse(self, http, workplace, couple, spouse):
        assert acted_for(workplace) == couple[:1]
        assert agree(http, couple[1], spouse, Purpose.FAMILY_ACCESS).status_code == 200
        assert acted_for(workplace) == couple

    def test_agreeing_twice_is_agreeing_once(self, http, couple, spouse):
        first = agree(http, couple[1], spouse, Purpose.WHATSAPP).json
        assert agree(http, couple[1], spouse, Purpose.WHATSAPP).json == first
        assert len(http.get(address(couple[1]), headers=spouse).json["items"]) == 1

    def test_nobody_agrees_to_words_that_are_not_ours(self, http, couple, spouse):
        answer = agree(http, couple[1], spouse, Purpose.WHATSAPP, "I agree to everything.")
        assert (answer.status_code, answer.json["reason"]) == (409, "members.consent_wording_changed")

    def test_the_employee_cannot_agree_in_the_name_of_the_spouse(self, http, workplace, couple):
        acting = workplace.headers(Role.MEMBER, *couple)
        answer = agree(http, couple[1], acting, Purpose.FAMILY_ACCESS)
        assert (answer.status_code, answer.json["reason"]) == (403, "members.consent_only_oneself")

    def test_an_employee_is_not_asked_for_family_access(self, http, workplace, couple, spouse):
        own = workplace.headers(Role.MEMBER, couple[0])
        words = offered(http, couple[1], spouse, Purpose.FAMILY_ACCESS)["wording"]
        assert agree(http, couple[0], own, Purpose.FAMILY_ACCESS, words).json["reason"] == "members.consent_not_offered"

    @pytest.mark.parametrize("role", [Role.HR, Role.ADMIN, Role.AGENT])
    def test_staff_have_no_part_in_it(self, http, workplace, couple, role):
        assert http.get(address(couple[1]), headers=workplace.headers(role)).status_code == 403

    def test_there_is_no_other_purpose(self, http, couple, spouse):
        assert agree(http, couple[1], spouse, "advertising", "x").status_code == 404


class TestTakingBack:
    def test_the_row_stays_with_the_time(self, http, couple, spouse):
        agree(http, couple[1], spouse, Purpose.WHATSAPP)
        assert http.delete(address(couple[1], Purpose.WHATSAPP), headers=spouse).status_code == 204
        shown = http.get(address(couple[1]), headers=spouse).json
        assert shown["items"][0]["withdrawn_at"] is not None
        assert not any(offer["given"] for offer in shown["offers"])

    def test_the_employee_no_longer_acts_for_the_spouse(self, http, workplace, couple, spouse):
        agree(http, couple[1], spouse, Purpose.FAMILY_ACCESS)
        http.delete(address(couple[1], Purpose.FAMILY_ACCESS), headers=spouse)
        assert acted_for(workplace) == couple[:1]

    def test_one_can_agree_again(self, http, couple, spouse):
        agree(http, couple[1], spouse, Purpose.WHATSAPP)
        http.delete(address(couple[1], Purpose.WHATSAPP), headers=spouse)
        with clock.at(clock.now() + timedelta(minutes=1)):
            agree(http, couple[1], spouse, Purpose.WHATSAPP)
            items = http.get(address(couple[1]), headers=spouse).json["items"]
        assert [one["withdrawn_at"] is None for one in items] == [True, False]

    def test_what_was_never_given_can_be_taken_back_without_harm(self, http, couple, spouse):
        assert http.delete(address(couple[1], Purpose.WHATSAPP), headers=spouse).status_code == 204


class TestWhatsApp:
    def agreed(self, workplace, member_id, preferred=()):
        with working_for(workplace.client.id) as scope:
            person = addressing.Person("id", {}, member_id, phone="+6281277770002", preferred=preferred)
            return bool(addressing.reach_of(scope, EVENTS["claim_paid"], person, voice()).consented)

    def test_we_write_first_only_after_the_consent_and_not_after_its_end(self, http, workplace, couple, spouse):
        seen = [self.agreed(workplace, couple[1])]
        agree(http, couple[1], spouse, Purpose.WHATSAPP)
        seen.append(self.agreed(workplace, couple[1]))
        http.delete(address(couple[1], Purpose.WHATSAPP), headers=spouse)
        seen.append(self.agreed(workplace, couple[1]))
        assert seen == [False, True, False]

    def test_who_took_it_back_is_not_written_to_because_whatsapp_was_once_preferred(
        self, http, workplace, couple, spouse
    ):
        agree(http, couple[1], spouse, Purpose.WHATSAPP)
        http.delete(address(couple[1], Purpose.WHATSAPP), headers=spouse)
        assert not self.agreed(workplace, couple[1], preferred=(Channel.WHATSAPP,))


def voice():
    return addressing.Voice("client", "Client", "Client", "+6280000000")


@pytest.fixture
def shows(monkeypatch) -> Callable[..., None]:
    """The client shows other legal texts from now on."""
    neutral = loader.brand_for

    def change(version: int, terms: str) -> None:
        def changed(client):
            brand = neutral(client)
            texts = {language: {**words, "terms": f"{language}: {terms}"} for language, words in brand.texts.items()}
            return replace(brand, texts=texts, legal_versions={"terms": version, "privacy": 1})

        monkeypatch.setattr("backend.members.service.consents.brand_for", changed)

    return change


class TestLegalTexts:
    @pytest.mark.requirement("S0-87")
    @pytest.mark.parametrize("purpose", LEGAL)
    def test_everybody_is_asked_for_the_clients_legal_texts_with_their_version(self, http, couple, spouse, purpose):
        offer = offered(http, couple[1], spouse, purpose)
        assert (offer["version"], offer["given"]) == (1, False)

    def test_who_agreed_is_not_asked_again_while_the_text_stands(self, http, couple, spouse):
        assert agree(http, couple[1], spouse, Purpose.TERMS).json["version"] == 1
        assert offered(http, couple[1], spouse, Purpose.TERMS)["given"]

    def test_a_new_version_asks_anew(self, http, couple, spouse, shows):
        agree(http, couple[1], spouse, Purpose.TERMS)
        shows(2, "Other terms.")
        offer = offered(http, couple[1], spouse, Purpose.TERMS)
        assert (offer["version"], offer["given"], offer["wording"]) == (2, False, "en: Other terms.")

    def test_agreeing_to_the_new_version_ends_the_earlier_one_and_keeps_it(self, http, couple, spouse, shows):
        agree(http, couple[1], spouse, Purpose.TERMS)
        shows(2, "Other terms.")
        agree(http, couple[1], spouse, Purpose.TERMS)
        kept = http.get(address(couple[1]), headers=spouse).json["items"]
        assert [(one["version"], one["withdrawn_at"] is None) for one in kept] == [(2, True), (1, False)]
        assert offered(http, couple[1], spouse, Purpose.TERMS)["given"]

    def test_a_version_that_came_back_is_asked_for_again(self, http, couple, spouse, shows):
        shows(2, "Other terms.")
        agree(http, couple[1], spouse, Purpose.TERMS)
        shows(1, "The first terms.")
        assert not offered(http, couple[1], spouse, Purpose.TERMS)["given"]

    def test_other_words_under_a_number_that_was_used_before_are_asked_for(self, http, couple, spouse, shows):
        shows(2, "Other terms.")
        agree(http, couple[1], spouse, Purpose.TERMS)
        shows(2, "Terms of a third kind.")
        assert not offered(http, couple[1], spouse, Purpose.TERMS)["given"]

    def test_words_of_an_earlier_version_are_no_longer_agreed_to(self, http, couple, spouse, shows):
        words = offered(http, couple[1], spouse, Purpose.TERMS)["wording"]
        shows(2, "Other terms.")
        answer = agree(http, couple[1], spouse, Purpose.TERMS, words)
        assert (answer.status_code, answer.json["reason"]) == (409, "members.consent_wording_changed")

    def test_a_consent_without_a_version_is_not_ended_by_one(self, http, couple, spouse, shows):
        agree(http, couple[1], spouse, Purpose.WHATSAPP)
        shows(7, "Other terms.")
        offer = offered(http, couple[1], spouse, Purpose.WHATSAPP)
        assert (offer["version"], offer["given"]) == (None, True)
