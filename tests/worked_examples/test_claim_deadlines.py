"""Deadlines of claims and complaints as stories, each worked out by hand on a wall calendar.

Working days are Monday to Friday without public holidays, and without joint leave (cuti bersama) unless the story says
that the contract counts it as worked. Calendar days count everything. The day something happens is day zero.
"""

from datetime import UTC, date, datetime

import pytest

from backend.claims import rules
from backend.claims.rules import Treatment
from backend.clients.rules import Terms
from backend.complaints.clocks import Clock, rule_sets
from backend.complaints.rules import deadlines, extended, rule_set_for
from backend.complaints.rules.timing import Pause, paused
from backend.kit.deadlines import WorkCalendar, local_date, working_days_after

TERMS = Terms()
INDONESIA = WorkCalendar("ID", joint_leave_free=True)
PUBLIC_ONLY = WorkCalendar("ID")
SURABAYA, JAKARTA, DEPOK = "3578", "3171", "3276"


def _clock(code: str, calendar: WorkCalendar = INDONESIA, timezone: str = "Asia/Jakarta") -> Clock:
    return Clock(rule_sets()[code], calendar, timezone)


@pytest.mark.requirement("S1-30")
def test_a_visit_in_jakarta_on_2_march_may_be_claimed_until_1_april():
    """2 March + 30: March has 31 days, so 29 days reach 31 March and one more 1 April 2026."""
    assert rules.submit_by(Treatment("outpatient", date(2026, 3, 2), None, JAKARTA), TERMS) == date(2026, 4, 1)


@pytest.mark.requirement("S1-30")
def test_depok_belongs_to_greater_jakarta():
    """5 January + 30: 26 days reach 31 January, four more 4 February 2026."""
    assert rules.submit_by(Treatment("dental", date(2026, 1, 5), None, DEPOK), TERMS) == date(2026, 2, 4)


@pytest.mark.requirement("S1-31")
def test_a_visit_in_surabaya_on_2_march_may_be_claimed_until_1_may():
    """2 March + 60: 29 days reach 31 March, 30 more 30 April, the sixtieth is 1 May 2026, a holiday that counts."""
    assert rules.submit_by(Treatment("outpatient", date(2026, 3, 2), None, SURABAYA), TERMS) == date(2026, 5, 1)


@pytest.mark.requirement("S1-30")
def test_a_stay_in_jakarta_counts_from_leaving_the_hospital():
    """In on 20 December, out on 3 January; 3 January + 30: 28 days reach 31 January, two more 2 February 2026."""
    stay = Treatment("inpatient", date(2025, 12, 20), date(2026, 1, 3), JAKARTA)
    assert rules.submit_by(stay, TERMS) == date(2026, 2, 2)


def test_a_contract_may_count_a_stay_from_its_first_day():
    """The same stay by the other reading; 20 December + 30: 11 days reach 31 December, 19 more 19 January 2026."""
    stay = Treatment("inpatient", date(2025, 12, 20), date(2026, 1, 3), JAKARTA)
    assert rules.submit_by(stay, Terms.of({"submission_anchor": "visit"})) == date(2026, 1, 19)


def test_an_outpatient_visit_has_no_discharge_to_wait_for():
    """A discharge somebody entered by mistake moves nothing: 10 March + 30 is 9 April 2026."""
    visit = Treatment("outpatient", date(2026, 3, 10), date(2026, 3, 12), JAKARTA)
    assert rules.submit_by(visit, TERMS) == date(2026, 4, 9)


def test_a_leap_day_is_one_of_the_thirty():
    """31 January 2028 + 30: 29 days reach 29 February, one more 1 March 2028."""
    assert rules.submit_by(Treatment("optical", date(2028, 1, 31), None, JAKARTA), TERMS) == date(2028, 3, 1)


def test_a_visit_on_the_last_day_of_the_year_is_claimed_in_the_next():
    """31 December 2026 + 60: 31 days reach 31 January, 28 more 28 February, the sixtieth is 1 March 2027."""
    assert rules.submit_by(Treatment("dental", date(2026, 12, 31), None, SURABAYA), TERMS) == date(2027, 3, 1)


def test_half_past_midnight_in_jayapura_is_still_the_evening_before_in_jakarta():
    """00:30 on 2 April at UTC+9 is 15:30 UTC on 1 April and 22:30 in Jakarta: in time for a last day of 1 April."""
    moment = datetime(2026, 4, 1, 15, 30, tzinfo=UTC)
    assert local_date(moment, "Asia/Jayapura") == date(2026, 4, 2)
    assert rules.check_in_time(local_date(moment, "Asia/Jakarta"), date(2026, 4, 1)) is None


def test_one_day_late_says_so():
    """Last day 1 April, handed in on 2 April 2026: one day late."""
    refusal = rules.check_in_time(date(2026, 4, 2), date(2026, 4, 1))
    assert refusal
    assert (refusal.reason, refusal.figures["days_late"]) == ("claims.past_deadline", 1)


@pytest.mark.requirement("S1-40")
def test_a_claim_returned_on_13_march_must_be_back_on_12_april():
    """13 March + 30: 18 days reach 31 March, twelve more 12 April 2026, a Sunday; Sundays count."""
    assert rules.resubmit_by(date(2026, 3, 13), TERMS) == date(2026, 4, 12)


@pytest.mark.requirement("S1-29")
def test_papers_complete_on_2_february_are_settled_by_18_february():
    """3 to 6 February are 1 to 4, 9 to 13 are 5 to 9; the 16th is joint leave and the 17th Lunar New Year, so the
    tenth is Wednesday 18 February 2026."""
    assert working_days_after(date(2026, 2, 2), TERMS.settlement_working_days, INDONESIA) == date(2026, 2, 18)


@pytest.mark.requirement("S1-29")
def test_the_same_papers_a_day_earlier_where_joint_leave_is_worked():
    """As before, but the 16th is worked and is the tenth: Monday 16 February 2026."""
    assert working_days_after(date(2026, 2, 2), 10, PUBLIC_ONLY) == date(2026, 2, 16)


@pytest.mark.requirement("S1-29")
def test_papers_complete_before_lebaran_wait_for_the_whole_leave():
    """From Friday 13 March 2026: 16 and 17 are 1 and 2; joint leave and holidays from the 18th to the 24th; 25, 26,
    27 are 3 to 5; 30, 31, 1 and 2 April are 6 to 9; Good Friday is free, so the tenth is Monday 6 April."""
    assert working_days_after(date(2026, 3, 13), 10, INDONESIA) == date(2026, 4, 6)


@pytest.mark.requirement("S0-94")
def test_a_complaint_by_telephone_before_lebaran_is_answered_by_27_march():
    """From Friday 13 March 2026: 16 and 17 are 1 and 2, 25 to 27 are 3 to 5."""
    clock = _clock("pojk-22-2023")
    assert deadlines(clock.rules, True, date(2026, 3, 13), clock.after).resolve_by == date(2026, 3, 27)


@pytest.mark.requirement("S0-94")
def test_the_same_complaint_by_23_march_where_joint_leave_is_worked():
    """16, 17, 18 are 1 to 3; the 19th is Nyepi; the 20th is 4; Idul Fitri falls on the weekend; the 23rd is 5."""
    clock = _clock("pojk-22-2023", PUBLIC_ONLY)
    assert deadlines(clock.rules, True, date(2026, 3, 13), clock.after).resolve_by == date(2026, 3, 23)


@pytest.mark.requirement("S0-94")
def test_a_written_complaint_of_an_ordinary_monday_is_acknowledged_in_two_days_and_answered_in_ten():
    """From Monday 6 July 2026: the 8th is 2; the 10th is 4, the 17th 9, Monday 20 July is 10."""
    clock = _clock("pojk-22-2023")
    due = deadlines(clock.rules, False, date(2026, 7, 6), clock.after)
    assert (due.acknowledge_by, due.resolve_by) == (date(2026, 7, 8), date(2026, 7, 20))


def test_an_extension_adds_ten_working_days_to_the_last_day():
    """From Monday 20 July 2026: the 24th is 4, the 31st 9, Monday 3 August is 10."""
    clock = _clock("pojk-22-2023")
    last = date(2026, 7, 20)
    longer = extended(clock.rules, last, last, clock.after, spoken=False, already=False, reason="third_party")
    assert longer == date(2026, 8, 3)


def test_papers_asked_for_on_6_july_may_come_until_20_july_and_are_then_answered_by_3_august():
    """Ten working days from 6 July end on the 20th, ten more on 3 August 2026."""
    clock = _clock("pojk-22-2023")
    pause = paused(clock.rules, date(2026, 7, 6), clock.rules.written_days, clock.after, clock.after_for_them)
    assert pause == Pause(date(2026, 7, 20), date(2026, 8, 3))


def test_a_complaint_of_20_december_2023_still_has_the_older_twenty_days():
    """POJK 22/2023 began on 22 December 2023; two days earlier POJK 18/2018 gave twenty working days."""
    chosen = rule_set_for(rule_sets(), "pojk-22-2023", "ID", date(2023, 12, 20))
    assert (chosen.code, chosen.written_days) == ("pojk-18-2018", 20)


def test_a_contract_that_names_the_older_rules_moves_on_with_the_law():
    """A contract of 2020 names POJK 18/2018; a complaint of 2026 is under POJK 22/2023 all the same."""
    chosen = rule_set_for(rule_sets(), "pojk-18-2018", "ID", date(2026, 1, 5))
    assert (chosen.code, chosen.written_days) == ("pojk-22-2023", 10)


def test_a_complaint_in_maputo_skips_the_day_of_the_armed_forces():
    """From Tuesday 22 September 2026: 23 and 24 are 1 and 2, Friday the 25th is free, 28, 29, 30 are 3 to 5."""
    clock = _clock("contract-default", WorkCalendar("MZ"), "Africa/Maputo")
    assert deadlines(clock.rules, True, date(2026, 9, 22), clock.after).resolve_by == date(2026, 9, 30)
