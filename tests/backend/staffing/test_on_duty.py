"""Who is on duty, and at which desk."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.access import Role, working_for
from backend.kit import clock
from backend.staffing import service
from tests.factories.accounts import headers_for, make_staff
from tests.factories.clients import make_client
from tests.factories.staffing import make_shift, put_on_duty
from tests.query_counter import counted_queries

NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("app")


def _on_duty(client, at=None, desk="helpline"):
    with working_for(client.id) as scope:
        return [one.staff_id for one in service.on_duty(scope, at or clock.now(), desk)]


@pytest.mark.requirement("S0-80")
@pytest.mark.parametrize(
    ("after_start", "there"),
    [
        pytest.param(timedelta(seconds=-1), False, id="before the shift"),
        pytest.param(timedelta(0), True, id="at its first instant"),
        pytest.param(timedelta(hours=7, minutes=59), True, id="past midnight, nearly over"),
        pytest.param(timedelta(hours=8), False, id="at its end"),
    ],
)
def test_a_night_shift_runs_past_midnight(after_start, there):
    client = make_client()
    agent = make_staff(client, Role.AGENT)
    make_shift(client, agent, NIGHT, NIGHT + timedelta(hours=8))
    assert (_on_duty(client, NIGHT + after_start) == [agent]) is there


@pytest.mark.requirement("S0-92")
def test_doctors_sit_at_their_own_desk():
    client = make_client()
    agent, doctor = put_on_duty(client, Role.AGENT), put_on_duty(client, Role.DOCTOR)
    assert (_on_duty(client), _on_duty(client, desk="doctor")) == ([agent], [doctor])


def test_nobody_is_on_duty_for_another_client():
    put_on_duty(make_client())
    assert _on_duty(make_client()) == []


def test_who_left_the_house_is_not_on_duty():
    client = make_client()
    put_on_duty(client, staff_id=make_staff(client, Role.AGENT, active=False))
    assert _on_duty(client) == []


def test_staff_of_other_roles_do_not_answer_members():
    client = make_client()
    put_on_duty(client, Role.CLAIMS)
    assert _on_duty(client) == []


def test_without_a_skill_the_clients_languages_are_assumed():
    client = make_client(languages=("pt", "en"))
    put_on_duty(client)
    with working_for(client.id) as scope:
        (one,) = service.on_duty(scope, clock.now())
    assert (one.languages, one.doctor, one.capacity) == (("pt", "en"), False, 4)


def test_a_skill_says_languages_and_capacity():
    client = make_client()
    put_on_duty(client, languages=["id"], capacity=7)
    with working_for(client.id) as scope:
        (one,) = service.on_duty(scope, clock.now())
    assert (one.languages, one.capacity) == (("id",), 7)


def test_who_stepped_out_comes_back_with_the_next_shift(http):
    client, moment = make_client(), clock.now()
    agent = put_on_duty(client)
    make_shift(client, agent, moment + timedelta(hours=10), moment + timedelta(hours=18))
    said = http.put(
        "/api/v1/desk/presence", json={"state": "away"}, headers=headers_for(Role.AGENT, client, staff_id=agent)
    )
    assert (said.status_code, said.json["state"], said.json["on_shift"]) == (200, "away", True)
    assert _on_duty(client) == []
    assert _on_duty(client, moment + timedelta(hours=11)) == [agent]


def test_presence_shows_the_shift_and_what_is_in_hand(http):
    client = make_client()
    agent = put_on_duty(client, languages=["en"], capacity=3)
    shown = http.get("/api/v1/desk/presence", headers=headers_for(Role.AGENT, client, staff_id=agent)).json
    assert shown["state"] == "available"
    assert (shown["on_shift"], shown["capacity"], shown["open_cases"]) == (True, 3, 0)
    assert datetime.fromisoformat(shown["shift_ends_at"]) > clock.now()


def test_presence_without_a_shift_says_so(http):
    shown = http.get("/api/v1/desk/presence", headers=headers_for(Role.AGENT, make_client())).json
    assert (shown["on_shift"], shown["shift_ends_at"]) == (False, None)


def test_who_no_longer_works_at_the_client_leaves_the_roster(http):
    client = make_client()
    agent = put_on_duty(client, languages=["en"])
    admin = headers_for(Role.ADMIN, client)
    assert http.delete(f"/api/v1/staff/{agent}", headers=admin).status_code in {200, 204}
    assert http.get("/api/v1/staffing/shifts", headers=admin).json["items"] == []


def test_asking_who_is_on_duty_costs_one_question():
    client = make_client()
    for _ in range(3):
        put_on_duty(client, languages=["en"])
    with working_for(client.id) as scope:
        assert scope.session
        with counted_queries() as seen:
            assert len(service.on_duty(scope, clock.now())) == 3
    assert len(seen) == 1, seen
