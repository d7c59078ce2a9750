"""Dated rule sets and the clocks they drive."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.complaints import rules
from backend.complaints.clocks import Clock, rule_sets
from backend.kit.deadlines import WorkCalendar
from backend.kit.refusal import Refusal

POJK_22 = rule_sets()["pojk-22-2023"]
CLOCK = Clock(POJK_22, WorkCalendar("ID", joint_leave_free=True), "Asia/Jakarta")


def _extended(resolve_by, today, **facts):
    asked = {"spoken": False, "already": False, "reason": "third_party"} | facts
    return rules.extended(POJK_22, resolve_by, today, CLOCK.after, **asked)


days = st.dates(date(2019, 1, 1), date(2035, 12, 31))
sets = st.sampled_from(sorted(rule_sets()))


@given(days, sets, st.sampled_from(["ID", "MZ", "AO"]))
def test_every_day_has_a_set_in_force_of_its_own_country(day, named, country):
    chosen = rules.rule_set_for(rule_sets(), named, country, day)
    assert chosen.valid_from <= day
    assert chosen.valid_until is None or day <= chosen.valid_until
    assert chosen.belongs_to(country)


def test_a_day_before_the_first_set_uses_the_first():
    assert rules.rule_set_for(rule_sets(), "pojk-22-2023", "ID", date(2010, 1, 1)).code == "pojk-18-2018"


def test_an_unknown_set_is_a_mistake_in_the_contract():
    with pytest.raises(KeyError):
        rules.rule_set_for(rule_sets(), "pojk-99", "ID", date(2026, 1, 1))


@given(days, st.booleans())
def test_acknowledging_is_never_due_after_resolving(day, spoken):
    due = rules.deadlines(POJK_22, spoken, day, CLOCK.after)
    assert day < due.acknowledge_by <= due.resolve_by


@given(days)
def test_what_is_said_is_answered_before_what_is_written(day):
    spoken, written = (rules.deadlines(POJK_22, spoken, day, CLOCK.after).resolve_by for spoken in (True, False))
    assert spoken < written


@given(days)
def test_an_extension_always_gives_more_time(day):
    longer = _extended(day, day)
    assert not isinstance(longer, Refusal)
    assert longer > day


def test_the_day_after_the_last_is_too_late_to_extend():
    refusal = _extended(date(2026, 7, 20), date(2026, 7, 21))
    assert refusal == Refusal("complaints.past_deadline", {"resolve_by": "2026-07-20"})


def test_thirty_days_after_the_answer_it_may_still_be_reopened():
    answered = date(2026, 7, 1)
    assert rules.may_reopen(POJK_22, answered, answered + timedelta(days=30)) is None
    refusal = rules.may_reopen(POJK_22, answered, answered + timedelta(days=31))
    assert refusal
    assert refusal.figures == {"last_day": "2026-07-31"}


def test_every_set_says_where_its_days_come_from():
    for each in rule_sets().values():
        assert each.source
        for neighbour in (each.before, each.after):
            assert neighbour is None or neighbour in rule_sets()
