"""Waiting cases find people on duty, and come back when nobody takes them or a shift ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from backend.access import Actor, Role, working_for
from backend.helpline import service
from backend.helpline.models import CaseEvent, HelplineCase
from backend.kit import clock
from backend.staffing import service as staffing
from backend.staffing.models import Presence, Shift, StaffSkill
from tests.factories.accounts import actor_for, make_staff
from tests.factories.cases import make_case
from tests.factories.claims import make_household

NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
"""Three in the morning in Jakarta."""


@pytest.fixture
def home(app):
    return make_household()


@pytest.fixture
def on_shift(home):
    """Somebody who works from an hour before ``since`` for nine hours."""

    def join(name: str, languages: str = "id en", *, capacity: int = 3, since: datetime = NIGHT, doctor: bool = False):
        staff_id = make_staff(home.client, Role.DOCTOR if doctor else Role.AGENT, name=name)
        begins = since - timedelta(hours=1)
        with working_for(home.client.id) as scope:
            own = {"client_id": home.client.id, "staff_id": staff_id}
            scope.session.add(StaffSkill(**own, languages=languages.split(), doctor=doctor, capacity=capacity))
            scope.session.add(Shift(**own, starts_at=begins, ends_at=begins + timedelta(hours=9)))
        return staff_id

    return join


def _assign(home, at: datetime = NIGHT) -> int:
    with clock.at(at), working_for(home.client.id) as scope:
        return service.assign_waiting(scope)


def _case(home, at: datetime = NIGHT, **facts) -> HelplineCase:
    with clock.at(at):
        return make_case(home, **facts)


def _now(home, case) -> HelplineCase:
    with working_for(home.client.id) as scope:
        return scope.session.get_one(HelplineCase, (home.client.id, case.id))


def _steps(home, case, kind: str) -> list[CaseEvent]:
    with working_for(home.client.id) as scope:
        wanted = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind == kind)
        return list(scope.session.scalars(wanted.order_by(CaseEvent.created_at)))


@pytest.mark.requirement("S0-83", "S0-91")
def test_a_question_about_a_claim_at_three_in_the_morning_is_offered_to_the_night_shift(home, on_shift):
    sari = on_shift("Sari")
    case = _case(home, reason="claim_decision")
    _assign(home)
    assert (_now(home, case).assigned_to, _now(home, case).state) == (sari, "open")
    assert _steps(home, case, "offered")[0].facts["to"] == "Sari"


def test_with_nobody_on_duty_it_waits(home, on_shift):
    on_shift("Sari", since=NIGHT + timedelta(hours=12))
    case = _case(home)
    assert _assign(home) == 0
    assert _now(home, case).assigned_to is None


@pytest.mark.requirement("S0-89", "S0-95")
def test_the_language_of_the_case_decides(home, on_shift):
    on_shift("Sari", "id en")
    ana = on_shift("Ana", "pt")
    case = _case(home, language="pt")
    _assign(home)
    assert _now(home, case).assigned_to == ana


@pytest.mark.requirement("S0-92")
def test_a_doctors_case_goes_to_the_doctor_on_duty(home, on_shift):
    on_shift("Sari")
    doctor = on_shift("dr. Ayu", doctor=True)
    case = _case(home, reason="doctor", priority="high")
    _assign(home)
    assert _now(home, case).assigned_to == doctor


@pytest.mark.requirement("S0-80", "S0-92")
def test_an_emergency_does_not_wait_for_a_doctor_who_is_not_there(home, on_shift):
    sari = on_shift("Sari")
    case = _case(home, reason="doctor", priority="urgent")
    _assign(home)
    assert (_now(home, case).assigned_to, _now(home, case).desk) == (sari, "helpline")


def test_nobody_gets_more_than_fits(home, on_shift):
    on_shift("Sari", capacity=2)
    for _ in range(3):
        _case(home)
    assert [_assign(home), _assign(home)] == [2, 0]


def test_who_is_away_is_not_offered_anything(home, on_shift):
    sari = on_shift("Sari")
    with working_for(home.client.id) as scope:
        scope.session.add(Presence(client_id=home.client.id, staff_id=sari, state="away", since=NIGHT))
    case = _case(home)
    _assign(home, NIGHT + timedelta(seconds=1))
    assert _now(home, case).assigned_to is None


def test_an_offer_that_nobody_takes_goes_to_the_next(home, on_shift):
    first, second = on_shift("Sari", capacity=3), on_shift("Budi", capacity=2)
    case = _case(home)
    _assign(home)
    assert _now(home, case).assigned_to == first
    _assign(home, NIGHT + timedelta(minutes=14))
    assert _now(home, case).assigned_to == first
    _assign(home, NIGHT + timedelta(minutes=16))
    assert _now(home, case).assigned_to == second
    assert [step.facts["why"] for step in _steps(home, case, "returned")] == ["not_taken_in_time"]


def test_an_offer_may_be_taken_by_whoever_is_quicker(home, on_shift):
    on_shift("Sari")
    case, budi = _case(home), actor_for(Role.AGENT, home.client)
    _assign(home)
    with working_for(home.client.id, budi) as scope:
        assert service.take(scope, case.id)["assigned_to"]["id"] == budi.id


class TestTheEndOfAShift:
    """What somebody was working on waits for the others."""

    END = NIGHT + timedelta(hours=8)

    def _take(self, home, case, staff_id: UUID, at: datetime) -> None:
        with clock.at(at), working_for(home.client.id, Actor(Role.AGENT, id=staff_id)) as scope:
            service.take(scope, case.id)

    @pytest.mark.requirement("S0-91", "S0-95")
    def test_the_case_goes_to_the_next_shift_with_a_note(self, home, on_shift):
        sari = on_shift("Sari")
        budi = on_shift("Budi", since=self.END)
        case = _case(home)
        self._take(home, case, sari, NIGHT)
        _assign(home, self.END - timedelta(seconds=1))
        assert _now(home, case).assigned_to == sari
        _assign(home, self.END)
        assert (_now(home, case).assigned_to, _now(home, case).state) == (budi, "open")
        assert "Giliran kerja Sari sudah selesai" in _steps(home, case, "returned")[0].text

    def test_who_stays_longer_keeps_what_they_take_then(self, home, on_shift):
        sari = on_shift("Sari")
        case = _case(home)
        self._take(home, case, sari, self.END + timedelta(minutes=5))
        _assign(home, self.END + timedelta(minutes=6))
        assert (_now(home, case).assigned_to, _now(home, case).state) == (sari, "taken")

    def test_who_has_the_next_shift_too_keeps_the_case(self, home, on_shift):
        sari = on_shift("Sari")
        with working_for(home.client.id) as scope:
            again = {"starts_at": self.END, "ends_at": self.END + timedelta(hours=8)}
            scope.session.add(Shift(client_id=home.client.id, staff_id=sari, **again))
        case = _case(home)
        self._take(home, case, sari, NIGHT)
        _assign(home, self.END)
        assert (_now(home, case).assigned_to, _now(home, case).state) == (sari, "taken")

    def test_without_rosters_nobody_loses_a_case(self, home):
        staff_id = make_staff(home.client, Role.AGENT)
        case = _case(home)
        self._take(home, case, staff_id, NIGHT)
        _assign(home, NIGHT + timedelta(days=3))
        assert _now(home, case).assigned_to == staff_id


def test_many_workers_at_once_offer_each_case_once_and_nobody_too_much(home, on_shift):
    people = [on_shift(name, capacity=3) for name in ("Sari", "Budi")]
    cases = [_case(home) for _ in range(8)]
    with ThreadPoolExecutor(4) as workers:
        counts = list(workers.map(lambda _: _assign(home), range(4)))
    assert sum(counts) == 6
    assert sorted(len(_steps(home, case, "offered")) for case in cases) == [0] * 2 + [1] * 6
    holders = [_now(home, case).assigned_to for case in cases]
    assert {person: holders.count(person) for person in people} == dict.fromkeys(people, 3)


@pytest.mark.requirement("S0-90")
def test_a_new_case_is_offered_as_soon_as_it_is_opened(home, on_shift, run_jobs):
    sari = on_shift("Sari", since=clock.now())
    case = _case(home, at=clock.now())
    run_jobs()
    assert _now(home, case).assigned_to == sari


def test_who_comes_back_is_offered_what_waits_and_who_steps_out_hands_it_on(home, on_shift, run_jobs):
    sari, budi = on_shift("Sari", since=clock.now()), on_shift("Budi", capacity=2, since=clock.now())
    case = _case(home, at=clock.now())
    holders = []
    for staff_id, state in [(budi, "available"), (sari, "away"), (budi, "away"), (sari, "available")]:
        with working_for(home.client.id, Actor(Role.AGENT, id=staff_id)) as scope:
            staffing.set_presence(scope, state)
        run_jobs()
        holders.append(_now(home, case).assigned_to)
    assert holders == [sari, budi, None, sari]


def test_a_case_that_is_closed_makes_room_for_the_next(home, on_shift, run_jobs):
    sari = on_shift("Sari", capacity=1, since=clock.now())
    first, second = (_case(home, at=clock.now()) for _ in range(2))
    run_jobs()
    assert (_now(home, first).assigned_to, _now(home, second).assigned_to) == (sari, None)
    with working_for(home.client.id, Actor(Role.AGENT, id=sari)) as scope:
        service.close(scope, first.id, "Explained")
    run_jobs()
    assert _now(home, second).assigned_to == sari
