"""Whose case it is, and what people write in it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.access import Role, working_for
from backend.helpline import service
from backend.kit import clock
from tests.factories.accounts import actor_for, headers_for, make_staff
from tests.factories.cases import make_case
from tests.factories.claims import make_household
from tests.factories.clients import make_client

CASES = "/api/v1/cases"


@pytest.fixture
def home(app):
    return make_household()


@pytest.fixture
def case(home):
    return make_case(home, filled={"form": "reimbursement_form", "claim_benefit": "outpatient"})


@pytest.fixture
def desk(http, home, case):
    """What somebody does with the case: an answer for each step."""

    class Desk:
        def __init__(self, role: Role = Role.AGENT, name: str = "Sari"):
            self.id = make_staff(home.client, role, name=name)
            self.headers = headers_for(role, home.client, staff_id=self.id)

        def does(self, step: str, **body):
            return http.post(f"{CASES}/{case.id}/{step}", json=body, headers=self.headers)

        def sees(self):
            return http.get(f"{CASES}/{case.id}", headers=self.headers).json

    return Desk


def test_a_case_given_back_waits_for_anybody(desk):
    sari, budi = desk(), desk(name="Budi")
    sari.does("take")
    given_back = sari.does("release").json
    assert (given_back["state"], given_back["assigned_to"]) == ("open", None)
    assert budi.does("take").json["assigned_to"]["name"] == "Budi"


@pytest.mark.parametrize("step", ["take", "release", "transfer", "reply", "close"])
def test_nobody_works_on_a_colleagues_case(desk, step):
    desk().does("take")
    body = {"transfer": {"note": "x"}, "reply": {"text": "x"}, "close": {"outcome": "x"}}.get(step, {})
    refused = desk(name="Budi").does(step, **body)
    assert (refused.status_code, refused.json["reason"]) == (409, "helpline.taken_by_other")


@pytest.mark.parametrize("step", ["release", "transfer", "close"])
def test_a_supervisor_moves_what_others_work_on(desk, step):
    desk().does("take")
    body = {"transfer": {"note": "x"}, "close": {"outcome": "x"}}.get(step, {})
    assert desk(Role.ADMIN).does(step, **body).status_code == 200


@pytest.mark.requirement("S0-93")
def test_a_transfer_keeps_everything_that_was_filled_in(desk, case):
    sari, budi = desk(), desk(name="Budi")
    sari.does("take")
    moved = sari.does("transfer", staff_id=str(budi.id), note="Asks about the amount").json
    assert moved["filled"] == {"form": "reimbursement_form", "claim_benefit": "outpatient"}
    assert (moved["state"], moved["assigned_to"]["name"]) == ("open", "Budi")
    assert moved["waiting_since"] == budi.sees()["waiting_since"]
    assert moved["events"][-1]["text"] == "Asks about the amount"


def test_a_transfer_for_a_language_asks_for_who_speaks_it(desk, home, case):
    desk().does("transfer", language="pt", note="Prefers Portuguese")
    with working_for(home.client.id) as scope:
        assert service.opening.queries.case(scope, case.id).language == "pt"


@pytest.mark.requirement("S0-92")
def test_a_transfer_to_the_doctors_queue_is_taken_by_a_doctor_only(desk):
    agent, doctor = desk(), desk(Role.DOCTOR, name="dr. Ayu")
    agent.does("transfer", desk="doctor", note="Fever for five days")
    refused = agent.does("take")
    assert (refused.status_code, refused.json["reason"]) == (409, "helpline.for_a_doctor")
    assert doctor.does("take").json["state"] == "taken"


def test_a_case_is_not_handed_to_who_has_no_desk(desk):
    refused = desk().does("transfer", staff_id=str(desk(Role.FINANCE).id), note="x")
    assert refused.json["reason"] == "helpline.cannot_receive"


def test_a_doctors_case_is_not_handed_to_an_agent(desk):
    refused = desk().does("transfer", desk="doctor", staff_id=str(desk().id), note="x")
    assert refused.json["reason"] == "helpline.cannot_receive"


def test_a_case_is_not_handed_to_staff_of_another_client(desk, app):
    stranger = make_staff(make_client(), Role.AGENT)
    assert desk().does("transfer", staff_id=str(stranger), note="x").status_code == 404


class TestReplies:
    """What the member reads."""

    def test_a_reply_makes_the_case_ones_own(self, desk):
        sari = desk()
        sari.does("reply", text="Good morning")
        shown = sari.sees()
        assert (shown["state"], shown["assigned_to"]["name"], shown["due_at"]) == ("taken", "Sari", None)

    @pytest.mark.requirement("S0-90")
    def test_the_first_reply_is_kept_for_the_figures(self, desk, home, case):
        before = clock.now()
        sari = desk()
        sari.does("reply", text="Good morning")
        sari.does("reply", text="Are you there?")
        with working_for(home.client.id) as scope:
            row = service.opening.queries.case(scope, case.id)
        assert before <= row.first_reply_at < row.waiting_since

    @pytest.mark.requirement("S0-95")
    def test_a_reply_to_an_old_state_is_not_sent_and_not_lost(self, desk):
        sari, budi = desk(), desk(name="Budi")
        version = budi.sees()["version"]
        sari.does("reply", text="It will be paid on Friday")
        sari.does("release")
        refused = budi.does("reply", text="We do not know yet", version=version)
        assert (refused.status_code, refused.json["reason"]) == (409, "helpline.stale")
        errors = refused.json["errors"]
        assert errors["text"] == "We do not know yet"
        assert [step["kind"] for step in errors["meanwhile"]] == ["taken", "replied", "released"]
        assert errors["meanwhile"][1]["text"] == "It will be paid on Friday"
        assert [step["text"] for step in budi.sees()["events"] if step["kind"] == "replied"] == [
            "It will be paid on Friday"
        ]
        assert budi.does("reply", text="As Sari said", version=errors["version"]).status_code == 201

    def test_ones_own_steps_make_nothing_stale(self, desk):
        sari = desk()
        version = sari.sees()["version"]
        sari.does("reply", text="One moment", version=version)
        sari.does("notes", text="looks fine")
        assert sari.does("reply", text="It is paid on Friday", version=version).status_code == 201

    def test_what_the_member_writes_meanwhile_makes_nothing_stale(self, desk, home, case):
        sari = desk()
        sari.does("take")
        version = sari.sees()["version"]
        with working_for(home.client.id, channel="whatsapp") as scope:
            service.join(scope, case.id, "hello?")
        assert sari.does("reply", text="Here I am", version=version).status_code == 201

    def test_a_word_of_the_member_after_the_reply_waits_again(self, desk, home, case):
        sari = desk()
        sari.does("reply", text="One moment")
        with working_for(home.client.id, channel="whatsapp") as scope:
            service.join(scope, case.id, "hello?")
        assert sari.sees()["due_at"] is not None

    def test_which_prepared_sentence_was_sent_is_kept(self, desk):
        sari = desk()
        sari.does("reply", text="One moment please", canned="canned_one_moment")
        assert sari.sees()["events"][-1]["facts"] == {"canned": "canned_one_moment"}


def test_what_is_still_to_do_becomes_a_case_of_its_own(desk, http):
    sari = desk()
    closed = sari.does("close", outcome="Explained", follow_up="Ask the hospital for the invoice").json
    items = http.get(CASES, headers=sari.headers).json["items"]
    assert [(item["reason"], item["state"]) for item in items] == [("follow_up", "open")]
    assert closed["events"][-1]["facts"] == {"follow_up": items[0]["number"]}


def test_of_two_who_take_at_once_one_has_it(home, case):
    people = [actor_for(Role.AGENT, home.client) for _ in range(4)]

    def take(actor) -> str:
        try:
            with working_for(home.client.id, actor) as scope:
                return str(service.take(scope, case.id)["assigned_to"]["id"])
        except Exception as refused:
            return getattr(refused, "reason", repr(refused))

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(take, people))
    assert sorted(outcomes)[1:] == ["helpline.taken_by_other"] * 3
