"""Who has a complaint, what it disputes, who must not see it, and where it goes outside."""

from uuid import UUID

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.claims.models import ClaimLine
from backend.complaints import queries
from backend.complaints.models import Complaint
from backend.kit import ids
from backend.notifications.models import Notification
from tests.factories.accounts import headers_for, make_staff
from tests.factories.cases import make_case
from tests.factories.claims import make_claim, make_household
from tests.factories.objects import OBJECTS
from tests.factories.providers import make_provider

COMPLAINTS = "/api/v1/complaints"


@pytest.fixture
def home(app):
    return make_household()


class Person:
    """Somebody of the staff with their headers."""

    def __init__(self, home, role, name="Sari", **facts):
        self.id = make_staff(home.client, role, name=name, **facts)
        self.headers = headers_for(role, home.client, staff_id=self.id)


@pytest.fixture
def sari(home):
    return Person(home, Role.AGENT)


@pytest.fixture
def budi(home):
    return Person(home, Role.AGENT, name="Budi")


@pytest.fixture
def ratna(home):
    return Person(home, Role.ADMIN, name="Ratna")


def _lodge(http, home, headers=None, **facts):
    body = {"member_id": str(home.employee_id), "text": "Nobody at the desk knew my card.", **facts}
    return http.post(COMPLAINTS, json=body, headers=headers or home.headers)


def _post(http, person, complaint, verb, **body):
    return http.post(f"{COMPLAINTS}/{complaint['id']}/{verb}", json=body, headers=person.headers)


def _seen(http, person, complaint):
    return http.get(f"{COMPLAINTS}/{complaint['id']}", headers=person.headers)


class TestSubject:
    def test_a_line_brings_its_claim_and_amount(self, http, home):
        claim = make_claim(home, submitted=True)
        line_id = ids.new_id()
        with working_for(home.client.id) as scope:
            scope.session.add(
                ClaimLine(
                    client_id=home.client.id,
                    id=line_id,
                    claim_id=claim.id,
                    position=1,
                    description="Paracetamol",
                    amount_minor=25_000_00,
                )
            )
        made = _lodge(http, home, claim_line_id=str(line_id)).json
        assert (made["claim_id"], made["claim_line_id"]) == (str(claim.id), str(line_id))
        assert made["amount"] == {"amount_minor": 25_000_00, "currency": "IDR"}

    def test_a_claim_that_is_not_the_lines_own_is_not_found(self, http, home):
        claim, other = make_claim(home, submitted=True), make_claim(home)
        line_id = ids.new_id()
        with working_for(home.client.id) as scope:
            row = ClaimLine(
                client_id=home.client.id, id=line_id, claim_id=claim.id, position=1, description="x", amount_minor=1
            )
            scope.session.add(row)
        assert _lodge(http, home, claim_line_id=str(line_id), claim_id=str(other.id)).status_code == 404

    def test_a_letter_and_a_provider_are_named(self, http, home):
        letter_id = OBJECTS["letter_id"](home)
        with working_for(home.client.id) as scope:
            provider_id = make_provider(scope).id
        made = _lodge(http, home, letter_id=str(letter_id), provider_id=str(provider_id)).json
        assert (made["letter_id"], made["provider_id"]) == (str(letter_id), str(provider_id))

    @pytest.mark.parametrize("kind", ["claim_id", "letter_id"])
    def test_what_concerns_another_member_is_not_found(self, http, home, sari, kind):
        theirs = OBJECTS[kind](home)
        body = {"member_id": str(home.child_id), "text": "It is wrong.", kind: str(theirs)}
        assert http.post(COMPLAINTS, json=body, headers=sari.headers).status_code == 404

    @pytest.mark.parametrize("kind", ["claim_id", "claim_line_id", "letter_id", "call_id", "provider_id"])
    def test_what_is_not_there_is_not_found(self, http, home, kind):
        assert _lodge(http, home, **{kind: str(ids.new_id())}).status_code == 404

    @pytest.mark.parametrize("kind", ["claim_id", "letter_id"])
    def test_what_belongs_to_another_client_is_not_found(self, http, home, kind):
        assert _lodge(http, home, **{kind: str(OBJECTS[kind](make_household()))}).status_code == 404

    def test_the_product_is_the_contracts(self, http, home):
        assert _lodge(http, home).json["product"] == "managed_care"

    def test_a_large_amount_comes_first(self, http, home):
        made = _lodge(http, home, amount={"amount_minor": 10_000_000_00, "currency": "IDR"}).json
        assert made["priority"] == "high"

    def test_an_amount_below_zero_is_a_wrong_shape(self, http, home):
        assert _lodge(http, home, amount={"amount_minor": -1, "currency": "IDR"}).status_code == 422

    def test_staff_correct_what_it_is_about(self, http, home, sari):
        claim = make_claim(home, submitted=True)
        complaint = _lodge(http, home).json
        address = f"{COMPLAINTS}/{complaint['id']}/subject"
        made = http.put(address, json={"category": "payment", "claim_id": str(claim.id)}, headers=sari.headers).json
        assert (made["category"], made["claim_id"]) == ("payment", str(claim.id))
        assert (
            http.put(
                address, json={"category": "payment", "claim_id": str(ids.new_id())}, headers=sari.headers
            ).status_code
            == 404
        )

    def test_another_priority_needs_a_reason_and_leaves_a_step_for_staff(self, http, home, sari):
        complaint = _lodge(http, home).json
        assert _post(http, sari, complaint, "priority", priority="urgent").status_code == 422
        made = _post(http, sari, complaint, "priority", priority="urgent", reason="She is on dialysis.").json
        assert made["priority"] == "urgent"
        assert made["steps"][-1]["note"] == "She is on dialysis."
        seen = http.get(f"{COMPLAINTS}/{complaint['id']}", headers=home.headers).json
        assert [step["kind"] for step in seen["steps"]] == ["received"]


class TestHandler:
    def test_whoever_takes_it_has_it(self, http, home, sari):
        complaint = _lodge(http, home).json
        made = _post(http, sari, complaint, "assign", staff_id=str(sari.id)).json
        assert made["handler"] == {"id": str(sari.id), "name": "Sari"}
        mine = http.get(f"{COMPLAINTS}/open?mine=true", headers=sari.headers).json["items"]
        assert [item["id"] for item in mine] == [complaint["id"]]
        assert http.get(f"{COMPLAINTS}/open?unassigned=true", headers=sari.headers).json["items"] == []

    def test_what_another_has_is_taken_by_a_supervisor_only(self, http, home, sari, budi, ratna):
        complaint = _lodge(http, home).json
        _post(http, sari, complaint, "assign", staff_id=str(sari.id))
        refused = _post(http, budi, complaint, "assign", staff_id=str(budi.id))
        assert (refused.status_code, refused.json["reason"]) == (409, "complaints.taken_by_another")
        assert _post(http, ratna, complaint, "assign", staff_id=str(budi.id)).json["handler"]["name"] == "Budi"

    def test_who_has_it_hands_it_over_and_the_colleague_hears(self, http, home, sari, budi):
        complaint = _lodge(http, home).json
        _post(http, sari, complaint, "assign", staff_id=str(sari.id))
        _post(http, sari, complaint, "assign", staff_id=str(budi.id))
        with working_for(home.client.id) as scope:
            told = (
                scope.session.query(Notification).filter_by(client_id=home.client.id, event="complaint_assigned").all()
            )
        assert [row.staff_id for row in told] == [budi.id]

    @pytest.mark.parametrize("role", [Role.DOCTOR, Role.HR, Role.FINANCE])
    def test_only_who_answers_complaints_can_have_one(self, http, home, ratna, role):
        refused = _post(http, ratna, _lodge(http, home).json, "assign", staff_id=str(make_staff(home.client, role)))
        assert refused.json["reason"] == "complaints.not_a_handler"

    def test_staff_of_another_client_are_not_found(self, http, home, ratna):
        stranger = make_staff(make_household().client, Role.AGENT)
        assert _post(http, ratna, _lodge(http, home).json, "assign", staff_id=str(stranger)).status_code == 404


@pytest.mark.requirement("S0-94")
class TestConflictOfInterest:
    @pytest.fixture
    def about_sari(self, http, home, sari, ratna):
        complaint = _lodge(http, home, category="service").json
        http.put(
            f"{COMPLAINTS}/{complaint['id']}/respondents", json={"staff_ids": [str(sari.id)]}, headers=ratna.headers
        )
        return complaint

    def test_whom_it_is_about_finds_it_nowhere(self, http, home, sari, budi, about_sari):
        assert _seen(http, sari, about_sari).status_code == 404
        lists = ("", f"?member_id={home.employee_id}", f"?number={about_sari['number']}", "/open")
        for listed in lists:
            assert http.get(f"{COMPLAINTS}{listed}", headers=sari.headers).json["items"] == []
            assert len(http.get(f"{COMPLAINTS}{listed}", headers=budi.headers).json["items"]) == 1

    def test_it_is_missing_beside_the_thread_too(self, http, home, sari, budi, about_sari):
        case_id = make_case(home).id
        shown = {
            each: http.get(f"/api/v1/cases/{case_id}/member", headers=each.headers).json["complaints"]
            for each in (sari, budi)
        }
        assert shown[sari] == []
        assert [one["number"] for one in shown[budi]] == [about_sari["number"]]

    @pytest.mark.parametrize(
        ("verb", "body"),
        [
            ("acknowledge", {}),
            ("notes", {"note": "It was not me."}),
            ("resolve", {"note": "It was not me.", "outcome": "rejected"}),
            ("extend", {"reason": "third_party"}),
            ("escalate", {"reason": "because"}),
            ("close", {}),
        ],
    )
    def test_whom_it_is_about_does_nothing_with_it(self, http, sari, about_sari, verb, body):
        assert _post(http, sari, about_sari, verb, **body).status_code == 404

    def test_nobody_can_give_it_to_them(self, http, ratna, sari, about_sari):
        refused = _post(http, ratna, about_sari, "assign", staff_id=str(sari.id))
        assert (refused.status_code, refused.json["reason"]) == (409, "complaints.conflict_of_interest")

    def test_it_leaves_the_hands_of_whom_it_turns_out_to_be_about(self, http, home, sari, ratna):
        complaint = _lodge(http, home).json
        _post(http, sari, complaint, "assign", staff_id=str(sari.id))
        http.put(
            f"{COMPLAINTS}/{complaint['id']}/respondents", json={"staff_ids": [str(sari.id)]}, headers=ratna.headers
        )
        assert _seen(http, ratna, complaint).json["handler"] is None

    def test_a_supervisor_complained_about_is_not_told_either(self, http, home, ratna):
        complaint = _lodge(http, home).json
        chief = Person(home, Role.ADMIN, name="Chief")
        http.put(
            f"{COMPLAINTS}/{complaint['id']}/respondents", json={"staff_ids": [str(ratna.id)]}, headers=chief.headers
        )
        _post(http, chief, complaint, "escalate", reason="It concerns a supervisor.")
        with working_for(home.client.id) as scope:
            told = (
                scope.session.query(Notification).filter_by(client_id=home.client.id, event="complaint_escalated").all()
            )
        assert [row.staff_id for row in told] == [chief.id]

    def test_who_was_named_by_mistake_sees_it_again(self, http, sari, ratna, about_sari):
        http.put(f"{COMPLAINTS}/{about_sari['id']}/respondents", json={"staff_ids": []}, headers=ratna.headers)
        assert _seen(http, sari, about_sari).status_code == 200

    def test_a_complaint_about_the_agent_is_kept_from_who_served_lately(self, http, home, sari, budi):
        http.post(f"/api/v1/cases/{make_case(home).id}/take", headers=sari.headers)
        complaint = _lodge(http, home, category="agent").json
        assert _seen(http, sari, complaint).status_code == 404
        assert http.get(f"{COMPLAINTS}/open", headers=sari.headers).json["items"] == []
        assert _seen(http, budi, complaint).json["respondents"] == [{"id": str(sari.id), "name": "Sari"}]

    def test_an_agent_who_writes_down_a_complaint_about_themselves_keeps_it_not(self, http, home, sari):
        http.post(f"/api/v1/cases/{make_case(home).id}/take", headers=sari.headers)
        lodged = _lodge(http, home, headers=sari.headers, category="agent", spoken=True, channel="voice")
        assert lodged.status_code == 201
        assert _seen(http, sari, lodged.json).status_code == 404

    def test_the_front_desk_of_the_provider_complained_about_cannot_have_it(self, http, home, ratna):
        with working_for(home.client.id) as scope:
            provider_id = make_provider(scope).id
        desk = make_staff(home.client, Role.AGENT, name="Desk", provider_id=provider_id)
        complaint = _lodge(http, home, provider_id=str(provider_id)).json
        assert (
            _post(http, ratna, complaint, "assign", staff_id=str(desk)).json["reason"]
            == "complaints.conflict_of_interest"
        )
        headers = headers_for(Role.AGENT, home.client, staff_id=desk, provider_id=provider_id)
        assert http.get(f"{COMPLAINTS}/{complaint['id']}", headers=headers).status_code == 404
        assert http.get(f"{COMPLAINTS}/open", headers=headers).json["items"] == []

    def test_the_member_never_reads_names_of_staff(self, http, home, about_sari):
        seen = http.get(f"{COMPLAINTS}/{about_sari['id']}", headers=home.headers).json
        assert "respondents" not in seen
        assert "handler" not in seen
        assert [step["kind"] for step in seen["steps"]] == ["received"]


class TestOutside:
    def _refer(self, http, person, complaint, day, **facts):
        body = {"body": "laps_sjk", "number": "LAPS/2026/7", "referred_on": day.isoformat(), **facts}
        return _post(http, person, complaint, "refer", **body)

    def test_a_referral_stands_with_its_date_and_number(self, http, home, sari):
        complaint = _lodge(http, home).json
        for _ in range(2):
            made = self._refer(http, sari, complaint, home.today())
        kept = {"body": "laps_sjk", "number": "LAPS/2026/7", "referred_on": home.today().isoformat()}
        assert made.json["referrals"] == [kept]
        seen = http.get(f"{COMPLAINTS}/{complaint['id']}", headers=home.headers).json
        assert seen["referrals"] == [kept]
        assert [step["kind"] for step in seen["steps"]] == ["received", "referred"]

    @pytest.mark.parametrize("days", [-1, 1])
    def test_a_referral_lies_between_the_complaint_and_today(self, http, home, sari, days):
        complaint = _lodge(http, home).json
        refused = self._refer(http, sari, complaint, home.today().fromordinal(home.today().toordinal() + days))
        assert refused.json["reason"] == "complaints.referred_when"

    def test_a_closed_complaint_may_still_go_outside_without_a_step(self, http, home, sari):
        complaint = _lodge(http, home).json
        _post(http, sari, complaint, "resolve", note="We keep to it.", outcome="rejected")
        _post(http, sari, complaint, "close")
        made = self._refer(http, sari, complaint, home.today()).json
        assert len(made["referrals"]) == 1
        assert made["steps"][-1]["kind"] == "closed"


def test_an_answer_says_what_came_of_it_and_what_the_member_gets(http, home, sari):
    complaint = _lodge(http, home).json
    assert _post(http, sari, complaint, "resolve", note="Settled.").status_code == 422
    _post(
        http, sari, complaint, "resolve", note="The line is paid.", outcome="partly", redress="Rp 25.000 on 1 December"
    )
    seen = http.get(f"{COMPLAINTS}/{complaint['id']}", headers=home.headers).json
    assert (seen["outcome"], seen["redress"], seen["next_deadline"]) == ("partly", "Rp 25.000 on 1 December", None)


def test_escalating_by_hand_climbs_one_level_at_a_time_to_the_top(http, home, sari, ratna):
    complaint = _lodge(http, home).json
    for level in (2, 3):
        assert _post(http, sari, complaint, "escalate", reason="The member is very upset.").json["level"] == level
    refused = _post(http, sari, complaint, "escalate", reason="Higher!")
    assert (refused.status_code, refused.json["reason"]) == (409, "complaints.top_level")
    listed = http.get(f"{COMPLAINTS}/open?level=3", headers=ratna.headers).json["items"]
    assert [item["id"] for item in listed] == [complaint["id"]]


def test_what_staff_do_is_on_the_members_access_record(http, home, sari):
    complaint = _lodge(http, home).json
    _post(http, sari, complaint, "assign", staff_id=str(sari.id))
    _post(http, sari, complaint, "extend", reason="other_office")
    _post(http, sari, complaint, "request-information", note="Which day was it?")
    with working_for(home.client.id) as scope:
        wanted = select(AuditRecord.fields).where(
            AuditRecord.client_id == home.client.id,
            AuditRecord.object_id == UUID(complaint["id"]),
            AuditRecord.action == "update",
            AuditRecord.member_id == home.employee_id,
        )
        done = {field for fields in scope.session.scalars(wanted) for field in fields}
    assert done == {"assigned", "extended", "information_requested"}


def test_the_row_of_another_clients_complaint_is_out_of_reach(home):
    other = make_household()
    complaint_id = OBJECTS["complaint_id"](other)
    with working_for(home.client.id) as scope:
        assert scope.session.get(Complaint, (other.client.id, complaint_id)) is None
        assert queries.open_by_deadline(scope, 10) == []
