"""What happens by itself: warnings, breach, levels, conversion, reminders and the end of waiting, each once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from backend.access import Actor, Role, working_for
from backend.accounts.models import Staff
from backend.clients import service as clients
from backend.complaints import queries, service
from backend.complaints.clocks import clock_for
from backend.complaints.models import Outcome
from backend.errors import Conflict, RuleRefused
from backend.kit import clock, ids
from backend.notifications.models import Notification
from tests.factories.accounts import make_staff
from tests.factories.claims import make_household

WORDS = "Nobody at the desk knew my card."


@pytest.fixture
def home(app):
    return make_household()


@pytest.fixture
def ratna(home):
    """The client's supervisor."""
    return make_staff(home.client, Role.ADMIN, name="Ratna")


@pytest.fixture
def sari(home):
    return make_staff(home.client, Role.AGENT, name="Sari")


def noon(home, day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(home.client.timezone))


def lodge(home, *, spoken=False, handler=None):
    with working_for(home.client.id, home.actor) as scope:
        made = service.lodge(scope, home.employee_id, "service", WORDS, channel="app", spoken=spoken)
        if handler:
            made.handler_id = handler
        return made


def staff_scope(home):
    return working_for(home.client.id, Actor(Role.CLAIMS, id=ids.new_id()))


def check(home, day: date) -> dict[str, int]:
    with clock.at(noon(home, day)), working_for(home.client.id) as scope:
        return service.check_deadlines(scope)


def working_day(home, start: date, days: int) -> date:
    """``days`` working days after ``start``, before it when negative."""
    with working_for(home.client.id) as scope:
        timing = clock_for(scope, clock.now())
    if days >= 0:
        return timing.after(start, days)
    earlier = start
    while timing.between(earlier, start) < -days:
        earlier -= timedelta(days=1)
    return earlier


def told(home) -> Counter:
    """How often each person, or the member, heard of each event."""
    with working_for(home.client.id) as scope:
        names = dict(scope.session.execute(select(Staff.id, Staff.name)).all())
        rows = scope.session.query(Notification).filter_by(client_id=home.client.id)
        return Counter((row.event, names.get(row.staff_id, "member")) for row in rows)


def now_of(home, complaint_id):
    with working_for(home.client.id) as scope:
        return queries.complaint(scope, complaint_id)


def steps(home, complaint_id):
    with working_for(home.client.id) as scope:
        return [step.kind for step in queries.steps_of(scope, complaint_id)]


@pytest.mark.requirement("S0-94")
def test_a_complaint_runs_to_its_breach_and_up_the_levels(home, ratna, sari):
    head = make_staff(home.client, Role.CLAIMS, name="Head")
    complaint = lodge(home, handler=sari)
    with staff_scope(home) as scope:
        service.acknowledge(scope, complaint.id)
    due = complaint.resolve_by
    for day, happens in [
        (working_day(home, due, -3), {}),
        (working_day(home, due, -2), {"warning": 1}),
        (working_day(home, due, -1), {"warning": 1}),
        (due, {"warning": 1}),
        (working_day(home, due, 1), {"overdue": 1, "escalation": 1}),
        (working_day(home, due, 2), {}),
        (working_day(home, due, 3), {"escalation": 1}),
        (working_day(home, due, 9), {}),
    ]:
        assert check(home, day) == happens, day
        assert check(home, day) == {}, f"{day}, a second time"
    assert now_of(home, complaint.id).level == 3
    assert steps(home, complaint.id) == ["received", "acknowledged", "overdue", "escalated", "escalated"]
    heard = told(home)
    assert heard["complaint_warning", "Sari"] == heard["complaint_warning", "Ratna"] == 3
    assert heard["complaint_overdue", "Sari"] == heard["complaint_overdue", "Ratna"] == 1
    assert heard["complaint_escalated", "Sari"] == 2
    assert heard["complaint_escalated", "Ratna"] == 1
    assert heard["complaint_escalated", "Head"] == 1
    assert heard["complaint_late", "member"] == 1
    assert head


def test_after_a_standstill_only_what_matters_now_is_told(home, ratna):
    complaint = lodge(home)
    with staff_scope(home) as scope:
        service.acknowledge(scope, complaint.id)
    assert check(home, working_day(home, complaint.resolve_by, 5)) == {"overdue": 1, "escalation": 2}
    assert told(home)["complaint_warning", "Ratna"] == 0


def test_nobody_acknowledged_it(home, ratna):
    complaint = lodge(home)
    assert check(home, complaint.acknowledge_by) == {"acknowledge_today": 1}
    assert check(home, working_day(home, complaint.acknowledge_by, 1)) == {"acknowledge_late": 1}
    assert told(home)["complaint_unacknowledged", "Ratna"] == 2


def test_two_rounds_at_once_mark_and_tell_nothing_twice(home, ratna):
    complaints = [lodge(home) for _ in range(6)]
    day = working_day(home, complaints[0].resolve_by, 1)
    start = Barrier(4)

    def round_of(_: int) -> dict[str, int]:
        with clock.at(noon(home, day)), working_for(home.client.id) as scope:
            start.wait()
            return service.check_deadlines(scope)

    with ThreadPoolExecutor(4) as pool:
        done = sum((Counter(each) for each in pool.map(round_of, range(4))), Counter())
    done += Counter(check(home, day))  # what one round left because another held it
    assert done == {"overdue": 6, "escalation": 6, "acknowledge_late": 6}
    assert told(home)["complaint_overdue", "Ratna"] == 6
    for complaint in complaints:
        assert steps(home, complaint.id) == ["received", "overdue", "escalated"]


def test_an_extension_is_warned_of_anew(home, ratna):
    complaint = lodge(home)
    check(home, complaint.resolve_by)
    with clock.at(noon(home, complaint.resolve_by)), staff_scope(home) as scope:
        longer = service.extend(scope, complaint.id, "special_investigation").resolve_by
    assert check(home, working_day(home, complaint.resolve_by, 1)) == {}
    assert check(home, longer) == {"warning": 1}
    assert told(home)["complaint_extended", "member"] == 1


def test_the_written_notice_of_an_extension_names_the_day_and_the_reason(home):
    complaint = lodge(home)
    with staff_scope(home) as scope:
        longer = service.extend(scope, complaint.id, "third_party").resolve_by
    with working_for(home.client.id) as scope:
        (row,) = scope.session.query(Notification).filter_by(client_id=home.client.id, event="complaint_extended")
    assert row.facts == {
        "complaint_number": complaint.number,
        "resolve_by": longer.isoformat(),
        "extension_reason": "complaints.extension.third_party",
    }


def test_what_was_said_and_not_settled_goes_on_in_writing(home, ratna):
    complaint = lodge(home, spoken=True)
    with staff_scope(home) as scope:
        service.acknowledge(scope, complaint.id)
    assert "converted" not in check(home, complaint.resolve_by)
    assert check(home, working_day(home, complaint.resolve_by, 1)) == {"converted": 1}
    stands = now_of(home, complaint.id)
    assert (stands.spoken, stands.overdue_at) == (False, None)
    assert stands.resolve_by == working_day(home, home.today(), 10)
    assert told(home)["complaint_converted", "member"] == 1
    assert check(home, working_day(home, stands.resolve_by, 1)) == {"overdue": 1, "escalation": 1}


def test_staff_may_convert_before_the_time_is_over_and_not_twice(home):
    complaint = lodge(home, spoken=True)
    with staff_scope(home) as scope:
        assert service.convert(scope, complaint.id).resolve_by == working_day(home, home.today(), 10)
    with staff_scope(home) as scope, pytest.raises(Conflict):
        service.convert(scope, complaint.id)


class TestWaiting:
    @pytest.fixture
    def asked(self, home):
        complaint = lodge(home)
        with staff_scope(home) as scope:
            return service.request_information(scope, complaint.id, "Which day was it?")

    def test_our_clock_rests_while_we_wait(self, home, asked, ratna):
        assert check(home, working_day(home, asked.resolve_by_before, 0)) in ({}, {"reminder": 1})
        assert told(home)["complaint_warning", "Ratna"] == 0

    def test_the_member_is_reminded_twice_and_then_it_is_closed_with_notice(self, home, asked):
        last = asked.information_by
        assert check(home, working_day(home, last, -2)) == {"reminder": 1}
        assert check(home, last) == {"reminder": 1}
        assert check(home, last) == {}
        assert check(home, last + timedelta(days=1)) == {"closed_unanswered": 1}
        stands = now_of(home, asked.id)
        assert (stands.status, stands.closed_reason) == ("closed", "no_information")
        heard = told(home)
        assert (heard["complaint_reminder", "member"], heard["complaint_unanswered", "member"]) == (2, 1)

    def test_what_was_closed_for_want_of_papers_may_be_reopened_with_them(self, home, asked):
        after = asked.information_by + timedelta(days=1)
        check(home, after)
        with clock.at(noon(home, after + timedelta(days=3))), working_for(home.client.id, home.actor) as scope:
            again = service.reopen(scope, asked.id, "It was on Monday; here is the receipt.")
            assert (again.status, again.closed_reason, again.number) == ("received", None, asked.number)
            assert again.resolve_by > after

    def test_a_month_later_it_may_not(self, home, asked):
        check(home, asked.information_by + timedelta(days=1))
        late = noon(home, asked.information_by + timedelta(days=40))
        with clock.at(late), working_for(home.client.id, home.actor) as scope, pytest.raises(RuleRefused) as refused:
            service.reopen(scope, asked.id, "Here it is.")
        assert refused.value.reason == "complaints.reopen_too_late"

    def test_more_time_is_given_once_and_reminded_of_again(self, home, asked):
        first = asked.information_by
        with working_for(home.client.id, home.actor) as scope:
            longer = service.take_more_time(scope, asked.id)
            assert longer.information_by > first
            assert longer.resolve_by > asked.resolve_by
        assert check(home, first) == {}
        assert check(home, longer.information_by) == {"reminder": 1}
        with working_for(home.client.id, home.actor) as scope, pytest.raises(RuleRefused) as refused:
            service.take_more_time(scope, asked.id)
        assert refused.value.reason == "complaints.more_time_once"

    def test_asking_late_does_not_undo_a_missed_day(self, home):
        complaint = lodge(home)
        late = working_day(home, complaint.resolve_by, 2)
        with clock.at(noon(home, late)), staff_scope(home) as scope:
            service.request_information(scope, complaint.id, "Which day was it?")
        with clock.at(noon(home, late)), working_for(home.client.id, home.actor) as scope:
            told_at = service.supply_information(scope, complaint.id, "On Monday.")
            assert told_at.overdue_at is not None
            assert told_at.resolve_by == working_day(home, late, 1)


def test_the_clients_own_free_day_moves_the_deadline(home):
    usual = lodge(home).resolve_by
    free = working_day(home, home.today(), 3)
    with working_for(home.client.id, Actor(Role.ADMIN, id=ids.new_id())) as scope:
        clients.keep_calendar_day(scope, free, working=False, name="Founders' day")
    assert lodge(home).resolve_by == working_day(home, usual, 1)
    assert lodge(make_household()).resolve_by == usual


def test_another_client_is_not_looked_at(home):
    complaint = lodge(make_household())
    assert check(home, complaint.resolve_by + timedelta(days=9)) == {}


def test_many_late_complaints_are_all_found(home, monkeypatch):
    monkeypatch.setattr("backend.complaints.service.watch._AT_ONCE", 2)
    made = [lodge(home) for _ in range(5)]
    assert check(home, made[0].resolve_by + timedelta(days=1))["overdue"] == 5


def test_what_is_answered_is_left_in_peace(home, ratna):
    complaint = lodge(home)
    with staff_scope(home) as scope:
        service.resolve(scope, complaint.id, "Settled.", Outcome.UPHELD)
    assert check(home, working_day(home, complaint.resolve_by, 9)) == {}


def test_a_reopened_complaint_climbs_the_levels_again(home, ratna):
    complaint = lodge(home)
    late = working_day(home, complaint.resolve_by, 3)
    check(home, late)
    with clock.at(noon(home, late)), staff_scope(home) as scope:
        service.resolve(scope, complaint.id, "Settled.", Outcome.REJECTED)
    with clock.at(noon(home, late)), working_for(home.client.id, home.actor) as scope:
        again = service.reopen(scope, complaint.id, "It is not settled.")
    assert (again.level, again.overdue_at) == (1, None)
    assert check(home, working_day(home, again.resolve_by, 1)) == {
        "acknowledge_late": 1,
        "overdue": 1,
        "escalation": 1,
    }
    assert steps(home, complaint.id).count("overdue") == 2
