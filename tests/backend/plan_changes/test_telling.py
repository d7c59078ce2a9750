"""Whoever is in a changed plan is told once, before its day, in their language and without a word about health."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from backend.access import Role, working_for
from backend.kit import clock
from backend.members.models import Enrolment, Member
from backend.notifications import inbox
from backend.notifications.models import Notification, RehearsalMessage
from backend.plan_changes import telling
from tests.factories.accounts import make_staff
from tests.factories.claims import Household
from tests.factories.plan_changes import make_change, neighbour, put_in_force


def told(home: Household, event: str = telling.TO_MEMBERS) -> list[Notification]:
    with working_for(home.client.id) as scope:
        wanted = select(Notification).where(Notification.client_id == scope.client_id, Notification.event == event)
        return list(scope.session.scalars(wanted))


def readers(home: Household) -> set[UUID | None]:
    return {row.member_id for row in told(home)}


def tell(home: Household, change) -> None:
    telling.run(home.client.id, change.id)


@pytest.mark.requirement("S2-34")
def test_everybody_in_the_plan_is_told_what_changes_once(home):
    other = neighbour(home)
    change = make_change(home)
    put_in_force(home, change)
    tell(home, change)
    tell(home, change)
    assert sorted(map(str, (row.member_id for row in told(home)))) == sorted(
        [str(home.employee_id), str(other.employee_id)]
    )


def test_putting_it_in_force_tells_them_by_itself_before_its_day(home, run_jobs):
    change = make_change(home)
    put_in_force(home, change)
    run_jobs()
    assert readers(home) == {home.employee_id}
    assert clock.today(home.client.timezone) < change.effective_on


def test_a_child_with_a_number_of_its_own_reads_for_itself(home):
    with working_for(home.client.id) as scope:
        scope.session.get_one(Member, (scope.client_id, home.child_id)).phone = "+628119876543"
    change = make_change(home)
    put_in_force(home, change)
    tell(home, change)
    assert readers(home) == {home.employee_id, home.child_id}


def test_a_proposal_is_told_to_nobody(home):
    tell(home, make_change(home))
    assert told(home) == []


def test_who_left_before_its_day_is_not_told(home):
    gone = neighbour(home)
    with working_for(home.client.id) as scope:
        of_them = (Enrolment.client_id == scope.client_id, Enrolment.member_id == gone.employee_id)
        scope.session.execute(update(Enrolment).where(*of_them).values(ends_on=home.today()))
    change = make_change(home, effective_on=home.today() + timedelta(days=3))
    put_in_force(home, change)
    tell(home, change)
    assert readers(home) == {home.employee_id}


@pytest.mark.parametrize(
    ("language", "change_said"),
    [
        ("en", "limit per visit: Rp\xa0350,000 → Rp\xa0200,000"),
        ("id", "batas per kunjungan: Rp\xa0350.000 → Rp\xa0200.000"),
    ],
)
def test_the_inbox_says_what_changes_in_the_readers_language(home, language, change_said):
    change = make_change(home)
    put_in_force(home, change)
    tell(home, change)
    with working_for(home.client.id, language=language) as scope:
        (item,) = [
            one for one in inbox.page(scope, home.employee_id, None, 20)["items"] if one["event"] == telling.TO_MEMBERS
        ]
    assert change_said in item["text"]
    assert item["link"] == "/benefits"


def test_hr_is_told_once_with_how_many_it_concerns(home, run_jobs):
    make_staff(home.client, Role.HR, name="Rina Hartono", email="rina@hr.example")
    change = make_change(home)
    put_in_force(home, change)
    tell(home, change)
    tell(home, change)
    run_jobs()
    assert [row.facts["count"] for row in told(home, telling.TO_HR)] == [2]
    with working_for(home.client.id) as scope:
        mails = scope.session.scalars(
            select(RehearsalMessage.text).where(RehearsalMessage.address == "rina@hr.example")
        ).all()
    assert len(mails) == 1
    assert "Rp\xa0200" in mails[0]
