"""Engine and second oracle over a generated book: not one payment may differ.

``CARELINE_ORACLE_CASES=20000`` judges as many, ``CARELINE_ORACLE_FIRST`` begins at another seed.
"""

from __future__ import annotations

import os

import pytest

from backend.adjudication.rules import Rule
from tests.second_oracle.cases import case
from tests.second_oracle.comparing import difference, judged

CASES = int(os.environ.get("CARELINE_ORACLE_CASES", "3000"))
FIRST = int(os.environ.get("CARELINE_ORACLE_FIRST", "1"))
SLICES = 6

CLOSED_DOORS = {
    *("S0-9", "S0-21", "S1-6", "S1-8", "S1-13", "S1-23", "S1-24", "S1-25", "S1-26", "S1-27", "S1-61", "S1-62"),
    *("S1-70", "S1-72", "S1-73", "S1-78", "S2-34", "S2-36", "waiting period", "not reimbursed"),
}
"""How the reasons of closed lines begin."""


@pytest.mark.requirement(
    "S0-47",
    "S1-6",
    "S1-8",
    "S1-9",
    "S1-11",
    "S1-13",
    "S1-14",
    "S1-15",
    "S1-23",
    "S1-24",
    "S1-25",
    "S1-26",
    "S1-27",
    "S1-28",
    "S1-61",
    "S1-62",
    "S1-63",
    "S1-64",
    "S1-65",
    "S1-66",
    "S1-67",
    "S1-68",
    "S1-69",
    "S1-70",
    "S1-71",
    "S1-72",
    "S1-73",
    "S1-75",
    "S1-78",
    "S1-79",
    "S0-21",
    "S0-23",
    "S0-35",
    "S2-34",
    "S2-35",
    "S2-36",
    "S2-41",
    "S2-42",
    "S2-43",
    "S2-44",
    "S2-45",
    "S4-6",
    "S4-7",
    "S4-8",
    "S4-9",
    "S4-10",
    "S4-11",
)
@pytest.mark.parametrize("slice_", range(SLICES))
def test_no_payment_differs_from_a_reading_of_the_sources(slice_: int) -> None:
    """Every line and every total of every case: plan, other payer, member, nobody; how many pieces a line takes."""
    found = [report for seed in range(FIRST + slice_, FIRST + CASES, SLICES) if (report := difference(case(seed)))]
    assert not found, f"{len(found)} of {CASES // SLICES} cases differ, the first:\n{found[0]}"


def test_the_cases_meet_every_rule_of_the_engine_and_every_closed_door_of_the_oracle() -> None:
    """A generator that never met a rule would prove nothing about it."""
    rules, doors = set(), set()
    for seed in range(1, 3001):
        engine, oracle = judged(case(seed))
        rules |= {step.rule for line in engine.lines for step in line.steps} | {night.rule for night in engine.nights}
        doors |= {reason.split(":")[0] for part in oracle for reason in part.why}
    said_by_claims = {
        rule for rule in Rule if rule.startswith("placed_")
    }  # notes of where a line belongs: they move nothing
    assert set(Rule) - rules == {Rule.COVERED} | said_by_claims
    assert CLOSED_DOORS - doors == set()


@pytest.mark.requirement("S4-8")
def test_nothing_is_paid_twice_and_nobody_is_paid_to_be_treated() -> None:
    """The oracle's own parts: none below nothing, together the bill to the last sen."""
    for seed in range(1, 3001):
        told = case(seed)
        _, oracle = judged(told)
        for line, part in zip(told.bill.lines, oracle, strict=True):
            assert min(part.shares()) >= 0
            assert sum(part.shares()) == line.amount.amount_minor
