"""What the desk shows: the queue in its order, a case, its thread, the member beside it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.helpline.models import HelplineCase
from backend.kit import clock
from backend.members import identity
from backend.members.models import Member
from tests.factories.accounts import actor_for, headers_for, make_staff
from tests.factories.cases import make_case, make_message, make_messages
from tests.factories.claims import make_claim, make_household
from tests.factories.members import make_card
from tests.factories.referrals import referral_of
from tests.factories.staffing import put_on_duty, set_hours
from tests.query_counter import counted_queries

CASES = "/api/v1/cases"
NIK = "3174011705900001"


@pytest.fixture
def home(app):
    return make_household()


@pytest.fixture
def sari(home):
    """An agent."""
    staff_id = make_staff(home.client, Role.AGENT, name="Sari")
    return headers_for(Role.AGENT, home.client, staff_id=staff_id)


@pytest.fixture
def doctor(home):
    return headers_for(Role.DOCTOR, home.client)


def _numbers(answer) -> list[str]:
    return [item["number"] for item in answer.json["items"]]


@pytest.mark.requirement("S0-90")
def test_the_most_urgent_comes_first_then_who_has_waited_longest(http, home, sari):
    now = clock.now()
    made = {}
    for name, priority, minutes in [("b", "normal", 9), ("c", "normal", 5), ("a", "urgent", 1), ("z", "high", 30)]:
        with clock.at(now - timedelta(minutes=minutes)):
            made[make_case(home, priority=priority).number] = name
    shown = [made[number] for number in _numbers(http.get(CASES, headers=sari))]
    assert shown == ["a", "z", "b", "c"]


@pytest.mark.requirement("S0-90")
def test_a_case_says_until_when_somebody_answers(http, home, sari):
    make_case(home, priority="high")
    item = http.get(CASES, headers=sari).json["items"][0]
    with working_for(home.client.id) as scope:
        row = scope.session.scalars(select(HelplineCase).where(HelplineCase.client_id == scope.client_id)).one()
    assert row.due_at - row.waiting_since == timedelta(minutes=15)
    assert item["due_at"] is not None


@pytest.mark.requirement("S2-55", "S0-90")
def test_a_case_of_a_closed_desk_is_due_after_it_opens_and_an_emergency_at_once(home):
    friday_night = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    week = [{"weekday": day, "opens": time(8, 30), "closes": time(18, 30)} for day in range(5)]
    set_hours(home.client, "helpline", week)

    with clock.at(friday_night):
        ordinary, urgent = make_case(home), make_case(home, priority="urgent")

    assert ordinary.due_at == datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
    assert urgent.due_at == urgent.waiting_since + timedelta(minutes=2)


def test_handed_to_a_desk_that_is_open_a_case_is_due_by_that_desk(http, home, sari):
    week = [{"weekday": day, "opens": time(8, 30), "closes": time(18, 30)} for day in range(5)]
    set_hours(home.client, "helpline", week)
    night = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    with clock.at(night):
        case = make_case(home)
        body = {"desk": "doctor", "note": "Fever"}
        moved = http.post(f"{CASES}/{case.id}/transfer", json=body, headers=sari).json
    due, since = (datetime.fromisoformat(moved[name]) for name in ("due_at", "waiting_since"))
    assert due - since == timedelta(hours=1)


def test_pages_follow_each_other_without_gap(http, home, sari):
    wanted = {make_case(home).number for _ in range(5)}
    met, cursor = [], ""
    while cursor is not None:
        answer = http.get(f"{CASES}?limit=2{cursor and f'&cursor={cursor}'}", headers=sari)
        met += _numbers(answer)
        cursor = answer.json["next_cursor"]
    assert (len(met), set(met)) == (5, wanted)


def test_a_strange_cursor_is_refused(http, home, sari):
    assert http.get(f"{CASES}?cursor=bm90aGluZw==", headers=sari).json["reason"] == "request.bad_cursor"


def test_a_case_shows_member_last_word_and_what_is_unread(http, home, sari):
    case = make_case(home, words="my bill is wrong")
    item = http.get(CASES, headers=sari).json["items"][0]
    assert item["member"]["id"] == str(home.employee_id)
    assert (item["last_message"]["text"], item["last_message"]["author"]) == ("my bill is wrong", "member")
    assert item["unread"] == 1
    assert http.post(f"{CASES}/{case.id}/seen", headers=sari).status_code == 204
    assert http.get(CASES, headers=sari).json["items"][0]["unread"] == 0


def test_what_a_colleague_has_read_is_still_unread_for_me(http, home, sari):
    case = make_case(home)
    http.post(f"{CASES}/{case.id}/seen", headers=headers_for(Role.AGENT, home.client))
    assert http.get(CASES, headers=sari).json["items"][0]["unread"] == 1


def test_the_language_is_the_one_the_member_writes_now(http, home, sari):
    case = make_case(home, language="pt")
    assert http.get(f"{CASES}/{case.id}", headers=sari).json["language"] == "pt"


def test_filters_choose_desk_state_and_mine(http, home, sari):
    first, second = make_case(home), make_case(home, reason="doctor")
    http.post(f"{CASES}/{first.id}/take", headers=sari)
    chosen = {
        query: _numbers(http.get(f"{CASES}?{query}", headers=sari))
        for query in ("desk=doctor", "state=taken", "mine=true", "state=open", "state=closed")
    }
    assert chosen == {
        "desk=doctor": [second.number],
        "state=taken": [first.number],
        "mine=true": [first.number],
        "state=open": [second.number],
        "state=closed": [],
    }


@pytest.mark.requirement("S0-92")
def test_who_asks_for_a_doctor_waits_in_the_doctors_queue(http, home, doctor):
    make_case(home)
    case = make_case(home, reason="doctor", priority="high")
    assert _numbers(http.get(CASES, headers=doctor)) == [case.number]


@pytest.mark.requirement("S0-92")
def test_a_doctor_sees_a_helpline_case_only_once_it_was_handed_over(http, home, sari):
    case, doctor_id = make_case(home), make_staff(home.client, Role.DOCTOR, name="dr. Ayu")
    doctor = headers_for(Role.DOCTOR, home.client, staff_id=doctor_id)
    before = http.get(f"{CASES}/{case.id}", headers=doctor).status_code
    body = {"staff_id": str(doctor_id), "note": "Chest pain since Monday"}
    assert http.post(f"{CASES}/{case.id}/transfer", json=body, headers=sari).status_code == 200
    assert (before, http.get(f"{CASES}/{case.id}", headers=doctor).status_code) == (404, 200)


def test_a_thread_of_500_messages_opens_in_one_statement(http, home, sari):
    case = make_case(home)
    with working_for(home.client.id) as scope:
        make_messages(scope, case.conversation_id, 500, clock.now() - timedelta(hours=1))
    costs = []
    for limit in (1, 50, 100):
        with counted_queries() as seen:
            answer = http.get(f"{CASES}/{case.id}/thread?limit={limit}", headers=sari)
        assert len(answer.json["items"]) == limit
        costs.append(len(seen))
    # The opening, the case, the page, the record of the look.
    assert costs == [4, 4, 4]


def test_a_thread_is_read_backwards_and_complete(http, home, sari):
    case = make_case(home)
    with working_for(home.client.id) as scope:
        make_messages(scope, case.conversation_id, 45, clock.now() - timedelta(hours=1))
    met, cursor = [], ""
    while cursor is not None:
        answer = http.get(f"{CASES}/{case.id}/thread?limit=20{cursor and f'&cursor={cursor}'}", headers=sari)
        met = [item["text"] for item in answer.json["items"]] + met
        cursor = answer.json["next_cursor"]
    assert met == [*(f"message {number}" for number in range(45)), "I need a person"]


def test_addresses_of_photos_at_the_vendor_stay_inside(http, home, sari):
    case = make_case(home)
    with working_for(home.client.id) as scope:
        make_message(scope, case.conversation_id, "", media=[{"url": "https://vendor.example/x"}, {"document_id": "1"}])
    items = http.get(f"{CASES}/{case.id}/thread", headers=sari).json["items"]
    assert items[-1]["media"] == [{"document_id": "1"}]


def test_colleagues_see_who_looks_and_who_types_for_twenty_seconds(http, home, sari):
    case = make_case(home)
    budi = headers_for(Role.AGENT, home.client, staff_id=make_staff(home.client, Role.AGENT, name="Budi"))
    now = clock.now()
    with clock.at(now):
        assert http.post(f"{CASES}/{case.id}/watch", json={"typing": True}, headers=budi).json == {"watchers": []}
        watchers = http.get(f"{CASES}/{case.id}", headers=sari).json["watchers"]
        own = http.get(f"{CASES}/{case.id}", headers=budi).json["watchers"]
    with clock.at(now + timedelta(seconds=21)):
        later = http.get(f"{CASES}/{case.id}", headers=sari).json["watchers"]
    assert [(one["name"], one["typing"]) for one in watchers] == [("Budi", True)]
    assert (own, later) == ([], [])


class TestMemberPanel:
    """Who the case is about."""

    @pytest.fixture
    def case(self, home):
        with working_for(home.client.id) as scope:
            make_card(scope, home.employee_id, number="900000001234")
            person = scope.session.get_one(Member, (home.client.id, home.employee_id))
            person.phone = "+6281234567001"
            person.national_id_cipher = identity.sealed(person.id, NIK)
        make_claim(home, submitted=True)
        return make_case(home)

    @pytest.mark.requirement("S0-93")
    def test_card_claims_and_cover_stand_beside_the_thread(self, http, case, sari):
        shown = http.get(f"{CASES}/{case.id}/member", headers=sari).json
        assert shown["card"] == {"status": "active", "ending": "1234"}
        assert shown["member"]["status"] == "covered"
        assert len(shown["claims"]) == 1

    @pytest.mark.requirement("S0-93")
    def test_referrals_stand_there_with_where_to_and_until_when_not_what_for(self, http, home, case, sari):
        code = referral_of(home)
        (one,) = http.get(f"{CASES}/{case.id}/member", headers=sari).json["referrals"]
        assert (one["code"], one["specialty"], one["state"]) == (code, "INT", "issued")
        assert one["valid_until"] > home.today().isoformat()
        assert not {"diagnosis", "condition", "doctor"} & set(one)

    def test_phone_and_national_id_are_masked(self, http, case, sari):
        answer = http.get(f"{CASES}/{case.id}/member", headers=sari)
        assert answer.json["member"]["phone_masked"] == "+62 ••• 001"
        assert answer.json["member"]["national_id_masked"] == "••• 001"
        assert "+6281234567001" not in answer.text
        assert NIK not in answer.text

    @pytest.mark.parametrize(("field", "value"), [("phone", "+6281234567001"), ("national_id", NIK)])
    def test_a_reveal_gives_one_field_and_leaves_a_trace(self, http, case, sari, field, value):
        body = {"field": field, "why": "to call the hospital back"}
        assert http.post(f"{CASES}/{case.id}/member/reveal", json=body, headers=sari).json == {"value": value}
        with working_for(case.client_id) as scope:
            found = scope.session.scalars(select(AuditRecord).where(AuditRecord.action == "revealed")).all()
        assert [(row.fields, row.member_id) for row in found] == [([field], case.member_id)]
        events = http.get(f"{CASES}/{case.id}", headers=sari).json["events"]
        assert (events[-1]["kind"], events[-1]["text"]) == ("revealed", "to call the hospital back")

    def test_nothing_is_revealed_without_a_reason(self, http, case, sari):
        refused = http.post(f"{CASES}/{case.id}/member/reveal", json={"field": "phone", "why": ""}, headers=sari)
        assert refused.status_code == 422

    def test_of_somebody_unverified_nothing_is_known(self, http, home, sari):
        case = make_case(home, verified=False)
        assert http.get(f"{CASES}/{case.id}/member", headers=sari).json["member"] is None
        body = {"field": "phone", "why": "to call back"}
        refused = http.post(f"{CASES}/{case.id}/member/reveal", json=body, headers=sari)
        assert (refused.status_code, refused.json["reason"]) == (409, "helpline.no_member")


def test_every_look_is_recorded(http, home):
    actor = actor_for(Role.AGENT, home.client)
    headers = headers_for(Role.AGENT, home.client, staff_id=actor.id)
    case = make_case(home)
    for path in ("", "/thread", "/member"):
        http.get(f"{CASES}/{case.id}{path}", headers=headers)
    with working_for(home.client.id) as scope:
        rows = scope.session.scalars(select(AuditRecord.object_type).where(AuditRecord.actor_id == actor.id)).all()
    assert sorted(rows) == ["conversation", "helpline_case", "member"]


@pytest.mark.requirement("S0-89")
@pytest.mark.parametrize(("language", "word"), [("id", "Kartu"), ("en", "card"), ("pt", "cartão")])
def test_prepared_sentences_speak_the_members_language_and_the_clients_name(http, home, sari, language, word):
    items = http.get(f"/api/v1/canned-replies?language={language}", headers=sari).json["items"]
    assert {item["language"] for item in items} == {language}
    assert any(word in item["text"] for item in items)
    greeting = next(item["text"] for item in items if item["id"] == "canned_greeting")
    assert "Sari" in greeting
    assert "{" not in "".join(item["text"] for item in items)


def test_prepared_sentences_are_found_by_their_words(http, home, sari):
    found = http.get("/api/v1/canned-replies?language=en&q=photos receipt", headers=sari).json["items"]
    assert [item["id"] for item in found] == ["canned_ask_papers"]


def test_colleagues_are_those_who_can_be_handed_a_case(http, home, sari):
    make_staff(home.client, Role.FINANCE, name="Nobody of the desk")
    case = make_case(home)
    http.post(f"{CASES}/{case.id}/take", headers=sari)
    items = http.get("/api/v1/desk/colleagues", headers=sari).json["items"]
    assert [(item["name"], item["role"], item["open_cases"]) for item in items] == [("Sari", "agent", 1)]


def test_a_colleague_on_duty_is_available_with_their_languages(http, home, sari):
    ayu = make_staff(home.client, Role.DOCTOR, name="dr. Ayu")
    put_on_duty(home.client, Role.DOCTOR, staff_id=ayu, languages=["pt"])
    items = http.get("/api/v1/desk/colleagues", headers=sari).json["items"]
    assert [(item["name"], item["state"], item["languages"]) for item in items] == [
        ("Sari", "away", ["id", "en"]),
        ("dr. Ayu", "available", ["pt"]),
    ]
