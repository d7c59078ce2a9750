"""Who may change a plan when, and what an employer may see of it: tables of facts and answers."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adjudication.rules import Deductible, Rule
from backend.benefits.rules import EntryKind
from backend.plan_changes.rules import steps
from backend.plan_changes.rules.course import Borne, Course, parting
from backend.plan_changes.rules.figures import TOTAL, Sums, added, shown_to_employer
from backend.plan_changes.rules.steps import Proposal, Version
from tests.factories.bills import (
    DAY,
    MEMBER,
    YEAR,
    a_benefit,
    a_cover,
    a_limit,
    bill,
    co_payment,
    judged,
    line,
    rp,
    used,
)

TODAY = date(2026, 10, 20)
PROPOSER, SECOND = UUID(int=1), UUID(int=2)
SOLD = Version(UUID(int=3), date(2026, 1, 1), "now")


@pytest.mark.parametrize(
    ("effective_on", "sold", "digest", "reason"),
    [
        (date(2026, 10, 19), SOLD, "new", steps.IN_THE_PAST),
        (date(2026, 10, 20), SOLD, "new", None),
        (date(2027, 1, 1), SOLD, "new", None),
        (date(2026, 11, 1), None, "new", steps.UNKNOWN_PLAN),
        (date(2026, 11, 1), replace(SOLD, valid_from=date(2026, 11, 1)), "new", steps.VERSION_THERE),
        (date(2026, 11, 1), SOLD, "now", steps.NOTHING_CHANGES),
    ],
)
def test_a_proposal_is_for_a_known_plan_from_today_on_and_changes_something(effective_on, sold, digest, reason):
    refusal = steps.may_propose(effective_on, TODAY, sold, digest)
    assert (refusal and refusal.reason) == reason


READY = Proposal(
    is_open=True,
    effective_on=date(2026, 11, 1),
    proposed_by=PROPOSER,
    replaces_id=SOLD.id,
    sold_id=SOLD.id,
    digest="file",
    previewed_digest="file",
    seen_by=frozenset({SECOND}),
)


@pytest.mark.parametrize(
    ("facts", "who", "reason"),
    [
        ({}, SECOND, None),
        ({"effective_on": TODAY}, SECOND, None),
        ({"effective_on": date(2026, 10, 19)}, SECOND, steps.IN_THE_PAST),
        ({"introduces": True, "effective_on": date(2026, 1, 1), "previewed_digest": None}, SECOND, None),
        ({"introduces": True, "seen_by": frozenset()}, SECOND, None),
        ({"introduces": True, "replaces_id": None}, SECOND, steps.OVERTAKEN),
        ({"introduces": True, "in_use": True}, SECOND, steps.OVERTAKEN),
        ({"introduces": True}, PROPOSER, steps.SAME_PERSON),
        ({}, PROPOSER, steps.SAME_PERSON),
        ({"seen_by": frozenset({PROPOSER, SECOND})}, PROPOSER, steps.SAME_PERSON),
        ({}, None, steps.SAME_PERSON),
        ({"is_open": False}, SECOND, steps.NOT_OPEN),
        ({"previewed_digest": None}, SECOND, steps.NOT_PREVIEWED),
        ({"previewed_digest": "another file"}, SECOND, steps.NOT_PREVIEWED),
        ({"seen_by": frozenset({PROPOSER})}, SECOND, steps.NOT_SEEN),
        ({"sold_id": UUID(int=4)}, SECOND, steps.OVERTAKEN),
        ({"sold_id": None}, SECOND, steps.OVERTAKEN),
    ],
)
def test_a_second_person_who_saw_what_exactly_this_file_does_puts_it_in_force(facts, who, reason):
    refusal = steps.may_put_in_force(replace(READY, **facts), who, TODAY)
    assert (refusal and refusal.reason) == reason


@pytest.mark.parametrize(
    ("months", "today", "first"),
    [
        (3, date(2026, 10, 20), date(2026, 7, 20)),
        (12, date(2026, 10, 20), date(2025, 10, 20)),
        (6, date(2026, 8, 31), date(2026, 2, 28)),
        (3, date(2026, 1, 15), date(2025, 10, 15)),
    ],
)
def test_a_window_goes_back_whole_months(months, today, first):
    assert steps.window(months, today) == (first, today)


def many(members: int, affected: int, plan_after: int = 0) -> Sums:
    return Sums(claims=members, members=members, affected_members=affected, plan_after=plan_after)


@pytest.mark.parametrize(
    ("groups", "total", "shown"),
    [
        ({"dental": many(9, 9), "optical": many(8, 8)}, many(15, 15), {"dental", "optical"}),
        ({"dental": many(9, 9), "optical": many(4, 4)}, many(12, 12), {"other"}),
        ({"dental": many(9, 9), "optical": many(8, 0)}, many(15, 9), {"dental", "optical"}),
        ({"dental": many(9, 9), "optical": many(8, 1)}, many(15, 9), {"other"}),
        ({"dental": many(9, 9), "maternity": many(2, 2), "optical": many(8, 8)}, many(15, 15), {"dental", "other"}),
        ({"dental": many(4, 4), "optical": many(3, 3)}, many(7, 7), set()),
        ({"dental": many(4, 4)}, many(4, 4), None),
        ({"dental": many(40, 3)}, many(40, 3), None),
        ({"dental": many(40, 0)}, many(40, 0), {"dental"}),
        ({}, Sums(), None),
    ],
)
def test_an_employer_sees_no_group_that_fewer_than_five_people_could_be_read_from(groups, total, shown):
    seen, whole = shown_to_employer(groups, total)
    assert (set(seen), whole) == (set() if shown is None else shown, None if shown is None else total)


_SUMS = st.builds(lambda people, met, paid: many(people, min(people, met), paid), *[st.integers(0, 9)] * 3)


@given(st.dictionaries(st.sampled_from(["dental", "optical", "maternity", "inpatient"]), _SUMS))
def test_what_the_shown_groups_leave_of_the_total_is_never_a_small_group(groups):
    """Whoever takes the shown groups from the total finds nothing, or nothing is shown by group."""
    of_all = list(groups.values()) or [Sums()]
    people = {name: max(getattr(one, name) for one in of_all) for name in ("members", "affected_members")}
    total = replace(sum(groups.values(), start=Sums()), **people)
    shown, whole = shown_to_employer(groups, total)
    assert not any(one.is_small for one in shown.values())
    assert whole is None or not whole.is_small
    if shown:
        assert sum(one.plan_after for one in shown.values()) == total.plan_after


def test_sums_of_further_families_are_added():
    once = added({}, {"dental": many(1, 1), TOTAL: many(1, 1)})
    assert added(once, {TOTAL: many(2, 0)}) == {"dental": many(1, 1).as_json(), TOTAL: many(3, 1).as_json()}


def test_a_course_counts_what_was_used_until_the_day_and_not_what_came_later():
    course = Course([used(100_000, on=date(2026, 2, 1)), used(200_000, on=date(2026, 4, 1))], [])
    before = course.before(bill(line(50_000)), a_cover(), YEAR.policy_year)
    assert [entry.amount_minor for entry in before.entries] == [rp(100_000).amount_minor]


def test_a_course_takes_what_the_plan_pays_and_not_what_the_member_pays():
    cover = a_cover(a_benefit("OP", "outpatient", co_payment=co_payment(20)))
    course, asked = Course([], []), bill(line(100_000))
    course.take(asked, judged(asked, cover))
    (entry,) = course.before(asked, cover, YEAR.policy_year).entries
    assert (entry.kind, entry.amount_minor, entry.count) == (EntryKind.CONSUME, rp(80_000).amount_minor, 1)


@pytest.mark.parametrize(
    ("per", "borne", "expected"),
    [
        ("year", Borne(MEMBER, "OP", 5_000_00, date(2026, 2, 1), None), 5_000),
        ("year", Borne(MEMBER, "OP", 5_000_00, date(2025, 12, 31), None), 0),
        ("year", Borne(MEMBER, "OP", 5_000_00, date(2026, 4, 1), None), 0),
        ("year", Borne(UUID(int=9), "OP", 5_000_00, date(2026, 2, 1), None), 0),
        ("year", Borne(MEMBER, "DENTAL", 5_000_00, date(2026, 2, 1), None), 0),
        ("case", Borne(MEMBER, "OP", 5_000_00, date(2025, 12, 31), "knee"), 5_000),
        ("case", Borne(MEMBER, "OP", 5_000_00, date(2026, 2, 1), "tooth"), 0),
        ("case", Borne(MEMBER, "OP", 5_000_00, date(2026, 2, 1), None), 0),
    ],
)
def test_a_deductible_remembers_what_was_borne_in_its_period(per, borne, expected):
    cover = a_cover(a_benefit("OP", "outpatient", deductible=Deductible(rp(10_000), per)))
    known = Course([], [borne]).before(bill(line(50_000), case_key="knee", visit_on=DAY), cover, YEAR.policy_year)
    assert known.deductible_borne == {"OP": rp(expected)}


def test_two_judgements_part_at_the_first_step_that_moves_something_else():
    asked = bill(line(100_000), line(300_000))
    old = judged(asked, a_cover(a_benefit("OP", "outpatient", a_limit("year", 1_000_000))))
    new = judged(asked, a_cover(a_benefit("OP", "outpatient", a_limit("year", 250_000))))
    found = parting(old, new)
    assert (found.before.rule, found.after.rule) == (Rule.PLAN_PAYS, Rule.OVER_LIMIT)
    assert found.after.moved == rp(150_000)


def test_judgements_that_only_looked_at_other_limits_do_not_part():
    asked = bill(line(100_000))
    old = judged(asked, a_cover(a_benefit("OP", "outpatient", a_limit("year", 1_000_000))))
    new = judged(asked, a_cover(a_benefit("OP", "outpatient", a_limit("year", 900_000))))
    assert parting(old, new) is None
