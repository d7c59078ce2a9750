"""A complaint from the member's words to the answer, and back when the answer did not help."""

from datetime import date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from backend.access import Actor, Role, working_for
from backend.audit.models import AuditRecord
from backend.complaints import queries, service, tasks
from backend.errors import RuleRefused
from backend.kit import clock, ids
from backend.kit.deadlines import WorkCalendar, working_days_after, working_days_between
from backend.notifications.models import Notification
from tests.factories.accounts import headers_for
from tests.factories.claims import Household, make_claim, make_household

COMPLAINTS = "/api/v1/complaints"
CALENDAR = WorkCalendar("ID", joint_leave_free=True)
WORDS = "The clinic refused my card although it is active."


@pytest.fixture
def home(app) -> Household:
    return make_household()


def _lodge(http, home, **facts) -> dict:
    body = {"member_id": str(home.employee_id), "category": "provider", "text": WORDS, **facts}
    return http.post(COMPLAINTS, json=body, headers=home.headers).json


def _do(http, home, complaint, verb, role=Role.AGENT, **body):
    headers = home.headers if role is Role.MEMBER else home.staff(role)
    return http.post(f"{COMPLAINTS}/{complaint['id']}/{verb}", json=body, headers=headers)


def _days_from_today(home, day: str) -> int:
    return working_days_between(home.today(), date.fromisoformat(day), CALENDAR)


@pytest.mark.requirement("S0-94")
def test_a_complaint_has_its_number_and_deadlines_at_once(http, home):
    complaint = _lodge(http, home)
    assert complaint["number"].startswith("2")
    assert complaint["status"] == "received"
    assert _days_from_today(home, complaint["acknowledge_by"]) == 2
    assert _days_from_today(home, complaint["resolve_by"]) == 10
    assert [step["kind"] for step in complaint["steps"]] == ["received"]


def test_a_complaint_told_to_an_agent_has_the_shorter_clock(http, home):
    body = {"member_id": str(home.employee_id), "category": "agent", "text": WORDS, "spoken": True}
    complaint = http.post(COMPLAINTS, json=body, headers=home.staff(Role.AGENT)).json
    assert _days_from_today(home, complaint["resolve_by"]) == 5


def test_an_agent_says_how_the_complaint_came(http, home):
    body = {"member_id": str(home.employee_id), "text": WORDS, "spoken": True, "channel": "voice"}
    assert http.post(COMPLAINTS, json=body, headers=home.staff(Role.AGENT)).json["channel"] == "voice"


def test_what_a_member_writes_is_written_in_the_app(http, home):
    complaint = _lodge(http, home, spoken=True, channel="letter")
    assert (complaint["spoken"], complaint["channel"]) == (False, "app")


def test_a_retried_complaint_is_lodged_once(http, home):
    headers = {**home.headers, "Idempotency-Key": "one-tap"}
    body = {"member_id": str(home.employee_id), "text": WORDS}
    first = http.post(COMPLAINTS, json=body, headers=headers)
    again = http.post(COMPLAINTS, json=body, headers=headers)
    assert first.json["number"] == again.json["number"]


def test_a_complaint_names_the_claim_it_is_about(http, home):
    claim = make_claim(home, submitted=True)
    assert _lodge(http, home, claim_id=str(claim.id))["claim_id"] == str(claim.id)


def test_somebody_elses_claim_cannot_be_named(http, home):
    with working_for(home.client.id):
        other = make_household()
    claim = make_claim(other)
    body = {"member_id": str(home.employee_id), "text": WORDS, "claim_id": str(claim.id)}
    assert http.post(COMPLAINTS, json=body, headers=home.headers).status_code == 404


def test_every_step_can_be_read_by_the_member_except_internal_notes(http, home):
    complaint = _lodge(http, home)
    _do(http, home, complaint, "acknowledge", note="We are calling the clinic.")
    _do(http, home, complaint, "notes", note="Third complaint about this clinic.")
    _do(http, home, complaint, "resolve", outcome="upheld", note="The clinic has apologised and refunds you.")
    seen = http.get(f"{COMPLAINTS}/{complaint['id']}", headers=home.headers).json
    assert seen["status"] == "resolved"
    assert [step["kind"] for step in seen["steps"]] == ["received", "acknowledged", "resolved"]
    staff = http.get(f"{COMPLAINTS}/{complaint['id']}", headers=home.staff(Role.AGENT)).json
    assert [step["kind"] for step in staff["steps"]] == ["received", "acknowledged", "note", "resolved"]


def test_acknowledging_twice_is_acknowledging_once(http, home):
    complaint = _lodge(http, home)
    _do(http, home, complaint, "acknowledge")
    again = _do(http, home, complaint, "acknowledge")
    assert [step["kind"] for step in again.json["steps"]] == ["received", "acknowledged"]


def test_an_extension_is_given_once_with_words(http, home):
    complaint = _lodge(http, home)
    assert _do(http, home, complaint, "extend").status_code == 422
    extended = _do(http, home, complaint, "extend", reason="third_party", note="An old file.").json
    assert _days_from_today(home, extended["resolve_by"]) == 20
    refused = _do(http, home, complaint, "extend", reason="third_party")
    assert (refused.status_code, refused.json["reason"]) == (409, "complaints.already_extended")


def test_the_clock_stands_while_the_member_is_asked(http, home):
    complaint = _lodge(http, home)
    asked = _do(http, home, complaint, "request-information", note="Which day was it?").json
    assert asked["status"] == "information_requested"
    assert _days_from_today(home, asked["resolve_by"]) == 20
    told = _do(http, home, complaint, "information", Role.MEMBER, text="On Monday.").json
    assert told["status"] == "acknowledged"
    assert _days_from_today(home, told["resolve_by"]) == 10


def test_nothing_can_be_sent_that_nobody_asked_for(http, home):
    answer = _do(http, home, _lodge(http, home), "information", Role.MEMBER, text="One more thing.")
    assert (answer.status_code, answer.json["reason"]) == (409, "complaints.wrong_status")


def test_an_answer_that_did_not_help_reopens_with_everything_before_it(http, home):
    complaint = _lodge(http, home)
    _do(http, home, complaint, "resolve", outcome="upheld", note="Please try again.")
    _do(http, home, complaint, "close")
    again = _do(http, home, complaint, "reopen", Role.MEMBER, text="It was refused again.").json
    assert again["number"] == complaint["number"]
    assert again["reopened_count"] == 1
    assert _days_from_today(home, again["resolve_by"]) == 10
    assert [step["kind"] for step in again["steps"]] == ["received", "resolved", "closed", "reopened"]


def test_an_open_complaint_cannot_be_reopened(http, home):
    assert _do(http, home, _lodge(http, home), "reopen", Role.MEMBER, text="Hurry!").status_code == 409


@pytest.mark.parametrize("verb", ["acknowledge", "resolve", "extend", "close", "notes"])
def test_members_do_not_answer_themselves(http, home, verb):
    answer = _do(http, home, _lodge(http, home), verb, Role.MEMBER, note="Never mind")
    assert answer.status_code == 403


def test_another_family_finds_nothing(http, home):
    complaint = _lodge(http, home)
    stranger = headers_for(Role.MEMBER, home.client, (ids.new_id(),))
    assert http.get(f"{COMPLAINTS}/{complaint['id']}", headers=stranger).status_code == 404
    assert http.get(COMPLAINTS, headers=stranger).json["items"] == []
    assert http.get(f"{COMPLAINTS}?member_id={home.employee_id}", headers=stranger).status_code == 404


def test_a_complaint_is_found_by_the_number_somebody_read_out(http, home):
    complaint = _lodge(http, home)
    spoken = complaint["number"].replace("-", " ")
    found = http.get(f"{COMPLAINTS}?number={spoken}", headers=home.headers).json["items"]
    assert [item["id"] for item in found] == [complaint["id"]]


def test_the_words_of_a_complaint_reach_no_log(http, home):
    with capture_logs() as entries:
        _lodge(http, home)
    logged = str(entries)
    assert "complaints.Complaints" in logged
    assert WORDS[:20] not in logged


class TestTheClock:
    @pytest.fixture
    def late(self, home):
        """A written complaint that came in sixty days ago and was never answered."""
        moment = clock.now() - timedelta(days=60)
        with clock.at(moment), working_for(home.client.id, home.actor) as scope:
            return service.lodge(scope, home.employee_id, "service", WORDS, channel="whatsapp", spoken=False)

    def test_what_is_late_is_marked_once(self, home, late):
        for _ in range(2):
            with working_for(home.client.id) as scope:
                service.check_deadlines(scope)
        with working_for(home.client.id) as scope:
            assert queries.complaint(scope, late.id).overdue_at is not None
            kinds = [step.kind for step in queries.steps_of(scope, late.id)]
        assert kinds == ["received", "overdue", "escalated", "escalated"]

    def test_the_last_day_is_not_late(self, home):
        with working_for(home.client.id, home.actor) as scope:
            complaint = service.lodge(scope, home.employee_id, "service", WORDS, channel="app", spoken=False)
        evening = datetime.fromisoformat(f"{complaint.resolve_by}T23:30:00+07:00")
        with clock.at(evening), working_for(home.client.id) as scope:
            assert "overdue" not in service.check_deadlines(scope)
        with clock.at(evening + timedelta(hours=1)), working_for(home.client.id) as scope:
            assert service.check_deadlines(scope)["overdue"] == 1

    def test_what_is_late_is_not_extended(self, home, late):
        agent = Actor(Role.AGENT, id=ids.new_id())
        with working_for(home.client.id, agent) as scope, pytest.raises(RuleRefused) as refusal:
            service.extend(scope, late.id, "third_party")
        assert refusal.value.reason == "complaints.past_deadline"

    def test_the_nearest_deadline_leads_the_list_of_staff(self, http, home, late):
        fresh = _lodge(http, home)
        listed = http.get(f"{COMPLAINTS}/open", headers=home.staff(Role.AGENT)).json["items"]
        assert [item["id"] for item in listed] == [str(late.id), fresh["id"]]

    def test_the_contract_decides_whether_joint_leave_counts(self):
        home = make_household(sign_in=False, terms={"joint_leave_counts": True})
        with working_for(home.client.id, home.actor) as scope:
            complaint = service.lodge(scope, home.employee_id, "other", WORDS, channel="voice", spoken=True)
        assert complaint.resolve_by == working_days_after(home.today(), 5, WorkCalendar("ID"))

    def test_a_client_elsewhere_is_not_under_indonesian_rules(self):
        home = make_household(sign_in=False, country="MZ", currency="MZN", timezone="Africa/Maputo")
        with working_for(home.client.id, home.actor) as scope:
            complaint = service.lodge(scope, home.employee_id, "other", WORDS, channel="app", spoken=False)
        assert complaint.rule_set == "contract-default"

    def test_the_hourly_task_goes_through_every_client(self, home, late):
        tasks.check_deadlines(0)
        with working_for(home.client.id) as scope:
            assert queries.complaint(scope, late.id).overdue_at is not None


class TestNews:
    def _told(self, home) -> list[str]:
        with working_for(home.client.id) as scope:
            rows = scope.session.query(Notification).filter_by(client_id=home.client.id)
            return [row.event for row in rows.order_by("created_at")]

    def test_the_member_hears_of_every_step_that_concerns_them(self, http, home):
        complaint = _lodge(http, home)
        _do(http, home, complaint, "acknowledge")
        _do(http, home, complaint, "notes", note="Between us.")
        _do(http, home, complaint, "resolve", outcome="upheld", note="Settled.")
        assert self._told(home) == ["complaint_lodged", "complaint_step", "complaint_resolved"]

    def test_no_message_carries_the_words(self, http, home):
        _lodge(http, home)
        with working_for(home.client.id) as scope:
            (row,) = scope.session.query(Notification).filter_by(client_id=home.client.id)
        assert WORDS not in str(row.facts)

    def test_staff_who_read_a_complaint_are_on_the_members_record(self, http, home):
        complaint = _lodge(http, home)
        http.get(f"{COMPLAINTS}/{complaint['id']}", headers=home.staff(Role.CLAIMS))
        with working_for(home.client.id) as scope:
            rows = scope.session.query(AuditRecord).filter_by(client_id=home.client.id, action="read")
            assert [(row.actor_role, str(row.object_id)) for row in rows] == [("claims", complaint["id"])]
