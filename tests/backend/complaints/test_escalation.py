"""Who is told when: warnings before the day, breach and levels after it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.clients.rules import EscalationLevel, InvalidTerms, Terms
from backend.complaints.clocks import Clock, rule_sets
from backend.complaints.rules.escalation import NoticeKind, Watched, next_level, notices_due, reminder_due
from backend.kit.deadlines import WorkCalendar

CLOCK = Clock(rule_sets()["pojk-22-2023"], WorkCalendar("ID", joint_leave_free=True), "Asia/Jakarta")
LADDER = (EscalationLevel("supervisor", 1), EscalationLevel("claims", 3))
DUE = date(2026, 7, 20)
"""A Monday."""


def _due(today, *, level=1, acknowledged=True, acknowledge_by=date(2026, 7, 8), ladder=LADDER):
    found = notices_due(
        Watched(acknowledged, acknowledge_by, DUE, level),
        today,
        warn_days=(2, 1, 0),
        ladder=ladder,
        after=CLOCK.after,
        between=CLOCK.between,
    )
    return [(notice.kind, notice.step) for notice in found]


@pytest.mark.requirement("S0-94")
@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 7, 15), []),
        (date(2026, 7, 16), [(NoticeKind.WARNING, 2)]),
        (date(2026, 7, 17), [(NoticeKind.WARNING, 1)]),
        (date(2026, 7, 18), [(NoticeKind.WARNING, 1)]),
        (date(2026, 7, 20), [(NoticeKind.WARNING, 0)]),
        (date(2026, 7, 21), [(NoticeKind.OVERDUE, 0), (NoticeKind.ESCALATION, 2)]),
        (date(2026, 7, 23), [(NoticeKind.OVERDUE, 0), (NoticeKind.ESCALATION, 2), (NoticeKind.ESCALATION, 3)]),
    ],
)
def test_each_day_has_its_notices(today, due):
    assert _due(today) == due


def test_a_level_that_was_reached_by_hand_is_not_reached_again():
    assert _due(date(2026, 7, 23), level=2) == [(NoticeKind.OVERDUE, 0), (NoticeKind.ESCALATION, 3)]


def test_a_contract_may_escalate_before_the_deadline():
    early = (EscalationLevel("supervisor", -2),)
    assert _due(date(2026, 7, 15), ladder=early) == []
    assert (NoticeKind.ESCALATION, 2) in _due(date(2026, 7, 16), ladder=early)


@pytest.mark.parametrize(
    ("today", "kind"),
    [(date(2026, 7, 8), NoticeKind.ACKNOWLEDGE_TODAY), (date(2026, 7, 9), NoticeKind.ACKNOWLEDGE_LATE)],
)
def test_an_acknowledgement_that_is_missing_is_noticed(today, kind):
    assert _due(today, acknowledged=False) == [(kind, 0)]


@given(st.dates(date(2026, 6, 1), date(2026, 9, 30)), st.integers(1, 3))
def test_a_later_day_never_takes_a_level_back(today, level):
    reached, later = (
        {s for k, s in _due(day, level=level) if k is NoticeKind.ESCALATION} for day in (today, today + timedelta(1))
    )
    assert reached <= later


@pytest.mark.parametrize(
    ("today", "days"),
    [(date(2026, 7, 15), None), (date(2026, 7, 16), 2), (date(2026, 7, 17), 2), (DUE, 0), (date(2026, 7, 21), None)],
)
def test_the_complainant_is_reminded_two_days_before_and_on_the_day(today, days):
    assert reminder_due(DUE, today, (2, 0), CLOCK.between) == days


def test_above_the_last_level_is_nobody():
    assert next_level(1, LADDER) == (2, LADDER[0])
    assert next_level(3, LADDER) is None


def test_the_levels_are_terms_of_the_contract():
    terms = Terms.of({"complaint_levels": ["Ratna@tpa.example:1", "admin:-1"]})
    assert terms.escalation() == (EscalationLevel("ratna@tpa.example", 1), EscalationLevel("admin", -1))


@pytest.mark.parametrize("written", ["supervisor", ":3", "admin:soon", "admin:"])
def test_a_level_that_says_nothing_is_a_mistake_in_the_contract(written):
    with pytest.raises(InvalidTerms):
        Terms.of({"complaint_levels": [written]})
