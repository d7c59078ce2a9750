"""The private calendar over HTTP: made, read, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import select

from backend.access import Role, working_for
from backend.calendars import routes
from backend.calendars.models import CalendarFeed
from backend.claims import service as claims
from backend.clients.registry import ClientFacts
from backend.complaints import service as complaints
from backend.complaints.models import Outcome
from backend.kit import clock
from backend.kit.rate import RateLimit
from backend.members.models import Member
from tests.factories.accounts import headers_for, make_identity
from tests.factories.claims import Household, make_claim, make_household
from tests.factories.guarantees import make_letter, make_patient
from tests.query_counter import counted_queries

_serial = iter(range(10_000))


@dataclass
class Subscriber:
    """A household whose employee signs in with their own number."""

    household: Household
    headers: dict[str, str]

    def subscribe(self, http) -> str:
        """The path of a new feed."""
        return urlsplit(http.post("/api/v1/me/calendar", headers=self.headers).json["url"]).path


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    monkeypatch.setattr(routes, "_BY_ADDRESS", RateLimit(60, seconds=3600))
    monkeypatch.setattr(routes, "_STRANGERS", RateLimit(30, seconds=60))


def sign_in(household: Household, **facts) -> Subscriber:
    phone = f"+628139{next(_serial):06}"
    with working_for(household.client.id) as scope:
        person = scope.session.get_one(Member, (household.client.id, household.employee_id))
        person.phone = phone
        for name, value in facts.items():
            setattr(person, name, value)
    identity = make_identity(household.client, phone)
    members = (household.employee_id, household.child_id)
    return Subscriber(household, headers_for(Role.MEMBER, household.client, members, identity_id=identity))


@pytest.fixture
def subscriber(app) -> Subscriber:
    return sign_in(make_household(), language="en")


def events(http, path: str) -> dict[str, tuple[str, str]]:
    answer = http.get(path)
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    return {str(event["summary"]): (event.decoded("dtstart").isoformat(), str(event["status"])) for event in found}


def complain(household: Household, **changes):
    values = {"channel": "app", "spoken": False} | changes
    with working_for(household.client.id, household.actor, channel="app") as scope:
        return complaints.lodge(
            scope, household.employee_id, "service", "The clinic was rude about my HIV test", **values
        )


def test_a_complaint_stands_in_it_with_our_days_and_is_cancelled_once_answered(http, subscriber):
    path = subscriber.subscribe(http)
    complaint = complain(subscriber.household)
    title = f"Complaint {complaint.number}: we answer by today"
    assert events(http, path)[title] == (complaint.resolve_by.isoformat(), "CONFIRMED")
    with working_for(subscriber.household.client.id) as scope:
        complaints.resolve(scope, complaint.id, "Sorry", Outcome.UPHELD)
    assert events(http, path)[title] == (complaint.resolve_by.isoformat(), "CANCELLED")
    with clock.at(clock.now() + timedelta(days=31)):
        assert title not in events(http, path)


def test_a_day_that_moves_keeps_its_uid_and_counts_up(http, subscriber):
    path = subscriber.subscribe(http)
    complaint = complain(subscriber.household)

    def answer_day():
        found = Calendar.from_ical(http.get(path).data).walk("VEVENT")
        return next(event for event in found if "answer" in str(event["uid"]))

    before = answer_day()
    with working_for(subscriber.household.client.id) as scope:
        complaints.acknowledge(scope, complaint.id)
        complaints.extend(scope, complaint.id, "third_party")
    after = answer_day()
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") > before.decoded("dtstart")
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstamp") >= before.decoded("dtstamp")


def test_what_we_asked_for_stands_in_it_until_it_came(http, subscriber):
    path = subscriber.subscribe(http)
    complaint = complain(subscriber.household)
    title = f"Complaint {complaint.number}: last day to send what was asked for"
    with working_for(subscriber.household.client.id) as scope:
        complaints.request_information(scope, complaint.id, "The receipt, please")
    assert events(http, path)[title][1] == "CONFIRMED"
    with working_for(subscriber.household.client.id, subscriber.household.actor) as scope:
        complaints.supply_information(scope, complaint.id, "Here it is")
    assert title not in events(http, path)


def test_a_returned_claim_of_a_child_stands_in_the_parents_calendar(http, subscriber):
    path = subscriber.subscribe(http)
    household = subscriber.household
    claim = make_claim(household, submitted=True, member_id=household.child_id)
    with working_for(household.client.id) as scope:
        returned = claims.return_claim(scope, claim.id, ["original_receipt"], "Unreadable")
    title = f"Claim {claim.number}: last day to send documents"
    assert events(http, path)[title] == (returned.resubmit_by.isoformat(), "CONFIRMED")


def test_a_letter_says_until_when_to_show_the_card(http, app):
    client: ClientFacts
    client, member_id = make_patient(language="pt", phone="+628137000001")
    identity = make_identity(client, "+628137000001")
    headers = headers_for(Role.MEMBER, client, (member_id,), identity_id=identity)
    path = urlsplit(http.post("/api/v1/me/calendar", headers=headers).json["url"]).path
    letter = make_letter(client, member_id, issued=True)
    # The client speaks Indonesian and English; a member who reads Portuguese gets its first language.
    assert f"Surat jaminan {letter.number}: hari terakhir menunjukkan kartu" in events(http, path)


def test_nothing_medical_or_personal_stands_in_it(http, subscriber):
    path = subscriber.subscribe(http)
    complain(subscriber.household)
    make_claim(subscriber.household, submitted=False)
    text = http.get(path).text
    amount = ("350.000", "350,000", "350000")  # never bare digits: ids, numbers and times are full of them
    for secret in ("HIV", "rude", "Member", "Melati", "outpatient", "+62", *amount):
        assert secret not in text


def test_asking_again_with_the_tag_costs_no_body(http, subscriber):
    path = subscriber.subscribe(http)
    complaint = complain(subscriber.household)
    first = http.get(path)
    again = http.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with working_for(subscriber.household.client.id) as scope:
        complaints.acknowledge(scope, complaint.id)
    assert http.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_it_is_answered_as_a_calendar_that_nobody_shares(http, subscriber):
    answer = http.get(subscriber.subscribe(http))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_new_address_ends_the_one_before_and_switching_off_ends_it_at_once(http, subscriber):
    first, second = subscriber.subscribe(http), subscriber.subscribe(http)
    assert (http.get(first).status_code, http.get(second).status_code) == (404, 200)
    state = http.get("/api/v1/me/calendar", headers=subscriber.headers).json
    assert state["active"] is True
    for _ in range(2):
        assert http.delete("/api/v1/me/calendar", headers=subscriber.headers).status_code == 204
    assert http.get(second).status_code == 404
    assert http.get("/api/v1/me/calendar", headers=subscriber.headers).json == {"active": False, "created_at": None}


def test_only_a_digest_of_the_address_is_kept(http, subscriber):
    token = subscriber.subscribe(http).removeprefix("/calendar/").removesuffix(".ics")
    with working_for(subscriber.household.client.id) as scope:
        kept = scope.session.scalars(select(CalendarFeed.digest)).all()
    assert all(token.encode() not in row for row in kept)
    assert all(len(row) == 32 for row in kept)


def test_somebody_who_left_long_ago_has_no_calendar_any_more(http, subscriber):
    path = subscriber.subscribe(http)
    household = subscriber.household
    with working_for(household.client.id) as scope:
        for member_id in (household.employee_id, household.child_id):
            scope.session.get_one(Member, (household.client.id, member_id)).left_on = household.today() - timedelta(800)
    assert http.get(path).status_code == 404


def test_an_address_is_read_so_often_and_not_more(http, subscriber, monkeypatch):
    monkeypatch.setattr(routes, "_BY_ADDRESS", RateLimit(2, seconds=3600))
    path = subscriber.subscribe(http)
    assert [http.get(path).status_code for _ in range(3)] == [200, 200, 429]
    assert int(http.get(path).headers["Retry-After"]) > 0


def test_guessing_addresses_is_slowed_down(http, subscriber, monkeypatch):
    monkeypatch.setattr(routes, "_STRANGERS", RateLimit(2, seconds=60))
    path = subscriber.subscribe(http)
    wrong = path[:-8] + ("AAAA" if path[-8:-4] != "AAAA" else "BBBB") + ".ics"
    assert [http.get(wrong).status_code for _ in range(3)] == [404, 404, 429]
    assert http.get("/calendar/short.ics").status_code == 429
    assert http.get(path).status_code == 200


@pytest.mark.parametrize("role", [Role.HR, Role.AGENT, Role.ADMIN])
def test_staff_have_no_calendar(http, subscriber, role):
    assert http.post("/api/v1/me/calendar", headers=subscriber.household.staff(role)).status_code == 403


def test_many_matters_cost_as_many_questions_as_few(http, subscriber):
    path = subscriber.subscribe(http)
    complain(subscriber.household)
    http.get(path)
    with counted_queries() as few:
        http.get(path)
    for _ in range(5):
        complain(subscriber.household)
        make_claim(subscriber.household)
    with counted_queries() as many:
        http.get(path)
    assert len(many) == len(few) <= 12
